"""The queue: who needs a person first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from concierge.desk.ports.views import QueueRow
from concierge.domain.case import NEEDS_A_PERSON, CaseState
from concierge.domain.findings import URGENT
from concierge.domain.sla import Standing

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the queue as people see it: a case, or several that repeat the same one."""

    #: The case; of several the most urgent, most overdue one.
    row: QueueRow
    #: How many cases stand behind this row.
    size: int = 1


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


def grouped(rows: Sequence[QueueRow], now: datetime) -> list[Shown]:
    """Rows in order with each flood in one row, which stands where its first case would.

    The case a flood repeats keeps its own row, and so does every case that :func:`collapsed`
    leaves out. Nobody is dropped: the sizes add up to the number of rows.
    """
    sizes: dict[int, int] = {}
    for row in rows:
        if row.case.flood_of and collapsed(row, now):
            sizes[row.case.flood_of] = sizes.get(row.case.flood_of, 0) + 1
    if not sizes:
        return [Shown(row) for row in rows]
    shown = []
    for row in rows:
        if not (row.case.flood_of and collapsed(row, now)):
            shown.append(Shown(row))
        elif size := sizes.pop(row.case.flood_of, 0):
            shown.append(Shown(row, size))
    return shown


def collapsed(row: QueueRow, now: datetime) -> bool:
    """Whether the queue shows this case only as one of its flood.

    Not when it is urgent, when its requester wrote again, when something went wrong with it, or
    when somebody of staff has taken it up.
    """
    case = row.case
    held = case.claim is not None and case.claim.holds(now)
    taken = held or case.assigned_to or row.draft_id
    alone = row.messages > 1 or case.state is not CaseState.OPEN or case.urgency in URGENT
    return bool(case.flood_of) and not (taken or alone)


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
