"""Digits of any script, and full-width signs beside them, as a telephone's keypad has them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: The zero of each script in which people write telephone numbers and prices.
_ZEROS: Final = (
    "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6"
    "\u0c66\u0ce6\u0d66\u0e50\u0ed0\u1040\u17e0\uff10"
)
#: Signs that stand between digits; each becomes one character, so that places in the text stay.
_SIGNS: Final = {
    "＋": "+", "（": "(", "）": ")", "－": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-",
    "\u2013": "-", "\u2212": "-", "\u30fc": "-", "．": ".", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "\u3000": " ", "／": "/",
}  # fmt: skip


@lru_cache(maxsize=1)
def _plain() -> dict[int, str]:
    table = {ord(zero) + n: str(n) for zero in _ZEROS for n in range(10)}
    return table | {ord(sign): plain for sign, plain in _SIGNS.items()}


def plain_digits(text: str) -> str:
    """The text with ASCII digits and signs, character by character: its length never changes."""
    return text if text.isascii() else text.translate(_plain())


def has_digits(text: str, least: int) -> bool:
    """Whether at least so many ASCII digits stand in a text; asked before anything costly."""
    return sum(map(text.count, "0123456789")) >= least
