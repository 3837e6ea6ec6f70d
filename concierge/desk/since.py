"""Since: what happened in a case after an event of it, and whose doing that was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from concierge.desk.ports.store import Transaction
from concierge.desk.rereading import standing
from concierge.domain.case import NEEDS_A_PERSON, Case, Trigger
from concierge.domain.draft import OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import LedgerEntry

#: What brings a message into a case after it was opened.
_ARRIVALS = frozenset({EventKind.MESSAGE_JOINED, EventKind.UNPARKED})


def since_then(tx: Transaction, event: Event) -> tuple[Event, ...]:
    """What happened in a case after an event of it."""
    history = tx.events.of_case(event.case_id)
    # The last one that says this: a merge may have been made and taken back within an instant.
    return history[max(n for n, each in enumerate(history, 1) if each == event) :]


def arrived(tx: Transaction, case_id: int, since: Iterable[Event]) -> list[LedgerEntry]:
    """The rows of a case that came into it in this part of its history."""
    numbers = {event.get("message") for event in since if event.kind in _ARRIVALS}
    return [entry for entry in standing(tx, case_id) if str(entry.id) in numbers]


def replied(tx: Transaction, since: Iterable[Event]) -> int:
    """A mail approved in this part of a case's history and not withdrawn; 0 when there is none."""
    mails = (int(e.get("mail")) for e in since if e.kind is EventKind.APPROVED)
    return next((n for n in mails if tx.outbox.get(n).state is not OutboxState.WITHDRAWN), 0)


def homeward(
    tx: Transaction,
    case: Case,
    into: Case,
    entries: Iterable[LedgerEntry],
    came: Iterable[LedgerEntry],
) -> tuple[LedgerEntry, ...]:
    """Of what came since a merge, what goes with the case that is taken out, ``entries``.

    It was written by somebody whom that case knows and the other one does not.
    """
    came, gone = tuple(came), {entry.id for entry in entries}
    others = gone | {entry.id for entry in came}
    stay = [entry for entry in tx.ledger.entries(into.id) if entry.id not in others]
    theirs = {case.requester.key, *(_writer(tx, number) for number in gone)}
    theirs -= {"", into.requester.key, *(_writer(tx, entry.id) for entry in stay)}
    return tuple(e for e in came if e.id not in gone and _writer(tx, e.id) in theirs)


def with_arrivals(tx: Transaction, case: Case, new: Sequence[LedgerEntry]) -> Case:
    """The case before staff with messages that came while it was merged."""
    if not new:
        return case
    opens = case.state not in NEEDS_A_PERSON
    labels = [tx.ledger.labels(entry.id) for entry in new]
    top = min(labels, key=lambda each: Urgency(each.urgency or "routine").rank)
    raised = Urgency(top.urgency or "routine").rank < case.urgency.rank
    return replace(
        case.after(Trigger.MESSAGE_ARRIVED) if opens else case,
        resolved_at=None,
        urgency=Urgency(top.urgency) if raised else case.urgency,
        route=Route(top.route) if raised and top.route else case.route,
        last_message_at=max(case.last_message_at, *(entry.received_at for entry in new)),
    )


def _writer(tx: Transaction, entry_id: int) -> str:
    reading = tx.ledger.reading(entry_id)
    return reading.sender.key if reading and reading.sender else ""
