"""Staff put things right in any order, and take it back: what must hold, on both stores."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from functools import lru_cache
from itertools import count
from pathlib import Path

from fakes.store import FakeStore
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.desk_fixtures import AMINA, DEE, PROMISES, ROUTINE, URGENT, bounce, token
from support.staffed_desk import RESPONSES, StaffedDesk

from concierge.desk.settling import Decision, settle
from concierge.desk.supervision import sweep
from concierge.domain.case import NEEDS_A_PERSON, TRANSITIONS, CaseState, Trigger
from concierge.domain.draft import OUTBOX_FOR_A_PERSON, DraftState, OutboxState
from concierge.domain.ledger import LedgerState
from concierge.domain.message import Address
from concierge.domain.sla import ClockKind
from concierge.errors import Refused
from concierge.store.sqlite import SqliteStore
from concierge.store.upgrade import upgrade

ANY = st.integers(0, 1_000)
CARL = "carl@example.com"
PEOPLE = (AMINA, DEE, CARL)
TEXTS = st.sampled_from([ROUTINE, URGENT, "Where is the fund for therapy?", "One thing more."])
#: Cases and mails enough for chains of merges; more would only be slower.
MOST_CASES, MOST_MAILS = 6, 14


class Relations(RuleBasedStateMachine):
    """On the store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = StaffedDesk(self.store())
        self.numbers = count(1)

    def store(self):
        return FakeStore()

    # What happens.

    @precondition(lambda self: len(self.cases) < MOST_CASES and len(self.ledger) < MOST_MAILS)
    @rule(text=TEXTS, sender=st.sampled_from(PEOPLE))
    def somebody_writes(self, text, sender):
        self.desk.write(text, sender=sender)

    @precondition(lambda self: self.cases and len(self.ledger) < MOST_MAILS)
    @rule(which=ANY, text=TEXTS)
    def the_requester_writes_again(self, which, text):
        """Also in a thread of a case whose messages went to another one."""
        case = self.pick(self.cases, which)
        if case.requester.address:
            sender = case.requester.address
            self.desk.write(text, sender=sender, subject=f"Re: {token(case.id)}")

    @precondition(lambda self: len(self.ledger) < MOST_MAILS)
    @rule(which=ANY, sender=st.sampled_from(PEOPLE), belongs=st.booleans())
    def a_machine_writes(self, which, sender, belongs):
        subject = f"Re: {token(self.pick(self.alone, which).id)}" if belongs and self.alone else "X"
        self.desk.park(f"Away {next(self.numbers)}.", sender=sender, subject=subject)

    @precondition(lambda self: self.alone)
    @rule(which=ANY)
    def staff_answer(self, which):
        case = self.pick(self.alone, which)
        if self.desk.draft(case.id) and case.state in NEEDS_A_PERSON:
            # What was stopped by closing a case is told from what a reply met by the instant.
            self.desk.clock.pass_(hours=0.1)
            self.desk.answer(case.id)

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_resolve(self, which):
        with suppress(Refused):
            self.desk.casework.resolve(self.pick(self.cases, which).id, "Bo")

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_reopen(self, which):
        with suppress(Refused):
            self.desk.casework.reopen(self.pick(self.cases, which).id, "Bo")

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_redraft(self, which):
        with suppress(Refused):
            self.desk.redrafting.redraft(self.pick(self.cases, which).id, "Bo")

    @precondition(lambda self: len(self.cases) > 1)
    @rule(which=ANY, other=ANY, part=st.booleans())
    def staff_link(self, which, other, part):
        act = self.desk.relations.unlink if part else self.desk.relations.link
        with suppress(Refused):
            act(self.pick(self.cases, which).id, self.pick(self.cases, other).id, "Bo")

    @precondition(lambda self: len(self.cases) > 1)
    @rule(which=ANY, other=ANY)
    def staff_merge(self, which, other):
        away, into = self.pick(self.cases, which), self.pick(self.cases, other)
        before = {
            clock.kind in RESPONSES: clock.due_at
            for clock in (*self.desk.unmet(away.id), *self.desk.unmet(into.id))
            if clock.running and clock.case_id == into.id
        }
        with suppress(Refused):
            self.desk.merging.merge(away.id, into.id, "Bo")
            now = {clock.kind in RESPONSES: clock.due_at for clock in self.desk.unmet(into.id)}
            assert all(now[response] <= due for response, due in before.items())
            assert self.desk.case(into.id).urgency.rank <= min(away.urgency.rank, into.urgency.rank)

    @precondition(lambda self: self.cases)
    @rule(which=ANY)
    def staff_unmerge(self, which):
        merged = [case for case in self.cases if case.merged_into] or self.cases
        with suppress(Refused):
            self.desk.merging.unmerge(self.pick(merged, which).id, "Bo")

    @precondition(lambda self: self.cases)
    @rule(which=ANY, first=ANY, many=st.integers(1, 3))
    def staff_split(self, which, first, many):
        case = self.pick(self.cases, which)
        there = self.desk.standing(case.id)
        wanted = [self.pick(there, first + n) for n in range(many)] if there else [1]
        with suppress(Refused):
            parted = self.desk.splitting.split(case.id, wanted, "Bo")
            assert self.desk.standing(parted.case.id) == sorted(set(wanted))

    @precondition(lambda self: self.cases)
    @rule(which=ANY, to=st.sampled_from((*PEOPLE, "")))
    def staff_name_another_requester(self, which, to):
        with suppress(Refused):
            case = self.pick(self.cases, which)
            self.desk.relations.set_requester(case.id, Address(to), "Bo")

    @precondition(lambda self: self.ledger)
    @rule(which=ANY, back=st.booleans())
    def staff_take_out_of_parking(self, which, back):
        wanted = [entry for entry in self.ledger if back or entry.state is LedgerState.MUTED]
        act = self.desk.parking.return_ if back else self.desk.parking.release
        if wanted:
            with suppress(Refused):
                act(self.pick(wanted, which).id, "Bo")

    @precondition(lambda self: self.desk.mails())
    @rule(which=ANY)
    def a_mail_bounces(self, which):
        mail = self.pick(self.desk.mails(), which)
        if mail.state is OutboxState.SENT and len(self.ledger) < MOST_MAILS:
            raw = bounce(mail).replace(b"could not", b"could not %d" % next(self.numbers))
            self.desk.arrive(raw)
            assert self.desk.mail(mail.id).state is OutboxState.BOUNCED

    @precondition(lambda self: self.desk.mails())
    @rule(which=ANY)
    def staff_settle(self, which):
        mails = [mail for mail in self.desk.mails() if mail.state in OUTBOX_FOR_A_PERSON]
        if mails:
            mail = self.pick(mails, which)
            desk = self.desk
            settle(desk.store, desk.clock, PROMISES, mail.id, Decision.WITHDRAW, "Carla")

    @rule(hours=st.sampled_from([0.1, 1, 5, 30, 24 * 40]))
    def time_passes(self, hours):
        self.desk.clock.pass_(hours=hours)
        sweep(self.desk.store, self.desk.clock)

    # There and back.

    @precondition(lambda self: len(self.cases) > 1)
    @rule(which=ANY, other=ANY)
    def staff_merge_by_mistake(self, which, other):
        away, into = self.pick(self.cases, which).id, self.pick(self.cases, other).id
        before = self.pictures()
        with suppress(Refused):
            self.desk.merging.merge(away, into, "Bo")
            self.desk.clock.pass_(hours=2)
            self.desk.merging.unmerge(away, "Bo")
            self.is_as_before(before)

    @precondition(lambda self: any(entry.state is LedgerState.MUTED for entry in self.ledger))
    @rule(which=ANY)
    def staff_release_by_mistake(self, which):
        entry = self.pick([e for e in self.ledger if e.state is LedgerState.MUTED], which)
        before = self.pictures()
        with suppress(Refused):
            self.desk.parking.release(entry.id, "Bo")
            self.desk.clock.pass_(hours=2)
            self.desk.parking.return_(entry.id, "Bo")
            self.is_as_before(before)
            assert self.desk.entry(entry.id) == entry

    @precondition(lambda self: self.alone)
    @rule(which=ANY)
    def staff_name_somebody_by_mistake(self, which):
        case = self.pick(self.alone, which)
        before = self.pictures()
        with suppress(Refused):
            was = self.desk.relations.set_requester(case.id, Address("x@example.net"), "Bo").was
            self.desk.relations.set_requester(case.id, was, "Bo")
            self.is_as_before(before)

    def pictures(self):
        return {case.id: self.desk.picture(case.id) for case in self.cases}

    def is_as_before(self, before):
        """But for drafts: one that was rejected, or that the desk had not written, stands now."""
        for case_id, was in before.items():
            now = self.desk.picture(case_id)
            for part in (0, 1, 2, 4, 5):
                assert now[part] == was[part], (case_id, now[part], was[part])

    # What must hold.

    @invariant()
    def every_mail_stands_in_one_place(self):
        seen = [number for case in self.cases for number in self.desk.standing(case.id)]
        assert len(seen) == len(set(seen))
        for entry in self.ledger:
            assert entry.state in {LedgerState.CASE, LedgerState.MUTED}
            assert entry.state is LedgerState.MUTED or entry.case_id
            assert (entry.id in seen) is bool(entry.case_id)

    @invariant()
    def a_merged_case_points_on_and_is_done_with(self):
        for case in self.cases:
            if not case.merged_into:
                continue
            assert case.state is CaseState.RESOLVED
            assert self.desk.standing(case.id) == []
            passed = {case.id}
            while case.merged_into:
                case = self.desk.case(case.merged_into)  # noqa: PLW2901 - the chain to its end
                assert case.id not in passed
                passed.add(case.id)

    @invariant()
    def a_case_before_staff_is_owed_an_answer(self):
        for case in self.cases:
            if case.state in NEEDS_A_PERSON:
                unmet = self.desk.unmet(case.id)
                assert all(clock.running for clock in unmet)
                responses = [clock for clock in unmet if clock.kind in RESPONSES]
                # Two, when a reply came back whose case had become more urgent since.
                assert any(clock.urgency.rank <= case.urgency.rank for clock in responses)
                assert any(clock.kind is ClockKind.RESOLUTION for clock in unmet)

    @invariant()
    def a_resolved_case_owes_nothing(self):
        for case in self.cases:
            assert (case.resolved_at is not None) is (case.state is CaseState.RESOLVED)
            if case.state is CaseState.RESOLVED:
                assert self.desk.unmet(case.id) == []

    @invariant()
    def one_draft_a_case_is_proposed_and_it_can_be_approved(self):
        proposed = [d for d in self.desk.drafts() if d.state is DraftState.PROPOSED]
        assert len({draft.case_id for draft in proposed}) == len(proposed)
        for draft in proposed:
            case = self.desk.case(draft.case_id)
            assert not case.merged_into
            assert draft.case_version == case.version
            assert (case.state, Trigger.REPLY_APPROVED) in TRANSITIONS

    @invariant()
    def who_is_known_in_a_case_wrote_there_or_is_its_requester(self):
        for person in PEOPLE:
            there = {case.id for case in self.cases if case.requester.key == person}
            with self.desk.store.begin() as tx:
                for case in self.cases_in(tx):
                    readings = tx.ledger.readings(case)
                    if any(r.sender and r.sender.key == person for r in readings):
                        there.add(case)
            assert self.desk.known(person) == there

    # Short ways.

    @property
    def cases(self):
        return self.desk.cases()

    @property
    def alone(self):
        return [case for case in self.cases if not case.merged_into]

    @property
    def ledger(self):
        return self.desk.ledger()

    def cases_in(self, tx):
        with suppress(Exception):
            for number in count(1):
                yield tx.cases.get(number).id

    @staticmethod
    def pick(rows, which):
        return rows[which % len(rows)]


@lru_cache
def empty_store() -> Path:
    """A store of this program's schema, made once."""
    path = Path(tempfile.mkdtemp(prefix="relations")) / "empty.db"
    upgrade(path)
    return path


class RelationsOnSqlite(Relations):
    """On the real store, whose triggers and constraints have their say."""

    def store(self):
        self.folder = tempfile.TemporaryDirectory(prefix="relations")
        path = Path(self.folder.name) / "desk.db"
        shutil.copy(empty_store(), path)
        return SqliteStore(path, index_key=b"k" * 16)

    def teardown(self):
        self.desk.store.close()
        self.folder.cleanup()


TestInMemory = Relations.TestCase
TestOnSqlite = RelationsOnSqlite.TestCase
_USUAL = settings(
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestInMemory.settings = settings(_USUAL, max_examples=40)
TestOnSqlite.settings = settings(_USUAL, max_examples=15)
