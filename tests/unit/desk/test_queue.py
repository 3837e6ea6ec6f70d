"""Who needs a person first."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from fakes.values import HOUR, NOW, a_case, a_clock

from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import in_order, next_for, standing_of
from concierge.domain.case import CaseState, Claim
from concierge.domain.findings import Urgency
from concierge.domain.sla import Standing


def row(number, urgency=Urgency.ROUTINE, due=None, **changes):
    clock = a_clock(number, due_at=NOW + due, at_risk_at=NOW) if due else None
    return QueueRow(a_case(id=number, urgency=urgency, **changes), clock, 0, 1)


ROWS = [
    row(9, Urgency.EMERGENCY),
    row(8, Urgency.HIGH, 9 * HOUR),
    row(7, Urgency.CONCERN, 1 * HOUR),
    row(6, due=1 * HOUR),
    row(5, due=2 * HOUR, last_message_at=NOW - HOUR),
    row(4, due=2 * HOUR),
    row(1, last_message_at=NOW - HOUR),
    row(2),
    row(3),
]


@pytest.mark.parametrize("seed", range(5))
def test_it_orders_by_urgency_then_clock_then_age_then_number(seed):
    rows = random.Random(seed).sample(ROWS, len(ROWS))
    assert in_order(rows) == ROWS


def test_it_gives_the_first_case_nobody_else_holds():
    held = Claim("Carla", NOW + HOUR)
    over = Claim("Carla", NOW)
    rows = [
        row(1, Urgency.EMERGENCY, claim=held),
        row(2, Urgency.EMERGENCY, state=CaseState.WAITING),
        row(3, Urgency.HIGH, claim=over),
        row(4),
    ]
    assert next_for(rows, "Bo", NOW).case.id == 3
    assert next_for(rows, "Carla", NOW).case.id == 1
    assert next_for(rows, "Bo", NOW - timedelta(seconds=1)).case.id == 4
    assert next_for(rows[:2], "Bo", NOW) is None


def test_it_tells_the_standing_of_the_nearest_clock():
    assert standing_of(row(1, due=HOUR), NOW + HOUR) is Standing.BREACHED
    assert standing_of(row(1), NOW) is None
