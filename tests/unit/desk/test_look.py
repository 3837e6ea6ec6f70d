"""The second list: what is not urgent, but nearly is."""

from __future__ import annotations

import random

import pytest
from fakes.values import HOUR, NOW, a_case

from concierge.desk.look import worth_a_look
from concierge.desk.ports.views import QueueRow, ToldRow
from concierge.domain.findings import Urgency


def told(number, *weights, urgency=Urgency.CONCERN, candidates=("high",), **changes):
    evidence = [
        {"rule": "urgency.en.ideation", "found": "w", "where": "body", "weight": weight, "note": ""}
        for weight in weights
    ]
    row = QueueRow(a_case(id=number, urgency=urgency, **changes), None, 0, 1)
    return ToldRow(row, {"urgency": {"evidence": evidence, "candidates": list(candidates)}})


WORTH = [
    told(5, 1.0, 1.0, 1.0),
    told(4, 1.0, 1.0, last_message_at=NOW - HOUR),
    told(1, 1.0, 1.0),
    told(2, 2.0),
    told(3, 0.0, urgency=Urgency.ROUTINE),
]


@pytest.mark.parametrize("seed", range(5))
def test_it_puts_the_heaviest_first_and_then_who_waits_longest(seed):
    looks = worth_a_look(random.Random(seed).sample(WORTH, len(WORTH)))
    assert [one.row.case.id for one in looks] == [5, 4, 1, 2, 3]
    assert [one.weight for one in looks] == [3.0, 2.0, 2.0, 2.0, 0.0]
    assert len(looks[0].because) == 3


@pytest.mark.parametrize(
    "row",
    [
        told(1, 3.0, urgency=Urgency.HIGH),
        told(1, 3.0, urgency=Urgency.EMERGENCY),
        told(1, 1.0, candidates=()),
        ToldRow(WORTH[0].row, {}),
        ToldRow(WORTH[0].row, {"urgency": {"value": "concern", "evidence": []}}),
    ],
    ids=["high", "emergency", "not close", "nothing read", "read long ago"],
)
def test_it_leaves_out_what_is_urgent_already_and_what_is_not_close(row):
    assert worth_a_look([row]) == []
