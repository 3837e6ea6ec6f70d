"""Hard letters read one by one: where their writers are, and where they belong."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from concierge.desk.bearings import Atlas, Bearings, bearings_of
from concierge.mail.mime import read
from concierge.rules.cleaning import own_words
from concierge.rules.country import Whereabouts, concluded
from concierge.rules.phone_signs import phone_signs
from concierge.rules.place_evidence import Mention, Role, Sign
from concierge.rules.whereabouts_said import is_on_tour
from concierge.rules.whereabouts_scoring import Surroundings, clues_of
from concierge.rules.whereabouts_weights import CountryWeights, parse_country_weights
from concierge.store.atlas import read_atlas

DATA = Path(__file__).parents[3] / "data"
AMINA = "amina@gmail.com"


@cache
def atlas() -> Atlas:
    return read_atlas(DATA)


@cache
def weights() -> CountryWeights:
    return parse_country_weights((DATA / "country.toml").read_text(encoding="utf-8"))


def told(text: str, clock: str, sender: str) -> Bearings:
    head = f"From: {sender}\r\nDate: Tue, 4 Nov 2025 21:14:05 {clock}\r\n"
    raw = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    message = read(raw, complete=True, size=len(raw))
    return bearings_of(message, own_words(message.body), atlas())


#: What is written, the clock of the Date header, the address, where they are and belong; empty:
#: nobody can tell.
HARD = [
    (
        "I live in Lyon but I'm currently in Brno for a residency and I can't stop crying.",
        "+0100",
        AMINA,
        "CZ",
        "FR",
    ),
    (
        "I grew up in Lagos, I live in Leeds, and tonight I'm in Oslo and falling apart.",
        "+0100",
        AMINA,
        "NO",
        "GB",
    ),
    (
        "I am a Nigerian singer living in London since 2021. I need someone to talk to.",
        "+0000",
        AMINA,
        "GB",
        "NG",
    ),
    (
        "I'm from Mexico, we are on the US leg and I cannot breathe before shows.",
        "-0600",
        AMINA,
        "",
        "MX",
    ),
    ("I live in Dublin and right now I am in Tokyo.", "+0000", AMINA, "JP", "IE"),
    (
        "I live in Toronto. We are currently in Perth, Australia. My laptop still "
        "has the old clock.",
        "-0500",
        AMINA,
        "AU",
        "CA",
    ),
    ("Vivo en Sevilla pero ahora mismo estoy en Berlín y no duermo.", "+0100", AMINA, "DE", "ES"),
    (
        "J'habite à Bruxelles, mais je suis actuellement à Tokyo et je craque.",
        "+0900",
        AMINA,
        "JP",
        "BE",
    ),
    ("Ich wohne in Hamburg, bin aber gerade in Barcelona auf Tour.", "+0100", AMINA, "ES", "DE"),
    ("Moro em Lisboa, sou do Brasil e agora estou em Paris.", "+0100", AMINA, "FR", "PT"),
    ("Abito a Torino ma adesso sono a Vienna e non ce la faccio.", "+0100", AMINA, "AT", "IT"),
    ("Mieszkam w Krakowie, ale teraz jestem w Berlinie.", "+0100", AMINA, "DE", "PL"),
    ("I'm a Ghanaian drummer, I live in Hamburg now.", "+0100", AMINA, "DE", "GH"),
    (
        "Our tour bus broke down, we're currently in Lyon. I'm from Cork. +353 87 123 4567",
        "+0100",
        AMINA,
        "FR",
        "IE",
    ),
    (
        "We are on tour in Japan and I feel alone. My number is +46 70 123 45 67.",
        "+0900",
        AMINA,
        "JP",
        "SE",
    ),
    ("I'm on tour and not coping. You can ring me at +61 412 345 678.", "+0100", AMINA, "", "AU"),
    (
        "Thank you, I'll wait.\n\n> Registered charity in England.\n> Call +44 20 7946 0999",
        "+0000",
        AMINA,
        "",
        "",
    ),
    (
        "Yes please.\n\nOn Mon, 3 Nov 2025 at 10:12, Desk <desk@example.org> "
        "wrote:\n> Our counsellor in Glasgow is free.",
        "+0000",
        AMINA,
        "",
        "",
    ),
    (
        "Vielen Dank, Mittwoch passt.\n\n> Wir sitzen in Zürich, Schweiz.\n> +41 44 123 45 67",
        "+0100",
        AMINA,
        "",
        "",
    ),
    (
        "I am writing from Valencia, Spain. My son studies in Leeds and he is not well.",
        "+0100",
        AMINA,
        "ES",
        "ES",
    ),
    (
        "My son plays in a band in Leeds and he has stopped eating. I am his mother.",
        "+0000",
        AMINA,
        "",
        "",
    ),
    (
        "My drummer lives in Osaka and I worry about him. I'm in Rotterdam.",
        "+0100",
        AMINA,
        "NL",
        "NL",
    ),
    (
        "We cover Africa by Toto and Vienna by Billy Joel. I am so tired of it all.",
        "+0100",
        AMINA,
        "",
        "",
    ),
    ("My name is Paris and I play bass. I feel low.", "+0100", "paris.jones@gmail.com", "", ""),
    ("Je ne dors plus depuis des mois.", "+0100", AMINA, "", ""),
    ("Nem tudok aludni, segítsenek kérem.", "+0100", AMINA, "", ""),
    ("I'm not in the UK any more, I'm in Montreal.", "-0500", AMINA, "CA", "CA"),
    ("My mobile is 07851 446 209, evenings please.", "+0000", AMINA, "GB", "GB"),
    ("Call me on 054-618-2297 please, I do not sleep.", "+0200", AMINA, "IL", "IL"),
    ("Mein Handy ist 0171 2345678, bitte abends.", "+0100", AMINA, "DE", "DE"),
    ("Mi móvil es 612 345 678, por favor por la tarde.", "+0100", AMINA, "ES", "ES"),
    ("Ring meg på 412 34 567 når som helst.", "+0100", AMINA, "NO", "NO"),
    ("I cannot go on stage any more.", "+0100", "k@bluewin.ch", "CH", "CH"),
    ("Help me please.", "+0000", "k@studio.io", "", ""),
    ("I need a counsellor. I play cello in Cape Town.", "+0200", AMINA, "ZA", "ZA"),
    (
        "I live in Manila. I'm staying in Doha at the moment, singing in a hotel.",
        "+0300",
        AMINA,
        "QA",
        "PH",
    ),
    (
        "We toured Germany, France and Spain, now I am back home in Glasgow.",
        "+0000",
        AMINA,
        "GB",
        "GB",
    ),
    (
        "I was born in Chile, my home is Oslo, and I'm currently in Rome.",
        "+0100",
        AMINA,
        "IT",
        "NO",
    ),
    (
        "Drummer, front of house, session work.\n\nSam\nLondon · Lagos · Berlin",
        "+0000",
        AMINA,
        "",
        "",
    ),
    ("I'm from Ireland and I'm touring with a circus. I feel empty.", "+0100", AMINA, "", "IE"),
    ("Estoy de gira y soy de Argentina, me siento fatal.", "-0300", AMINA, "", "AR"),
]


@pytest.mark.parametrize(("text", "clock", "sender", "present", "home"), HARD)
def test_it_reads_a_hard_letter_as_a_person_would(text, clock, sender, present, home):
    found = told(text, clock, sender)
    assert (found.country.value, found.home.value) == (present, home)


def mention(country: str, role: Role, where: str = "body") -> Mention:
    return Mention(country, ((country, 1.0),), role, "country", where)


def weighed(*mentions: Mention, signs: tuple[Sign, ...] = (), offset=0, on_tour=False):
    around = Surroundings(offset, None, "en", atlas().places, on_tour)
    clues = clues_of(mentions, signs, weights(), on_tour=on_tour)
    return concluded(clues, around, weights())


def values(found: Whereabouts) -> tuple[str, str]:
    return found.present.value, found.home.value


@pytest.mark.parametrize(
    ("said", "offset", "present", "home"),
    [
        # The word beats the clock of a device nobody has set.
        ([("CZ", Role.NOW), ("FR", Role.LIVES)], 60, "CZ", "FR"),
        ([("JP", Role.NOW), ("IE", Role.LIVES)], 0, "JP", "IE"),
        # Home is where they live, when they are elsewhere.
        ([("NG", Role.FROM), ("GB", Role.LIVES), ("NO", Role.NOW)], 60, "NO", "GB"),
        ([("NG", Role.BELONGS), ("GB", Role.LIVES), ("NO", Role.NOW)], 60, "NO", "GB"),
        # Without such a word they are where they live, and belong where they come from.
        ([("NG", Role.BELONGS), ("GB", Role.LIVES)], 0, "GB", "NG"),
        ([("NG", Role.FROM), ("GB", Role.LIVES)], 0, "GB", "NG"),
        ([("GB", Role.LIVES)], 0, "GB", "GB"),
        # What is called home is home.
        ([("CL", Role.FROM), ("NO", Role.HOME), ("IT", Role.NOW)], 60, "IT", "NO"),
        ([("ES", Role.NOW), ("ES", Role.LIVES), ("CL", Role.FROM)], 60, "ES", "CL"),
    ],
)
def test_it_gives_now_the_present_and_living_elsewhere_the_home(said, offset, present, home):
    found = weighed(*(mention(iso, role) for iso, role in said), offset=offset)
    assert values(found) == (present, home)


def test_it_does_not_take_an_origin_for_where_somebody_on_tour_is():
    origin = mention("MX", Role.FROM)
    assert values(weighed(origin, offset=-360)) == ("MX", "MX")
    assert values(weighed(origin, offset=-360, on_tour=True)) == ("", "MX")


def test_it_leaves_home_open_for_somebody_on_tour_who_names_none():
    now = mention("JP", Role.NOW)
    assert values(weighed(now, offset=540)) == ("JP", "JP")
    assert values(weighed(now, offset=540, on_tour=True)) == ("JP", "")


def test_it_asks_first_about_the_country_of_whom_they_write():
    found = weighed(mention("JP", Role.OTHERS), offset=None)
    assert found.present.value == ""
    assert "JP" in found.present.candidates


def test_it_takes_no_country_from_a_list_of_towns():
    places = [mention(iso, Role.NAMED, "signature") for iso in ("GB", "NG", "DE")]
    assert values(weighed(*places)) == ("", "")
    assert weighed(mention("GB", Role.NAMED)).present.value == "GB"


def test_it_says_how_likely_its_first_guess_is():
    sure = weighed(mention("GB", Role.LIVES))
    assert sure.country_chance > 0.95
    open_ = weighed(mention("GB", Role.PAST), offset=60)
    assert 0.0 <= open_.country_chance < 0.6
    empty = concluded([], Surroundings(None, None, "", atlas().places), weights())
    assert (empty.country_chance, empty.home_chance) == (0.0, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "I'm on tour and low", "Estoy de gira", "Je suis en tournée", "Wir sind auf Tour",
        "Siamo in tour", "Estamos em turnê", "Jeg er på turné", "Jesteśmy w trasie",
        "Я на гастролях", "今ツアー中です", "지금 투어 중이에요", "我们在巡演",
        "We're on the US leg",
    ],
)  # fmt: skip
def test_it_hears_that_somebody_is_on_tour(text):
    assert is_on_tour(text)


@pytest.mark.parametrize("text", ["", "The tour ended in May", "un tour de magie", "a tourist"])
def test_it_does_not_hear_a_tour_that_is_over(text):
    assert not is_on_tour(text)


@pytest.mark.parametrize(
    ("number", "tried", "country"),
    [
        ("07851 446 209", ("GB", "NG", "GH", "IE", "MA"), "GB"),
        ("612 345 678", ("ES", "PL", "PT"), "ES"),
        ("054-618-2297", ("ET", "IL", "IQ"), "IL"),
        ("06 12 34 56 78", ("FR", "NL", "BE"), "FR"),
    ],
)
def test_it_tells_a_national_number_by_its_prefix_and_groups(number, tried, country):
    signs = list(phone_signs(f"ring {number}", "body", lambda: tried))
    assert [sign.shares for sign in signs] == [((country, 1.0),)]
