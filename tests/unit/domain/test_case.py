"""What can happen to a case, all of it in one table, and who may work on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.values import HOUR, NOW, a_case

from concierge.domain.case import (
    NEEDS_A_PERSON,
    TRANSITIONS,
    UNRESOLVED,
    CaseState,
    Claim,
    Trigger,
    next_state,
)
from concierge.errors import Refused, TakenByAnother

EVERY_PAIR = [(state, trigger) for state in CaseState for trigger in Trigger]


@pytest.mark.parametrize(("state", "trigger"), EVERY_PAIR)
def test_it_allows_what_the_table_says_and_refuses_the_rest(state, trigger):
    if (state, trigger) in TRANSITIONS:
        assert next_state(state, trigger) is TRANSITIONS[state, trigger]
    else:
        with pytest.raises(Refused, match=f"{state} cannot take"):
            next_state(state, trigger)


@pytest.mark.parametrize("state", CaseState)
def test_it_takes_a_message_and_trouble_in_every_state(state):
    assert next_state(state, Trigger.MESSAGE_ARRIVED) in NEEDS_A_PERSON
    assert next_state(state, Trigger.REPLY_TROUBLED) is CaseState.ATTENTION


def test_it_brings_nobody_out_of_sight_but_by_acceptance_or_staff():
    hiding = {
        trigger
        for (state, trigger), after in TRANSITIONS.items()
        if state in NEEDS_A_PERSON and after not in NEEDS_A_PERSON
    }
    assert hiding == {Trigger.REPLY_APPROVED, Trigger.REPLY_ACCEPTED, Trigger.RESOLVE}


def test_it_can_leave_every_state_and_reach_every_state():
    assert {state for state, _ in TRANSITIONS} == set(CaseState)
    assert set(TRANSITIONS.values()) == set(CaseState)
    assert {trigger for _, trigger in TRANSITIONS} == set(Trigger)


def test_it_does_not_approve_while_a_reply_is_under_way():
    assert (CaseState.SENDING, Trigger.REPLY_APPROVED) not in TRANSITIONS
    assert (CaseState.SENDING, Trigger.RESOLVE) not in TRANSITIONS


def test_it_counts_all_but_resolved_as_unresolved():
    assert set(CaseState) - {CaseState.RESOLVED} == UNRESOLVED
    assert NEEDS_A_PERSON < UNRESOLVED


def test_it_moves_without_changing_the_old_value():
    case = a_case()
    assert case.after(Trigger.REPLY_APPROVED).state is CaseState.SENDING
    assert case.state is CaseState.OPEN


@pytest.mark.parametrize(
    ("held_by", "until", "takeover", "allowed"),
    [
        (None, None, False, True),
        ("Bo", NOW + HOUR, False, True),
        ("Carla", NOW + HOUR, False, False),
        ("Carla", NOW + HOUR, True, True),
        ("Carla", NOW, False, True),
        ("Carla", NOW + timedelta(microseconds=1), False, False),
    ],
)
def test_it_lets_one_person_hold_a_case(held_by, until, takeover, allowed):
    case = a_case(id=7, claim=Claim(held_by, until) if held_by else None)
    if allowed:
        held = case.claimed("Bo", NOW, NOW + HOUR, takeover=takeover)
        assert held.claim == Claim("Bo", NOW + HOUR)
        held.may_be_acted_on_by("Bo", NOW)
        with pytest.raises(TakenByAnother, match="Bo"):
            held.may_be_acted_on_by("Carla", NOW)
    else:
        with pytest.raises(TakenByAnother, match="Case 7 is held by Carla"):
            case.claimed("Bo", NOW, NOW + HOUR, takeover=takeover)
        with pytest.raises(TakenByAnother):
            case.may_be_acted_on_by("Bo", NOW)
