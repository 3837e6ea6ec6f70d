"""Admission: a stored mail is read, concluded upon, and put into a case, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from concierge.desk import between, caseload, threading
from concierge.desk.flood import Limits
from concierge.desk.in_thread import in_thread
from concierge.desk.origin import Origin, origin_of
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.quarantine import Reader, cause_of, last_reading
from concierge.desk.readings import labels_of, not_to_us, reading_of
from concierge.desk.triage import Rulebook, bare_triage, machine_made, triage
from concierge.domain.case import Case
from concierge.domain.findings import URGENT, Kind
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.domain.message import ParsedMessage
from concierge.domain.sla import Promises
from concierge.domain.triage import Triage
from concierge.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class AdmissionSettings:
    """What the charity decided about admitting mail."""

    promises: Promises
    #: The key our references are signed with.
    key: bytes
    #: A resolved case is reopened by a reply within this time; later a new case is made.
    reopen: timedelta = timedelta(days=30)
    #: After this many failures a message becomes a bare case made from its raw text.
    max_attempts: int = 3
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of one batch: counts, and the causes of failures (type and place only)."""

    cases: int = 0
    muted: int = 0
    quarantined: int = 0
    failures: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many rows were dealt with."""
        return self.cases + self.muted + self.quarantined + len(self.failures)


class Admission:
    """Puts stored mail before staff."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        reader: Reader,
        rulebook: Callable[[], Rulebook],
        settings: AdmissionSettings,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._rulebook = rulebook
        self._settings = settings

    def admit_waiting(self, limit: int) -> Admitted:
        """Deal with up to ``limit`` stored rows, the least tried first, then the oldest.

        A message whose reading fails never stops the others: the failure is counted, and after
        ``max_attempts`` the message becomes a case all the same (quarantine).

        Raises:
            StoreUnavailable: the store, not a message, is in trouble; nothing is half done.
        """
        with self._store.begin() as tx:
            waiting = [(entry, tx.ledger.raw(entry.id)) for entry in tx.ledger.unprocessed(limit)]
        done = Admitted()
        for entry, raw in waiting:
            done = self._count(done, *self._admit_one(entry, raw))
        return done

    def _admit_one(self, entry: LedgerEntry, raw: bytes) -> tuple[LedgerState, str]:
        try:
            return self._admit(entry, raw), ""
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the one boundary a poison message meets
            return self._failed(entry, raw, cause_of(error))

    def _failed(self, entry: LedgerEntry, raw: bytes, cause: str) -> tuple[LedgerState, str]:
        with self._store.begin() as tx:
            if tx.ledger.entry(entry.id).state is not LedgerState.STORED:
                # Another worker placed this row between our look and our write.
                return LedgerState.DUPLICATE, ""
            attempts = tx.ledger.attempt_failed(entry.id, cause)
        if attempts < self._settings.max_attempts:
            return LedgerState.STORED, cause
        try:
            self._quarantine(entry, raw)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one mail must not keep the others waiting
            return LedgerState.STORED, cause_of(error)
        return LedgerState.QUARANTINED, cause

    def _admit(self, entry: LedgerEntry, raw: bytes) -> LedgerState:
        book = self._rulebook()
        message = not_to_us(self._reader(raw, entry.complete, entry.size), book)
        found, origin = triage(message, book), origin_of(message, book)
        return self._place(entry, message, found, origin, book)

    def _quarantine(self, entry: LedgerEntry, raw: bytes) -> None:
        """A bare case from the raw text: urgency scanned, a clock running, nobody lost.

        It joins no case and gets no draft, since threading or drafting may be what failed.
        """
        book = self._rulebook()
        message = not_to_us(last_reading(self._reader, entry, raw), book)
        found = bare_triage(message, book)
        settings = self._settings
        with self._store.begin() as tx:
            desk = caseload.Caseload(tx, book, settings.promises, settings.key, self._clock.now())
            case = desk.open_bare(entry, message, found)
            state = LedgerState.QUARANTINED
            self._write_down(tx, entry, message, found, state, case, None)

    def _place(
        self,
        entry: LedgerEntry,
        message: ParsedMessage,
        found: Triage,
        origin: Origin,
        book: Rulebook,
    ) -> LedgerState:
        settings = self._settings
        state = LedgerState.CASE
        with self._store.begin() as tx:
            now = self._clock.now()
            where = threading.place(
                tx,
                message,
                settings.key,
                now=now,
                reopen=settings.reopen,
                ours=threading.Ours(book.own_addresses, book.authserv_ids),
                by_subject=by_subject(found),
            )
            answered = [where.case.id] if where.case else [*where.linked, *where.possible]
            found = between.heard(tx, answered, found, book)
            desk = caseload.Caseload(
                tx, book, settings.promises, settings.key, now, settings.limits
            )
            if machine_made(found) and not self._urgent_all_the_same(message, found):
                case = desk.park(message, found, where.case)
                state = LedgerState.MUTED
            elif where.case:
                found = in_thread(found, message, book, caseload.hints_for(where.case, message))
                case = desk.join(where.case, entry, message, found)
            else:
                case = desk.open(entry, message, found, where, origin)
            kept = origin.joined() if where.case else origin
            self._write_down(tx, entry, message, found, state, case, kept)
        return state

    def _urgent_all_the_same(self, message: ParsedMessage, found: Triage) -> bool:
        """A machine-made mail with urgent words still goes before staff.

        Not a bounce: mail servers write "failed attempt" and "not responding", and a storm of
        bounces must not bury the queue (of 912 real mails no person's was taken for one). Not
        our own reply coming back either: our crisis templates hold urgent words. Both are
        parked with their urgency shown. An out-of-office answer that cites one may make a
        needless case; a person's answer taken for one must not be parked.
        """
        if found.urgency.value not in URGENT or found.kind.value is Kind.BOUNCE:
            return False
        ours = found.kind.value is Kind.OWN
        return not (ours and threading.carries_our_reference(message, self._settings.key))

    def _write_down(
        self,
        tx: Transaction,
        entry: LedgerEntry,
        message: ParsedMessage,
        found: Triage,
        state: LedgerState,
        case: Case | None,
        origin: Origin | None,
    ) -> None:
        labels = labels_of(found)
        tx.ledger.place(entry.id, state, labels, case_id=case.id if case else 0)
        tx.ledger.keep_reading(reading_of(entry, message, found, origin))

    @staticmethod
    def _count(done: Admitted, state: LedgerState, cause: str) -> Admitted:
        failures = (*done.failures, cause) if cause else done.failures
        match state:
            case LedgerState.CASE:
                return replace(done, cases=done.cases + 1)
            case LedgerState.MUTED:
                return replace(done, muted=done.muted + 1)
            case LedgerState.QUARANTINED:
                return replace(done, quarantined=done.quarantined + 1, failures=failures)
            case _:
                return replace(done, failures=failures)


def by_subject(found: Triage) -> bool:
    """Whether a new subject makes a new case of this message.

    Not when somebody may be in danger: their history belongs at hand. Nor for a machine's answer,
    which has a subject of its own making.
    """
    return found.urgency.value not in URGENT and not machine_made(found)
