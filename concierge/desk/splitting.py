"""Splitting: staff take messages that are another matter out of a case, into one of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from concierge.desk import clockwork, flood
from concierge.desk.history import tell
from concierge.desk.in_thread import parted_from, relearned
from concierge.desk.merging import move
from concierge.desk.origin import NOTHING_KNOWN, origin_of, requester_of
from concierge.desk.permission import nothing_under_way, taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.redrafting import Parted, Proposing
from concierge.desk.rereading import Fresh, Rereader, newest_apart, standing
from concierge.desk.said import taking_over
from concierge.domain.case import Case, CaseState
from concierge.domain.draft import OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.domain.message import Address, ParsedMessage
from concierge.domain.sla import Promises
from concierge.errors import Refused


class Splitting:
    """Makes two cases of one."""

    def __init__(self, store: Store, clock: Clock, promises: Promises, rereader: Rereader) -> None:
        self._store = store
        self._clock = clock
        self._promises = promises
        self._rereader = rereader

    def split(self, case_id: int, entry_ids: Sequence[int], staff: str) -> Parted:
        """Take messages out of a case into a new one, linked with it.

        Its requester is whoever wrote the first of them. What no reply to that person has
        answered is owed from when it came. Merging the new case back undoes it.

        Raises:
            TakenByAnother: somebody else holds the case.
            Refused: a message does not stand in the case, none would be left in it, or a reply
                is under way.
        """
        wanted = frozenset(entry_ids)
        with self._store.begin() as tx:
            entries = _wanted(tx, tx.cases.get(case_id), wanted)
            first = [entries[0].id] if entries[0].state is LedgerState.CASE else []
            newest = newest_apart(tx, case_id, wanted)
        fresh = self._rereader.ahead(self._store, entries=(*first, *newest))
        now = self._clock.now()
        with self._store.begin() as tx:
            case = taken_up(tx, case_id, staff, now)
            nothing_under_way(tx, case)
            entries = _wanted(tx, case, wanted)
            new = tx.cases.add(_new_case(tx, case, entries, fresh, now))
            move(tx, entries, new.id)
            _tell(tx, case, new, entries, staff, now)
            clockwork.open_clocks(tx, new, _owed_since(tx, case, new, entries, now), self._promises)
            # Whoever parts it has looked at it; what is left may be the one letter of its own in
            # a flood, and must not go back into the flood's row.
            left = replace(flood.alone(case), version=case.version + 1)
            left = parted_from(tx, left, entries)
            tx.cases.save(left, was=case)
            proposing = Proposing(tx, fresh, self._rereader.key, staff, now)
            drafts = [proposing.as_it_stands(each) for each in (new, left)]
            return Parted(tx.cases.get(new.id), drafts[0], tx.cases.get(left.id), drafts[1])


def _wanted(tx: Transaction, case: Case, wanted: frozenset[int]) -> tuple[LedgerEntry, ...]:
    """The rows to take out, in order of arrival; raises Refused when that makes no sense."""
    there = standing(tx, case.id)
    numbers = ", ".join(str(entry.id) for entry in there)
    strange = sorted(wanted - {entry.id for entry in there})
    if strange:
        raise Refused(
            f"Message {strange[0]} does not stand in case {case.id}. It holds: {numbers or 'none'}."
        )
    if not wanted:
        raise Refused(f"Say which messages to take out of case {case.id}. It holds: {numbers}.")
    if len(wanted) == len(there):
        raise Refused(
            f"Case {case.id} would be left without any message. Leave at least one of {numbers} "
            "in it."
        )
    return tuple(entry for entry in there if entry.id in wanted)


def _new_case(
    tx: Transaction, case: Case, entries: Sequence[LedgerEntry], fresh: Fresh, now: datetime
) -> Case:
    labels = [tx.ledger.labels(entry.id) for entry in entries]
    top = min(labels, key=lambda each: Urgency(each.urgency or "routine").rank)
    first = tx.ledger.reading(entries[0].id)
    new = Case(
        id=0,
        version=1,
        state=CaseState.OPEN,
        urgency=Urgency(top.urgency or "routine"),
        route=Route(top.route or "other"),
        language="",
        country="",
        requester=_requester(tx, entries[0], fresh),
        subject=first.subject if first else case.subject,
        opened_at=now,
        last_message_at=entries[-1].received_at,
    )
    new = relearned(tx, new, entries)
    # What staff know of a person is true in both of their matters, of somebody else it is not.
    return taking_over(new, case) if new.requester.key == case.requester.key else new


def _requester(tx: Transaction, entry: LedgerEntry, fresh: Fresh) -> Address:
    """Whose case this message opens; of one that cannot be read, as far as its writer is known."""
    if entry.state is LedgerState.CASE and not fresh.failed(tx, entry):
        message = fresh.of(tx, entry).message
        return requester_of(message, origin_of(message, fresh.book), fresh.book)
    reading = tx.ledger.reading(entry.id)
    unread = ParsedMessage(sender=reading.sender if reading else None)
    return requester_of(unread, NOTHING_KNOWN, fresh.book)


def _owed_since(
    tx: Transaction, case: Case, new: Case, entries: Sequence[LedgerEntry], now: datetime
) -> datetime:
    """When the oldest message came that no reply to its writer has answered; now when none."""
    key = new.requester.key
    replies = [
        mail.approval.at
        for mail in tx.outbox.of_case(case.id)
        if mail.state is OutboxState.SENT and Address(mail.recipient).key == key
    ]
    answered = max(replies, default=None)
    waiting = [e.received_at for e in entries if answered is None or e.received_at > answered]
    return min(waiting, default=now)


def _tell(
    tx: Transaction,
    case: Case,
    new: Case,
    entries: Sequence[LedgerEntry],
    staff: str,
    now: datetime,
) -> None:
    messages = ",".join(str(entry.id) for entry in entries)
    tx.links.add(case.id, new.id, now)
    for kind, number, facts in (
        (EventKind.OPENED, new.id, {"because": "split by staff"}),
        (EventKind.SPLIT, new.id, {"from": case.id, "messages": messages}),
        (EventKind.SPLIT, case.id, {"to": new.id, "messages": messages}),
        (EventKind.LINKED, new.id, {"case": case.id}),
        (EventKind.LINKED, case.id, {"case": new.id}),
    ):
        tell(tx, number, kind, now, staff, facts)
