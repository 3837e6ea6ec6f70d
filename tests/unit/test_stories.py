"""Every failure seen elsewhere that tests/stories.md lists has a test that carries its number."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
_ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def test_it_has_a_test_for_every_story():
    listed = set(_ROW.findall((TESTS / "stories.md").read_text("utf-8")))
    marked = {
        number
        for path in TESTS.rglob("test_*.py")
        for number in re.findall(
            r"^@pytest\.mark\.story\((\d+)\)$", path.read_text("utf-8"), re.MULTILINE
        )
    }
    assert listed == marked
