"""The directory of resources: a CSV file people edit, read whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from concierge.domain.resource import VERIFICATION_DAYS, Resource, ResourceKind
from concierge.errors import FaultyInput
from concierge.store.directory_checks import CHECKS, Fault, Row
from concierge.store.lint import LintReport

_NAMES = """
    id name kind country region languages audience topics phone sms whatsapp chat_url email
    website hours timezone open_24_7 cost eligibility remote priority active replaced_by
    verified_on verified_by source_url source_note confidence notes
"""
#: The columns in their order; docs/directory.md says what each means.
COLUMNS = tuple(_NAMES.split())
# How many rows a report names as next to be checked: about an afternoon on the telephone.
_NEXT_DUE = 20


@dataclass(frozen=True, slots=True)
class _Read:
    rows: tuple[Row, ...]
    #: Faults of the file's shape, already as lines.
    faults: tuple[str, ...]


def load_directory(path: Path, *, today: date | None = None) -> tuple[Resource, ...]:
    """Read every active row of the directory, in the file's order.

    ``today`` (default: the present day, UTC) decides whether a verification lies in the future.
    Raises :class:`FaultyInput` naming every fault as ``file:line:column: wrong; remedy``, where
    the column is the field's number counted from 1, as a spreadsheet counts its columns. A
    directory with a fault is not used at all: a row left out in silence may be the one crisis
    line of a country.
    """
    read = _read(path)
    faults = read.faults or _errors(path, read.rows, today or _today())
    if faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise FaultyInput(f"The directory {path.name} has {len(faults)} {noun}.", faults)
    return tuple(_resource(row) for row in read.rows if row.cells["active"] == "yes")


def lint_directory(path: Path, *, today: date | None = None) -> LintReport:
    """Check the directory: what :func:`load_directory` would refuse, and what to look after.

    Never raises for what the file holds; a missing file is an error in the report.
    """
    day = today or _today()
    read = _read(path)
    if read.faults:
        return LintReport(errors=read.faults)
    return LintReport(
        errors=_errors(path, read.rows, day), warnings=tuple(_warnings(path, read.rows, day))
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _read(path: Path) -> _Read:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _Read((), (f"{path.name}: cannot be read ({error.strerror}); check the path",))
    if raw.startswith(b"\xef\xbb\xbf"):
        return _Read((), (f"{path.name}:1:1: starts with a byte order mark; save without BOM",))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _Read((), (f"{path.name}:{line}:1: not UTF-8; save the file as UTF-8",))
    return _rows(path, text)


def _rows(path: Path, text: str) -> _Read:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    faults: list[str] = []
    line = 1
    try:
        faults = _header_faults(path, next(reader, []))
        if faults:
            return _Read((), tuple(faults))
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(COLUMNS):
                rows.append(Row(line, dict(zip(COLUMNS, cells, strict=True))))
            elif cells:
                faults.append(_width_fault(path, line, len(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(f"{path.name}:{line}:1: not CSV ({error}); check the quotes")
    return _Read(tuple(rows), tuple(faults))


def _width_fault(path: Path, line: int, cells: int) -> str:
    return (
        f"{path.name}:{line}:{min(cells, len(COLUMNS))}: {cells} fields where {len(COLUMNS)} are"
        " expected; put quotes around fields that hold a comma"
    )


def _header_faults(path: Path, header: list[str]) -> list[str]:
    faults = [
        f"{path.name}:1:{number}: unknown column {name!r}; known are {', '.join(COLUMNS)}"
        for number, name in enumerate(header, 1)
        if name not in COLUMNS
    ]
    faults += [
        f"{path.name}:1:{number}: column {name!r} is missing; add it here"
        for number, name in enumerate(COLUMNS, 1)
        if name not in header
    ]
    if not faults and tuple(header) != COLUMNS:
        faults.append(f"{path.name}:1:1: columns in another order; use {','.join(COLUMNS)}")
    return faults


def _errors(path: Path, rows: tuple[Row, ...], today: date) -> tuple[str, ...]:
    faults = [fault for row in rows for check in CHECKS for fault in check(row, today)]
    faults += _between_rows(rows)
    faults.sort(key=lambda fault: (fault.line, COLUMNS.index(fault.column)))
    return tuple(_line(path, fault) for fault in faults)


def _between_rows(rows: tuple[Row, ...]) -> Iterator[Fault]:
    first_line: dict[str, int] = {}
    for row in rows:
        name = row.cells["id"]
        if name in first_line:
            yield Fault(
                row.line, "id", f"id {name!r} stands at line {first_line[name]} too; give another"
            )
        first_line.setdefault(name, row.line)
    for row in rows:
        target = row.cells["replaced_by"]
        if target and target not in first_line:
            yield Fault(
                row.line, "replaced_by", f"replaced_by names no row: {target!r}; give an id"
            )


def _line(path: Path, fault: Fault) -> str:
    return f"{path.name}:{fault.line}:{COLUMNS.index(fault.column) + 1}: {fault.text}"


def _warnings(path: Path, rows: tuple[Row, ...], today: date) -> Iterator[str]:
    active = [row for row in rows if row.cells["active"] == "yes"]
    yield from _verification_warnings(path, active, today)
    for row in active:
        if row.cells["confidence"] == "low":
            yield _line(path, Fault(row.line, "confidence", "low, yet active; check or pause it"))
    silent = [r for r in active if r.cells["kind"] == "crisis_line" and not r.cells["hours"]]
    if silent:
        yield (
            f"{path.name}: {len(silent)} crisis lines name no hours and print as not confirmed;"
            " fill hours and open_24_7"
        )
    yield from _coverage_warnings(path, active)
    yield from _shared_numbers(path, active)


def _verification_warnings(path: Path, active: list[Row], today: date) -> Iterator[str]:
    due = [row for row in active if not _verified(row, today)]
    if not due:
        return
    # The national lines first, then the longest unchecked.
    due.sort(key=lambda r: (r.cells["priority"] or "9", r.cells["verified_on"], r.line))
    named = ", ".join(row.cells["id"] for row in due[:_NEXT_DUE])
    yield (
        f"{path.name}: {len(due)} of {len(active)} active rows were not verified by a person"
        f" within {VERIFICATION_DAYS} days; next: {named}"
    )


def _verified(row: Row, today: date) -> bool:
    try:
        checked = date.fromisoformat(row.cells["verified_on"])
    except ValueError:
        return False
    return (today - checked).days <= VERIFICATION_DAYS


def _coverage_warnings(path: Path, active: list[Row]) -> Iterator[str]:
    kinds = Counter((row.cells["country"], row.cells["kind"]) for row in active)
    countries = sorted({country for country, _ in kinds} - {"INTL"})
    for kind, words in (("emergency", "emergency number"), ("crisis_line", "crisis line")):
        without = [country for country in countries if not kinds[country, kind]]
        if without:
            yield f"{path.name}: no {words} for {', '.join(without)}; add a row"
    if not kinds["INTL", "directory"]:
        yield f"{path.name}: no INTL directory row; replies need one as a last resort"


def _shared_numbers(path: Path, active: list[Row]) -> Iterator[str]:
    seen: dict[str, Row] = {}
    for row in active:
        for number in row.list("phone"):
            digits = "".join(ch for ch in number if ch.isdigit())
            other = seen.setdefault(digits, row)
            # Short codes are the same in many countries; a long number belongs to one.
            if len(digits) > 6 and other.cells["country"] != row.cells["country"]:
                text = f"the number of {other.cells['id']} in another country; check both"
                yield _line(path, Fault(row.line, "phone", text))


def _resource(row: Row) -> Resource:
    cells = row.cells
    truth = {"yes": True, "no": False}
    return Resource(
        id=cells["id"],
        name=cells["name"].strip(),
        kind=ResourceKind(cells["kind"]),
        country=cells["country"],
        region=cells["region"].strip(),
        languages=row.list("languages"),
        audience=row.list("audience"),
        topics=row.list("topics"),
        phone=cells["phone"],
        sms=cells["sms"],
        whatsapp=cells["whatsapp"],
        chat_url=cells["chat_url"],
        email=cells["email"],
        website=cells["website"],
        hours=cells["hours"],
        timezone=cells["timezone"],
        open_24_7=truth.get(cells["open_24_7"]),
        cost=cells["cost"],
        eligibility=cells["eligibility"],
        remote=truth.get(cells["remote"]),
        priority=int(cells["priority"]) if cells["priority"] else None,
        replaced_by=cells["replaced_by"],
        verified_on=date.fromisoformat(cells["verified_on"]) if cells["verified_on"] else None,
        verified_by=cells["verified_by"],
        confidence=cells["confidence"],
        notes=cells["notes"],
    )
