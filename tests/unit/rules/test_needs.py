"""What a reply must respect, told in many languages, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.errors import FaultyInput
from concierge.rules.match_needs import for_needs
from concierge.rules.needs import NEEDS, NeedPhrases, need_cautions, needs_of, parse_needs

TABLE = (Path(__file__).parents[3] / "data" / "needs.csv").read_text(encoding="utf-8")
PHRASES = parse_needs(TABLE)


def found(text, subject=""):
    return {finding.value: finding for finding in needs_of(PHRASES, text, subject)}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Please don't call me, my flat is loud", "do_not_call"),
        ("Bitte nicht anrufen", "do_not_call"),
        ("Por favor no me llamen", "do_not_call"),
        ("Не звоните мне, пожалуйста", "do_not_call"),
        ("请不要打电话给我", "do_not_call"),
        ("電話はかけないでください", "do_not_call"),
        ("전화하지 말아 주세요", "do_not_call"),
        ("Proszę nie dzwonić", "do_not_call"),
        ("My husband reads my email", "partner_reads"),
        ("Mon mari lit mes mails", "partner_reads"),
        ("Eşim maillerimi okuyor", "partner_reads"),
        ("I am deaf and play drums", "deaf"),
        ("Jestem głucha od urodzenia", "deaf"),
        ("No hotlines please", "no_hotlines"),
        ("I already have a therapist", "has_therapist"),
        ("Ich habe schon eine Therapeutin", "has_therapist"),
        ("Non posso pagare", "cannot_pay"),
        ("Jag har inte råd med det", "cannot_pay"),
        ("ونحن لا نريد شيئا، أنا أصم", "deaf"),
    ],
)
def test_it_finds_what_a_reply_must_respect(text, need):
    assert need in found(text)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("You can call me any time", "do_not_call"),
        ("I've been playing for 15 years", "minor"),
        ("15 years ago I was happy", "minor"),
        ("I'm 15 minutes late", "minor"),
        ("Toco desde hace 16 años", "minor"),
        ("I don't have a therapist", "has_therapist"),
        ("I'm not deaf, only tired", "deaf"),
        ("We answer in the order of arrival", "wants_language"),
    ],
)
def test_it_takes_nothing_for_a_need_that_only_looks_like_one(text, need):
    assert need not in found(text)


@pytest.mark.parametrize(
    ("text", "need", "which"),
    [
        ("I'm 15 and I sing", "minor", "15 years old"),
        ("Tengo 16 años", "minor", "16 years old"),
        ("15歳です", "minor", "15 years old"),
        ("Ich bin in der 9. Klasse", "minor", "at school"),
        ("I would prefer to talk to a woman", "wants_gender", "a woman"),
        ("Je cherche un psy qui parle arabe", "wants_language", ": ar"),
        ("We are on tour until 12 March", "on_the_road", "until 12 March"),
        ("A queer-friendly therapist please", "wants_identity", "queer-friendly"),
    ],
)
def test_the_note_says_which(text, need, which):
    assert any(which in evidence.note for evidence in found(text)[need].evidence)


def test_staff_read_a_caution_for_each_need():
    needs = needs_of(PHRASES, "Please don't call me. I'm 15.")
    cautions = need_cautions(needs)
    assert cautions[0] == "They ask not to be called."
    assert len(cautions) == len(needs)


def test_an_unknown_need_in_the_table_is_named():
    with pytest.raises(FaultyInput) as caught:
        parse_needs("need,lang,phrase,detail\nwants_cake,en,cake,\n")
    assert "wants_cake" in caught.value.faults[0]


def test_without_a_table_ages_are_still_read():
    assert [need.value for need in needs_of(NeedPhrases(), "I'm 14.")] == ["minor"]


def row(name, kind, **ways):
    return Match(Resource(name, name, kind, "IE", **ways), 50.0)


PHONE = row("phone", ResourceKind.CRISIS_LINE, phone="1")
CHAT = row("chat", ResourceKind.CRISIS_LINE, phone="2", chat_url="https://chat.example")
POLICE = row("emergency", ResourceKind.EMERGENCY, phone="112")
FUND = row("fund", ResourceKind.FINANCIAL_AID, website="https://fund.example", cost="free")
FINDER = row("finder", ResourceKind.DIRECTORY, website="https://finder.example")
ROWS = (POLICE, PHONE, CHAT, FUND, FINDER)


def names_for(*needs, urgent=False):
    return [m.resource.id for m in for_needs(ROWS, needs, urgent=urgent)]


def test_who_cannot_phone_is_offered_what_can_be_written_to_first():
    assert names_for("deaf") == ["emergency", "chat", "fund", "phone", "finder"]


def test_who_wants_no_hotlines_gets_none_unless_it_is_urgent():
    assert names_for("no_hotlines") == ["emergency", "fund", "finder"]
    assert "phone" in names_for("no_hotlines", urgent=True)


def test_who_cannot_pay_is_offered_what_is_free_first():
    assert names_for("cannot_pay")[1] == "fund"


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=400), st.text(max_size=80))
def test_it_answers_whatever_the_text(text, subject):
    for finding in needs_of(PHRASES, text, subject):
        assert finding.value in NEEDS
        assert all(evidence.note for evidence in finding.evidence)


def test_a_megabyte_is_no_trouble():
    assert "do_not_call" in found("please do not call me. " * 50_000)
