"""Making what came by mail harmless on a terminal: no escapes, no bidi tricks, no controls."""

from __future__ import annotations

import re
import unicodedata

#: C0 and C1 controls but newline and tab drive the terminal (titles, colours, cursor); half of a
#: surrogate pair cannot be written at all.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: U+2028/2029 break lines behind our back.
_LINE_BREAKS = re.compile("[\u2028\u2029]")
#: Format characters that scripts need and that show: joiners (Persian, Hindi, emoji families),
#: Arabic and Syriac number signs. Every other one hides words or turns their direction around:
#: bidi overrides can make "exe.gpj" read as "gpj.exe", tags and zero-width spaces are invisible.
_NEEDED = frozenset(
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def safe(text: str) -> str:
    """Text of many lines, as it may be printed."""
    shown = _LINE_BREAKS.sub("\n", _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n")))
    if shown.isascii():
        return shown
    return "".join(c for c in shown if unicodedata.category(c) != "Cf" or c in _NEEDED)


def line(text: str, limit: int = 200) -> str:
    """Text as one line of at most ``limit`` characters."""
    flat = " ".join(safe(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "\u2026"


def indented(text: str, depth: int = 2, limit: int = 400) -> str:
    """Text as one line behind ``depth`` spaces."""
    return " " * depth + line(text, limit)
