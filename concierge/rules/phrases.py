"""Phrases of topics, found in any language without knowing which it is."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.common_words import common_words
from concierge.rules.denials import denied, denied_in_run
from concierge.rules.folding import fold_word
from concierge.rules.phrase_patterns import Pattern, read_phrase
from concierge.rules.phrase_search import PhraseIndex, Placed
from concierge.rules.phrase_text import Sentence, runs_of, sentences_of

#: A single word this short is another word elsewhere ("dog" is Swedish for died, "tom" for
#: empty), so the text has to look like that language.
_SHORT_WORD: Final = 6
#: Below this many words a text looks like no language; then every short word counts.
_FEW_WORDS: Final = 4
#: Languages that share no letters with a neighbour the little words could tell them from.
_OWN_SCRIPT: Final = frozenset({"ar", "fa", "he", "hi", "ja", "ko", "th", "zh", "el"})
#: Typos are sought in words of at least this many letters; a shorter one is one letter from
#: too many others. At just this length letters may only be swapped: "anxeity" is anxiety, but
#: "morning" is not mourning and "contact" no contract.
_TYPO_FROM: Final = 7
#: Two wrong letters are allowed from this length on.
_TWO_TYPOS_FROM: Final = 12
#: With more unknown words than this the text is not about typos, and the cost must stay bounded.
_TYPO_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of the table; ``detail`` says more where the table has such a column."""

    topic: str
    lang: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase found: what the person wrote, the row it is, and whether a typo was forgiven."""

    phrase: Phrase
    written: str
    start: int
    end: int
    typo: bool = False
    #: Weak phrases speak only beside others; several words say more than one.
    weak: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class TopicPhrases:
    """The table, ready to be looked up. Made by :func:`parse_topics`."""

    index: PhraseIndex[Phrase] = field(default_factory=PhraseIndex)
    #: (first letter, length) to single words for typos, with the rows they are.
    words: dict[tuple[str, int], tuple[tuple[str, Phrase], ...]] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()


def parse_topics(csv_text: str) -> TopicPhrases:
    """Read the phrase table: columns topic, lang, phrase.

    :class:`~concierge.errors.FaultyInput` lists every row that has not all three.
    """
    return parse_phrases(csv_text, "topic", "topics.csv")


def parse_phrases(csv_text: str, column: str, file: str) -> TopicPhrases:
    """Read a phrase table whose first column is ``column``; then lang, phrase, perhaps detail.

    :class:`~concierge.errors.FaultyInput` lists every row of ``file`` that has not all three.
    """
    index: PhraseIndex[Phrase] = PhraseIndex()
    words: dict[tuple[str, int], tuple[tuple[str, Phrase], ...]] = defaultdict(tuple)
    faults: list[str] = []
    names: set[str] = set()
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        topic, lang, text = ((row.get(name) or "").strip() for name in (column, "lang", "phrase"))
        pattern = read_phrase(text, lang) if topic and lang else None
        if pattern is None:
            faults.append(f"{file}:{number}: not {column},lang,phrase; fill all three")
            continue
        names.add(topic)
        phrase = Phrase(topic, lang, text, (row.get("detail") or "").strip())
        index.add(phrase, pattern, lang)
        for word in _single(pattern):
            words[word[0], len(word)] = (*words[word[0], len(word)], (word, phrase))
    if faults or not names:
        raise FaultyInput(f"The table {file} cannot be used.", tuple(faults))
    return TopicPhrases(index, dict(words), frozenset(names))


def _single(pattern: Pattern) -> Iterator[str]:
    """The words a typo may be forgiven in: phrases of one word, long enough."""
    if pattern.several or pattern.weak:
        return
    for piece in pattern.parts[0][0].pieces:
        if len(piece.text) >= _TYPO_FROM:
            yield piece.text


def hits_of(phrases: TopicPhrases, text: str) -> Iterator[PhraseHit]:
    """Every phrase in the text that is not denied; those of one topic never overlap.

    Weak phrases are left out. Never raises.
    """
    return (hit for hit in all_hits(phrases, text) if not hit.weak)


def all_hits(phrases: TopicPhrases, text: str) -> Iterator[PhraseHit]:
    """:func:`hits_of` with the weak ones."""
    sentences = list(sentences_of(text))
    words = list(chain.from_iterable(sentence.words for sentence in sentences))
    looks = _languages(words)
    for sentence in sentences:
        placed = list(phrases.index.search(sentence))
        believed = [p for p in placed if _believable(p, looks, sentence, len(words))]
        for item in _apart(believed, looks):
            if not _is_denied(item, sentence, looks):
                yield _hit(item, sentence.found(item.start, item.end), sentence.first)
        for run in runs_of(sentence.run):
            yield from _in_run(phrases, run)
    yield from _by_typo(phrases, words, looks)


def _in_run(phrases: TopicPhrases, run: str) -> Iterator[PhraseHit]:
    for item in _apart(list(phrases.index.search_run(run)), Counter()):
        before, after = run[: item.start], run[item.end :]
        head, tail = before.rpartition(",")[2], after.partition(",")[0]
        if not denied_in_run(item.row.lang, head, tail):
            yield _hit(item, run[item.start : item.end], 0)


def _hit(item: Placed[Phrase], written: str, first: int) -> PhraseHit:
    pattern = item.pattern
    return PhraseHit(
        item.row,
        written,
        first + item.start,
        first + item.end,
        weak=pattern.weak,
        several=pattern.several,
    )


def _apart(placed: list[Placed[Phrase]], looks: Counter[str]) -> Iterator[Placed[Phrase]]:
    """Of those of one topic that overlap the longest: it may hold the "not" a shorter lacks."""
    taken: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    placed.sort(key=lambda p: (p.start - p.end, p.start, -looks[p.row.lang], p.row.text))
    for item in placed:
        spans = taken[item.row.topic, item.pattern.weak]
        if all(item.end <= start or end <= item.start for start, end in spans):
            spans.append((item.start, item.end))
            yield item


def _is_denied(item: Placed[Phrase], sentence: Sentence, looks: Counter[str]) -> bool:
    # Neighbours share words ("depression"); the letter's own language tells what denies them.
    most = max(looks.values(), default=0)
    languages = {item.row.lang, *(lang for lang, count in looks.items() if count == most)}
    around = sentence.around(item.start, item.end)
    return any(denied(lang, *around) for lang in languages)


def _languages(words: list[str]) -> Counter[str]:
    """How many different frequent little words of each language the text has."""
    known = _little_words()
    return Counter(chain.from_iterable(known.get(word, ()) for word in set(words)))


@lru_cache(maxsize=1)
def _little_words() -> dict[str, tuple[str, ...]]:
    """Each frequent little word, folded as texts are, with the languages that write it."""
    found: dict[str, tuple[str, ...]] = {}
    for word, languages in common_words().items():
        folded = fold_word(word)
        found[folded] = tuple(dict.fromkeys((*found.get(folded, ()), *languages)))
    return found


def _believable(item: Placed[Phrase], looks: Counter[str], sentence: Sentence, count: int) -> bool:
    if item.row.lang in _OWN_SCRIPT or count < _FEW_WORDS or not looks:
        return True
    length = sum(map(len, sentence.words[item.start : item.end]))
    if item.pattern.fixed and length >= _SHORT_WORD:
        return True
    return _spoken(item.row.lang, looks)


def _readable(lang: str, looks: Counter[str]) -> bool:
    return lang in _OWN_SCRIPT or _spoken(lang, looks)


def _spoken(lang: str, looks: Counter[str]) -> bool:
    # Half of the leading language's little words: mixed texts and near languages pass.
    return 2 * looks[lang] >= max(looks.values(), default=0)


def _by_typo(phrases: TopicPhrases, words: list[str], looks: Counter[str]) -> Iterator[PhraseHit]:
    from rapidfuzz.distance import OSA

    common = _little_words()
    unknown = {
        word: at
        for at, word in enumerate(words)
        if len(word) >= _TYPO_FROM and word not in common and not _known(phrases, word)
    }
    if len(unknown) > _TYPO_WORDS:
        return
    for word, at in unknown.items():
        allowed = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for right, phrase in phrases.words.get((word[0], length), ()):
                near = OSA.distance(word, right, score_cutoff=allowed) <= allowed
                swapped = len(word) > _TYPO_FROM or sorted(word) == sorted(right)
                if near and swapped and _readable(phrase.lang, looks):
                    yield PhraseHit(phrase, word, at, at + 1, typo=True)


def _known(phrases: TopicPhrases, word: str) -> bool:
    return next(phrases.index.pieces_of(word), None) is not None
