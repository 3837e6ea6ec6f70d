"""Which team a case goes to, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.findings import Route, Urgency
from concierge.rules.phrases import parse_topics
from concierge.rules.routing import route_of
from concierge.rules.topics import topics_of

TABLE = (Path(__file__).parents[3] / "data" / "topics.csv").read_text(encoding="utf-8")
PHRASES = parse_topics(TABLE)


def routed(text, urgency=Urgency.ROUTINE, subject=""):
    topics = topics_of(PHRASES, text, subject)
    return route_of(urgency, topics, text, subject, phrases=PHRASES)


@pytest.mark.parametrize("urgency", [Urgency.EMERGENCY, Urgency.HIGH])
def test_danger_goes_to_crisis_whatever_else_is_asked(urgency):
    finding = routed("An interview for our podcast about the guide, please", urgency)
    assert finding.value is Route.CRISIS
    assert finding.evidence[0].found == urgency.value


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("I cannot afford therapy. Is there a grant for therapy?", Route.THERAPY_FUND),
        ("J'ai des crises d'angoisse et je cherche à financer une thérapie", Route.THERAPY_FUND),
        ("Kann ich bei der Songwriter-Gruppe mitmachen?", Route.SONGWRITERS),
        ("¿Dónde puedo descargar la guía?", Route.GUIDE),
        (
            "Could you run a workshop at our festival? We want a safe space at the venue",
            Route.EVENTS,
        ),
        ("Vogliamo fare una donazione", Route.PARTNERSHIPS),
        ("寄付をしたいです", Route.PARTNERSHIPS),
        ("Please find the attached invoice, remittance advice follows", Route.OTHER),
        ("I have panic attacks and nobody to talk to", Route.CARE_NAVIGATION),
        ("Tengo ansiedad desde la gira", Route.CARE_NAVIGATION),
        ("I need help", Route.CARE_NAVIGATION),
        ("", Route.CARE_NAVIGATION),
    ],
)
def test_the_request_chooses_the_route(text, route):
    finding = routed(text)
    assert finding.value is route
    assert finding.evidence


def test_danger_keeps_the_second_door_with_its_reasons():
    finding = routed("I want to die. Can you help pay for my therapy?", Urgency.HIGH)
    assert finding.value is Route.CRISIS
    assert finding.candidates[0] in {"therapy_fund", "care_navigation"}
    assert any(e.note.startswith("then ") for e in finding.evidence[1:])
    plain = routed("Hello there, greetings from the lake", Urgency.HIGH)
    assert (plain.candidates, len(plain.evidence)) == ((), 1)


def test_a_person_s_own_need_goes_before_an_organisation_s_wish():
    finding = routed("After the interview I had panic attacks and the journalist was rude")
    assert finding.value is Route.CARE_NAVIGATION
    assert "partnerships" in finding.candidates


def test_a_concern_never_leaves_the_care_queue_as_business():
    finding = routed("Attached invoice. I do not know how to go on.", Urgency.CONCERN)
    assert finding.value is Route.CARE_NAVIGATION


def test_who_speaks_of_suicide_is_not_sent_to_a_fund():
    finding = routed("I am suicidal and need help paying for therapy")
    assert finding.value is Route.CARE_NAVIGATION
    assert finding.candidates[0] == "crisis"


def test_a_default_says_that_it_is_one():
    (evidence,) = routed("Hello there, greetings from the lake").evidence
    assert evidence.rule == "routing.default"
    assert "by default" in evidence.note


def test_it_finds_doors_itself_when_it_is_given_no_topics():
    text = "We are journalists and ask for an interview"
    assert route_of(Urgency.ROUTINE, (), text, phrases=PHRASES).value is Route.PARTNERSHIPS
    finding = route_of(Urgency.ROUTINE, (), "", "Songwriter session", phrases=PHRASES)
    assert finding.value is Route.SONGWRITERS


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=300), st.sampled_from(Urgency), st.text(max_size=60))
def test_it_always_gives_one_route_with_a_reason(text, urgency, subject):
    finding = routed(text, urgency, subject)
    assert isinstance(finding.value, Route)
    assert finding.evidence
    assert not finding.undetermined
