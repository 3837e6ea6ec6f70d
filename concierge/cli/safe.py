"""Making what came by mail harmless on a terminal: no escapes, no bidi tricks, no controls."""

from __future__ import annotations

import re

#: C0 and C1 controls but newline and tab: they drive the terminal (titles, colours, cursor).
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Bidi overrides and isolates can make "exe.gpj" read as "gpj.exe"; zero-width characters hide
#: words; U+2028/2029 break lines behind our back. ZWJ and ZWNJ stay: scripts need them.
_INVISIBLES = re.compile("[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u061c]")


def safe(text: str) -> str:
    """Text of many lines, as it may be printed."""
    return _INVISIBLES.sub("", _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n")))


def line(text: str, limit: int = 200) -> str:
    """Text as one line of at most ``limit`` characters."""
    flat = " ".join(safe(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "\u2026"


def indented(text: str, depth: int = 2, limit: int = 400) -> str:
    """Text as one line behind ``depth`` spaces."""
    return " " * depth + line(text, limit)
