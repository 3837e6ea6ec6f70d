"""Rescue: a message leaves quarantine, read well at last, or taken by staff as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import clockwork
from concierge.desk.history import tell
from concierge.desk.in_thread import in_thread, thread_of
from concierge.desk.origin import Origin, forwarded_note, origin_of, requester_of
from concierge.desk.permission import nothing_under_way, taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.readings import labels_of, reading_of
from concierge.desk.redrafting import Proposing, Redrafted
from concierge.desk.rereading import Fresh, Reread, Rereader, standing
from concierge.desk.said import learned
from concierge.domain.case import NEEDS_A_PERSON, TRANSITIONS, Case, Trigger
from concierge.domain.event import DESK, EventKind
from concierge.domain.findings import URGENT, Urgency
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
        the scan of the raw text saw may be lost on a reader that was mended in haste. One that
        turns out to be urgent is put before staff again, whatever they had decided about it.

        Raises:
            Refused: it is not in quarantine, reading it failed again, or a reply is under way
                that knows nothing of its words; then it stays there.
            TakenByAnother: somebody else holds its case.
        """
        fresh = self._read(entry_id)
        now = self._clock.now()
        with self._store.begin() as tx:
            entry = _quarantined(tx, entry_id)
            case = taken_up(tx, entry.case_id, staff, now)
            nothing_under_way(tx, case)
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
        found, origin = read.found, origin_of(read.message, fresh.book)
        urgency = min(case.urgency, found.urgency.value, key=lambda level: level.rank)
        alone = len(standing(tx, case.id)) == 1
        writer = read.message.answer_to
        theirs = alone or (writer is not None and writer.key == case.requester.key)
        if theirs:
            found = in_thread(found, read.message, fresh.book, thread_of(tx, case, entry))
        reopens = _unexpected(case, urgency)
        told = learned(case, found) if theirs else case
        concluded = replace(
            told.after(Trigger.REOPEN) if reopens else told,
            version=case.version + 1,
            urgency=urgency,
            # What the raw text said decides the route only where it is the more urgent.
            route=found.route.value if urgency is found.urgency.value else case.route,
            requester=_requester(tx, case, read, origin, fresh) if alone else case.requester,
            subject=case.subject or read.message.subject,
            attention=_attention(tx, case, entry, read, origin if alone else origin.joined()),
            resolved_at=None if reopens else case.resolved_at,
        )
        tx.cases.save(concluded, was=case)
        tx.ledger.move(entry, LedgerState.CASE, labels_of(found), case_id=case.id)
        tx.ledger.keep_reading(reading_of(entry, read.message, found, origin))
        if reopens:
            because = {"because": "urgent words were read in a message from quarantine"}
            tell(tx, case.id, EventKind.REOPENED, now, DESK, because)
            clockwork.message_arrived(tx, concluded, now, self._promises, now=now)
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


def _unexpected(case: Case, urgency: Urgency) -> bool:
    """Whether whoever answered or closed the case did not know how urgent it is."""
    raised = urgency in URGENT and urgency is not case.urgency
    return raised and case.state not in NEEDS_A_PERSON


def _requester(tx: Transaction, case: Case, read: Reread, origin: Origin, fresh: Fresh) -> Address:
    """Whose case it is, where the raw text did not tell; staff's own choice is left alone."""
    chosen = any(event.kind is EventKind.REQUESTER_SET for event in tx.events.of_case(case.id))
    colleague = case.requester.is_one_of(fresh.book.staff_addresses)
    if chosen or (case.requester.address and not colleague):
        return case.requester
    return requester_of(read.message, origin, fresh.book)


def _attention(
    tx: Transaction, case: Case, entry: LedgerEntry, read: Reread, origin: Origin
) -> str:
    """What staff should know, without what was said of the failed reading."""
    kept, before = case.attention, tx.ledger.reading(entry.id)
    for defect in before.triage.get("defects", []) if before else []:
        kept = kept.replace(str(defect["detail"]), "")
    notes = [defect.detail for defect in read.message.defects[:3]]
    told = (forwarded_note(case.id, origin), " ".join(kept.split()), *notes)
    return " ".join(filter(None, told))


def _tell_end(
    tx: Transaction, case: Case, entry: LedgerEntry, how: str, now: datetime, staff: str
) -> None:
    facts = {"message": entry.id, "how": how}
    tell(tx, case.id, EventKind.QUARANTINE_ENDED, now, staff, facts)
