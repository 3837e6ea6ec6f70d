"""Threading: which case a message belongs to, and when nobody but staff may say so.

A reference we signed joins a case only together with a sender the case knows. Anything less
becomes a "possible follow-up" that staff link by hand: a stranger never enters a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from concierge.desk.ports.store import Transaction
from concierge.desk.rereading import standing
from concierge.domain.case import Case, CaseState
from concierge.domain.message import Address, ParsedMessage
from concierge.domain.reference import find_references
from concierge.errors import UsageError
from concierge.rules.authentication import Authentication, authentication_of
from concierge.rules.subjects import same_matter

#: Older cases of the same sender that staff are told of.
_TOLD_CASES = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a message goes: into ``case``, or into a new one when that is None.

    ``possible`` names cases it may follow up, for staff to decide; ``linked`` names cases the new
    one is linked with, since it goes on from them. ``because`` is the reason in plain words.
    """

    case: Case | None = None
    possible: tuple[int, ...] = ()
    because: str = ""
    linked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ours:
    """What is ours: addresses that are never sender or parent, servers whose word we take."""

    addresses: frozenset[str] = field(default_factory=frozenset)
    authserv_ids: frozenset[str] = field(default_factory=frozenset)


def place(
    tx: Transaction,
    message: ParsedMessage,
    key: bytes,
    *,
    now: datetime,
    reopen: timedelta,
    ours: Ours = Ours(),
    by_subject: bool = True,
) -> Placement:
    """Where the message belongs.

    The writer is whom we would answer: behind a web form stands the person in its Reply-To. Both
    the writer and the From must be known in a case that is joined: a letter whose answer would go
    elsewhere is not from whom it says, and who names somebody else in Reply-To is not they.

    1. Our own address joins nothing, and nothing of ours is a parent.
    2. Mail that our own server says is not from its sender joins nothing.
    3. Cases named by a reference or token that carries our signature.
    4. Cases of which this writer is the requester, holding a message that this one answers.
    5. Neither: a new case; open cases of the same writer are named as possible, and so is the
       case it answers when only its Reply-To is new.

    A merged case is followed to where its messages went. A truly new subject makes a new case,
    linked with the old one, unless ``by_subject`` is False: a changed subject is the writer's own
    doing, while references and quotes are their program's. Whoever is in danger stays in one
    case, with its history at hand, whatever they write above it; so that is asked for urgent mail.
    """
    return _Search(tx, message, key, now - reopen, ours, by_subject).result()


@dataclass(frozen=True, slots=True)
class _Search:
    """One message on its way to a case."""

    tx: Transaction
    message: ParsedMessage
    key: bytes
    #: A case that was resolved before then is not opened again.
    reopened_since: datetime
    ours: Ours
    by_subject: bool

    def result(self) -> Placement:
        """See :func:`place`."""
        writer = self.message.answer_to.key if self.message.answer_to else ""
        named = _named_cases(self.tx, self.message, self.key)
        theirs = _cases_of(self.tx, writer)
        if reason := self._kept_out():
            answered = [case for case in theirs if self._answers(case)]
            return self._possible((*named, *answered, *_unresolved(theirs)), reason)
        if known := [case for case in named if self._knows(case)]:
            return self._into(known, "our signed reference and a sender of the case")
        # Without our signature, having written into a case is not enough: whoever once wrote with
        # somebody else's Reply-To must not come into that person's case by citing their own mail.
        own = (case for case in theirs if case.requester.key == writer)
        if answered := [case for case in own if self._answers(case) and self._knows(case)]:
            return self._into(answered, "answers an earlier message of the same sender")
        # Asked only now: our reply may have left from the case that theirs was taken out of.
        if named:
            return self._possible(named, "our reference, but from a sender the case does not know")
        return self._new(theirs)

    def _new(self, theirs: Iterable[Case]) -> Placement:
        if unresolved := _unresolved(theirs):
            return self._possible(unresolved, "the same sender has an open case")
        if elsewhere := self._answered_from_elsewhere():
            reason = "answers a message of it, but names another address than before"
            return self._possible((elsewhere,), reason)
        return Placement(because="no reference to a case")

    def _kept_out(self) -> str:
        """Why this mail joins nothing, whatever it refers to; empty when it may."""
        if any(address.is_one_of(self.ours.addresses) for address in self._writers()):
            return "our own address is no sender of a case"
        told = authentication_of(self.message, self.ours.authserv_ids)
        return told.evidence[0].note if told.value is Authentication.FAIL else ""

    def _writers(self) -> tuple[Address, ...]:
        return tuple(a for a in (self.message.answer_to, self.message.sender) if a and a.key)

    def _possible(self, cases: Iterable[Case], because: str) -> Placement:
        numbers = dict.fromkeys(_standing(self.tx, case).id for case in cases)
        return Placement(possible=tuple(numbers), because=because)

    def _into(self, cases: list[Case], because: str) -> Placement:
        """The first of these cases that the subject goes on with, else a new one linked with it."""
        case = next((case for case in cases if self._same_matter(case)), None)
        if case is None:
            first = _standing(self.tx, cases[0]).id
            reason = f"a new subject in the thread of case {first}"
            return Placement(linked=(first,), because=reason)
        stands = standing_case(self.tx, case)
        if stands is None:
            return Placement(possible=(case.id,), because="the case was merged in a circle")
        if stands.resolved_at is not None and stands.resolved_at < self.reopened_since:
            return Placement(linked=(stands.id,), because="the case was resolved too long ago")
        return Placement(case=stands, because=because)

    def _same_matter(self, case: Case) -> bool:
        """Whether the subject is none of its own; one that names the case by token is not."""
        subject = self.message.subject
        cited = find_references(self.key, [subject]) if self.by_subject else ()
        if not self.by_subject or any(reference.case_id == case.id for reference in cited):
            return True
        return any(same_matter(subject, earlier) for earlier in _subjects(self.tx, case))

    def _knows(self, case: Case) -> bool:
        """Whether everybody this mail names as its writer has been in the case.

        A report that was parked there may have any From: that makes nobody known.
        """
        writers = self._writers()
        return bool(writers) and all(
            case.requester.key == writer.key or self._wrote_in(case, writer)
            for writer in dict.fromkeys(writers)
        )

    def _wrote_in(self, case: Case, writer: Address) -> bool:
        here = {case.id, _standing(self.tx, case).id}
        return any(
            known.requester.key == writer.key or _wrote(self.tx, known.id, writer.key)
            for known in _cases_of(self.tx, writer.key)
            if known.id in here
        )

    def _answers(self, case: Case) -> bool:
        """Whether it answers a message of the case; a copy of our own mail is nobody's message."""
        answered = {*self.message.in_reply_to, *self.message.references}
        return bool(answered) and any(
            reading.message_id in answered
            for reading in self.tx.ledger.readings(case.id)
            if not (reading.sender and reading.sender.is_one_of(self.ours.addresses))
        )

    def _answered_from_elsewhere(self) -> Case | None:
        """The case this answers by its From, while its Reply-To names somebody else.

        Many people have such a Reply-To in their mail program, and so has whoever wants to
        redirect an answer: staff see the link and decide. The other way round it is the same.
        """
        found = (case for one in self._writers() for case in _cases_of(self.tx, one.key))
        return next((case for case in found if self._answers(case)), None)


def _unresolved(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.state is not CaseState.RESOLVED)[:_TOLD_CASES]


def _subjects(tx: Transaction, case: Case) -> Iterator[str]:
    """Every subject the case has gone under, ours included: crisis replies have their own."""
    yield case.subject
    for number in dict.fromkeys((case.id, _standing(tx, case).id)):
        for mail in tx.outbox.of_case(number):
            yield tx.drafts.get(mail.approval.draft_id).subject
        for reading in tx.ledger.readings(number):
            yield reading.subject


def _standing(tx: Transaction, case: Case) -> Case:
    return standing_case(tx, case) or case


def standing_case(tx: Transaction, case: Case) -> Case | None:
    """The case its messages went to when staff merged it; None when that leads in a circle."""
    stands = tx.cases.get(way_of(tx, case)[-1]) if case.merged_into else case
    return None if stands.merged_into else stands


def way_of(tx: Transaction, case: Case) -> tuple[int, ...]:
    """The case and those its messages went to when staff merged it, each once."""
    way = [case.id]
    while case.merged_into and case.merged_into not in way:
        way.append(case.merged_into)
        case = tx.cases.get(case.merged_into)
    return tuple(way)


def carries_our_reference(message: ParsedMessage, key: bytes) -> bool:
    """Whether one of our own signed tokens stands anywhere in it, a returned original included."""
    places = [*_places_of_tokens(message), message.message_id, message.report_text]
    return bool(find_references(key, places))


def _cases_of(tx: Transaction, writer: str) -> tuple[Case, ...]:
    """The writer's cases, newest first.

    An address that wrote for several requesters is a form or an office and proves nothing by
    having written: then only cases in which it is itself the requester are its own.
    """
    found = tx.cases.with_sender(writer) if writer else ()
    # What staff have merged is one person's matter.
    if len({_standing(tx, case).requester.key for case in found}) <= 1:
        return found
    return tuple(case for case in found if case.requester.key == writer)


def _wrote(tx: Transaction, case_id: int, writer: str) -> bool:
    """Whether a message that stands in the case has this From."""
    readings = (tx.ledger.reading(entry.id) for entry in standing(tx, case_id))
    return any(r.sender is not None and r.sender.key == writer for r in readings if r)


def _places_of_tokens(message: ParsedMessage) -> list[str]:
    return [
        *message.in_reply_to,
        # The newest first: a thread that went on in another case names the older one too.
        *reversed(message.references),
        message.header("X-Concierge-Ref"),
        *(address.address for address in (*message.to, *message.cc)),
        message.subject,
        message.body,
    ]


def _named_cases(tx: Transaction, message: ParsedMessage, key: bytes) -> list[Case]:
    cases: dict[int, Case] = {}
    for reference in find_references(key, _places_of_tokens(message)):
        if reference.case_id not in cases:
            try:
                cases[reference.case_id] = tx.cases.get(reference.case_id)
            except UsageError:
                # Signed by us and yet unknown: an erased case, or a store restored from before.
                continue
    return list(cases.values())
