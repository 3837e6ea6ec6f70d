"""The queue: who needs a person first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from concierge.desk.ports.views import QueueRow
from concierge.domain.case import NEEDS_A_PERSON
from concierge.domain.sla import Standing

_NEVER = datetime.max.replace(tzinfo=UTC)


def in_order(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Cases by urgency, then by the nearest deadline, then by age, then by number."""
    return sorted(
        rows,
        key=lambda row: (
            row.case.urgency.rank,
            row.clock.due_at if row.clock else _NEVER,
            row.case.last_message_at,
            row.case.id,
        ),
    )


def next_for(rows: Iterable[QueueRow], staff: str, now: datetime) -> QueueRow | None:
    """The first case that needs a person and that nobody else holds."""
    for row in in_order(rows):
        claim = row.case.claim
        free = claim is None or claim.staff == staff or not claim.holds(now)
        if free and row.case.state in NEEDS_A_PERSON:
            return row
    return None


def standing_of(row: QueueRow, now: datetime) -> Standing | None:
    """The derived standing of the row's nearest clock; None when no clock runs."""
    return row.clock.standing(now) if row.clock else None
