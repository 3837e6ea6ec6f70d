"""`concierge case set` and the keys of `concierge review`, as real processes."""

import json

import pytest
from support.deployment import environment
from support.terminal import Terminal

PROMPT = r"Case (\d+) \[y,e,w,r,l,c,h,n,d,s,q,\?\] "


def view(desk, case_id):
    with desk.views() as views:
        return views.case(case_id)


def test_it_sets_by_name_and_tells_draft_and_undo(desk):
    was = view(desk, 3).case
    done = desk.run("case", "set", "3", "--country", "germany", "--home", "UK")
    assert done.returncode == 0, done.stderr
    assert "country DE (Germany), set by Bo" in done.stdout
    assert "home GB (United Kingdom), set by Bo" in done.stdout
    assert "draft show" in done.stdout
    assert "To undo: concierge case set 3 --country desk --home desk" in done.stdout
    shown = view(desk, 3)
    assert (shown.case.country, shown.case.home) == ("DE", "GB")
    assert shown.case.version == was.version + 1
    screen = desk.run("case", "show", "3").stdout
    assert "country: DE (set by Bo; the desk:" in screen
    again = desk.run("case", "set", "3", "--country", "DE")
    assert again.returncode == 3
    assert "set already" in again.stderr
    other = desk.run("case", "set", "3", "--country", "FR")
    assert "To undo: concierge case set 3 --country DE" in other.stdout
    undone = desk.run("case", "set", "3", "--country", "desk", "--home", "desk")
    assert undone.returncode == 0, undone.stderr
    assert "left to the desk by Bo" in undone.stdout
    back = view(desk, 3).case
    assert (back.country, back.home, back.country_by) == (was.country, was.home, "")


def test_it_answers_in_json(desk):
    done = desk.run("case", "set", "3", "--language", "Deutsch", "--country", "?", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["language"], answer["country"]) == ("de", None)
    assert answer["set_by"] == {"language": "Bo", "country": "Bo", "home": None}
    assert view(desk, 3).drafts[-1].language == "de"
    (shown,) = desk.ask("case", "show", "3")
    assert shown["set_by"]["country"] == "Bo"
    row = next(r for r in desk.ask("queue") if r["case_id"] == 3)
    assert row["undetermined"] == ["country"]


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "Say what to set"), (("--country", "austia"), "AT (Austria) or AU (Australia)"),
     (("--country", "xx"), "No country"), (("--language", "chinese"), "zh-Hans")],
)  # fmt: skip
def test_it_refuses_what_nobody_can_mean(desk, words, said):
    before = view(desk, 3).case
    done = desk.run("case", "set", "3", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert view(desk, 3).case == before


def test_it_sets_with_one_key_and_shows_the_case_anew(desk):
    with Terminal("review", cwd=desk.folder, env=environment(desk.config_file)) as terminal:
        case_id = int(terminal.until(PROMPT).rpartition("Case ")[2].split()[0])
        terminal.type("c")
        terminal.until(r"nobody can tell\)\? ")
        terminal.type("")
        terminal.until("Nothing was set.")
        terminal.until(PROMPT)
        terminal.type("c")
        terminal.until(r"nobody can tell\)\? ")
        terminal.type("norge")
        screen = terminal.until(PROMPT)
        assert "country: NO (set by Bo" in screen
        terminal.type("q")
        assert terminal.code() == 0
    assert view(desk, case_id).case.country == "NO"
