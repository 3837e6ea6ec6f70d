"""How door words are read from their file and found in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.findings import Route, Urgency
from concierge.errors import FaultyInput
from concierge.rules.door_sentences import sentences_of
from concierge.rules.door_words import fold, hits_in, parse_doors, words_of
from concierge.rules.phrases import parse_topics
from concierge.rules.routing import route_of

DATA = Path(__file__).parents[3] / "data"
SHIPPED = parse_doors((DATA / "doors.toml").read_text(encoding="utf-8"))
TOPICS = parse_topics((DATA / "topics.csv").read_text(encoding="utf-8"))
FILE = """
[en]
therapy = "therap* | !music therap*"
fund = "grant | cover cost*"
ask = "could you"
not = "not about"
thanks = "thank you"
guide = "guide"

[de]
fund = "*zuschuss"

[ja]
fund = "助成"

[ar]
fund = "منحه"
"""
SMALL = parse_doors(FILE)


def found(text):
    words = words_of(fold(text))
    joined = " ".join(words)
    return {(h.slot, joined[h.start : h.end]) for h in hits_in(SMALL, words) if not h.minus}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("My THERAPIST", ("therapy", "therapist")),
        ("a Grant!", ("fund", "grant")),
        ("cover half the costs", ("fund", "cover half the costs")),
        ("Therapiezuschuss", ("fund", "zuschuss")),
        ("費用の助成はありますか", ("fund", "助成")),
        ("والمنحة", ("fund", "منحه")),
    ],
)
def test_it_finds_endings_gaps_and_what_stands_inside(text, hit):
    assert hit in found(text)


@pytest.mark.parametrize("text", ["granted", "cover all of the many costs", "ترمنحة", ""])
def test_it_finds_nothing_else(text):
    assert not {h for h in found(text) if h[0] == "fund"}


def slots(text, subject=""):
    return [set(one.slots) for one in sentences_of(SMALL, text, subject)]


def test_what_is_taken_back_or_denied_is_not_there():
    assert slots("I am a music therapist.") == [set()]
    assert slots("It is not about a grant. Therapy.") == [set(), {"therapy"}]
    assert slots("It is not about a guide, a grant") == [{"fund"}]
    assert slots("It is not about a guide but a grant") == [{"fund"}]


def test_it_marks_what_is_only_thanked_for():
    (one,) = sentences_of(SMALL, "Thank you for the guide, could you send a grant", "")
    assert one.asks
    assert one.slots["guide"] == (("guide", True),)
    assert one.slots["fund"] == (("grant", False),)


def test_a_wrapped_line_ends_no_sentence():
    assert slots("Could you tell me of a\ngrant") == [{"ask", "fund"}]
    assert slots("Could you help?\n\nA grant") == [{"ask"}, {"fund"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cannot be used"),
        ("[en]\nfund = \n", "doors.toml:2"),
        ("[en]\nask = 'x'\nfund = 3\n", "doors.toml:3: fund: is no text"),
        ("[en]\nask = 'x'\n[de]\nask = 'a||b'\n", "doors.toml:4: ask: holds an empty entry"),
        ("loose = 'x'\n", "doors.toml:1: loose: stands outside a [language]"),
    ],
)
def test_it_names_the_line_of_a_fault(text, told):
    with pytest.raises(FaultyInput) as caught:
        parse_doors(text)
    assert told in " ".join((str(caught.value), *caught.value.faults))


def test_every_language_that_ships_has_every_slot():
    import tomllib

    tables = tomllib.loads((DATA / "doors.toml").read_text(encoding="utf-8"))
    assert len(tables) >= 29
    assert {frozenset(slots) for slots in tables.values()} == {frozenset(tables["en"])}


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from(Urgency))
def test_whatever_is_written_has_a_route_with_a_reason(text, subject, urgency):
    found = route_of(urgency, (), text, subject, phrases=TOPICS, doors=SHIPPED)
    assert isinstance(found.value, Route)
    assert found.evidence


@pytest.mark.parametrize(
    "text",
    ["help " * 400_000, "a" * 2_000_000, "助" * 500_000, "¿?¿?!.\n" * 200_000,
     "\u200f\u202e\u200d" * 100_000, "A" * 76 + "==\n" * 9_000, "😀" * 100_000, "ไทย" * 200_000],
)  # fmt: skip
def test_what_is_long_is_read_in_bounded_time(text):
    assert route_of(Urgency.ROUTINE, (), text, text, phrases=TOPICS, doors=SHIPPED).evidence
