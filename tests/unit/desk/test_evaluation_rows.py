"""What a row of an evaluation file says, and the sentence for a row that says it wrongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.desk.evaluation import NONE
from concierge.desk.evaluation_rows import FaultyRow, country_case, language_case


@pytest.mark.parametrize(
    ("row", "wanted", "variant"),
    [
        ({"text": "a", "lang": "de"}, ("de",), ""),
        ({"text": "", "lang": "und"}, (NONE,), ""),
        ({"text": "", "lang": None}, (NONE,), ""),
        ({"text": "a", "lang": "nn"}, ("nb",), ""),
        ({"text": "a", "lang": "el", "accept": ["el", "und"]}, ("el", "el", NONE), ""),
        ({"text": "a", "lang": "zh", "variant": "Hant"}, ("zh",), "Hant"),
        ({"text": "a", "lang": "zh-Hans"}, ("zh",), "Hans"),
        ({"text": "a", "lang": "pt-BR"}, ("pt",), ""),
    ],
)
def test_it_reads_a_row_about_language(row, wanted, variant):
    case = language_case(row, 7)
    assert (case.wanted, case.variant) == (wanted, variant)
    assert (case.id, case.bucket, case.line) == ("line 7", "all", 7)


@pytest.mark.parametrize(
    ("row", "wanted", "home"),
    [
        ({"body": "a", "country": "DE"}, ("DE",), ()),
        ({"text": "a", "country": "uk", "home": "IE"}, ("GB",), ("IE",)),
        ({"body": "a", "country": None, "home": ""}, (NONE,), (NONE,)),
        # What is as right for the present need not be for the home.
        ({"body": "", "country": "CA", "home": "GB", "accept": ["GB"]}, ("CA", "GB"), ("GB",)),
    ],
)
def test_it_reads_a_row_about_a_country(row, wanted, home):
    case = country_case(row | {"cat": "touring", "id": 5}, 7)
    assert (case.wanted, case.wanted_home) == (wanted, home)
    assert (case.id, case.bucket) == ("5", "touring")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"lang": "de"}, '"text" is missing'),
        ({"text": 5, "lang": "de"}, '"text" is missing or no text'),
        ({"text": "a"}, '"lang" is missing'),
        ({"text": "a", "lang": 5}, '"lang" is missing or no text'),
        ({"text": "a", "lang": "de", "accept": "nl"}, '"accept" is no list'),
        ({"text": "a", "lang": "de", "accept": [5]}, '"accept" is no list'),
        ({"text": "a", "lang": "de", "subject": 5}, '"subject" is no text'),
    ],
)
def test_it_says_what_is_wrong_with_a_row_about_language(row, says):
    with pytest.raises(FaultyRow, match=says):
        language_case(row, 1)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"country": "DE"}, '"body" is missing'),
        ({"body": "a"}, '"country" is missing'),
        ({"body": "a", "country": "Germany"}, '"country" is no country code'),
        ({"body": "a", "country": "DE", "home": 49}, '"home" is no country code'),
        ({"body": "a", "country": "DE", "accept": ["ATX"]}, '"accept" is no country code'),
        ({"body": "a", "country": "DE", "from": ["x"]}, '"from" is no text'),
        ({"body": "a", "country": "DE", "received": 5}, '"received" is no text and no list'),
        ({"body": "a", "country": "DE", "received": ["a", 5]}, '"received" is no text and no'),
    ],
)
def test_it_says_what_is_wrong_with_a_row_about_a_country(row, says):
    with pytest.raises(FaultyRow, match=says):
        country_case(row, 1)


_ONE = st.sampled_from([None, True, 5, -1, "", "de", "DE", "uk", "zh-Hant", "\ud800", "germany"])
_ANYTHING = _ONE | st.lists(_ONE, max_size=2)
_KEYS = st.sampled_from(
    ["text", "body", "lang", "country", "home", "accept", "id", "variant", "received"]
)


@given(st.dictionaries(_KEYS, _ANYTHING))
def test_it_knows_no_other_answer_than_a_case_or_a_sentence(row):
    for reader in (language_case, country_case):
        try:
            case = reader(row, 1)
        except FaultyRow as fault:
            assert str(fault).endswith(".")
        else:
            assert all(case.wanted)


def test_it_takes_a_row_about_a_country_for_one_about_language():
    row = {"body": "Hola", "lang": "es", "country": "MX", "accept": ["GT"], "cat": "city"}
    case = language_case(row, 1)
    assert case.wanted == ("es",)
    assert case.bucket == "city"
