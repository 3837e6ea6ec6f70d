"""The store: transactions over the ledger, cases, drafts, outbox, clocks and events.

Failure contract: every method may raise :class:`~concierge.errors.StoreUnavailable` (locked past
its timeout, disk full, wrong schema version); then the whole transaction is rolled back and the
same work may be repeated. :class:`~concierge.errors.UsageError` when a named row does not exist,
:class:`~concierge.errors.Refused` when a compare-and-set finds another value. Illegal rows are
impossible: the schema refuses what the domain would not make.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from concierge.domain.case import Case
from concierge.domain.draft import Draft, OutboxMail, OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.ledger import (
    FolderMemory,
    Incoming,
    Labels,
    LedgerEntry,
    LedgerState,
    Reading,
)
from concierge.domain.likeness import Likeness
from concierge.domain.sla import CaseClock


class Ledger(Protocol):
    """Every mail the server ever showed us."""

    def known_uids(self, mailbox: str, uidvalidity: int, since: int = 0) -> frozenset[int]:
        """The UIDs from ``since`` on of this folder and UIDVALIDITY that are in the ledger."""

    def record(self, batch: Sequence[Incoming]) -> int:
        """Keep raw bytes and ledger rows; the number of rows that are new.

        A (mailbox, uidvalidity, uid) that is there already is left alone. A fingerprint that is
        there already makes a ``duplicate`` row pointing at the first; the same Message-ID with
        another fingerprint makes a new row with ``same_id_as`` set.
        """

    def unprocessed(self, limit: int) -> tuple[LedgerEntry, ...]:
        """Rows in state ``stored``: the least tried first, then the oldest.

        So a heap of mail that fails again and again never keeps new mail waiting.
        """

    def entry(self, entry_id: int) -> LedgerEntry: ...

    def raw(self, entry_id: int) -> bytes:
        """The mail as it came."""

    def attempt_failed(self, entry_id: int, cause: str) -> int:
        """Count one failed attempt to process a row; how many there are now.

        ``cause`` is an exception's type and place, never its message.
        """

    def place(self, entry_id: int, state: LedgerState, labels: Labels, *, case_id: int = 0) -> None:
        """Say what became of a stored row. Refused unless the row is still ``stored``."""

    def move(self, was: LedgerEntry, state: LedgerState, labels: Labels, *, case_id: int) -> None:
        """Say anew what became of a row that was placed before: another case, out of parking.

        Refused unless the row still stands where ``was`` says, in state and case. Whether its
        sender is known in a case follows the row: who has no reading left in a case and is not
        its requester is not known there any more.
        """

    def labels(self, entry_id: int) -> Labels:
        """The conclusions a row was placed with; empty ones while it is ``stored``."""

    def entries(self, case_id: int) -> tuple[LedgerEntry, ...]:
        """The rows that stand in a case, in order of arrival."""

    def reading(self, entry_id: int) -> Reading | None:
        """What was read of a row; None when nothing was kept."""

    def keep_reading(self, reading: Reading) -> None:
        """Keep what was read of a row; one reading a row."""

    def readings(self, case_id: int) -> tuple[Reading, ...]:
        """The readings of a case, in order of arrival."""

    def unsettled(self, mailbox: str, uidvalidity: int, limit: int) -> tuple[LedgerEntry, ...]:
        """Processed rows whose flag or move on the server is still to do, oldest first."""

    def mark_settled(self, entry_ids: Sequence[int]) -> None:
        """Remember that the server side of these rows is done."""

    def folder(self, mailbox: str) -> FolderMemory | None: ...

    def remember_folder(self, memory: FolderMemory) -> None: ...


class Cases(Protocol):
    """One person's matters."""

    def add(self, case: Case) -> Case:
        """The case with the id it was given."""

    def get(self, case_id: int) -> Case: ...

    def save(self, case: Case, *, was: Case) -> None:
        """Replace ``was`` by ``case``. Refused when the stored case is not ``was`` in version
        and state any more."""

    def with_sender(self, address_key: str, limit: int = 20) -> tuple[Case, ...]:
        """Cases in which this address (``Address.key``) wrote or is the requester, newest
        first."""


class Links(Protocol):
    """Cases that have to do with each other, as staff or a changed subject said."""

    def add(self, case_id: int, other_id: int, at: datetime) -> bool:
        """Link two cases, in whichever order; False when they were linked already."""

    def remove(self, case_id: int, other_id: int) -> bool:
        """Part two cases; False when they were not linked."""

    def of_case(self, case_id: int) -> tuple[int, ...]:
        """The cases linked to this one, by number."""


class Likenesses(Protocol):
    """What lately arrived messages look like."""

    def keep(self, likeness: Likeness) -> None:
        """Remember it; one a row of the ledger."""

    def recent(self, domain: str, shape: str, since: datetime, limit: int) -> tuple[Likeness, ...]:
        """Those kept since then with this domain or this shape, newest first."""

    def forget(self, before: datetime) -> None:
        """Drop what was kept before then: a flood is a matter of hours."""


class Drafts(Protocol):
    """Proposed replies."""

    def add(self, draft: Draft) -> Draft:
        """The draft with its id. Refused while another draft of the case is proposed."""

    def get(self, draft_id: int) -> Draft: ...

    def open_of(self, case_id: int) -> Draft | None:
        """The case's proposed draft; there is at most one."""

    def save(self, draft: Draft, *, was: Draft) -> None:
        """Replace ``was`` by ``draft``. Refused when revision or state moved meanwhile."""


class Outbox(Protocol):
    """Approved mail."""

    def add(self, mail: OutboxMail) -> OutboxMail:
        """The mail with its id. Refused when its draft has one already."""

    def get(self, mail_id: int) -> OutboxMail: ...

    def save(self, mail: OutboxMail, *, was: OutboxState) -> None:
        """Replace a mail whose stored state must still be ``was`` and whose holder must still be
        the same. Bytes, recipient, sender, Message-ID and approval never change."""

    def claim_next(self, now: datetime, worker: str, until: datetime) -> OutboxMail | None:
        """Claim the oldest queued mail that is due, in one statement; None when none is."""

    def abandoned(self, now: datetime, *, not_by: str = "") -> tuple[OutboxMail, ...]:
        """Mail claimed or in DATA whose lease has run out; with ``not_by`` also every such mail
        held by another worker than that one (used when that worker is known to be alone)."""

    def by_message_id(self, message_id: str) -> OutboxMail | None: ...

    def copies_pending(self, limit: int) -> tuple[OutboxMail, ...]:
        """Sent mail whose copy in the Sent folder is still to be made."""

    def of_case(self, case_id: int) -> tuple[OutboxMail, ...]:
        """The case's mail, oldest first."""


class Clocks(Protocol):
    """Promises and their deadlines."""

    def add(self, clock: CaseClock) -> CaseClock: ...

    def save(self, clock: CaseClock) -> None: ...

    def of_case(self, case_id: int) -> tuple[CaseClock, ...]: ...

    def untold(self, now: datetime, limit: int) -> tuple[CaseClock, ...]:
        """Running clocks past ``at_risk_at`` or ``due_at`` whose event is not written yet,
        earliest at risk first."""


class Events(Protocol):
    """The append-only history. Nothing here changes or removes a line."""

    def add(self, event: Event) -> None: ...

    def of_case(self, case_id: int) -> tuple[Event, ...]: ...

    def count(self, kind: EventKind, since: datetime) -> int:
        """How many events of a kind there are from ``since`` on."""


class Marks(Protocol):
    """Small facts about the desk itself: heartbeats and what is done once."""

    def beat(self, name: str, at: datetime, detail: str = "") -> None:
        """Remember the last time something happened; ``detail`` holds codes only."""

    def last(self, name: str) -> tuple[datetime, str] | None: ...

    def once(self, kind: str, day: date, at: datetime) -> bool:
        """True for the first caller of this kind and day, ever; False afterwards."""


class Transaction(Protocol):
    """One unit of work; commits when its ``with`` block ends well, else rolls back."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def links(self) -> Links: ...
    @property
    def likenesses(self) -> Likenesses: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def clocks(self) -> Clocks: ...
    @property
    def events(self) -> Events: ...
    @property
    def marks(self) -> Marks: ...


class Store(Protocol):
    """Where everything is kept."""

    def begin(self) -> AbstractContextManager[Transaction]:
        """A writing transaction: takes the write lock at once, so that what it read stays true."""
