"""Signs of a country beside place names: what counts, for whom, and what must not."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.errors import FaultyInput
from concierge.rules.country_signs import SignTable, parse_signs, signs_of
from concierge.rules.phone_signs import country_of_number
from concierge.rules.place_evidence import Sign
from concierge.rules.places import Places, parse_places
from concierge.rules.whereabouts_clock import Clock, clock_of

DATA = Path(__file__).parents[3] / "data"


@cache
def places() -> Places:
    return parse_places((DATA / "countries.csv").read_text(encoding="utf-8"))


@cache
def table() -> SignTable:
    return parse_signs((DATA / "country_signs.csv").read_text(encoding="utf-8"))


def signs(text="", language="en", *, sender="amina@example.com", tried=(), signature="", **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    message = ParsedMessage(sender=Address(sender), headers=named, body=text)
    return signs_of(
        message,
        text,
        signature,
        language=language,
        places=places(),
        table=table(),
        spoken_in=lambda: tried,
    )


def of(found: list[Sign], beginning: str) -> list[Sign]:
    return [sign for sign in found if sign.kind.startswith(beginning)]


def first(sign: Sign) -> str:
    return max(sign.shares, key=lambda pair: pair[1])[0]


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("+44 7911 123456", "GB"),
        ("+44 (0)20 7946 0999", "GB"),
        ("(+44) 20 7946 0999", "GB"),
        ("0044 20 7946 0999", "GB"),
        ("011 44 20 7946 0999", "GB"),
        ("+44.20.7946.0999", "GB"),
        ("+44-20-7946-0999", "GB"),
        ("＋４４ ２０ ７９４６ ０９９９", "GB"),
        ("+٩٧٢ ٥٢ ١٢٣ ٤٥٦٧", "IL"),
        ("+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹", "IR"),
        ("+353 86 123 4567", "IE"),
        ("+49 30 901820", "DE"),
        ("+43 664 1234567", "AT"),
        ("+41 44 668 18 00", "CH"),
        ("+55 11 91234-5678", "BR"),
        ("+351 912 345 678", "PT"),
        ("+1 416 967 1111", "CA"),
        ("+1 615 862 5000", "US"),
        ("+234 803 123 4567", "NG"),
        ("+91 98765 43210", "IN"),
        ("+81 90-1234-5678", "JP"),
        ("+852 5123 4567", "HK"),
        ("+886 912 345 678", "TW"),
        ("+7 701 234 56 78", "KZ"),
    ],
)
def test_it_reads_an_international_number(written, country):
    found = of(signs(f"Please ring {written}, thank you"), "phone")
    assert [sign.shares for sign in found] == [((country, 1.0),)]
    assert found[0].note.startswith("phone +")
    assert found[0].found in written


@pytest.mark.parametrize(
    "text",
    [
        "4" * 40,
        "+" + "4" * 40,
        "1 " * 40,
        "on 2025-11-04 10:12",
        "04.11.2025 21:14",
        "between 2019-2021 we played",
        "150 000 000",
        "call 988",
        "+800 1234 5678",
        "songs123456789abc",
        "",
    ],
)
def test_what_is_no_number_is_none(text):
    assert not of(signs(text, tried=("GB", "DE", "US", "FR")), "phone")


@pytest.mark.parametrize(
    ("written", "tried", "fits"),
    [
        ("06 12 34 56 78", ("FR", "DE", "IT"), {"FR"}),
        ("0412 345 678", ("AU", "GB", "US"), {"AU"}),
        ("(615) 862-5000", ("US", "CA", "GB"), {"US"}),
        ("416-967-1111", ("US", "CA"), {"CA"}),
        ("090-1234-5678", ("JP",), {"JP"}),
        ("0871234567", ("GB", "ES", "IE"), {"IE"}),
        ("07911 123456", ("GB", "IE"), {"GB"}),
        ("٠١٠ ١٢٣٤ ٥٦٧٨", ("EG",), {"EG"}),
        ("612 345 678", ("GB", "FR"), set()),
    ],
)
def test_a_national_number_speaks_for_the_countries_it_fits(written, tried, fits):
    found = of(signs(f"Ring me on {written}", tried=tried), "phone_national")
    assert {iso for sign in found for iso, _ in sign.shares} == fits
    assert all(sign.note.endswith("fits") for sign in found)


def test_a_number_of_guernsey_is_served_as_britain():
    assert country_of_number("447911123456") == "GB"
    assert country_of_number("not a number") == ""


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("The NHS waiting list is endless", "en", "GB"),
        ("the nhs said no", "en", "GB"),
        ("I sat in A&E all night", "en", "GB"),
        ("My Universal Credit stopped", "en", "GB"),
        ("Help Musicians sent me to you", "en", "GB"),
        ("I called 988 and hung up", "en", "US"),
        ("I am on Medicaid and broke", "en", "US"),
        ("MusiCares paid my rent once", "en", "US"),
        ("I register my songs with ASCAP", "en", "US"),
        ("Beyond Blue told me to write", "en", "AU"),
        ("I get Centrelink", "en", "AU"),
        ("Support Act helped our drummer", "en", "AU"),
        ("SOCAN pays me little", "en", "CA"),
        ("OHIP does not pay for therapy", "en", "CA"),
        ("La RAMQ ne rembourse rien", "fr", "CA"),
        ("Pieta House were kind", "en", "IE"),
        ("I have a medical card", "en", "IE"),
        ("J'ai appelé le 3114 hier", "fr", "FR"),
        ("Je suis intermittent du spectacle", "fr", "FR"),
        ("La Sécu ne rembourse pas", "fr", "FR"),
        ("Ma mutualité refuse, je suis à la SABAM", "fr", "BE"),
        ("Meine Krankenkasse zahlt nicht", "de", "DE"),
        ("Ich bin bei der TK", "de", "DE"),
        ("Die Künstlersozialkasse hat geschrieben", "de", "DE"),
        ("Die GVL zahlt im Herbst", "de", "DE"),
        ("Die ÖGK übernimmt das nicht", "de", "AT"),
        ("Ich bin bei der SUISA und zahle AHV", "de", "CH"),
        ("Sono iscritto alla SIAE, l'ASL non risponde", "it", "IT"),
        ("La Seguridad Social me dio cita en un año", "es", "ES"),
        ("El IMSS no me atiende", "es", "MX"),
        ("Estoy en Fonasa", "es", "CL"),
        ("Mi EPS no cubre psicólogo", "es", "CO"),
        ("Já liguei para o CVV", "pt", "BR"),
        ("O SUS demora muito", "pt", "BR"),
        ("Liguei para o SNS 24", "pt", "PT"),
        ("Mijn huisarts stuurde me naar de GGZ", "nl", "NL"),
        ("Försäkringskassan säger nej", "sv", "SE"),
        ("Jag väntar på tid hos BUP", "sv", "SE"),
        ("NAV har stoppet pengene", "nb", "NO"),
        ("Livslinien tog ikke telefonen", "da", "DK"),
        ("Kelasta ei saa tukea", "fi", "FI"),
        ("NFZ każe czekać dwa lata", "pl", "PL"),
        ("Nejsem u VZP", "cs", "CZ"),
        ("SGK'dan randevu alamıyorum", "tr", "TR"),
        ("健保の病院に行けません。いのちの電話もつながりません", "ja", "JP"),
        ("健保卡丟了，也打過1925", "zh", "TW"),
        ("자살예방 상담에 전화했어요", "ko", "KR"),
        ("BPJS saya tidak aktif", "id", "ID"),
        ("פניתי לקופת חולים ואין תור", "he", "IL"),
    ],
)
def test_an_institution_gives_its_country_away(text, language, country):
    found = of(signs(text, language), "institution")
    assert country in {first(sign) for sign in found}
    assert all(sign.note == f"names {sign.found}" for sign in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please nav to the caps of the bus", "en"),
        ("THE NAV CAPS ARE ALL SUS HERE AND I AM LOST", "en"),
        ("It is so sus", "en"),
        ("I was at 111 gigs", "en"),
        ("we had 988 people in the room", "de"),
        ("The CVV on my credit card", "en"),
        ("I live off hope and coffee", "en"),
        ("ein Cap und ein Tk", "de"),
        ("le mind et les caps", "fr"),
    ],
)
def test_ordinary_words_are_no_institution(text, language):
    assert not of(signs(text, language), "institution")


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("I can pay £40", "en", "GB"),
        ("about 40 quid a session", "en", "GB"),
        ("posso pagar R$ 80", "pt", "BR"),
        ("R$80 por sessão", "pt", "BR"),
        ("só tenho 100 reais", "pt", "BR"),
        ("I have 20,000 naira left", "en", "NG"),
        ("₹500 is all I have", "en", "IN"),
        ("500₺ verebilirim", "tr", "TR"),
        ("можу заплатити 300 ₴", "uk", "UA"),
        ("5000 Ft-ot tudok adni", "hu", "HU"),
        ("zaplatím 500 Kč", "cs", "CZ"),
        ("150 zł za sesję", "pl", "PL"),
        ("150zł to wszystko", "pl", "PL"),
        ("80 Franken pro Sitzung", "de", "CH"),
        ("CHF 80 im Monat", "de", "CH"),
        ("högst 500 kr i månaden", "sv", "SE"),
        ("500 kroner er alt jeg har", "nb", "NO"),
        ("jeg kan betale 300 kr", "da", "DK"),
        ("NZ$60 a week", "en", "NZ"),
        ("A$90 an hour", "en", "AU"),
        ("3万円しか払えません", "ja", "JP"),
        ("5만원 정도 낼 수 있어요", "ko", "KR"),
        ("cuma punya 50 ribu rupiah", "id", "ID"),
        ("RM50 only", "ms", "MY"),
        ("R 500 000 VND", "vi", "VN"),
        ("KSh 1,500 per gig", "en", "KE"),
        ("10000 FCFA par concert", "fr", "SN"),
        ("gano 50 mil pesos", "es", "MX"),
    ],
)
def test_money_speaks_where_a_sum_is_named(text, language, country):
    found = [s for s in of(signs(text, language), "currency") if s.kind == "currency"]
    assert country in {first(sign) for sign in found}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I lost twenty pounds this winter", "en"),
        ("it was a real mess", "en"),
        ("we won 3 awards", "de"),
        ("a rand of noise", "en"),
        ("I pay $50", "en"),
        ("60 € die Stunde", "de"),
        ("60 euros la séance", "fr"),
        ("円満な家庭", "ja"),
        ("I only need 10 minutes", "en"),
    ],
)
def test_money_of_everywhere_and_words_without_a_sum_say_little(text, language):
    assert not [s for s in of(signs(text, language), "currency") if s.kind == "currency"]


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("My postcode is LS6 2AB", "en", "GB"),
        ("postcode ls62ab", "en", "GB"),
        ("Flat 2, SW1A 1AA", "en", "GB"),
        ("D02 X285 is where I am", "en", "IE"),
        ("eircode d02x285", "en", "IE"),
        ("M5V 2T6, third floor", "en", "CA"),
        ("H2X1Y4", "fr", "CA"),
        ("Ik zit op 1012 JS", "nl", "NL"),
        ("I am at 1012 JS, Amsterdam", "en", "NL"),
        ("moro no 01310-100", "pt", "BR"),
        ("1200-109 Lisboa", "en", "PT"),
        ("00-950 Warszawa", "pl", "PL"),
        ("411 05 Göteborg", "sv", "SE"),
        ("〒150-0001", "ja", "JP"),
        ("Nashville, TN 37203", "en", "US"),
        ("Zip code 37203", "en", "US"),
        ("37203-1234", "en", "US"),
        ("Fitzroy VIC 3065", "en", "AU"),
        ("PIN code 400001", "en", "IN"),
        ("D-10115 Berlin", "de", "DE"),
        ("CH-8004 Zürich", "de", "CH"),
        ("SE-411 05 Göteborg", "en", "SE"),
        ("20357 Hamburg", "de", "DE"),
        ("14 rue Oberkampf, 75011 Paris", "fr", "FR"),
        ("8004 Zürich", "de", "CH"),
    ],
)
def test_a_postcode_speaks_for_who_writes_it_so(text, language, country):
    found = of(signs(text, language), "postcode")
    assert country in {first(sign) for sign in found}
    assert all(sign.note.startswith("format postcode ") for sign in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the E7 9th and the A4 chord", "en"),
        ("2024 was the worst year", "en"),
        ("we sold 20357 records", "de"),
        ("20-300 people came", "en"),
        ("5000 KM on the road", "en"),
        ("order 123456", "en"),
        ("1999 Prince", "en"),
    ],
)
def test_other_numbers_are_no_postcode(text, language):
    assert not of(signs(text, language), "postcode")


@pytest.mark.parametrize(
    ("address", "kind", "country"),
    [
        ("band@example.co.uk", "cctld", "GB"),
        ("studio@example.be", "cctld", "BE"),
        ("hello@example.fm", "cctld_generic", "FM"),
        ("a@gmx.de", "provider", "DE"),
        ("a@web.de", "provider", "DE"),
        ("a@orange.fr", "provider", "FR"),
        ("a@libero.it", "provider", "IT"),
        ("a@wp.pl", "provider", "PL"),
        ("a@ukr.net", "provider", "UA"),
        ("a@seznam.cz", "provider", "CZ"),
        ("a@abv.bg", "provider", "BG"),
        ("a@uol.com.br", "provider", "BR"),
        ("a@bigpond.com", "provider", "AU"),
        ("a@btinternet.com", "provider", "GB"),
        ("a@comcast.net", "provider", "US"),
        ("a@naver.com", "provider", "KR"),
        ("a@qq.com", "provider", "CN"),
        ("a@yahoo.co.jp", "provider", "JP"),
        ("a@rediffmail.com", "provider", "IN"),
        ("a@yandex.ru", "provider_weak", "RU"),
        ("a@hotmail.fr", "provider", "FR"),
        ("a@gmail.com", "", ""),
        ("not an address", "", ""),
        ("a@example.zz", "", ""),
    ],
)
def test_the_address_speaks_by_its_ending_or_its_mail_house(address, kind, country):
    found = signs(sender=address)
    assert [(sign.kind, first(sign)) for sign in found] == ([(kind, country)] if kind else [])


def test_headers_speak_but_not_the_american_english_of_every_program():
    assert first(signs(Content_Language="nb-NO")[0]) == "NO"
    assert signs(Content_Language="en-GB")[0].kind == "content_language_weak"
    assert not signs(Content_Language="en-US")
    assert not signs(Content_Language="sv")
    way = signs(Received="from smtp.altibox.no (smtp.altibox.no [192.0.2.1]) by mx.example.org")
    assert [(sign.kind, first(sign)) for sign in way] == [("received", "NO")]
    assert not signs(Received="from mail.example.com by mx.example.de")


def test_what_stands_in_the_signature_is_marked_so():
    found = of(signs("Help me", signature="Amina\n+44 20 7946 0999"), "phone")
    assert [sign.where for sign in found] == ["signature"]


@pytest.mark.parametrize(
    ("iso", "offset", "day", "said"),
    [
        ("GB", 60, date(2025, 7, 1), Clock.FITS),
        ("GB", 60, date(2025, 12, 1), Clock.OTHER_SEASON),
        ("GB", 120, date(2025, 7, 1), Clock.DIFFERS),
        ("NP", 345, date(2025, 7, 1), Clock.FITS),
        ("AU", 600, date(2025, 12, 1), Clock.FITS),
        ("GB", 60, None, Clock.FITS),
        ("GB", None, date(2025, 7, 1), Clock.UNKNOWN),
        ("QQ", 60, date(2025, 7, 1), Clock.UNKNOWN),
    ],
)
def test_a_clock_is_read_on_its_day(iso, offset, day, said):
    assert clock_of(iso, offset, day, places()) is said


@pytest.mark.parametrize(
    "row",
    [
        "shop,GB,en,Tesco,",
        "institution,Britain,en,NHS,",
        "institution,GB:0.9 IE:0.9,en,NHS,",
        "institution,GB,en,?,",
        "postcode,GB,en,(,",
    ],
)
def test_a_faulty_table_names_its_lines(row):
    with pytest.raises(FaultyInput) as caught:
        parse_signs(f"kind,countries,languages,words,needs\n{row}\n")
    assert "country_signs.csv:2" in caught.value.faults[0]


def test_the_table_knows_enough_institutions_of_enough_countries():
    phrases = [p for found in table().institutions.values() for p in found]
    phrases += [p for p in table().unspaced if p.kind.startswith("institution")]
    assert len({p.written for p in phrases}) >= 220
    assert len({iso for p in phrases for iso, _ in p.shares}) >= 45


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=300), st.sampled_from(["", "en", "ja", "pt", "xx"]))
def test_it_reads_whatever_the_text(text, language):
    for sign in signs(text, language, sender=text[:30], tried=("GB", "US"), signature=text[:50]):
        assert sign.note
        assert 0 < sum(share for _, share in sign.shares) <= 1.001
