"""A witness switched off is gone, and nothing else is."""

from dataclasses import fields, replace

import pytest

from concierge.desk.bearings import Atlas
from concierge.desk.evaluation_ablation import COUNTRY_SWITCHES, LANGUAGE_SWITCHES, Switch
from concierge.desk.triage import Rulebook
from concierge.domain.message import Address, ParsedMessage
from concierge.rules.language_model import MINIMAL
from concierge.rules.whereabouts_weights import CountryWeights

MESSAGE = ParsedMessage(
    sender=Address("amina@example.co.uk", "Amina"),
    reply_to=(Address("amina@example.de"),),
    subject="Tour",
    utc_offset_minutes=60,
    headers=(
        ("From", "amina@example.co.uk"),
        ("Received", "from mx.example.no"),
        ("Content-Language", "nb-NO"),
        ("Subject", "Tour"),
    ),
    body="I live in Leeds.",
)


def bare(made, **values):
    """A value of a class of which a test needs a part only."""
    return made(**{field.name: None for field in fields(made)} | values)


BOOK = bare(Rulebook, atlas=bare(Atlas, weights=CountryWeights(), languages=MINIMAL))
SWITCHES = {switch.name: switch for switch in (*COUNTRY_SWITCHES, *LANGUAGE_SWITCHES)}


def seen(name):
    """The message and the book the rules are given without a witness."""
    return SWITCHES[name].around(lambda message, book: (message, book))(MESSAGE, BOOK)


def test_it_takes_the_clock_away():
    message, book = seen("clock")
    assert message == replace(MESSAGE, utc_offset_minutes=None)
    assert book == BOOK


def test_it_takes_the_headers_that_hint_away():
    message, _ = seen("headers")
    assert [name for name, _ in message.headers] == ["From", "Subject"]
    assert message.sender == MESSAGE.sender


def test_it_takes_the_country_out_of_the_address():
    message, _ = seen("address")
    assert message.sender == Address("amina@example.org", "Amina")
    assert "example.co.uk" not in repr(message)
    assert "example.de" not in repr(message)
    assert message.utc_offset_minutes == 60
    nobody = replace(MESSAGE, sender=None)
    assert SWITCHES["address"].message(nobody) == nobody


def test_it_leaves_the_text_to_the_language_alone():
    message, book = seen("hints")
    assert message.utc_offset_minutes is None
    assert message.header("Content-Language") == ""
    assert message.body == MESSAGE.body
    assert book == BOOK


@pytest.mark.parametrize(
    ("name", "gone", "stays"),
    [
        ("place names", ["now", "lives", "from", "named"], ["phone", "cctld", "postcode"]),
        ("phone", ["phone", "phone_national"], ["now", "postcode"]),
        ("local signs", ["postcode", "currency", "institution"], ["now", "phone"]),
    ],
)
def test_it_lets_what_is_switched_off_weigh_nothing(name, gone, stays):
    message, book = seen(name)
    assert message == MESSAGE
    was, now = BOOK.atlas.weights, book.atlas.weights
    for conclusion in ("present", "home"):
        before, after = getattr(was, conclusion), getattr(now, conclusion)
        assert [after[key] for key in gone] == [0.0] * len(gone)
        assert [after[key] for key in stays] == [before[key] for key in stays]
    assert now.model == was.model


def test_it_lets_a_language_prior_weigh_nothing():
    _, book = seen("language prior")
    model = BOOK.atlas.weights.model
    assert model["language"]
    assert book.atlas.weights.model == dict(model) | {"language": 0.0}


def test_it_changes_a_rulebook_once_for_all_rows():
    made = []
    switch = Switch("some", book=lambda book: made.append(book) or book)
    conclude = switch.around(lambda message, book: None)
    for _ in range(3):
        conclude(MESSAGE, BOOK)
    assert made == [BOOK]


@pytest.mark.parametrize("kind", ["present", "home"])
def test_it_has_a_switch_for_every_kind_of_evidence_but_the_thread(kind):
    """Rows have no thread; the clock, the address and the headers go with the message."""
    with_message = ("clock_", "cctld", "provider", "content_language", "received", "thread")
    weights = getattr(BOOK.atlas.weights, kind)
    left = {name for name in weights if not name.startswith(with_message)}
    for name in ("place names", "phone", "local signs"):
        light = getattr(seen(name)[1].atlas.weights, kind)
        left -= {key for key, weight in light.items() if not weight and weights[key]}
    assert not {key for key in left if weights[key]}


@pytest.mark.parametrize(
    ("name", "silenced"),
    [
        ("detector", {"detector"}),
        ("frequent words", {"words", "words_unlisted"}),
        ("eldc", {"eldc", "eldc_unlisted"}),
    ],
)
def test_it_silences_a_witness_of_the_language_in_every_pool(name, silenced):
    _, book = seen(name)
    for pool, weights in book.atlas.languages.weights.items():
        was = MINIMAL.weights[pool]
        for field in fields(weights):
            kept = 0.0 if field.name in silenced else getattr(was, field.name)
            assert getattr(weights, field.name) == kept


def test_it_forgets_the_short_phrases():
    _, book = seen("short phrases")
    assert MINIMAL.phrases.language_of("thank you") == "en"
    assert book.atlas.languages.phrases.language_of("thank you") == ""
