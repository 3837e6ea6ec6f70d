"""The ledger: every mail the server ever showed us, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from concierge.domain.message import Address


class LedgerState(StrEnum):
    """What became of one received mail."""

    #: Raw bytes are safe; nothing has been concluded yet.
    STORED = "stored"
    #: It stands in a case.
    CASE = "case"
    #: Parked: a machine wrote it and nothing urgent was found; staff can see and undo it.
    MUTED = "muted"
    #: Reading it failed again and again; it stands in a case made from its raw text.
    QUARANTINED = "quarantined"
    #: The same mail is in the ledger already (redelivered, copied, or UIDVALIDITY changed).
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail as fetched, before anything is concluded of it."""

    #: The folder it lay in.
    mailbox: str
    uidvalidity: int
    uid: int
    raw: bytes
    #: SHA-256 over what makes it the same mail wherever it lies; see ``desk.fingerprint``.
    fingerprint: str
    #: As found by the cheap header scan; empty when it has none.
    message_id: str
    #: When the server received it; when it was fetched if the server does not say.
    received_at: datetime
    fetched_at: datetime
    size: int
    #: False when attachments were left on the server.
    complete: bool


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the ledger, without the raw bytes."""

    id: int
    mailbox: str
    uidvalidity: int
    uid: int
    state: LedgerState
    message_id: str
    received_at: datetime
    size: int
    complete: bool
    attempts: int
    #: 0 when it stands in no case.
    case_id: int = 0
    #: 0, or the entry it repeats.
    duplicate_of: int = 0
    #: 0, or an earlier entry with this Message-ID and other bytes: shown to staff.
    same_id_as: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """The conclusions a report counts by; codes only, never a person's words."""

    kind: str = ""
    language: str = ""
    country: str = ""
    urgency: str = ""
    route: str = ""
    #: Where the writer belongs; ``country`` is where they are.
    home: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one mail and concluded from it, as staff see it."""

    entry_id: int
    sender: Address | None
    subject: str
    #: The sender's own words, and what they quoted.
    text: str
    quoted_text: str
    message_id: str = ""
    references: tuple[str, ...] = ()
    #: The triage in the shape `concierge triage --json` prints.
    triage: dict[str, Any] = field(default_factory=dict)
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FolderMemory:
    """What the last successful look at a folder found."""

    mailbox: str
    uidvalidity: int
    uidnext: int
    exists: int
    #: UIDs on the server that are not in the ledger yet.
    unfetched: int
    #: How many mails the server has ever shown for this folder, by its own counters and not by
    #: ours: what lay there at the first look, and every UID it has given out since.
    server_count: int
    looked_at: datetime
    #: When all UIDs were last compared one by one.
    compared_at: datetime
