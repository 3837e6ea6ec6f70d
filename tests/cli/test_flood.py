"""A flood as staff see it: one row, an alarm, and what to do with all of them at once."""

from __future__ import annotations

import json
import shutil

import pytest
from cli.conftest import deliver
from support.deployment import Deployment, deploy, environment
from support.terminal import Terminal

STORM = (
    "We have received your message under the number {n} and will get back to you within two "
    "working days. Our opening hours are nine to five. Please keep the number {n} and do not send "
    "the same message again."
)
CRY = "I want to kill myself tonight. I have the pills here."
ASKS = ("Where do I find the guide for touring musicians?", "Is there a songwriting evening soon?")


def mail(n, text, subject="Your message", sender="") -> bytes:
    return (
        f"From: {sender or f'venue{n}@hall{n}.example.com'}\r\nTo: help@desk.example.org\r\n"
        f"Subject: {subject} {n}\r\nMessage-ID: <{n}@hall.example.com>\r\n\r\n{text}\r\n"
    ).encode()


@pytest.fixture(scope="module")
def drowning(tmp_path_factory) -> Deployment:
    """Nine alike (cases 1 to 9), a cry in the same words (10), and two who ask (11, 12)."""
    desk = deploy(
        tmp_path_factory.mktemp("storm"),
        {("mailbox", "port"): 9, ("outgoing", "port"): 9, ("cases", "drafts_an_hour"): 5},
        mailbox_password="none",
    )
    mails = [mail(n, STORM.format(n=n)) for n in range(1, 10)]
    mails.append(mail(10, f"{STORM.format(n=10)} {CRY}"))
    mails += [mail(11 + n, text, "A question") for n, text in enumerate(ASKS)]
    deliver(desk, mails)
    return desk


@pytest.fixture
def storm(drowning, tmp_path) -> Deployment:
    """A copy to do anything to."""
    shutil.copytree(drowning.folder, tmp_path / "desk")
    return Deployment(tmp_path / "desk")


def cases(said) -> list[str]:
    """The first column of a table, without the headings."""
    rows = said.split("\n----", 1)[1].split("\n")[1:]
    return [row.split("  ")[0] for row in rows if row[:1].isdigit() and "people" not in row]


def test_it_shows_one_row_for_a_flood_and_the_urgent_on_top(drowning, concierge):
    code, out, _ = concierge(drowning, "queue")
    assert code == 0
    listed = cases(out)
    assert listed[0] == "10"
    assert "1 +5" in listed
    assert sorted(listed) == sorted(["10", "1", "2", "3", "4", "11", "12", "1 +5"])
    assert "12 people wait in 8 rows, 1 emergency, " in out
    assert "concierge case list --flood 1" in out
    assert "ALARM: 2 cases got no draft within the last hour" in out


def test_it_shows_every_case_when_asked(drowning, concierge):
    out = concierge(drowning, "queue", "--all")[1]
    assert len(cases(out)) == 12
    assert "12 people wait, 1 emergency, " in out


def test_it_tells_programs_of_every_case_and_its_flood(drowning, concierge):
    rows = map(json.loads, concierge(drowning, "queue", "--json")[1].splitlines())
    found = {row["case_id"]: row["flood_of"] for row in rows}
    assert found == dict.fromkeys((1, 2, 3, 4, 10, 11, 12)) | dict.fromkeys(range(5, 10), 1)


def test_it_fits_a_flooded_queue_on_the_screen(drowning):
    env = environment(drowning.config_file) | {"NO_COLOR": "1"}
    with Terminal("queue", cwd=drowning.folder, env=env, columns=80, lines=24) as terminal:
        assert terminal.code() == 0
        assert len(terminal.said.splitlines()) < 24
        assert "1 +5" in terminal.said


def test_it_lists_a_flood(drowning, concierge):
    assert sorted(map(int, cases(concierge(drowning, "case", "list", "--flood", "1")[1]))) == [
        *(1, 5, 6, 7, 8, 9)
    ]


def test_it_closes_a_flood_with_one_decision_and_names_what_it_leaves(storm, concierge):
    assert concierge(storm, "case", "claim", "6", CONCIERGE_STAFF="Carla")[0] == 0
    code, out, _ = concierge(storm, "case", "resolve", "--flood", "1", "--yes")
    assert code == 0
    assert "4 cases resolved. Case 1 keeps its own row." in out
    assert "Left for a look of their own: 6." in out
    listed = cases(concierge(storm, "queue")[1])
    assert sorted(map(int, listed)) == [1, 2, 3, 4, 6, 10, 11, 12]
    code, _, err = concierge(storm, "case", "resolve", "--flood", "1", "--yes")
    assert (code, "repeats case 1" in err) == (3, True)


def test_it_asks_before_it_closes_a_flood(storm, concierge):
    code, _, err = concierge(storm, "case", "resolve", "--flood", "1")
    assert code == 2
    assert "--yes" in err
    code, _, err = concierge(storm, "case", "resolve")
    assert (code, "--flood" in err) == (2, True)


def test_it_takes_a_case_out_of_its_flood(storm, concierge):
    assert "Repeats case 1" in concierge(storm, "case", "show", "7")[1]
    assert concierge(storm, "case", "unflood", "7")[0] == 0
    assert "7" in cases(concierge(storm, "queue")[1])
    assert "Repeats case 1" not in concierge(storm, "case", "show", "7")[1]
    assert concierge(storm, "case", "unflood", "7")[0] == 3


def test_it_tells_the_monitor_and_the_supervisor(drowning, concierge):
    code, out, _ = concierge(drowning, "health")
    assert code == 1
    assert "ALARM: 2 cases got no draft" in out
    from datetime import UTC, datetime

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    out = concierge(drowning, "report", "--date", today)[1]
    assert "withheld: too many within the hour      2" in out
    assert "none: the case repeats another          5" in out


def test_it_shows_one_of_a_flood_in_the_review_and_says_what_is_left(storm):
    with Terminal("review", cwd=storm.folder, env=environment(storm.config_file)) as terminal:
        seen = []
        for _ in range(8):
            screen = terminal.until(r"Case (\d+) \[y,e,w,r,l,c,h,n,d,s,q,\?\] ")
            seen.append(int(screen.rpartition("Case ")[2].split()[0]))
            terminal.type("s")
        assert terminal.code() == 0
        assert seen[0] == 10
        assert sorted(seen) == [1, 2, 3, 4, 5, 10, 11, 12]
        assert "The next case repeats case 1;" in terminal.said
        assert "Beside 4 cases that repeat others" in " ".join(terminal.said.split())
