"""Merging: staff put the messages of one matter into one case, and take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from concierge.desk import remembering
from concierge.desk.history import tell
from concierge.desk.in_thread import relearned
from concierge.desk.permission import nothing_to_decide, nothing_under_way, taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.redrafting import Parted, Proposing, Redrafted
from concierge.desk.rereading import Rereader, newest_apart, standing
from concierge.desk.said import taking_over
from concierge.desk.since import arrived, homeward, replied, since_then, with_arrivals
from concierge.domain.case import NEEDS_A_PERSON, Case, CaseState, Trigger
from concierge.domain.event import DESK, Event, EventKind
from concierge.domain.ledger import LedgerEntry
from concierge.domain.sla import Promises
from concierge.errors import Refused


class Merging:
    """Merge and unmerge, each in one transaction."""

    def __init__(self, store: Store, clock: Clock, promises: Promises, rereader: Rereader) -> None:
        self._store = store
        self._clock = clock
        self._promises = promises
        self._rereader = rereader

    def merge(self, case_id: int, into_id: int, staff: str) -> tuple[Case, Redrafted]:
        """Put every message of a case into another one; the case that took them, and its draft.

        1. Move the messages; remember in both histories how the cases and their clocks stood.
        2. What was owed to the moved messages is owed by the other case, from when they came.
        3. The emptied case is resolved and points on; the other one is before staff when either
           was, under the greater urgency, with a new draft.

        Raises:
            TakenByAnother: somebody else holds one of the cases.
            Refused: one of them was merged before, has mail under way or waiting for a decision,
                or holds no message.
        """
        if case_id == into_id:
            raise Refused("A case cannot be merged into itself. Name two cases.")
        fresh = self._rereader.ahead(self._store, case_id, into_id)
        now = self._clock.now()
        with self._store.begin() as tx:
            away, into = self._both(tx, case_id, into_id, staff, now)
            entries = tx.ledger.entries(away.id)
            among = _unanswered(tx, away, into)
            self._tell_merge(tx, away, into, entries, staff, now)
            move(tx, entries, into.id)
            taken = _taking_in(away, into)
            proposing = Proposing(tx, fresh, self._rereader.key, staff, now)
            words = proposing.put_away(away)
            tx.cases.save(taken, was=into)
            self._close(tx, away, into, now)
            remembering.carry_over(tx, away, taken, self._promises, now)
            if taken.urgency is not into.urgency:
                raised = {"was": into.urgency, "now": taken.urgency}
                tell(tx, into.id, EventKind.URGENCY_RAISED, now, staff, raised)
            done = proposing.as_it_stands(taken, among)
            proposing.tell_of_words(taken, Redrafted(put_away=words))
            return tx.cases.get(into.id), done

    def unmerge(self, case_id: int, staff: str) -> Parted:
        """Take a merged case out again: its messages, its state and its clocks as they were.

        What those have written since who are known in it alone goes with it: a stranger must not
        stay in the other case, nor their words shape a reply to its requester.

        Raises:
            Refused: it is not merged; the other case has sent a reply since, which knew of both
                matters and may have answered this one; a later merge lies on top of this one; a
                message has moved on.
        """
        with self._store.begin() as tx:
            into_id = _merged_into(tx.cases.get(case_id))
            moved = frozenset(_numbers(_merge_of(tx, case_id, into_id)[0].get("messages")))
            newest = newest_apart(tx, into_id, moved)
        fresh = self._rereader.ahead(self._store, entries=newest)
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            into = taken_up(tx, _merged_into(case), staff, now)
            here, there = _merge_of(tx, case.id, into.id)
            case.may_be_acted_on_by(staff, now)
            nothing_to_decide(tx, case)
            entries = self._may_part(tx, case, into, here, since_then(tx, there))
            parted = self._apart(tx, case, into, (here, there), entries, staff, now)
            proposing = Proposing(tx, fresh, self._rereader.key, staff, now)
            drafts = [proposing.as_it_stands(each) for each in parted]
            return Parted(tx.cases.get(case.id), drafts[0], tx.cases.get(into.id), drafts[1])

    def _both(
        self, tx: Transaction, case_id: int, into_id: int, staff: str, now: datetime
    ) -> tuple[Case, Case]:
        away = taken_up(tx, case_id, staff, now)
        into = taken_up(tx, into_id, staff, now)
        for case in (away, into):
            nothing_under_way(tx, case)
            nothing_to_decide(tx, case)
            if not standing(tx, case.id):
                raise Refused(f"Case {case.id} holds no message any more; there is no merging it.")
        return away, into

    @staticmethod
    def _tell_merge(
        tx: Transaction,
        away: Case,
        into: Case,
        entries: Sequence[LedgerEntry],
        staff: str,
        now: datetime,
    ) -> None:
        messages = ",".join(str(entry.id) for entry in entries)
        for case, role, other in ((away, "into", into), (into, "from", away)):
            record = remembering.remember(case, tx.clocks.of_case(case.id))
            facts = {role: other.id, "messages": messages, "was": case.state.value}
            words = away.attention if case is away else ""
            facts |= {remembering.UNDO: record}
            tell(tx, case.id, EventKind.MERGED, now, staff, facts, words=words)

    @staticmethod
    def _close(tx: Transaction, away: Case, into: Case, now: datetime) -> None:
        """The emptied case is resolved. Its clocks end with it, which a report must not take for
        answers, so the resolving is told of as well."""
        closed = away if away.state is CaseState.RESOLVED else away.after(Trigger.RESOLVE)
        closed = replace(
            closed,
            version=away.version + 1,
            resolved_at=away.resolved_at or now,
            claim=None,
            attention="",
            merged_into=into.id,
        )
        tx.cases.save(closed, was=away)
        if away.state is not CaseState.RESOLVED:
            facts = {"because": "merged", "into": into.id}
            tell(tx, away.id, EventKind.RESOLVED, now, DESK, facts)

    @staticmethod
    def _may_part(
        tx: Transaction, case: Case, into: Case, here: Event, since: tuple[Event, ...]
    ) -> tuple[LedgerEntry, ...]:
        """The rows that go back; raises Refused when they cannot all go back as they came."""
        nothing_under_way(tx, into)
        nothing_to_decide(tx, into)
        messages = here.get("messages")
        mail_id = replied(tx, since)
        if mail_id:
            raise Refused(
                f"Case {into.id} has sent a reply since (mail {mail_id}), so the merge cannot be "
                "undone as if nothing had happened. Take the messages out instead: "
                f"concierge case split {into.id} --messages {messages}"
            )
        later = _later_merges(tx, into.id, since)
        if later:
            raise Refused(
                f"Case {later[-1]} was merged into case {into.id} later. Part that one first: "
                f"concierge case unmerge {later[-1]}"
            )
        entries = tuple(tx.ledger.entry(number) for number in _numbers(messages))
        for entry in entries:
            if entry.case_id != into.id:
                raise Refused(
                    f"Message {entry.id} no longer stands in case {into.id}"
                    f"{f' but in case {entry.case_id}' if entry.case_id else ''}. Bring it back "
                    "first, or leave the merge as it is."
                )
        entries += homeward(tx, case, into, entries, arrived(tx, into.id, since))
        if not set(standing(tx, into.id)) - set(entries):
            raise Refused(f"Case {into.id} would be left without any message. Nothing was changed.")
        return entries

    def _apart(
        self,
        tx: Transaction,
        case: Case,
        into: Case,
        told: tuple[Event, Event],
        entries: Sequence[LedgerEntry],
        staff: str,
        now: datetime,
    ) -> tuple[Case, Case]:
        here, there = told
        was, into_was = (remembering.recall(e.get(remembering.UNDO)) for e in told)
        since = since_then(tx, there)
        new = [each for each in arrived(tx, into.id, since) if each in entries]
        move(tx, entries, case.id)
        came = arrived(tx, into.id, since)
        since = tuple(e for e in since if e.get("message") not in {str(each.id) for each in new})
        left = relearned(tx, remembering.without(tx, into, into_was, since, came), came)
        back = remembering.stood_before(case, was, since_then(tx, here))
        back = relearned(tx, with_arrivals(tx, back, new), new)
        back = replace(back, attention=remembering.told_home(here.words, since_then(tx, here)))
        tx.cases.save(left, was=into)
        tx.cases.save(back, was=case)
        remembering.clocks_home(tx, back, was, self._promises, now)
        remembering.clocks_back(tx, left, into_was)
        first = min((entry.received_at for entry in came), default=now)
        remembering.owed(tx, left, first, self._promises, now)
        first = min((entry.received_at for entry in new), default=back.last_message_at)
        remembering.owed(tx, back, first, self._promises, now)
        messages = ",".join(str(entry.id) for entry in entries)
        tell(tx, back.id, EventKind.UNMERGED, now, staff, {"from": into.id, "messages": messages})
        tell(tx, left.id, EventKind.UNMERGED, now, staff, {"case": back.id, "messages": messages})
        return back, left


def move(tx: Transaction, entries: Iterable[LedgerEntry], case_id: int) -> None:
    """Put rows as they are into another case; who is known in which case follows them."""
    for entry in entries:
        tx.ledger.move(entry, entry.state, tx.ledger.labels(entry.id), case_id=case_id)


def _taking_in(away: Case, into: Case) -> Case:
    """The case that takes the messages: before staff when either was, as urgent as either."""
    opens = away.state in NEEDS_A_PERSON and into.state not in NEEDS_A_PERSON
    # Whoever has our reply and may answer it is not closed by a merge.
    waits = away.state is CaseState.WAITING and into.state is CaseState.RESOLVED
    moved = replace(into.after(Trigger.REOPEN), resolved_at=None) if opens or waits else into
    moved = moved.after(Trigger.REPLY_ACCEPTED) if waits else moved
    moved = taking_over(moved, away)
    more = away.urgency.rank < into.urgency.rank
    return replace(
        moved,
        version=into.version + 1,
        urgency=away.urgency if more else into.urgency,
        route=away.route if more else into.route,
        last_message_at=max(away.last_message_at, into.last_message_at),
    )


def _unanswered(tx: Transaction, *cases: Case) -> frozenset[int]:
    """The rows of those cases that wait for a person: one of them is to be answered."""
    waiting = [case.id for case in cases if case.state in NEEDS_A_PERSON]
    return frozenset(entry.id for number in waiting for entry in tx.ledger.entries(number))


def _merged_into(case: Case) -> int:
    if not case.merged_into:
        raise Refused(f"Case {case.id} is not merged into another; there is nothing to undo.")
    return case.merged_into


def _merge_of(tx: Transaction, case_id: int, into_id: int) -> tuple[Event, Event]:
    """The last merge of these two, as each of their histories tells it."""
    sides = ((case_id, "into", into_id), (into_id, "from", case_id))
    here, there = (
        next(
            event
            for event in reversed(tx.events.of_case(number))
            if event.kind is EventKind.MERGED and event.get(role) == str(other)
        )
        for number, role, other in sides
    )
    return here, there


def _later_merges(tx: Transaction, into_id: int, since: Iterable[Event]) -> list[int]:
    others = [int(e.get("from")) for e in since if e.kind is EventKind.MERGED and e.get("from")]
    return [number for number in others if tx.cases.get(number).merged_into == into_id]


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(int(number) for number in listed.split(",") if number)
