"""The daily report as text, HTML, CSV and plain data; the same figures in each."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from concierge.desk.report import DayReport, Reconciliation, ResponseTimes, Tally

#: Cells below this are shown as "<5" where language and country could point at a person
#: (small-cell suppression, field practice for mailed statistics).
SMALL_CELL = 5

#: Characters of a line of plain text (RFC 5322, 2.1.1: "should be no more than 78").
LINE = 78
#: Seven numbers of six digits fit a line beside the name of their standing.
_CASES_A_ROW = 7

#: One table: a heading, the column names, the rows.
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def tables(report: DayReport) -> Iterator[Table]:
    """Every figure of the report as small tables, in reading order."""
    yield "Reconciliation", ("what", "count"), _reconciliation(report.reconciliation)
    for name, tally in _arrivals(report):
        yield f"Came in by {name}", (name, "messages"), _rows(tally)
    ages = [age for age, _ in report.waiting[0][1]] if report.waiting else []
    yield (
        "Waiting for a person now, by age",
        ("urgency", *ages),
        [(urgency, *(str(n) for _, n in tally)) for urgency, tally in report.waiting],
    )
    yield (
        "First response, in minutes of wall time",
        ("urgency", "n", "median", "p90", "kept", "still waiting", "of these late"),
        [_response(row) for row in report.responses],
    )
    yield (
        "Promises by case",
        ("standing", "cases"),
        [
            *_numbers("breached", report.breached_cases),
            *_numbers("at risk", report.at_risk_cases),
            *_numbers("oldest waiting", (report.oldest_case,) if report.oldest_case else ()),
        ],
    )
    yield (
        "Drafts",
        ("decision", "count"),
        [
            ("approved unchanged", str(report.approved_unchanged)),
            ("approved after edits", str(report.approved_edited)),
            *((f"rejected: {reason}", str(n)) for reason, n in report.rejected),
            ("withheld: too many within the hour", str(report.drafts_withheld)),
            ("none: the case repeats another", str(report.flooded)),
        ],
    )
    yield "Language and country", ("what", "count"), _told(report)
    yield (
        "Sends that need a decision",
        ("case", "state"),
        [(str(case), state) for case, state in report.troubled_sends],
    )
    yield (
        "Could not serve",
        ("what", "drafts"),
        [
            *((f"no template: {name}", n) for name, n in _pairs(report.missing_templates)),
            *((f"no resource: {name}", n) for name, n in _pairs(report.missing_resources)),
        ],
    )


def _told(report: DayReport) -> list[tuple[str, ...]]:
    """What nobody could tell, and what staff told better."""
    return [
        *((f"waits with undetermined {name}", str(n)) for name, n in report.undetermined),
        *((f"set by staff: {name}", str(n)) for name, n in report.set_by_staff),
        *((f"the desk had answered otherwise: {name}", str(n)) for name, n in report.corrected),
    ]


def as_text(report: DayReport) -> str:
    """The report for a terminal or a plain-text mail; lines of at most 78 characters."""
    balance = textwrap.wrap(balance_line(report.reconciliation), LINE, subsequent_indent="  ")
    lines = [_title(report), "=" * len(_title(report)), "", *balance]
    for heading, columns, rows in tables(report):
        lines += ["", heading]
        if not rows:
            lines.append("  none")
            continue
        widths = [max(len(r[i]) for r in (columns, *rows)) for i in range(len(columns))]
        lines += [_line(row, widths) for row in (columns, *rows)]
    lines += ["", *_FOOTNOTES]
    return "\n".join(lines) + "\n"


def as_html(report: DayReport) -> str:
    """The report as one page without scripts, images or anything from elsewhere."""
    parts = [f"<h1>{escape(_title(report))}</h1>",
             f"<p><strong>{escape(balance_line(report.reconciliation))}</strong></p>"]  # fmt: skip
    for heading, columns, rows in tables(report):
        head = "".join(f'<th align="left" scope="col">{escape(c)}</th>' for c in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        empty = "" if rows else "<p>none</p>"
        table = f'<table cellpadding="4"><tr>{head}</tr>{body}</table>' if rows else ""
        parts.append(f"<h2>{escape(heading)}</h2>{table}{empty}")
    parts += [f"<p>{escape(note)}</p>" for note in _FOOTNOTES]
    title = escape(_title(report))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def as_csv(report: DayReport) -> str:
    """The report as rows of day, table, row, column, value.

    Values are counts, codes and case numbers of our own making, so none can start a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("day", "table", "row", "column", "value"))
    for heading, columns, rows in tables(report):
        for row in rows:
            for column, value in zip(columns[1:], row[1:], strict=True):
                writer.writerow((report.day.isoformat(), heading, row[0], column, value))
    return out.getvalue()


def as_data(report: DayReport) -> dict[str, Any]:
    """The report as plain data for `--format json`."""
    plain = asdict(report)
    plain["day"] = report.day.isoformat()
    plain["made_at"] = report.made_at.isoformat()
    plain["reconciliation"]["balanced"] = report.reconciliation.balanced
    for name in ("by_kind", "by_language", "by_country", "by_home", "by_urgency", "by_route",
                 "rejected", "undetermined", "set_by_staff", "corrected", "missing_templates",
                 "missing_resources"):  # fmt: skip
        plain[name] = dict(getattr(report, name))
    plain["waiting"] = {urgency: dict(tally) for urgency, tally in report.waiting}
    return plain


def balance_line(counts: Reconciliation) -> str:
    """The reconciliation line: whether every mail the server showed us is accounted for."""
    verdict = "balanced" if counts.balanced else "NOT BALANCED"
    return (
        f"{verdict}: server {counts.server} = ledger {counts.ledger} = "
        f"in cases {counts.in_cases} + muted {counts.muted} + quarantined "
        f"{counts.quarantined} + duplicates {counts.duplicates}"
    )


_FOOTNOTES = (
    "Counts are of the day named above, local midnight to midnight; waiting and",
    "promises are as of the moment the report was made. Median and p90 by nearest",
    "rank over responses the server accepted that day. Language and country cells",
    "under 5 are shown as <5.",
)


def _title(report: DayReport) -> str:
    return f"The desk on {report.day:%A}, {report.day.isoformat()} ({report.zone})"


def _arrivals(report: DayReport) -> list[tuple[str, Tally]]:
    return [
        ("kind", report.by_kind),
        ("language", _suppressed(report.by_language)),
        ("country", _suppressed(report.by_country)),
        ("home", _suppressed(report.by_home)),
        ("urgency", report.by_urgency),
        ("route", report.by_route),
    ]


def _suppressed(tally: Tally) -> Tally:
    return tuple((name, -1 if n < SMALL_CELL else n) for name, n in tally)


def _pairs(tally: Tally) -> list[tuple[str, str]]:
    return [(name, f"<{SMALL_CELL}" if n < SMALL_CELL else str(n)) for name, n in tally]


def _rows(tally: Tally) -> list[tuple[str, ...]]:
    return [(name, f"<{SMALL_CELL}" if n < 0 else str(n)) for name, n in tally]


def _reconciliation(counts: Reconciliation) -> list[tuple[str, ...]]:
    names = {
        "server messages": counts.server,
        "ledger rows": counts.ledger,
        "in cases": counts.in_cases,
        "muted": counts.muted,
        "quarantined": counts.quarantined,
        "duplicates": counts.duplicates,
        "not processed yet": counts.unprocessed,
        "on the server, not fetched yet": counts.unfetched,
        "gone before the desk could read them": counts.vanished,
    }
    return [(name, str(count)) for name, count in names.items()]


def _response(row: ResponseTimes) -> tuple[str, ...]:
    def minutes(value: float | None) -> str:
        return "-" if value is None else f"{value:.0f}"

    kept = f"{row.kept} of {row.n}" if row.n else "-"
    return (row.urgency, str(row.n), minutes(row.median), minutes(row.p90), kept,
            str(row.waiting), str(row.late))  # fmt: skip


def _numbers(standing: str, cases: Sequence[int]) -> list[tuple[str, ...]]:
    """Case numbers in rows short enough for a line of mail."""
    if not cases:
        return [(standing, "none")]
    return [
        (standing, ", ".join(str(case) for case in cases[i : i + _CASES_A_ROW]))
        for i in range(0, len(cases), _CASES_A_ROW)
    ]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (_cell(c, w, i) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
    return ("  " + "  ".join(cells)).rstrip()


def _cell(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)
