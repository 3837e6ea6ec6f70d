"""Concepts said in a text: slots of one language close together in one sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from concierge.rules.concept_words import (
    UNSPACED,
    ConceptText,
    Filled,
    Place,
    SlotWords,
    sentence_ends,
    sentence_of,
)
from concierge.rules.concepts import Combination, Concept
from concierge.rules.units import Rule

#: Characters that stand for a word where words are not spaced.
_CHARACTERS: Final = 4
#: How far a slot asked for by ``near`` may stand, in characters: about a paragraph of a mail.
NEARBY: Final = 350
#: Words looked at around a find to tell whether the language is believable there.
_LOOKED_AT: Final = 25
#: So many words in a row are of their language by themselves.
_TELLING: Final = 3
#: Fewer little words than this around a find say nothing about its language.
_FEW: Final = 3
#: A language with less than this share of the little words of the leading one is not spoken there:
#: Dutch "want die" ("because that") is no English wish.
_SHARE: Final = 0.5
#: Slots whose words stand in almost every mail: useless to begin a search with.
_EVERYWHERE: Final = frozenset({
    "me", "neg", "nobody", "now", "soon", "forever", "anymore", "person", "said", "want", "think",
    "live", "end", "everything", "nothing", "others", "many", "took", "better_off", "found",
})  # fmt: skip
#: Finds of one concept kept in one text; more say nothing new.
_MOST: Final = 10


class ConceptUnit:
    """A concept in one language: what a sign found by it is a sign of."""

    def __init__(self, book: ConceptBook, concept: Concept, language: str, order: int) -> None:
        self.book = book
        #: Its place in the book.
        self.order = order
        self.concept = concept
        self.language = language
        self.rule: Rule = concept.rule(language)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it is said in folded text, from left to right."""
        searched = Searched.of(self.book, text)
        for found in searched.of_concept(self):
            yield found.start, found.end


@dataclass(frozen=True, slots=True)
class Found:
    """A concept said: where in the folded text, and whether a "not" stands inside it."""

    unit: ConceptUnit
    start: int
    end: int
    denied: bool


@dataclass(slots=True)
class ConceptBook:
    """The concepts with the words of every language, ready for searching."""

    words: SlotWords
    units: Mapping[str, tuple[ConceptUnit, ...]] = field(default_factory=dict)
    #: By language and slot, the units that slot is the rarest of in one of their combinations.
    keyed: Mapping[str, Mapping[str, tuple[ConceptUnit, ...]]] = field(default_factory=dict)
    #: Frequent little words, by word: the languages that use them.
    little: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The languages that have such a list; of the others nothing can be doubted.
    told_apart: frozenset[str] = frozenset()


def book_of(
    concepts: Sequence[Concept], words: SlotWords, little: Mapping[str, Sequence[str]]
) -> ConceptBook:
    """A book of the concepts each language has words for."""
    book = ConceptBook(words)
    units: dict[str, tuple[ConceptUnit, ...]] = {}
    keyed: dict[str, Mapping[str, tuple[ConceptUnit, ...]]] = {}
    for language, filled in words.filled.items():
        have = frozenset(filled)
        units[language] = tuple(
            ConceptUnit(book, concept, language, order)
            for order, concept in enumerate(concepts)
            if not concept.holes(have)
        )
        keyed[language] = _keyed(units[language])
    spoken: dict[str, list[str]] = defaultdict(list)
    for language, entries in little.items():
        for word in entries:
            spoken[word].append(language)
    book.units, book.keyed = units, keyed
    book.told_apart = frozenset(little) - UNSPACED
    book.little = {word: tuple(languages) for word, languages in spoken.items()}
    return book


def _keyed(units: Sequence[ConceptUnit]) -> Mapping[str, tuple[ConceptUnit, ...]]:
    keyed: dict[str, list[ConceptUnit]] = defaultdict(list)
    for unit in units:
        for slot in {_rarest(one) for one in unit.concept.combinations}:
            keyed[slot].append(unit)
    return {slot: tuple(found) for slot, found in keyed.items()}


def _rarest(combination: Combination) -> str:
    return min(combination.slots, key=lambda slot: slot in _EVERYWHERE)


def _order(unit: ConceptUnit) -> int:
    return unit.order


@dataclass(slots=True)
class Searched:
    """One folded text with its slots filled."""

    book: ConceptBook
    text: ConceptText
    filled: dict[str, Filled]
    ends: list[int]

    @classmethod
    def of(cls, book: ConceptBook, text: str) -> Searched:
        """Fill the slots of a folded text."""
        cut = ConceptText.of(text)
        return cls(book, cut, book.words.fill(cut), sentence_ends(text))

    def all(self) -> Iterator[Found]:
        """Every concept said in the text, in any language."""
        for language, filled in self.filled.items():
            keyed = self.book.keyed.get(language, {})
            # In the book's order, so that the same text gives the same finds each time.
            for unit in sorted({*chain(*(keyed.get(slot, ()) for slot in filled))}, key=_order):
                yield from self.of_concept(unit)

    def of_concept(self, unit: ConceptUnit) -> Iterator[Found]:
        """Where one concept is said."""
        concept, filled = unit.concept, self.filled.get(unit.language, {})
        seen: set[tuple[int, int]] = set()
        for combination in concept.combinations:
            if not filled.keys() >= set(combination.slots):
                continue
            for places in self._together(combination, concept, filled, unit.language):
                start = min(place.start for place in places)
                end = max(place.end for place in places)
                if (start, end) in seen or len(seen) >= _MOST:
                    continue
                if not self._holds(concept, filled, places, start, end):
                    continue
                if self.believable(unit.language, start, end):
                    seen.add((start, end))
                    denied = self._denied_inside(combination, filled, places)
                    yield Found(unit, start, end, denied)

    def _together(
        self, combination: Combination, concept: Concept, filled: Filled, language: str
    ) -> Iterator[tuple[Place, ...]]:
        """Places of the combination's slots close together, begun from the rarest slot."""
        slots = sorted(combination.slots, key=lambda slot: len(filled[slot]))
        most = concept.within * (_CHARACTERS if language in UNSPACED else 1)
        for anchor in filled[slots[0]]:
            places: list[Place] = [anchor]
            for slot in slots[1:]:
                place = self._nearest(filled[slot], places, most)
                if place is None:
                    break
                places.append(place)
            else:
                if self._close(places, most) and self._one_clause(combination, places):
                    yield tuple(places)

    def _nearest(self, places: Sequence[Place], taken: Sequence[Place], most: int) -> Place | None:
        anchor = taken[0]
        sentence = sentence_of(self.ends, anchor.start)
        best, best_apart = None, most + 1
        for place in places:
            if any(place.first <= one.last and one.first <= place.last for one in taken):
                continue
            apart = max(place.first - anchor.last, anchor.first - place.last) - 1
            if apart < best_apart and sentence_of(self.ends, place.start) == sentence:
                best, best_apart = place, apart
        return best

    @staticmethod
    def _close(places: Sequence[Place], most: int) -> bool:
        first = min(place.first for place in places)
        last = max(place.last for place in places)
        covered = sum(place.last - place.first + 1 for place in places)
        return last - first + 1 - covered <= most

    def _one_clause(self, combination: Combination, places: Sequence[Place]) -> bool:
        if not combination.denies:
            return True
        start, end = min(one.start for one in places), max(one.end for one in places)
        return "," not in self.text.text[start:end]

    def _holds(
        self, concept: Concept, filled: Filled, places: Sequence[Place], start: int, end: int
    ) -> bool:
        if concept.near and not any(
            place.start < end + NEARBY
            and start - NEARBY < place.end
            # What is part of the find itself does not stand beside it.
            and not any(place.start < one.end and one.start < place.end for one in places)
            for slot in concept.near
            for place in filled.get(slot, ())
        ):
            return False
        sentence = sentence_of(self.ends, start)
        return not any(
            sentence_of(self.ends, place.start) == sentence
            for slot in concept.without
            for place in filled.get(slot, ())
        )

    def _denied_inside(
        self, combination: Combination, filled: Filled, places: Sequence[Place]
    ) -> bool:
        if combination.denies or len(places) == 1:
            return False
        start, end = min(one.start for one in places), max(one.end for one in places)
        return any(
            start <= place.start < end
            and not any(place.start < one.end and one.start < place.end for one in places)
            for place in filled.get("neg", ())
        )

    def believable(self, language: str, start: int, end: int) -> bool:
        """Whether the little words of its sentence do not speak clearly for another language.

        Only a find of one or two words is in doubt; its own words are not asked.
        """
        if language not in self.book.told_apart:
            return True
        words, starts = self.text.words, self.text.starts
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first >= _TELLING:
            return True
        begin, stop = self._sentence(start, end)
        head = words[max(bisect_left(starts, begin), first - _LOOKED_AT) : first]
        tail = words[last : min(bisect_left(starts, stop), last + _LOOKED_AT)]
        around = {*head, *tail}.difference(words[first:last])
        little = self.book.little
        looks = Counter(chain.from_iterable(little.get(word, ()) for word in around))
        most = max(looks.values(), default=0)
        return most < _FEW or looks[language] >= _SHARE * most

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        at, stop = bisect_left(self.ends, start), bisect_left(self.ends, end)
        begin = self.ends[at - 1] if at else 0
        return begin, self.ends[stop] if stop < len(self.ends) else len(self.text.text)
