"""Words put together of two, and words that only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.rules.compounds import compound_gains

WORDS = {
    "rechnung": (("de", 8.0),),
    "datum": (("de", 9.0), ("nl", 8.5), ("cs", 8.0)),
    "bestelling": (("nl", 7.0),),
    "bestilling": (("da", 7.0), ("nb", 7.5)),
    "kode": (("da", 6.0), ("nb", 6.5), ("id", 7.0)),
    "carta": (("it", 8.0), ("es", 8.0)),
}


def gains_of(word):
    return WORDS.get(word, ())


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("rechnungsdatum", {"de"}),
        ("rechnungdatum", {"de"}),
        ("bestellingdatum", {"nl"}),
        ("bestillingskode", {"da", "nb"}),
        ("datumcarta", set()),  # no language of both compounds
        ("cartakode", set()),
        ("rechnungsxyzzy", set()),
        ("datum", set()),
        ("", set()),
        ("datum" * 20, set()),
    ],
)
def test_it_takes_words_apart_where_people_put_them_together(word, languages):
    assert {code for code, _ in compound_gains(word, gains_of)} == languages


def test_a_compound_says_less_than_the_rarer_of_its_parts():
    ((_, gain),) = compound_gains("rechnungsdatum", gains_of)
    assert 0 < gain < 8.0


@given(st.text(max_size=60))
def test_it_answers_whatever_the_word(word):
    assert all(gain > 0 for _, gain in compound_gains(word, gains_of))
