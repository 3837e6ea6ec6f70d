"""What the letters by other hands must give for needs and doors; floors a little under today."""

from __future__ import annotations

import pytest
from support.deployment import ROOT

LETTERS = ROOT / "tests" / "eval" / "letters_topics.jsonl"
#: Percent found when this was written: 75 of the needs, 83 of the doors.
FLOORS = (("needs", "--min-found", 72), ("route", "--min-right", 80))


@pytest.mark.parametrize(("what", "option", "floor"), FLOORS)
def test_it_finds_what_a_reply_must_respect_and_the_right_door(concierge, what, option, floor):
    assert LETTERS.stat().st_size, "an empty file holds every floor"

    code, out, err = concierge(None, "eval", what, str(LETTERS), option, str(floor))

    assert code == 0, f"{out}{err}"
