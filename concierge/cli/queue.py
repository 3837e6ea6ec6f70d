"""`concierge queue`: who needs a person first."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from concierge.cli import show
from concierge.cli.known import first_name, unknown
from concierge.cli.options import Count, Desk, Flag
from concierge.cli.safe import line
from concierge.desk.ports.views import QueueRow, Views
from concierge.desk.queue import Shown, grouped, in_order, standing_of
from concierge.desk.supervision import storm
from concierge.domain.case import NEEDS_A_PERSON
from concierge.domain.findings import URGENT, Route
from concierge.domain.routes import RoutePlans
from concierge.domain.sla import Standing

#: Beside the rows: two lines of headings, two of summary, the next prompt.
_FRAME = 5
#: Lines of a note under the summary on the narrowest usual terminal.
_NOTE = 3
#: Enough to tell people and matters apart in a list.
_LONGEST_NAME, _LONGEST_SUBJECT = 12, 60


def queue(
    *,
    json: Flag = False,
    all: Flag = False,
    limit: Count | None = None,
    route: Route | None = None,
    look: Flag = False,
    desk: Desk | None = None,
) -> int:
    """Show the cases that need a person, the person in danger first.

    Cases that repeat another one, as in a storm of mail, share one row; urgent ones never do.

    Parameters
    ----------
    json
        One JSON object a line and case.
    all
        A row for every case.
    limit
        Show no more than this many; 0 shows all. Without it, a terminal gets what fits on it, so
        that the most urgent stay in sight; a file, a pipe or --json gets all.
    route
        Only cases of this route; a line tells how many urgent ones of other routes wait.
    look
        Instead, the second list: cases that are not urgent, but for something that lowered what
        they say, or that nearly are. The heaviest first; it never pages anybody.
    """
    import gc

    from concierge.bootstrap import open_views

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    if look:
        return _looks(views, config.route_plans(), route, limit, json=json)
    # Ten thousand rows that all stay: looking for garbage among them is a tenth of the wait.
    gc.disable()
    try:
        waiting = in_order(views.queue(sorted(NEEDS_A_PERSON)))
        now = datetime.now(UTC)
        alarm = "" if json else storm(views, now)
    finally:
        gc.enable()
        views.close()
    rows = [row for row in waiting if route in (None, row.case.route)]
    plans = config.route_plans()
    if json:
        show.rows(as_dict(row, now, plans) for row in rows[: limit or None])
        return 0
    lines = [Shown(row) for row in rows] if all else grouped(rows, now)
    left = [row for row in waiting if route not in (None, row.case.route)]
    notes = [words for words in (_urgent_elsewhere(left), _how_to_open(lines), alarm) if words]
    shown = lines[: _fitting(limit, len(lines), len(notes)) or None]
    print_rows(shown, now, plans, empty="Nobody is waiting.")
    if rows:
        print(_summary(rows, now, rows_in_all=len(lines), left_out=lines[len(shown) :]))
    for words in notes:
        show.sentence(words)
    return 0


def _looks(
    views: Views, plans: RoutePlans, route: Route | None, limit: int | None, *, json: bool
) -> int:
    from concierge.cli.look import print_looks, why
    from concierge.desk.look import worth_a_look

    states = sorted(NEEDS_A_PERSON)
    try:
        looks = worth_a_look(views.below_high(states))
        # A list of people who may be fine must not stand where those in danger are looked for.
        urgent = 0 if json else sum(row.case.urgency in URGENT for row in views.queue(states))
    finally:
        views.close()
    found = [one for one in looks if route in (None, one.row.case.route)]
    if json:
        now = datetime.now(UTC)
        show.rows(as_dict(one.row, now, plans) | why(one) for one in found[: limit or None])
    else:
        print_looks(found, limit=_fitting(limit, len(found), 1), urgent=urgent)
    return 0


def print_rows(rows: Sequence[Shown], now: datetime, plans: RoutePlans, *, empty: str) -> None:
    """The rows as a table for people."""
    show.table(
        ("case", "urgency", "due in", "state", "lang", "land", "who", "draft", "held by", "route",
         "subject"),
        ([*_front(one, now), *_back(one.row, now, plans)] for one in rows),
        empty=empty,
        first_to_go=("route", "held by", "draft", "land", "state"),
        last_to_go=("lang", "who"),
    )  # fmt: skip


def as_dict(row: QueueRow, now: datetime, plans: RoutePlans) -> dict[str, Any]:
    """One row as plain data. No address: `case show` has it for whoever opens the case."""
    case, standing = row.case, standing_of(row, now)
    held = case.claim if case.claim and case.claim.holds(now) else None
    return {
        "case_id": case.id,
        "urgency": case.urgency.value,
        "state": case.state.value,
        "standing": standing.value if standing else None,
        "clock": row.clock.kind.value if row.clock else None,
        "due_at": row.clock.due_at.isoformat() if row.clock else None,
        "language": case.language or None,
        "country": case.country or None,
        "home": case.home or None,
        "undetermined": unknown(row),
        "route": case.route.value,
        "route_name": plans.of(case.route).name,
        "route_for": list(plans.of(case.route).who),
        "requester": first_name(case.requester.name),
        "subject": case.subject,
        "opened_at": case.opened_at.isoformat(),
        "last_message_at": case.last_message_at.isoformat(),
        "messages": row.messages,
        "draft_id": row.draft_id or None,
        "assigned_to": case.assigned_to or None,
        "claimed_by": held.staff if held else None,
        "attention": case.attention or None,
        "flood_of": case.flood_of or None,
    }


def _front(shown: Shown, now: datetime) -> list[str]:
    row = shown.row
    standing = standing_of(row, now)
    due = show.span(row.clock.due_at - now) if row.clock else "-"
    mark = {"breached": " LATE", "at_risk": " soon"}.get(standing.value if standing else "", "")
    case = row.case
    number = f"{case.flood_of} +{shown.size}" if shown.size > 1 else str(case.id)
    return [number, case.urgency.value, due + mark, case.state.value,
            case.language or "?", case.country or "?"]  # fmt: skip


def _back(row: QueueRow, now: datetime, plans: RoutePlans) -> list[str]:
    case = row.case
    held = case.claim.staff if case.claim and case.claim.holds(now) else ""
    return [line(first_name(case.requester.name), _LONGEST_NAME) or "-", str(row.draft_id or "-"),
            held, line(plans.of(case.route).shown),
            line(case.subject, _LONGEST_SUBJECT)]  # fmt: skip


def _fitting(limit: int | None, waiting: int, notes: int) -> int:
    """How many rows to show above so many notes; 0 for all."""
    if limit is not None or not sys.stdout.isatty():
        return limit or 0
    room = max(show.height() - _FRAME - _NOTE * notes, 1)
    return room if waiting > room else 0


def _urgent_elsewhere(left: Sequence[QueueRow]) -> str:
    """Nobody in danger is out of sight because somebody looks at one route."""
    urgent = sum(row.case.urgency in URGENT for row in left)
    if not urgent:
        return ""
    return f"! {show.counted(urgent, 'urgent case')} of other routes: concierge queue shows all."


def _how_to_open(lines: Sequence[Shown]) -> str:
    """What a row with several cases is, and what to do with it."""
    flood = next((one for one in lines if one.size > 1), None)
    if flood is None:
        return ""
    first = flood.row.case.flood_of
    return (
        f"Row {first} +{flood.size} is {flood.size} more cases that repeat case {first}. See them: "
        f"concierge case list --flood {first}; close them: concierge case resolve --flood {first}."
    )


def _summary(
    rows: list[QueueRow], now: datetime, *, rows_in_all: int, left_out: Sequence[Shown]
) -> str:
    """How many wait, how many of them most urgently, and what is not shown."""
    late = sum(standing_of(row, now) is Standing.BREACHED for row in rows)
    urgent = Counter(row.case.urgency for row in rows)
    people = show.counted(len(rows), "person waits", "people wait")
    parts = [
        people if rows_in_all == len(rows) else f"{people} in {show.counted(rows_in_all, 'row')}"
    ]
    parts += [f"{urgent[level]} {level}" for level in sorted(URGENT, key=lambda u: u.rank)
              if urgent[level]]  # fmt: skip
    parts += [f"{late} late"] if late else []
    # By the names of their columns, so that the line stays one.
    for name, column in (("language", "lang"), ("country", "land")):
        asked = sum(name in unknown(row) for row in rows)
        parts += [f"{asked} {column}?"] if asked else []
    hidden = sum(one.size for one in left_out)
    rest = f". {hidden} not shown: --limit 0 shows all" if hidden else ""
    return ", ".join(parts) + rest + "."
