"""`concierge queue`: who needs a person first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from concierge.cli import show
from concierge.cli.options import Desk
from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import in_order, standing_of
from concierge.domain.case import NEEDS_A_PERSON


def queue(*, json: bool = False, limit: int = 0, desk: Desk | None = None) -> int:
    """Show the cases that need a person, the person in danger first.

    Parameters
    ----------
    json
        One JSON object a line.
    limit
        Show no more than this many; 0 shows all.
    """
    from concierge.bootstrap import open_views

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    try:
        rows = in_order(views.queue(sorted(NEEDS_A_PERSON)))
    finally:
        views.close()
    now = datetime.now(UTC)
    shown = rows[:limit] if limit else rows
    if json:
        show.rows(as_dict(row, now) for row in shown)
        return 0
    print_rows(shown, now, empty="Nobody is waiting.")
    return 0


def print_rows(rows: list[QueueRow], now: datetime, *, empty: str) -> None:
    """The rows as a table for people."""
    show.table(
        (
            "case",
            "urgency",
            "due in",
            "state",
            "language",
            "country",
            "route",
            "who",
            "subject",
            "draft",
            "held by",
        ),
        ([*_front(row, now), *_back(row, now)] for row in rows),
        empty=empty,
    )


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
            case.language or "?", case.country or "?", case.route.value]  # fmt: skip


def _back(row: QueueRow, now: datetime) -> list[str]:
    case = row.case
    held = case.claim.staff if case.claim and case.claim.holds(now) else ""
    return [first_name(case.requester.name) or "-", case.subject[:60],
            str(row.draft_id or "-"), held]  # fmt: skip
