"""Rescue: a message leaves quarantine, read well at last, or taken by staff as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import clockwork
from concierge.desk.history import tell
from concierge.desk.origin import origin_of
from concierge.desk.permission import taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.readings import labels_of, reading_of
from concierge.desk.redrafting import Proposing, Redrafted
from concierge.desk.rereading import Fresh, Reread, Rereader
from concierge.domain.case import TRANSITIONS, Case, Trigger
from concierge.domain.event import EventKind
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.domain.message import Address
from concierge.domain.sla import Promises
from concierge.errors import Refused


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where a message stands that left quarantine, and what became of the case's draft."""

    case_id: int
    drafted: Redrafted


class Rescue:
    """Ends the quarantine of a message. Its case and its clocks were there all the time."""

    def __init__(self, store: Store, clock: Clock, rereader: Rereader, promises: Promises) -> None:
        self._store = store
        self._clock = clock
        self._rereader = rereader
        self._promises = promises

    def retry(self, entry_id: int, staff: str) -> Rescued:
        """Read a quarantined message again with today's program and conclude upon it.

        The case keeps its number, its clocks and the highest urgency either reading found: what
        the scan of the raw text saw may be lost on a reader that was mended in haste.

        Raises:
            Refused: it is not in quarantine, or reading it failed again; then it stays there.
            TakenByAnother: somebody else holds its case.
        """
        fresh = self._read(entry_id)
        now = self._clock.now()
        with self._store.begin() as tx:
            entry = _quarantined(tx, entry_id)
            case = taken_up(tx, entry.case_id, staff, now)
            concluded = self._conclude(tx, case, entry, fresh, now)
            _tell_end(tx, case, entry, "read", now, staff)
            drafted = self._draft(tx, concluded, fresh, staff, now)
        return Rescued(case.id, drafted)

    def release(self, entry_id: int, staff: str) -> int:
        """Take a message as it is: nobody waits for it to be read any more. Its case's number.

        Raises:
            Refused: it is not in quarantine.
            TakenByAnother: somebody else holds its case.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            entry = _quarantined(tx, entry_id)
            case = taken_up(tx, entry.case_id, staff, now)
            tx.ledger.move(entry, LedgerState.CASE, tx.ledger.labels(entry.id), case_id=case.id)
            _tell_end(tx, case, entry, "as_it_is", now, staff)
        return case.id

    def _read(self, entry_id: int) -> Fresh:
        with self._store.begin() as tx:
            entry = _quarantined(tx, entry_id)
        fresh = self._rereader.ahead(self._store, entries=[entry_id])
        with self._store.begin() as tx:
            cause = fresh.failed(tx, entry)
            if not cause:
                return fresh
            tx.ledger.attempt_failed(entry_id, cause)
        raise Refused(
            f"Reading mail {entry_id} failed again ({cause}). It stays in quarantine, and its "
            f"case before staff. Its raw text: concierge quarantine show {entry_id}"
        )

    def _conclude(
        self, tx: Transaction, case: Case, entry: LedgerEntry, fresh: Fresh, now: datetime
    ) -> Case:
        read = fresh.of(tx, entry)
        found = read.found
        urgency = min(case.urgency, found.urgency.value, key=lambda level: level.rank)
        concluded = replace(
            case,
            version=case.version + 1,
            urgency=urgency,
            # What the raw text said decides the route only where it is the more urgent.
            route=found.route.value if urgency is found.urgency.value else case.route,
            language=found.language.value or case.language,
            country=found.country.value or case.country,
            requester=_requester(case, read, fresh),
            subject=case.subject or read.message.subject,
            attention=" ".join(defect.detail for defect in read.message.defects[:3]),
        )
        tx.cases.save(concluded, was=case)
        tx.ledger.move(entry, LedgerState.CASE, labels_of(found), case_id=case.id)
        tx.ledger.keep_reading(
            reading_of(entry, read.message, found, origin_of(read.message, fresh.book))
        )
        if urgency is not case.urgency:
            clockwork.urgency_raised(tx, concluded, urgency, now, self._promises)
        return concluded

    def _draft(
        self, tx: Transaction, case: Case, fresh: Fresh, staff: str, now: datetime
    ) -> Redrafted:
        if (case.state, Trigger.REPLY_APPROVED) not in TRANSITIONS:
            return Redrafted(because=f"the case is {case.state}")
        return Proposing(tx, fresh, self._rereader.key, staff, now).anew(case)


def _quarantined(tx: Transaction, entry_id: int) -> LedgerEntry:
    entry = tx.ledger.entry(entry_id)
    if entry.state is not LedgerState.QUARANTINED:
        raise Refused(f"Mail {entry_id} is not in quarantine; it is {entry.state}.")
    return entry


def _requester(case: Case, read: Reread, fresh: Fresh) -> Address:
    """Who wrote, where the raw text did not tell; staff's own choice is left alone."""
    writer = read.message.answer_to
    if case.requester.address or writer is None:
        return case.requester
    return case.requester if writer.is_one_of(fresh.book.own_addresses) else writer


def _tell_end(
    tx: Transaction, case: Case, entry: LedgerEntry, how: str, now: datetime, staff: str
) -> None:
    facts = {"message": entry.id, "how": how}
    tell(tx, case.id, EventKind.QUARANTINE_ENDED, now, staff, facts)
