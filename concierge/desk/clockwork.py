"""Clockwork: which clocks start, pause, resume and stop when something happens to a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from concierge.desk.history import tell
from concierge.desk.ports.store import Transaction
from concierge.domain.case import Case, CaseState
from concierge.domain.event import DESK, EventKind
from concierge.domain.findings import Urgency
from concierge.domain.sla import (
    CaseClock,
    ClockKind,
    Promises,
    pause,
    raise_urgency,
    resume,
    start_clock,
)

_RESPONSES = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)


def open_clocks(tx: Transaction, case: Case, at: datetime, promises: Promises) -> None:
    """Start what a new case is promised, from the moment its message reached the server."""
    for kind in (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION):
        _start(tx, case, kind, at, promises)


def message_arrived(
    tx: Transaction, case: Case, at: datetime, promises: Promises, *, now: datetime
) -> None:
    """The requester wrote again at ``at``: the resolution clock runs on, a response is owed.

    History is written in the order the desk learns of things, so the event is of ``now``. The
    response clock counts from the oldest unanswered message, so one that runs already is
    left as it is.
    """
    clocks = tx.clocks.of_case(case.id)
    for clock in clocks:
        if clock.paused_at is not None and clock.met_at is None:
            tx.clocks.save(resume(clock, at, promises))
            _tell(tx, clock, EventKind.CLOCK_RESUMED, now)
    if not any(c.kind in _RESPONSES and c.met_at is None for c in clocks):
        _start(tx, case, ClockKind.NEXT_RESPONSE, at, promises)
    if not any(c.kind is ClockKind.RESOLUTION and c.met_at is None for c in clocks):
        _start(tx, case, ClockKind.RESOLUTION, at, promises)


def urgency_raised(
    tx: Transaction, case: Case, urgency: Urgency, at: datetime, promises: Promises
) -> None:
    """Every clock that is not met comes under the more urgent promise, paused or not."""
    for clock in tx.clocks.of_case(case.id):
        raised = raise_urgency(clock, urgency, at, promises)
        if raised != clock:
            tx.clocks.save(raised)


def reply_accepted(
    tx: Transaction, case: Case, approved_at: datetime, at: datetime, promises: Promises
) -> None:
    """The server accepted our reply: what was owed when it was approved is met.

    A message that came after the approval is still unanswered, so its clock runs on. The
    resolution clock pauses only now, and only when it is the requester's turn.
    """
    for clock in tx.clocks.of_case(case.id):
        if clock.met_at is not None:
            continue
        if clock.kind in _RESPONSES and clock.started_at <= approved_at:
            tx.clocks.save(replace(clock, met_at=at, paused_at=None, remaining=None))
            _tell(tx, clock, EventKind.CLOCK_MET, at)
        elif clock.kind is ClockKind.RESOLUTION and case.state is CaseState.WAITING:
            paused = pause(clock, at, promises)
            if paused != clock:
                tx.clocks.save(paused)
                _tell(tx, clock, EventKind.CLOCK_PAUSED, at)


def reply_bounced(
    tx: Transaction, case: Case, sent_at: datetime | None, at: datetime, promises: Promises
) -> None:
    """A bounce takes the response back: what that reply had met is owed again."""
    for clock in tx.clocks.of_case(case.id):
        if sent_at is not None and clock.kind in _RESPONSES and clock.met_at == sent_at:
            tx.clocks.save(_owed_again(clock, tx.clocks.of_case(case.id)))
            _tell(tx, clock, EventKind.CLOCK_RESUMED, at)
        elif clock.paused_at is not None and clock.met_at is None:
            tx.clocks.save(resume(clock, at, promises))
            _tell(tx, clock, EventKind.CLOCK_RESUMED, at)
    unmet = {clock.kind for clock in tx.clocks.of_case(case.id) if clock.met_at is None}
    if ClockKind.RESOLUTION not in unmet or (sent_at is not None and not unmet & set(_RESPONSES)):
        # It was resolved, so that all its clocks had stopped, or nothing was owed when staff wrote
        # once more: now it is before them again, and nobody has what was sent.
        message_arrived(tx, case, at, promises, now=at)


def _owed_again(clock: CaseClock, clocks: Sequence[CaseClock]) -> CaseClock:
    """The clock running again, or the one of its kind that runs already with its deadlines.

    The requester wrote again meanwhile, and what is owed is owed since the older message.
    """
    later = next((c for c in clocks if c.kind is clock.kind and c.met_at is None), None)
    if later is None:
        return replace(clock, met_at=None)
    return replace(
        later,
        started_at=min(clock.started_at, later.started_at),
        at_risk_at=min(clock.at_risk_at, later.at_risk_at),
        due_at=min(clock.due_at, later.due_at),
    )


def resolved(tx: Transaction, case: Case, at: datetime) -> None:
    """Nothing is owed any more: every clock stops."""
    for clock in tx.clocks.of_case(case.id):
        if clock.met_at is None:
            tx.clocks.save(replace(clock, met_at=at, paused_at=None, remaining=None))


def _start(tx: Transaction, case: Case, kind: ClockKind, at: datetime, promises: Promises) -> None:
    tx.clocks.add(start_clock(case.id, kind, case.urgency, at, promises, route=case.route))


def _tell(tx: Transaction, clock: CaseClock, kind: EventKind, at: datetime) -> None:
    tell(tx, clock.case_id, kind, at, DESK, {"clock": clock.kind.value})
