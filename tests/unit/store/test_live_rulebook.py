"""Staff may break a file while the desk runs: the last good rulebook stays, and they are told."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from concierge.bootstrap import shipped_rulebook_files
from concierge.domain.findings import URGENT
from concierge.errors import FaultyInput
from concierge.rules.urgency import UrgencyTexts, urgency_of
from concierge.store.rulebook import LOOK_EVERY, LiveRulebook


@pytest.fixture
def files(tmp_path):
    shipped = shipped_rulebook_files()
    shutil.copytree(shipped.rules, tmp_path / "data")
    shutil.copytree(shipped.templates, tmp_path / "templates")
    return replace(
        shipped, directory=tmp_path / "data" / "resources.csv", rules=tmp_path / "data",
        templates=tmp_path / "templates",
    )  # fmt: skip


def test_it_keeps_the_last_good_rulebook_and_takes_the_next(files):
    told, now = [], [0.0]
    live = LiveRulebook(files, told.append, lambda: now[0])
    first = live()
    good = files.directory.read_text(encoding="utf-8")

    def later():
        now[0] += LOOK_EVERY
        return live()

    assert later() is first
    files.directory.write_text(good + "broken,row\n", encoding="utf-8")
    assert live() is first
    assert told == []
    assert later() is first
    assert isinstance(told[0], FaultyInput)
    assert later() is first
    assert len(told) == 1
    files.directory.write_bytes(b"\xff\xfe")
    assert later() is first
    files.directory.unlink()
    assert later() is first
    assert [isinstance(error, FaultyInput) for error in told] == [True] * 3
    files.directory.write_text(good, encoding="utf-8")
    assert later() is not first
    assert told[3] is None


def test_it_does_not_start_on_faulty_files(files):
    (files.rules / "urgency" / "en.toml").write_text("= broken", encoding="utf-8")
    with pytest.raises(FaultyInput, match=r"en\.toml"):
        LiveRulebook(files, print)


@pytest.mark.parametrize(
    ("table", "damage"),
    [("gazetteer.tsv.gz", "gone"), ("gazetteer.tsv.gz", "other"), ("words.txt.xz", "cut")],
)
def test_it_notices_a_damaged_table_before_a_message_needs_it(files, table, damage):
    path = files.rules / table
    good = path.read_bytes()
    told, now = [], [0.0]
    live = LiveRulebook(files, told.append, lambda: now[0])
    first = live()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(good[: len(good) // 2] if damage == "cut" else b"no table at all")
    now[0] += LOOK_EVERY
    assert live() is first
    assert table in told[0].faults[0]


#: Files of the lexicon, and what somebody does to them.
SLIPS = {
    "tr.toml": b"= broken",
    "tr.own.toml": b'patterns = [{l = "loud", c = "ideation", p = "a", n = "b"}]\n',
    "concepts.toml": b'\n[[concept]]\nid = "half"\n',
    "en.toml": b"\xff\xfe",
}


def test_it_keeps_hearing_by_the_last_good_lexicon(files):
    told, now = [], [0.0]
    live = LiveRulebook(files, told.append, lambda: now[0])
    first = live()

    def later():
        now[0] += LOOK_EVERY
        return live()

    cry = UrgencyTexts("", "Artık dayanamıyorum, ölmek istiyorum.")
    for name, slip in SLIPS.items():
        path = files.rules / "urgency" / name
        good = path.read_bytes() if path.exists() else None
        path.write_bytes((good or b"") + slip)
        assert later() is first
        assert isinstance(told[-1], FaultyInput)
        assert all(name in fault for fault in told[-1].faults), told[-1].faults
        assert urgency_of(live().lexicon, cry).value in URGENT
        path.unlink() if good is None else path.write_bytes(good)
    assert len(told) == len(SLIPS)
    assert later() is not first
    assert told[-1] is None
