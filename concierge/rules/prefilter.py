"""What a text must contain for a pattern to match at all: necessary, never sufficient."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.rules.expressions import least_length
from concierge.rules.patterns import Alt, Ending, Gap, Look, Node, One, Rep, Script, Seq, Text

#: An atom is how it must occur and what: ``=`` a whole word, ``<`` the beginning of a word,
#: ``~`` anywhere.
Atom = tuple[str, str]
#: One of these atoms must be present.
Clause = frozenset[Atom]

#: Beginnings of words are looked up cut to these lengths.
PREFIXES = (4, 3, 2)
#: How much likelier an atom is met by chance than a whole word of its length.
_LOOSENESS = {"=": 1.0, "<": 4.0, "~": 6.0}
#: Words found in almost every English mail: useless to choose a unit by. English alone, because
#: other languages' units are mostly not looked at in an English mail and the reverse.
_EVERYWHERE_TEXT = (
    "this that with have from they your will just going about want like been when what them "
    "time would could should know need really more some there their were make made get got take "
    "here very much out over tell life love feel thing things everything because after before "
    "now not tonight today tomorrow dont cant wont never only even still "
)
_EVERYWHERE = frozenset(_EVERYWHERE_TEXT.split())


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
    if left and len(text) >= PREFIXES[-1]:
        return [frozenset({("<", text)})]
    return [frozenset({("~", text)})]


def _seq_needs(items: tuple[Node, ...], left: bool, right: bool) -> list[Clause]:
    begins = _fences(items, left, last=True)
    ends = _fences(items[::-1], right, last=False)[::-1]
    return [
        clause
        for item, begin, end in zip(items, begins, ends, strict=True)
        for clause in _needs(item, begin, end)
    ]


def _fences(items: Iterable[Node], outside: bool, *, last: bool) -> list[bool]:
    """For each item whether a separator certainly stands before it, in the order given."""
    fences: list[bool] = []
    fenced = outside
    for item in items:
        fences.append(fenced)
        edge = _edge(item, last=last)
        fenced = fenced if edge == "empty" else edge == "yes"
    return fences


def _alt_needs(items: tuple[Node, ...], left: bool, right: bool) -> list[Clause]:
    best: list[Clause] = []
    for item in items:
        clauses = _needs(item, left, right)
        if not clauses:
            return []
        best.append(min(clauses, key=_clause_cost))
    return [frozenset().union(*best)]


def _edge(node: Node, *, last: bool) -> str:
    """``yes``: a separator at that end; ``no``: maybe something else; ``empty``: absent or yes."""
    if isinstance(node, (Text, One, Ending)):
        return "no"
    edge = "empty" if isinstance(node, Look) else "yes"
    match node:
        case Rep(item, least, _):
            inner = _edge(item, last=last)
            edge = "empty" if inner == "yes" and least == 0 else inner
        case Alt(items):
            edge = _weakest({_edge(item, last=last) for item in items})
        case Seq(items):
            edge = _seq_edge(reversed(items) if last else iter(items), last=last)
        case Gap(_, place) if place != "middle":
            # At the beginning of a sequence it ends with a separator or is absent; at the end
            # it begins with one or is absent; its other side is a word.
            edge = "empty" if (place == "first") == last else "no"
    return edge


def _weakest(edges: set[str]) -> str:
    return next(edge for edge in ("no", "empty", "yes") if edge in edges)


def _seq_edge(items: Iterable[Node], *, last: bool) -> str:
    for item in items:
        edge = _edge(item, last=last)
        if edge != "empty":
            return edge
    return "empty"


def openings(node: Node, right: bool = True) -> frozenset[str] | None:
    """The whole words a match can only begin with; None when that cannot be told.

    ``right`` tells whether the node certainly ends at a word's edge.
    """
    match node:
        case Text(text):
            return frozenset({text}) if right else None
        case Alt(items):
            return _union(openings(item, right) for item in items)
        case Rep(item, _, most):
            return openings(item, right and most == 1)
        case Seq(items):
            return _seq_openings(items, right)
    return None


def _seq_openings(items: tuple[Node, ...], right: bool) -> frozenset[str] | None:
    words: frozenset[str] = frozenset()
    ends = _fences(items[::-1], right, last=False)[::-1]
    for item, end in zip(items, ends, strict=True):
        if isinstance(item, Look):
            continue
        more = openings(item, end)
        if more is None:
            return None
        words |= more
        if least_length(item) > 0:
            return words
    return None


def _union(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    words: frozenset[str] = frozenset()
    for part in parts:
        if part is None:
            return None
        words |= part
    return words
