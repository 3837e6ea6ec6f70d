"""A letter sentence by sentence: which slots stand in it, whether it asks, what it denies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from concierge.rules.common_words import common_words
from concierge.rules.door_words import DoorWords, SlotHit, fold, hits_in, words_of

#: A sentence ends here. A single line end does not end one: programs wrap lines.
_ENDS: Final = re.compile(r"(?<=[.!?…。！？؟।;])\s+|(?<=[。！？؟])|\n\s*\n|\n(?=\s*[-*•\d])")
_QUESTION: Final = re.compile(r"[?？؟;]\s*$")
#: A clause ends here; what is denied does not reach further.
_CLAUSE: Final = re.compile(r"[,:;()–—،、，。\n]")
#: Words that begin a clause of their own: what was denied ends before them.
_BUT_WORDS: Final = (
    "but pero sino mas mais aber sondern ma bensì maar men utan uden mutta vaan ale lecz jen "
    "но а але ama fakat ancak αλλά αλλα dar ci hanem لكن بل אבל אלא लेकिन बल्कि tapi tetapi "
    "melainkan اما بلکه nhưng แต่ yet instead however"
)
_BUT: Final = frozenset(map(fold, _BUT_WORDS.split()))
#: Languages that deny after what is denied.
_DENIES_BEHIND: Final = frozenset({"ja", "ko", "tr", "hi"})
#: A text without full stops is parted after so many words; a longer thought is none.
_MOST_WORDS: Final = 60
#: A run of characters without blanks is parted like words, at this many characters.
_MOST_RUN: Final = 400
#: A language counts when the letter has this share of the leading one's words.
_LIKELY: Final = 0.5
#: Sentences read; whoever writes more has said by then what they want.
_MOST_SENTENCES: Final = 150


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its folded words joined by blanks, and what stands in it."""

    where: str
    text: str
    asks: bool
    #: Slot to the words found for it, each with whether its clause only thanks.
    slots: dict[str, tuple[tuple[str, bool], ...]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with every hit, before it is known which languages count."""

    where: str
    text: str
    question: bool
    clauses: tuple[tuple[int, int], ...]
    hits: tuple[SlotHit, ...]


def sentences_of(doors: DoorWords, text: str, subject: str) -> list[Sentence]:
    """The sentences of a subject and a text. All languages are looked up; those the letter does
    not look like are left out, as short words are other words elsewhere.
    """
    parts = [("subject", subject), *(("body", part) for part in _parts(text))]
    read = [_read(doors, where, part) for where, part in parts[:_MOST_SENTENCES] if part.strip()]
    spoken = _spoken(read)
    return [_sentence(one, spoken) for one in read]


def _parts(text: str) -> Iterator[str]:
    for part in _ENDS.split(text):
        words = part.split()
        for start in range(0, len(words), _MOST_WORDS):
            piece = " ".join(words[start : start + _MOST_WORDS])
            for at in range(0, len(piece), _MOST_RUN):
                yield piece[at : at + _MOST_RUN]


def _read(doors: DoorWords, where: str, part: str) -> _Read:
    words: list[str] = []
    clauses: list[tuple[int, int]] = []
    for clause in _CLAUSE.split(part):
        for some in _before_but(words_of(fold(clause))):
            start = len(" ".join(words)) + bool(words)
            words += some
            clauses.append((start, len(" ".join(words))))
    hits = tuple(hits_in(doors, words))
    question = bool(_QUESTION.search(part))
    return _Read(where, " ".join(words), question, tuple(clauses), hits)


def _before_but(words: list[str]) -> Iterator[list[str]]:
    begun = 0
    for at, word in enumerate(words):
        if word in _BUT and at > begun:
            yield words[begun:at]
            begun = at
    if words[begun:]:
        yield words[begun:]


def _spoken(read: list[_Read]) -> frozenset[str]:
    """The languages the letter looks like: by its little words and by what was found."""
    known = _little_words()
    words = set(chain.from_iterable(one.text.split() for one in read))
    votes: Counter[str] = Counter(chain.from_iterable(known.get(word, ()) for word in words))
    found = {(hit.lang, one.text[hit.start : hit.end]) for one in read for hit in one.hits}
    votes.update(lang for lang, _ in found)
    most = max(votes.values(), default=0)
    return frozenset(lang for lang, count in votes.items() if count >= _LIKELY * most)


@lru_cache(maxsize=1)
def _little_words() -> dict[str, tuple[str, ...]]:
    """The frequent little words as this text is folded, with the languages they speak for."""
    found: dict[str, tuple[str, ...]] = {}
    for word, langs in common_words().items():
        for part in words_of(fold(word)):
            found[part] = (*found.get(part, ()), *langs)
    return found


def _sentence(one: _Read, spoken: frozenset[str]) -> Sentence:
    hits = [hit for hit in one.hits if hit.lang in spoken]
    minus = [hit for hit in hits if hit.minus]
    kept = [hit for hit in hits if not hit.minus and not any(_over(hit, m) for m in minus)]
    asks = one.question or any(hit.slot == "ask" for hit in kept)
    denied = [_denied(hit, one.clauses) for hit in kept if hit.slot == "not"]
    thanks = [_clause(hit, one.clauses) for hit in kept if hit.slot == "thanks"]
    asked = {_clause(hit, one.clauses) for hit in kept if hit.slot == "ask"}
    slots: dict[str, tuple[tuple[str, bool], ...]] = {}
    for hit in kept:
        if any(start <= hit.start < end for start, end in denied):
            continue
        place = _clause(hit, one.clauses)
        thanked = place in thanks and place not in asked
        found = (one.text[hit.start : hit.end], thanked)
        slots[hit.slot] = (*slots.get(hit.slot, ()), found)
    return Sentence(one.where, one.text, asks, slots)


def _over(hit: SlotHit, other: SlotHit) -> bool:
    return hit.slot == other.slot and hit.start < other.end and other.start < hit.end


def _clause(hit: SlotHit, clauses: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return next((c for c in clauses if c[0] <= hit.start < c[1]), (hit.start, hit.end))


def _denied(hit: SlotHit, clauses: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """From where to where a denial reaches: to its clause's end, or from its beginning."""
    start, end = _clause(hit, clauses)
    return (start, hit.end) if hit.lang in _DENIES_BEHIND else (hit.start, end)
