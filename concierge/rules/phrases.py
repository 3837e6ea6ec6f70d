"""Phrases of topics, found at word boundaries in any language without knowing which it is."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.common_words import common_words

#: Languages whose phrases are stems or stand inside a run of characters.
_INSIDE: Final = frozenset({"ja", "ko", "zh", "th", "ar", "fa", "he"})
_INSIDE_SCRIPT: Final = re.compile(
    r"[\u0590-\u06ff\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
#: An inner phrase is looked up by this many first characters; a shorter one would match anywhere.
_HEAD: Final = 2
#: A word is letters with their combining signs (``\w`` alone would cut Hindi vowels off).
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0900-\u0d7f\u0e00-\u0eff])+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_APOSTROPHES: Final = str.maketrans("", "", "'’‘`´")
#: A single word this short is another word elsewhere ("dog" is Swedish for died, "tom" for
#: empty), so the text has to look like that language.
_SHORT_WORD: Final = 6
#: Below this many words a text looks like no language; then every short word counts.
_FEW_WORDS: Final = 4
#: A single word of more letters may stand in the plural.
_PLURAL_FROM: Final = 5
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
    """One row of the table."""

    topic: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase found: what the person wrote, the row it is, and whether a typo was forgiven."""

    phrase: Phrase
    written: str
    start: int
    end: int
    typo: bool = False


@dataclass(frozen=True, slots=True)
class TopicPhrases:
    """The table, ready to be looked up. Made by :func:`parse_topics`."""

    #: Folded words joined by blanks.
    by_words: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    #: First word to the lengths (in words) of phrases that begin with it, longest first.
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    #: First characters to inner phrases, folded.
    inside: dict[str, tuple[tuple[str, Phrase], ...]] = field(default_factory=dict)
    #: (first letter, length) to single words for typos.
    words: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()


def fold(text: str) -> str:
    """Case and Latin, Greek and Cyrillic accents taken away."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def parse_topics(csv_text: str) -> TopicPhrases:
    """Read the phrase table: columns topic, lang, phrase.

    :class:`~concierge.errors.FaultyInput` lists every row that has not all three.
    """
    found, faults = TopicPhrases(), []
    names: set[str] = set()
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        values = [(row.get(name) or "").strip() for name in ("topic", "lang", "phrase")]
        if not all(values) or not _WORD.search(fold(values[2])):
            faults.append(f"topics.csv:{number}: not topic,lang,phrase; fill all three")
            continue
        names.add(values[0])
        _take(found, Phrase(*values))
    if faults or not names:
        raise FaultyInput("The table of topics cannot be used.", tuple(faults))
    return TopicPhrases(found.by_words, found.lengths, found.inside, found.words, frozenset(names))


def _take(found: TopicPhrases, phrase: Phrase) -> None:
    folded = fold(phrase.text)
    if phrase.lang in _INSIDE and _INSIDE_SCRIPT.search(folded) and len(folded) >= _HEAD:
        head = folded[:_HEAD]
        found.inside[head] = (*found.inside.get(head, ()), (folded, phrase))
        return
    # "don't" is typed "dont" as often; French "d'anxiété" must match "anxiété". Keep both cuts.
    for way in dict.fromkeys((folded, folded.translate(_APOSTROPHES))):
        words = _WORD.findall(way)
        key = " ".join(words)
        if phrase not in found.by_words.get(key, ()):
            found.by_words[key] = (*found.by_words.get(key, ()), phrase)
        known = {*found.lengths.get(words[0], ()), len(words)}
        found.lengths[words[0]] = tuple(sorted(known, reverse=True))
        if len(words) == 1 and len(key) >= _TYPO_FROM:
            slot = (key[0], len(key))
            found.words[slot] = (*found.words.get(slot, ()), key)


def hits_of(phrases: TopicPhrases, text: str) -> Iterator[PhraseHit]:
    """Every phrase in the text; those of one topic never overlap."""
    folded = fold(text)
    words = _WORD.findall(folded)
    looks = _languages(words)
    taken: dict[str, int] = {}
    for hit in _by_words(phrases, words):
        topic = hit.phrase.topic
        if hit.start >= taken.get(topic, 0) and _believable(hit, looks, words):
            taken[topic] = hit.end
            yield hit
    yield from _by_typo(phrases, words)
    if _INSIDE_SCRIPT.search(folded):
        yield from _inside(phrases, folded)


def _by_words(phrases: TopicPhrases, words: list[str]) -> Iterator[PhraseHit]:
    for start, word in enumerate(words):
        for length in phrases.lengths.get(word, ()):
            written = " ".join(words[start : start + length])
            for phrase in _forms(phrases, written, length):
                yield PhraseHit(phrase, written, start, start + length)
        # "process" is no plural (of French "procès").
        if word.endswith("s") and not word.endswith("ss") and len(word) > _PLURAL_FROM:
            for phrase in phrases.by_words.get(word[:-1], ()):
                yield PhraseHit(phrase, word, start, start + 1)


def _forms(phrases: TopicPhrases, written: str, length: int) -> tuple[Phrase, ...]:
    """The rows for these words; the last word of several may carry an ending of two letters."""
    for cut in range(3 if length > 1 else 1):
        found = phrases.by_words.get(written[: len(written) - cut])
        if found:
            return found
    return ()


def _languages(words: list[str]) -> Counter[str]:
    """How many different frequent little words of each language the text has."""
    known = common_words()
    return Counter(chain.from_iterable(known.get(word, ()) for word in set(words)))


def _believable(hit: PhraseHit, looks: Counter[str], words: list[str]) -> bool:
    if len(hit.written) >= _SHORT_WORD or len(words) < _FEW_WORDS or not looks:
        return True
    # Half of the leading language's little words: mixed texts and near languages pass.
    return 2 * looks[hit.phrase.lang] >= max(looks.values())


def _by_typo(phrases: TopicPhrases, words: list[str]) -> Iterator[PhraseHit]:
    from rapidfuzz.distance import OSA

    unknown = {
        w: i for i, w in enumerate(words) if len(w) >= _TYPO_FROM and w not in phrases.by_words
    }
    if len(unknown) > _TYPO_WORDS:
        return
    for word, at in unknown.items():
        allowed = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for right in phrases.words.get((word[0], length), ()):
                if OSA.distance(word, right, score_cutoff=allowed) <= allowed and (
                    len(word) > _TYPO_FROM or sorted(word) == sorted(right)
                ):
                    for phrase in phrases.by_words[right]:
                        yield PhraseHit(phrase, word, at, at + 1, typo=True)


def _inside(phrases: TopicPhrases, folded: str) -> Iterator[PhraseHit]:
    seen: set[Phrase] = set()
    for at in range(len(folded) - _HEAD + 1):
        for inner, phrase in phrases.inside.get(folded[at : at + _HEAD], ()):
            if phrase not in seen and folded.startswith(inner, at):
                seen.add(phrase)
                yield PhraseHit(phrase, inner, at, at + len(inner))
