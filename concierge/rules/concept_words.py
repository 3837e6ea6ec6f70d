"""The words of the slots, in every language at once, and where they stand in a folded text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from concierge.rules.concept_entries import SHORTEST_STEM, Part, parts_of, ways, ways_glued

#: Languages written without spaces between words, or with spaces people leave out (Korean):
#: their words are found anywhere in the text.
UNSPACED: Final = frozenset({"zh", "ja", "th", "my", "km", "lo", "ko"})
#: Short words that are written on to the front of others: "and", "the", "to", "with".
_FRONTS: Final = {
    "ar": ("و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "ولا", "س", "وس"),
    "he": ("ו", "ה", "ב", "ל", "כ", "מ", "ש", "וה", "של", "שה", "וש", "כש"),
}  # fmt: skip
#: The first letter of the scripts that write short words on to others.
_FIRST_FRONT: Final = "\u05d0"
#: Words remembered; the mail of a desk has far fewer different ones in a day.
_REMEMBERED: Final = 50_000
#: Letters of scripts whose line breaks and spaces mean nothing.
_GLUED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
)
_GLUE = re.compile(rf"(?<=[{_GLUED}]) (?=[{_GLUED}])")
_ANY_GLUED = re.compile(rf"[{_GLUED}]")
#: Places of one slot looked at in one text; more say nothing new and cost time.
_MOST_PLACES: Final = 40
#: Letters of a slot's words by which they are looked up where words are not spaced.
_HEAD: Final = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that fill a slot."""

    language: str
    slot: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a slot is filled: offsets in the folded text, and the words (or characters) covered."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Glued:
    """A piece of text that fills a slot where words are not spaced."""

    phrase: Phrase
    lead: str
    #: What follows the lead, as an expression; empty when nothing does.
    rest: str
    #: Whether a word must begin there.
    begins: bool

    def end_at(self, text: str, at: int) -> int:
        """Where it ends when it stands at an offset; 0 when it does not."""
        if not text.startswith(self.lead, at):
            return 0
        end = at + len(self.lead)
        if not self.rest:
            return end
        match = _compiled(self.rest).match(text, end)
        return match.end() if match else 0


@cache
def _compiled(source: str) -> re.Pattern[str]:
    # Thousands of entries, of which a mail asks a few: each is compiled when it is first asked.
    return re.compile(source)


@dataclass(slots=True)
class ConceptText:
    """A folded text cut for the search; its places count words, or characters where glued."""

    text: str
    words: list[str]
    starts: list[int]
    glued: str
    #: Offsets in ``text`` of each character of ``glued``.
    offsets: list[int]

    @classmethod
    def of(cls, text: str) -> ConceptText:
        """Cut a folded text (see :mod:`concierge.rules.folding`)."""
        words, starts = [], []
        for match in re.finditer(r"[^ ,.]+", text):
            words.append(match[0])
            starts.append(match.start())
        if not _ANY_GLUED.search(text):
            return cls(text, words, starts, "", [])
        kept = [True] * len(text)
        for match in _GLUE.finditer(text):
            kept[match.start()] = False
        offsets = [at for at, keep in enumerate(kept) if keep]
        return cls(text, words, starts, "".join(text[at] for at in offsets), offsets)


#: Where the slots of one language are filled.
Filled = dict[str, list[Place]]


class SlotWords:
    """The words of every language's slots, ready to be looked up."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._begins: dict[str, list[Phrase]] = defaultdict(list)
        self._ends: dict[str, list[Phrase]] = defaultdict(list)
        self._inside: dict[str, list[Phrase]] = defaultdict(list)
        self._glued: dict[str, list[_Glued]] = defaultdict(list)
        self._longest = 0
        self._known: dict[str, tuple[Phrase, ...]] = {}
        self.filled: dict[str, set[str]] = defaultdict(set)
        #: Whole words of the slots, by language.
        self.vocabulary: dict[str, set[str]] = defaultdict(set)

    def add(self, language: str, slot: str, entry: str) -> None:
        """Take in one entry of a slot. Raises :class:`BadEntry` saying why it cannot be used."""
        self.filled[language].add(slot)
        if language in UNSPACED:
            self._add_glued(language, slot, entry)
            return
        for words in ways(entry):
            parts = tuple(parts_of(words))
            phrase = Phrase(language, slot, parts)
            first = parts[0]
            for table, forms in (
                (self._exact, first.exact),
                (self._begins, first.begins),
                (self._ends, first.ends),
                (self._inside, first.inside),
            ):
                for form in forms:
                    table[form].append(phrase)
                    self._longest = max(self._longest, len(form))
            for part in parts:
                self.vocabulary[language] |= part.exact

    def _add_glued(self, language: str, slot: str, entry: str) -> None:
        phrase = Phrase(language, slot, ())
        for written, rest in ways_glued(entry):
            # "^": a word begins here, or "medicine" is found in "contract" (Korean).
            begins, lead = written.startswith("^"), written.removeprefix("^")
            self._glued[lead[:_HEAD]].append(_Glued(phrase, lead, rest, begins))

    def fill(self, text: ConceptText) -> dict[str, Filled]:
        """Every slot that is filled somewhere in the text, by language."""
        found: dict[str, Filled] = {}
        for phrase, place in self._spaced(text):
            places = found.setdefault(phrase.language, {}).setdefault(phrase.slot, [])
            if len(places) < _MOST_PLACES and (not places or places[-1] != place):
                places.append(place)
        if text.glued:
            for phrase, place in self._unspaced(text):
                places = found.setdefault(phrase.language, {}).setdefault(phrase.slot, [])
                if len(places) < _MOST_PLACES:
                    places.append(place)
        return found

    def _spaced(self, text: ConceptText) -> Iterator[tuple[Phrase, Place]]:
        words = text.words
        for at, word in enumerate(words):
            for phrase in self._begun_by(word):
                end = at + 1
                if len(phrase.parts) > 1:
                    end = _stands(phrase.parts, words, at, text)
                if end:
                    last = end - 1
                    stop = text.starts[last] + len(words[last])
                    yield phrase, Place(text.starts[at], stop, at, last)

    def _begun_by(self, word: str) -> tuple[Phrase, ...]:
        """The phrases a word can begin, remembered: mails share most of their words."""
        phrases = self._known.get(word)
        if phrases is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            phrases = self._known[word] = tuple(self._beginning_with(word))
        return phrases

    def _beginning_with(self, word: str) -> Iterator[Phrase]:
        yield from self._exact.get(word, ())
        for size in range(SHORTEST_STEM, min(len(word), self._longest) + 1):
            yield from self._begins.get(word[:size], ())
            if size < len(word):
                yield from self._ends.get(word[-size:], ())
        for piece, phrases in self._inside.items():
            if piece in word:
                yield from phrases
        if word >= _FIRST_FRONT:
            for language, bare in _bared(word):
                yield from (one for one in self._stem(bare) if one.language == language)

    def _stem(self, word: str) -> Iterator[Phrase]:
        yield from self._exact.get(word, ())
        for size in range(SHORTEST_STEM, min(len(word), self._longest) + 1):
            yield from self._begins.get(word[:size], ())

    def _unspaced(self, text: ConceptText) -> Iterator[tuple[Phrase, Place]]:
        glued = text.glued
        for at in range(len(glued)):
            heads = (glued[at : at + _HEAD], glued[at]) if at + 1 < len(glued) else (glued[at],)
            for head in heads:
                for entry in self._glued.get(head, ()):
                    if entry.begins and text.text[text.offsets[at] - 1] not in " ,.":
                        continue
                    if end := entry.end_at(glued, at):
                        start, stop = text.offsets[at], text.offsets[end - 1] + 1
                        yield entry.phrase, Place(start, stop, at, end - 1)


def _stands(parts: Sequence[Part], words: Sequence[str], at: int, text: ConceptText) -> int:
    """The word after the phrase that begins at a word; 0 when it does not stand there.

    A phrase stays within its sentence. A gap takes as few words as it can.
    """
    end = at + 1
    for part in parts[1:]:
        for here in range(end, min(end + part.gap + 1, len(words))):
            if text.text[text.starts[here] - 1] == ".":
                return 0
            if part.fits(words[here]):
                end = here + 1
                break
        else:
            return 0
    return end


def _bared(word: str) -> Iterator[tuple[str, str]]:
    """A word without the short ones that may be written on to it, with the language for each."""
    for language, fronts in _FRONTS.items():
        for front in fronts:
            if word.startswith(front) and len(word) - len(front) >= SHORTEST_STEM:
                yield language, word[len(front) :]


def sentence_ends(text: str) -> list[int]:
    """Offsets of the full stops of a folded text."""
    return [at for at, char in enumerate(text) if char == "."]


def sentence_of(ends: Sequence[int], at: int) -> int:
    """Which sentence an offset stands in, by number."""
    return bisect_right(ends, at)
