"""Settling: a person decides about mail the program must not decide about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from concierge.desk import outcomes
from concierge.desk.history import tell
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.domain.case import CaseState, Trigger
from concierge.domain.draft import (
    OUTBOX_FOR_A_PERSON,
    OutboxMail,
    OutboxState,
    check_outbox_move,
)
from concierge.domain.event import EventKind
from concierge.domain.sla import Promises
from concierge.errors import Refused


class Decision(StrEnum):
    """What a person decides."""

    #: It did arrive: it lies in the Sent folder, the requester answered, the server's log says so.
    ARRIVED = "arrived"
    #: Send the same bytes again, knowing that it may arrive twice.
    AGAIN = "again"
    #: Do not send it; the case goes back to staff.
    WITHDRAW = "withdraw"


#: After these an approved reply may be for somebody who is not in the case any more.
_ANOTHER_CASE = frozenset({
    EventKind.REQUESTER_SET, EventKind.SPLIT, EventKind.MERGED, EventKind.UNMERGED,
})  # fmt: skip
_TARGETS = {
    Decision.ARRIVED: OutboxState.SENT,
    Decision.AGAIN: OutboxState.QUEUED,
    Decision.WITHDRAW: OutboxState.WITHDRAWN,
}


def settle(
    store: Store, clock: Clock, promises: Promises, mail_id: int, decision: Decision, staff: str
) -> None:
    """Carry out a decision about failed, uncertain or bounced mail.

    Raises:
        Refused: there is nothing to decide, or not in that way.
    """
    with store.begin() as tx:
        now = clock.now()
        mail = tx.outbox.get(mail_id)
        if mail.state not in OUTBOX_FOR_A_PERSON:
            raise Refused(f"Mail {mail_id} is {mail.state}; there is nothing to decide.")
        target = _TARGETS[decision]
        check_outbox_move(mail.state, target)
        if decision is Decision.AGAIN:
            _same_case(tx, mail)
        facts = {"mail": mail_id, "decision": decision.value, "was": mail.state.value}
        tell(tx, mail.case_id, EventKind.SEND_SETTLED, now, staff, facts)
        _carry_out(tx, mail, target, now, promises)


def _same_case(tx: Transaction, mail: OutboxMail) -> None:
    """Refuse to send again what was approved before staff said whose case it is, or parted it."""
    history = tx.events.of_case(mail.case_id)
    numbers = (n for n, e in enumerate(history) if e.get("mail") == str(mail.id))
    since = history[next(numbers, 0) :]
    if any(event.kind in _ANOTHER_CASE for event in since):
        raise Refused(
            f"Mail {mail.id} was approved before staff named another requester of case "
            f"{mail.case_id} or took messages out of it, so it is not sent again. Withdraw it and "
            f"read the new draft: concierge outbox settle {mail.id} withdraw"
        )


def _carry_out(
    tx: Transaction, mail: OutboxMail, target: OutboxState, now: datetime, promises: Promises
) -> None:
    decided = outcomes.released(mail, target)
    case = tx.cases.get(mail.case_id)
    match target:
        case OutboxState.SENT:
            arrived = replace(decided, sent_at=now)
            tx.outbox.save(arrived, was=mail.state)
            outcomes.answered(tx, arrived, now, promises)
        case OutboxState.QUEUED:
            tx.outbox.save(replace(decided, due_at=now, attempts=0), was=mail.state)
            if case.state is CaseState.ATTENTION:
                late = outcomes.overtaken(tx, mail, case)
                trigger = Trigger.REPLY_OVERTAKEN if late else Trigger.REPLY_APPROVED
                outcomes.move(tx, case, trigger, "")
        case _:
            tx.outbox.save(decided, was=mail.state)
            if case.state is CaseState.ATTENTION:
                outcomes.move(
                    tx, case, Trigger.REPLY_WITHDRAWN, "The last reply was not delivered."
                )
