"""`concierge review` as staff use it: in a terminal, one key each."""

import signal
import stat
import sys

import pytest
from support.deployment import environment
from support.terminal import Terminal

from concierge.domain.draft import DraftState, OutboxState

PROMPT = r"Case (\d+) \[y,e,w,r,l,c,h,n,d,s,q,\?\] "


def review(desk, *words, staff="Bo", editor=""):
    env = environment(desk.config_file) | {"CONCIERGE_STAFF": staff}
    if editor:
        env["EDITOR"] = editor
    return Terminal("review", *words, cwd=desk.folder, env=env)


def shown(terminal):
    """Wait for the prompt; the case it is about, and what was shown above it."""
    screen = terminal.until(PROMPT)
    return int(screen.rpartition("Case ")[2].split()[0]), screen


def view(desk, case_id):
    with desk.views() as views:
        return views.case(case_id)


@pytest.fixture
def editor(tmp_path):
    """An editor that writes a line of its own above the text, as a person would."""
    script = tmp_path / "editor"
    script.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "path.write_text('Written by hand.\\n' + path.read_text())\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def test_it_approves_edits_rejects_notes_and_leaves(desk, editor):
    with review(desk, editor=editor) as terminal:
        approved, screen = shown(terminal)
        assert "emergency" in screen
        terminal.type("y")
        terminal.until("Approved. Mail ")

        edited, _ = shown(terminal)
        terminal.type("e")
        difference = terminal.until(r"Keep this change\? \[y/N\] ")
        assert "+Written by hand." in difference
        terminal.type("y")
        again, screen = shown(terminal)
        assert again == edited
        assert "revision 2" in screen
        assert "Written by hand." in screen
        terminal.type("s")

        rejected, _ = shown(terminal)
        terminal.type("n")
        terminal.until("Note: ")
        terminal.type("Called back by phone.")
        terminal.until("Noted.")
        terminal.until(PROMPT)
        terminal.type("r")
        terminal.until(r"Why\? ")
        terminal.type("2")
        terminal.until("Rejected")
        again, screen = shown(terminal)
        assert again == rejected
        assert "Draft" not in screen.split("History")[0].rpartition("Message of")[2]
        terminal.type("q")
        assert terminal.code() == 0

    assert [mail.state for mail in view(desk, approved).outbox] == [OutboxState.QUEUED]
    assert view(desk, approved).outbox[0].approval.staff == "Bo"
    assert [d.text.startswith("Written by hand.") for d in view(desk, edited).drafts] == [True]
    assert not view(desk, edited).outbox
    last = view(desk, rejected)
    assert [draft.state for draft in last.drafts] == [DraftState.REJECTED]
    assert any(event.words == "Called back by phone." for event in last.events)
    # Whoever leaves holds nothing.
    assert [view(desk, case).case.claim for case in (approved, edited, rejected)] == [None] * 3


def test_it_keeps_the_draft_when_the_change_is_not_wanted(desk, editor):
    with review(desk, editor=editor) as terminal:
        case, _ = shown(terminal)
        terminal.type("e")
        terminal.until(r"Keep this change\? \[y/N\] ")
        terminal.type("")
        terminal.until("The draft is unchanged.")
        terminal.until(PROMPT)
        terminal.type("q")
        assert terminal.code() == 0
    assert [draft.revision for draft in view(desk, case).drafts] == [1]


def test_it_goes_on_when_the_editor_cannot_be_started(desk):
    with review(desk, editor="/nonexistent/editor") as terminal:
        shown(terminal)
        terminal.type("e")
        terminal.until("cannot be started; set EDITOR")
        terminal.until(PROMPT)
        terminal.type("q")
        assert terminal.code() == 0


def test_it_helps_after_a_wrong_key_and_leaves_the_case_in_sight(desk):
    with review(desk) as terminal:
        shown(terminal)
        terminal.type("x")
        helped = terminal.until(PROMPT)
        terminal.type("")
        terminal.until(PROMPT)
        terminal.end_of_input()
        assert terminal.code() == 0
    assert "approve the draft" in helped
    assert "Message of" not in helped


def test_it_gives_two_people_two_cases(desk):
    with review(desk) as bo, review(desk, staff="Carla") as carla:
        first, _ = shown(bo)
        second, _ = shown(carla)
        assert first != second
        assert view(desk, first).case.claim is not None
        # What Bo looks at, Carla cannot approve behind his back.
        for terminal in (bo, carla):
            terminal.type("q")
            assert terminal.code() == 0


@pytest.mark.parametrize("how", ["hang up", "terminate", "end of input"])
def test_it_lets_go_of_the_case_however_it_ends(desk, how):
    with review(desk) as terminal:
        case, _ = shown(terminal)
        held = view(desk, case).case.claim
        assert held is not None
        assert held.staff == "Bo"
        ways = {
            "hang up": terminal.hang_up,
            "terminate": lambda: terminal.end_by(signal.SIGTERM),
            "end of input": terminal.end_of_input,
        }
        ways[how]()
        assert terminal.code() in {0, 128 + signal.SIGHUP, 128 + signal.SIGTERM}
    assert view(desk, case).case.claim is None


def test_it_does_not_approve_what_was_edited_meanwhile(desk):
    with review(desk) as terminal:
        case, _ = shown(terminal)
        draft = view(desk, case).drafts[0]
        # The same person in another window.
        from concierge.bootstrap import make_approvals

        with desk.store() as store:
            make_approvals(desk.config, store).edit(draft.id, 1, "Other", "Other words", "Bo")
        terminal.type("y")
        terminal.until("was edited since you read it")
        _, screen = shown(terminal)
        assert "Other words" in screen
        terminal.type("q")
        terminal.code()
    assert not view(desk, case).outbox


def test_it_needs_a_terminal_and_staff(desk):
    assert desk.run("review").returncode == 2
    with review(desk, staff="Dee") as terminal:
        assert terminal.code() == 4
        assert "not staff" in terminal.said
