"""Supervision: every promise at risk or broken is told once, however long the desk was down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from concierge.desk.history import tell
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store
from concierge.desk.ports.views import Views
from concierge.domain.event import DESK, EventKind

#: Clocks told of in one transaction: 0.2 s of the write lock. Each batch looks at all that is
#: left, so small ones make the sweep after a long downtime grow with the square.
_BATCH = 2_000
#: Likenesses are kept as long as the longest window of floods the config allows.
_LIKENESSES_KEPT = timedelta(days=7)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep told of."""

    at_risk: int = 0
    breached: int = 0


def sweep(store: Store, clock: Clock) -> Swept:
    """Write an event for every clock that is at risk or breached and not told of yet.

    Works from stored deadlines and not from ticks, so it catches up after downtime. A clock that
    is breached already is told of as breached only. What messages of long ago looked like is
    forgotten.
    """
    at_risk = breached = 0
    with store.begin() as tx:
        tx.likenesses.forget(clock.now() - _LIKENESSES_KEPT)
    while True:
        with store.begin() as tx:
            now = clock.now()
            due = tx.clocks.untold(now, _BATCH)
            for one in due:
                late = now >= one.due_at
                kind = EventKind.BREACHED if late else EventKind.AT_RISK
                tell(tx, one.case_id, kind, now, DESK, {"clock": one.kind.value})
                tx.clocks.save(replace(one, at_risk_told=True, breach_told=late or one.breach_told))
                breached += late
                at_risk += not late
        if len(due) < _BATCH:
            return Swept(at_risk, breached)


def storm(views: Views, now: datetime) -> str:
    """The alarm while more mail comes than drafts may be written for; empty when all is well."""
    # To the next second, because what happened this very instant counts.
    until = now + timedelta(seconds=1)
    withheld = len(views.events([EventKind.DRAFT_WITHHELD.value], now - _HOUR, until))
    if not withheld:
        return ""
    return (
        f"ALARM: {withheld} {'case' if withheld == 1 else 'cases'} got no draft within the last "
        "hour, because so many were written (config: [cases] drafts_an_hour). Urgent ones got "
        "theirs."
    )
