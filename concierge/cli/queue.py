"""`concierge queue`: who needs a person first."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from concierge.cli import show
from concierge.cli.options import Count, Desk, Flag
from concierge.cli.safe import line
from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import in_order, standing_of
from concierge.domain.case import NEEDS_A_PERSON
from concierge.domain.findings import URGENT
from concierge.domain.sla import Standing

#: Beside the rows: two lines of headings, two of summary, the next prompt.
_FRAME = 5
#: Enough to tell people and matters apart in a list.
_LONGEST_NAME, _LONGEST_SUBJECT = 12, 60


def queue(*, json: Flag = False, limit: Count | None = None, desk: Desk | None = None) -> int:
    """Show the cases that need a person, the person in danger first.

    Parameters
    ----------
    json
        One JSON object a line.
    limit
        Show no more than this many; 0 shows all. Without it, a terminal gets what fits on it, so
        that the most urgent stay in sight; a file, a pipe or --json gets all.
    """
    import gc

    from concierge.bootstrap import open_views

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    # Ten thousand rows that all stay: looking for garbage among them is a tenth of the wait.
    gc.disable()
    try:
        rows = in_order(views.queue(sorted(NEEDS_A_PERSON)))
    finally:
        gc.enable()
        views.close()
    now = datetime.now(UTC)
    if json:
        show.rows(as_dict(row, now) for row in rows[: limit or None])
        return 0
    shown = rows[: _fitting(limit, len(rows)) or None]
    print_rows(shown, now, empty="Nobody is waiting.")
    if rows:
        print(_summary(rows, now, left_out=len(rows) - len(shown)))
    return 0


def print_rows(rows: list[QueueRow], now: datetime, *, empty: str) -> None:
    """The rows as a table for people."""
    show.table(
        ("case", "urgency", "due in", "state", "lang", "land", "who", "draft", "held by", "route",
         "subject"),
        ([*_front(row, now), *_back(row, now)] for row in rows),
        empty=empty,
        first_to_go=("route", "held by", "draft", "land", "state"),
    )  # fmt: skip


def as_dict(row: QueueRow, now: datetime) -> dict[str, Any]:
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
        "route": case.route.value,
        "requester": first_name(case.requester.name),
        "subject": case.subject,
        "opened_at": case.opened_at.isoformat(),
        "last_message_at": case.last_message_at.isoformat(),
        "messages": row.messages,
        "draft_id": row.draft_id or None,
        "assigned_to": case.assigned_to or None,
        "claimed_by": held.staff if held else None,
        "attention": case.attention or None,
    }


def first_name(name: str) -> str:
    """The first word of a display name: lists need no more to tell people apart."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def _front(row: QueueRow, now: datetime) -> list[str]:
    standing = standing_of(row, now)
    due = show.span(row.clock.due_at - now) if row.clock else "-"
    mark = {"breached": " LATE", "at_risk": " soon"}.get(standing.value if standing else "", "")
    case = row.case
    return [str(case.id), case.urgency.value, due + mark, case.state.value,
            case.language or "?", case.country or "?"]  # fmt: skip


def _back(row: QueueRow, now: datetime) -> list[str]:
    case = row.case
    held = case.claim.staff if case.claim and case.claim.holds(now) else ""
    return [line(first_name(case.requester.name), _LONGEST_NAME) or "-", str(row.draft_id or "-"),
            held, case.route.value, line(case.subject, _LONGEST_SUBJECT)]  # fmt: skip


def _fitting(limit: int | None, waiting: int) -> int:
    """How many rows to show; 0 for all."""
    if limit is not None or not sys.stdout.isatty():
        return limit or 0
    room = max(show.height() - _FRAME, 1)
    return room if waiting > room else 0


def _summary(rows: list[QueueRow], now: datetime, *, left_out: int) -> str:
    """How many wait, how many of them most urgently, and what is not shown."""
    late = sum(standing_of(row, now) is Standing.BREACHED for row in rows)
    urgent = Counter(row.case.urgency for row in rows)
    parts = [f"{show.counted(len(rows), 'person waits', 'people wait')}"]
    parts += [f"{urgent[level]} {level}" for level in sorted(URGENT, key=lambda u: u.rank)
              if urgent[level]]  # fmt: skip
    parts += [f"{late} late"] if late else []
    rest = f". {left_out} not shown: --limit 0 shows all" if left_out else ""
    return ", ".join(parts) + rest + "."
