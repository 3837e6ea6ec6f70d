"""What a further message, a bounce and a machine's mail do to a case, its draft and its clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.courier import DEFERRED, REFUSED, UNKNOWN
from support.desk_fixtures import (
    HOUR,
    KEY,
    NOW,
    OURS,
    PROMISES,
    URGENT,
    Desk,
    bounce,
    letter,
    token,
)

from concierge.desk import outcomes
from concierge.desk.settling import Decision, settle
from concierge.domain.case import CaseState, Trigger
from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.sla import ClockKind, Standing
from concierge.errors import Refused, StaleDraft


@pytest.fixture
def desk() -> Desk:
    return Desk()


def again(desk, case, text="One thing more, please.", **more):
    """The requester writes again."""
    return desk.arrive(letter(text, subject=f"Re: {token(case.id)}", **more))


def begun(desk, mail_id):
    """The worker holds the mail and DATA has begun; what is left is the server's answer."""
    with desk.store.begin() as tx:
        claimed = tx.outbox.claim_next(desk.clock.now(), "w1", desk.clock.now() + HOUR)
        assert claimed.id == mail_id
        from dataclasses import replace

        in_data = replace(claimed, state=OutboxState.IN_DATA)
        tx.outbox.save(in_data, was=OutboxState.CLAIMED)
    return in_data


def accepted(desk, mail):
    with desk.store.begin() as tx:
        outcomes.sent(tx, tx.outbox.get(mail.id), "ok", desk.clock.now(), PROMISES, copy=False)


def unmet(desk, case_id):
    return sorted(c.kind.value for c in desk.clocks(case_id) if c.met_at is None)


def test_it_opens_a_case_with_two_promises_and_a_draft(desk):
    came = NOW - timedelta(minutes=20)
    case = desk.arrive(letter(), received_at=came)
    assert (case.state, case.version, case.last_message_at) == (CaseState.OPEN, 1, came)
    assert unmet(desk, case.id) == ["first_response", "resolution"]
    assert {c.started_at for c in desk.clocks(case.id)} == {came}
    assert desk.draft(case.id).case_version == 1


def test_it_supersedes_the_draft_when_the_requester_writes_again(desk):
    case = desk.arrive(letter())
    old = desk.draft(case.id)
    moved = again(desk, case)
    new = desk.draft(case.id)
    assert (moved.version, new.case_version) == (2, 2)
    assert desk.store.data.drafts[old.id].state is DraftState.SUPERSEDED
    with pytest.raises(StaleDraft):
        desk.approvals.approve(old.id, old.revision, "Bo")


def test_it_keeps_the_clock_of_the_oldest_unanswered_message(desk):
    case = desk.arrive(letter())
    before = desk.clocks(case.id, ClockKind.FIRST_RESPONSE)
    desk.clock.pass_(hours=3)
    again(desk, case)
    assert desk.clocks(case.id, ClockKind.FIRST_RESPONSE) == before
    assert desk.clocks(case.id, ClockKind.NEXT_RESPONSE) == []


def test_it_holds_an_approved_reply_back_when_the_requester_writes_again(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    moved = again(desk, case)
    assert desk.mail(mail.id).state is OutboxState.WITHDRAWN
    assert moved.state is CaseState.OPEN
    assert "held back" in moved.attention
    desk.send()
    assert desk.courier.delivered == []


def test_it_owes_a_response_after_an_answer(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    assert desk.case(case.id).state is CaseState.WAITING
    resolution = desk.clocks(case.id, ClockKind.RESOLUTION)[0]
    assert resolution.standing(NOW) is Standing.PAUSED
    desk.clock.pass_(days=2)
    again(desk, case)
    assert unmet(desk, case.id) == ["next_response", "resolution"]
    resumed = desk.clocks(case.id, ClockKind.RESOLUTION)[0]
    assert resumed.running
    assert resumed.due_at > resolution.due_at
    desk.answer(case.id)
    assert unmet(desk, case.id) == ["resolution"]


def test_it_raises_urgency_and_never_lowers_it(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.clock.pass_(hours=20)
    raised = again(desk, case, URGENT)
    now = desk.clock.now()
    assert (raised.urgency, raised.route) == (Urgency.EMERGENCY, Route.CRISIS)
    for clock in desk.clocks(case.id):
        if clock.met_at is None:
            assert (clock.urgency, clock.paused_at) == (Urgency.EMERGENCY, None)
            assert clock.due_at <= now + PROMISES.by_urgency[Urgency.EMERGENCY].of(clock.kind)
    calm = again(desk, case, "Thank you, I will read the guide.")
    assert calm.urgency is Urgency.EMERGENCY
    assert len(desk.events(case.id, EventKind.URGENCY_RAISED)) == 1


def test_it_never_pauses_the_clocks_of_an_urgent_case(desk):
    case = desk.arrive(letter(URGENT))
    desk.answer(case.id)
    assert desk.case(case.id).state is CaseState.WAITING
    assert all(c.paused_at is None for c in desk.clocks(case.id))


def test_it_keeps_a_case_open_when_the_reply_was_overtaken(desk):
    case = desk.arrive(letter())
    mail = begun(desk, desk.approve(case.id).id)
    desk.clock.pass_(minutes=1)
    again(desk, case)
    desk.clock.pass_(minutes=1)
    accepted(desk, mail)
    assert desk.case(case.id).state is CaseState.OPEN
    owed = desk.clocks(case.id, ClockKind.NEXT_RESPONSE)
    assert [c.started_at for c in owed] == [NOW + timedelta(minutes=1)]
    assert desk.clocks(case.id, ClockKind.FIRST_RESPONSE)[0].met_at == desk.clock.now()
    assert desk.draft(case.id).case_version == 2


def test_it_takes_a_late_yes_while_the_next_reply_is_already_approved(desk):
    case = desk.arrive(letter())
    first = begun(desk, desk.approve(case.id).id)
    desk.clock.pass_(minutes=1)
    again(desk, case)
    second = desk.approve(case.id)
    desk.clock.pass_(minutes=1)
    accepted(desk, first)
    assert desk.mail(first.id).state is OutboxState.SENT
    assert desk.case(case.id).state is CaseState.SENDING
    assert unmet(desk, case.id) == ["next_response", "resolution"]
    desk.send()
    assert desk.mail(second.id).state is OutboxState.SENT
    assert desk.case(case.id).state is CaseState.WAITING
    assert unmet(desk, case.id) == ["resolution"]


def test_it_settles_an_uncertain_mail_while_another_is_under_way(desk):
    case = desk.arrive(letter())
    first = desk.approve(case.id)
    desk.courier.plan(UNKNOWN)
    desk.send()
    assert desk.case(case.id).state is CaseState.ATTENTION
    again(desk, case)
    desk.approve(case.id)
    settle(desk.store, desk.clock, PROMISES, first.id, Decision.ARRIVED, "Bo")
    assert desk.case(case.id).state is CaseState.SENDING


@pytest.mark.parametrize("outcome", [REFUSED, UNKNOWN])
def test_it_puts_trouble_before_staff(desk, outcome):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    desk.courier.plan(outcome)
    desk.send()
    assert desk.case(case.id).state is CaseState.ATTENTION
    assert desk.case(case.id).attention
    assert unmet(desk, case.id) == ["first_response", "resolution"]
    settle(desk.store, desk.clock, PROMISES, mail.id, Decision.WITHDRAW, "Bo")
    assert desk.case(case.id).state is CaseState.OPEN


def test_it_takes_a_response_back_when_it_bounces(desk):
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    desk.clock.pass_(hours=1)
    desk.arrive(bounce(mail))
    assert desk.mail(mail.id).state is OutboxState.BOUNCED
    troubled = desk.case(case.id)
    assert (troubled.state, "came back" in troubled.attention) == (CaseState.ATTENTION, True)
    assert unmet(desk, case.id) == ["first_response", "resolution"]
    assert all(c.running for c in desk.clocks(case.id))


def test_it_takes_a_late_bounce_after_the_requester_wrote_again(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.clock.pass_(hours=1)
    again(desk, case)
    second = desk.answer(case.id)
    owed_since = desk.clocks(case.id, ClockKind.NEXT_RESPONSE)[0].started_at
    desk.clock.pass_(hours=1)
    again(desk, case, "And a third thing.")
    desk.clock.pass_(hours=1)
    came = desk.keep(bounce(second))
    assert desk.admit().failures == ()
    assert desk.entry(came.id).state is LedgerState.MUTED
    assert desk.case(case.id).state is CaseState.ATTENTION
    owed = [c for c in desk.clocks(case.id, ClockKind.NEXT_RESPONSE) if c.met_at is None]
    assert [c.started_at for c in owed] == [owed_since]


def test_it_only_notes_a_temporary_bounce(desk):
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    desk.arrive(bounce(mail, "4.2.2", action="delayed"))
    assert desk.case(case.id).state is CaseState.WAITING
    assert [e.get("status") for e in desk.events(case.id, EventKind.BOUNCED)] == ["4.2.2"]


def test_it_hears_that_a_mail_server_has_given_up_whatever_its_last_try_said(desk):
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    # Five days in a queue: the servers say "failed" with the status of the last connection.
    desk.arrive(bounce(mail, "4.4.1"))
    assert desk.mail(mail.id).state is OutboxState.BOUNCED
    assert desk.case(case.id).state is CaseState.ATTENTION


def test_it_tells_of_one_bounce_once(desk):
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    desk.arrive(bounce(mail))
    desk.casework.resolve(case.id, "Bo")
    desk.arrive(bounce(mail, "5.1.0"))
    assert desk.case(case.id).state is CaseState.RESOLVED


def test_it_reopens_a_resolved_case_whose_last_reply_bounced(desk):
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    desk.clock.pass_(hours=1)
    desk.casework.resolve(case.id, "Bo")
    desk.arrive(bounce(mail))
    back = desk.case(case.id)
    assert (back.state, back.resolved_at) == (CaseState.ATTENTION, None)
    assert unmet(desk, case.id) == ["first_response", "resolution"]


def test_it_promises_an_answer_when_a_resolved_cases_further_reply_bounces(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.clock.pass_(hours=1)
    desk.approvals.write(case.id, "More", "One more thing.", "Bo")
    further = desk.answer(case.id)
    desk.casework.resolve(case.id, "Bo")
    desk.arrive(bounce(further))
    assert unmet(desk, case.id) == ["next_response", "resolution"]


def test_it_reopens_a_resolved_case_whose_mail_failed_late(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    desk.courier.plan(UNKNOWN, REFUSED)
    desk.send()
    desk.casework.resolve(case.id, "Bo")
    settle(desk.store, desk.clock, PROMISES, mail.id, Decision.AGAIN, "Bo")
    desk.send()
    back = desk.case(case.id)
    assert (back.state, back.resolved_at) == (CaseState.ATTENTION, None)
    assert unmet(desk, case.id) == ["next_response", "resolution"]


def test_it_parks_a_machines_mail_without_touching_the_case(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    before = desk.case(case.id)
    away = letter(
        "I am out of the office until Monday.",
        subject=f"Automatic reply: {token(case.id)}",
        headers=("Auto-Submitted: auto-replied", "X-Autoreply: yes"),
    )
    entry = desk.keep(away)
    desk.admit()
    assert desk.entry(entry.id).state is LedgerState.MUTED
    assert desk.case(case.id) == before
    assert desk.draft(case.id) is None


def test_it_shows_a_machines_mail_with_urgent_words(desk):
    away = letter(URGENT, headers=("Auto-Submitted: auto-replied", "X-Autoreply: yes"))
    case = desk.arrive(away)
    assert case.urgency is Urgency.EMERGENCY
    assert desk.draft(case.id) is None
    assert "no draft was written" in case.attention


def test_it_parks_our_own_crisis_words_coming_back(desk):
    case = desk.arrive(letter(URGENT))
    mail = desk.answer(case.id)
    back = letter(URGENT, sender=OURS, headers=(f"X-Concierge-Ref: {token(case.id)}",))
    entry = desk.keep(back)
    desk.admit()
    assert desk.entry(entry.id).state is LedgerState.MUTED
    assert mail.message_id


def test_it_never_parks_a_cry_for_help_that_looks_like_an_automatic_answer(desk):
    case = desk.arrive(letter("Thank you for the tour dates"))
    mail = desk.answer(case.id)
    cry = letter(
        URGENT, subject="Automatic reply",
        headers=("Auto-Submitted: auto-replied", "X-Autoreply: yes",
                 f"In-Reply-To: {mail.message_id}"),
    )  # fmt: skip
    entry = desk.keep(cry)
    desk.admit()
    assert desk.entry(entry.id).state is LedgerState.CASE
    assert desk.case(case.id).urgency is Urgency.EMERGENCY


def test_it_never_makes_us_the_requester(desk):
    case = desk.arrive(letter(URGENT, sender=OURS))
    assert (case.urgency, case.requester.address) == (Urgency.EMERGENCY, "")
    assert desk.draft(case.id) is None


def test_it_flags_another_message_under_the_same_id(desk):
    desk.arrive(letter("First words", mid="<same@example.org>"))
    other = desk.arrive(letter("Other words", sender="dee@example.net", mid="<same@example.org>"))
    assert "same Message-ID" in other.attention


def test_it_makes_one_case_of_a_mail_that_comes_twice(desk):
    raw = letter(mid="<one@example.org>")
    desk.arrive(raw)
    twice = desk.keep(raw)
    assert desk.entry(twice.id).state is LedgerState.DUPLICATE
    assert desk.admit().total == 0
    assert len(desk.store.data.cases) == 1


def test_it_does_not_answer_what_only_looks_like_a_person(desk):
    case = desk.arrive(letter("Hello", sender=OURS, headers=("Reply-To: amina@example.org",)))
    assert case.requester.address == "amina@example.org"
    assert desk.draft(case.id) is None


def test_it_keeps_the_key_out_of_drafts(desk):
    case = desk.arrive(letter())
    assert KEY.decode() not in desk.draft(case.id).text
    assert token(case.id) in desk.draft(case.id).text


def test_it_lets_staff_write_once_more_while_they_wait(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.approvals.write(case.id, "Re", "More words", "Bo")
    assert desk.answer(case.id).state is OutboxState.SENT
    assert desk.case(case.id).state is CaseState.WAITING


def test_it_takes_a_yes_after_an_older_mail_was_decided_about(desk):
    case = desk.arrive(letter())
    first = desk.approve(case.id)
    desk.courier.plan(UNKNOWN)
    desk.send()
    again(desk, case)
    second = desk.approve(case.id)
    with desk.store.begin() as tx:
        outcomes.move(tx, tx.cases.get(case.id), Trigger.REPLY_TROUBLED, "trouble")
    settle(desk.store, desk.clock, PROMISES, first.id, Decision.WITHDRAW, "Bo")
    assert desk.case(case.id).state is CaseState.OPEN
    desk.send()
    assert desk.mail(second.id).state is OutboxState.SENT
    assert desk.case(case.id).state is CaseState.WAITING


def test_it_refuses_to_write_what_nobody_could_approve(desk):
    case = desk.arrive(letter())
    desk.approve(case.id)
    with pytest.raises(Refused, match="last one is sent"):
        desk.approvals.write(case.id, "Re", "More words", "Bo")
    desk.send()
    desk.casework.resolve(case.id, "Bo")
    with pytest.raises(Refused, match="reopen"):
        desk.approvals.write(case.id, "Re", "More words", "Bo")
    desk.casework.reopen(case.id, "Bo")
    draft = desk.approvals.write(case.id, "Re", "More words", "Bo")
    assert desk.approvals.approve(draft.id, 1, "Bo").state is OutboxState.QUEUED


def meanwhile(desk, case, outcome):
    """Send what is due; while the server has it, the requester writes again."""
    real = desk.courier.send

    def send(**mail):
        desk.courier.send = real
        again(desk, case)
        return real(**mail)

    desk.courier.plan(outcome)
    desk.courier.send = send
    desk.send(1)


def test_it_holds_a_deferred_reply_back_when_the_requester_wrote_meanwhile(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    meanwhile(desk, case, DEFERRED)
    assert desk.mail(mail.id).state is OutboxState.WITHDRAWN
    assert "held back" in desk.case(case.id).attention
    (event,) = desk.events(case.id, EventKind.SEND_SETTLED)
    assert event.get("decision") == "held_back"
    desk.clock.pass_(days=1)
    desk.send()
    assert desk.courier.delivered == []


def test_it_holds_back_what_a_dead_worker_had_not_begun_to_send(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    with desk.store.begin() as tx:
        tx.outbox.claim_next(desk.clock.now(), "dead", desk.clock.now() + HOUR)
    again(desk, case)
    desk.dispatch.recover(alone=True)
    assert desk.mail(mail.id).state is OutboxState.WITHDRAWN


def test_it_sends_what_a_person_decided_to_send_again_all_the_same(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    meanwhile(desk, case, REFUSED)
    settle(desk.store, desk.clock, PROMISES, mail.id, Decision.AGAIN, "Bo")
    desk.courier.plan(DEFERRED)
    desk.send()
    assert desk.mail(mail.id).state is OutboxState.QUEUED
    desk.clock.pass_(minutes=1)
    desk.send()
    assert desk.mail(mail.id).state is OutboxState.SENT
    assert desk.case(case.id).state is CaseState.OPEN


def test_it_tries_again_after_a_deferral(desk):
    case = desk.arrive(letter())
    mail = desk.approve(case.id)
    desk.courier.plan(DEFERRED)
    desk.send()
    assert desk.mail(mail.id).state is OutboxState.QUEUED
    desk.send()
    assert desk.courier.delivered == []
    desk.clock.pass_(seconds=30)
    desk.send()
    assert desk.mail(mail.id).state is OutboxState.SENT


@pytest.mark.parametrize("end", ["failed", "uncertain", "bounced"])
def test_it_owes_a_response_when_a_further_reply_to_a_waiting_case_gets_lost(desk, end):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.clock.pass_(hours=1)
    draft = desk.approvals.write(case.id, "Re", "One thing more from us.", "Bo")
    mail = desk.approvals.approve(draft.id, draft.revision, "Bo")
    if end != "bounced":
        desk.courier.plan(REFUSED if end == "failed" else UNKNOWN)
    desk.send()
    if end == "bounced":
        desk.clock.pass_(hours=1)
        desk.arrive(bounce(desk.mail(mail.id)))
    assert desk.case(case.id).state is CaseState.ATTENTION
    assert unmet(desk, case.id) == ["next_response", "resolution"]
    assert all(c.running for c in desk.clocks(case.id) if c.met_at is None)
