"""Where the phrases of a table stand in one sentence, in time linear in its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from concierge.rules.denials import DENYING
from concierge.rules.phrase_patterns import GLUED, Pattern, Piece, Step
from concierge.rules.phrase_text import Sentence

R = TypeVar("R")

#: Letters that Arabic, Persian and Hebrew write on to the front of a word: and, in, to, the ...
_CLITICS: Final = frozenset("والبكلفسهמשהכבלוی")
_MOST_CLITICS: Final = 3
#: A short Arabic or Hebrew word may carry an owner: two more letters.
_OWNER: Final = 2
#: A word of more letters may stand in the plural.
_PLURAL_FROM: Final = 5
#: How far apart parts joined by ``&`` may stand: words, and characters of running text.
_NEAR: Final = 7
_NEAR_RUN: Final = 24
#: Places of one piece looked at in a sentence; the rest would repeat it.
_MOST_PLACES: Final = 8

_Places = dict[Piece, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A row found in a sentence, from word (or character) ``start`` to ``end``."""

    row: R
    pattern: Pattern
    start: int
    end: int


@dataclass(slots=True)
class PhraseIndex(Generic[R]):
    """Rows by the pieces their patterns are made of."""

    whole: dict[str, Piece] = field(default_factory=dict)
    begun: dict[str, Piece] = field(default_factory=dict)
    #: Pieces of glued scripts, which are met behind other letters.
    glued: dict[str, Piece] = field(default_factory=dict)
    #: Pieces of running text by their first two characters, or the one they have.
    heads: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    keyed: dict[Piece, list[tuple[R, Pattern]]] = field(default_factory=lambda: defaultdict(list))
    keyed_runs: dict[Piece, list[tuple[R, Pattern]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    longest: int = 1

    def add(self, row: R, pattern: Pattern, lang: str) -> None:
        """Take one row."""
        for step in (step for part in pattern.parts for step in part):
            for piece in step.pieces:
                self._take(piece, glued=lang in GLUED, running=pattern.running)
        keyed = self.keyed_runs if pattern.running else self.keyed
        for piece in pattern.key.pieces:
            keyed[piece].append((row, pattern))

    def _take(self, piece: Piece, *, glued: bool, running: bool) -> None:
        if running:
            head = piece.text[:2]
            if piece not in self.heads.get(head, ()):
                self.heads[head] = (*self.heads.get(head, ()), piece)
            return
        (self.begun if piece.open else self.whole)[piece.text] = piece
        if glued:
            self.glued[piece.text] = piece
        self.longest = max(self.longest, len(piece.text))

    def search(self, sentence: Sentence) -> Iterator[Placed[R]]:
        """Every row in the words of a sentence."""
        places = self._places(sentence)
        clauses, words = sentence.clauses, sentence.words
        for piece in list(places):
            for row, pattern in self.keyed.get(piece, ()):
                span = _found(pattern, places, _InWords(words, clauses))
                if span is not None:
                    yield Placed(row, pattern, *span)

    def search_run(self, run: str) -> Iterator[Placed[R]]:
        """Every row of running text in a run of characters."""
        places = self._run_places(run)
        for piece in list(places):
            for row, pattern in self.keyed_runs.get(piece, ()):
                span = _found(pattern, places, _InRun())
                if span is not None:
                    yield Placed(row, pattern, *span)

    def _places(self, sentence: Sentence) -> _Places:
        places: _Places = defaultdict(list)
        for at, word in enumerate(sentence.words):
            other = sentence.others[at]
            for piece in dict.fromkeys((*self.pieces_of(word), *self.pieces_of(other))):
                if len(places[piece]) < _MOST_PLACES:
                    places[piece].append((at, at + 1))
        return places

    def pieces_of(self, word: str) -> Iterator[Piece]:
        """The pieces a word is, or begins with."""
        if word in self.whole:
            yield self.whole[word]
        # "process" is no plural (of French "procès").
        if len(word) > _PLURAL_FROM and word[-1] == "s" != word[-2] and word[:-1] in self.whole:
            yield self.whole[word[:-1]]
        for length in range(2, min(len(word), self.longest) + 1):
            piece = self.begun.get(word[:length])
            if piece is not None:
                yield piece
        if "\u0590" <= word[:1] <= "\u06ff":
            yield from self._glued(word)

    def _glued(self, word: str) -> Iterator[Piece]:
        for cut in range(min(_MOST_CLITICS, len(word) - 1) + 1):
            if cut and word[cut - 1] not in _CLITICS:
                return
            rest = word[cut:]
            for length in range(2, min(len(rest), self.longest) + 1):
                piece = self.glued.get(rest[:length])
                if piece is not None and (piece.open or len(rest) - length <= _OWNER):
                    yield piece

    def _run_places(self, run: str) -> _Places:
        places: _Places = defaultdict(list)
        for at in range(len(run)):
            for head in (run[at : at + 2], run[at]):
                for piece in self.heads.get(head, ()):
                    end = at + len(piece.text)
                    fits = run.startswith(piece.text, at) and not _inside_latin(run, at, end)
                    if fits and len(places[piece]) < _MOST_PLACES:
                        places[piece].append((at, end))
        return places


def _inside_latin(run: str, start: int, end: int) -> bool:
    """Whether a piece in Latin letters stands within a longer word ("dv" in "advice")."""
    before = start > 0 and run[start].isascii() and run[start - 1].isascii()
    after = end < len(run) and run[end - 1].isascii() and run[end].isascii()
    return (before and run[start - 1].isalnum()) or (after and run[end].isalnum())


@dataclass(frozen=True, slots=True)
class _InWords:
    words: tuple[str, ...]
    clauses: tuple[int, ...]
    near: int = _NEAR

    def joins(self, end: int, start: int) -> bool:
        """Whether a phrase may go over what stands between."""
        return self.clauses[end - 1] == self.clauses[start] and not any(
            word in DENYING for word in self.words[end:start]
        )


@dataclass(frozen=True, slots=True)
class _InRun:
    near: int = _NEAR_RUN

    def joins(self, end: int, start: int) -> bool:
        return end <= start


def _found(pattern: Pattern, places: _Places, within: _InWords | _InRun) -> tuple[int, int] | None:
    """The first place of the pattern: all its parts near each other."""
    spans = list(_part(pattern.parts[0], places, within))
    for part in pattern.parts[1:]:
        others = list(_part(part, places, within))
        spans = [
            (min(a[0], b[0]), max(a[1], b[1]))
            for a in spans
            for b in others
            if _apart(a, b) <= within.near and (a[1] <= b[0] or b[1] <= a[0])
        ][:_MOST_PLACES]
    return spans[0] if spans else None


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0], b[0]) - min(a[1], b[1])


def _part(
    part: tuple[Step, ...], places: _Places, within: _InWords | _InRun
) -> Iterator[tuple[int, int]]:
    for start, end in _at(part[0], places):
        last: int | None = end
        for step in part[1:]:
            last = None if last is None else _next(step, places, within, last)
        if last is not None:
            yield start, last


def _next(step: Step, places: _Places, within: _InWords | _InRun, end: int) -> int | None:
    for start, stop in _at(step, places):
        if end <= start <= end + step.gap and within.joins(end, start):
            return stop
    return None


def _at(step: Step, places: _Places) -> list[tuple[int, int]]:
    found = [place for piece in step.pieces if piece in places for place in places[piece]]
    return sorted(found) if len(step.pieces) > 1 else found
