"""Who writes about somebody else gets the reply for them; numbers in their language come first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.domain.triage import DraftText
from concierge.rules.drafting import DraftFacts, Templates, draft, parse_templates
from concierge.store.templates import read_templates

ROOT = Path(__file__).parents[3]
K = ResourceKind
MATCHES = (
    Match(Resource("gb-999", "Ambulance", K.EMERGENCY, "GB", phone="999", open_24_7=True), 100.0),
    Match(Resource("gb-line", "Line", K.CRISIS_LINE, "GB", phone="116 123", open_24_7=True), 95.0),
)
FACTS = DraftFacts(
    charity="Music Care",
    staff_signature="Bo",
    today=date(2026, 11, 22),
    their_subject="my son wants to die",
    promise="Mon-Fri",
    country_known=True,
    about_other=True,
)
URGENT = replace(FACTS, urgent=True)


@cache
def shipped(*without: str) -> Templates:
    sources = read_templates(ROOT / "templates")
    return parse_templates({key: text for key, text in sources.items() if key not in without})


def made(kind: str, facts: DraftFacts, language: str = "en", *without: str) -> DraftText:
    return draft(
        shipped(*without), kind_of_reply=kind, language=language, facts=facts, matches=MATCHES
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "facts", "template"),
    [
        ("crisis", URGENT, "worried"),
        ("events", URGENT, "worried"),
        ("crisis", replace(URGENT, about_other=False), "crisis"),
        ("care_navigation", replace(FACTS, distress=True), "worried"),
        ("care_navigation", FACTS, "care_navigation"),
        ("therapy_fund", replace(FACTS, distress=True), "therapy_fund"),
        ("unreadable", URGENT, "unreadable"),
        ("crisis", FACTS, "worried"),
    ],
)
def test_it_writes_to_who_worries_when_somebody_else_is_in_danger_or_distress(
    kind: str, facts: DraftFacts, template: str
) -> None:
    assert made(kind, facts).template == f"en/{template}.txt.j2"


def test_the_numbers_stand_first_when_urgent_and_only_then() -> None:
    urgent = made("crisis", URGENT).text.split("\n\n")
    assert "999" in urgent[2]
    assert "116 123" in urgent[2]
    calm = made("care_navigation", replace(FACTS, distress=True)).text
    assert "please call now" not in calm
    assert calm.split("\n\n")[1].startswith("Thank you for writing")


def test_it_asks_where_they_are_until_it_is_told() -> None:
    asked = made("crisis", URGENT)
    assert "which country they are in now" in asked.text
    assert "for the country you are in" in asked.text
    assert any("not told where the person in danger is" in one for one in asked.cautions)
    told = made("crisis", replace(URGENT, their_country_known=True))
    assert "which country they are in now" not in told.text
    assert "for the country you are in" not in told.text
    assert not any("where the person in danger is" in one for one in told.cautions)


def test_it_answers_under_its_own_subject_and_tells_staff_why_this_reply() -> None:
    d = made("events", URGENT)
    assert d.subject == "Your message to Music Care"
    assert any("about somebody else" in one for one in d.cautions)
    assert "What was asked (events) is not answered yet." in d.cautions


def test_a_language_without_the_reply_keeps_its_own_crisis_reply() -> None:
    d = made("crisis", URGENT, "tr", "tr/worried.txt.j2")
    assert (d.template, d.language) == ("tr/crisis.txt.j2", "tr")
