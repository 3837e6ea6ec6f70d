"""Evaluation files: a JSON object a line, made into the mails the desk would have received."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from concierge.cli.mail_files import STDIN
from concierge.desk.evaluation import Case
from concierge.desk.evaluation_labels import Letter
from concierge.desk.evaluation_rows import FaultyRow, body_of, received_of
from concierge.errors import FaultyInput, UsageError
from concierge.mail.mime import read

#: So many faults are told; whoever has more has one cause.
_TOLD = 20
#: Keys that become headers, by how they are called in a mail.
_HEADERS = (
    ("from", "From"),
    ("date", "Date"),
    ("subject", "Subject"),
    ("content_language", "Content-Language"),
)

C = TypeVar("C", Case, Letter)
#: What makes a case of a row and its line number; the message is added here.
Reader = Callable[[Mapping[str, Any], int], C]


def cases_in(name: str, reader: Reader[C]) -> list[C]:
    """Every row of a file, in order; ``-`` is standard input. Empty lines are passed over.

    Raises:
        UsageError: the file cannot be read, or holds no row.
        FaultyInput: rows are faulty; each is named by its line.
    """
    if name == STDIN:
        found = _cases(name, sys.stdin.buffer, reader)
    else:
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - /dev/fd names are not paths
                found = _cases(name, file, reader)
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {error.strerror}.") from None
    if not found:
        raise UsageError(f"{name} holds no rows; docs/evaluation.md tells what a row looks like.")
    return found


def _cases(name: str, lines: Iterable[bytes], reader: Reader[C]) -> list[C]:
    cases: list[C] = []
    faults: list[str] = []
    for number, raw in enumerate(lines, 1):
        # Files written on Windows begin with a mark, and joined ones hold it further down.
        text = raw.decode("utf-8", "replace").lstrip("\ufeff").strip()
        if not text:
            continue
        try:
            cases.append(_case(text, number, reader))
        except FaultyRow as fault:
            faults.append(f"{name}:{number}: {fault}")
    if faults:
        more: int = len(faults) - _TOLD
        shown = (*faults[:_TOLD], *([f"... and {more} more lines."] if more > 0 else []))
        rows = "1 row" if len(faults) == 1 else f"{len(faults)} rows"
        raise FaultyInput(f"{rows} of {name} cannot be used:", shown)
    return cases


def _case(text: str, number: int, reader: Reader[C]) -> C:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise FaultyRow("this line is not JSON; write one object a line.") from None
    if not isinstance(row, dict):
        raise FaultyRow("this line is not a JSON object; write {...}.")
    case = reader(row, number)
    return replace(case, message=read(_as_mail(row)))


def _as_mail(row: Mapping[str, Any]) -> bytes:
    """The mail a row describes, as raw as mail comes: UTF-8 headers and all."""
    told = [("Received", one) for one in received_of(row)]
    told += [(header, row[key]) for key, header in _HEADERS if row.get(key)]
    lines = [f"{header}: {' '.join(value.split())}" for header, value in told]
    lines += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body_of(row)).encode("utf-8", "replace")
