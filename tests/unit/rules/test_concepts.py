"""Concepts told in slots: what must stand together, how close, and in which language."""

from __future__ import annotations

import pytest

from concierge.domain.findings import Urgency
from concierge.errors import FaultyInput
from concierge.rules.concept_entries import BadEntry
from concierge.rules.concept_words import SlotWords
from concierge.rules.lexicon import Lexicon, parse_lexicon
from concierge.rules.urgency import UrgencyTexts, urgency_of
from tests.support.lexicon import CONCEPTS, small

ENGLISH = """
little = ["the", "and", "to", "is", "of", "with"]
[words]
want = ["want|wish", "(would like|feel like)"]
die = ["die", "be dead", "d*ing"]
neg = ["not", "dont"]
took = ["took|swallowed"]
pills = ["pill*", "*tablets", "~gone~"]
""".replace(', "~gone~"', "").replace('"d*ing"', '"dying"')
TOOK = """
[[concept]]
id = "took_pills"
l = "emergency"
c = "medical"
n = "took pills"
any = ["took pills"]
within = 4
"""


def level(lexicon: Lexicon, text: str) -> Urgency:
    return urgency_of(lexicon, UrgencyTexts("", text)).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to die", Urgency.HIGH),
        ("to die is what I want", Urgency.HIGH),
        ("I would really like to die", Urgency.ROUTINE),
        ("I would like to die", Urgency.HIGH),
        ("I want. To die is sad", Urgency.ROUTINE),
        ("I want a car and a house and then die", Urgency.ROUTINE),
        ("I want to be dead", Urgency.HIGH),
        ("I want to diet", Urgency.ROUTINE),
        ("I don't want to die", Urgency.CONCERN),
        ("I want not to die", Urgency.CONCERN),
        ("I took some sleepingtablets", Urgency.EMERGENCY),
        ("I TOOK MY PILLS", Urgency.EMERGENCY),
        ("I took the train home and bought some pills", Urgency.ROUTINE),
    ],
)
def test_it_hears_slots_close_together_in_one_sentence(text: str, expected: Urgency) -> None:
    assert level(small(ENGLISH, concepts=CONCEPTS + TOOK), text) is expected


def test_it_says_what_was_found_and_what_it_means() -> None:
    found = urgency_of(small(ENGLISH), UrgencyTexts("", "Hi Bo. I really want to just die."))
    (reason,) = found.evidence
    assert (reason.rule, reason.found, reason.note) == (
        "urgency.en.ideation",
        "want to just die",
        "wants to be dead",
    )


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        ("zh", 'want = ["想|希望"]\ndie = ["死"]', "我每天都\n想\n死了算了"),
        ("ja", 'want = ["たい"]\ndie = ["死に"]', "もう死にたいと思う"),
        ("ko", 'want = ["싶"]\ndie = ["죽고"]', "진짜죽고 싶어요"),
        ("th", 'want = ["อยาก"]\ndie = ["ตาย"]', "ฉันอยากตายมาก"),
        ("ar", 'want = ["اريد"]\ndie = ["موت*"]', "وأريد الموت"),
        ("he", 'want = ["רוצה"]\ndie = ["למות"]', "אני רוצה ולמות"),
        ("fa", 'want = ["می\u200cخوام"]\ndie = ["بمیرم"]', "می خوام بمیرم"),
        ("hi", 'want = ["चाहता"]\ndie = ["मरना"]', "मैं मरना चाहता हूँ"),
        ("ta", 'want = ["விரும்புகிறேன்"]\ndie = ["சாக"]', "நான் சாக விரும்புகிறேன்"),
        ("vi", 'want = ["muốn"]\ndie = ["chết"]', "Tôi muốn chết"),
        ("tr", 'want = ["istiyorum"]\ndie = ["ölmek"]', "ÖLMEK İSTİYORUM"),
    ],
)
def test_it_hears_a_concept_in_any_script(language: str, words: str, text: str) -> None:
    lexicon = small(f"[words]\n{words}\n", name=f"{language}.toml")
    assert level(lexicon, text) is Urgency.HIGH


def test_a_word_may_be_asked_to_begin_where_it_is_found() -> None:
    lexicon = small('[words]\nwant = ["싶"]\ndie = ["^약"]\n', name="ko.toml")
    assert level(lexicon, "저는 약 먹고 싶어요") is Urgency.HIGH
    assert level(lexicon, "저는 계약 하고 싶어요") is Urgency.ROUTINE


def test_short_words_of_the_neighbour_are_no_sign() -> None:
    sources = {
        "concepts.toml": CONCEPTS,
        "en.toml": ENGLISH,
        "nl.toml": 'little = ["dat", "is", "de", "het", "niet", "van", "mijn", "ook"]\n',
    }
    lexicon = parse_lexicon(sources)
    dutch = "Het is van mijn broer ook niet kapot, want die kwam dat jaar niet."
    assert level(lexicon, dutch) is Urgency.ROUTINE
    assert level(lexicon, "Het gaat niet. Ook dat van mijn broer. I want to die") is Urgency.HIGH


def test_a_slot_asked_for_nearby_may_stand_in_another_sentence_but_not_far() -> None:
    concepts = CONCEPTS + TOOK.replace("within = 4", 'within = 4\nnear = ["die"]')
    lexicon = small(ENGLISH, concepts=concepts)
    assert level(lexicon, "I took the pills. Now I can die.") is Urgency.EMERGENCY
    assert level(lexicon, "I took the pills. All is well.") is Urgency.ROUTINE
    far = "I took the pills. " + "All is well here. " * 40 + "Plants die."
    assert level(lexicon, far) is Urgency.ROUTINE


def test_what_must_not_stand_beside_it_silences_it() -> None:
    concepts = CONCEPTS + TOOK.replace("within = 4", 'within = 4\nnot = ["neg"]')
    lexicon = small(ENGLISH, concepts=concepts)
    assert level(lexicon, "I took pills and not juice") is Urgency.ROUTINE
    assert level(lexicon, "I took pills") is Urgency.EMERGENCY


def test_a_not_that_is_part_of_the_concept_does_not_cross_a_comma() -> None:
    lexicon = small(ENGLISH, concepts=CONCEPTS.replace('any = ["want die"]', 'any = ["neg die"]'))
    assert level(lexicon, "may it not die") is Urgency.HIGH
    assert level(lexicon, "I am not, die Katze") is Urgency.ROUTINE


def test_a_hole_is_a_concept_a_language_cannot_say() -> None:
    lexicon = small(ENGLISH)
    (concept,) = lexicon.table.concepts
    assert not concept.holes(frozenset({"want", "die"}))
    assert concept.holes(frozenset({"want"}))


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "  ",
        "~2 word",
        "word ~2",
        "(one|two",
        "two)",
        "a*",
        "*",
        "!",
        " ".join(["(a b|c d)"] * 9),
    ],
)
def test_it_refuses_the_entry(entry: str) -> None:
    with pytest.raises(BadEntry):
        SlotWords().add("en", "want", entry)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (('any = ["want die"]', 'any = ["want dye"]'), "unknown slot 'dye'"),
        (('any = ["want die"]', "any = []"), "give it id and any"),
        (('any = ["want die"]', 'any = [""]'), "a combination is empty"),
        (('l = "high"', 'l = "urgent"'), "unknown level 'urgent'"),
        (('c = "ideation"', 'c = "weather"'), "unknown category 'weather'"),
        (("[slots]", "[slots]\nbad = 3"), "slots is no table of texts"),
    ],
)
def test_it_names_the_fault_of_a_concept(broken: tuple[str, str], told: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        small("", concepts=CONCEPTS.replace(*broken))
    assert any(told in fault for fault in caught.value.faults)
    assert all(fault.startswith("concepts.toml:") for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("wnat = []", "unknown slot 'wnat'"),
        ('want = "want"', "is no list of texts"),
        ('want = ["~2 x"]', "begins with a gap"),
    ],
)
def test_it_names_the_fault_of_a_slot(words: str, told: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        small(f"[words]\n{words}\n")
    assert told in caught.value.faults[0]
    assert caught.value.faults[0].startswith("en.toml:2:")


def test_a_text_of_signs_and_many_times_the_same_words_is_answered() -> None:
    lexicon = small(ENGLISH)
    assert level(lexicon, "want die " * 2_000) is Urgency.HIGH
    assert level(lexicon, "、。" * 900) is Urgency.ROUTINE
