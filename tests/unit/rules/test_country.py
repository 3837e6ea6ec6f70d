"""Where a person is now, and the false friends that must not decide it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.errors import FaultyInput
from concierge.rules.country import country_of
from concierge.rules.places import parse_places

TABLE = (Path(__file__).parents[3] / "data" / "countries.csv").read_text(encoding="utf-8")
PLACES = parse_places(TABLE)


def asked(text, language="en", *, sender="amina@example.com", offset=None, content_language=""):
    headers = (("Content-Language", content_language),) if content_language else ()
    message = ParsedMessage(
        sender=Address(sender), utc_offset_minutes=offset, headers=headers, body=text
    )
    return country_of(message, text, language=language, places=PLACES)


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("I live in the UK and cannot sleep", "en", "GB"),
        ("I'm based in Scotland, mostly playing weddings", "en", "GB"),
        ("We are currently in the United States for ten shows", "en", "US"),
        ("i live in spain and i have nobody", "en", "ES"),
        ("Drummer here, living in Holland", "en", "NL"),
        ("I live in Türkiye", "en", "TR"),
        ("Vivo en México y toco el bajo", "es", "MX"),
        ("Moro no Brasil e estou mal", "pt", "BR"),
        ("J'habite au Québec", "fr", "CA"),
        ("Ich wohne in Österreich und singe", "de", "AT"),
        ("Vivo in Italia e suono il basso", "it", "IT"),
        ("Ik woon in België", "nl", "BE"),
        ("Mieszkam w Polsce od roku", "pl", "PL"),
        ("Jag bor i Sverige", "sv", "SE"),
        ("Asun Suomessa ja soitan rumpuja", "fi", "FI"),
        ("Hraju v České republice", "cs", "CZ"),
        ("Я живу в Казахстане", "ru", "KZ"),
        ("Я живу в Україні", "uk", "UA"),
        ("أعيش في مصر وأعزف العود", "ar", "EG"),
        ("日本でドラムを叩いています", "ja", "JP"),
        ("我住在香港,是鼓手", "zh", "HK"),
        ("한국에서 노래하고 있어요", "ko", "KR"),
        ("ฉันอยู่ในประเทศไทย", "th", "TH"),
        # On tour, the place named is where the person is now.
        ("we're on tour in england, i'm in the hotel in leeds", "en", "GB"),
        ("Les escribo desde Guadalajara, México", "es", "MX"),
        ("Wir sind gerade auf Tour in Frankreich", "de", "FR"),
        # A mail program's line break is not the end of a sentence.
        (
            "I have been living for some years now in a small flat in Galway,\nIreland, alone",
            "en",
            "IE",
        ),
    ],
)
def test_it_reads_a_country_in_the_words_of_the_writer(text, language, country):
    finding = asked(text, language)
    assert finding.value == country
    assert any(e.rule == "country.name" and country in e.note for e in finding.evidence)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My name is Jordan and I play the cello", "en"),
        ("Regards, Chad", "en"),
        ("Please contact us. No more.", "en"),
        ("или мы можем поговорить? того же хочу", "ru"),
        ("Indien mogelijk bel ik terug", "nl"),
        ("La réunion est demain", "fr"),
        ("We toured Germany, France and Spain last year", "en"),
        ("I was on tour in Germany when it began", "en"),
        ("I play the French horn in a Latin America programme", "en"),
        ("We covered songs of Japan and Sweden", "en"),
        ("We have two shows in Spain and love music from Brazil", "en"),
        ("Toco música de Colombia y de Cuba", "es"),
        ("I need help.", "en"),
        ("", ""),
    ],
)
def test_false_friends_do_not_make_a_country(text, language):
    finding = asked(text, language)
    assert finding.value == ""
    assert finding.undetermined
    assert finding.evidence


@pytest.mark.parametrize(
    ("text", "language", "offset", "country"),
    [
        ("I live in Glasgow and play the pipes", "en", None, "GB"),
        ("Vivo a Bologna e suono il violino", "it", 60, "IT"),
        ("Mieszkam w Krakowie", "pl", 60, "PL"),
        ("Я живу в Киеве", "ru", 120, "UA"),
        ("今はパリにいます", "ja", 60, "FR"),
        ("I live in London, Ontario", "en", -300, "CA"),
        ("We toured Berlin, Paris and Oslo, now I am back home in Cork", "en", 0, "IE"),
    ],
)
def test_a_town_stands_for_its_country_where_the_words_say_so(text, language, offset, country):
    assert asked(text, language, offset=offset).value == country


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My name is Paris and I dance", "en"),
        ("I play in a Boston and Chicago tribute band", "en"),
        ("Love, Florence", "en"),
        ("バウチャーを使えますか", "ja"),  # begins like Bauchi
        ("קיבלתי ביטול כיוון שלא שילמתי", "he"),  # ends like Greece
    ],
)
def test_a_town_that_is_a_name_a_band_or_a_part_of_a_word_is_none(text, language):
    assert asked(text, language).value == ""


def test_a_place_that_is_denied_speaks_against_itself():
    finding = asked("I don't live in Germany any more, I moved back to Ireland")
    assert finding.value == "IE"
    assert any(e.weight < 0 and "DE" in e.note for e in finding.evidence)


def test_where_somebody_is_now_beats_where_they_come_from():
    finding = asked("I'm from Ireland but I'm currently in Japan with the band", offset=540)
    assert finding.value == "JP"
    assert "IE" in finding.candidates


def test_an_origin_does_not_decide_when_home_is_a_place_we_do_not_know():
    assert asked("I am a Nigerian singer, living in Xyztown since 2021").value == ""


def test_a_region_behind_a_town_takes_the_town_s_cue():
    assert asked("I'm a rapper from Atlanta, Georgia", offset=-300).value == "US"
    assert asked("Producer in Kingston, Jamaica", offset=-300).value == "JM"


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+44 7911 123456", "GB"),  # Guernsey's plan, served as the United Kingdom
        ("+44 20 7946 0018", "GB"),
        ("0048 601 234 567", "PL"),
        ("+81 90-1234-5678", "JP"),
        ("+1 416 967 1111", "CA"),
    ],
)
def test_an_international_number_speaks_for_its_country(number, country):
    assert asked(f"Please ring me: {number}").value == country


def test_a_national_number_or_a_price_is_no_international_one():
    assert asked("Ring 0412 345 678, I can pay +50 or 100 200 300").value == ""


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("band@example.co.uk", "GB"),
        ("studio@example.be", "BE"),
        ("hello@example.fm", ""),
        ("hello@example.io", ""),
        ("me@example.com", ""),
        ("not an address", ""),
    ],
)
def test_the_address_counts_unless_its_domain_is_sold_worldwide(address, country):
    assert asked("Our crew is exhausted.", sender=address).value == country


def test_clock_and_language_alone_only_suggest():
    finding = asked("Nem bírom tovább a koncerteket.", "hu", offset=60)
    assert finding.value == ""
    assert finding.candidates[0] == "HU"


def test_the_clock_decides_between_two_named_countries():
    text = "I work in Australia and in Canada"
    assert asked(text, offset=600).value == "AU"
    assert asked(text, offset=-300).value == "CA"


def test_content_language_counts_but_not_american_english():
    assert (
        asked("I cannot sleep.", content_language="nb-NO", offset=60, language="nb").value == "NO"
    )
    assert asked("I cannot sleep.", content_language="en-US").value == ""


def test_a_faulty_table_names_its_lines():
    with pytest.raises(FaultyInput) as caught:
        parse_places("iso,lang,name\nGB,en,Britain\nXXX,en,Nowhere\nDE,utc,noon\n")
    assert [fault.split(":")[1] for fault in caught.value.faults] == ["3", "4"]


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=300), st.sampled_from(["", "en", "ja", "xx"]), st.integers(-900, 900))
def test_it_answers_whatever_the_text(text, language, offset):
    finding = asked(text, language, sender=text[:30], offset=offset, content_language=text[:10])
    assert finding.undetermined == (finding.value == "")
    assert finding.evidence


def test_a_megabyte_is_no_trouble():
    assert asked("I live in Kenya. " * 60_000).value == "KE"
