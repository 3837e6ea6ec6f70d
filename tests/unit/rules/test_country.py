"""Where a person is now and where they belong, and the false friends that must not decide it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.errors import FaultyInput
from concierge.rules.country import Whereabouts, country_chances, whereabouts_of
from concierge.rules.country_signs import SignTable, parse_signs
from concierge.rules.place_evidence import Mention, Role, Sign
from concierge.rules.places import Places, parse_places
from concierge.rules.role_cues import RoleCues, parse_role_cues
from concierge.rules.whereabouts_scoring import Surroundings, clues_of, standing_of
from concierge.rules.whereabouts_weights import CountryWeights, parse_country_weights

DATA = Path(__file__).parents[3] / "data"
WINTER = datetime(2025, 11, 4, 21, 14, tzinfo=UTC)


def read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


@cache
def places() -> Places:
    return parse_places(read("countries.csv"))


@cache
def cues() -> RoleCues:
    return parse_role_cues(read("place_cues.csv"))


@cache
def table() -> SignTable:
    return parse_signs(read("country_signs.csv"))


@cache
def weights() -> CountryWeights:
    return parse_country_weights(read("country.toml"))


def message(text="", *, sender="amina@example.com", offset=None, subject="", **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return ParsedMessage(
        sender=Address(sender),
        subject=subject,
        date=WINTER,
        utc_offset_minutes=offset,
        headers=named,
        body=text,
    )


def asked(text, language="en", *, signature="", thread="", **more) -> Whereabouts:
    return whereabouts_of(
        message(text, **more),
        text,
        signature=signature,
        language=language,
        places=places(),
        cues=cues(),
        weights=weights(),
        signs=table(),
        thread=thread,
    )


def notes(finding):
    return [evidence.note for evidence in finding.evidence]


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("I live in the UK and cannot sleep", "en", "GB"),
        ("I'm based in Scotland, mostly playing weddings", "en", "GB"),
        ("We are currently in the United States for ten shows", "en", "US"),
        ("Drummer here, living in Holland", "en", "NL"),
        ("Vivo en México y toco el bajo", "es", "MX"),
        ("Moro no Brasil e estou mal", "pt", "BR"),
        ("J'habite en Belgique", "fr", "BE"),
        ("Ich wohne in Österreich und singe", "de", "AT"),
        ("Vivo in Italia e suono il basso", "it", "IT"),
        ("Ik woon in België", "nl", "BE"),
        ("Mieszkam w Polsce od roku", "pl", "PL"),
        ("Jag bor i Sverige", "sv", "SE"),
        ("I live in Glasgow and play the pipes", "en", "GB"),
    ],
)
def test_home_is_the_present_country_when_nothing_says_otherwise(text, language, country):
    found = asked(text, language)
    assert (found.present.value, found.home.value) == (country, country)
    assert any(note.startswith(f"{country}: ") for note in notes(found.present))


@pytest.mark.parametrize(
    ("text", "offset", "present", "home"),
    [
        ("I'm from Leeds but on tour and currently in Berlin", 60, "DE", "GB"),
        ("I'm from Ireland but I'm currently in Japan with the band", 540, "JP", "IE"),
        ("I live in Germany now but I am from Ghana", 60, "DE", "GH"),
    ],
)
def test_the_present_place_and_the_home_are_two_conclusions(text, offset, present, home):
    found = asked(text, offset=offset)
    assert (found.present.value, found.home.value) == (present, home)


def test_a_number_of_home_does_not_follow_the_traveller():
    found = asked("I am on tour in Japan and alone. +44 20 7946 0999", offset=540)
    assert (found.present.value, found.home.value) == ("JP", "GB")


def test_somebody_who_only_comes_from_a_place_is_there_unless_the_clock_says_no():
    assert asked("I'm from Ireland and I sing", offset=0).present.value == "IE"
    abroad = asked("I'm from Ireland and I sing", offset=540)
    assert (abroad.present.value, abroad.home.value) == ("", "IE")


def test_a_home_taken_from_the_present_place_says_so():
    found = asked("Our crew is exhausted.", sender="band@example.be", thread="")
    assert found.home.value == "BE"
    only = asked("We are currently in Japan.", offset=540)
    assert only.home.value == "JP"
    assert "JP: nothing says that home is elsewhere" in notes(only.home)


@pytest.mark.parametrize(
    ("text", "more", "country", "note"),
    [
        ("Please ring +44 20 7946 0999", {}, "GB", "GB: phone +44…"),
        ("Our crew is exhausted.", {"sender": "a@example.co.uk"}, "GB", "GB: address ends in .uk"),
        ("The NHS list is long", {}, "GB", "GB: names NHS"),
        ("I am at D02 X285", {}, "IE", "IE: format postcode D02 X285"),
        ("I can pay £40", {"offset": 0}, "GB", "GB: pays in £"),
        ("I cannot sleep.", {"Content_Language": "nb-NO", "offset": 60}, "NO",
         "NO: mail program set to nb-NO"),
        ("I cannot sleep.", {"sender": "a@libero.it", "offset": 60}, "IT", "IT: mail at libero.it"),
    ],
)  # fmt: skip
def test_each_sign_is_shown_with_its_country(text, more, country, note):
    found = asked(text, "nb" if country == "NO" else "it" if country == "IT" else "en", **more)
    assert found.present.value == country
    assert note in notes(found.present)


@pytest.mark.parametrize(
    ("text", "language", "offset"),
    [
        ("I need help.", "en", 0),
        ("I need help.", "en", 60),
        ("Nem bírom tovább a koncerteket.", "hu", 60),
        ("요즘 무대가 너무 무서워요", "ko", 540),
        ("Me siento muy mal", "es", -300),
        ("", "", None),
        ("🎸", "", 60),
    ],
)
def test_clock_and_language_alone_only_suggest(text, language, offset):
    found = asked(text, language, offset=offset)
    for finding in (found.present, found.home):
        assert finding.value == ""
        assert finding.undetermined
        assert finding.evidence


def test_what_clock_and_language_suggest_is_shown():
    assert asked("Nem bírom tovább.", "hu", offset=60).present.candidates[0] == "HU"


@pytest.mark.parametrize(
    ("text", "language", "sender"),
    [
        ("My name is Jordan and I play the cello", "en", "jordan.lee@example.com"),
        ("Love, Florence", "en", "florence@example.com"),
        ("или мы можем поговорить? того же хочу", "ru", "a@example.com"),
        ("Indien mogelijk bel ik terug", "nl", "a@example.com"),
        ("La réunion est demain", "fr", "a@example.com"),
        ("Please contact us. No more.", "en", "a@example.com"),
        ("My drummer is in Osaka and I am worried", "en", "hello@example.fm"),
        ("I can pay 60 euros, or dollars", "en", "a@example.com"),
    ],
)
def test_false_friends_do_not_make_a_country(text, language, sender):
    assert asked(text, language, sender=sender).present.value == ""


def test_a_name_in_the_address_is_no_place_in_the_subject():
    found = asked(
        "I live in Bristol.", subject="hi from Jordan", sender="jordan.lee@example.com", offset=0
    )
    assert (found.present.value, found.home.value) == ("GB", "GB")


def test_a_signature_does_not_outweigh_the_letter():
    found = asked(
        "I live in Norway and I'm not coping.",
        signature="North Stage Ltd, 12 High Street, London, UK\n+44 20 7946 0999",
        offset=60,
    )
    assert found.present.value == "NO"
    assert any(note.endswith("(signature)") for note in notes(found.present))


def test_the_case_helps_when_the_message_says_nothing():
    assert asked("Thank you, I will call.", thread="IE", offset=0).present.value == "IE"
    assert asked("I moved, I live in Japan now.", thread="IE", offset=540).present.value == "JP"


def test_the_evidence_is_short_and_strongest_first():
    text = "I live in Leeds. NHS, £40, LS6 2AB, +44 20 7946 0999. We toured " + ", ".join(
        ("Germany", "France", "Spain", "Italy", "Poland", "Norway", "Sweden", "Japan", "Brazil")
    )
    evidence = asked(text, sender="a@example.co.uk", offset=0).present.evidence
    weighed = [abs(e.weight) for e in evidence]
    assert weighed == sorted(weighed, reverse=True)
    assert len(evidence) <= 12


def test_the_language_room_gets_chances_without_words():
    def chances(text="", thread="", **more):
        return country_chances(
            message(text, **more), text, places=places(), weights=weights(), signs=table(),
            thread=thread,
        )  # fmt: skip

    assert chances("I live in Leeds") == {}
    by_phone = chances("+385 91 234 5678", offset=60)
    assert max(by_phone, key=by_phone.__getitem__) == "HR"
    malay = chances(offset=480, sender="a@example.my")
    assert malay["MY"] > 0.9
    by_clock = chances(offset=420)
    assert by_clock["ID"] > by_clock.get("MY", 0.0)
    assert chances(thread="RS")["RS"] > 0.5
    assert sum(by_clock.values()) <= 1.0


def test_a_town_of_two_countries_is_told_by_the_clock():
    valencia = Mention("Valencia", (("ES", 0.6), ("VE", 0.4)), Role.LIVES, "town")
    numbers = weights()
    for offset, country in ((60, "ES"), (-240, "VE")):
        around = Surroundings(offset, WINTER.date(), "es", places())
        standing = standing_of(clues_of([valencia], [], numbers), "present", around, numbers)
        assert standing.best[0] == country


def test_saying_it_twice_is_not_twice_the_proof():
    numbers = weights()
    phone = Sign("phone", "+44 1", (("GB", 1.0),), "body", "phone +44…")
    around = Surroundings(None, None, "", places())
    once = standing_of(clues_of([], [phone], numbers), "present", around, numbers).sums["GB"]
    often = standing_of(clues_of([], [phone] * 50, numbers), "present", around, numbers).sums["GB"]
    assert once < often <= 2 * once


@pytest.mark.parametrize(
    "text",
    [
        "[present]\nphone = 'strong'\n",
        "[present]\nfax = 1.0\n",
        "[model]\nscale = 1000\n",
        "[home\n",
    ],
)
def test_faulty_weights_are_named(text):
    with pytest.raises(FaultyInput):
        parse_country_weights(text)


def test_weights_left_out_keep_their_number():
    assert parse_country_weights("[present]\nphone = 3.0\n").present["phone"] == 3.0
    assert parse_country_weights("").present == CountryWeights().present


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=300), st.sampled_from(["", "en", "ja", "xx"]), st.integers(-900, 900))
def test_it_answers_whatever_the_text(text, language, offset):
    found = asked(text, language, sender=text[:30], offset=offset, Content_Language=text[:10])
    for finding in (found.present, found.home):
        assert finding.undetermined == (finding.value == "")
        assert finding.evidence
        assert len(finding.evidence) <= 13


@pytest.mark.parametrize(
    "text", ["I live in Kenya. " * 60_000, "4" * 2_000_000, "(" * 500_000, "1 " * 500_000]
)
def test_a_megabyte_is_no_trouble(text):
    found = asked(text)
    assert found.present.value in ("KE", "")
