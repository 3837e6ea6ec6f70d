"""Who a named place belongs to, letter by letter in the languages we serve."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.errors import FaultyInput
from concierge.rules.gazetteer import Gazetteer
from concierge.rules.mentions import mentions_of
from concierge.rules.place_evidence import Mention, Role
from concierge.rules.places import Places, parse_places
from concierge.rules.role_cues import KINDS, RoleCues, parse_role_cues

ROOT = Path(__file__).parents[3]
CASES = Path(__file__).with_name("mention_cases.txt")
#: Names in the forms the cases have, so that these hold whatever the list of towns knows.
FORMS = """
IS,city-en,Reykjavik
EC,city-es,Quito
CZ,city-pl,Pradze
CZ,city-cs,Brna
SK,city-sk,Bratislavy
AT,city-sk,Viedni
DE,sk,Nemecku
GB,city-hu,Londonban
HR,city-hr,Zagrebu
GB,city-hr,Londonu
SI,city-sl,Ljubljani
UA,city-uk,Харкова
RU,city-ru,Казани
IL,city-he,בתל אביב
DE,city-he,בברלין
GB,city-he,בלונדון
BD,city-bn,ঢাকায়
GB,city-bn,লন্ডনে
PK,city-ur,لاہور
NG,demonym-en,Nigerian
MX,demonym-es,mexicano
SY,demonym-ar,سوري
BR,demonym-pt,brasileiro
"""


@lru_cache(maxsize=1)
def places() -> Places:
    table = (ROOT / "data" / "countries.csv").read_text(encoding="utf-8") + FORMS[1:]
    packed = ROOT / "data" / "gazetteer.tsv.gz"
    return parse_places(table, gazetteer=Gazetteer(packed.read_bytes))


@lru_cache(maxsize=1)
def cues() -> RoleCues:
    return parse_role_cues((ROOT / "data" / "place_cues.csv").read_text(encoding="utf-8"))


def read(text: str, language: str = "en", where: str = "body") -> list[Mention]:
    return mentions_of(text, language, places(), cues=cues(), where=where)


def roles(text: str, language: str = "en", where: str = "body") -> str:
    """ "GB LIVES, DE NOW", or "-" where no place is more than named."""
    said = [(m.shares[0][0], m.role.name) for m in read(text, language, where)]
    return ", ".join(f"{iso} {role}" for iso, role in said if role != Role.NAMED.name) or "-"


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [(parts[0], parts[1], parts[2]) for line in lines if (parts := line.split(" | "))]


@pytest.mark.parametrize(("language", "text", "expected"), cases())
def test_it_tells_whose_a_place_is(language: str, text: str, expected: str) -> None:
    wanted = [] if expected == "-" else [tuple(part.split()) for part in expected.split(", ")]
    said = [mention for mention in read(text, language) if mention.role is not Role.NAMED]
    assert [mention.role.name for mention in said] == [role for _, role in wanted]
    for mention, (iso, _) in zip(said, wanted, strict=True):
        assert dict(mention.shares).get(iso, 0.0) > 0.2


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I am a Nigerian singer, living in London since 2021.", "NG BELONGS, GB LIVES"),
        ("pt", "Sou brasileiro, mas moro em Lisboa.", "BR BELONGS, PT LIVES"),
        ("es", "Soy un músico mexicano.", "MX BELONGS"),
        ("ar", "أنا سوري وأعيش في برلين.", "SY BELONGS, DE LIVES"),
        ("en", "She is a Nigerian singer.", "-"),
        ("en", "I love Nigerian music.", "-"),
    ],
)
def test_it_takes_a_nationality_for_the_writers_only_when_they_say_so(
    language: str, text: str, expected: str
) -> None:
    assert roles(text, language) == expected


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        ("subject", "help - Dublin", "IE IN"),
        ("subject", "Dublin", "IE IN"),
        ("subject", "stuck in Dublin", "IE NOW"),
        ("body", "Dublin is a song of ours", "-"),
        ("signature", "Tour Office, 12 Long Street, Leeds", "GB IN"),
        ("signature", "based in Berlin", "DE LIVES"),
    ],
)
def test_it_reads_a_subject_and_a_signature_by_their_own_customs(
    where: str, text: str, expected: str
) -> None:
    assert roles(text, where=where) == expected


def test_it_joins_a_town_and_the_country_that_explains_it() -> None:
    [mention] = read("I live in Cork, Ireland.")
    assert (mention.found, mention.shares, mention.kind) == (
        "Cork, Ireland",
        (("IE", 1.0),),
        "town",
    )
    [mention] = read("I live in Paris, Texas.")
    assert mention.shares == (("US", 1.0),)
    [mention] = read("I teach in Cambridge, MA.")
    assert (mention.found, mention.shares) == ("Cambridge, MA", (("US", 1.0),))
    assert [m.found for m in read("We toured Germany, France and Spain.")] == [
        "Germany",
        "France",
        "Spain",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vivo en Sevilla y no puedo más.", "ES LIVES"),
        ("Ich wohne in Wien und kann nicht mehr.", "AT LIVES"),
        ("Я живу в Берлине и больше не могу.", "DE LIVES"),
    ],
)
def test_it_reads_by_the_texts_own_cues_when_nobody_knows_its_language(
    text: str, expected: str
) -> None:
    assert roles(text, "") == expected


def test_it_reads_an_english_sentence_inside_another_languages_letter_by_english_cues() -> None:
    assert roles("I live in Dublin and I am on tour with my band right now", "de") == "IE LIVES"


@pytest.mark.parametrize(
    "text",
    ["", "🎻", "\u200f\u200d", "in", "a " * 9, "Berlin " * 3_000, "東京" * 9_000, "x" * 2_000_000],
)
def test_it_stays_fast_and_answers_whatever_comes(text: str) -> None:
    started = time.perf_counter()
    read(text, "")
    assert time.perf_counter() - started < 1.0


@given(text=st.text(max_size=300), language=st.sampled_from(["", "en", "ja", "tr", "xx", "he"]))
def test_it_never_raises(text: str, language: str) -> None:
    for mention in read(f"I live in Leeds {text} Berlin", language):
        assert mention.shares
        assert sum(part for _, part in mention.shares) <= 1.001


@pytest.mark.parametrize("row", ["nowhere,en,here", "live,,here", "live,en,", "live,en"])
def test_it_names_a_row_of_cues_it_cannot_read(row: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_role_cues(f"cue,language,words\nlive,en,live\n{row}\n")
    assert "place_cues.csv:3" in caught.value.faults[0]


def test_it_uses_every_kind_of_cue_it_accepts() -> None:
    text = (ROOT / "data" / "place_cues.csv").read_text(encoding="utf-8")
    used = {kind for line in text.splitlines()[1:] for kind in line.split(",")[0].split()}
    assert used == KINDS
