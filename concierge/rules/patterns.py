"""The small pattern language of the lexicon: read, checked, and turned into bounded expressions.

A space stands for one separator of folded text, ``~N`` for up to N words between (up to N
characters in Chinese and Japanese), ``word*`` for any ending; groups, ``|``, ``?``, ``*``, ``+``,
``{m,n}``, ``[..]``, ``\\w``, ``\\d``, ``^`` (a word begins here), ``$`` (end of sentence) and
look-ahead as in regular expressions. Every repetition is rendered with an upper bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from concierge.rules.folding import fold_word

#: Longest word ending or unknown word a pattern may span, in characters. Longer "words" are
#: encoded data, and an open bound would let one word of thousands of letters cost minutes.
WORD_MAX = 40
#: How often a group written with ``*`` or ``+`` may repeat: real sentences stay far below.
GROUP_MAX = 6
#: A counted repetition above this would let one pattern bridge whole paragraphs.
COUNT_MAX = 40

#: ``bounded``: words begin and end where a pattern does. ``begun``: they begin there and take
#: endings (Hindi). ``arabic`` and ``hebrew``: short words may be written on to their front as
#: well. ``open``: they stand anywhere, as Korean is typed without its spaces too. ``unspaced``:
#: no spaces at all (Chinese, Japanese).
Script = Literal["bounded", "begun", "arabic", "hebrew", "open", "unspaced"]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class One:
    """One character of a class; ``source`` is its expression."""

    source: str


@dataclass(frozen=True, slots=True)
class Space:
    """One separator."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words between its neighbours, or at the beginning or end of a sequence."""

    most: int
    place: Literal["first", "middle", "last"] = "middle"


@dataclass(frozen=True, slots=True)
class Ending:
    """Any ending of a word, also none."""


@dataclass(frozen=True, slots=True)
class Look:
    """A condition that takes no text: a look-ahead, or the end of a sentence."""

    opening: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Seq:
    """One thing after another."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """One of several."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rep:
    """A thing repeated ``least`` to ``most`` times."""

    item: Node
    least: int
    most: int


Node = Text | One | Space | Gap | Ending | Look | Seq | Alt | Rep


class BadPattern(Exception):
    """A pattern cannot be used; ``offset`` is the character where reading stopped."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset


_TOKEN = re.compile(
    r"(?P<gap> ?~(?P<n>\d+) ?)|(?P<sep>[ -]+)|(?P<esc>\\[wdSb])|(?P<look>\(\?[!=])"
    r"|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<quant>[?*+]|\{\d+(?:,\d+)?\})"
    r"|(?P<cls>\[[^\[\]^\\]+\])|(?P<any>\.)|(?P<begin>\^)|(?P<end>\$)|(?P<word>[^\s~\\()|?*+{}\[\].$^-]+)"
)
_WORD_CHAR = "[^ ,.]"
_ESCAPES: dict[str, Node] = {
    r"\w": One(_WORD_CHAR),
    r"\S": One(_WORD_CHAR),
    r"\d": One("[0-9]"),
    r"\b": Look("(?=", Space()),
}
_BEGIN = Look("(?<=", Seq((One("[ ,.]"),)))
_END = Look("(?=", Seq((One("[.]"),)))


_LEAVES: dict[str, Callable[[str], Node]] = {
    "word": lambda text: Text(fold_word(text)),
    "sep": lambda _: Space(),
    "gap": lambda text: Gap(int(text.strip().lstrip("~"))),
    "esc": _ESCAPES.__getitem__,
    "cls": lambda text: One(f"[{fold_word(text[1:-1])}]"),
    "any": lambda _: One("."),
    "begin": lambda _: _BEGIN,
    "end": lambda _: _END,
}


@lru_cache(maxsize=16384)
def _leaf(kind: str, text: str) -> Node:
    """A node without inner ones; the same few thousand words make up every pattern."""
    return _LEAVES[kind](text)


class _Reader:
    """Recursive descent over the tokens of one pattern."""

    def __init__(self, pattern: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        offset = 0
        while offset < len(pattern):
            match = _TOKEN.match(pattern, offset)
            if match is None:
                raise BadPattern(f"cannot read {pattern[offset]!r}", offset)
            kind = match.lastgroup or ""
            self.tokens.append(("gap" if kind == "n" else kind, match[0], offset))
            offset = match.end()
        self.length = len(pattern)
        self.at = 0

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "", self.length)

    def alternatives(self) -> Node:
        branches = [self.sequence()]
        while self.peek()[0] == "bar":
            self.at += 1
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Alt(tuple(branches))

    def sequence(self) -> Node:
        items: list[Node] = []
        while (token := self.peek())[0] not in ("", "bar", "close"):
            self.at += 1
            if token[0] == "quant":
                self._quantify(items, token)
            else:
                items.append(self._single(token))
        if len(items) == 1:
            return items[0]
        if items:
            _place_gap(items, 0, "first")
            _place_gap(items, -1, "last")
        return Seq(tuple(items))

    def _quantify(self, items: list[Node], token: tuple[str, str, int]) -> None:
        _, sign, offset = token
        if not items or isinstance(items[-1], (Look, Gap, Ending, Rep)):
            raise BadPattern(f"{sign!r} has nothing to repeat", offset)
        last = items.pop()
        if isinstance(last, Text):
            if sign == "*":
                items += [last, Ending()]
                return
            if len(last.text) > 1:
                items.append(Text(last.text[:-1]))
            last = Text(last.text[-1])
        least, most = _bounds(sign, last, offset)
        items.append(Rep(last, least, most))

    def _single(self, token: tuple[str, str, int]) -> Node:
        kind, text, offset = token
        if kind in ("open", "look"):
            return self._group(kind, text, offset)
        return _leaf(kind, text)

    def _group(self, kind: str, text: str, offset: int) -> Node:
        inner = self.alternatives()
        if self.peek()[0] != "close":
            raise BadPattern("a bracket is not closed", offset)
        self.at += 1
        if kind == "look":
            return Look(text, inner)
        # A group is repeated as a whole, so one word in brackets must not look like bare text.
        return inner if isinstance(inner, (Alt, Seq)) else Seq((inner,))


def _place_gap(items: list[Node], at: int, place: Literal["first", "last"]) -> None:
    if isinstance(gap := items[at], Gap):
        items[at] = Gap(gap.most, place)


def _bounds(sign: str, item: Node, offset: int) -> tuple[int, int]:
    open_bound = WORD_MAX if isinstance(item, One) else GROUP_MAX
    if sign in "?*+":
        return (1 if sign == "+" else 0), (1 if sign == "?" else open_bound)
    least, _, most = sign[1:-1].partition(",")
    if int(most or least) > COUNT_MAX:
        raise BadPattern(f"repeats more than {COUNT_MAX} times", offset)
    return int(least), int(most or least)


def read_pattern(pattern: str) -> Node:
    """Read one pattern; raises :class:`BadPattern` when it cannot be read."""
    reader = _Reader(pattern)
    node = reader.alternatives()
    if reader.at < len(reader.tokens):
        raise BadPattern("a bracket is closed that was not opened", reader.peek()[2])
    return node
