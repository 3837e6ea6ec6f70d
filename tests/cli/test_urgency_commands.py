"""`concierge urgency` and `concierge eval` of letters, each on files of its own."""

from __future__ import annotations

import json
import shutil

import pytest
from support.desk_fixtures import letter, rulebook

from concierge.bootstrap import shipped_rulebook_files
from concierge.cli.commands import NOUNS
from concierge.domain.findings import URGENT
from concierge.rules.urgency import UrgencyTexts, urgency_of
from concierge.store.lexicon_files import read_lexicon

CRY = "I want to kill myself and I don't know who to tell."
PAST = "In 2009 I tried to kill myself; I am well today and would like to help others."
CALM = "Where can I find the guide for touring musicians?"
LETTERS = (
    {"id": "a", "body": CRY, "urgency": "high", "lang": "en", "kind": "plain"},
    {"id": "b", "body": CALM, "urgency": "routine", "lang": "en", "kind": "plain"},
    # What the file claims is wrong here, so that there is a miss to look at.
    {"id": "c", "body": CALM, "urgency": "emergency", "lang": "en", "kind": "wrong"},
    {"id": "d", "body": CRY, "urgency": "none", "lang": "en", "kind": "wrong"},
)


@pytest.fixture(scope="module")
def book():
    return rulebook()


@pytest.fixture
def tell(concierge, tmp_path, book, monkeypatch):
    """Runs a command without a config, with the rulebook that ships, read already."""
    monkeypatch.setattr("concierge.store.rulebook.read_rulebook", lambda files: book)
    return lambda *words: concierge(tmp_path, *words)


@pytest.fixture
def copied(tmp_path, concierge, monkeypatch):
    """A charity's own copy of the rules, and how to run a command on it."""
    from dataclasses import replace

    shipped = shipped_rulebook_files()
    rules = tmp_path / "data"
    shutil.copytree(shipped.rules / "urgency", rules / "urgency")
    shutil.copy(shipped.rules / "calm.jsonl", rules)
    own = replace(shipped, rules=rules)
    monkeypatch.setattr("concierge.bootstrap.shipped_rulebook_files", lambda: own)
    return rules / "urgency", lambda *words: concierge(tmp_path, "urgency", *words)


def mail(tmp_path, text):
    (tmp_path / "letter.eml").write_bytes(letter(text))
    return "letter.eml"


def test_it_explains_all_that_was_found_and_what_lowered_it(tell, tmp_path):
    path = mail(tmp_path, PAST)
    code, out, err = tell("urgency", "explain", path, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["urgency"], told["worth_a_look"]) == ("concern", ["high"])
    assert any("lowered: past" in reason["note"] for reason in told["reasons"])
    assert all(reason["rule"].startswith("urgency.") for reason in told["reasons"])
    code, out, _ = tell("urgency", "explain", path)
    assert code == 0
    for words in ("urgency: concern", "worth a look: close to high", "lowered: past"):
        assert words in out


def test_it_never_calls_a_mail_safe(tell, tmp_path):
    code, out, _ = tell("urgency", "explain", mail(tmp_path, CALM))
    assert code == 0
    assert "no signal found; that is not the same as safe" in out
    assert json.loads(tell("urgency", "explain", "letter.eml", "--json")[1])["reasons"] == []


def test_it_explains_letters_of_a_file_and_takes_one_of_both(tell, tmp_path):
    lines = "".join(json.dumps({"subject": "s", "body": text}) + "\n" for text in (CRY, CALM))
    (tmp_path / "letters.jsonl").write_text(lines, encoding="utf-8")
    code, out, _ = tell("urgency", "explain", "--jsonl", "letters.jsonl", "--json")
    assert code == 0
    assert [json.loads(row)["urgency"] for row in out.splitlines()] == ["high", "routine"]
    assert tell("urgency", "explain", "a.eml", "--jsonl", "letters.jsonl")[0] == 2


def test_it_finds_no_error_in_the_lexicon_that_ships(copied):
    code, out, _ = copied[1]("lint", "--json")
    assert json.loads(out)["errors"] == []
    assert code == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("en.own.toml", "= broken", "en.own.toml:1"),
        (
            "en.own.toml",
            '# own\npatterns = [\n  {l = "loud", c = "ideation", p = "a b", n = "c"},\n]\n',
            "en.own.toml:3",
        ),
    ],
)
def test_it_names_a_fault_of_the_lexicon_by_its_line(copied, name, text, told):
    folder, run = copied
    (folder / name).write_text(text, encoding="utf-8")
    code, out, _ = run("lint", "--json")
    assert code == 2
    assert any(told in error for error in json.loads(out)["errors"])
    code, out, _ = run("lint")
    assert code == 2
    assert f"error: {told}" in out


def test_it_warns_of_what_stands_twice_and_of_what_cannot_be_said(copied):
    folder, run = copied
    entry = '{l = "concern", c = "distress", p = "zorgle blimp", n = "made up"},\n'
    (folder / "en.own.toml").write_text(f"patterns = [\n{entry}{entry}]\n", encoding="utf-8")
    (folder / "tr.toml").unlink()
    (folder / "tr.toml").write_text(
        'patterns = [{l = "high", c = "ideation", p = "ölmek istiyorum"}]\n', encoding="utf-8"
    )
    code, out, _ = run("lint", "--json")
    warnings = json.loads(out)["warnings"]
    assert code == 0, out
    assert any("'zorgle blimp' stands 2 times" in one for one in warnings)
    assert any(one.startswith("tr.toml: cannot say") for one in warnings)


def test_it_adds_a_phrase_that_fires_from_then_on(copied):
    folder, run = copied
    words = ("--lang", "en", "--level", "high")
    code, out, err = run("add", "zorgle my blimp", *words, "--note", "the choir's words")
    assert (code, err) == (0, "")
    assert "en.own.toml" in out
    assert run("add", "flooble the wug*", *words, "--note", 'she said "wug"')[0] == 0
    lexicon = read_lexicon(folder)
    found = urgency_of(lexicon, UrgencyTexts("", "I will zorgle my blimp."))
    assert found.value in URGENT
    assert "the choir's words" in found.evidence[0].note
    assert urgency_of(lexicon, UrgencyTexts("", "We flooble the wugging.")).value in URGENT


def test_it_refuses_a_phrase_that_calm_mail_uses_unless_it_is_meant(copied):
    folder, run = copied
    words = ("add", "therapy", "--lang", "en", "--level", "high")
    code, _, err = run(*words)
    assert code == 1
    assert "Not added" in err
    assert "--anyway" in err
    assert not (folder / "en.own.toml").exists()
    assert run(*words, "--anyway")[0] == 0
    assert (folder / "en.own.toml").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a b", "--lang", "tlh", "--level", "high"), "no language 'tlh'"),
        (("a b", "--lang", "en", "--level", "high", "--category", "loud"), "loud"),
        (("a b", "--lang", "en", "--level", "loud"), "loud"),
    ],
)
def test_it_adds_nothing_it_does_not_understand(copied, words, told):
    folder, run = copied
    code, _, err = run("add", *words)
    assert code == 2
    assert told in err
    assert not list(folder.glob("*.own.toml"))


@pytest.fixture
def letters(tmp_path):
    text = "".join(json.dumps(row) + "\n" for row in LETTERS)
    (tmp_path / "letters.jsonl").write_text(text, encoding="utf-8")
    return "letters.jsonl"


def test_it_counts_how_urgent_letters_are_heard(tell, letters):
    code, out, err = tell("eval", "urgency", letters, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: told["all"][key] for key in ("urgent", "found", "calm", "alarms")} == {
        "urgent": 2, "found": 1, "calm": 2, "alarms": 1,
    }  # fmt: skip
    assert list(told["kinds"]) == ["plain", "wrong"]
    assert list(told["languages"]) == ["en"]
    assert [miss["id"] for miss in told["misses"]] == ["c", "d"]
    assert CRY not in out
    assert CRY in tell("eval", "urgency", letters, "--json", "--show-text")[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--min-found", "50"), 0),
        (("--min-found", "51"), 1),
        (("--max-alarms", "50"), 0),
        (("--max-alarms", "49"), 1),
        (("--min-found", "101"), 2),
    ],
)
def test_it_fails_a_build_below_what_is_asked(tell, letters, words, code):
    found, out, err = tell("eval", "urgency", letters, *words)
    assert found == code
    assert bool(err) == bool(code)
    # Whoever reads the log of a failed build wants the figures.
    assert ("By language" in out) == (code != 2)


@pytest.mark.parametrize(
    ("question", "right"),
    [("topics", ["nothing"]), ("needs", ["nothing"]), ("route", "crisis")],
)
def test_it_counts_labels(tell, tmp_path, question, right):
    other = "events" if question == "route" else []
    rows = [{"body": CRY, question: right}, {"body": CALM, question: other}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    code, out, _ = tell("eval", question, "rows.jsonl", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["letters"] == 2
    assert set(told) == {"letters", "all_right", "all", question, "languages", "misses"}
    least = "--min-right" if question == "route" else "--min-found"
    assert told["all"]["wanted"] == (2 if question == "route" else 1)
    assert tell("eval", question, "rows.jsonl", least, "100")[0] == 1
    assert tell("eval", question, "rows.jsonl", least, "0")[0] == 0


@pytest.mark.parametrize("question", ["urgency", "topics", "needs", "route"])
def test_it_names_a_faulty_row_by_its_line(tell, tmp_path, question):
    assert question in dict(NOUNS["eval"][1])
    text = f'\nnot json\n{{"body": "a"}}\n{{"{question}": "loud", "body": "b"}}\n{{"x": 1}}\n'
    (tmp_path / "rows.jsonl").write_text(text, encoding="utf-8")
    code, out, err = tell("eval", question, "rows.jsonl")
    assert (code, out) == (2, "")
    for line in (2, 3, 4, 5):
        assert f"rows.jsonl:{line}: " in err
