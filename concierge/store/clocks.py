"""Clocks on SQLite."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, text, update

from concierge.domain.sla import CaseClock
from concierge.errors import UsageError
from concierge.store import rows, schema
from concierge.store.columns import UTCDateTime
from concierge.store.engine import Work

_CLOCKS = schema.table(schema.ClockRow)
_C = _CLOCKS.c
_ADD = insert(_CLOCKS)
_SAVE = update(_CLOCKS).where(_C.id == bindparam("was_id"))
_OF_CASE = select(_CLOCKS).where(_C.case_id == bindparam("of_case")).order_by(_C.id)
_NOW = bindparam("now", type_=UTCDateTime)
# A clock whose breach is told is done with: its risk, if never told, is no news any more.
_UNTOLD = (
    select(_CLOCKS)
    .where(
        _C.met_at.is_(None),
        _C.paused_at.is_(None),
        # Written out, because only so does SQLite know that the partial index applies.
        text("breach_told = 0"),
        _C.at_risk_at <= _NOW,
        or_(text("at_risk_told = 0"), _C.due_at <= _NOW),
    )
    # In the order of its index: sorted otherwise, a mass breach would cost the square.
    .order_by(_C.at_risk_at, _C.id)
    .limit(bindparam("most"))
)


class SqliteClocks:
    """See :class:`~concierge.desk.ports.store.Clocks`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, clock: CaseClock) -> CaseClock:
        """The clock with its id. Refused while one of its kind is not met."""
        new_id = self._work.insert(_ADD, _values(clock))
        return replace(clock, id=new_id)

    def save(self, clock: CaseClock) -> None:
        """Replace the clock with this id."""
        if not self._work.run(_SAVE, _values(clock) | {"was_id": clock.id}).rowcount:
            raise UsageError(f"There is no clock {clock.id}.")

    def of_case(self, case_id: int) -> tuple[CaseClock, ...]:
        """The clocks of a case, in the order they were started."""
        found = self._work.rows(_OF_CASE, {"of_case": case_id})
        return tuple(rows.clock_from(row) for row in found)

    def untold(self, now: datetime, limit: int) -> tuple[CaseClock, ...]:
        """Running clocks past a mark whose event is not written, earliest at risk first."""
        found = self._work.rows(_UNTOLD, {"now": now, "most": limit})
        return tuple(rows.clock_from(row) for row in found)


def _values(clock: CaseClock) -> dict[str, Any]:
    return {
        "case_id": clock.case_id,
        "kind": clock.kind.value,
        "urgency": clock.urgency.value,
        "started_at": clock.started_at,
        "at_risk_at": clock.at_risk_at,
        "due_at": clock.due_at,
        "met_at": clock.met_at,
        "paused_at": clock.paused_at,
        "remaining": clock.remaining,
        "at_risk_told": clock.at_risk_told,
        "breach_told": clock.breach_told,
    }
