"""Remembering: how a case stood before it took in another's messages, so that this can be undone.

The record is kept in the case's own history: states, codes and instants, never a person's words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from concierge.desk import clockwork
from concierge.desk.ports.store import Transaction
from concierge.domain.case import NEEDS_A_PERSON, SETTABLE, Case, CaseState, Trigger
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import URGENT, Route, Urgency
from concierge.domain.ledger import LedgerEntry
from concierge.domain.sla import CaseClock, ClockKind, Promises, resume

RESPONSES = frozenset({ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE})
#: The key of the record in an event's data.
UNDO = "undo"
#: In a reading's triage: who took the message out of parking, so that it counts as a person's.
RELEASED_BY = "released_by"
#: What changes nothing about whose turn it is. After anything else, a case that was not before
#: staff when it took the messages in stays before them: a look too many costs a minute.
_QUIET = frozenset({
    EventKind.NOTED, EventKind.CLAIMED, EventKind.TAKEN_OVER, EventKind.RELEASED,
    EventKind.ASSIGNED, EventKind.LINKED, EventKind.UNLINKED, EventKind.DRAFTED,
    EventKind.DRAFT_SUPERSEDED, EventKind.DRAFT_EDITED, EventKind.DRAFT_REJECTED,
    EventKind.AT_RISK, EventKind.BREACHED, EventKind.CLOCK_RESUMED, EventKind.CLOCK_PAUSED,
    EventKind.CONCLUSION_SET,
    EventKind.TRIAGED, EventKind.URGENCY_RAISED, EventKind.MERGED, EventKind.UNMERGED,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remembered:
    """A case and its unmet clocks as they were."""

    state: CaseState
    urgency: Urgency
    route: Route
    language: str
    country: str
    home: str
    set_by: tuple[str, str, str]
    last_message_at: datetime
    resolved_at: datetime | None
    clocks: tuple[CaseClock, ...]


def remember(case: Case, clocks: Iterable[CaseClock]) -> str:
    """The record of a case and of those of its clocks that are not met."""
    return json.dumps(
        {
            "state": case.state.value,
            "urgency": case.urgency.value,
            "route": case.route.value,
            "language": case.language,
            "country": case.country,
            "home": case.home,
            "set_by": [case.language_by, case.country_by, case.home_by],
            "last_message_at": case.last_message_at.isoformat(),
            "resolved_at": case.resolved_at.isoformat() if case.resolved_at else "",
            "clocks": [_as_data(clock) for clock in clocks if clock.met_at is None],
        },
        separators=(",", ":"),
    )


def recall(record: str) -> Remembered:
    """What :func:`remember` wrote down."""
    data = json.loads(record)
    return Remembered(
        state=CaseState(data["state"]),
        urgency=Urgency(data["urgency"]),
        route=Route(data["route"]),
        language=data["language"],
        country=data["country"],
        # A record of before schema 0003 knows of neither.
        home=data.get("home", ""),
        set_by=tuple(data.get("set_by", ("", "", ""))),
        last_message_at=datetime.fromisoformat(data["last_message_at"]),
        resolved_at=_instant(data["resolved_at"]),
        clocks=tuple(_from_data(clock) for clock in data["clocks"]),
    )


def stood_before(case: Case, was: Remembered, since: Iterable[Event]) -> Case:
    """The case that had been merged away, back in the state it was in.

    When a reply of its own came back meanwhile, it stands before staff: nobody has its answer.
    """
    parted = replace(case, merged_into=0, version=case.version + 1)
    answered = not _came_back(since)
    if was.state is CaseState.RESOLVED and answered:
        return replace(parted, resolved_at=was.resolved_at)
    opened = replace(parted.after(Trigger.REOPEN), resolved_at=None)
    waits = was.state is CaseState.WAITING and answered
    return opened.after(Trigger.REPLY_ACCEPTED) if waits else opened


def told_home(attention: str, since: Iterable[Event]) -> str:
    """What stood on top of the case that had been merged away, and what happened meanwhile."""
    if not _came_back(since):
        return attention
    return f"{attention} A reply of this case came back while it was merged.".strip()


def _came_back(since: Iterable[Event]) -> bool:
    return any(event.kind is EventKind.BOUNCED and event.get("lost") for event in since)


def without(
    tx: Transaction, case: Case, was: Remembered, since: tuple[Event, ...], came: list[LedgerEntry]
) -> Case:
    """The case as it stands once the messages it had taken in are gone from it.

    ``since`` is its history from then on, ``came`` its own messages of that time. Where nothing
    has happened meanwhile it stands as it did; otherwise it stays before staff.
    """
    urgencies = [Urgency(tx.ledger.labels(entry.id).urgency or "routine") for entry in came]
    urgency = min([was.urgency, *urgencies], key=lambda each: each.rank)
    arrivals = [entry.received_at for entry in came]
    parted = replace(
        as_remembered(case, was, since),
        version=case.version + 1,
        urgency=urgency,
        route=was.route if urgency is was.urgency else case.route,
        last_message_at=max([was.last_message_at, *arrivals]),
    )
    quiet = not came and all(event.kind in _QUIET for event in since)
    if quiet and parted.state is CaseState.WAITING and was.state is CaseState.RESOLVED:
        return replace(parted.after(Trigger.RESOLVE), resolved_at=was.resolved_at)
    if not quiet or parted.state is not CaseState.OPEN:
        return parted
    if was.state is CaseState.WAITING:
        return parted.after(Trigger.REPLY_ACCEPTED)
    if was.state is CaseState.RESOLVED:
        return replace(parted.after(Trigger.RESOLVE), resolved_at=was.resolved_at)
    return parted


def as_remembered(case: Case, was: Remembered, since: Iterable[Event]) -> Case:
    """The case with what was known of its requester then, and what staff have set of it since.

    What staff set on the other case goes with that one, as does what its messages told; what its
    own have told since is for the caller to learn again.
    """
    told = {e.get("field") for e in since if e.kind is EventKind.CONCLUSION_SET}
    known: dict[str, str] = {}
    for name, by in zip(SETTABLE, was.set_by, strict=True):
        if name not in told:
            known |= {name: getattr(was, name), f"{name}_by": by}
    return replace(case, **known)  # type: ignore[arg-type]


def clocks_home(
    tx: Transaction, case: Case, was: Remembered, promises: Promises, now: datetime
) -> None:
    """Every clock of a case that had been merged away is again as it was, wherever it went."""
    for clock in was.clocks:
        # One that stood still stays so, unless the case is before staff where it was not.
        woken = resume(clock, now, promises) if case.state in NEEDS_A_PERSON else clock
        tx.clocks.save(replace(woken, case_id=case.id))


def clocks_back(tx: Transaction, case: Case, was: Remembered) -> None:
    """The clocks that still run have the deadlines they had before others' messages came in.

    One that stood still then stays awake while its case is before staff.
    """
    unmet = {clock.id for clock in tx.clocks.of_case(case.id) if clock.met_at is None}
    for clock in was.clocks:
        if clock.id in unmet and (clock.running or case.state is CaseState.WAITING):
            tx.clocks.save(clock)


def owed(tx: Transaction, case: Case, since: datetime, promises: Promises, now: datetime) -> None:
    """A case before staff has a response running, counted from ``since`` where none runs yet.

    One that waits or is resolved owes nothing that it did not owe before.
    """
    if case.state in NEEDS_A_PERSON:
        unmet = [clock for clock in tx.clocks.of_case(case.id) if clock.met_at is None]
        kinds = {clock.kind for clock in unmet}
        if not kinds & RESPONSES or ClockKind.RESOLUTION not in kinds:
            clockwork.message_arrived(tx, case, since, promises, now=now)
        clockwork.urgency_raised(tx, case, case.urgency, now, promises)
    elif case.state is CaseState.RESOLVED:
        clockwork.resolved(tx, case, now)


def stop(tx: Transaction, case_id: int, now: datetime) -> None:
    """Stop every clock and forget nothing of it, so that it can run on as if never stopped."""
    for clock in tx.clocks.of_case(case_id):
        if clock.met_at is None:
            tx.clocks.save(replace(clock, met_at=now))


def carry_over(
    tx: Transaction, source: Case, into: Case, promises: Promises, now: datetime
) -> None:
    """What is owed to the messages of one case is owed by the case that takes them in.

    The earliest deadline wins: whoever waited longer goes on waiting from when they wrote. A
    clock the other case does not have moves over; where both have one, both become one.
    """
    theirs = [clock for clock in tx.clocks.of_case(source.id) if clock.running]
    stop(tx, source.id, now)
    for clock in theirs:
        ours = [c for c in tx.clocks.of_case(into.id) if c.met_at is None and _alike(c, clock)]
        if not ours:
            tx.clocks.save(replace(clock, case_id=into.id))
        for own in ours:
            awake = resume(own, max(own.paused_at or now, clock.started_at), promises)
            tx.clocks.save(_sooner(awake, clock))
    if into.state in NEEDS_A_PERSON or into.urgency in URGENT:
        # Where it is the requester's turn, a clock that stands still is not woken by a merge.
        clockwork.urgency_raised(tx, into, into.urgency, now, promises)


def _alike(one: CaseClock, other: CaseClock) -> bool:
    return (one.kind in RESPONSES) is (other.kind in RESPONSES)


def _sooner(own: CaseClock, other: CaseClock) -> CaseClock:
    """The clock under both promises; what was told of a deadline is not told again."""
    risk = min(own, other, key=lambda clock: clock.at_risk_at)
    due = min(own, other, key=lambda clock: clock.due_at)
    return replace(
        own,
        urgency=min(own.urgency, other.urgency, key=lambda each: each.rank),
        started_at=min(own.started_at, other.started_at),
        at_risk_at=min(risk.at_risk_at, due.due_at),
        due_at=due.due_at,
        at_risk_told=risk.at_risk_told,
        breach_told=due.breach_told,
    )


def _as_data(clock: CaseClock) -> list[Any]:
    instants = (clock.started_at, clock.at_risk_at, clock.due_at, clock.paused_at)
    return [
        clock.id,
        clock.case_id,
        clock.kind.value,
        clock.urgency.value,
        *(at.isoformat() if at else "" for at in instants),
        None if clock.remaining is None else clock.remaining.total_seconds(),
        clock.at_risk_told,
        clock.breach_told,
    ]


def _from_data(data: list[Any]) -> CaseClock:
    number, case_id, kind, urgency, started, risk, due, paused, left, risk_told, due_told = data
    return CaseClock(
        id=number,
        case_id=case_id,
        kind=ClockKind(kind),
        urgency=Urgency(urgency),
        started_at=datetime.fromisoformat(started),
        at_risk_at=datetime.fromisoformat(risk),
        due_at=datetime.fromisoformat(due),
        paused_at=_instant(paused),
        remaining=None if left is None else timedelta(seconds=left),
        at_risk_told=risk_told,
        breach_told=due_told,
    )


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
