"""What a person does with a hint: types it as it stands. And what a slip of the finger is told."""

from __future__ import annotations

import re
import shlex

import pytest


def hints(out: str) -> list[list[str]]:
    return [shlex.split(found) for found in re.findall(r"To undo: concierge (.+)", out)]


@pytest.mark.parametrize(
    "who",
    [
        ("odd@example.net", "--name=-Dee O'Hara"),
        ("odd@example.net", "--name=--yes"),
        ("--", "-dee@example.net"),
        ("--name=Dee", "--", "-dee@example.net"),
    ],
)
def test_it_names_a_requester_back_whose_name_looks_like_an_option(desk, concierge, who):
    assert concierge(desk, "case", "requester", "3", *who)[0] == 0
    with desk.views() as views:
        odd = views.case(3).case.requester
    code, out, _ = concierge(desk, "case", "requester", "3", "plain@example.net")
    assert code == 0
    assert concierge(desk, *hints(out)[0])[0] == 0
    with desk.views() as views:
        assert views.case(3).case.requester == odd


def test_it_says_how_a_case_is_reopened_and_that_it_has_no_draft_then(desk, concierge):
    code, out, _ = concierge(desk, "case", "resolve", "3")
    assert code == 0
    code, out, _ = concierge(desk, *hints(out)[0])
    assert code == 0
    assert "concierge case redraft 3" in out
    assert concierge(desk, "case", "redraft", "3")[0] == 0


@pytest.mark.parametrize("noun", ["parked", "quarantine"])
def test_it_lists_all_for_a_limit_of_0_and_says_what_a_limit_left_out(desk, concierge, noun):
    def lines(*words: str) -> list[str]:
        code, out, _ = concierge(desk, noun, "list", *words)
        assert code == 0
        return out.splitlines()

    assert lines("--limit", "0") == lines()
    assert lines("--limit", "0", "--json") == lines("--json")
    if noun == "parked":
        assert len(lines("--limit", "1", "--json")) == 1
        assert any("--limit 0 shows all" in one for one in lines("--limit", "1"))
        assert not any("--limit 0" in one for one in lines())


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("quarantine", "retry"), "--all"),
        (("quarantine", "retry", "1", "--all"), "one or the other"),
        (("case", "resolve", "3", "--flood", "3"), "one or the other"),
        (("case", "resolve", "--flood", "99999"), "There is no case 99999."),
        (("message", "raw", "1", "--to", "nowhere/mail.eml"), "no folder"),
        (("draft", "edit", "3", "--body-file", "nowhere.txt"), "nowhere.txt is not there."),
    ],
)
def test_it_tells_a_slip_with_2_and_changes_nothing(desk, concierge, words, hint):
    code, out, err = concierge(desk, *words)
    assert (code, out) == (2, "")
    assert hint in err
    assert "Error" not in err


def test_it_says_where_a_mail_is_that_is_not_in_quarantine(desk, concierge):
    code, _, err = concierge(desk, "quarantine", "show", "1")
    assert code == 3
    assert "concierge message show 1" in err


def test_it_names_nobody_where_nobody_is_known(desk, concierge):
    assert concierge(desk, "case", "requester", "3", "--nobody")[0] == 0
    _, out, _ = concierge(desk, "case", "show", "3")
    assert "\nFrom nobody known\n" in out


def test_it_says_once_that_the_worker_never_ran(concierge, full_desk):
    _, out, _ = concierge(full_desk, "health")
    assert out.count("is the worker running?") <= 1


def test_it_names_the_writer_of_a_forwarded_letter_once(desk, concierge):
    # Letter 26 of the demo is passed on by somebody else.
    _, out, _ = concierge(desk, "case", "show", "26")
    assert out.count("--forwarded") == 1


def test_it_says_a_mails_state_only_where_its_case_does_not(desk, concierge):
    _, out, _ = concierge(desk, "message", "show", "1")
    assert out.splitlines()[0].endswith(" · case 1")
