"""A signature without a mark: name, title, firm and how to reach them, under a letter."""

from __future__ import annotations

import re

from concierge.rules import cleaning_endings as ends
from concierge.rules.cleaning_lines import has_words

#: Fewer lines are a name and a number that somebody typed; more are a list.
_LINES = range(3, 9)
_CHARACTERS, _WORDS = 70, 9
_NAME_WORDS = 4
#: Digits of the shortest number worth calling from elsewhere.
_DIGITS = 7
_REACH = re.compile(r"@|https?:|www\.|\b[\w-]{2,30}\.(?:com|org|net|[a-z]{2})(?:/\S*)?$")
_DIGIT = re.compile(r"\d")


def contact_start(lines: list[str]) -> int:
    """Where a block of contact lines starts at the end of these lines, -1 when there is none.

    A blank line, then a name, then only short lines that say nothing to the reader, with a number,
    an address or a link among the last two. A letter has to stand above it.
    """
    start = len(lines)
    while start > 0 and lines[start - 1].strip() and len(lines) - start <= _LINES.stop:
        start -= 1
    block = lines[start:]
    if len(block) not in _LINES or start == 0 or not any(map(has_words, lines[:start])):
        return -1
    shaped = _is_name(block[0]) and all(map(_says_nothing, block))
    return start if shaped and any(map(_reaches, block[-2:])) else -1


def _is_name(line: str) -> bool:
    plain = not _DIGIT.search(line) and not _REACH.search(line)
    return plain and has_words(line) and len(line.split()) <= _NAME_WORDS


def _says_nothing(line: str) -> bool:
    short = len(line) <= _CHARACTERS and len(line.split()) <= _WORDS
    return short and not line.rstrip().endswith((":", "?", "!")) and not ends.is_prose(line)


def _reaches(line: str) -> bool:
    return _REACH.search(line) is not None or len(_DIGIT.findall(line)) >= _DIGITS
