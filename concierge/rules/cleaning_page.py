"""The lines of a body, each with what it was found to be."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from enum import IntEnum

from concierge.rules import cleaning_lines as line_of

# Marks of writing direction and spaces that do not break, which programs put between words.
_INVISIBLE = str.maketrans(
    "\u00a0\u202f",
    "  ",
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
)


class Faith(IntEnum):
    """How sure it is that a cut line is not the sender's own word."""

    #: It may be the sender's after all: the rules must read it.
    DOUBT = 1
    #: A mail program's shape, by structure.
    SHAPE = 2
    #: Somebody else's beyond doubt: a marked quote with its reply line, or our own letter.
    THEIRS = 3


@dataclass(slots=True)
class Page:
    """The lines of a body with what each was found to be; filled by ``cleaning_marks``.

    ``lines`` are as written, ``plain`` the same without invisible characters. ``labels`` holds an
    empty text for the sender's own lines.
    """

    lines: list[str]
    plain: list[str]
    labels: list[str]
    faith: list[Faith]
    #: Why some line is in doubt, in words; empty when none is.
    doubt: str = ""
    quoted: list[bool] = field(default_factory=list)
    #: The lines under a header of ours, all of which the desk has seen: no new words.
    our_letter: range = range(0)
    #: Where a signature without a mark starts; beyond every line when there is none.
    contact: int = sys.maxsize

    def mark(self, first: int, last: int, label: str, faith: Faith, why: str = "") -> None:
        """Mark lines ``first`` to ``last`` that are not marked yet."""
        for at in range(first, last + 1):
            if not self.labels[at]:
                self.labels[at], self.faith[at] = label, faith
                if faith is Faith.DOUBT and not self.doubt and line_of.has_words(self.lines[at]):
                    self.doubt = why

    def own(self) -> list[int]:
        """The numbers of the lines not cut, without blank ones at the end."""
        left = [at for at, label in enumerate(self.labels) if not label]
        while left and not self.plain[left[-1]].strip():
            left.pop()
        return left


def page_of(body: str) -> Page:
    """A body with nothing marked yet."""
    lines = body.split("\n")
    # Most bodies are plain ASCII, which has none of these.
    plain = list(lines) if body.isascii() else body.translate(_INVISIBLE).split("\n")
    quoted = [line_of.QUOTED.match(line) is not None for line in plain]
    return Page(lines, plain, [""] * len(lines), [Faith.SHAPE] * len(lines), quoted=quoted)
