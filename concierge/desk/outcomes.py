"""Outcomes: what the end of an attempt to send does to the mail, its case and the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from concierge.desk import bounces, clockwork
from concierge.desk.history import tell
from concierge.desk.ports.store import Transaction
from concierge.domain.case import Case, CaseState, Trigger
from concierge.domain.draft import OutboxMail, OutboxState
from concierge.domain.event import DESK, EventKind
from concierge.domain.sla import Promises

HELD_BACK = "An approved reply was held back: the requester wrote again before it left."


def sent(
    tx: Transaction, mail: OutboxMail, reply: str, now: datetime, promises: Promises, *, copy: bool
) -> None:
    """The server accepted it."""
    accepted = replace(
        released(mail, OutboxState.SENT),
        sent_at=now,
        attempts=mail.attempts + 1,
        last_reply=reply,
        copy_pending=copy,
    )
    tx.outbox.save(accepted, was=mail.state)
    tell(tx, mail.case_id, EventKind.SENT, now, DESK, {"mail": mail.id})
    answered(tx, accepted, now, promises)
    bounces.came_back_early(tx, accepted, now, promises)


def answered(tx: Transaction, mail: OutboxMail, now: datetime, promises: Promises) -> None:
    """The requester has our reply: the case waits for them, unless they wrote meanwhile.

    A message the approver had not seen is still unanswered, so that case stays before staff and
    a response to that message is owed.
    """
    case = tx.cases.get(mail.case_id)
    late = overtaken(tx, mail, case)
    if case.state in {CaseState.SENDING, CaseState.OPEN, CaseState.ATTENTION}:
        trigger = Trigger.REPLY_OVERTAKEN if late else Trigger.REPLY_ACCEPTED
        case = move(tx, case, trigger, "")
    clockwork.reply_accepted(tx, case, mail.approval.at, now, promises)
    if late and case.state in {CaseState.OPEN, CaseState.SENDING}:
        clockwork.message_arrived(tx, case, case.last_message_at, promises, now=now)


def uncertain(
    tx: Transaction, mail: OutboxMail, why: str, now: datetime, promises: Promises
) -> None:
    """Nobody can know whether it left: a person decides, the program never."""
    tx.outbox.save(replace(released(mail, OutboxState.UNCERTAIN), last_reply=why), was=mail.state)
    tell(tx, mail.case_id, EventKind.SEND_UNCERTAIN, now, DESK, {"mail": mail.id})
    if bounces.came_back_early(tx, mail, now, promises):
        return
    decide = "Nobody can know whether our reply left. Please decide."
    _trouble(tx, mail, decide, now, promises)


def failed(tx: Transaction, mail: OutboxMail, why: str, now: datetime, promises: Promises) -> None:
    """It certainly did not leave and will not by itself."""
    tx.outbox.save(replace(released(mail, OutboxState.FAILED), last_reply=why), was=mail.state)
    tell(tx, mail.case_id, EventKind.SEND_FAILED, now, DESK, {"mail": mail.id})
    _trouble(tx, mail, "Our reply could not be delivered. Please decide.", now, promises)


def overtaken(tx: Transaction, mail: OutboxMail, case: Case) -> bool:
    """Whether the case moved on after the draft this mail was approved from."""
    return tx.drafts.get(mail.approval.draft_id).case_version != case.version


def hold_back_if_overtaken(tx: Transaction, mail: OutboxMail, now: datetime) -> None:
    """Take a queued mail back that was approved before the requester's last message.

    Its attempt was under way when they wrote, so it could not be taken back then. What a person
    has decided to send again goes out all the same.
    """
    case = tx.cases.get(mail.case_id)
    if not overtaken(tx, mail, case) or _sent_again(tx, mail):
        return
    tx.outbox.save(replace(mail, state=OutboxState.WITHDRAWN), was=mail.state)
    facts = {"mail": mail.id, "decision": "held_back"}
    tell(tx, mail.case_id, EventKind.SEND_SETTLED, now, DESK, facts)
    if case.state is CaseState.OPEN:
        tx.cases.save(replace(case, attention=HELD_BACK), was=case)


def _sent_again(tx: Transaction, mail: OutboxMail) -> bool:
    decided = (e for e in tx.events.of_case(mail.case_id) if e.kind is EventKind.SEND_SETTLED)
    return any((e.get("mail"), e.get("decision")) == (str(mail.id), "again") for e in decided)


def released(mail: OutboxMail, state: OutboxState) -> OutboxMail:
    """The mail in another state and in nobody's hands."""
    return replace(mail, state=state, claimed_by="", claim_expires_at=None)


def move(tx: Transaction, case: Case, trigger: Trigger, attention: str) -> Case:
    """Take a case along its transition table and save it; no trigger of mail resolves one."""
    moved = replace(case.after(trigger), attention=attention, resolved_at=None)
    tx.cases.save(moved, was=case)
    return moved


def _trouble(
    tx: Transaction, mail: OutboxMail, attention: str, now: datetime, promises: Promises
) -> None:
    case = tx.cases.get(mail.case_id)
    troubled = move(tx, case, Trigger.REPLY_TROUBLED, attention)
    # A case before staff is promised something. Its clocks had stopped when it was resolved, and
    # stood still when it was the requester's turn and somebody wrote once more.
    clockwork.message_arrived(tx, troubled, now, promises, now=now)
