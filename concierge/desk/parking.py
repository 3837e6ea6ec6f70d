"""Parking: staff put a muted message before themselves, and back when that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import caseload, clockwork, flood, remembering, threading
from concierge.desk.admission import AdmissionSettings, by_subject
from concierge.desk.history import tell
from concierge.desk.in_thread import in_thread, relearned
from concierge.desk.permission import taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.redrafting import Proposing, Redrafted
from concierge.desk.remembering import RELEASED_BY
from concierge.desk.rereading import Reread, Rereader, standing
from concierge.desk.since import arrived, replied, since_then
from concierge.domain.case import Case, CaseState, Trigger
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Evidence, Kind
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.errors import Refused

#: In an event's data: the message went back into parking.
_PARKED_AGAIN = "parked"


@dataclass(frozen=True, slots=True)
class Released:
    """Where a message that was parked stands now."""

    case: Case
    #: What the desk takes the message for; it is shown as that, and answered all the same.
    kind: str
    #: The draft that stands now; 0 when there is none.
    draft_id: int


class Parking:
    """Release and return, each in one transaction."""

    def __init__(
        self, store: Store, clock: Clock, rereader: Rereader, settings: AdmissionSettings
    ) -> None:
        self._store = store
        self._clock = clock
        self._rereader = rereader
        self._settings = settings

    def release(self, entry_id: int, staff: str) -> Released:
        """Put a muted message before staff as if a person had written it.

        It goes into the case it belongs to or into a new one, with a draft, and with a clock that
        counts from when it came. Its kind stays as it was found.

        Raises:
            TakenByAnother: somebody else holds the case it belongs to.
            Refused: it is not parked.
        """
        with self._store.begin() as tx:
            _muted(tx.ledger.entry(entry_id))
        fresh = self._rereader.ahead(self._store, entries=(entry_id,))
        settings, now = self._settings, self._clock.now()
        with self._store.begin() as tx:
            entry = _muted(tx.ledger.entry(entry_id))
            read = _as_a_persons(fresh.of(tx, entry), staff)
            where = threading.place(
                tx,
                read.message,
                settings.key,
                now=now,
                reopen=settings.reopen,
                ours=threading.Ours(fresh.book.own_addresses, fresh.book.authserv_ids),
                by_subject=by_subject(read.found),
            )
            desk = caseload.Caseload(
                tx, fresh.book, settings.promises, settings.key, now, flood.NONE
            )
            if where.case:
                stands = threading.standing_case(tx, where.case) or where.case
                joined = taken_up(tx, stands.id, staff, now)
                before = remembering.remember(joined, tx.clocks.of_case(joined.id))
                hints = caseload.hints_for(joined, read.message)
                found = in_thread(read.found, read.message, fresh.book, hints)
                case = desk.join(joined, entry, read.message, found)
            else:
                before = ""
                case = desk.open(entry, read.message, read.found, where)
            labels = tx.ledger.labels(entry.id)
            tx.ledger.move(entry, LedgerState.CASE, labels, case_id=case.id)
            _mark(tx, entry.id, staff)
            facts = {"message": entry.id, "kind": labels.kind, "was_in": entry.case_id or ""}
            facts |= {remembering.UNDO: before}
            tell(tx, case.id, EventKind.UNPARKED, now, staff, facts)
            draft = tx.drafts.open_of(case.id)
            return Released(tx.cases.get(case.id), labels.kind, draft.id if draft else 0)

    def return_(self, entry_id: int, staff: str) -> tuple[Case, Redrafted]:
        """Park a message again that staff had taken out; the case it leaves, and its draft.

        A case that was opened for it is resolved; one that it had joined stands as before.

        Raises:
            TakenByAnother: somebody else holds its case.
            Refused: it was not taken out of parking, or the case has been answered since.
        """
        with self._store.begin() as tx:
            case_id = _release_of(tx, tx.ledger.entry(entry_id)).case_id
        fresh = self._rereader.ahead(self._store, case_id)
        now = self._clock.now()
        with self._store.begin() as tx:
            entry = tx.ledger.entry(entry_id)
            released = _release_of(tx, entry)
            case = taken_up(tx, released.case_id, staff, now)
            _nothing_answered(tx, case, released)
            was_in = int(released.get("was_in") or 0)
            labels = tx.ledger.labels(entry.id)
            tx.ledger.move(entry, LedgerState.MUTED, labels, case_id=was_in)
            _mark(tx, entry.id, "")
            left = self._left(tx, case, released, now, staff)
            facts = {"message": entry.id, "now": _PARKED_AGAIN}
            tell(tx, case.id, EventKind.UNPARKED, now, staff, facts)
            proposing = Proposing(tx, fresh, self._rereader.key, staff, now)
            return tx.cases.get(case.id), proposing.as_it_stands(left)

    def _left(
        self, tx: Transaction, case: Case, released: Event, now: datetime, staff: str
    ) -> Case:
        """The case without the message."""
        record = released.get(remembering.UNDO)
        if record:
            return self._as_before(tx, case, released, remembering.recall(record), now)
        if not standing(tx, case.id):
            return _emptied(tx, case, now, staff)
        left = replace(case, version=case.version + 1)
        tx.cases.save(left, was=case)
        return left

    def _as_before(
        self,
        tx: Transaction,
        case: Case,
        released: Event,
        was: remembering.Remembered,
        now: datetime,
    ) -> Case:
        since = since_then(tx, released)
        came = arrived(tx, case.id, since)
        left = relearned(tx, remembering.without(tx, case, was, since, came), came)
        tx.cases.save(left, was=case)
        remembering.clocks_back(tx, left, was)
        first = min((each.received_at for each in came), default=now)
        _end_others(tx, left, was, now)
        remembering.owed(tx, left, first, self._settings.promises, now)
        return left


def _muted(entry: LedgerEntry) -> LedgerEntry:
    match entry.state:
        case LedgerState.MUTED:
            return entry
        case LedgerState.CASE | LedgerState.QUARANTINED:
            raise Refused(
                f"Message {entry.id} stands before staff already: concierge case show "
                f"{entry.case_id}"
            )
        case LedgerState.DUPLICATE:
            raise Refused(
                f"Message {entry.id} is the same mail as message {entry.duplicate_of}. Look there."
            )
        case _:
            raise Refused(f"Message {entry.id} has not been read yet. Wait for the worker.")


def _as_a_persons(read: Reread, staff: str) -> Reread:
    """The message to be treated as a person's, because a person has said so."""
    kind = read.found.kind
    said = Evidence("kind.released", staff, "desk", 1.0, "taken out of parking by")
    human = replace(kind, value=Kind.HUMAN, evidence=(*kind.evidence, said))
    return replace(read, found=replace(read.found, kind=human))


def _mark(tx: Transaction, entry_id: int, staff: str) -> None:
    """Keep with the reading who took it out of parking; with nobody, that it is in there."""
    reading = tx.ledger.reading(entry_id)
    if reading is None:
        return
    shown = {key: value for key, value in reading.triage.items() if key != RELEASED_BY}
    tx.ledger.keep_reading(replace(reading, triage=shown | ({RELEASED_BY: staff} if staff else {})))


def _release_of(tx: Transaction, entry: LedgerEntry) -> Event:
    """How the message came out of parking into the case it stands in; raises Refused."""
    history = tx.events.of_case(entry.case_id) if entry.state is LedgerState.CASE else ()
    for event in reversed(history):
        ours = event.kind is EventKind.UNPARKED and event.get("message") == str(entry.id)
        if ours and event.get("now") != _PARKED_AGAIN:
            return event
    raise Refused(
        f"Message {entry.id} was not taken out of parking into the case where it stands; there is "
        "nothing to undo. See: concierge parked list"
    )


def _nothing_answered(tx: Transaction, case: Case, released: Event) -> None:
    mail_id = replied(tx, since_then(tx, released))
    if mail_id:
        raise Refused(
            f"A reply was approved in case {case.id} since (mail {mail_id}), so the message stays "
            f"there. Resolve the case instead: concierge case resolve {case.id}"
        )


def _emptied(tx: Transaction, case: Case, now: datetime, staff: str) -> Case:
    """A case that was opened for the message alone is resolved."""
    done = case if case.state is CaseState.RESOLVED else case.after(Trigger.RESOLVE)
    closed = replace(
        done, version=case.version + 1, resolved_at=case.resolved_at or now, claim=None,
        attention="",
    )  # fmt: skip
    tx.cases.save(closed, was=case)
    if case.state is not CaseState.RESOLVED:
        clockwork.resolved(tx, closed, now)
        tell(tx, case.id, EventKind.RESOLVED, now, staff, {"because": "parked again"})
    return closed


def _end_others(tx: Transaction, case: Case, was: remembering.Remembered, now: datetime) -> None:
    """A case whose turn it no longer is owes no response it did not owe before."""
    kept = {clock.id for clock in was.clocks}
    for clock in tx.clocks.of_case(case.id):
        response = clock.kind in remembering.RESPONSES and clock.met_at is None
        if case.state is CaseState.WAITING and response and clock.id not in kept:
            tx.clocks.save(replace(clock, met_at=now))
