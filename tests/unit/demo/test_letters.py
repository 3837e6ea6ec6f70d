"""The sample letters are what they say they are, and the real triage sees it."""

import tomllib
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from concierge.bootstrap import shipped_rulebook_files
from concierge.demo.letterbox import DESK_ADDRESS, letters
from concierge.desk.triage import triage
from concierge.domain.findings import URGENT, Urgency
from concierge.mail.mime import read
from concierge.store.rulebook import read_rulebook

EXPECTED = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))
LETTERS = {letter.name: letter.raw for letter in letters()}
RESERVED = ("example.org", "example.net", "example.com")
#: Two languages in one breath: naming either of them, or none, is right.
MIXED = "33-mixed-language"
#: Made to be read by nobody's rules, so that its own header lines cannot be held to any.
BROKEN = "28-broken"


@pytest.fixture(scope="module")
def found():
    book = read_rulebook(replace(shipped_rulebook_files(), own_addresses=frozenset({DESK_ADDRESS})))
    return {name: triage(read(raw), book) for name, raw in LETTERS.items()}


def test_it_expects_something_of_every_letter():
    assert LETTERS.keys() == EXPECTED.keys()


def test_it_speaks_many_languages():
    assert len(LETTERS) >= 28
    assert len({wanted["language"] for wanted in EXPECTED.values()}) >= 14


@pytest.mark.parametrize("name", EXPECTED)
def test_it_tells_the_kind(found, name):
    assert found[name].kind.value == EXPECTED[name]["kind"]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != MIXED])
def test_it_tells_the_language(found, name):
    assert found[name].language.value == EXPECTED[name]["language"]


def test_it_takes_a_mixed_letter_for_no_third_language(found):
    assert found[MIXED].language.value in {"es", "en", ""}


@pytest.mark.parametrize("name", [n for n, w in EXPECTED.items() if w["urgency"] in URGENT])
def test_it_puts_the_person_in_danger_first(found, name):
    assert found[name].urgency.value == EXPECTED[name]["urgency"]


@pytest.mark.parametrize("name", [n for n, w in EXPECTED.items() if w["urgency"] not in URGENT])
def test_it_does_not_cry_wolf(found, name):
    assert found[name].urgency.value not in URGENT


def test_it_never_calls_a_figure_of_speech_more_than_concern(found):
    assert found["24-en-figure-of-speech"].urgency.value in {Urgency.ROUTINE, Urgency.CONCERN}


@pytest.mark.parametrize("name", EXPECTED)
def test_it_names_the_country_the_letter_tells_or_none(found, name):
    assert found[name].country.value in {EXPECTED[name]["country"], ""}


@pytest.mark.parametrize("name", LETTERS)
def test_it_invents_every_address(name):
    message = read(LETTERS[name])
    people = [message.sender, *message.to, *message.cc, *message.reply_to]
    domains = [person.domain for person in people if person is not None]
    assert domains
    assert all(domain.endswith(RESERVED) for domain in domains)


@pytest.mark.parametrize("name", [name for name in LETTERS if name != BROKEN])
def test_it_is_dated_in_november_2026_with_an_offset(name):
    message = BytesParser(policy=policy.compat32).parsebytes(LETTERS[name], headersonly=True)
    assert "Nov 2026" in message["Date"]
    assert message["Date"][-5] in "+-"


@pytest.mark.parametrize("name", LETTERS)
def test_it_ends_every_line_as_mail_does(name):
    raw = LETTERS[name]
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_it_answers_a_letter_that_is_there():
    first, second = read(LETTERS["01-en-therapy-fund"]), read(LETTERS["29-en-follow-up"])
    assert second.in_reply_to == (first.message_id,)
    assert second.sender is not None
    assert first.sender == second.sender
