"""Triage of one message through the shipped rules: every conclusion with its reason."""

from __future__ import annotations

import pytest
from support.desk_fixtures import NOW, OURS, ROUTINE, URGENT, letter, rulebook

from concierge.desk.bearings import Hints
from concierge.desk.triage import bare_triage, compose_draft, rematched, triage
from concierge.desk.triage_view import as_dict
from concierge.domain.findings import URGENT as URGENT_ONES
from concierge.domain.findings import Kind, Route, Urgency
from concierge.domain.message import ParsedMessage
from concierge.mail.mime import read


def found(text=ROUTINE, **more):
    return triage(read(letter(text, **more)), rulebook())


def test_it_gives_evidence_for_every_conclusion():
    one = found(URGENT + " I am a songwriter in Dublin, Ireland.")
    for finding in (one.kind, one.language, one.country, one.urgency, one.route, *one.topics):
        assert finding.evidence
    assert (one.urgency.value, one.route.value) == (Urgency.EMERGENCY, Route.CRISIS)
    assert (one.language.value, one.country.value) == ("en", "IE")
    assert all(match.evidence for match in one.matches)


def test_it_always_concludes_the_same():
    assert found(URGENT) == found(URGENT)


@pytest.mark.parametrize("text", ["", "?", "1234", "xq zzyx"])
def test_it_takes_undetermined_for_an_answer(text):
    one = found(text, subject="")
    assert (one.language.value, one.country.value, one.country.undetermined) == ("", "", True)


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: auto-replied", "X-Autoreply: yes"),
        ("List-Unsubscribe: <mailto:x@y>", "Precedence: bulk", "X-Campaign: 1"),
        ("Content-Language: fi",),
    ],
)
def test_it_finds_urgency_whatever_the_kind_or_language(headers):
    assert found(URGENT, headers=headers).urgency.value in URGENT_ONES


@pytest.mark.parametrize("sender", [OURS, OURS.upper(), OURS.replace("@", "+C-1-2-X@")])
def test_it_knows_our_own_mail_with_a_tag_too(sender):
    assert found(sender=sender).kind.value is Kind.OWN


def test_it_prints_plain_data():
    plain = as_dict(found(URGENT))
    assert plain["urgency"]["value"] == "emergency"
    assert set(plain["urgency"]["evidence"][0]) == {"rule", "found", "where", "weight", "note"}
    assert set(plain["language"]) == {"value", "undetermined", "candidates", "evidence"}
    assert {"kind", "topics", "route", "matches", "country"} <= set(plain)


def test_it_says_of_what_it_cannot_read_only_how_urgent_it_is():
    bare = bare_triage(ParsedMessage(raw_text=URGENT, unreadable=True), rulebook())
    assert (bare.kind.value, bare.urgency.value) == (Kind.UNREADABLE, Urgency.EMERGENCY)
    assert (bare.language.undetermined, bare.matches) == (True, ())


def test_it_matches_where_the_case_knows_the_writer_is():
    bare = found(URGENT)
    there = rematched(bare, rulebook(), Hints("en", "IE"))
    assert bare.country.value == ""
    assert "IE" in {match.resource.country for match in there.matches}


def test_it_writes_in_the_language_the_case_knows():
    message = read(letter("?", subject=""))
    draft = compose_draft(
        message, triage(message, rulebook()), rulebook(), NOW.date(), hints=Hints("fr", "FR")
    )
    assert draft.language == "fr"


def test_it_keeps_the_subject_discreet_where_it_may_be_read_by_whoever_does_harm():
    text = "My husband beats me and reads my mail. Please help me to get away."
    message = read(letter(text, subject="My husband beats me"))
    draft = compose_draft(message, triage(message, rulebook()), rulebook(), NOW.date())
    assert "husband" not in draft.subject


def test_it_calls_where_the_person_in_danger_is_and_not_where_the_writer_is():
    text = (
        "I am writing from Lisbon in Portugal, where I live. I am worried about my son. "
        "My son is in Leeds. He says he wants to die."
    )
    message = read(letter(text))
    seen = triage(message, rulebook())
    assert (seen.about.value, seen.their_country.value) == ("someone_else", "GB")
    assert {match.resource.country for match in seen.matches} <= {"GB", "INTL"}
    assert any(match.resource.country == "GB" for match in seen.matches)
    plain = as_dict(seen)
    assert plain["about"]["value"] == "someone_else"
    assert plain["their_country"]["evidence"][0]["note"].startswith("GB: the person in danger")
    draft = compose_draft(message, seen, rulebook(), NOW.date())
    assert draft.template == "en/worried.txt.j2"
    assert "999" in draft.text


def test_it_answers_the_writer_where_they_are_in_danger_themselves():
    message = read(letter("I live in Dublin. My brother killed himself. I want to die too."))
    seen = triage(message, rulebook())
    assert seen.about.value == "themselves"
    assert seen.their_country.undetermined
    draft = compose_draft(message, seen, rulebook(), NOW.date())
    assert draft.template == "en/crisis.txt.j2"
