"""Nothing that came by mail drives the terminal, whatever command prints it."""

import json
import re
import unicodedata

import pytest
from support.deployment import environment
from support.terminal import Terminal

from .conftest import HOSTILE, HOSTILE_PARKED, WEAPONS

#: What a human output may hold of controls and format characters: nothing but line ends.
ALLOWED = {"\n"}


def forbidden(printed):
    return {
        f"U+{ord(c):04X}"
        for c in printed
        if c not in ALLOWED and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }


@pytest.fixture(scope="module")
def hostile(full_desk):
    """The hostile mail's case and draft."""
    with full_desk.views() as views:
        from concierge.domain.case import NEEDS_A_PERSON

        rows = views.queue(sorted(NEEDS_A_PERSON))
    row = next(row for row in rows if row.case.requester.address == "dee@example.net")
    return str(row.case.id), str(row.draft_id)


@pytest.mark.parametrize(
    "words",
    [
        ("queue",), ("case", "list"), ("case", "show", "CASE"), ("draft", "show", "DRAFT"),
        ("parked", "list"), ("outbox", "list"), ("report", "--date", "2026-01-01"), ("health",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_it_prints_no_control_of_a_mail(full_desk, hostile, concierge, words):
    case, draft = hostile
    named = [{"CASE": case, "DRAFT": draft}.get(word, word) for word in words]
    _, out, err = concierge(full_desk, *named)
    assert forbidden(out + err) == set()
    if words[0] in {"queue", "case", "parked"}:
        # The mail is there all the same: not a test of an empty screen.
        assert "Weapons" in out or "Parked" in out
        assert "pwned" in out


@pytest.mark.parametrize("words", [("queue",), ("case", "show", "CASE"), ("parked", "list")])
def test_it_escapes_everything_in_json(full_desk, hostile, concierge, words):
    named = [{"CASE": hostile[0]}.get(word, word) for word in words]
    code, out, _ = concierge(full_desk, *named, "--json")
    assert code == 0
    assert set(re.findall(r"[^\x20-\x7e]", out)) <= {"\n"}
    for one in out.splitlines():
        json.loads(one)


def test_it_shows_a_terminal_no_weapon_either(full_desk, hostile):
    env = environment(full_desk.config_file)
    with Terminal("case", "show", hostile[0], cwd=full_desk.folder, env=env) as terminal:
        assert terminal.code() == 0
    assert forbidden(terminal.said) == set()
    assert "pwned" in terminal.said


def test_it_reviews_a_hostile_mail_unharmed(desk, hostile):
    env = environment(desk.config_file)
    with Terminal("review", cwd=desk.folder, env=env) as terminal:
        while "Weapons" not in terminal.until(r"\[y,e,w,r,l,c,h,n,d,s,q,\?\] "):
            terminal.type("s")
        terminal.type("q")
        assert terminal.code() == 0
    assert forbidden(terminal.said) == set()


@pytest.mark.parametrize("json_too", [(), ("--json",)], ids=["shown", "json"])
def test_it_triages_hostile_files_unharmed(tmp_path, concierge, json_too):
    (tmp_path / "hostile.eml").write_bytes(HOSTILE)
    (tmp_path / "parked.eml").write_bytes(HOSTILE_PARKED)
    (tmp_path / "name\x1b[31m\u202egpj.eml").write_bytes(b"Subject: hi\n\nhello\n")
    code, out, err = concierge(None, "triage", str(tmp_path), *json_too)
    assert code == 0, err
    assert forbidden(out + err) == set()
    assert out.count("hostile.eml") == 1
    assert out.count("name") >= 1


def test_it_quotes_faulty_files_unharmed(tmp_path, concierge):
    table = tmp_path / "resources.csv"
    table.write_text(f"id,{WEAPONS}\nx,y\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f'["{WEAPONS[1:-3]}"]\n', encoding="utf-8")
    for words in (
        ("resources", "lint", str(table)),
        ("queue", "--config", str(config)),
        ("case", "show", WEAPONS),
        (WEAPONS,),
        ("case", "show", "1", "--config", WEAPONS),
    ):
        code, out, err = concierge(None, *words)
        assert code == 2, (words, out, err)
        assert forbidden(out + err) == set(), words
        if words[0] != "queue":
            # TOML's reader names a bad character instead of quoting it.
            assert "pwned" in out + err
