"""Whether a letter is about its writer or about somebody else; in doubt it is the writer's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.findings import Evidence, Finding, Urgency
from concierge.errors import FaultyInput
from concierge.rules.about import SOMEONE_ELSE, THEMSELVES, about_of
from concierge.rules.about_words import AboutWords, parse_about
from concierge.rules.their_country import their_country_of
from concierge.store.atlas import read_atlas

DATA = Path(__file__).parents[3] / "data"
OTHER, OWN = SOMEONE_ELSE, THEMSELVES


@cache
def words() -> AboutWords:
    return parse_about((DATA / "about.toml").read_text(encoding="utf-8"))


def sign(found: str, category: str, language: str = "en", weight: float = 2.0) -> Evidence:
    return Evidence(f"urgency.{language}.{category}", found, "body", weight, "as found")


def about(text: str, *signs: Evidence, subject: str = "") -> Finding[str]:
    return about_of(words(), text, subject, Finding(Urgency.HIGH, signs))


#: Text, the words the urgency scan found in it, their category, the language, whose they are.
CASES = [
    ("He says he wants to die.", "he wants to die", "third_party", "en", OTHER),
    ("I want to die.", "I want to die", "ideation", "en", OWN),
    ("My brother killed himself and now I want to die.", "I want to die", "ideation", "en", OWN),
    ("My son texted me: I want to die.", "I want to die", "ideation", "en", OTHER),
    ('My son wrote "Goodbye. I want to die."', "I want to die", "ideation", "en", OTHER),
    ("I told my brother I want to die.", "I want to die", "ideation", "en", OWN),
    ("I told my brother: I want to die.", "I want to die", "ideation", "en", OWN),
    ("My husband hits me.", "hits me", "abuse", "en", OWN),
    ("My drummer took all the pills.", "took all the pills", "medical", "en", OTHER),
    ("I took all my pills.", "took all my pills", "medical", "en", OWN),
    ("no way out", "no way out", "hopeless", "en", OWN),
    ("Mi hermano quiere matarse.", "quiere matarse", "third_party", "es", OTHER),
    ("Mi hermano murió y quiero morir.", "quiero morir", "ideation", "es", OWN),
    ("Mein Bruder nimmt Tabletten, alle.", "nimmt Tabletten", "medical", "de", OTHER),
    ("Mon fils a tout avalé.", "tout avalé", "medical", "fr", OTHER),
    ("Мой друг напился таблеток.", "напился таблеток", "medical", "ru", OTHER),
    ("Kardeşim ölmek istiyorum diyor.", "ölmek istiyorum", "ideation", "tr", OTHER),
    ("Ölmek istiyorum.", "Ölmek istiyorum", "ideation", "tr", OWN),
    ("友達が死にたいと言っています。", "死にたい", "ideation", "ja", OTHER),
    ("死にたいです。", "死にたい", "ideation", "ja", OWN),
    ("我弟弟想死。", "想死", "ideation", "zh", OTHER),
    ("我想死。", "我想死", "ideation", "zh", OWN),
    ("친구가 죽고 싶다고 해요.", "죽고 싶다", "ideation", "ko", OTHER),
    ("Mio figlio ha preso le pastiglie.", "preso le pastiglie", "medical", "it", OTHER),
    ("Mijn vriend heeft alles geslikt.", "alles geslikt", "medical", "nl", OTHER),
    ("Meu irmão tomou tudo.", "tomou tudo", "medical", "pt", OTHER),
    ("أخي يريد أن يموت", "يريد أن يموت", "ideation", "ar", OTHER),
    ("החבר שלי בלע כדורים", "בלע כדורים", "medical", "he", OTHER),
    ("मेरा भाई मरना चाहता है", "मरना चाहता", "ideation", "hi", OTHER),
    ("मैं मरना चाहता हूं", "मरना चाहता हूं", "ideation", "hi", OWN),
]


@pytest.mark.parametrize(("text", "found", "category", "language", "whose"), CASES)
def test_it_tells_whose_sign_it_is(
    text: str, found: str, category: str, language: str, whose: str
) -> None:
    assert about(text, sign(found, category, language)).value == whose


@pytest.mark.parametrize(
    "text",
    [
        "I am worried about my drummer.",
        "Me preocupa mi hijo.",
        "Je suis inquiet pour mon frère.",
        "Ich mache mir Sorgen um meinen Bruder.",
        "Sono preoccupata per mia sorella.",
        "Estou preocupado com meu amigo.",
        "Ik maak me zorgen om mijn broer.",
        "Jag är orolig för min bror.",
        "Jeg er bekymret for min søn.",
        "Olen huolissani ystävästäni.",
        "Martwię się o mojego brata.",
        "Mám strach o svého syna a o mého bratra.",
        "Zabrinuta sam za mog brata.",
        "Kardeşim için endişeleniyorum.",
        "Я переживаю за моего друга.",
        "Я хвилююся за мого сина.",
        "Притеснявам се за брат ми.",
        "أنا قلقة على أخي",
        "אני דואגת לאח שלי, אח שלי לא עונה",
        "نگران برادرم هستم",
        "मुझे अपने भाई की चिंता है",
        "Saya khawatir dengan adik saya.",
        "Sunt îngrijorată pentru fratele meu.",
        "Ανησυχώ για τον αδερφό μου.",
        "Aggódom a fiam miatt, a fiamért.",
        "友達のことが心配です。",
        "친구가 걱정돼요.",
        "我很担心我弟弟。",
        "ฉันเป็นห่วงเพื่อน",
    ],
)
def test_worry_for_somebody_is_about_somebody_else(text: str) -> None:
    assert about(text).value == OTHER


def test_a_high_sign_of_their_own_decides_whoever_else_is_named() -> None:
    text = "I am worried about my son. He wants to die. I want to die."
    found = about(
        text, sign("wants to die", "third_party"), sign("I want to die", "ideation")
    )  # fmt: skip
    assert found.value == OWN
    assert found.candidates == (OTHER,)


def test_distress_of_who_worries_does_not_make_it_theirs() -> None:
    text = "I am worried about my son. I cannot sleep."
    assert about(text, sign("I cannot sleep", "distress", weight=1.0)).value == OTHER


@pytest.mark.parametrize("text", ["", "🙂", "Please send me the guide.", "I worry about my rent."])
def test_it_says_nothing_where_nothing_tells(text: str) -> None:
    found = about(text)
    assert found.undetermined
    assert found.value == ""


def test_what_is_quoted_or_long_ago_tells_nothing() -> None:
    gone = Evidence("urgency.en.third_party", "killed himself", "body", 1.0, "x; quoted")
    assert about("My brother killed himself.", gone).undetermined


def test_every_language_gives_each_list_and_every_reason_has_words() -> None:
    assert len(words().languages) >= 25
    found = about("I am worried about my son. He wants to die.", sign("wants to die", "passive"))
    assert found.evidence
    assert all(one.note and one.found for one in found.evidence)


@pytest.mark.parametrize("text", ["[en]\nwrong = ['x']", "[en]\nhe = 'x'", "x = 1", "[", ""])
def test_it_names_what_is_wrong_with_the_lists(text: str) -> None:
    with pytest.raises(FaultyInput):
        parse_about(text)


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=200), st.text(max_size=30))
def test_it_reads_any_text(text: str, found: str) -> None:
    assert about(text, sign(found, "ideation")).value in {"", OWN, OTHER}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["my friend I want " * 60_000, "說" * 2_000_000, '"' * 500_000])
def test_it_takes_bounded_time(text: str) -> None:
    about(text, sign("I want", "ideation"), subject=text)


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "My son is in Leeds. I am writing from Lisbon.", "GB"),
        ("en", "I am in Leeds. My brother wants to die.", ""),
        ("en", "My friend from Ghana wants to die.", ""),
        ("en", "My son lives in London and my daughter lives in Rome.", ""),
        ("pt", "O meu filho está em Leeds. Eu vivo no Porto.", "GB"),
        ("de", "Mein Bruder lebt in Wien. Ich bin in Berlin.", "AT"),
        ("es", "Mi hermana está en Chile. Vivo en Madrid.", "CL"),
        ("en", "", ""),
    ],
)
def test_it_tells_where_the_person_in_danger_is(language: str, text: str, country: str) -> None:
    atlas = read_atlas(DATA)
    found = their_country_of(text, "", language, atlas.places, cues=atlas.cues)
    assert found.value == country
    assert found.undetermined == (not country)
    if country:
        assert found.evidence[0].note.startswith(f"{country}: the person in danger")
