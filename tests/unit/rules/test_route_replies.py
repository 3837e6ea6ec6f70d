"""What a route's plan does to a reply: what is asked, and what is always offered."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from concierge.domain.findings import Route, Urgency
from concierge.domain.resource import Resource, ResourceKind
from concierge.domain.routes import QUESTIONS
from concierge.rules.drafting import DraftFacts, draft, parse_templates
from concierge.rules.match_offered import ids_of, with_offered
from concierge.rules.matching import Wanted, index, match
from concierge.store.templates import read_templates

ROOT = Path(__file__).parents[3]
OURS = Resource(
    "cz-ours", "Our own pages", ResourceKind.MUSIC_INDUSTRY, "CZ", website="https://ours.example",
    languages=("en",), audience=("music",), topics=("career",),
)  # fmt: skip
FINDER = Resource(
    "intl-finder", "Finder", ResourceKind.DIRECTORY, "INTL", website="https://finder.example",
    languages=("en",), audience=("general",), topics=("referral", "crisis"), priority=1,
)  # fmt: skip
DIRECTORY = index((OURS, FINDER))
LANGUAGES = ("en", "es", "fr", "de", "pt")


@cache
def shipped():
    return parse_templates(read_templates(ROOT / "templates"))


def matched(country="IE"):
    return match(
        DIRECTORY, Wanted(country, "", "en", Urgency.ROUTINE, ("career",), Route.GUIDE, "")
    )


def made(kind, language="en", matches=(), *, country_known=True, **more):
    facts = DraftFacts("Music Care", "Bo", date(2026, 11, 1), country_known=country_known, **more)
    return draft(shipped(), kind_of_reply=kind, language=language, facts=facts, matches=matches)


def asked(text):
    return sum(line.startswith("- ") for line in text.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fund_asks_what_it_needs_and_no_more(language):
    assert asked(made("therapy_fund", language, questions=QUESTIONS).text) == len(QUESTIONS)
    assert asked(made("therapy_fund", language, questions=("work",)).text) == 1
    nothing = made("therapy_fund", language)
    assert asked(nothing.text) == 0
    assert "\n\n\n" not in nothing.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fund_is_called_what_the_charity_calls_it(language):
    assert "(The Wellspring)" in made("therapy_fund", language, programme="The Wellspring").text


@pytest.mark.parametrize("kind", sorted(set(Route) - {Route.CRISIS}))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country_known", [True, False])
def test_what_is_always_offered_stands_in_every_reply(kind, language, country_known):
    offered = with_offered(matched(), DIRECTORY, ("cz-ours",), "Guide")
    text = made(kind.value, language, offered, country_known=country_known).text
    assert "https://ours.example" in text
    plain = made(kind.value, language, matched(), country_known=country_known).text
    assert "https://ours.example" not in plain


def test_what_is_offered_says_so_and_leaves_the_finder_last():
    offered = with_offered(matched(), DIRECTORY, ("cz-ours", "gone", "cz-ours"), "Guide")
    assert [m.resource.id for m in offered] == ["cz-ours", "intl-finder"]
    assert offered[0].evidence[-1].note == "always offered on the route Guide"


def test_what_matches_anyway_keeps_its_place():
    matches = matched("CZ")
    offered = with_offered(matches, DIRECTORY, ("cz-ours",), "Guide")
    assert [m.resource.id for m in offered] == [m.resource.id for m in matches]
    assert with_offered(matches, DIRECTORY, (), "Guide") == matches
    assert ids_of(DIRECTORY) == {"cz-ours", "intl-finder"}
