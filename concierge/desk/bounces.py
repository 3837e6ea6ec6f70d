"""Bounces: a returned reply finds its draft, the response is owed again, and staff are told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from concierge.desk import clockwork, threading
from concierge.desk.history import tell
from concierge.desk.ports.store import Transaction
from concierge.domain.case import Case, CaseState, Trigger
from concierge.domain.draft import OUTBOX_UNFINISHED, OutboxMail, OutboxState
from concierge.domain.event import DESK, Event, EventKind
from concierge.domain.message import Address, ParsedMessage
from concierge.domain.reference import find_references
from concierge.domain.sla import Promises
from concierge.errors import UsageError
from concierge.rules.bounce import Bounce, BounceKind, BounceReason, bounce_of

#: Mail that left, as far as anybody knows; only what left can come back.
_LEFT = frozenset({OutboxState.SENT, OutboxState.UNCERTAIN})
#: In an event's data: the outcome of sending was not known yet when the bounce came.
_EARLY = "early"
_TO_DO = (
    "To write once more: concierge case redraft {0}. To another address: concierge case requester "
    "{0} ADDRESS. To leave it: concierge case resolve {0}."
)


def take(
    tx: Transaction, message: ParsedMessage, key: bytes, now: datetime, promises: Promises
) -> Case | None:
    """What a bounce does; the case of the mail it returns, None when it names none of ours.

    A stranger's forged bounce changes nothing: it would have to name the Message-ID or the signed
    reference of a mail of ours. Each is told in the history. What the other server has given up
    takes the response back; a delay, or a failure that may pass, is only told; a complaint is put
    before staff, and nothing is owed for it, since the mail arrived.
    """
    found = bounce_of(message)
    mail = returned(tx, message, found, key) if found else None
    if found is None or mail is None:
        return None
    case = tx.cases.get(mail.case_id)
    early = mail.state in OUTBOX_UNFINISHED
    facts = {"mail": mail.id, "status": found.status, "kind": found.kind.value,
             "reason": found.reason.value, "lost": "yes" if lost(found) else "",
             _EARLY: "yes" if early else ""}  # fmt: skip
    tell(tx, case.id, EventKind.BOUNCED, now, DESK, facts)
    if found.kind is BounceKind.COMPLAINT:
        return _complained(tx, case, found, now, promises)
    if lost(found) and mail.state in _LEFT:
        return _came_back(tx, mail, found.sentence, now, promises)
    return case


def lost(found: Bounce) -> bool:
    """Whether the requester will not get this mail.

    A full mailbox may pass, but a server that has given up will not deliver by itself.
    """
    if found.kind in {BounceKind.COMPLAINT, BounceKind.DELAYED}:
        return False
    return found.kind is BounceKind.PERMANENT or found.given_up


def came_back_early(tx: Transaction, mail: OutboxMail, now: datetime, promises: Promises) -> bool:
    """Let a bounce take effect that came before the outcome of sending was known.

    A server may return a mail within the second in which it takes it. What happened to the mail
    after such a bounce, such as a person's decision to send it again, makes it void.
    """
    for event in reversed(tx.events.of_case(mail.case_id)):
        if event.get("mail") != str(mail.id) or event.kind in _OUTCOMES:
            continue
        if event.kind is not EventKind.BOUNCED:
            return False
        if event.get("lost"):
            if event.get(_EARLY):
                _came_back(tx, tx.outbox.get(mail.id), _told(event), now, promises)
            return bool(event.get(_EARLY))
    return False


#: What is written when the outcome of sending is known.
_OUTCOMES = frozenset({EventKind.SENT, EventKind.SEND_UNCERTAIN})


def _told(event: Event) -> str:
    reason = event.get("reason").replace("_", " ")
    return f"{reason.capitalize()}; it was not delivered." if reason else ""


def returned(
    tx: Transaction, message: ParsedMessage, found: Bounce, key: bytes
) -> OutboxMail | None:
    """The mail of ours that a bounce brings back.

    1. By a Message-ID: of the embedded original, its headers, or what the report answers.
    2. By our signed reference: the tag of the return path, the original's X-Concierge-Ref, the
       report's fields such as Original-Envelope-Id, the text returned. A reference names a case
       and at best a draft; without one it is the newest mail of that case.
    """
    for message_id in found.message_ids:
        if mail := tx.outbox.by_message_id(message_id):
            return mail
    places = [*found.message_ids, *found.tokens, message.report_text, message.body]
    for reference in find_references(key, places):
        for mail in _newest_first(tx, reference.case_id):
            if reference.draft_id in {mail.approval.draft_id, 0}:
                return mail
    return None


def _newest_first(tx: Transaction, case_id: int) -> tuple[OutboxMail, ...]:
    try:
        tx.cases.get(case_id)
    except UsageError:
        # Signed by us and yet unknown: an erased case, or a store restored from before.
        return ()
    return tuple(reversed(tx.outbox.of_case(case_id)))


def _came_back(
    tx: Transaction, mail: OutboxMail, why: str, now: datetime, promises: Promises
) -> Case:
    tx.outbox.save(replace(mail, state=OutboxState.BOUNCED), was=mail.state)
    case = tx.cases.get(mail.case_id)
    stands = threading.standing_case(tx, case) or case
    elsewhere = Address(mail.recipient).key != stands.requester.key
    which = f"Our reply to {mail.recipient}" if elsewhere else "Our reply"
    told = f"{which} came back: {_lower(why)} {_TO_DO.format(stands.id)}"
    troubled = _before_staff(tx, stands, told)
    if stands.id == case.id:
        clockwork.reply_bounced(tx, troubled, mail.sent_at, now, promises)
    else:
        # Staff merged the case: what the reply had met was owed there, and is owed here now.
        # Told wherever it went on, so that each case taken out again is before staff.
        facts = {"mail": mail.id, "case": case.id, "lost": "yes"}
        for number in threading.way_of(tx, case)[1:]:
            tell(tx, number, EventKind.BOUNCED, now, DESK, facts)
        clockwork.message_arrived(tx, troubled, now, promises, now=now)
    # What is owed again was promised when the case may have been less urgent.
    clockwork.urgency_raised(tx, troubled, troubled.urgency, now, promises)
    return troubled


def _complained(
    tx: Transaction, case: Case, found: Bounce, now: datetime, promises: Promises
) -> Case:
    """Staff are told; a case that waits comes before them, a resolved one rests."""
    stands = threading.standing_case(tx, case) or case
    unwanted = found.reason is BounceReason.COMPLAINT
    what = "our mail was unwanted" if unwanted else _lower(found.sentence).rstrip(".")
    told = (
        f"The requester's provider says: {what}. Think before you write again; to leave it: "
        f"concierge case resolve {stands.id}."
    )
    if stands.state is not CaseState.WAITING:
        noted = replace(stands, attention=f"{stands.attention} {told}".strip())
        tx.cases.save(noted, was=stands)
        return noted
    troubled = _before_staff(tx, stands, told)
    clockwork.reply_bounced(tx, troubled, None, now, promises)
    return troubled


def _before_staff(tx: Transaction, case: Case, told: str) -> Case:
    troubled = replace(case.after(Trigger.REPLY_TROUBLED), attention=told, resolved_at=None)
    tx.cases.save(troubled, was=case)
    return troubled


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence else "its server gives no reason."
