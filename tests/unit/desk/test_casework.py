"""What staff do to a case beside answering it, each with a name on it."""

from __future__ import annotations

import pytest
from support.desk_fixtures import HOUR, NOW, PROMISES, Desk, letter, token

from concierge.desk import outcomes
from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState
from concierge.domain.event import EventKind
from concierge.domain.sla import ClockKind
from concierge.errors import Refused, TakenByAnother, UsageError


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def case(desk):
    return desk.arrive(letter())


def history(desk, case, *kinds):
    return [(e.kind.value, e.by) for e in desk.events(case.id) if e.kind in kinds]


def test_it_lets_one_hold_a_case_for_a_while(desk, case):
    held = desk.casework.claim(case.id, "Bo")
    assert held.claim.expires_at - NOW == desk.casework._claim_for
    with pytest.raises(TakenByAnother, match="Bo"):
        desk.casework.claim(case.id, "Carla")
    desk.casework.claim(case.id, "Bo")
    taken = desk.casework.claim(case.id, "Carla", takeover=True)
    assert taken.claim.staff == "Carla"
    assert history(desk, case, EventKind.CLAIMED, EventKind.TAKEN_OVER) == [
        ("claimed", "Bo"), ("taken_over", "Carla"),
    ]  # fmt: skip


def test_it_lets_go_only_of_ones_own(desk, case):
    desk.casework.claim(case.id, "Bo")
    assert desk.casework.release(case.id, "Carla").claim.staff == "Bo"
    assert desk.casework.release(case.id, "Bo").claim is None
    assert history(desk, case, EventKind.RELEASED) == [("released", "Bo")]


def test_it_assigns_and_notes(desk, case):
    assert desk.casework.assign(case.id, "Carla", "Bo").assigned_to == "Carla"
    desk.casework.note(case.id, "Rang twice.", "Bo")
    (event,) = desk.events(case.id, EventKind.NOTED)
    assert (event.words, event.data) == ("Rang twice.", ())
    with pytest.raises(Refused, match="empty"):
        desk.casework.note(case.id, " ", "Bo")
    with pytest.raises(UsageError):
        desk.casework.note(99, "words", "Bo")


def test_it_closes_with_clocks_and_draft(desk, case):
    draft = desk.draft(case.id)
    closed = desk.casework.resolve(case.id, "Bo")
    assert (closed.state, closed.resolved_at, closed.version) == (CaseState.RESOLVED, NOW, 2)
    assert all(clock.met_at == NOW for clock in desk.clocks(case.id))
    assert desk.store.data.drafts[draft.id].state is DraftState.SUPERSEDED
    with pytest.raises(Refused, match="resolved"):
        desk.casework.resolve(case.id, "Bo")


def test_it_does_not_close_while_a_reply_is_under_way(desk, case):
    desk.approve(case.id)
    with pytest.raises(Refused, match="not sent yet"):
        desk.casework.resolve(case.id, "Bo")


def test_it_does_not_close_over_a_reply_that_is_under_way_beside_trouble(desk, case):
    first = desk.approve(case.id)
    with desk.store.begin() as tx:
        tx.outbox.claim_next(desk.clock.now(), "w1", desk.clock.now() + HOUR)
    desk.arrive(letter("One thing more", subject=token(case.id)))
    desk.approve(case.id)
    with desk.store.begin() as tx:
        outcomes.failed(tx, tx.outbox.get(first.id), "no", desk.clock.now(), PROMISES)
    assert desk.case(case.id).state is CaseState.ATTENTION
    with pytest.raises(Refused, match="not sent yet"):
        desk.casework.resolve(case.id, "Bo")
    desk.send()
    desk.casework.resolve(case.id, "Bo")


def test_it_leaves_no_stale_draft_standing_when_reopened(desk, case):
    desk.answer(case.id)
    desk.approvals.write(case.id, "Re", "One word more", "Bo")
    desk.casework.reopen(case.id, "Bo")
    assert desk.draft(case.id) is None
    assert desk.approvals.write(case.id, "Re", "Another", "Bo").case_version == 2


def test_it_owes_a_response_when_reopened(desk, case):
    desk.casework.resolve(case.id, "Bo")
    desk.clock.pass_(days=60)
    opened = desk.casework.reopen(case.id, "Carla")
    assert (opened.state, opened.resolved_at) == (CaseState.OPEN, None)
    running = [c for c in desk.clocks(case.id) if c.running]
    assert {c.kind for c in running} == {ClockKind.NEXT_RESPONSE, ClockKind.RESOLUTION}
    assert {c.started_at for c in running} == {desk.clock.now()}
    with pytest.raises(Refused):
        desk.casework.reopen(case.id, "Carla")
