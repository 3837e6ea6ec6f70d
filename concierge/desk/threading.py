"""Threading: which case a message belongs to, and when nobody but staff may say so.

A reference we signed joins a case only together with a sender the case knows. Anything less
becomes a "possible follow-up" that staff link by hand: a stranger never enters a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from concierge.desk.ports.store import Transaction
from concierge.domain.case import Case, CaseState
from concierge.domain.message import ParsedMessage
from concierge.domain.reference import find_references
from concierge.errors import UsageError

#: Older cases of the same sender that staff are told of.
_TOLD_CASES = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a message goes: into ``case``, or into a new one when that is None.

    ``possible`` names cases it may follow up, for staff to decide. ``because`` is the reason in
    plain words.
    """

    case: Case | None = None
    possible: tuple[int, ...] = ()
    because: str = ""


def place(
    tx: Transaction, message: ParsedMessage, key: bytes, *, now: datetime, reopen: timedelta
) -> Placement:
    """Where the message belongs.

    The writer is whom we would answer: behind a web form stands the person in its Reply-To, and
    a letter whose answer would go elsewhere is not from whom it says.

    1. Cases named by a reference or token that carries our signature.
    2. Cases of which this writer is the requester, holding a message that this one answers.
    3. Neither: a new case; open cases of the same writer are named as possible, and so is the
       case it answers when only its Reply-To is new.
    """
    writer = message.answer_to.key if message.answer_to else ""
    theirs = _cases_of(tx, writer)
    named = _named_cases(tx, message, key)
    for case in named:
        if writer and (case.requester.key == writer or case.id in {own.id for own in theirs}):
            return _join(case, "our signed reference and a sender of the case", now, reopen)
    if named:
        return Placement(
            possible=tuple(case.id for case in named),
            because="our reference, but from a sender the case does not know",
        )
    for case in theirs:
        # Without our signature, having written into a case is not enough: whoever once wrote with
        # somebody else's Reply-To must not come into that person's case by citing their own mail.
        if case.requester.key == writer and _answers(tx, case, message):
            return _join(case, "answers an earlier message of the same sender", now, reopen)
    unresolved = [case.id for case in theirs if case.state is not CaseState.RESOLVED]
    if unresolved:
        return Placement(
            possible=tuple(unresolved[:_TOLD_CASES]), because="the same sender has an open case"
        )
    elsewhere = _answered_from_elsewhere(tx, message, writer)
    return Placement(
        possible=elsewhere,
        because="answers it from the same address, but asks for replies elsewhere"
        if elsewhere
        else "no reference to a case",
    )


def _answered_from_elsewhere(
    tx: Transaction, message: ParsedMessage, writer: str
) -> tuple[int, ...]:
    """The case this answers by its From, while its Reply-To names somebody else.

    Many people have such a Reply-To in their mail program, and so has whoever wants to redirect
    an answer: staff see the link and decide.
    """
    sender = message.sender.key if message.sender else ""
    cases = tx.cases.with_sender(sender) if sender and sender != writer else ()
    return next(((case.id,) for case in cases if _answers(tx, case, message)), ())


def standing_case(tx: Transaction, case: Case) -> Case | None:
    """The case its messages went to when staff merged it; None when that leads in a circle."""
    seen = {case.id}
    while case.merged_into:
        if case.merged_into in seen:
            return None
        seen.add(case.merged_into)
        case = tx.cases.get(case.merged_into)
    return case


def carries_our_reference(message: ParsedMessage, key: bytes) -> bool:
    """Whether one of our own signed tokens stands anywhere in it, a returned original included."""
    places = [*_places_of_tokens(message), message.message_id, message.report_text]
    return bool(find_references(key, places))


def _join(case: Case, because: str, now: datetime, reopen: timedelta) -> Placement:
    closed = case.state is CaseState.RESOLVED and case.resolved_at is not None
    if closed and case.resolved_at is not None and now - case.resolved_at > reopen:
        return Placement(possible=(case.id,), because="the case was resolved too long ago")
    return Placement(case=case, because=because)


def _cases_of(tx: Transaction, writer: str) -> tuple[Case, ...]:
    """The writer's cases, newest first.

    An address that wrote for several requesters is a form or an office and proves nothing by
    having written: then only cases in which it is itself the requester are its own.
    """
    found = tx.cases.with_sender(writer) if writer else ()
    if len({case.requester.key for case in found}) <= 1:
        return found
    return tuple(case for case in found if case.requester.key == writer)


def _places_of_tokens(message: ParsedMessage) -> list[str]:
    return [
        *message.in_reply_to,
        *message.references,
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


def _answers(tx: Transaction, case: Case, message: ParsedMessage) -> bool:
    answered = {*message.in_reply_to, *message.references}
    return bool(answered) and any(
        reading.message_id in answered for reading in tx.ledger.readings(case.id)
    )
