"""Neighbours told apart in their group, words looked up, languages nobody here answers in."""

from __future__ import annotations

import lzma
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.rules import calibration
from concierge.rules.language import language_of
from concierge.rules.language_hints import LanguageHints
from concierge.rules.language_model import LanguageModel, parse_language_model
from concierge.rules.language_reading import GROUPS, group_of
from concierge.rules.short_phrases import parse_short_phrases

DATA = Path(__file__).parents[3] / "data"
EUROPE = "cs da de el en es fi fr hu it nb nl pl pt ro ru sv tr uk"
BEYOND = "ar bn fa he hi id ja ko ms th ur vi zh-Hans zh-Hant"
SERVED = frozenset(f"{EUROPE} {BEYOND}".split())


def parsed(words: str) -> LanguageModel:
    weights = (DATA / "language.toml").read_text(encoding="utf-8")
    return parse_language_model(
        weights, phrases=parse_short_phrases("languages,phrase\n"), words=lambda: words
    )


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return parsed(lzma.decompress((DATA / "words.txt.xz").read_bytes()).decode("utf-8"))


OTHERS = {
    "sw": "Mimi ni mwanamuziki na sijalala vizuri tangu ziara ilipokwisha, naomba msaada wenu.",
    "tl": "Isa akong tambolero at hindi na ako makatulog mula nang matapos ang paglilibot namin.",
    "eu": "Bateria jotzen dut eta bira amaitu zenetik ezin dut lorik egin, laguntza behar dut.",
    "ga": "Is drumadóir mé agus níor chodail mé go maith ó chríochnaigh an turas, cabhraigh liom.",
    "cy": "Rwy'n canu'r drymiau ac nid wyf yn gallu cysgu ers i'r daith ddod i ben.",
    "af": "Ek speel tromme en sedert die toer verby is kan ek glad nie meer slaap nie.",
    "sq": "Unë luaj në bateri dhe që kur mbaroi turneu nuk mund të fle më, ju lutem ndihmë.",
    "et": "Ma mängin trumme ja pärast ringreisi lõppu ei saa ma enam öösiti magada.",
    "lv": "Es spēlēju bungas un kopš turnejas beigām vairs nevaru naktīs gulēt.",
    "lt": "Aš groju būgnais ir nuo gastrolių pabaigos nebegaliu naktimis miegoti.",
    "is": "Ég spila á trommur og eftir að ferðinni lauk get ég ekki lengur sofið.",
    "sl": "Igram bobne in odkar se je turneja končala, ponoči ne morem več spati.",
    "mk": "Свирам тапани и откако заврши турнејата не можам повеќе да спијам.",
    "be": "Я граю на барабанах і пасля тура ўжо не магу спаць па начах.",
}


@pytest.mark.parametrize("code", sorted(OTHERS))
def test_it_does_not_take_other_languages_for_one_we_answer_in(code, model):
    finding = language_of(OTHERS[code], model=model)
    assert finding.value == code


@pytest.mark.parametrize(
    "text",
    ["Naomba msaada", "Kailangan ko ng tulong", "Laguntza behar dut", "Tá cabhair uaim"],
)
def test_it_does_not_take_their_short_cries_either(text, model):
    assert language_of(text, model=model).value not in SERVED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Saya tidak bisa tidur karena uang dari konser belum juga dibayar", "id"),
        ("Saya tak boleh tidur kerana duit konsert masih belum dibayar lagi", "ms"),
        ("Jeg kan ikke sove, og der er ingen, jeg kan snakke med om det", "da"),
        ("Jeg får ikke sove, og det er ingen jeg kan snakke med om det", "nb"),
        ("Nemůžu spát a potřebuji s někým mluvit o té zakázce", "cs"),
        ("Nemôžem spať a potrebujem s niekým hovoriť o tej zákazke", "sk"),
        ("روايت اينكه من نمي توانم بخوابم", "fa"),
    ],
)
def test_it_tells_neighbours_apart_by_what_only_one_writes(text, language, model):
    assert language_of(text, model=model).value == language


def test_two_words_that_both_neighbours_write_are_left_open(model):
    finding = language_of("Saya lapar", model=model)
    assert finding.undetermined
    assert set(finding.candidates) == {"id", "ms"}
    first = dict.fromkeys(finding.evidence[0].found.split(", next "))
    assert f"{finding.evidence[0].weight:.2f}" in next(iter(first))


def test_the_country_decides_between_neighbours_and_not_against_clear_words(model):
    malaysia = LanguageHints(countries={"MY": 0.95})
    assert language_of("Saya lapar", hints=malaysia, model=model).value == "ms"
    clear = "Saya tidak bisa tidur karena uang dari konser belum juga dibayar"
    assert language_of(clear, hints=malaysia, model=model).value == "id"


def test_a_group_keeps_its_chance_and_only_shares_it_out_anew():
    scores = {"id": 2.0, "ms": 1.0, "en": 0.5}
    told = calibration.regrouped(scores, {"id": 0.0, "ms": 3.0})
    before, after = dict(calibration.ranked(scores)), dict(calibration.ranked(told))
    assert after["id"] + after["ms"] == pytest.approx(before["id"] + before["ms"])
    assert after["en"] == pytest.approx(before["en"])
    assert after["ms"] > after["id"]
    assert calibration.regrouped(scores, {}) == scores


def test_the_neighbours_of_a_language_depend_on_who_is_there():
    assert group_of("sr") == frozenset({"hr", "sr", "bs"})
    assert "bg" in group_of("sr", {"sr", "bg", "ru"})
    assert group_of("fi") == frozenset({"fi"})
    assert group_of("id", {"id", "en"}) == frozenset({"id"})


def test_every_group_has_weights_of_its_own_in_the_file(model):
    assert set(model.groups) == {" ".join(sorted(group)) for group in GROUPS}


def test_it_finds_the_first_the_last_and_no_word_that_is_not_there():
    few = parsed("aller fr50\nbar en45 fr40\nzwei de55")
    assert dict(few.gains_of("aller")).keys() == {"fr"}
    assert dict(few.gains_of("bar")).keys() == {"en", "fr"}
    assert dict(few.gains_of("zwei")).keys() == {"de"}
    assert few.gains_of("ball") == few.gains_of("") == few.gains_of("zz") == ()
    assert parsed("").gains_of("bar") == ()


@given(st.sets(st.text("abcé", min_size=1, max_size=5), min_size=1, max_size=30))
def test_it_finds_every_word_of_a_table(words):
    table = parsed("\n".join(f"{word} en40" for word in sorted(words, key=str.encode)))
    assert all(table.gains_of(word) for word in words)


def test_persian_typed_on_an_arabic_keyboard_is_found_a_little_weaker():
    table = parsed("اینکه fa50")
    ((code, typed),) = table.gains_of("اينكه")
    ((_, spelt),) = table.gains_of("اینکه")
    assert code == "fa"
    assert 0 < typed < spelt


BAD = {
    "empty": "",
    "one emoji": "🎸",
    "one word of 200 KB": "a" * 200_000,
    "base64": "U29tZSBkYXRhIHRoYXQgbm9ib2R5IHJlYWRz" * 500,
    "right-to-left marks": "\u200f\u202e" * 5_000,
    "zero-width joiners": "h\u200de\u200dl\u200dp" * 2_000,
    "mixed scripts": "help помощь 助けて ช่วย βοήθεια مساعدة " * 200,
    "capitals": "PLEASE HELP ME I CANNOT SLEEP " * 200,
    "no blanks": "ช่วยด้วยค่ะนอนไม่หลับเลย" * 200,
    "combining vowels": "मुझे मदद चाहिए কাউকে দরকার " * 200,
    "decomposed": "e\u0301a\u0308o\u0302 " * 2_000,
    "marks without letters": "\u0301" * 10_000,
    "a long number": "4" * 40,
    "lone surrogate": "help \ud800 me",
    "line ends": "\n" * 20_000,
    "blanks": " " * 100_000,
    "closings": "regards\n" * 5_000,
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_it_answers_bad_input_in_time(name, model):
    language_of("Ich kann nicht schlafen und brauche Hilfe", model=model)  # loads the tables
    start = time.perf_counter()
    finding = language_of(BAD[name], subject=BAD[name], model=model)
    taken = time.perf_counter() - start
    assert finding.undetermined == (finding.value == "")
    assert taken < 0.05 * max(1.0, len(BAD[name]) / 1000)


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(
    st.text(max_size=200),
    st.text(max_size=12),
    st.text(max_size=12),
    st.dictionaries(st.text(max_size=3), st.floats(), max_size=3),
)
def test_it_answers_whatever_is_hinted(model, text, header, thread, countries):
    finding = language_of(text, hints=LanguageHints(header, thread, countries), model=model)
    assert finding.undetermined == (finding.value == "")
    assert 0.0 <= finding.evidence[0].weight <= 1.0


@pytest.mark.parametrize("thread", ["pl", "da"])
def test_it_reads_a_phrase_of_several_languages_as_the_threads(thread, model):
    phrases = parse_short_phrases("languages,phrase\npl cs da sk,tak\n")
    knowing = replace(model, phrases=phrases)
    assert language_of("tak", hints=LanguageHints(thread=thread), model=knowing).value == thread
    assert language_of("tak", hints=LanguageHints(thread="fr"), model=knowing).value == ""
