"""The desk under everything that can happen in any order, and what must hold after each step."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest
from fakes.courier import (
    ACCEPTED,
    DEFERRED,
    DEFERRED_AFTER_DATA,
    REFUSED,
    REFUSED_AFTER_DATA,
    UNKNOWN,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.desk_fixtures import (
    AMINA,
    DEE,
    PROMISES,
    ROUTINE,
    URGENT,
    Desk,
    bounce,
    letter,
    token,
)

from concierge.desk.approvals import digest
from concierge.desk.dispatch import Dispatch, DispatchSettings
from concierge.desk.settling import Decision, settle
from concierge.desk.supervision import sweep
from concierge.domain.case import TRANSITIONS, CaseState, Trigger
from concierge.domain.draft import OUTBOX_FOR_A_PERSON, DraftState, OutboxState, RejectReason
from concierge.domain.event import EventKind
from concierge.domain.findings import URGENT as URGENT_ONES
from concierge.domain.ledger import LedgerState
from concierge.domain.sla import ClockKind
from concierge.errors import Refused

TEXTS = st.sampled_from([ROUTINE, URGENT, "Thank you, one thing more.", ""])
OUTCOMES = st.sampled_from(
    [ACCEPTED, ACCEPTED, DEFERRED, REFUSED, UNKNOWN, DEFERRED_AFTER_DATA, REFUSED_AFTER_DATA]
)
RESPONSES = {ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE}
ANY = st.integers(0, 1_000)
HUMAN = {EventKind.OPENED, EventKind.MESSAGE_JOINED}


class Killed(BaseException):
    """The worker dies here and now."""


class DeskMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.numbers = count(1)
        self.workers = count(2)
        self.events: list = []
        self.again: Counter = Counter()

    # What happens.

    # Few cases, so that much happens to each.
    @precondition(lambda self: len(self.cases) < 3)
    @rule(text=TEXTS, sender=st.sampled_from([AMINA, DEE]))
    def somebody_writes(self, text, sender):
        self.arrive(text, sender=sender)

    @precondition(lambda self: self.cases)
    @rule(which=ANY, text=TEXTS)
    def the_requester_writes_again(self, which, text):
        self.write_again(self.pick(self.cases, which), text)

    @precondition(lambda self: 0 < len(self.cases) < 4)
    @rule(which=ANY)
    def a_stranger_quotes_a_case(self, which):
        case = self.pick(self.cases, which)
        self.arrive("Let me in", sender=f"{next(self.numbers)}@x.example", subject=token(case.id))
        assert self.desk.case(case.id) == case

    @precondition(lambda self: self.desk.store.data.incoming)
    @rule(which=ANY)
    def a_mail_comes_again(self, which):
        raw = self.pick(list(self.desk.store.data.incoming.values()), which).raw
        before = len(self.desk.store.data.cases)
        entry = self.desk.keep(raw)
        assert self.desk.entry(entry.id).state is LedgerState.DUPLICATE
        assert self.desk.admit().total == 0
        assert len(self.desk.store.data.cases) == before

    @precondition(lambda self: self.proposed)
    @rule(which=ANY)
    def staff_approve(self, which):
        draft = self.pick(self.proposed, which)
        self.desk.approvals.approve(draft.id, draft.revision, "Bo")

    @precondition(lambda self: self.proposed)
    @rule(which=ANY, meanwhile=st.sampled_from(["", "", ROUTINE]))
    def staff_answer_and_it_arrives(self, which, meanwhile):
        """What happens most: approved, sent, accepted; perhaps as the requester writes again."""
        draft = self.pick(self.proposed, which)
        self.desk.approvals.approve(draft.id, draft.revision, "Bo")
        for _ in self.outbox:
            self.send_one(ACCEPTED, meanwhile, approve=False)

    @precondition(lambda self: self.desk.store.data.drafts)
    @rule(which=ANY, behind=st.integers(0, 1))
    def staff_approve_what_they_should_not(self, which, behind):
        draft = self.pick(list(self.desk.store.data.drafts.values()), which)
        good = draft in self.proposed and not behind
        if not good:
            before = dict(self.desk.store.data.outbox)
            with pytest.raises(Refused):
                self.desk.approvals.approve(draft.id, draft.revision - behind, "Bo")
            assert self.desk.store.data.outbox == before

    @precondition(lambda self: self.proposed)
    @rule(which=ANY)
    def staff_edit(self, which):
        draft = self.pick(self.proposed, which)
        self.desk.approvals.edit(draft.id, draft.revision, "Re", f"Edited {draft.id}", "Bo")

    @precondition(lambda self: self.proposed)
    @rule(which=ANY)
    def staff_reject(self, which):
        self.desk.approvals.reject(self.pick(self.proposed, which).id, RejectReason.OTHER, "Bo")

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_write_by_hand(self, which):
        self.unless_refused(
            lambda: self.desk.approvals.write(self.pick(self.cases, which).id, "Re", "Mine", "Bo")
        )

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_resolve(self, which):
        case = self.pick(self.cases, which)
        self.unless_refused(lambda: self.desk.casework.resolve(case.id, "Bo"))

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_reopen(self, which):
        case = self.pick(self.cases, which)
        self.unless_refused(lambda: self.desk.casework.reopen(case.id, "Bo"))

    @precondition(lambda self: self.for_a_person)
    @rule(which=ANY, decision=st.sampled_from(Decision))
    def staff_settle(self, which, decision):
        mail = self.pick(self.for_a_person, which)

        def decide():
            settle(self.desk.store, self.desk.clock, PROMISES, mail.id, decision, "Carla")
            self.again[mail.message_id] += decision is Decision.AGAIN

        self.unless_refused(decide)

    @rule(outcome=OUTCOMES, meanwhile=st.sampled_from(["", ROUTINE, URGENT]), approve=st.booleans())
    def the_worker_sends_one(self, outcome, meanwhile, approve):
        self.send_one(outcome, meanwhile, approve)

    def send_one(self, outcome, meanwhile, approve):
        """One mail; while the server holds it the requester may write, and staff may approve."""
        real = self.desk.courier.send

        def send(**mail):
            result = real(**mail)
            held = next(m for m in self.outbox if m.mail == mail["mail"])
            if meanwhile:
                self.write_again(self.desk.case(held.case_id), meanwhile)
                if approve and self.desk.draft(held.case_id):
                    self.desk.approve(held.case_id)
            return result

        if any(mail.state is OutboxState.QUEUED for mail in self.outbox):
            self.desk.courier.plan(outcome)
            self.desk.courier.send = send
            self.desk.clock.pass_(hours=1)
            self.desk.send(1)
            self.desk.courier.send = real

    @rule(after_data=st.booleans())
    def the_worker_dies(self, after_data):
        real = self.desk.courier.send

        def send(*, before_data, **mail):
            if after_data:
                before_data()
            raise Killed

        self.desk.courier.send = send
        try:
            self.desk.send(1)
        except Killed:
            self.desk.courier.send = real
            self.desk.dispatch = Dispatch(
                self.desk.store, self.desk.clock, self.desk.courier,
                DispatchSettings(PROMISES), worker=f"w{next(self.workers)}",
            )  # fmt: skip
            self.desk.dispatch.recover(alone=True)
            held = {OutboxState.CLAIMED, OutboxState.IN_DATA}
            assert not any(mail.state in held for mail in self.outbox)
        self.desk.courier.send = real

    @precondition(lambda self: self.returnable)
    @rule(which=ANY, status=st.sampled_from(["5.1.1", "4.2.2"]))
    def a_mail_bounces(self, which, status):
        mail = self.pick(self.returnable, which)
        raw = bounce(mail, status).replace(b"could not", b"could not %d" % next(self.numbers))
        entry = self.desk.keep(raw)
        assert self.desk.admit().failures == ()
        assert self.desk.entry(entry.id).state is LedgerState.MUTED

    @rule(hours=st.sampled_from([0.1, 1, 5, 30, 24 * 40]))
    def time_passes(self, hours):
        self.desk.clock.pass_(hours=hours)

    @rule()
    def the_sweep_runs(self):
        sweep(self.desk.store, self.desk.clock)
        assert sweep(self.desk.store, self.desk.clock).breached == 0

    # What must hold.

    @invariant()
    def nothing_leaves_unapproved_and_nothing_twice(self):
        left = Counter()
        for sent in self.desk.courier.delivered:
            (mail,) = (m for m in self.outbox if m.mail == sent.mail)
            assert mail.approval.digest == digest(sent.mail, sent.recipient)
            approved = [
                e for e in self.events_of(mail.case_id) if e.kind is EventKind.APPROVED
                and e.get("mail") == str(mail.id)
            ]  # fmt: skip
            assert [e.by for e in approved] == [mail.approval.staff] == ["Bo"]
            draft = self.desk.store.data.drafts[mail.approval.draft_id]
            assert (draft.state, draft.recipient.address) == (DraftState.APPROVED, sent.recipient)
            left[mail.message_id] += 1
        assert all(n <= 1 + self.again[message_id] for message_id, n in left.items())

    @invariant()
    def nothing_waits_to_be_sent_that_the_requester_has_overtaken(self):
        for mail in self.outbox:
            if mail.state is OutboxState.QUEUED and not self.again[mail.message_id]:
                answered = self.desk.store.data.drafts[mail.approval.draft_id].case_version
                assert answered == self.desk.case(mail.case_id).version

    @invariant()
    def one_draft_a_case_is_proposed_and_it_can_be_approved(self):
        open_ones = [d for d in self.desk.store.data.drafts.values() if d.state == "proposed"]
        assert len({draft.case_id for draft in open_ones}) == len(open_ones)
        for draft in open_ones:
            case = self.desk.case(draft.case_id)
            assert draft.case_version == case.version
            assert (case.state, Trigger.REPLY_APPROVED) in TRANSITIONS

    @invariant()
    def one_message_stands_in_one_case(self):
        entered = Counter(
            e.get("message") for e in self.desk.store.data.events
            if e.kind in HUMAN and e.get("message")
        )  # fmt: skip
        assert all(n == 1 for n in entered.values())
        placed = [e for e in self.desk.store.data.entries.values() if e.state == "case"]
        assert {str(entry.id) for entry in placed} == set(entered)

    @invariant()
    def an_unanswered_message_is_before_staff_and_owed_an_answer(self):
        for case in self.cases:
            if not self.unanswered(case.id):
                continue
            assert case.state not in {CaseState.WAITING, CaseState.RESOLVED}
            clocks = self.desk.clocks(case.id)
            assert any(c.kind in RESPONSES and c.met_at is None for c in clocks)

    @invariant()
    def history_only_grows(self):
        assert self.desk.store.data.events[: len(self.events)] == self.events
        self.events = list(self.desk.store.data.events)

    @invariant()
    def an_urgent_clock_never_pauses(self):
        for clock in self.desk.store.data.clocks.values():
            assert clock.paused_at is None or clock.urgency not in URGENT_ONES

    @invariant()
    def a_clock_is_told_of_once(self):
        told = Counter(
            (e.case_id, e.kind, e.get("clock")) for e in self.desk.store.data.events
            if e.kind in {EventKind.AT_RISK, EventKind.BREACHED}
        )  # fmt: skip
        for (case_id, _, kind), n in told.items():
            assert n <= len(self.desk.clocks(case_id, ClockKind(kind)))

    @invariant()
    def a_resolved_case_owes_nothing_and_only_it_has_a_time_of_resolving(self):
        for case in self.cases:
            assert (case.resolved_at is not None) is (case.state is CaseState.RESOLVED)
            if case.state is CaseState.RESOLVED:
                assert all(c.met_at is not None for c in self.desk.clocks(case.id))

    # Short ways.

    @property
    def cases(self):
        return list(self.desk.store.data.cases.values())

    @property
    def outbox(self):
        return list(self.desk.store.data.outbox.values())

    @property
    def returnable(self):
        left = {OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.BOUNCED}
        return [mail for mail in self.outbox if mail.state in left]

    @property
    def for_a_person(self):
        return [mail for mail in self.outbox if mail.state in OUTBOX_FOR_A_PERSON]

    @property
    def proposed(self):
        drafts = self.desk.store.data.drafts.values()
        return [draft for draft in drafts if draft.state is DraftState.PROPOSED]

    @staticmethod
    def pick(rows, which):
        return rows[which % len(rows)]

    def arrive(self, text, **more):
        entry = self.desk.keep(letter(text, mid=f"<{next(self.numbers)}@example.org>", **more))
        done = self.desk.admit()
        assert (done.failures, done.total) == ((), 1)
        return entry

    def write_again(self, case, text):
        self.arrive(text, sender=case.requester.address, subject=f"Re: {token(case.id)}")

    def events_of(self, case_id):
        return [e for e in self.desk.store.data.events if e.case_id == case_id]

    def unanswered(self, case_id) -> bool:
        """Whether the last message came after the last approval that was accepted, and after
        staff closed the case."""
        good = {str(m.id) for m in self.outbox if m.state is OutboxState.SENT}
        seen = 0
        settled = 0
        for number, event in enumerate(self.events_of(case_id), 1):
            if event.kind in HUMAN and event.get("message"):
                seen = number
            closes = event.kind is EventKind.RESOLVED
            if closes or (event.kind is EventKind.APPROVED and event.get("mail") in good):
                settled = number
        return seen > settled

    @staticmethod
    def unless_refused(act):
        try:
            act()
        except Refused:
            return


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(
    max_examples=120,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
