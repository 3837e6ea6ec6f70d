"""What the committed sets must give: mails by other hands than the rules, in ``tests/eval``.

The floors lie a little under what was measured, so that a rule that harms a language or a kind of
mail is noticed here; the figures themselves are told by ``concierge eval``.
"""

from __future__ import annotations

import pytest
from support.deployment import ROOT

from concierge.bootstrap import shipped_rulebook_files
from concierge.cli.eval_rows import cases_in
from concierge.desk.evaluation_rows import country_case, language_case
from concierge.desk.evaluation_run import country_run, language_run
from concierge.desk.evaluation_scores import score, unknowable, worst
from concierge.store.rulebook import read_rulebook

EVAL = ROOT / "tests" / "eval"
#: Percent of the rows that are answered, and of the answers that are right.
LANGUAGE_ANSWERED, LANGUAGE_RIGHT = 97.0, 99.0
COUNTRY_ANSWERED, COUNTRY_RIGHT = 85.0, 97.0
HOME_RIGHT = 94.0
AWAY_RIGHT = 55.0
#: Rows nobody can answer that are answered all the same.
MADE_UP_LANGUAGES, MADE_UP_COUNTRIES, MADE_UP_HOMES = 1, 2, 4


def told(verdicts):
    """The misses, for whoever has to look into a floor that was not held."""
    return "\n".join(
        f"{v.case.id} ({v.case.bucket}): {'/'.join(v.wanted)} expected, {v.got} concluded"
        for v in worst(verdicts, 15)
    )


def percent(share):
    return 100 * (share or 0.0)


@pytest.fixture(scope="module")
def book():
    return read_rulebook(shipped_rulebook_files())


@pytest.fixture(scope="module")
def countries(book):
    return country_run(cases_in(str(EVAL / "country.jsonl"), country_case), book)


@pytest.fixture(scope="module")
def languages(book):
    # The letters about places tell their language too.
    texts = [*_rows("language_more.jsonl"), *_rows("country.jsonl")]
    return language_run(texts, book)


def _rows(name):
    return list(cases_in(str(EVAL / name), language_case))


def test_it_is_right_about_languages_and_says_most_of_them(languages):
    served = score(languages.asked_for())
    misses = told(languages.asked_for())
    assert percent(served.precision) >= LANGUAGE_RIGHT, misses
    assert percent(served.coverage) >= LANGUAGE_ANSWERED, misses


def test_it_takes_no_other_language_and_no_noise_for_a_served_one(languages):
    strange = languages.strange()
    assert languages.taken() <= 0.015 * len(strange), told(strange)
    made_up = unknowable(languages.verdicts).answered
    assert made_up <= MADE_UP_LANGUAGES, told(languages.verdicts)


def test_it_is_right_about_where_people_are_and_says_most_of_it(countries):
    found, misses = score(v for v in countries.now if v.wanted[0] != "und"), told(countries.now)
    assert percent(found.precision) >= COUNTRY_RIGHT, misses
    assert percent(found.coverage) >= COUNTRY_ANSWERED, misses


def test_it_makes_no_country_up(countries):
    assert unknowable(countries.now).answered <= MADE_UP_COUNTRIES, told(countries.now)
    assert unknowable(countries.home).answered <= MADE_UP_HOMES, told(countries.home)


def test_it_is_right_about_homes_and_about_people_who_are_away(countries):
    home = score(countries.home)
    assert percent(home.precision) >= HOME_RIGHT, told(countries.home)
    assert percent(countries.away().correct) >= AWAY_RIGHT, told([*countries.now, *countries.home])
