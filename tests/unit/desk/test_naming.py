"""Which country or language staff mean by what they type, tired and in a hurry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.desk_fixtures import rulebook

from concierge.desk.naming import called, country_code, language_code
from concierge.errors import UsageError


def country(typed):
    return country_code(typed, rulebook().atlas.places)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("de", "DE"), ("Deutschland", "DE"), ("germny", "DE"), ("DE (Germany)", "DE"),
        ("UK", "GB"), ("U.K.", "GB"), ("the UK", "GB"), ("England", "GB"), ("scotland", "GB"),
        ("Wales", "GB"), ("northern ireland", "GB"), ("ireland", "IE"), ("Holland", "NL"),
        ("USA", "US"), ("U.S.A.", "US"), ("the states", "US"), ("the Netherlands", "NL"),
        ("guinea", "GN"), ("Kosovo", "XK"), ("xk", "XK"), ("quebec", "CA"), ("日本", "JP"),
    ],
)  # fmt: skip
def test_it_knows_the_country_that_is_meant(typed, code):
    assert country(typed) == code


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("georgia", "GE (Georgia) or US (United States)"),
        ("congo", "CD (Congo - Kinshasa) or CG (Congo - Brazzaville)"),
        ("korea", "KP (North Korea) or KR (South Korea)"),
        ("virgin islands", "VG (British Virgin Islands) or VI (U.S. Virgin Islands)"),
        ("london", "CA (Canada) or GB (United Kingdom)"),
    ],
)  # fmt: skip
def test_it_asks_which_of_several_countries(typed, choices):
    with pytest.raises(UsageError) as refused:
        country(typed)
    assert choices in str(refused.value)


@pytest.mark.parametrize("typed", ["el", "EU", "EN", "zz", "x", "nowhere land", "🇩🇪🇩🇪", "9" * 90])
def test_it_takes_nothing_else_for_a_country(typed):
    with pytest.raises(UsageError, match="No country is called"):
        country(typed)


@pytest.mark.parametrize(
    "typed",
    ["?", "??", "-", "undetermined", "Unknown", "N/A", "don't know", "Don’t know.", "no idea"],
)  # fmt: skip
def test_it_hears_in_many_words_that_nobody_can_tell(typed):
    assert country(typed) == ""
    assert language_code(typed) == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("German", "de"), ("deu", "de"), ("ger", "de"), ("eng", "en"), ("pt_BR", "pt"),
        ("norwegian", "nb"), ("no", "nb"), ("no-NO", "nb"), ("nb-NO", "nb"), ("nor", "nb"),
        ("zh-CN", "zh-Hans"), ("zh_Hant", "zh-Hant"), ("zh-Hans (Simplified Chinese)", "zh-Hans"),
        ("farsi", "fa"), ("Flemish", "nl"), ("filipino", "tl"), ("iw", "he"), ("uk", "uk"),
        ("und", ""), ("zxx", ""), ("mul", ""),
    ],
)  # fmt: skip
def test_it_knows_the_language_that_is_meant(typed, code):
    assert language_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("chinese", "zh-Hans (Simplified Chinese) or zh-Hant (Traditional Chinese)"),
        ("zho", "zh-Hans (Simplified Chinese) or zh-Hant (Traditional Chinese)"),
        ("mandarin", "zh-Hans (Simplified Chinese) or zh-Hant (Traditional Chinese)"),
        ("serbo-croatian", "bs (Bosnian) or hr (Croatian) or sr (Serbian)"),
        ("hbs", "bs (Bosnian) or hr (Croatian) or sr (Serbian)"),
        ("dk", "da (Danish)"), ("cz", "cs (Czech)"), ("jp", "ja (Japanese)"),
    ],
)  # fmt: skip
def test_it_asks_which_language_is_meant(typed, choices):
    with pytest.raises(UsageError) as refused:
        language_code(typed)
    assert choices in str(refused.value)


def test_it_takes_back_what_its_own_screens_show():
    for code in ("DE", "US", "XK", "CI"):
        assert country(called("country", code)) == code
    for code in ("de", "zh-Hant", "nb"):
        assert language_code(called("language", code)) == code


@settings(deadline=None)  # The first answer loads the tables of names.
@given(st.text(max_size=80))
def test_it_answers_whatever_is_typed(typed):
    for meant in (country, language_code):
        try:
            code = meant(typed)
        except UsageError as refused:
            assert len(str(refused)) < 500
        else:
            assert len(code) <= 7
