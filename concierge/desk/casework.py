"""Casework: claim, assign, note, resolve and reopen, each an event with a name on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from concierge.desk import clockwork, flood
from concierge.desk.history import tell
from concierge.desk.permission import stands_for_itself
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.proposals import put_away, tell_of_words
from concierge.domain.case import Case, Trigger
from concierge.domain.draft import OUTBOX_UNFINISHED
from concierge.domain.event import EventKind
from concierge.domain.sla import Promises
from concierge.errors import Refused

#: Cases closed in one transaction: a fifth of a second of the write lock.
_BATCH = 200


class Casework:
    """What staff do to a case beside answering it."""

    def __init__(
        self, store: Store, clock: Clock, promises: Promises, *, claim_for: timedelta
    ) -> None:
        self._store = store
        self._clock = clock
        self._promises = promises
        self._claim_for = claim_for

    def claim(self, case_id: int, staff: str, *, takeover: bool = False) -> Case:
        """Hold a case for a while, so that two people do not write the same answer.

        Raises:
            TakenByAnother: somebody else holds it and this is no takeover.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            held = case.claimed(staff, now, now + self._claim_for, takeover=takeover)
            tx.cases.save(held, was=case)
            if case.claim and case.claim.staff == staff and case.claim.holds(now):
                return held
            other = case.claim is not None and case.claim.staff != staff and case.claim.holds(now)
            kind = EventKind.TAKEN_OVER if other else EventKind.CLAIMED
            was = case.claim.staff if other and case.claim else ""
            tell(tx, case_id, kind, now, staff, {"was": was})
        return held

    def release(self, case_id: int, staff: str) -> Case:
        """Let go of a case; one that somebody else holds is left alone."""
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            if case.claim is None or case.claim.staff != staff:
                return case
            free = replace(case, claim=None)
            tx.cases.save(free, was=case)
            tell(tx, case_id, EventKind.RELEASED, now, staff)
        return free

    def assign(self, case_id: int, to: str, staff: str) -> Case:
        """Put a case into somebody's care; an empty name takes it out of anybody's."""
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            assigned = replace(case, assigned_to=to)
            tx.cases.save(assigned, was=case)
            tell(tx, case_id, EventKind.ASSIGNED, now, staff, {"to": to})
        return assigned

    def note(self, case_id: int, words: str, staff: str) -> None:
        """Write a note for colleagues; it is never sent and never logged."""
        if not words.strip():
            raise Refused("An empty note was not kept.")
        now = self._clock.now()
        with self._store.begin() as tx:
            tx.cases.get(case_id)
            tell(tx, case_id, EventKind.NOTED, now, staff, words=words)

    def resolve(self, case_id: int, staff: str) -> Case:
        """Close a case: its clocks stop and its open draft is superseded, a person's told of.

        Raises:
            TakenByAnother: somebody else holds it.
            Refused: an approved reply is still in the outbox.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            return _close(tx, case, staff, now)

    def resolve_seen(self, cases: Sequence[Case], staff: str) -> list[int]:
        """Close many cases with one decision; the numbers of those that were closed.

        Left as it is: what moved on since it was seen, because whoever wrote again or became
        urgent must not be closed by a decision that did not know of it, and what somebody holds
        or has a draft for.
        """
        closed = []
        for start in range(0, len(cases), _BATCH):
            now = self._clock.now()
            with self._store.begin() as tx:
                for seen in cases[start : start + _BATCH]:
                    case = tx.cases.get(seen.id)
                    # A draft that stands by now was asked for by somebody who looked at it.
                    if case == seen and tx.drafts.open_of(case.id) is None:
                        closed.append(_close(tx, case, staff, now).id)
        return closed

    def reopen(self, case_id: int, staff: str) -> Case:
        """Bring a case back before staff, with a response owed from now.

        A draft that stood is superseded; the case says where a person's words are.

        Raises:
            Refused: it is before staff already, or was merged into another case.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            stands_for_itself(case)
            # Whoever reopens it wants to see it, so it does not go back into a flood's row.
            opened = replace(
                flood.alone(case).after(Trigger.REOPEN),
                version=case.version + 1,
                resolved_at=None,
            )
            tx.cases.save(opened, was=case)
            words = put_away(tx, case_id, staff, now)
            clockwork.message_arrived(tx, opened, now, self._promises, now=now)
            tell(tx, case_id, EventKind.REOPENED, now, staff)
            return tell_of_words(tx, case_id, words)


def _close(tx: Transaction, case: Case, staff: str, now: datetime) -> Case:
    case.may_be_acted_on_by(staff, now)
    if any(mail.state in OUTBOX_UNFINISHED for mail in tx.outbox.of_case(case.id)):
        # Also one that is under way while a newer message or trouble has the case open.
        raise Refused(
            f"Case {case.id} has an approved reply that is not sent yet, so it cannot be "
            "resolved. See: concierge outbox list"
        )
    closed = replace(
        case.after(Trigger.RESOLVE),
        version=case.version + 1,
        resolved_at=now,
        claim=None,
        attention="",
    )
    tx.cases.save(closed, was=case)
    words = put_away(tx, case.id, staff, now)
    clockwork.resolved(tx, closed, now)
    tell(tx, case.id, EventKind.RESOLVED, now, staff)
    return tell_of_words(tx, case.id, words)
