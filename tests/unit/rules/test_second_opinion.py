"""The second opinion: it raises, says so, and never lowers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.findings import Evidence, Finding, Urgency
from concierge.errors import FaultyInput
from concierge.rules.second_opinion import SecondOpinion, log_odds, parse_second_opinion, raised

WEIGHTS = {" dar": 2.0, "dark": 2.0, " sunny ": -3.0, " sun": -1.0}
OPINION = SecondOpinion(WEIGHTS, intercept=-1.0, threshold=1.0, letters=80)
ROUTINE: Finding[Urgency] = Finding(Urgency.ROUTINE)


def test_it_raises_to_high_and_says_that_it_did() -> None:
    found = raised(ROUTINE, OPINION, "All is so dark here.")
    assert found.value is Urgency.HIGH
    (reason,) = found.evidence
    assert reason.rule == "urgency.second_opinion"
    assert reason.found.startswith("dark")
    assert reason.note == "a second opinion learned from 80 letters raised it"


def test_it_keeps_what_was_found_beside_its_own_reason() -> None:
    sign = Evidence("urgency.en.distress", "tired", "body", 1.0, "distress")
    found = raised(Finding(Urgency.CONCERN, (sign,)), OPINION, "dark dark")
    assert [one.rule for one in found.evidence] == ["urgency.second_opinion", "urgency.en.distress"]


@pytest.mark.parametrize("text", ["", "A sunny day.", "12345 !!", "sun " * 50_000])
def test_it_is_silent_where_nothing_speaks_for_it(text: str) -> None:
    assert raised(ROUTINE, OPINION, text) is ROUTINE


@given(st.sampled_from(list(Urgency)), st.text())
def test_it_never_lowers(urgency: Urgency, text: str) -> None:
    found = raised(Finding(urgency), OPINION, text)
    assert found.value.rank <= urgency.rank


def test_a_charity_without_one_goes_without() -> None:
    assert raised(ROUTINE, None, "dark dark") is ROUTINE


def test_each_known_piece_counts_once() -> None:
    assert log_odds(OPINION, "dark") == log_odds(OPINION, "dark dark dark")


def test_it_reads_what_its_trainer_writes() -> None:
    tree = {"letters": 80, "intercept": -1, "threshold": 1, "weights": WEIGHTS}
    assert parse_second_opinion(json.dumps(tree)) == OPINION


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"weights": 3}',
        '{"weights": {"a": NaN}, "intercept": 0, "threshold": 0, "letters": 1}',
    ],
)
def test_it_names_a_faulty_file(text: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_second_opinion(text)
    assert caught.value.faults[0].startswith("second_opinion.json:1:1: ")
