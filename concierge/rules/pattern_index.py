"""An index of patterns by what they cannot do without, to run only those that may match.

A plain run of every pattern of every language costs tens of milliseconds a message. Each pattern
is cut into its alternatives (units); only units whose necessary words are all in the text are
run. The result is the same as running them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Generic, TypeVar

from concierge.rules.folding import Folded
from concierge.rules.prefilter import PREFIXES, Clause


@dataclass(frozen=True, slots=True)
class TextSigns:
    """What there is in one folded text, ready to be asked for atoms."""

    text: str
    words: frozenset[str]
    starts: frozenset[str]
    #: Single characters and pairs; empty for a text in ASCII, where they decide nothing.
    pairs: frozenset[str]
    #: Where each word stands.
    places: dict[str, list[int]]

    @classmethod
    def of(cls, folded: Folded) -> TextSigns:
        """Collect the signs of a folded text."""
        text = folded.text
        places: dict[str, list[int]] = {}
        for word, start in zip(folded.words, folded.starts, strict=True):
            places.setdefault(word, []).append(start)
        starts = frozenset(chain.from_iterable(map(_beginnings, places)))
        foreign = "" if text.isascii() else text
        pairs = frozenset(foreign).union(map("".join, pairwise(foreign)))
        return cls(text, frozenset(places), starts, pairs, places)

    def hold(self, needs: Iterable[Need]) -> bool:
        """Whether every need is met; true too often is allowed, false never."""
        return all(
            not need.words.isdisjoint(self.words)
            or not need.starts.isdisjoint(self.starts)
            or any(piece in self.text for piece in need.pieces)
            for need in needs
        )


@dataclass(frozen=True, slots=True)
class Need:
    """A clause sorted by how its atoms are looked up."""

    words: frozenset[str]
    starts: frozenset[str]
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, clause: Clause) -> Need:
        """Sort the atoms of a clause."""
        return cls(
            frozenset(text for kind, text in clause if kind == "="),
            frozenset(text[: PREFIXES[0]] for kind, text in clause if kind == "<"),
            tuple(sorted(text for kind, text in clause if kind == "~")),
        )


@lru_cache(maxsize=16_384)
def _beginnings(word: str) -> tuple[str, ...]:
    """The beginnings a word is looked up by; most words of a mail are the same few thousand."""
    return tuple(word[:size] for size in PREFIXES)


U = TypeVar("U")


class Index(Generic[U]):
    """Units by the rarest thing each cannot do without."""

    def __init__(self, units: Iterable[tuple[U, tuple[Clause, ...]]]) -> None:
        self._units: list[U] = []
        self._rest: list[tuple[Need, ...]] = []
        #: Units nothing can be required of; they always run.
        self._always: list[int] = []
        self._words: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        self._pieces: dict[str, list[int]] = {}
        for unit, clauses in units:
            self._add(unit, clauses)
        #: Pieces in other scripts by their first two characters; those in ASCII are few.
        self._foreign: dict[str, list[str]] = {}
        self._ascii = [piece for piece in self._pieces if piece.isascii()]
        for piece in self._pieces:
            if not piece.isascii():
                self._foreign.setdefault(piece[:2], []).append(piece)

    def _add(self, unit: U, clauses: tuple[Clause, ...]) -> None:
        at = len(self._units)
        self._units.append(unit)
        needs = tuple(map(Need.of, clauses))
        self._rest.append(needs[1:])
        if not needs:
            self._always.append(at)
            return
        for table, keys in (
            (self._words, needs[0].words),
            (self._starts, needs[0].starts),
            (self._pieces, needs[0].pieces),
        ):
            for key in keys:
                table.setdefault(key, []).append(at)

    @property
    def always_run(self) -> int:
        """How many units have no derivable requirement."""
        return len(self._always)

    def all(self) -> list[U]:
        """Every unit, in the order they were added."""
        return list(self._units)

    def candidates(self, signs: TextSigns) -> list[U]:
        """The units that may match, in the order they were added."""
        found = set(self._always)
        for key in signs.words & self._words.keys():
            found.update(self._words[key])
        for key in signs.starts & self._starts.keys():
            found.update(self._starts[key])
        nearby = chain.from_iterable(
            self._foreign[key] for key in signs.pairs & self._foreign.keys()
        )
        for piece in chain(self._ascii, nearby):
            if piece in signs.text:
                found.update(self._pieces[piece])
        return [self._units[at] for at in sorted(found) if signs.hold(self._rest[at])]
