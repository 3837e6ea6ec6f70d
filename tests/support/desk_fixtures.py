"""A whole desk in memory around the shipped rulebook, and letters to write to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from fakes.clock import FrozenClock
from fakes.courier import FakeCourier
from fakes.store import FakeStore

from concierge.bootstrap import shipped_rulebook_files
from concierge.desk.admission import Admission, AdmissionSettings, Admitted
from concierge.desk.approvals import Approvals
from concierge.desk.casework import Casework
from concierge.desk.dispatch import Dispatch, DispatchSettings
from concierge.desk.fingerprint import fingerprint, message_id
from concierge.desk.flood import USUAL, Limits
from concierge.desk.ports.composer import Composed, Letter
from concierge.desk.triage import Rulebook
from concierge.domain.case import Case
from concierge.domain.draft import Draft, OutboxMail
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import Incoming, LedgerEntry
from concierge.domain.reference import Reference, sign
from concierge.domain.sla import CaseClock, ClockKind, OfficeHours, Promise, Promises
from concierge.mail.mime import read
from concierge.store.rulebook import read_rulebook

KEY = b"0123456789abcdef0123456789abcdef"
OURS = "help@desk.example.org"
AMINA = "amina@example.org"
DEE = "dee@example.net"
#: A Wednesday morning, an hour into office hours.
NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
PRAGUE = ZoneInfo("Europe/Prague")
NINE_TO_FIVE = OfficeHours(PRAGUE, (((time(9), time(17)),),) * 5 + ((), ()))
HOUR = timedelta(hours=1)
PROMISES = Promises(
    NINE_TO_FIVE,
    {
        Urgency.EMERGENCY: Promise(HOUR, HOUR, 24 * HOUR),
        Urgency.HIGH: Promise(4 * HOUR, 4 * HOUR, 72 * HOUR),
        Urgency.CONCERN: Promise(8 * HOUR, 8 * HOUR, 40 * HOUR),
        Urgency.ROUTINE: Promise(16 * HOUR, 16 * HOUR, 80 * HOUR),
    },
)
ROUTINE = "Dear team, where can I find the guide for touring musicians? Many thanks."
URGENT = "I want to kill myself tonight. I have the pills here."


@lru_cache
def rulebook() -> Rulebook:
    """The rulebook as shipped, read once a test run."""
    return read_rulebook(replace(shipped_rulebook_files(), own_addresses=frozenset({OURS})))


def letter(
    text: str = ROUTINE,
    *,
    sender: str = AMINA,
    subject: str = "A question",
    mid: str = "",
    headers: tuple[str, ...] = (),
) -> bytes:
    """A plain mail as it comes over the wire. Without ``mid`` it carries no Message-ID."""
    lines = [f"From: {sender}", f"To: {OURS}", f"Subject: {subject}", *headers]
    if mid:
        lines.append(f"Message-ID: {mid}")
    return ("\r\n".join([*lines, "", text]) + "\r\n").encode()


def bounce(mail: OutboxMail, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery report that returns one of our mails."""
    return (
        "From: MAILER-DAEMON@mx.example.org\r\n"
        f"To: {OURS}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Return-Path: <>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {mail.recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {mail.message_id}\r\n"
        f"From: {OURS}\r\nTo: {mail.recipient}\r\nSubject: Re: A question\r\n\r\nDear Amina\r\n"
        "--b--\r\n"
    ).encode()


class PlainComposer:
    """Bytes that say everything a letter says."""

    def compose(self, letter: Letter) -> Composed:
        text = (
            f"To: {letter.to.address}\r\nMessage-ID: {letter.message_id}\r\n"
            f"X-Concierge-Ref: {letter.reference}\r\nSubject: {letter.subject}\r\n\r\n{letter.text}"
        )
        return Composed(text.encode(), OURS)


class Desk:
    """Every service of the desk around one store in memory and one clock."""

    def __init__(
        self, *, reader=None, book=rulebook, max_attempts: int = 3, limits: Limits = USUAL
    ) -> None:
        self.store = FakeStore()
        self.clock = FrozenClock(NOW)
        self.courier = FakeCourier()
        self.reader = reader or (lambda raw, complete, size: read(raw))
        self.book = book
        self.admission = Admission(
            self.store,
            self.clock,
            self._read,
            self._book,
            AdmissionSettings(PROMISES, KEY, max_attempts=max_attempts, limits=limits),
        )
        nonces = count(1)
        self.approvals = Approvals(
            self.store,
            self.clock,
            PlainComposer(),
            key=KEY,
            domain="desk.example.org",
            own_addresses=frozenset({OURS}),
            nonce=lambda: f"n{next(nonces)}",
        )
        self.casework = Casework(self.store, self.clock, PROMISES, claim_for=timedelta(minutes=30))
        settings = DispatchSettings(PROMISES, copy_to_sent=True)
        self.dispatch = Dispatch(self.store, self.clock, self.courier, settings, worker="w1")
        self._uid = count(1)

    # A test may change reader and book later, so the desk asks for them each time.

    def _read(self, raw: bytes, complete: bool, size: int):
        return self.reader(raw, complete, size)

    def _book(self) -> Rulebook:
        return self.book()

    # Arrivals.

    def keep(self, raw: bytes, *, received_at: datetime | None = None) -> LedgerEntry:
        """The mail stored and not yet looked at."""
        now = self.clock.now()
        uid = next(self._uid)
        mail = Incoming(
            mailbox="INBOX",
            uidvalidity=7,
            uid=uid,
            raw=raw,
            fingerprint=fingerprint(raw),
            message_id=message_id(raw),
            received_at=received_at or now,
            fetched_at=now,
            size=len(raw),
            complete=True,
        )
        with self.store.begin() as tx:
            tx.ledger.record([mail])
        return next(e for e in self.store.data.entries.values() if e.uid == uid)

    def arrive(self, raw: bytes, *, received_at: datetime | None = None) -> Case | None:
        """The mail stored and admitted; its case, None when it stands in none."""
        entry = self.keep(raw, received_at=received_at)
        self.admit()
        placed = self.store.data.entries[entry.id]
        return self.case(placed.case_id) if placed.case_id else None

    def admit(self, limit: int = 50) -> Admitted:
        return self.admission.admit_waiting(limit)

    # Short ways to do what staff and the worker do.

    def approve(self, case_id: int, staff: str = "Bo") -> OutboxMail:
        draft = self.draft(case_id)
        return self.approvals.approve(draft.id, draft.revision, staff)

    def send(self, limit: int = 50):
        return self.dispatch.send_due(limit)

    def answer(self, case_id: int) -> OutboxMail:
        """Approve the case's draft and send it."""
        mail = self.approve(case_id)
        self.send()
        return self.mail(mail.id)

    # What was written.

    def case(self, case_id: int) -> Case:
        return self.store.data.cases[case_id]

    def draft(self, case_id: int) -> Draft | None:
        with self.store.begin() as tx:
            return tx.drafts.open_of(case_id)

    def mail(self, mail_id: int) -> OutboxMail:
        return self.store.data.outbox[mail_id]

    def clocks(self, case_id: int, kind: ClockKind | None = None) -> list[CaseClock]:
        rows = (c for c in self.store.data.clocks.values() if c.case_id == case_id)
        return [c for c in rows if kind in {None, c.kind}]

    def events(self, case_id: int, kind: EventKind | None = None) -> list[Event]:
        rows = (e for e in self.store.data.events if e.case_id == case_id)
        return [e for e in rows if kind in {None, e.kind}]

    def entry(self, entry_id: int) -> LedgerEntry:
        return self.store.data.entries[entry_id]


def token(case_id: int, draft_id: int = 0) -> str:
    """Our signed reference to a case."""
    return sign(KEY, Reference(case_id, draft_id))
