"""Approved mail goes out once; what nobody can know waits for a person; and what they decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.courier import (
    DEFERRED,
    DEFERRED_AFTER_DATA,
    LOGIN_REFUSED,
    REFUSED,
    REFUSED_AFTER_DATA,
    UNKNOWN,
)
from fakes.mailbox import FakeMailbox
from support.desk_fixtures import NOW, PROMISES, Desk, letter, token

from concierge.desk.copies import make_copies
from concierge.desk.dispatch import LONGEST_DELAY, Dispatch, DispatchSettings
from concierge.desk.settling import Decision, settle
from concierge.domain.case import CaseState
from concierge.domain.draft import OutboxState
from concierge.domain.event import EventKind
from concierge.errors import LoginRefused, MailboxUnavailable, Refused, StoreUnavailable


class Killed(BaseException):
    """The process dies."""


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def mail(desk):
    return desk.approve(desk.arrive(letter()).id)


def other_worker(desk) -> Dispatch:
    return Dispatch(desk.store, desk.clock, desk.courier, DispatchSettings(PROMISES), worker="w2")


def die(desk, *, in_data):
    def send(*, before_data, **mail):
        if in_data:
            before_data()
        raise Killed

    real, desk.courier.send = desk.courier.send, send
    with pytest.raises(Killed):
        desk.send()
    desk.courier.send = real


@pytest.mark.parametrize(
    ("outcome", "state", "counted"),
    [
        (None, OutboxState.SENT, "sent"),
        (DEFERRED, OutboxState.QUEUED, "deferred"),
        (DEFERRED_AFTER_DATA, OutboxState.QUEUED, "deferred"),
        (REFUSED, OutboxState.FAILED, "failed"),
        (REFUSED_AFTER_DATA, OutboxState.FAILED, "failed"),
        (UNKNOWN, OutboxState.UNCERTAIN, "uncertain"),
    ],
)
def test_it_records_how_an_attempt_ended(desk, mail, outcome, state, counted):
    if outcome:
        desk.courier.plan(outcome)
    done = desk.send()
    after = desk.mail(mail.id)
    assert (after.state, after.claimed_by, getattr(done, counted)) == (state, "", 1)
    assert (after.mail, after.recipient, after.approval) == (
        mail.mail, mail.recipient, mail.approval,
    )  # fmt: skip
    assert desk.send().sent == 0


def test_it_waits_longer_after_each_deferral(desk, mail):
    waits = []
    for _ in range(9):
        desk.courier.plan(DEFERRED)
        desk.send()
        due = desk.mail(mail.id).due_at
        waits.append(due - desk.clock.now())
        desk.clock.at = due
    assert waits[:3] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert waits[-1] == LONGEST_DELAY
    assert len(desk.events(mail.case_id, EventKind.SEND_DEFERRED)) == 1


def test_it_gives_up_after_two_days(desk, mail):
    desk.clock.pass_(hours=48, seconds=1)
    desk.courier.plan(DEFERRED)
    assert desk.send().failed == 1
    assert desk.case(mail.case_id).state is CaseState.ATTENTION


def test_it_stops_at_a_refused_login_and_keeps_the_mail(desk, mail):
    second = desk.approve(desk.arrive(letter("Other", subject="Other")).id)
    desk.courier.plan(LOGIN_REFUSED)
    with pytest.raises(LoginRefused):
        desk.send()
    assert desk.courier.attempts == 1
    assert {desk.mail(m.id).state for m in (mail, second)} == {OutboxState.QUEUED}
    assert desk.mail(mail.id).attempts == 0


def test_it_sends_nothing_that_differs_from_what_was_approved(desk, mail):
    desk.store.data.outbox[mail.id] = replace(mail, mail=mail.mail + b"PS")
    assert desk.send().failed == 1
    assert desk.courier.attempts == 0
    assert "differs" in desk.mail(mail.id).last_reply


def test_it_sends_nothing_to_another_address(desk, mail):
    desk.store.data.outbox[mail.id] = replace(mail, recipient="dee@example.net")
    assert desk.send().failed == 1
    assert desk.courier.delivered == []


@pytest.mark.parametrize(
    ("in_data", "state"), [(False, OutboxState.QUEUED), (True, OutboxState.UNCERTAIN)]
)
def test_it_knows_what_a_dead_worker_left(desk, mail, in_data, state):
    die(desk, in_data=in_data)
    other_worker(desk).recover(alone=True)
    assert desk.mail(mail.id).state is state
    assert desk.send().sent == (not in_data)
    assert len(desk.courier.delivered) == (not in_data)


def test_it_leaves_another_workers_mail_until_its_lease_runs_out(desk, mail):
    die(desk, in_data=False)
    other = other_worker(desk)
    other.recover(alone=False)
    assert desk.mail(mail.id).state is OutboxState.CLAIMED
    desk.clock.pass_(minutes=15)
    other.recover(alone=False)
    assert desk.mail(mail.id).state is OutboxState.QUEUED


def test_it_sends_nothing_when_the_phase_cannot_be_stored(desk, mail):
    real = desk.courier.send

    def send(**more):
        desk.store.fail_next = [StoreUnavailable("full")]
        return real(**more)

    desk.courier.send = send
    with pytest.raises(StoreUnavailable):
        desk.send()
    assert desk.courier.delivered == []
    assert desk.mail(mail.id).state is OutboxState.CLAIMED


def test_it_asks_a_person_when_the_outcome_cannot_be_stored(desk, mail):
    real = desk.courier.send

    def send(**more):
        outcome = real(**more)
        desk.store.fail_next = [StoreUnavailable("full")]
        return outcome

    desk.courier.send = send
    with pytest.raises(StoreUnavailable):
        desk.send()
    desk.courier.send = real
    assert desk.send().sent == 0
    other_worker(desk).recover(alone=True)
    assert desk.mail(mail.id).state is OutboxState.UNCERTAIN
    assert len(desk.courier.delivered) == 1


@pytest.mark.parametrize(
    ("begins_data", "state"), [(False, OutboxState.QUEUED), (True, OutboxState.UNCERTAIN)]
)
def test_it_tells_a_fault_of_the_program_from_what_nobody_can_know(desk, mail, begins_data, state):
    def send(*, before_data, **_):
        if begins_data:
            before_data()
        raise KeyError("amina@example.org")

    desk.courier.send = send
    desk.send()
    held = desk.mail(mail.id)
    assert (held.state, held.claimed_by) == (state, "")
    assert "amina" not in held.last_reply
    assert held.attempts == (0 if begins_data else 1)


def test_it_gives_way_when_its_lease_ran_out(desk, mail):
    real = desk.courier.send

    def send(**more):
        desk.clock.pass_(minutes=16)
        other = other_worker(desk)
        other.recover(alone=False)
        desk.courier.send = real
        assert other.send_due(1).sent == 1
        return real(**more)

    desk.courier.send = send
    assert desk.send().sent == 0
    assert len(desk.courier.delivered) == 1


@pytest.mark.parametrize("outcome", [DEFERRED, REFUSED, UNKNOWN])
def test_it_has_no_say_in_mail_that_another_worker_holds_by_now(desk, mail, outcome):
    def late(**_):
        desk.clock.pass_(minutes=16)
        other_worker(desk).recover(alone=False)
        held = replace(desk.mail(mail.id), state=OutboxState.IN_DATA, claimed_by="w2")
        desk.store.data.outbox[mail.id] = held
        return outcome

    desk.courier.send = late
    desk.send(1)
    # Queued again, it would go out a second time while the other one is still sending it.
    assert desk.mail(mail.id).state is OutboxState.IN_DATA
    assert desk.mail(mail.id).claimed_by == "w2"


def test_it_does_not_bring_back_what_was_held_back_meanwhile(desk, mail):
    case = desk.case(mail.case_id)

    def late(**_):
        desk.clock.pass_(minutes=16)
        desk.arrive(letter("And another thing", headers=(f"X-Concierge-Ref: {token(case.id)}",)))
        other_worker(desk).recover(alone=False)
        assert desk.mail(mail.id).state is OutboxState.WITHDRAWN
        return DEFERRED

    desk.courier.send = late
    desk.send(1)
    assert desk.mail(mail.id).state is OutboxState.WITHDRAWN


def test_it_holds_back_what_a_refused_login_returns_after_the_requester_wrote_again(desk, mail):
    case = desk.case(mail.case_id)

    def refuse(**_):
        desk.arrive(letter("And another thing", headers=(f"X-Concierge-Ref: {token(case.id)}",)))
        return LOGIN_REFUSED

    desk.courier.send = refuse
    with pytest.raises(LoginRefused):
        desk.send(1)
    assert desk.mail(mail.id).state is OutboxState.WITHDRAWN


# What a person decides.


@pytest.mark.parametrize(
    ("outcome", "decision", "state", "case_state"),
    [
        (UNKNOWN, Decision.ARRIVED, OutboxState.SENT, CaseState.WAITING),
        (UNKNOWN, Decision.AGAIN, OutboxState.QUEUED, CaseState.SENDING),
        (UNKNOWN, Decision.WITHDRAW, OutboxState.WITHDRAWN, CaseState.OPEN),
        (REFUSED, Decision.AGAIN, OutboxState.QUEUED, CaseState.SENDING),
        (REFUSED, Decision.WITHDRAW, OutboxState.WITHDRAWN, CaseState.OPEN),
    ],
)
def test_it_does_what_a_person_decides(desk, mail, outcome, decision, state, case_state):
    desk.courier.plan(outcome)
    desk.send()
    desk.clock.pass_(hours=2)
    settle(desk.store, desk.clock, PROMISES, mail.id, decision, "Carla")
    assert desk.mail(mail.id).state is state
    assert desk.case(mail.case_id).state is case_state
    (event,) = desk.events(mail.case_id, EventKind.SEND_SETTLED)
    assert (event.by, event.get("decision")) == ("Carla", decision.value)


def test_it_does_not_call_arrived_what_was_refused(desk, mail):
    desk.courier.plan(REFUSED)
    desk.send()
    with pytest.raises(Refused):
        settle(desk.store, desk.clock, PROMISES, mail.id, Decision.ARRIVED, "Carla")
    assert desk.events(mail.case_id, EventKind.SEND_SETTLED) == []


@pytest.mark.parametrize("decision", Decision)
def test_it_has_nothing_to_decide_about_mail_under_way(desk, mail, decision):
    with pytest.raises(Refused, match="nothing to decide"):
        settle(desk.store, desk.clock, PROMISES, mail.id, decision, "Carla")
    desk.send()
    with pytest.raises(Refused, match="nothing to decide"):
        settle(desk.store, desk.clock, PROMISES, mail.id, decision, "Carla")


# Copies in the Sent folder.


def test_it_makes_one_copy_whatever_is_lost_on_the_way(desk, mail):
    box = FakeMailbox()
    desk.send()
    real = box.append

    def broken(folder, raw):
        real(folder, raw)
        raise MailboxUnavailable("dropped after the append")

    box.append = broken
    with pytest.raises(MailboxUnavailable):
        make_copies(desk.store, box, "Sent")
    box.append = real
    assert make_copies(desk.store, box, "Sent") == 1
    assert make_copies(desk.store, box, "Sent") == 0
    assert box.list("Sent") == [mail.mail]
    assert len(desk.courier.delivered) == 1
    assert desk.mail(mail.id).sent_at == NOW


def test_it_copies_nothing_that_was_not_sent(desk, mail):
    desk.courier.plan(UNKNOWN)
    desk.send()
    assert make_copies(desk.store, FakeMailbox(), "Sent") == 0
