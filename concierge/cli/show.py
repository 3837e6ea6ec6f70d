"""Printing: tables for people, JSON for programs; everything from a mail made harmless first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from concierge.cli.safe import line, safe


def data(value: Any) -> None:
    """Print one JSON value on one line; escapes keep it ASCII, so nothing drives a terminal."""
    sys.stdout.write(json.dumps(value, default=str) + "\n")


def rows(value: Iterable[Any]) -> None:
    """Print JSON values, one a line."""
    dump = json.JSONEncoder(default=str).encode
    sys.stdout.writelines(dump(item) + "\n" for item in value)


def table(columns: Sequence[str], cells: Iterable[Sequence[str]], *, empty: str) -> None:
    """Print a table that fits the terminal; ``empty`` is said when there are no rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    body = [[Text(line(cell)) for cell in row] for row in cells]
    if not body:
        print(empty)
        return
    drawn = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in body:
        drawn.add_row(*row)
    console = Console(highlight=False)
    if not sys.stdout.isatty():
        # A pipe has no width; rows must not be folded for a program that reads them.
        console = Console(highlight=False, width=200, no_color=True)
    console.print(drawn)


def text(words: str, *, indent: str = "") -> None:
    """Print words of any origin, each line indented."""
    for one in safe(words).splitlines() or [""]:
        print(f"{indent}{one}".rstrip())


def heading(words: str) -> None:
    """Print a heading with an empty line before it."""
    print(f"\n{words}")


def span(delta: timedelta) -> str:
    """A duration as people say it: "3 h 20 min", "-12 min" when it is over."""
    minutes = int(delta.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("", minutes)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{sign}{days} d {hours} h"
    return f"{sign}{hours} h {minutes} min" if hours else f"{sign}{minutes} min"


def instant(at: datetime | None) -> str:
    """An instant as staff read it, in UTC."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "-"
