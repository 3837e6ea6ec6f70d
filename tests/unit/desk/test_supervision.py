"""Every broken promise is told of once, however long the desk was down."""

from __future__ import annotations

import pytest
from support.desk_fixtures import HOUR, URGENT, Desk, letter, token

from concierge.desk import supervision
from concierge.desk.supervision import Swept, sweep
from concierge.domain.event import EventKind


@pytest.fixture
def desk() -> Desk:
    return Desk()


def told(desk, case_id):
    kinds = (EventKind.AT_RISK, EventKind.BREACHED)
    events = (e for e in desk.events(case_id) if e.kind in kinds)
    return [(e.kind.value, e.get("clock")) for e in events]


def test_it_says_nothing_in_time(desk):
    desk.arrive(letter())
    assert sweep(desk.store, desk.clock) == Swept()


def test_it_tells_of_risk_and_then_of_breach(desk):
    case = desk.arrive(letter(URGENT))
    desk.clock.pass_(minutes=48)
    assert sweep(desk.store, desk.clock) == Swept(at_risk=1)
    assert sweep(desk.store, desk.clock) == Swept()
    desk.clock.pass_(minutes=12)
    assert sweep(desk.store, desk.clock) == Swept(breached=1)
    assert sweep(desk.store, desk.clock) == Swept()
    assert told(desk, case.id) == [("at_risk", "first_response"), ("breached", "first_response")]


def test_it_catches_up_after_days_with_one_line_a_clock(desk):
    case = desk.arrive(letter(URGENT))
    desk.clock.pass_(days=9)
    assert sweep(desk.store, desk.clock) == Swept(breached=2)
    assert sweep(desk.store, desk.clock) == Swept()
    assert sorted(told(desk, case.id)) == [
        ("breached", "first_response"),
        ("breached", "resolution"),
    ]


def test_it_does_not_count_nights_and_weekends(desk):
    case = desk.arrive(letter())
    (first, _) = desk.clocks(case.id)
    desk.clock.at = first.due_at - HOUR
    sweep(desk.store, desk.clock)
    assert told(desk, case.id) == [("at_risk", "first_response")]
    desk.clock.at = first.due_at
    assert sweep(desk.store, desk.clock) == Swept(breached=1)


def test_it_tells_nothing_of_what_was_answered_or_waits_for_the_requester(desk):
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.clock.pass_(days=90)
    assert sweep(desk.store, desk.clock) == Swept()
    desk.arrive(letter("Hello again", subject=token(case.id)))
    desk.clock.pass_(days=90)
    assert sweep(desk.store, desk.clock).breached == 2


def test_it_takes_many_in_portions(desk, monkeypatch):
    monkeypatch.setattr(supervision, "_BATCH", 3)
    for number in range(7):
        desk.arrive(letter(URGENT, subject=f"Matter {number}"))
    desk.clock.pass_(days=9)
    assert sweep(desk.store, desk.clock).breached == 14
