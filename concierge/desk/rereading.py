"""Rereading: stored messages are read anew with the reader and the rules of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from concierge.desk.ports.store import Store, Transaction
from concierge.desk.quarantine import Reader, cause_of
from concierge.desk.readings import not_to_us
from concierge.desk.remembering import RELEASED_BY
from concierge.desk.triage import Rulebook, triage
from concierge.domain.findings import KINDS_ANSWERED
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage
from concierge.errors import Refused

#: Rows that stand before staff; a muted row may lie in a case and yet be none of its messages.
BEFORE_STAFF = frozenset({LedgerState.CASE, LedgerState.QUARANTINED})


@dataclass(frozen=True, slots=True)
class Reread:
    """One stored message as it is read with the rules of today."""

    message: ParsedMessage
    found: Triage


class Fresh:
    """Messages read anew for one piece of work, most of them before the write lock is taken.

    One that cannot be read must not keep staff from putting a case right: that is remembered, and
    told where its words are wanted.
    """

    def __init__(self, reader: Reader, book: Rulebook) -> None:
        self.book = book
        self._reader = reader
        self._known: dict[int, Reread] = {}
        self._failed: dict[int, str] = {}

    def of(self, tx: Transaction, entry: LedgerEntry) -> Reread:
        """The message of a row, read now unless it was read beforehand.

        Raises:
            Refused: reading it or concluding upon it failed.
        """
        cause = self.failed(tx, entry)
        if cause:
            raise Refused(f"Reading message {entry.id} failed ({cause}). Nothing was changed.")
        return self._known[entry.id]

    def failed(self, tx: Transaction, entry: LedgerEntry) -> str:
        """The type and place of what failed on a row; empty when it could be read."""
        if entry.id not in self._known | self._failed:
            self.learn(entry, tx.ledger.raw(entry.id))
        return self._failed.get(entry.id, "")

    def learn(self, entry: LedgerEntry, raw: bytes) -> None:
        """Read a message and conclude upon it."""
        try:
            message = not_to_us(self._reader(raw, entry.complete, entry.size), self.book)
            self._known[entry.id] = Reread(message, triage(message, self.book))
        except Exception as error:  # noqa: BLE001 - the boundary a poison message meets again
            self._failed[entry.id] = cause_of(error)


@dataclass(frozen=True, slots=True)
class Rereader:
    """What reads stored messages again: the reader and the rules Admission has."""

    reader: Reader
    rulebook: Callable[[], Rulebook]
    #: The key our references are signed with.
    key: bytes

    def ahead(self, store: Store, *case_ids: int, entries: Iterable[int] = ()) -> Fresh:
        """The newest message of each case, and these rows, read outside the write lock.

        A slow rule must not keep staff from approving. A message that arrives between this look
        and the writing is read under the lock.
        """
        fresh = Fresh(self.reader, self.rulebook())
        with store.begin() as tx:
            newest = (newest_answerable(tx, case_id) for case_id in case_ids)
            wanted = [entry for entry in newest if entry and entry.state is LedgerState.CASE]
            wanted += [tx.ledger.entry(entry_id) for entry_id in entries]
            raws = [(entry, tx.ledger.raw(entry.id)) for entry in wanted]
        for entry, raw in raws:
            fresh.learn(entry, raw)
        return fresh


def standing(tx: Transaction, case_id: int) -> tuple[LedgerEntry, ...]:
    """The rows of a case that stand before staff, in order of arrival."""
    return tuple(e for e in tx.ledger.entries(case_id) if e.state in BEFORE_STAFF)


def newest_answerable(
    tx: Transaction, case_id: int, among: frozenset[int] | None = None
) -> LedgerEntry | None:
    """The newest message of a case that a person wrote, as far as anybody can tell.

    What staff took out of parking counts as a person's. ``among`` limits the rows looked at.
    """
    for entry in reversed(standing(tx, case_id)):
        allowed = among is None or entry.id in among
        if allowed and (tx.ledger.labels(entry.id).kind in KINDS_ANSWERED or _released(tx, entry)):
            return entry
    return None


def newest_apart(tx: Transaction, case_id: int, apart: frozenset[int]) -> tuple[int, ...]:
    """The readable rows to be answered when these leave a case: one of them, one of the rest."""
    rest = frozenset(entry.id for entry in standing(tx, case_id)) - apart
    found = (newest_answerable(tx, case_id, among) for among in (apart, rest))
    return tuple(entry.id for entry in found if entry and entry.state is LedgerState.CASE)


def _released(tx: Transaction, entry: LedgerEntry) -> bool:
    reading = tx.ledger.reading(entry.id)
    return bool(reading and reading.triage.get(RELEASED_BY))
