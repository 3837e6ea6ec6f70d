"""The report of one made-up day: its arithmetic, and its four shapes against golden files.

To renew the golden files after a wanted change, run this file with RENEW_GOLDEN=1.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.values import a_case, a_clock, a_mail, a_memory, an_event

from concierge.desk.ports.views import ArrivalCount, LedgerTotals, QueueRow
from concierge.desk.report import build, percentile, reconcile
from concierge.desk.report_text import as_csv, as_data, as_html, as_text, balance_line
from concierge.domain.case import CaseState
from concierge.domain.draft import OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import Labels, LedgerState
from concierge.domain.sla import ClockKind

GOLDEN = Path(__file__).parents[2] / "golden" / "report"
PRAGUE = ZoneInfo("Europe/Prague")
DAY = date(2026, 11, 4)
MIDNIGHT = datetime.combine(DAY, time(), PRAGUE).astimezone(UTC)
NEXT_MORNING = MIDNIGHT + timedelta(days=1, hours=8)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class DayViews:
    """Views of what a test put in, cut by the same bounds as the real ones."""

    def __init__(self, **given) -> None:
        self.given = given
        self.asked: list[tuple] = []

    def _rows(self, name):
        return list(self.given.get(name, ()))

    def arrivals(self, start, end):
        self.asked.append((start, end))
        return self._rows("arrivals")

    def queue(self, states):
        return [row for row in self._rows("queue") if row.case.state in set(states)]

    def clocks(self, start, end):
        rows = self._rows("clocks")
        met = [c for c in rows if c.met_at and start <= c.met_at < end]
        return met + [c for c in rows if c.met_at is None and c.started_at < end]

    def events(self, kinds, start, end):
        rows = self._rows("events")
        return [e for e in rows if e.kind.value in kinds and start <= e.at < end]

    def outbox(self, states):
        return [m for m in self._rows("outbox") if m.state.value in states]

    def ledger_totals(self):
        return LedgerTotals(tuple(self._rows("ledger")), tuple(self._rows("folders")))


def report_of(now=NEXT_MORNING, day=DAY, **given):
    return build(DayViews(**given), day, PRAGUE, now)


def first_response(case_id, taken=None, urgency=Urgency.ROUTINE, started=MIDNIGHT + 9 * HOUR):
    """A first response after so many minutes; None: not yet. The promise is five hours."""
    return a_clock(
        case_id, id=case_id, urgency=urgency, started_at=started, at_risk_at=started + 4 * HOUR,
        due_at=started + 5 * HOUR, met_at=None if taken is None else started + taken * MINUTE,
    )  # fmt: skip


def waiting(case_id, age, urgency=Urgency.ROUTINE, state=CaseState.OPEN):
    case = a_case(id=case_id, state=state, urgency=urgency, last_message_at=NEXT_MORNING - age)
    return QueueRow(case, None, 0, 1)


def responses(report, urgency=Urgency.ROUTINE):
    return next(row for row in report.responses if row.urgency == urgency.value)


def made_up_day():
    """Everything a day can hold, small."""
    at = MIDNIGHT + 10 * HOUR
    labels = Labels("human", "en", "IE", "routine", "guide")

    def event(kind, **data):
        return an_event(1, kind, at=at, data=tuple(data.items()))

    return report_of(
        arrivals=[
            ArrivalCount(labels, LedgerState.CASE, 7),
            ArrivalCount(replace(labels, urgency="emergency", route="crisis"), LedgerState.CASE, 2),
            ArrivalCount(replace(labels, language="", country=""), LedgerState.CASE, 1),
            ArrivalCount(replace(labels, kind="bulk"), LedgerState.MUTED, 3),
            ArrivalCount(Labels(), LedgerState.STORED, 1),
            ArrivalCount(Labels(), LedgerState.DUPLICATE, 90),
        ],
        queue=[
            waiting(11, 2 * HOUR, Urgency.EMERGENCY),
            waiting(12, 30 * HOUR),
            waiting(13, 100 * HOUR, state=CaseState.ATTENTION),
            waiting(14, 500 * HOUR, state=CaseState.WAITING),
        ],
        clocks=[
            *(first_response(n, minutes) for n, minutes in enumerate((10, 20, 60, 400), 1)),
            first_response(11, started=MIDNIGHT + 9 * HOUR, urgency=Urgency.EMERGENCY),
            first_response(12, started=MIDNIGHT + 23 * HOUR + 30 * MINUTE),
        ],
        events=[
            event(EventKind.APPROVED, edited="no"),
            event(EventKind.APPROVED, edited="yes"),
            event(EventKind.DRAFT_REJECTED, reason="wrong_tone"),
            event(EventKind.DRAFTED, fallback_from="fi", local_resources="0", country="FI"),
            event(EventKind.DRAFTED, local_resources="0"),
            event(EventKind.DRAFTED, local_resources="3", country="IE"),
            event(EventKind.DRAFTED, template="by_hand"),
            event(EventKind.DRAFT_WITHHELD, written="120"),
            event(EventKind.FLOODED, of_case="12"),
            event(EventKind.FLOODED, of_case="12"),
            event(EventKind.FLOODED, of_case="12", decision="taken_out"),
        ],
        outbox=[
            a_mail(13, 9, id=9, state=OutboxState.UNCERTAIN),
            a_mail(14, 8, id=8, state=OutboxState.QUEUED),
        ],
        ledger=[
            (LedgerState.CASE, 100), (LedgerState.MUTED, 20), (LedgerState.QUARANTINED, 1),
            (LedgerState.DUPLICATE, 90), (LedgerState.STORED, 1),
        ],
        folders=[a_memory(unfetched=2, server_count=216)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("day.txt", as_text),
        ("day.html", as_html),
        ("day.csv", as_csv),
        ("day.json", lambda report: json.dumps(as_data(report), indent=2) + "\n"),
    ],
)
def test_it_prints_the_made_up_day(name, shape):
    text, golden = shape(made_up_day()), GOLDEN / name
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_it_says_the_same_in_every_shape():
    report = made_up_day()
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    values = {(r["table"], r["row"], r["column"]): r["value"] for r in rows}
    assert values["First response, in minutes of wall time", "routine", "median"] == "20"
    assert as_data(report)["responses"][3]["median"] == 20.0
    cells = Counter()

    class Cells(HTMLParser):
        def handle_data(self, data):
            cells[data] += 1

    Cells().feed(as_html(report))
    assert cells["3 of 4"] == 1
    assert "3 of 4" in as_text(report)


def test_it_keeps_plain_text_lines_short_whatever_the_numbers():
    many = [first_response(case_id) for case_id in range(900_000, 900_060)]
    ledger = [(state, 1_234_567) for state in LedgerState]
    text = as_text(report_of(clocks=many, ledger=ledger))
    assert max(len(line) for line in text.splitlines()) <= 78
    assert all(str(case_id) in text for case_id in range(900_000, 900_060))


def test_it_hides_small_cells_that_could_point_at_a_person():
    arrivals = [ArrivalCount(Labels("human", "fi", "FI", "routine", "guide"), LedgerState.CASE, 4)]
    text = as_text(report_of(arrivals=arrivals))
    lines = [line.split() for line in text.splitlines()]
    assert ["fi", "<5"] in lines
    assert ["FI", "<5"] in lines
    assert ["human", "4"] in lines


@pytest.mark.parametrize(
    ("day", "hours"),
    [(DAY, 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
)
def test_it_covers_a_day_from_midnight_to_midnight(day, hours):
    views = DayViews()
    build(views, day, PRAGUE, NEXT_MORNING)
    ((start, end),) = views.asked
    assert (start.astimezone(PRAGUE).date(), start.astimezone(PRAGUE).time()) == (day, time())
    assert end.astimezone(UTC) - start.astimezone(UTC) == hours * HOUR


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([], 0.5, None),
        ([7], 0.5, 7),
        ([7], 0.9, 7),
        ([1, 2], 0.5, 1),
        ([3, 1, 2], 0.5, 2),
        (range(1, 11), 0.5, 5),
        (range(1, 11), 0.9, 9),
        (range(1, 12), 0.9, 10),
        (range(1, 101), 0.9, 90),
    ],
)
def test_it_takes_percentiles_by_nearest_rank(values, share, found):
    assert percentile(list(values), share) == found


@pytest.mark.parametrize("tens", range(1, 60))
def test_it_is_not_fooled_by_the_rounding_of_shares(tens):
    assert percentile(list(range(1, tens * 10 + 1)), 0.9) == tens * 9


def test_it_counts_what_was_answered_and_what_was_kept():
    clocks = [first_response(n, minutes) for n, minutes in enumerate((10, 20, 300, 301), 1)]
    row = responses(report_of(clocks=clocks))
    assert (row.n, row.kept, row.median, row.p90) == (4, 3, 20, 301)


def test_it_counts_those_who_wait_beside_those_who_were_answered():
    report = report_of(clocks=[first_response(1, 10), first_response(2), first_response(3)])
    row = responses(report)
    assert (row.n, row.median, row.waiting, row.late) == (1, 10, 2, 2)
    assert report.breached_cases == (2, 3)


def test_it_judges_who_waits_as_the_report_is_made():
    late_evening = first_response(1, started=MIDNIGHT + 22 * HOUR)
    at_midnight = report_of(clocks=[late_evening], now=MIDNIGHT + 24 * HOUR)
    assert (responses(at_midnight).waiting, responses(at_midnight).late) == (1, 0)
    in_the_morning = report_of(clocks=[late_evening])
    assert (responses(in_the_morning).waiting, responses(in_the_morning).late) == (1, 1)
    assert in_the_morning.breached_cases == (1,)


@pytest.mark.parametrize("kind", [EventKind.RESOLVED, EventKind.UNPARKED])
def test_it_takes_closing_a_case_for_no_answer(kind):
    closed = first_response(1, 2)
    resolved = an_event(1, kind, at=closed.met_at)
    answered = first_response(2, 50)
    row = responses(report_of(clocks=[closed, answered], events=[resolved]))
    assert (row.n, row.median, row.kept, row.waiting) == (1, 50, 1, 0)


def test_it_counts_no_paused_clock_as_late():
    held = replace(first_response(1), paused_at=MIDNIGHT + 10 * HOUR, remaining=HOUR)
    report = report_of(clocks=[held])
    assert (responses(report).late, report.breached_cases) == (0, ())


def test_it_leaves_other_promises_out_of_first_responses():
    other = replace(first_response(1, 10), kind=ClockKind.RESOLUTION)
    assert responses(report_of(clocks=[other])).n == 0


def test_it_does_not_count_what_was_seen_before_as_come_in():
    report = made_up_day()
    assert report.arrived == 14
    assert dict(report.by_kind) == {"human": 10, "bulk": 3, "undetermined": 1}


@pytest.mark.parametrize(
    ("age", "name"),
    [
        (timedelta(0), "under 4 h"),
        (4 * HOUR - MINUTE, "under 4 h"),
        (4 * HOUR, "4 to 24 h"),
        (24 * HOUR, "1 to 3 days"),
        (72 * HOUR, "over 3 days"),
    ],
)
def test_it_sorts_who_waits_by_age(age, name):
    tally = dict(dict(report_of(queue=[waiting(1, age)]).waiting)["routine"])
    assert {key for key, n in tally.items() if n} == {name}


def test_it_names_the_oldest_of_those_who_wait_for_a_person():
    rows = [
        waiting(1, HOUR, Urgency.EMERGENCY),
        waiting(2, 50 * HOUR),
        waiting(3, 99 * HOUR, state=CaseState.WAITING),
    ]
    assert report_of(queue=rows).oldest_case == 2
    assert report_of().oldest_case == 0


@pytest.mark.parametrize(
    ("server", "ledger", "unfetched", "vanished", "balanced"),
    [
        (4, [(LedgerState.CASE, 3), (LedgerState.MUTED, 1)], 0, 0, True),
        (4, [(LedgerState.CASE, 3)], 1, 0, False),
        (4, [(LedgerState.CASE, 3)], 0, 1, False),
        (4, [(LedgerState.CASE, 3), (LedgerState.STORED, 1)], 0, 0, False),
        (3, [(LedgerState.CASE, 4)], 0, 0, False),
        (0, [], 0, 0, True),
    ],
)
def test_it_says_whether_every_mail_is_accounted_for(server, ledger, unfetched, vanished, balanced):
    folder = a_memory(unfetched=unfetched, server_count=server)
    counts = reconcile(LedgerTotals(tuple(ledger), (folder,)))
    assert (counts.balanced, counts.vanished) == (balanced, vanished)
    assert balance_line(counts).startswith("balanced" if balanced else "NOT BALANCED")


def test_it_counts_every_state_of_the_ledger():
    totals = LedgerTotals(tuple((state, 1) for state in LedgerState), ())
    counts = reconcile(totals)
    placed = counts.in_cases + counts.muted + counts.quarantined + counts.duplicates
    assert placed + counts.unprocessed == counts.ledger == len(LedgerState)
