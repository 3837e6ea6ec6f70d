"""Patterns as regular expressions of the engine, and the checks that keep them bounded."""

from __future__ import annotations

import re

from concierge.rules.patterns import (
    GROUP_MAX,
    WORD_MAX,
    Alt,
    BadPattern,
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

#: Ways a pattern may be tried at one place; beyond it a crafted text could hold up the desk. The
#: most any pattern of the shipped lexicon needs is about 300.
WAYS_MAX = 5_000
_CHAR = "[^ ,.]"
#: What may stand between the beginning of a word and the pattern: nothing in Hindi, where a word
#: for rape ends the word for therapy; in Arabic and Hebrew "and", "the", "to" and the like.
_FRONT = {
    "begun": "(?<=[ ,.])",
    "arabic": "(?<=[ ,.])[وفبلكسهح]{0,2}(?:ال|لل)?",
    "hebrew": "(?<=[ ,.])[והבלכמש]{0,3}",
}


class _Writer:
    """Writes nodes for one script and one idea of what a separator may be."""

    def __init__(self, script: Script, separator: str) -> None:
        self.script = script
        self.space = "[ ,]?" if script == "unspaced" else separator

    def write(self, node: Node) -> str:
        if isinstance(node, (Seq, Alt, Rep, Look)):
            return self.compound(node)
        match node:
            case Text(text):
                return re.escape(text)
            case One(source):
                return source
            case Space():
                return self.space
            case Ending():
                return f"{_CHAR}{{0,{WORD_MAX}}}"
            case Gap():
                return self.gap(node)

    def compound(self, node: Seq | Alt | Rep | Look) -> str:
        match node:
            case Seq(items):
                return "".join(map(self.write, items))
            case Alt(items):
                return f"(?:{'|'.join(map(self.write, items))})"
            case Rep(item, least, most):
                return f"(?:{self.write(item)}){{{least},{most}}}"
            case Look(opening, inner):
                return f"{opening}{self.write(inner)})"

    def gap(self, gap: Gap) -> str:
        if self.script == "unspaced":
            return f"[^.]{{0,{gap.most}}}"
        # A word in a gap is taken whole (possessive), so trying is linear in the gap's length.
        word = f"{_CHAR}{{1,{WORD_MAX}}}+"
        if gap.place == "last":
            return f"(?:{self.space}{word}){{0,{gap.most}}}"
        between = f"(?:{word}{self.space}){{0,{gap.most}}}"
        return between if gap.place == "first" else self.space + between


def expression(node: Node, script: Script, *, across: bool = True) -> str:
    """The regular expression of a pattern over folded text.

    ``across`` lets its spaces stand for commas and full stops too; a figure of speech must not
    reach across them, or it would excuse words it has nothing to do with.
    """
    source = _Writer(script, "[ ,.]" if across else " ").write(node)
    # The separator before is taken, not looked back at: the engine then skips quickly from one
    # word to the next. Folded text begins with a separator, so none is missed.
    if script == "bounded":
        return f"[ ,.](?:{source})(?!{_CHAR})"
    return f"{_FRONT[script]}(?:{source})" if script in _FRONT else source


def check_bounds(node: Node) -> None:
    """Raise :class:`BadPattern` when a pattern matches nothing or could run away."""
    if least_length(node) == 0:
        raise BadPattern("it can match nothing at all", 0)
    if ways(node) > WAYS_MAX:
        raise BadPattern("it backtracks without useful bound and could hold up the desk", 0)


def least_length(node: Node) -> int:
    """How many characters of folded text the node takes at least."""
    match node:
        case Seq(items):
            return sum(map(least_length, items))
        case Alt(items):
            return min(map(least_length, items))
        case Rep(item, least, _):
            return least * least_length(item)
        case Text(text):
            return len(text)
    # A gap between words takes a separator; at the beginning or the end it may be absent.
    between = isinstance(node, Gap) and node.place == "middle"
    return int(between or isinstance(node, (One, Space)))


def ways(node: Node) -> int:
    """How many lengths a matcher may try at one place; nested repetition multiplies fast."""
    match node:
        case Seq(items):
            product = 1
            for item in items:
                product *= ways(item)
            return product
        case Alt(items):
            return max(map(ways, items))
        case Gap(most, _):
            return most + 1
        case Rep(One(), _, _):
            return 1
        case Rep(item, least, most):
            return _ways_repeated(item, least, most)
    return 1


def _ways_repeated(item: Node, least: int, most: int) -> int:
    inner = ways(item)
    if most > 1 and _varies(item) and not _has_space(item):
        # Nothing says where one round ends and the next begins, as in (\w+)*.
        inner = max(inner, WORD_MAX)
    return most - least + 1 if inner == 1 else int(inner ** min(most, GROUP_MAX)) + 1


def _varies(node: Node) -> bool:
    match node:
        case Seq(items) | Alt(items):
            return any(map(_varies, items))
        case Rep() | Ending() | Gap():
            return not (isinstance(node, Rep) and node.least == node.most)
    return False


def _has_space(node: Node) -> bool:
    """Whether every round is fenced off by a separator at one of its ends."""
    match node:
        case Space():
            return True
        case Seq(items):
            return bool(items) and (_has_space(items[0]) or _has_space(items[-1]))
        case Alt(items):
            return all(map(_has_space, items))
    return False
