"""What a script can tell from the exit code, and what a person from the one sentence beside it."""

import csv
import json
import subprocess
import sys

import pytest
from support.deployment import ROOT, environment

from concierge.domain.draft import RejectReason


def one_sentence(err):
    assert "Traceback" not in err
    assert err.startswith("concierge: "), err
    assert err.count("\n") == 1, err
    return err.removeprefix("concierge: ").rstrip("\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("bogus",), "concierge --help"),
        (("quue",), 'Did you mean "queue"?'),
        (("case", "shwo"), 'Did you mean "show"?'),
        (("case", "show"), "CASE_ID"),
        (("case", "show", "x"), "concierge case show --help"),
        (("case", "show", "0"), "Must be >= 1"),
        (("case", "show", "9" * 30), "Must be <="),
        (("case", "show", "99999"), "There is no case 99999."),
        (("draft", "show", "99999"), "There is no draft 99999."),
        (("draft", "reject", "1", "bad"), "wrong-tone"),
        (("queue", "--bogus"), "--bogus"),
        (("queue", "--limit", "-1"), "--limit"),
        (("--as", "Bo", "queue"), "after the command"),
        (("report", "--date", "2026-13-45"), "2026-13-45"),
        (("resources", "list", "--kind", "nope"), "crisis"),
        (("templates", "preview", "en", "nope"), "therapy_fund"),
        (("triage",), "or - for standard input"),
        (("triage", "/nonexistent"), "not there"),
        (("triage", "x.eml", "--jsonl", "y"), "one or the other"),
        (("triage", "--jsonl", "/nonexistent"), "cannot be read"),
        (("review",), "needs a terminal"),
        (("draft", "edit", "3"), "--body-file -"),
        (("draft", "edit", "3", "--body-file", "/nonexistent"), "is not there"),
        (("outbox", "settle", "1", "again"), "It may arrive twice"),
        (("outbox", "settle", "1", "nope"), "withdraw"),
        (("draft", "approve", "1"), "--revision N --yes"),
        (("draft", "approve", "1", "--yes"), "--revision"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_it_answers_a_mistake_with_2_and_a_sentence(full_desk, concierge, words, hint):
    code, out, err = concierge(full_desk, *words)
    assert code == 2, err
    assert hint in one_sentence(err)
    assert out == ""


@pytest.mark.parametrize("words", [(), ("--help",), ("case",), ("draft", "approve", "--help")])
def test_it_helps_with_0(concierge, words):
    code, out, err = concierge(None, *words)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: concierge ")


def test_it_refuses_with_3_what_the_rules_of_the_desk_forbid(desk, concierge):
    approve = ("draft", "approve", "3", "--revision", "2", "--yes")
    code, _, err = concierge(desk, *approve)
    assert code == 3
    assert "Read it again. Nothing was approved." in one_sentence(err)

    assert concierge(desk, "case", "claim", "3", CONCIERGE_STAFF="Carla")[0] == 0
    code, _, err = concierge(desk, "draft", "approve", "3", "--revision", "1", "--yes")
    assert code == 3
    assert "Carla" in one_sentence(err)

    assert concierge(desk, "case", "claim", "3", "--takeover")[0] == 0
    assert concierge(desk, "draft", "approve", "3", "--revision", "1", "--yes")[0] == 0
    code, _, err = concierge(desk, "draft", "approve", "3", "--revision", "1", "--yes")
    assert code == 3
    assert "already approved" in one_sentence(err)
    with desk.views() as views:
        assert len(views.case(3).outbox) == 1


def test_it_shuts_the_door_with_4(full_desk, concierge):
    for words in (("case", "note", "3", "hello"), ("draft", "reject", "3", "other")):
        code, out, err = concierge(full_desk, *words, "--as", "Dee")
        assert (code, out) == (4, "")
        assert "Bo, Carla" in one_sentence(err)


def test_it_asks_who_the_system_user_is(full_desk, concierge, monkeypatch):
    monkeypatch.setenv("LOGNAME", "nobody-here")
    code, _, err = concierge(full_desk, "case", "claim", "3", CONCIERGE_STAFF="")
    assert code == 4
    assert "--as NAME" in one_sentence(err)


def test_it_says_5_when_the_store_is_away(desk, concierge):
    for file in desk.folder.glob("concierge.db*"):
        file.unlink()
    for words in (("queue",), ("case", "show", "1"), ("health",), ("case", "note", "1", "x")):
        code, _, err = concierge(desk, *words)
        assert code == 5, words
        assert "db upgrade" in one_sentence(err)


def test_it_lists_every_fault_of_a_config_with_2(tmp_path, concierge):
    assert concierge(None, "init", "fresh")[0] == 0
    for words in (("queue",), ("worker", "--once"), ("db", "upgrade")):
        code, out, err = concierge(None, *words, "--config", "fresh/config.toml")
        assert (code, out) == (2, "")
        # Where it is, what is wrong, and what would be right.
        assert "config.toml:" in err
        for key in ("[mailbox] host", "[outgoing] from_address", "[[staff]] name"):
            assert key in err
        assert "Traceback" not in err


@pytest.mark.parametrize("file", ["templates", "directory"])
def test_it_starts_no_worker_on_faulty_files(desk, concierge, file):
    if file == "templates":
        place = desk.folder / "templates" / "en"
        place.mkdir(parents=True)
        (place / "crisis.txt.j2").write_text("{% if %}\n{{ nosuch }}\n")
        desk.configure({("templates", "path"): "templates"})
    else:
        (desk.folder / "resources.csv").write_text("id,name\nx\n")
        desk.configure({("directory", "path"): "resources.csv"})
    code, _, err = concierge(desk, "worker", "--once")
    assert code == 2, err
    assert ("crisis.txt.j2:1" if file == "templates" else "resources.csv:") in err
    assert "Traceback" not in err


def test_it_tells_a_fault_of_the_program_without_a_persons_words(full_desk, concierge, monkeypatch):
    def fails(*_):
        raise KeyError("Amina's words")

    monkeypatch.setattr("concierge.bootstrap.open_views", fails)
    code, _, err = concierge(full_desk, "queue", CONCIERGE_TRACE="")
    assert code == 1
    assert "KeyError" in one_sentence(err)
    assert "Amina" not in err


def test_it_tells_an_unwritable_place(concierge):
    code, _, err = concierge(None, "init", "/proc/nowhere")
    assert code == 1
    assert "/proc/nowhere" in one_sentence(err)


def test_it_ends_well_when_nobody_reads_on(full_desk):
    with subprocess.Popen(
        [sys.executable, "-m", "concierge", "resources", "list", "--json"],
        cwd=ROOT, env=environment(full_desk.config_file),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_it_writes_what_a_narrow_encoding_cannot(full_desk):
    done = subprocess.run(
        [sys.executable, "-m", "concierge", "queue"],
        cwd=ROOT, env=environment(full_desk.config_file) | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"\\u" in done.stdout


def test_it_knows_every_reason_by_the_name_the_help_shows(desk, concierge):
    reason = RejectReason.WRONG_TONE.value.replace("_", "-")
    code, out, _ = concierge(desk, "draft", "reject", "3", reason)
    assert code == 0
    assert "draft write 3" in out


def test_it_names_every_fault_of_a_directory_with_its_line_and_column(tmp_path, concierge):
    head, first = (ROOT / "data" / "resources.csv").read_text(encoding="utf-8").splitlines()[:2]
    columns = head.split(",")
    country = columns.index("country")
    cells = next(csv.reader([first]))
    rows = []
    for number, wrong in enumerate(("Atlantis", ""), 1):
        made = [f"x-{number}", *cells[1:]]
        made[country] = wrong
        rows.append(made)
    with (tmp_path / "resources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    code, out, _ = concierge(tmp_path, "resources", "lint", "resources.csv")
    assert code == 2
    for line in (2, 3):
        assert f"error: resources.csv:{line}:{country + 1}: " in out
    code, out, _ = concierge(tmp_path, "resources", "lint", "resources.csv", "--json")
    assert code == 2
    assert len(json.loads(out)["errors"]) >= 2


def test_it_names_every_fault_of_the_templates_with_its_line(tmp_path, concierge):
    place = tmp_path / "templates" / "en"
    place.mkdir(parents=True)
    (place / "crisis.txt.j2").write_text("\n{% if %}\n")
    (place / "other.txt.j2").write_text("\n\n{{ nosuch }}\n")
    code, out, _ = concierge(tmp_path, "templates", "lint", "templates")
    assert code == 2
    assert "crisis.txt.j2:2" in out
    assert "other.txt.j2:3" in out
    assert "nosuch" in out
