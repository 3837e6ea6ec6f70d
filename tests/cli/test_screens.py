"""What staff see on the plainest terminal: 80 columns, 24 lines, no colour."""

import json
import re

import pytest
from rich.cells import cell_len
from support.deployment import environment
from support.terminal import Terminal


def screen(desk, *words, columns=80, lines=24):
    env = environment(desk.config_file) | {"NO_COLOR": "1"}
    with Terminal(*words, cwd=desk.folder, env=env, columns=columns, lines=lines) as terminal:
        assert terminal.code() == 0, terminal.said
        return terminal.said.splitlines()


def test_it_fits_the_queue_on_the_screen(full_desk):
    shown = screen(full_desk, "queue")
    assert max(map(cell_len, shown)) <= 80
    # The most urgent must not scroll away: all of it and the next prompt fit.
    assert len(shown) < 24
    assert shown[0].split() == ["case", "urgency", "due", "in", "state", "lang", "who", "subject"]
    assert "emergency" in shown[2]
    assert re.search(
        r"people wait, 1 emergency, \d+ high(, \d+ la\w+\?)*\. \d+ not shown: --limit 0", shown[-1]
    )


def test_it_shows_all_when_asked_and_all_columns_on_a_wide_one(full_desk, concierge):
    everyone = len(concierge(full_desk, "queue", "--json")[1].splitlines())
    assert len(screen(full_desk, "queue", "--limit", "0")) == everyone + 3
    wide = screen(full_desk, "queue", columns=160)
    assert "route" in wide[0]
    assert "draft" in wide[0]


@pytest.mark.parametrize(
    "words",
    [("case", "show", "3"), ("parked", "list"), ("resources", "list", "--country", "de"),
     ("draft", "show", "15"), ("templates", "lint")],
    ids=" ".join,
)  # fmt: skip
def test_it_folds_between_words(full_desk, words):
    shown = screen(full_desk, *words)
    assert max(map(cell_len, shown)) <= 80
    assert not any("\x1b" in one for one in shown)


def test_it_shows_a_draft_before_it_asks_and_takes_no_for_an_answer(desk):
    env = environment(desk.config_file)
    for answer in ("", "n", None):
        with Terminal("draft", "approve", "3", cwd=desk.folder, env=env) as terminal:
            above = terminal.until(r"Send this to .*\? \[y/N\] ")
            assert "Bonjour" in above
            if answer is None:
                terminal.end_of_input()
            else:
                terminal.type(answer)
            assert terminal.code() == 2
            assert "Nothing was approved." in terminal.said
    with Terminal("draft", "approve", "3", cwd=desk.folder, env=env) as terminal:
        terminal.until(r"\[y/N\] ")
        terminal.type("y")
        assert terminal.code() == 0
        assert "Approved by Bo." in terminal.said


def test_it_approves_without_asking_only_the_revision_that_was_read(desk, concierge):
    text = "Dear Maëlle,\nwords of a person.\n"
    (desk.folder / "reply.txt").write_text("\ufeff" + text.replace("\n", "\r\n"), newline="")
    edit = (
        "draft",
        "edit",
        "3",
        "--body-file",
        "reply.txt",
        "--subject",
        "New\r\nBcc: x@y.example",
    )
    code, out, _ = concierge(desk, *edit, "--yes")
    assert code == 0
    assert "+Subject: New Bcc: x@y.example" in out
    assert "+words of a person." in out
    (draft,) = map(json.loads, concierge(desk, "draft", "show", "3", "--json")[1].splitlines())
    assert (draft["revision"], draft["text"]) == (2, text)
    assert concierge(desk, "draft", "approve", "3", "--yes", "--revision", "1")[0] == 3
    assert concierge(desk, "draft", "approve", "3", "--yes", "--revision", "0")[0] == 3
    assert concierge(desk, "draft", "approve", "3", "--yes", "--revision", "2")[0] == 0
    with desk.store() as store, store.begin() as tx:
        mail = tx.outbox.get(1).mail
    assert b"\nBcc:" not in mail


CANARIES = ["Maëlle", "Vandercam", "amina.okafor", "therapy fund", "psychologue", "pwned", "@"]


@pytest.mark.parametrize("form", ["text", "html", "csv", "json"])
def test_it_reports_no_persons_words_or_address(full_desk, concierge, form):
    from datetime import UTC, datetime

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    code, out, _ = concierge(full_desk, "report", "--date", today, "--format", form)
    assert code == 0
    assert "care_navigation" in out
    for canary in CANARIES:
        assert canary.casefold() not in out.casefold()
    if form == "json":
        json.loads(out)


def test_it_says_who_holds_and_decides(desk, concierge):
    """A day of small commands, each saying what it did."""
    steps = [
        (("case", "claim", "3"), "Case 3 is yours until "),
        (("case", "release", "3"), "Case 3 is free."),
        (("case", "assign", "3", "carla"), "Case 3 is assigned to Carla."),
        (("case", "assign", "3"), "Case 3 is not assigned to anybody."),
        (("case", "note", "3", "- called, no answer"), "Noted on case 3."),
        (("draft", "reject", "3", "wrong-tone", "--note", "too cold"), "concierge draft write 3"),
        (("case", "resolve", "3"), "Case 3 is resolved."),
        (("case", "reopen", "3"), "Case 3 is open again."),
    ]
    for words, said in steps:
        code, out, err = concierge(desk, *words)
        assert (code, err) == (0, ""), words
        assert said in out
    with desk.views() as views:
        by = {event.by for event in views.case(3).events}
    assert "Bo" in by
