"""A store in memory that keeps the port's contract; see tests/contract/test_store_contract.py."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from concierge.domain.case import Case
from concierge.domain.draft import Draft, DraftState, OutboxMail, OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.sla import CaseClock
from concierge.errors import Refused
from fakes.store_data import Data, found, utc
from fakes.store_kinship import FakeLikenesses, FakeLinks
from fakes.store_ledger import FakeLedger, forget_stranger

HELD = (OutboxState.CLAIMED, OutboxState.IN_DATA)


class FakeCases:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, case: Case) -> Case:
        return self._keep(replace(case, id=len(self._data.cases) + 1))

    def get(self, case_id: int) -> Case:
        return found(self._data.cases, case_id, "case")

    def save(self, case: Case, *, was: Case) -> None:
        now = self.get(was.id)
        if (now.version, now.state) != (was.version, was.state):
            raise Refused(f"Case {was.id} has moved on meanwhile.")
        self._keep(replace(case, id=was.id))
        forget_stranger(self._data, now.requester.key, was.id)

    def with_sender(self, address_key: str, limit: int = 20) -> tuple[Case, ...]:
        ids = sorted((i for key, i in self._data.senders if key == address_key), reverse=True)
        return tuple(self._data.cases[i] for i in ids[:limit]) if address_key else ()

    def _keep(self, case: Case) -> Case:
        self._data.cases[case.id] = utc(case)
        self._data.senders.add((case.requester.key, case.id))
        return case


class FakeDrafts:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, draft: Draft) -> Draft:
        return self._keep(replace(draft, id=len(self._data.drafts) + 1))

    def get(self, draft_id: int) -> Draft:
        return found(self._data.drafts, draft_id, "draft")

    def open_of(self, case_id: int) -> Draft | None:
        rows = self._data.drafts.values()
        proposed = (d for d in rows if d.case_id == case_id and d.state is DraftState.PROPOSED)
        return next(proposed, None)

    def save(self, draft: Draft, *, was: Draft) -> None:
        now = self.get(was.id)
        if (now.revision, now.state) != (was.revision, was.state):
            raise Refused(f"Draft {was.id} was changed meanwhile.")
        self._keep(replace(draft, id=was.id))

    def _keep(self, draft: Draft) -> Draft:
        found(self._data.cases, draft.case_id, "case")
        other = self.open_of(draft.case_id)
        if other and other.id != draft.id and draft.state is DraftState.PROPOSED:
            raise Refused("Another draft of this case is still proposed.")
        self._data.drafts[draft.id] = utc(draft)
        return draft


class FakeOutbox:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, mail: OutboxMail) -> OutboxMail:
        found(self._data.cases, mail.case_id, "case")
        found(self._data.drafts, mail.approval.draft_id, "draft")
        for other in self._data.outbox.values():
            if other.approval.draft_id == mail.approval.draft_id:
                raise Refused("This draft has been approved already.")
            if other.message_id.strip() == mail.message_id.strip():
                raise Refused("Mail with this Message-ID is in the outbox already.")
        return self._keep(replace(mail, id=len(self._data.outbox) + 1))

    def get(self, mail_id: int) -> OutboxMail:
        return found(self._data.outbox, mail_id, "mail")

    def save(self, mail: OutboxMail, *, was: OutboxState) -> None:
        now = self.get(mail.id)
        if now.state is not was or (mail.claimed_by and now.claimed_by != mail.claimed_by):
            raise Refused(f"Mail {mail.id} is {now.state} by now.")
        frozen = ("case_id", "approval", "sender", "recipient", "mail", "message_id")
        self._keep(replace(mail, **{name: getattr(now, name) for name in frozen}))

    def claim_next(self, now: datetime, worker: str, until: datetime) -> OutboxMail | None:
        rows = self._data.outbox.values()
        due = (m for m in rows if m.state is OutboxState.QUEUED and m.due_at <= now)
        mail = next(due, None)
        if mail is None:
            return None
        claimed = replace(
            mail, state=OutboxState.CLAIMED, claimed_by=worker, claim_expires_at=until
        )
        return self._keep(claimed)

    def abandoned(self, now: datetime, *, not_by: str = "") -> tuple[OutboxMail, ...]:
        held = (m for m in self._data.outbox.values() if m.state in HELD)
        return tuple(
            m for m in held if m.claim_expires_at <= now or (not_by and m.claimed_by != not_by)
        )

    def by_message_id(self, message_id: str) -> OutboxMail | None:
        rows = self._data.outbox.values()
        return next((m for m in rows if m.message_id.strip() == message_id.strip()), None)

    def copies_pending(self, limit: int) -> tuple[OutboxMail, ...]:
        rows = [m for m in self._data.outbox.values() if m.copy_pending and m.sent_at]
        return tuple(rows[:limit])

    def of_case(self, case_id: int) -> tuple[OutboxMail, ...]:
        return tuple(m for m in self._data.outbox.values() if m.case_id == case_id)

    def _keep(self, mail: OutboxMail) -> OutboxMail:
        if mail.state is OutboxState.SENT and mail.sent_at is None:
            raise Refused("Sent mail has the time it was sent.")
        if mail.state in HELD and not (mail.claimed_by and mail.claim_expires_at):
            raise Refused("Held mail has a holder and a lease.")
        self._data.outbox[mail.id] = utc(mail)
        return self._data.outbox[mail.id]


class FakeClocks:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, clock: CaseClock) -> CaseClock:
        return self._keep(replace(clock, id=len(self._data.clocks) + 1))

    def save(self, clock: CaseClock) -> None:
        found(self._data.clocks, clock.id, "clock")
        self._keep(clock)

    def of_case(self, case_id: int) -> tuple[CaseClock, ...]:
        return tuple(c for c in self._data.clocks.values() if c.case_id == case_id)

    def untold(self, now: datetime, limit: int) -> tuple[CaseClock, ...]:
        rows = [
            c
            for c in self._data.clocks.values()
            if c.running
            and not c.breach_told
            and (c.due_at <= now or (c.at_risk_at <= now and not c.at_risk_told))
        ]
        return tuple(sorted(rows, key=lambda c: (c.at_risk_at, c.id))[:limit])

    def _keep(self, clock: CaseClock) -> CaseClock:
        found(self._data.cases, clock.case_id, "case")
        for other in self.of_case(clock.case_id):
            unmet = (other.kind, other.met_at, clock.met_at) == (clock.kind, None, None)
            if unmet and other.id != clock.id:
                raise Refused("A clock of this kind is already there and not met yet.")
        if (clock.paused_at is None) != (
            clock.remaining is None
        ) or clock.at_risk_at > clock.due_at:
            raise Refused("No such clock can be.")
        self._data.clocks[clock.id] = utc(clock)
        return clock


class FakeEvents:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, event: Event) -> None:
        found(self._data.cases, event.case_id, "case")
        self._data.events.append(utc(event))

    def of_case(self, case_id: int) -> tuple[Event, ...]:
        return tuple(e for e in self._data.events if e.case_id == case_id)

    def count(self, kind: EventKind, since: datetime) -> int:
        return sum(e.kind is kind and e.at >= since for e in self._data.events)


class FakeMarks:
    def __init__(self, data: Data) -> None:
        self._data = data

    def beat(self, name: str, at: datetime, detail: str = "") -> None:
        self._data.beats[name] = (at.astimezone(UTC), detail)

    def last(self, name: str) -> tuple[datetime, str] | None:
        return self._data.beats.get(name)

    def once(self, kind: str, day: date, at: datetime) -> bool:
        first = (kind, day) not in self._data.once
        self._data.once.add((kind, day))
        return first


class FakeTransaction:
    def __init__(self, data: Data) -> None:
        self.ledger = FakeLedger(data)
        self.cases = FakeCases(data)
        self.links = FakeLinks(data)
        self.likenesses = FakeLikenesses(data)
        self.drafts = FakeDrafts(data)
        self.outbox = FakeOutbox(data)
        self.clocks = FakeClocks(data)
        self.events = FakeEvents(data)
        self.marks = FakeMarks(data)


class FakeStore:
    """Transactions one after the other; what one of them did is gone when its block raises.

    ``fail_next`` makes the coming transactions raise it: one for each element.
    """

    def __init__(self) -> None:
        self.data = Data()
        self.fail_next: list[Exception] = []
        self._lock = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[FakeTransaction]:
        with self._lock:
            if self.fail_next:
                raise self.fail_next.pop(0)
            working = self.data.snapshot()
            yield FakeTransaction(working)
            self.data = working

    def close(self) -> None:
        """Nothing to close."""
