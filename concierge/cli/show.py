"""Printing: tables for people, JSON for programs; everything from a mail made harmless first."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from concierge.cli.safe import line, safe

_GAP = "  "
#: A table is drawn this wide where nobody says how wide the terminal is.
_USUAL_WIDTH = (80, 24)
#: A column that gives way to the others keeps this many cells: two words of a subject.
_LEAST = 12


def data(value: Any) -> None:
    """Print one JSON value on one line; escapes keep it ASCII, so nothing drives a terminal."""
    sys.stdout.write(json.dumps(value, default=str) + "\n")


def rows(value: Iterable[Any]) -> None:
    """Print JSON values, one a line."""
    dump = json.JSONEncoder(default=str).encode
    sys.stdout.writelines(dump(item) + "\n" for item in value)


def table(
    columns: Sequence[str],
    cells: Iterable[Sequence[str]],
    *,
    empty: str,
    gives_way: str = "",
    first_to_go: Sequence[str] = (),
    last_to_go: Sequence[str] = (),
) -> None:
    """Print a table, one line a row; ``empty`` is said when there are no rows.

    On a terminal that is too narrow the columns ``first_to_go`` are left out one by one, then
    ``gives_way`` (without it, the last column) is shortened; where even that is not enough, the
    columns ``last_to_go`` are left out too. Elsewhere nothing is cut.
    """
    body = [[line(cell) for cell in row] for row in cells]
    if not body:
        print(empty)
        return
    grid = {name: [row[at] for row in body] for at, name in enumerate(columns)}
    widths = {name: _width([name, *grid[name]]) for name in columns}
    if sys.stdout.isatty():
        _fit(widths, width(), gives_way or columns[-1], first_to_go, last_to_go)
    print(_row(widths, widths))
    print(_GAP.join("-" * cells for cells in widths.values()))
    for number in range(len(body)):
        print(_row((grid[name][number] for name in widths), widths))


def one_more(limit: int) -> int:
    """How many rows to ask for to show ``limit`` and to know whether there are more; 0 is all."""
    return min(limit + 1, sys.maxsize) if limit else sys.maxsize


def left_out(more: bool) -> None:
    """Say that a limit kept rows out of a list, when it did."""
    if more:
        print("There are more: --limit 0 shows all.")


def width() -> int:
    """How many cells a line of the terminal has."""
    return shutil.get_terminal_size(_USUAL_WIDTH).columns


def height() -> int:
    """How many lines the terminal has."""
    return shutil.get_terminal_size(_USUAL_WIDTH).lines


def text(words: str, *, indent: str = "") -> None:
    """Print words of any origin, each line indented; a terminal gets them folded between words."""
    for one in safe(words).splitlines() or [""]:
        for part in _folded(one.rstrip(), width() - len(indent)):
            print(f"{indent}{part}".rstrip())


def sentence(words: str, *, indent: str = "", limit: int = 400) -> None:
    """Print words of any origin as one line; a terminal gets it folded, indented all along."""
    first, *rest = _folded(line(words, limit), width() - len(indent) - 2)
    print(f"{indent}{first}")
    for part in rest:
        print(f"{indent}  {part}")


def heading(words: str) -> None:
    """Print a heading with an empty line before it."""
    print()
    sentence(words)


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 case", "2 cases"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def span(delta: timedelta) -> str:
    """A duration as people say it: "3 h 20 min", "-12 min" when it is over."""
    minutes = int(abs(delta).total_seconds() // 60)
    sign = "-" if delta < timedelta() and minutes else ""
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{sign}{days} d {hours} h"
    return f"{sign}{hours} h {minutes} min" if hours else f"{sign}{minutes} min"


def instant(at: datetime | None) -> str:
    """An instant as staff read it, in UTC."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "-"


def _folded(words: str, cells: int) -> list[str]:
    if not sys.stdout.isatty() or len(words) * 2 <= cells:
        return [words]
    from rich.console import Console
    from rich.text import Text

    # Rich counts cells, not characters: Chinese takes two, combining marks none.
    folded = Text(words).wrap(Console(), max(cells, _LEAST))
    return [part.plain.rstrip() for part in folded] or [""]


def _width(cells: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, cells))


def _fit(
    widths: dict[str, int],
    cells: int,
    gives_way: str,
    first_to_go: Iterable[str],
    last_to_go: Iterable[str],
) -> None:
    def over() -> int:
        return sum(widths.values()) + len(_GAP) * (len(widths) - 1) - cells

    for name in first_to_go:
        # A column goes only when shortening the one that gives way would leave too little of it.
        if widths[gives_way] - over() < min(widths[gives_way], 2 * _LEAST):
            del widths[name]
    for name in last_to_go:
        if widths[gives_way] - over() < min(widths[gives_way], _LEAST):
            del widths[name]
    widths[gives_way] = max(widths[gives_way] - max(over(), 0), _LEAST)


def _row(cells: Iterable[str], widths: dict[str, int]) -> str:
    fitted = (_cell(cell, cells) for cell, cells in zip(cells, widths.values(), strict=True))
    return _GAP.join(fitted).rstrip()


def _cell(words: str, cells: int) -> str:
    from rich.cells import cell_len, set_cell_size

    if cell_len(words) > cells:
        words = set_cell_size(words, cells - 1).rstrip() + "\u2026"
    return set_cell_size(words, cells)
