"""What a text must contain for a pattern to match at all, and an index to ask that quickly.

A plain run of every pattern of every language costs tens of milliseconds a message. Each pattern
is cut into its alternatives (units); from each the words it cannot do without are derived, and
only units whose words are all present are run. The result is the same as running them all: what
is derived is necessary, never sufficient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from concierge.rules.patterns import (
    Alt,
    Ending,
    Gap,
    Look,
    Node,
    One,
    Rep,
    Script,
    Seq,
    Space,
    Text,
)

#: An atom is how it must occur and what: ``=`` a whole word, ``<`` the beginning of a word,
#: ``~`` anywhere.
Atom = tuple[str, str]
#: One of these atoms must be present.
Clause = frozenset[Atom]

#: Beginnings of words are looked up cut to these lengths.
_PREFIXES = (4, 3, 2)
#: How much likelier an atom is met by chance than a whole word of its length.
_LOOSENESS = {"=": 1.0, "<": 4.0, "~": 6.0}
#: Words found in almost every English mail: useless to choose a unit by. English alone, because
#: other languages' units are mostly not looked at in an English mail and the reverse.
_EVERYWHERE = frozenset(
    ["this", "that", "with", "have", "from", "they", "your", "will", "just", "going", "about", "want", "like", "been", "when", "what", "them", "time", "would", "could", "should", "know", "need", "really", "more", "some", "there", "their", "were", "make", "made", "get", "got", "take", "here", "very", "much", "out", "over", "tell", "life", "love", "feel", "thing", "things", "everything", "because", "after", "before", "now", "not", "tonight", "today", "tomorrow", "dont", "cant", "wont", "never", "only", "even", "still"]
)


def _cost(atom: Atom) -> float:
    kind, text = atom
    if kind == "=" and text in _EVERYWHERE:
        return 0.5
    # Non-ASCII scripts carry more in a character, and are rarer in the mail of an English desk.
    length = len(text) if text.isascii() else 2 * len(text) + 2
    return float(_LOOSENESS[kind] * 3.0**-length)


def _clause_cost(clause: Clause) -> float:
    return sum(map(_cost, clause))


def requirements(node: Node, script: Script) -> tuple[Clause, ...]:
    """The clauses that must all hold for ``node`` to match, the rarest first; maybe none."""
    edge = script == "bounded"
    clauses = _needs(node, edge, edge)
    if script == "unspaced":
        # A space is optional there and a gap is characters: nothing is known of a word's edges.
        clauses = [frozenset(("~", text) for _, text in clause) for clause in clauses]
    return tuple(sorted(set(clauses), key=_clause_cost))


def _needs(node: Node, left: bool, right: bool) -> list[Clause]:
    """``left`` and ``right`` tell whether the node certainly begins and ends at a word's edge."""
    match node:
        case Text(text):
            return _text_needs(text, left, right)
        case Seq(items):
            return _seq_needs(items, left, right)
        case Alt(items):
            return _alt_needs(items, left, right)
        case Rep(item, least, most) if least > 0:
            return _needs(item, left and most == 1, right and most == 1)
    return []


def _text_needs(text: str, left: bool, right: bool) -> list[Clause]:
    if left and right:
        return [frozenset({("=", text)})]
    if left and len(text) >= _PREFIXES[-1]:
        return [frozenset({("<", text)})]
    return [frozenset({("~", text)})]


def _seq_needs(items: tuple[Node, ...], left: bool, right: bool) -> list[Clause]:
    clauses: list[Clause] = []
    for at, item in enumerate(items):
        begins = _fenced(reversed(items[:at]), left, last=True)
        ends = _fenced(iter(items[at + 1 :]), right, last=False)
        clauses += _needs(item, begins, ends)
    return clauses


def _alt_needs(items: tuple[Node, ...], left: bool, right: bool) -> list[Clause]:
    best: list[Clause] = []
    for item in items:
        clauses = _needs(item, left, right)
        if not clauses:
            return []
        best.append(min(clauses, key=_clause_cost))
    return [frozenset().union(*best)]


def _fenced(neighbours: Iterator[Node], outside: bool, *, last: bool) -> bool:
    """Whether a separator certainly stands next, looking outward over what may be absent."""
    for node in neighbours:
        edge = _edge(node, last=last)
        if edge == "no":
            return False
        if edge == "yes":
            return True
    return outside


def _edge(node: Node, *, last: bool) -> str:
    """``yes``: a separator at that end; ``no``: maybe something else; ``empty``: absent or yes."""
    match node:
        case Space() | Gap(_, "middle"):
            return "yes"
        case Gap(_, place):
            # At the beginning of a sequence it ends with a separator or is absent; at the end
            # it begins with one or is absent; its other side is a word.
            return "empty" if (place == "first") == last else "no"
        case Look():
            return "empty"
        case Text() | One() | Ending():
            return "no"
        case Rep(item, least, _):
            inner = _edge(item, last=last)
            return "empty" if inner == "yes" and least == 0 else inner
        case Alt(items):
            return _weakest({_edge(item, last=last) for item in items})
        case Seq(items):
            return _seq_edge(reversed(items) if last else iter(items), last=last)
    return "no"


def _weakest(edges: set[str]) -> str:
    return next(edge for edge in ("no", "empty", "yes") if edge in edges)


def _seq_edge(items: Iterable[Node], *, last: bool) -> str:
    for item in items:
        edge = _edge(item, last=last)
        if edge != "empty":
            return edge
    return "empty"


@dataclass(frozen=True, slots=True)
class TextSigns:
    """What there is in one folded text, ready to be asked for atoms."""

    text: str
    words: frozenset[str]
    starts: frozenset[str]
    #: Single characters and pairs; empty for a text in ASCII, where they decide nothing.
    pairs: frozenset[str]

    @classmethod
    def of(cls, text: str, words: Iterable[str]) -> TextSigns:
        """Collect the signs of a folded text made of these words."""
        distinct = frozenset(words)
        starts = frozenset(word[:size] for size in _PREFIXES for word in distinct)
        foreign = "" if text.isascii() else text
        pairs = frozenset(foreign).union(map("".join, zip(foreign, foreign[1:], strict=False)))
        return cls(text, distinct, starts, pairs)

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
            frozenset(text[: _PREFIXES[0]] for kind, text in clause if kind == "<"),
            tuple(sorted(text for kind, text in clause if kind == "~")),
        )


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
