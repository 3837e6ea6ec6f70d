"""How an evaluation looks, held to files a person can read; see ``tests/golden/cli``.

To renew the golden files after a wanted change, run this file with RENEW_GOLDEN=1.
"""

import json
import os
from pathlib import Path

import pytest

from concierge.cli.eval_view import (
    country_as_dict,
    language_as_dict,
    print_country,
    print_language,
    print_without,
    without_as_dict,
)
from concierge.desk.evaluation import NONE, Case, Concluded
from concierge.desk.evaluation_run import Without, country_run, language_run
from concierge.desk.evaluation_scores import Score
from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage

GOLDEN = Path(__file__).parents[2] / "golden" / "cli"
NUMBER = "+44 20 7946 0999"


def found(value, sure, *candidates, note="reads as it", word="Leeds"):
    reason = Evidence("language.some", word, "body", sure, note)
    return Finding(value, (reason,), undetermined=not value, candidates=candidates)


def rows(*table):
    """Cases of (bucket, right answer, home), and a stub that concludes what the table says."""
    cases, conclusions = [], {}
    for number, (bucket, wanted, home, language, country, their_home) in enumerate(table, 1):
        message = ParsedMessage(subject=f"Row {number}", body="I live in Leeds, call " + NUMBER)
        cases.append(
            Case(f"R{number}", number, bucket, "en", message, (wanted,), home,
                 "Hant" if wanted == "zh" else "")
        )  # fmt: skip
        chance = country.evidence[0].weight
        conclusions[message.subject] = Concluded(language, country, their_home, chance)
    return cases, lambda message, book: conclusions[message.subject]


NOTHING = found("", 0.0)


def languages():
    cases, conclude = rows(
        ("mail", "de", (), found("de", 0.99), NOTHING, NOTHING),
        ("mail", "de", (), found("nl", 0.97), NOTHING, NOTHING),
        ("mail", "en", (), found("en", 0.91), NOTHING, NOTHING),
        ("short", "da", (), found("", 0.45, "nb", "da"), NOTHING, NOTHING),
        ("short", "zh", (), found("zh-Hant", 1.0), NOTHING, NOTHING),
        ("other", "cy", (), found("en", 0.82), NOTHING, NOTHING),
        ("other", "sw", (), found("", 0.3, "sw"), NOTHING, NOTHING),
        ("none", NONE, (), NOTHING, NOTHING, NOTHING),
    )
    return language_run(cases, None, conclude)


def countries():
    phone = f"GB: phone {NUMBER}"
    cases, conclude = rows(
        ("city", "GB", ("GB",), NOTHING, found("GB", 0.9), found("GB", 0.9)),
        ("touring", "DE", ("GB",), NOTHING, found("DE", 0.8), found("GB", 0.7)),
        ("touring", "FR", ("IE",), NOTHING,
         found("GB", 0.95, note=phone, word=NUMBER), found("", 0.4, "IE")),
        ("nothing", NONE, (NONE,), NOTHING, found("", 0.2, "US"), NOTHING),
        ("nothing", NONE, (), NOTHING, found("US", 0.61, note="US: lives in Leeds"), NOTHING),
    )  # fmt: skip
    return country_run(cases, None, conclude)


def without():
    scores = [Score(5, 4, 3, 3), Score(5, 2, 2, 3)]
    return [
        Without(name, one, one) for name, one in zip(("(with all)", "clock"), scores, strict=True)
    ]


def shown(name):
    match name:
        case "eval_language.txt":
            print_language(languages(), 5, text=False)
        case "eval_country.txt":
            print_country(countries(), 5, text=False)
            print_without(without()[0], without()[1:])
        case "eval_text.txt":
            print_country(countries(), 1, text=True)


@pytest.mark.parametrize("name", ["eval_language.txt", "eval_country.txt", "eval_text.txt"])
def test_it_looks_as_it_did(name, capsys):
    shown(name)
    printed, golden = capsys.readouterr().out, GOLDEN / name
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("show", [
    lambda: print_language(languages(), 9, text=False),
    lambda: print_country(countries(), 9, text=False),
])  # fmt: skip
def test_it_prints_no_words_of_a_row_and_fits_80_columns(show, capsys):
    show()
    printed = capsys.readouterr().out
    assert "Leeds" not in printed
    assert "7946" not in printed
    tables = printed.partition("Worst misses")[0].partition("\n")[2]
    assert max(map(len, tables.splitlines())) <= 80


def test_it_tells_programs_the_same_without_words():
    told = language_as_dict(languages(), 9, text=False)
    assert told["all"]["rows"] == 8
    assert told["all"]["answered"] == 5
    assert told["other_taken"] == {"rows": 2, "taken": 1}
    assert told["confusions"][0] == {"right": "de", "answered": "nl", "rows": 1}
    assert told["variants"]["right"] == 1
    assert [miss["id"] for miss in told["misses"]] == ["R2", "R6", "R4"]
    places = country_as_dict(countries(), 9, text=False)
    assert places["now"]["unknowable"]["answered"] == 1
    assert places["away"]["right"] == 1
    both = json.dumps([told, places])
    assert "Leeds" not in both
    assert "7946" not in both


def test_it_tells_programs_the_words_when_asked():
    told = country_as_dict(countries(), 1, text=True)
    (miss,) = told["misses"]
    assert miss["text"].startswith("Row 3: I live in Leeds")
    assert NUMBER in miss["evidence"][0]


def test_it_tells_programs_what_each_witness_is_worth():
    told = without_as_dict(without()[1])
    assert told["without"] == "clock"
    assert told["coverage"] == 0.4
    assert told["home"]["precision"] == 1.0
