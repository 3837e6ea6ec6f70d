"""What one admitted message does to the cases: open one, join one, or park it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from concierge.desk import bounces, clockwork, flood, loops, outcomes, threading
from concierge.desk.attention import attention_for
from concierge.desk.bearings import Hints
from concierge.desk.history import tell
from concierge.desk.origin import NOTHING_KNOWN, Origin, forwarded_note, origin_of, requester_of
from concierge.desk.ports.store import Transaction
from concierge.desk.proposals import Proposals, put_away, tell_of_words
from concierge.desk.said import as_staff_said, hints_of, learned
from concierge.desk.triage import Rulebook, rematched
from concierge.domain.case import Case, CaseState, Trigger
from concierge.domain.draft import OutboxState
from concierge.domain.event import DESK, EventKind
from concierge.domain.findings import KINDS_ANSWERED, Kind
from concierge.domain.ledger import LedgerEntry
from concierge.domain.message import Address, ParsedMessage
from concierge.domain.sla import Promises
from concierge.domain.triage import Triage

#: Characters of a subject a case keeps for lists; the reading holds it whole.
_SUBJECT_LIMIT = 300


class Caseload:
    """The writes of one admission, inside one transaction at one instant."""

    def __init__(
        self,
        tx: Transaction,
        book: Rulebook,
        promises: Promises,
        key: bytes,
        now: datetime,
        limits: flood.Limits = flood.USUAL,
    ) -> None:
        self._tx = tx
        self._book = book
        self._promises = promises
        self._key = key
        self._now = now
        self._limits = limits

    def open(
        self,
        entry: LedgerEntry,
        message: ParsedMessage,
        found: Triage,
        where: threading.Placement,
        origin: Origin | None = None,
    ) -> Case:
        """A new case with its clocks, its history and, where one is due, a draft."""
        told = origin or origin_of(message, self._book)
        case = self._open(entry, message, found, where, told)
        if not case.flood_of:
            self._draft(case, message, found)
        return case

    def open_bare(self, entry: LedgerEntry, message: ParsedMessage, found: Triage) -> Case:
        """A new case of a message that could not be read: clocks and history, no draft."""
        where = threading.Placement(because="reading the message failed")
        return self._open(entry, message, found, where, NOTHING_KNOWN)

    def _open(
        self,
        entry: LedgerEntry,
        message: ParsedMessage,
        found: Triage,
        where: threading.Placement,
        origin: Origin,
    ) -> Case:
        case = self._tx.cases.add(
            Case(
                id=0,
                version=1,
                state=CaseState.OPEN,
                urgency=found.urgency.value,
                route=found.route.value,
                language=found.language.value,
                country=found.country.value,
                home=found.home.value,
                requester=requester_of(message, origin, self._book),
                subject=message.subject[:_SUBJECT_LIMIT],
                opened_at=self._now,
                last_message_at=entry.received_at,
                attention=attention_for(entry, message, found, where),
            )
        )
        self._tell(case, EventKind.OPENED, {"message": entry.id, "because": where.because})
        self._relate(case, where)
        case = self._forwarded(case, entry, origin)
        self._tell_triage(case, found)
        clockwork.open_clocks(self._tx, case, entry.received_at, self._promises)
        return flood.collapse(self._tx, case, entry, message, found, self._limits, self._now)

    def _relate(self, case: Case, where: threading.Placement) -> None:
        """What staff may find this case follows, and what it is linked with on both sides."""
        for case_id in where.possible:
            facts = {"of_case": case_id, "because": where.because}
            self._tell(case, EventKind.POSSIBLE_FOLLOW_UP, facts)
        for case_id in where.linked:
            other = self._tx.cases.get(case_id)
            self._tx.links.add(case.id, other.id, self._now)
            self._tell(case, EventKind.LINKED, {"case": other.id, "because": where.because})
            self._tell(other, EventKind.LINKED, {"case": case.id, "because": where.because})

    def _forwarded(self, case: Case, entry: LedgerEntry, origin: Origin) -> Case:
        note = forwarded_note(case.id, origin)
        if not note:
            return case
        told = replace(case, attention=f"{note} {case.attention}".strip())
        self._tx.cases.save(told, was=case)
        self._tell(told, EventKind.FORWARD_FOUND, {"message": entry.id})
        return told

    def join(self, case: Case, entry: LedgerEntry, message: ParsedMessage, found: Triage) -> Case:
        """The requester wrote again: the old draft is superseded and a new one stands.

        An approved reply that has not left yet is held back, visibly: it was written without
        knowing this message. What a person wrote into the old draft stays readable in it, and the
        case says where.
        """
        found = rematched(_as_known(case, message, found), self._book, hints_for(case, message))
        held_back = self._hold_back(case)
        urgency = min(case.urgency, found.urgency.value, key=lambda u: u.rank)
        told = learned(case, found) if _is_theirs(case, message) else case
        moved = replace(
            told.after(Trigger.MESSAGE_ARRIVED),
            version=case.version + 1,
            urgency=urgency,
            route=found.route.value if urgency is not case.urgency else case.route,
            last_message_at=entry.received_at,
            resolved_at=None,
            attention=held_back or case.attention,
        )
        self._tx.cases.save(moved, was=case)
        self._tell(moved, EventKind.MESSAGE_JOINED, {"message": entry.id})
        if case.state is CaseState.RESOLVED:
            self._tell(moved, EventKind.REOPENED, {"because": "the requester wrote again"})
        self._tell_triage(moved, found)
        clockwork.message_arrived(self._tx, moved, entry.received_at, self._promises, now=self._now)
        if urgency is not case.urgency:
            self._tell(moved, EventKind.URGENCY_RAISED, {"was": case.urgency, "now": urgency})
            clockwork.urgency_raised(self._tx, moved, urgency, self._now, self._promises)
        words = put_away(self._tx, case.id, DESK, self._now)
        self._draft(moved, message, found)
        return tell_of_words(self._tx, case.id, words)

    def park(self, message: ParsedMessage, found: Triage, case: Case | None) -> Case | None:
        """A machine's mail: no draft, no reopening, no clock. A bounce finds what it returns."""
        if found.kind.value is Kind.BOUNCE:
            returned = bounces.take(self._tx, message, self._key, self._now, self._promises)
            if returned:
                return returned
        if case:
            self._tell(case, EventKind.MESSAGE_JOINED, {"kind": found.kind.value})
        return case

    def _hold_back(self, case: Case) -> str:
        held = ""
        for mail in self._tx.outbox.of_case(case.id):
            if mail.state is OutboxState.QUEUED:
                self._tx.outbox.save(
                    replace(mail, state=OutboxState.WITHDRAWN), was=OutboxState.QUEUED
                )
                self._tell(case, EventKind.SEND_SETTLED, {"mail": mail.id, "decision": "held_back"})
                held = outcomes.HELD_BACK
        return held

    def _draft(self, case: Case, message: ParsedMessage, found: Triage) -> None:
        recipient = self._answerable(case, message, found)
        if recipient is None or flood.withheld(self._tx, case, self._limits, self._now):
            return
        if _is_theirs(case, message):
            known = as_staff_said(found, case)
            found = replace(known, urgency=replace(found.urgency, value=case.urgency))
        add = Proposals(self._tx, self._book, self._key, DESK, self._now).add
        add(case, message, found, recipient, hints_for(case, message), _caution(case, message))

    def _answerable(self, case: Case, message: ParsedMessage, found: Triage) -> Address | None:
        recipient = message.answer_to
        if found.kind.value not in KINDS_ANSWERED or recipient is None or not case.requester.key:
            return None
        if not recipient.address or recipient.is_one_of(self._book.own_addresses):
            return None
        return None if loops.of_a_server(recipient) else recipient

    def _tell_triage(self, case: Case, found: Triage) -> None:
        self._tell(
            case,
            EventKind.TRIAGED,
            {
                "kind": found.kind.value,
                "language": found.language.value,
                "country": found.country.value,
                "home": found.home.value,
                "urgency": found.urgency.value,
                "route": found.route.value,
            },
        )

    def _tell(self, case: Case, kind: EventKind, facts: dict[str, object]) -> None:
        tell(self._tx, case.id, kind, self._now, DESK, facts)


def hints_for(case: Case, message: ParsedMessage) -> Hints:
    """What the case knows, for a message of its requester alone.

    Whoever else wrote in it gets a draft shaped by their own message: a draft tells by its
    language, its country and its urgency what the case is about.
    """
    return hints_of(case) if _is_theirs(case, message) else Hints()


def _as_known(case: Case, message: ParsedMessage, found: Triage) -> Triage:
    return as_staff_said(found, case) if _is_theirs(case, message) else found


def _is_theirs(case: Case, message: ParsedMessage) -> bool:
    return message.answer_to is not None and message.answer_to.key == case.requester.key


def _caution(case: Case, message: ParsedMessage) -> str:
    writer = message.answer_to
    if writer is None or _is_theirs(case, message):
        return ""
    return f"This reply goes to {writer.address}, who wrote; the case is another's."
