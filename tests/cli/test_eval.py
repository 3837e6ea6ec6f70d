"""`concierge eval`: a charity's own rows, judged as the desk concludes them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from concierge.bootstrap import shipped_rulebook_files
from concierge.cli.eval_rows import cases_in
from concierge.desk.evaluation_rows import country_case
from concierge.store.rulebook import read_rulebook

GERMAN = "Guten Tag, ich spiele Bratsche und kann seit Wochen vor Konzerten nicht mehr schlafen."
FRENCH = "Bonjour, je suis pianiste et je ne dors plus depuis que la tournée a été annulée."
LANGUAGE = [
    {"id": "a1", "text": GERMAN, "lang": "de", "bucket": "mail"},
    {"id": "a2", "text": FRENCH, "lang": "fr", "subject": "Une question", "bucket": "mail"},
    {"id": "a3", "text": "+44 20 7946 0999", "lang": "und", "bucket": "numbers"},
    # What the file claims is wrong here, so that there is a miss to look at.
    {"id": "a4", "text": GERMAN, "lang": "pl", "bucket": "wrong"},
]
COUNTRY = [
    {
        "id": "b1", "cat": "city", "body": "Hello, I am a sound engineer and I live in Leeds, UK.",
        "country": "GB", "home": "GB", "from": "dee@example.org",
        "date": "Tue, 4 Nov 2025 21:14:05 +0000",
    },
    {"id": "b2", "cat": "nothing", "body": "I need help.", "country": None, "home": None},
    {"id": "b3", "cat": "wrong", "body": "I live in Leeds in the UK.", "country": "FR"},
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    """The rulebook that ships, read once for all tests of this file."""
    return read_rulebook(shipped_rulebook_files())


@pytest.fixture
def evaluate(concierge, files, shipped, monkeypatch):
    """Runs ``concierge eval`` in this process, with the rulebook already read."""
    monkeypatch.setattr("concierge.store.rulebook.read_rulebook", lambda files: shipped)
    return lambda *words: concierge(files, "eval", *words)


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "lang.jsonl").write_text(lines(LANGUAGE), encoding="utf-8")
    (tmp_path / "country.jsonl").write_text(lines(COUNTRY), encoding="utf-8")
    return tmp_path


def run(folder, *words, given=None):
    command = [sys.executable, "-m", "concierge", "eval", *words]
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_it_tells_people_by_kind_and_language_what_went_wrong(files):
    code, out, err = run(files, "language", "lang.jsonl")
    assert (code, err) == (0, "")
    for told in ("By kind of text", "By language", "Expected calibration error", "Worst misses"):
        assert told in out
    assert "a4, wrong, line 4: pl expected, de concluded" in out
    assert "Bratsche" not in out
    assert "Bratsche" in run(files, "language", "lang.jsonl", "--show-text")[1]


def test_it_tells_people_of_both_places(files):
    code, out, err = run(files, "country", "country.jsonl")
    assert (code, err) == (0, "")
    for told in ("Where they are now", "Where they belong", "Places that cannot be known: 0 of 1"):
        assert told in out
    assert "b3, wrong, line 3: FR expected, GB concluded" in out
    assert "sound engineer" not in out


def test_it_tells_programs_everything(files, evaluate):
    code, out, _ = evaluate("language", "lang.jsonl", "--json", "--misses", "1")
    told = json.loads(out)
    assert code == 0
    assert told["all"]["rows"] == 4
    assert (told["all"]["answered"], told["all"]["answered_right"], told["all"]["right"]) == (
        3,
        2,
        3,
    )
    assert [row["name"] for row in told["buckets"]] == ["mail", "numbers", "wrong"]
    assert [miss["id"] for miss in told["misses"]] == ["a4"]
    told = json.loads(evaluate("country", "country.jsonl", "--json")[1])
    assert told["now"]["all"]["answered_right"] == 1
    assert told["now"]["unknowable"] | {"correct": 1.0, "answered": 0} == told["now"]["unknowable"]


def test_it_reads_standard_input_as_windows_writes_it(files):
    given = b"\xef\xbb\xbf" + lines(LANGUAGE[:2]).replace("\n", "\r\n\r\n").encode()
    code, out, err = run(files, "language", "-", "--json", given=given)
    assert (code, err) == (0, "")
    assert json.loads(out)["all"]["answered_right"] == 2


def test_it_names_every_faulty_row_by_its_line(files, evaluate):
    faulty = lines(LANGUAGE[:1]) + '\n{"lang": "de"}\nnot json\n[1]\n{"text": "a"}\n'
    (files / "faulty.jsonl").write_text(faulty, encoding="utf-8")
    code, out, err = evaluate("language", "faulty.jsonl")
    assert (code, out) == (2, "")
    assert "4 rows of faulty.jsonl cannot be used" in err
    for told in (
        'faulty.jsonl:3: "text" is missing',
        "faulty.jsonl:4: this line is not JSON;",
        "faulty.jsonl:5: this line is not a JSON object",
        'faulty.jsonl:6: "lang" is missing',
    ):
        assert told in err


def test_it_says_so_when_there_are_too_many_faults_to_tell(files, evaluate):
    (files / "faulty.jsonl").write_text("x\n" * 33, encoding="utf-8")
    code, _, err = evaluate("country", "faulty.jsonl")
    assert code == 2
    assert err.count("is not JSON") == 20
    assert "and 13 more" in err


@pytest.mark.parametrize(("name", "says"), [("none.jsonl", "cannot be read"), ("empty", "no rows")])
def test_it_refuses_what_holds_no_rows(files, evaluate, name, says):
    (files / "empty").write_text("\n\n", encoding="utf-8")
    code, out, err = evaluate("language", name)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--min-right", "60"), 0, ""),
        (("--min-right", "70"), 1, "66.67 % of the answers are right, 70 % asked for"),
        (("--min-answered", "75"), 0, ""),
        (("--min-answered", "80"), 1, "75.00 % of the rows are answered, 80 % asked for"),
        (("--min-right", "101"), 2, "--min-right"),
    ],
)
def test_it_is_a_gate_when_asked_to_be_one(files, evaluate, words, code, says):
    ended, out, err = evaluate("language", "lang.jsonl", *words)
    assert ended == code
    assert says in err
    assert bool(out) is (code != 2)


def test_it_runs_again_without_each_witness(files, evaluate):
    told = json.loads(evaluate("country", "country.jsonl", "--ablate", "--json")[1])
    worth = {row["without"]: row for row in told["ablation"]}
    whole = worth.pop("(with all)")
    assert {"place names", "clock", "phone", "address", "headers"} <= set(worth)
    # Leeds and the UK are all these rows have.
    assert worth["place names"]["answered"] < whole["answered"]
    assert "Without one witness" in evaluate("language", "lang.jsonl", "--ablate")[1]


def test_it_serves_what_it_is_told_to(files, evaluate):
    words = ("language", "lang.jsonl", "--served", "fr, pl", "--json")
    told = json.loads(evaluate(*words)[1])
    assert told["served"] == ["fr", "pl"]
    assert told["other_taken"] == {"rows": 1, "taken": 0}


def test_it_takes_any_text_for_a_row(files, evaluate):
    texts = [
        "",
        "🎸",
        "x" * 200_000,
        "\u202e\u200d",
        "a\r\nFrom: x\r\n\r\nb",
        "\ud800",
        "AAAA" * 999,
    ]
    rows = [{"text": text, "lang": "und", "subject": text[:99]} for text in texts]
    (files / "odd.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, err = evaluate("language", "odd.jsonl", "--show-text")
    assert (code, err) == (0, "")
    assert "all rows  7" in out


def test_it_makes_a_mail_of_a_row_with_every_header_it_has(tmp_path):
    row = {"body": "a\nb", "country": "NO", "received": ["from b.example.no", "from a.example.no"],
           "from": "Amina <amina@example.no>", "date": "Tue, 4 Nov 2025 21:14:05 +0100",
           "content_language": "nb-NO", "subject": "Hei\nX: y"}  # fmt: skip
    (tmp_path / "rows.jsonl").write_text(lines([row]), encoding="utf-8")
    (case,) = cases_in(str(tmp_path / "rows.jsonl"), country_case)
    message = case.message
    assert message.header_all("Received") == ("from b.example.no", "from a.example.no")
    assert message.sender.address == "amina@example.no"
    assert message.utc_offset_minutes == 60
    assert message.header("Content-Language") == "nb-NO"
    assert (message.subject, message.body) == ("Hei X: y", "a\nb")
