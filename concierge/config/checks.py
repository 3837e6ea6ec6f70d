"""Checks of one value: each gives ``what is wrong; what would be right``, or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from concierge.config.values import quoted

#: Looks at one value that was read already.
Check = Callable[[Any], str | None]

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_HOST = re.compile(r"[\w:](?:[\w.:-]*[\w:.])?")


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from ``least`` to ``most``, both included."""

    least: int
    most: int

    def __call__(self, value: int) -> str | None:
        """The fault of a number out of bounds, else None."""
        if self.least <= value <= self.most:
            return None
        return f"{value} is out of bounds; a number {self} is right"

    def __str__(self) -> str:
        return f"from {self.least} to {self.most}"


#: A TCP port.
PORT = Between(1, 65535)


def one_line(value: str) -> str | None:
    """Some text without line breaks: it ends up in a mail header or in one line of a list."""
    if not value.strip():
        return "is empty; write some text"
    if _LINE_BREAKS.search(value):
        return "has a line break; write it on one line"
    return None


def one_line_or_empty(value: str) -> str | None:
    """As :func:`one_line`, and nothing is right too."""
    return one_line(value) if value else None


def host(value: str) -> str | None:
    """A host name or an IP address, nothing around it."""
    if not value:
        return 'is empty; write the server\'s name, such as "mail.example.org"'
    if not _HOST.fullmatch(value):
        return (
            f"{quoted(value)} is not a host name; write only the name, such as "
            '"mail.example.org", without "https://", port or spaces'
        )
    return None


def is_loopback(name: str) -> bool:
    """Whether a host is this very machine: 127.0.0.0/8, ::1 or localhost."""
    import ipaddress

    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.casefold() == "localhost"


def variable_name(value: str) -> str | None:
    """The name of an environment variable.

    The value is not quoted: somebody may have written the password itself here.
    """
    if _VARIABLE.fullmatch(value):
        return None
    return (
        "is not the name of an environment variable; capital letters, digits and _ are right, "
        "and never the password itself"
    )


def some(value: tuple[str, ...]) -> str | None:
    """A list with at least one entry, none empty and none twice."""
    if not value:
        return "the list is empty; write at least one entry"
    for sentence in map(one_line, value):
        if sentence:
            return f"an entry {sentence}"
    folded = [entry.casefold() for entry in value]
    twice = next((entry for entry in value if folded.count(entry.casefold()) > 1), None)
    return f"{quoted(twice)} is there twice; write it once" if twice else None


def _is(test: Callable[[], bool]) -> bool:
    try:
        return test()
    except OSError:
        # What this user may not even look at is as good as not there.
        return False


def existing_file(value: Path | None) -> str | None:
    """Nothing, or a file that is there."""
    if value is None or _is(value.is_file):
        return None
    return f"there is no file {value}; correct the path"


def shipped_file(value: Path) -> str | None:
    """A file that ``concierge init`` lays down."""
    if _is(value.is_file):
        return None
    return f"there is no file {value}; `concierge init` creates it"


def shipped_folder(value: Path) -> str | None:
    """A folder that ``concierge init`` lays down."""
    if _is(value.is_dir):
        return None
    return f"there is no folder {value}; `concierge init` creates it"


def not_in_the_small_hours(value: time) -> str | None:
    """Not 01:00 to 02:59: a change to or from summer time skips or repeats these."""
    if time(1) <= value < time(3):
        return (
            f'"{value:%H:%M}" is skipped or comes twice when clocks change; '
            "a time before 01:00 or from 03:00 on is right"
        )
    return None


def staff_name(value: str) -> str | None:
    """A name to sign with; "desk" is what the software itself signs with in events."""
    if value.strip().casefold() == "desk":
        return '"desk" is the software\'s own name in the history; choose another name'
    return one_line(value)


def some_or_none(value: tuple[str, ...]) -> str | None:
    """As :func:`some`, and an empty list is right too."""
    return some(value) if value else None


def not_a_folder(value: Path) -> str | None:
    """A file, there or yet to be made."""
    return f"{value} is a folder; name a file" if _is(value.is_dir) else None


def not_a_file(value: Path) -> str | None:
    """A folder, there or yet to be made."""
    return f"{value} is a file; name a folder" if _is(value.is_file) else None
