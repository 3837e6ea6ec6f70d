"""Domain values for tests of the store: short to write, with every field filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from concierge.domain.case import Case, CaseState
from concierge.domain.draft import Approval, Draft, DraftState, OutboxMail, OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import FolderMemory, Incoming, Labels, LedgerState, Reading
from concierge.domain.message import Address
from concierge.domain.sla import CaseClock, ClockKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
AMINA = Address("Amina@example.org", "Amina")
DEE = Address("dee@example.net", "Dee")
LABELS = Labels("human", "en", "GB", "routine", "other", "IE")


def an_incoming(uid: int = 1, **changes) -> Incoming:
    """A fetched mail; two with different UIDs have nothing in common."""
    values = {
        "mailbox": "INBOX",
        "uidvalidity": 7,
        "uid": uid,
        "raw": b"From: amina\r\n\r\nmail %d\x00\xff" % uid,
        "fingerprint": f"{uid:064x}",
        "message_id": f"<{uid}@example.org>",
        "received_at": NOW + timedelta(seconds=uid),
        "fetched_at": NOW + HOUR,
        "size": 30,
        "complete": True,
    }
    return Incoming(**(values | changes))


def a_case(**changes) -> Case:
    """An open case of Amina's."""
    values = {
        "id": 0,
        "version": 1,
        "state": CaseState.OPEN,
        "urgency": Urgency.ROUTINE,
        "route": Route.OTHER,
        "language": "en",
        "country": "GB",
        "home": "IE",
        "country_by": "Bo",
        "requester": AMINA,
        "subject": "Help",
        "opened_at": NOW,
        "last_message_at": NOW,
    }
    return Case(**(values | changes))


def a_reading(entry_id: int, **changes) -> Reading:
    """What was read of a mail of Amina's."""
    values = {
        "sender": AMINA,
        "subject": "Help",
        "text": "I cannot play",
        "quoted_text": "> so",
        "message_id": f"<{entry_id}@example.org>",
        "references": ("<a@b>", "<c@d>"),
        "triage": {"kind": {"value": "human", "evidence": []}},
        "received_at": NOW,
    }
    return Reading(entry_id, **(values | changes))


def a_draft(case_id: int, **changes) -> Draft:
    """A proposed reply to Amina."""
    values = {
        "id": 0,
        "case_id": case_id,
        "case_version": 1,
        "revision": 1,
        "state": DraftState.PROPOSED,
        "recipient": AMINA,
        "language": "en",
        "subject": "Re: Help",
        "text": "Dear Amina",
        "template": "guide",
        "created_at": NOW,
        "cautions": ("unverified",),
        "resource_ids": ("gb-1", "gb-2"),
        "in_reply_to": "<a@b>",
        "references": ("<a@b>",),
    }
    return Draft(**(values | changes))


def a_mail(case_id: int, draft_id: int, **changes) -> OutboxMail:
    """An approved mail that is due."""
    values = {
        "id": 0,
        "case_id": case_id,
        "approval": Approval(draft_id, 1, "bo", NOW, "d" * 64),
        "state": OutboxState.QUEUED,
        "sender": "desk@example.com",
        "recipient": AMINA.address,
        "mail": b"Dear Amina\x00\xff",
        "message_id": f"<out.{draft_id}@example.com>",
        "attempts": 0,
        "due_at": NOW,
    }
    return OutboxMail(**(values | changes))


def a_clock(case_id: int, kind: ClockKind = ClockKind.FIRST_RESPONSE, **changes) -> CaseClock:
    """A running clock, at risk after four hours and due after five."""
    values = {
        "id": 0,
        "case_id": case_id,
        "kind": kind,
        "urgency": Urgency.ROUTINE,
        "started_at": NOW,
        "at_risk_at": NOW + 4 * HOUR,
        "due_at": NOW + 5 * HOUR,
    }
    return CaseClock(**(values | changes))


def an_event(case_id: int, kind: EventKind = EventKind.OPENED, **changes) -> Event:
    """A line of history."""
    values = {"at": NOW, "by": "bo", "data": (("draft", "1"), ("draft", "2")), "words": "Amina"}
    return Event(case_id, kind, **(values | changes))


def a_memory(**changes) -> FolderMemory:
    """What was seen of the inbox."""
    values = {
        "mailbox": "INBOX",
        "uidvalidity": 7,
        "uidnext": 9,
        "exists": 8,
        "unfetched": 1,
        "server_count": 1,
        "looked_at": NOW,
        "compared_at": NOW,
    }
    return FolderMemory(**(values | changes))


def place_in_case(tx, entry_id: int, case_id: int) -> None:
    """Put a stored mail into a case and keep what was read of it."""
    tx.ledger.place(entry_id, LedgerState.CASE, LABELS, case_id=case_id)
    tx.ledger.keep_reading(a_reading(entry_id))
