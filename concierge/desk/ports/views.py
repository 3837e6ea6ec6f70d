"""Read-only views: what screens and reports show, without the machinery of writing.

Failure contract: :class:`~concierge.errors.StoreUnavailable` when the store is missing, locked
past its timeout or of another schema version; :class:`~concierge.errors.UsageError` when a named
row does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from concierge.domain.case import Case, CaseState
from concierge.domain.draft import Draft, OutboxMail
from concierge.domain.event import Event
from concierge.domain.ledger import FolderMemory, Labels, LedgerEntry, LedgerState, Reading
from concierge.domain.sla import CaseClock


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case as the queue and the lists show it."""

    case: Case
    #: The running clock with the nearest deadline; None when none runs.
    clock: CaseClock | None
    #: The proposed draft; 0 when there is none.
    draft_id: int
    messages: int


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A case with what was concluded of its newest message."""

    row: QueueRow
    #: In the shape `concierge triage --json` prints.
    triage: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about one case."""

    case: Case
    readings: tuple[Reading, ...]
    drafts: tuple[Draft, ...]
    outbox: tuple[OutboxMail, ...]
    clocks: tuple[CaseClock, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ArrivalCount:
    """How many mails of one sort arrived."""

    labels: Labels
    state: LedgerState
    count: int


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """All ledger rows ever, by what became of them."""

    by_state: tuple[tuple[LedgerState, int], ...]
    folders: tuple[FolderMemory, ...]


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """One parked (muted or quarantined) mail as staff see it in a list."""

    entry_id: int
    state: LedgerState
    labels: Labels
    reading: Reading | None
    received_at: datetime
    case_id: int
    #: Type and place of the last failure; empty when there was none.
    cause: str


@dataclass(frozen=True, slots=True)
class MailView:
    """One received mail as it came and as it was read."""

    entry: LedgerEntry
    labels: Labels
    reading: Reading | None
    raw: bytes
    #: Type and place of the last failure; empty when there was none.
    cause: str


class Views(Protocol):
    """Questions screens ask."""

    def queue(self, states: Sequence[CaseState]) -> list[QueueRow]:
        """The cases in these states, in no particular order; see ``desk.queue.in_order``."""

    def below_high(self, states: Sequence[CaseState]) -> list[ToldRow]:
        """The cases in these states that are not urgent, in no particular order; those of which
        nothing was read are left out. Parked mail in a case is not its newest message."""

    def case(self, case_id: int) -> CaseView: ...

    def draft(self, draft_id: int) -> Draft: ...

    def outbox(self, states: Sequence[str]) -> list[OutboxMail]:
        """Outbox mail in these states, oldest first, with empty ``mail`` bytes."""

    def parked(self, limit: int, state: LedgerState | None = None) -> list[ParkedRow]:
        """Muted and quarantined mail, or only one of the two, newest first."""

    def mail(self, entry_id: int) -> MailView:
        """One received mail: its row, its raw bytes and what was read of it."""

    def arrivals(self, start: datetime, end: datetime) -> list[ArrivalCount]:
        """What was fetched in [start, end), counted by labels and state."""

    def clocks(self, start: datetime, end: datetime) -> list[CaseClock]:
        """Every clock met in [start, end), and every clock not met yet that started before
        ``end``."""

    def events(self, kinds: Sequence[str], start: datetime, end: datetime) -> list[Event]:
        """Events of these kinds in [start, end), without their private words."""

    def ledger_totals(self) -> LedgerTotals: ...

    def oldest_stored(self) -> datetime | None:
        """When the oldest row that nobody has processed yet was fetched."""

    def last_beat(self, name: str) -> tuple[datetime, str] | None: ...

    def close(self) -> None: ...
