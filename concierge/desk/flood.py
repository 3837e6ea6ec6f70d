"""Floods: near-identical mail is seen as one, and drafts an hour are bounded; nobody is hidden.

A case is collapsed when it says nothing that an earlier one did not say, and so many others say
the same that reading each would keep the rest waiting. It keeps its clocks and counts as waiting;
only the queue shows one row for all of them. Urgent cases are never collapsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from concierge.desk.history import tell
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.domain.case import Case
from concierge.domain.event import DESK, EventKind
from concierge.domain.findings import URGENT, Kind
from concierge.domain.ledger import LedgerEntry
from concierge.domain.likeness import Likeness
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage
from concierge.errors import Refused
from concierge.rules import likeness

#: From the fifth on: four people who write the same are four people.
_MANY = 4
#: So few words are written alike by chance, as when a charity asks people to write "JOIN".
_MANY_SHORT = 14
#: From the third on: whoever is worried, or has a bad connection, sends the same letter twice.
_MANY_OF_ONE_SENDER = 2
#: Earlier messages that are compared. In a storm the newest are the storm. Each costs 3 us.
_COMPARED = 20
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the charity decided about floods."""

    #: How far back a message is compared with others; zero compares with none.
    window: timedelta = timedelta(hours=24)
    #: Drafts an hour, beyond which only urgent cases get one; 0 for no bound.
    drafts_an_hour: int = 120


USUAL = Limits()
#: For what a person asks for: whoever takes a mail out of parking wants to see and answer it.
NONE = Limits(timedelta(0), 0)


def collapse(
    tx: Transaction,
    case: Case,
    entry: LedgerEntry,
    message: ParsedMessage,
    found: Triage,
    limits: Limits,
    now: datetime,
) -> Case:
    """The new case, as one of a flood when its message repeats what many have said.

    1. What could not be read looks like nothing else.
    2. Of the latest messages of this domain or this subject's shape, the nearest tells which first
       case this one may repeat; its words decide whether it does.
    3. The fifth such message is one of a flood, the third when one sender writes them all, the
       fifteenth when there are hardly any words. Those before it stand alone for good.
    """
    look = _look(message, found)
    if look is None or not limits.window:
        return case
    sender = message.sender
    domain = sender.domain if sender else ""
    recent = tx.likenesses.recent(domain, look.shape, now - limits.window, _COMPARED)
    near = [one for one in recent if likeness.near(look, one.simhash)]
    alike = _alike(tx, look, near, found.text)
    head = alike[0].head_id if alike else case.id
    tx.likenesses.keep(Likeness(entry.id, case.id, head, domain, look.shape, look.simhash, now))
    writer = message.answer_to.key if message.answer_to else ""
    if case.urgency in URGENT or not _flood(tx, look, alike, writer):
        return case
    return _collapsed(tx, case, head, now)


def _look(message: ParsedMessage, found: Triage) -> likeness.Look | None:
    if found.kind.value is Kind.UNREADABLE or message.encrypted:
        return None
    return likeness.look_of(message.subject, found.text, found.quoted_text, message.attachments)


def _alike(
    tx: Transaction, look: likeness.Look, near: Sequence[Likeness], text: str
) -> list[Likeness]:
    """Those that repeat the same first case as the nearest, when this text does so too."""
    if not near:
        return []
    nearest = min(near, key=lambda one: likeness.distance(look.simhash, one.simhash))
    if not look.short:
        # The first one's words and not the nearest one's: small steps must not lead far away.
        first = tx.ledger.readings(nearest.head_id)[:1]
        if not any(likeness.says_nothing_new(text, reading.text) for reading in first):
            return []
    return [one for one in near if one.head_id == nearest.head_id]


def _flood(tx: Transaction, look: likeness.Look, alike: Sequence[Likeness], writer: str) -> bool:
    if len(alike) >= (_MANY_SHORT if look.short else _MANY):
        return True
    if len(alike) < _MANY_OF_ONE_SENDER:
        return False
    theirs = {case.id for case in tx.cases.with_sender(writer)}
    return sum(one.case_id in theirs for one in alike) >= _MANY_OF_ONE_SENDER


def _collapsed(tx: Transaction, case: Case, head: int, now: datetime) -> Case:
    one = replace(case, flood_of=head)
    flooded = replace(one, attention=_joined(case.attention, _repeats(one)))
    tx.cases.save(flooded, was=case)
    tell(tx, case.id, EventKind.FLOODED, now, DESK, {"of_case": head})
    return flooded


def withheld(tx: Transaction, case: Case, limits: Limits, now: datetime) -> bool:
    """Whether the case gets no draft now, because so many were written within the hour.

    Then staff are told on the case. An urgent case always gets its draft.
    """
    if case.urgency in URGENT or not limits.drafts_an_hour:
        return False
    written = tx.events.count(EventKind.DRAFTED, now - _HOUR)
    if written < limits.drafts_an_hour:
        return False
    note = (
        f"No draft was written: {written} were written within the hour before. For one: "
        f"concierge case redraft {case.id}."
    )
    tx.cases.save(replace(case, attention=_joined(case.attention, note)), was=case)
    tell(tx, case.id, EventKind.DRAFT_WITHHELD, now, DESK, {"written": written})
    return True


def take_out(store: Store, clock: Clock, case_id: int, staff: str) -> Case:
    """A case out of its flood, with a row of its own in the queue again.

    Raises:
        Refused: it is of no flood.
        TakenByAnother: somebody else holds it.
    """
    now = clock.now()
    with store.begin() as tx:
        case = tx.cases.get(case_id)
        case.may_be_acted_on_by(staff, now)
        if not case.flood_of:
            raise Refused(f"Case {case_id} is of no flood; it has its own row in the queue.")
        out = alone(case)
        tx.cases.save(out, was=case)
        facts = {"of_case": case.flood_of, "decision": "taken_out"}
        tell(tx, case_id, EventKind.FLOODED, now, staff, facts)
    return out


def alone(case: Case) -> Case:
    """The case as one of no flood: somebody has looked at it, so it keeps a row of its own."""
    if not case.flood_of:
        return case
    attention = case.attention.replace(_repeats(case), "").strip()
    return replace(case, flood_of=0, attention=attention)


def _repeats(case: Case) -> str:
    return (
        f"Repeats case {case.flood_of}, as others do, so no draft was written. To answer it by "
        f"itself: concierge case unflood {case.id}, then concierge case redraft {case.id}."
    )


def _joined(attention: str, note: str) -> str:
    return f"{attention} {note}".strip()
