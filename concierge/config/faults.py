"""Faults and the places in the file they are told at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Where a value lives: ("mailbox", "port"), ("staff", 0, "name").
Path = tuple[str | int, ...]

#: Sections that stand one level deeper: ``[promises.high]``, ``[routes.guide]``.
NESTED = ("promises", "routes")

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|\n|[\[\]{}=,.]"
    r"|[^\s\"'\#\[\]{}=,.]+",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what it is about and ``what is wrong; what would be right``."""

    path: Path
    sentence: str
    #: True for a key that stands outside any section.
    bare: bool = False

    def label(self) -> str:
        """The section and key as they stand in the file, such as ``[mailbox] port``."""
        names = [part for part in self.path if isinstance(part, str)]
        if self.bare:
            return f"{names[0]}: "
        nested = 2 if names[0] in NESTED else 1
        section = ".".join(names[:nested])
        written = f"[[{section}]]" if section == "staff" else f"[{section}]"
        return " ".join((written, *names[nested:])) + ": "


class Places:
    """Where each section and key of a TOML text stands."""

    def __init__(self, text: str) -> None:
        """``text`` is valid TOML; anything else only makes the places coarser."""
        self._text = text
        self._offsets: dict[Path, int] = {(): 0}
        self._blocks: dict[Path, int] = {}
        header: Path = ()
        for tokens in _statements(text):
            names = _names(tokens)
            if tokens[0][0] == "[":
                header = self._header(names, doubled=len(tokens) > 1 and tokens[1][0] == "[")
                self._offsets.setdefault(header, tokens[0][1])
            else:
                self._offsets.setdefault((*header, *names), tokens[0][1])

    def _header(self, names: Path, *, doubled: bool) -> Path:
        if not doubled:
            return names
        number = self._blocks[names] = self._blocks.get(names, -1) + 1
        return (*names, number)

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1, of a path or of the nearest thing around it."""
        while path not in self._offsets:
            path = path[:-1]
        offset = self._offsets[path]
        line_start = self._text.rfind("\n", 0, offset) + 1
        return self._text.count("\n", 0, offset) + 1, offset - line_start + 1


def _statements(text: str) -> Iterator[list[tuple[str, int]]]:
    """Each header and each ``key = value`` as (word, offset) pairs, comments left out."""
    statement: list[tuple[str, int]] = []
    depth = 0
    for found in _TOKEN.finditer(text):
        word = found[0]
        depth += (word in "[{") - (word in "]}")
        if word == "\n":
            if statement and depth <= 0:
                yield statement
                statement, depth = [], 0
        elif word[0] != "#":
            statement.append((word, found.start()))
    if statement:
        yield statement


def _names(tokens: list[tuple[str, int]]) -> Path:
    names = []
    for word, _ in tokens:
        if word == "=":
            break
        if word not in "[].":
            names.append(word.strip("\"'"))
    return tuple(names)


def told(name: str, faults: list[Fault], places: Places) -> tuple[str, ...]:
    """The faults as ``file:line:column: [section] key: sentence``, in the file's order."""
    placed = sorted(((places.of(fault.path), fault) for fault in faults), key=lambda pair: pair[0])
    return tuple(
        f"{name}:{line}:{column}: {fault.label()}{fault.sentence}"
        for (line, column), fault in placed
    )
