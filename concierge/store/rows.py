"""From a row, as a mapping of decoded columns, to the value the domain knows.

Standard library only, because the views read with nothing else. In a row 0 ids are NULL.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from concierge.domain.case import Case, CaseState, Claim
from concierge.domain.draft import Approval, Draft, DraftState, OutboxMail, OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import FolderMemory, Labels, LedgerEntry, LedgerState, Reading
from concierge.domain.message import Address
from concierge.domain.sla import CaseClock, ClockKind
from concierge.store import instants, private

Row = Mapping[str, Any]

_PRIVATE = (
    "attention in_reply_to last_reply message_id quoted_text recipient recipient_address"
    " recipient_name requester_address requester_name sender_address sender_name subject text words"
)
_INSTANTS = (
    "approved_at at at_risk_at claim_expires_at compared_at created_at due_at fetched_at"
    " last_message_at looked_at met_at opened_at paused_at received_at resolved_at sent_at"
    " started_at"
)
_FLAGS = "at_risk_told breach_told complete copy_pending edited settled"

#: How a stored value is read, by its column's name, wherever the name stands; a column that is
#: not here is what it is. The column types of the schema do the same, and a test compares them.
DECODERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_PRIVATE.split(), private.unseal),
    **dict.fromkeys(_INSTANTS.split(), instants.instant_from_int),
    **dict.fromkeys(_FLAGS.split(), bool),
    **dict.fromkeys(("cautions", "thread", "triage"), private.unseal_json),
    **dict.fromkeys(("data", "resource_ids"), json.loads),
    **dict.fromkeys(("mail", "raw"), private.unseal_bytes),
    "remaining": instants.span_from_int,
}


def decoded(names: Sequence[str], values: Sequence[Any]) -> Row:
    """A row as the functions below want it, from stored values."""
    row = dict(zip(names, values, strict=True))
    for name, decode in _decoders(tuple(names)):
        if (value := row[name]) is not None:
            row[name] = decode(value)
    return row


@lru_cache(maxsize=64)
def _decoders(names: tuple[str, ...]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    # Kept for each list of columns, of which there are a dozen: lists on screens are long.
    return tuple((name, DECODERS[name]) for name in names if name in DECODERS)


def entry_from(row: Row) -> LedgerEntry:
    """A ledger entry."""
    return LedgerEntry(
        id=row["id"],
        mailbox=row["mailbox"],
        uidvalidity=row["uidvalidity"],
        uid=row["uid"],
        state=LedgerState(row["state"]),
        message_id=row["message_id"],
        received_at=row["received_at"],
        size=row["size"],
        complete=row["complete"],
        attempts=row["attempts"],
        case_id=row["case_id"] or 0,
        duplicate_of=row["duplicate_of"] or 0,
        same_id_as=row["same_id_as"] or 0,
    )


def labels_from(row: Row) -> Labels:
    """The labels of a ledger row."""
    return Labels(
        row["kind"], row["language"], row["country"], row["urgency"], row["route"], row["home"]
    )


def reading_from(row: Row) -> Reading:
    """A reading."""
    address = row["sender_address"]
    return Reading(
        entry_id=row["entry_id"],
        sender=None if address is None else Address(address, row["sender_name"]),
        subject=row["subject"],
        text=row["text"],
        quoted_text=row["quoted_text"],
        message_id=row["message_id"],
        references=tuple(row["thread"]),
        triage=row["triage"],
        received_at=row["received_at"],
    )


def case_from(row: Row) -> Case:
    """A case."""
    holder = row["claim_staff"]
    return Case(
        id=row["id"],
        version=row["version"],
        state=CaseState(row["state"]),
        urgency=Urgency(row["urgency"]),
        route=Route(row["route"]),
        language=row["language"],
        country=row["country"],
        requester=Address(row["requester_address"], row["requester_name"]),
        subject=row["subject"],
        opened_at=row["opened_at"],
        last_message_at=row["last_message_at"],
        assigned_to=row["assigned_to"],
        claim=None if holder is None else Claim(holder, row["claim_expires_at"]),
        attention=row["attention"],
        resolved_at=row["resolved_at"],
        merged_into=row["merged_into"] or 0,
        flood_of=row["flood_of"] or 0,
        home=row["home"],
        language_by=row["language_by"],
        country_by=row["country_by"],
        home_by=row["home_by"],
    )


def draft_from(row: Row) -> Draft:
    """A draft."""
    return Draft(
        id=row["id"],
        case_id=row["case_id"],
        case_version=row["case_version"],
        revision=row["revision"],
        state=DraftState(row["state"]),
        recipient=Address(row["recipient_address"], row["recipient_name"]),
        language=row["language"],
        subject=row["subject"],
        text=row["text"],
        template=row["template"],
        created_at=row["created_at"],
        edited=row["edited"],
        fallback_from=row["fallback_from"],
        cautions=tuple(row["cautions"]),
        resource_ids=tuple(row["resource_ids"]),
        in_reply_to=row["in_reply_to"],
        references=tuple(row["thread"]),
    )


def outbox_from(row: Row) -> OutboxMail:
    """A mail of the outbox."""
    approval = Approval(
        draft_id=row["draft_id"],
        draft_revision=row["draft_revision"],
        staff=row["approved_by"],
        at=row["approved_at"],
        digest=row["digest"],
    )
    return OutboxMail(
        id=row["id"],
        case_id=row["case_id"],
        approval=approval,
        state=OutboxState(row["state"]),
        sender=row["sender"],
        recipient=row["recipient"],
        mail=row["mail"],
        message_id=row["message_id"],
        attempts=row["attempts"],
        due_at=row["due_at"],
        claimed_by=row["claimed_by"],
        claim_expires_at=row["claim_expires_at"],
        last_reply=row["last_reply"],
        sent_at=row["sent_at"],
        copy_pending=row["copy_pending"],
    )


def clock_from(row: Row) -> CaseClock:
    """A clock."""
    return CaseClock(
        id=row["id"],
        case_id=row["case_id"],
        kind=ClockKind(row["kind"]),
        urgency=Urgency(row["urgency"]),
        started_at=row["started_at"],
        at_risk_at=row["at_risk_at"],
        due_at=row["due_at"],
        met_at=row["met_at"],
        paused_at=row["paused_at"],
        remaining=row["remaining"],
        at_risk_told=row["at_risk_told"],
        breach_told=row["breach_told"],
    )


def event_from(row: Row) -> Event:
    """An event."""
    return Event(
        case_id=row["case_id"],
        kind=EventKind(row["kind"]),
        at=row["at"],
        by=row["actor"],
        data=tuple((key, value) for key, value in row["data"]),
        words=row["words"],
    )


def folder_from(row: Row) -> FolderMemory:
    """What is remembered of a folder."""
    return FolderMemory(
        mailbox=row["mailbox"],
        uidvalidity=row["uidvalidity"],
        uidnext=row["uidnext"],
        exists=row["exists"],
        unfetched=row["unfetched"],
        server_count=row["server_count"],
        looked_at=row["looked_at"],
        compared_at=row["compared_at"],
    )
