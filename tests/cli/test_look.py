"""`concierge queue --look`: the second list, and that it never stands for the first."""

from __future__ import annotations

import json

import pytest
from cli.conftest import deliver
from support.deployment import Deployment, deploy
from support.desk_fixtures import ROUTINE, URGENT, letter

PAST = "In 2009 I tried to kill myself; I am well today and would like to help others."
SEVERAL = "I drink too much, I do not sleep, and I feel hopeless."
LETTERS = (ROUTINE, PAST, SEVERAL, URGENT)


@pytest.fixture(scope="module")
def looked(tmp_path_factory) -> Deployment:
    """Cases 1 to 4: routine, lowered, several concerns, an emergency."""
    desk = deploy(
        tmp_path_factory.mktemp("look"),
        {("mailbox", "port"): 9, ("outgoing", "port"): 9},
        mailbox_password="none",
    )
    senders = [f"amina{n}@house{n}.example" for n in range(len(LETTERS))]
    deliver(
        desk,
        [
            letter(text, sender=sender, mid=f"<{n}@x.example>")
            for n, (text, sender) in enumerate(zip(LETTERS, senders, strict=True))
        ],
    )
    return desk


def cases(told: str) -> list[int]:
    return [json.loads(row)["case_id"] for row in told.splitlines()]


def test_it_lists_what_was_lowered_and_what_nearly_is_urgent(looked, concierge):
    code, out, err = concierge(looked, "queue", "--look", "--json")
    assert (code, err) == (0, "")
    rows = [json.loads(row) for row in out.splitlines()]
    # Five concerns weigh more than two lowered signs.
    assert [row["case_id"] for row in rows] == [3, 2]
    for row in rows:
        assert row["weight"] == sum(reason["weight"] for reason in row["because"]) > 0
        assert row["urgency"] == "concern"
    assert "lowered" in rows[1]["because"][0]["note"]


def test_it_tells_people_why_and_that_somebody_comes_first(looked, concierge):
    code, out, _ = concierge(looked, "queue", "--look")
    assert code == 0
    assert "lowered: past" in out
    assert "! 1 urgent case first: concierge queue." in out


def test_it_keeps_the_queue_as_it_is(looked, concierge):
    assert sorted(cases(concierge(looked, "queue", "--json")[1])) == [1, 2, 3, 4]
    assert cases(concierge(looked, "queue", "--json")[1])[0] == 4
    assert not any("weight" in row for row in concierge(looked, "queue", "--json")[1].splitlines())


def test_it_takes_a_limit_and_a_route_and_says_when_there_is_nothing(looked, concierge):
    assert cases(concierge(looked, "queue", "--look", "--limit", "1", "--json")[1]) == [3]
    assert "There are more" in concierge(looked, "queue", "--look", "--limit", "1")[1]
    _, out, _ = concierge(looked, "queue", "--look", "--route", "events")
    assert "Nothing is worth a second look." in out
    assert "! 1 urgent case first" in out
