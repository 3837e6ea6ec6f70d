"""Every language says what English says, paragraph by paragraph, in its own script and words.

A mirror shows two languages side by side, so their paragraphs must stand opposite each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import py3langid
import pytest

from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.domain.routes import QUESTIONS
from concierge.domain.triage import DraftText
from concierge.rules.drafting import DraftFacts, Templates, draft, parse_templates
from concierge.rules.language_names import language_name
from concierge.store.templates import read_templates
from tests.support.reply_words import WHOLE, WORDS

ROOT = Path(__file__).parents[3]
#: The kinds no language may lack: whoever is in danger is not answered in a foreign language.
NEEDED = ("crisis", "worried")
K = ResourceKind
ROWS = (
    Resource("ie-112", "Ambulance", K.EMERGENCY, "IE", phone="112", open_24_7=True, cost="free"),
    Resource(
        "ie-line", "Line", K.CRISIS_LINE, "IE", phone="+353 1 518 0277", sms="087 369 0010",
        whatsapp="087 369 0011", chat_url="https://line.example/chat", email="bo@line.example",
        website="https://line.example", languages=("en", "fr"), cost="members",
        notes="Text HOME to 087 369 0010.",
    ),
    Resource("ie-bare", "Bare", K.CRISIS_LINE, "IE", phone="116 123", hours="09:00-17:00"),
    Resource(
        "ie-fund", "Fund", K.FINANCIAL_AID, "IE", website="https://fund.example", cost="grant"
    ),
    Resource("ie-dear", "Dear", K.THERAPY, "IE", phone="*4141#", cost="about 50 euro"),
    Resource(
        "intl-finder", "Finder", K.DIRECTORY, "INTL", website="https://finder.example", priority=1
    ),
)  # fmt: skip
MATCHES = tuple(Match(row, 50.0) for row in ROWS)
FULL = DraftFacts(
    charity="Music Care",
    staff_signature="Bo",
    today=date(2026, 11, 22),
    requester_name="Amina",
    reference="Ref: C-12-ABCD",
    promise="Mon-Fri 09:00-17:00 UTC",
    country_known=True,
    urgent=True,
)
BARE = DraftFacts(charity="Music Care", staff_signature="", today=date(2026, 11, 22))
SETTINGS = {
    "full": (FULL, MATCHES),
    "their country known": (replace(FULL, their_country_known=True), MATCHES),
    "asked for a programme": (replace(FULL, programme="Fund", questions=QUESTIONS), MATCHES),
    "country unknown": (replace(FULL, country_known=False), MATCHES),
    "no line": (FULL, MATCHES[3:]),
    "no finder": (FULL, MATCHES[:5]),
    "bare": (BARE, ()),
}
#: What is printed as curated: addresses, links, numbers and hours.
VALUES = re.compile(
    r"https?://\S+|[a-z.]+@[a-z.]+|[+*]?\d(?:[\d :-]*\d)?#?|HOME|Music Care|Bo\b|Ref: \S+"
)
#: py3langid knows one Norwegian and one Chinese.
SAME = {"nb": "no", "zh-Hans": "zh", "zh-Hant": "zh"}
#: Letters only the one Chinese uses, of words that stand in our letters.
ONLY = {"zh-Hans": "们这说请电话国难", "zh-Hant": "們這說請電話國難"}
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")
LEFT_TO_RIGHT = "\u200e"


@cache
def shipped() -> Templates:
    return parse_templates(read_templates(ROOT / "templates"))


def kinds(language: str) -> list[str]:
    return sorted(shipped().by_language[language])


@cache
def made(language: str, kind: str, setting: str) -> DraftText:
    facts, matches = SETTINGS[setting]
    return draft(
        shipped(), kind_of_reply=kind, language=language, facts=facts, matches=matches
    )  # fmt: skip


def paragraphs(text: str) -> list[str]:
    return text.strip().split("\n\n")


def own_letters(language: str) -> str:
    """What a language says itself: its files without tags and what tags print."""
    folder = ROOT / "templates" / language
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.j2"))]
    bodies = [text.split("---\n", 2)[2] for text in texts]
    return "\n".join(re.sub(r"\{[%{#].*?[%}#]\}", " ", body, flags=re.DOTALL) for body in bodies)


LANGUAGES = pytest.mark.parametrize("language", sorted(WORDS))


@LANGUAGES
def test_it_has_what_a_person_in_danger_needs(language: str) -> None:
    assert {*NEEDED} <= {*kinds(language)}
    for kind in NEEDED:
        assert made(language, kind, "full").language == language


@pytest.mark.parametrize("setting", sorted(SETTINGS))
@LANGUAGES
def test_it_has_the_paragraphs_of_english_with_the_same_values_in_each(
    language: str, setting: str
) -> None:
    for kind in kinds(language):
        ours = paragraphs(made(language, kind, setting).text.replace(LEFT_TO_RIGHT, ""))
        english = paragraphs(made("en", kind, setting).text)
        assert [VALUES.findall(one) for one in ours] == [VALUES.findall(one) for one in english]


@LANGUAGES
def test_every_list_has_the_lines_of_english(language: str) -> None:
    for kind in kinds(language):
        ours = paragraphs(made(language, kind, "full").text)
        for one, english in zip(ours, paragraphs(made("en", kind, "full").text), strict=True):
            if english.startswith("- "):
                assert one.count("\n") == english.count("\n")
            assert one.startswith("- ") == english.startswith("- ")


@LANGUAGES
def test_it_is_written_in_its_own_script(language: str) -> None:
    letters = [one for one in own_letters(language) if one.isalpha()]
    names = [unicodedata.name(one).split()[0] for one in letters]
    script = WORDS[language].script
    own = {"KANA": {"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"}}.get(script, {script})
    # Names such as WhatsApp and SMS stay as everybody knows them.
    assert sum(name in own for name in names) > 0.97 * len(names)
    assert script != "KANA" or names.count("HIRAGANA") > 0.4 * len(names)


@LANGUAGES
def test_it_is_read_as_its_language_by_a_program_that_never_saw_it(language: str) -> None:
    assert py3langid.classify(own_letters(language))[0] == SAME.get(language, language)
    for code, only in ONLY.items():
        found = {*only} & {*own_letters(language)}
        assert not found or code == language or SAME.get(language) != "zh"
        assert found or code != language


@LANGUAGES
def test_its_words_are_as_known_and_hours_nobody_knows_never_read_as_day_and_night(
    language: str,
) -> None:
    words = WORDS[language]
    text = made(language, "crisis", "full").text.replace(LEFT_TO_RIGHT, "")
    assert text.index(f"- {words.emergency}112\n") < text.index("116 123")
    assert text.count(words.always) == 1
    assert text.count(words.unknown) == 2
    assert words.local_number in made(language, "crisis", "country unknown").text


@LANGUAGES
def test_its_subject_is_neutral_and_the_same_for_every_kind(language: str) -> None:
    (subject,) = {made(language, kind, "full").subject for kind in kinds(language)}
    assert "Music Care" in subject
    assert len(subject) < 60


@LANGUAGES
def test_its_name_is_known_to_staff_and_nobody_claims_to_have_reviewed_it(language: str) -> None:
    code = language.partition("-")[0]
    assert language_name(code) != code
    for path in (ROOT / "templates" / language).glob("*.j2"):
        head = path.read_text(encoding="utf-8").split("---\n")[1]
        assert head.endswith("translated_by:\nreviewed_by:\n")


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_digits_keep_their_order_between_letters_written_to_the_left(language: str) -> None:
    """Without a mark "116 123" is shown as "123 116" after a letter of these scripts."""
    text = made(language, "crisis", "full").text
    for number in ("112", "+353 1 518 0277", "087 369 0010", "087 369 0011", "116 123", "*4141#"):
        assert f"{LEFT_TO_RIGHT}{number}{LEFT_TO_RIGHT}" in text
    for start in ("09:00-17:00", "about 50 euro", FULL.promise):
        assert f"{LEFT_TO_RIGHT}{start}" in text


@LANGUAGES
def test_no_mark_that_turns_the_text_stands_where_none_is_needed(language: str) -> None:
    text = made(language, "crisis", "full").text
    turning = [one for one in text if unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO",
               "RLO", "LRI", "RLI", "FSI", "PDI", "PDF"} or one in "\u200e\u200f"]  # fmt: skip
    assert {*turning} == ({LEFT_TO_RIGHT} if language in RIGHT_TO_LEFT else set())
    # A link with a mark at its end leads nowhere.
    assert not re.search(rf"https?://\S*{LEFT_TO_RIGHT}", text)


@pytest.mark.parametrize("kind", ["guide", "care_navigation", "other"])
@pytest.mark.parametrize("language", sorted({*WORDS} - {*WHOLE}))
def test_what_a_language_lacks_is_written_in_english_and_staff_are_told(
    language: str, kind: str
) -> None:
    calm = replace(FULL, urgent=False)
    d = draft(shipped(), kind_of_reply=kind, language=language, facts=calm, matches=MATCHES)
    assert (d.language, d.fallback_from, d.template) == ("en", language, f"en/{kind}.txt.j2")
    assert f"There is no template in {language_name(language)}; somebody should translate" in (
        " ".join(d.cautions)
    )
    # The same person in danger is answered in their language, and who worries about them too.
    for facts, written in ((FULL, "crisis"), (replace(FULL, about_other=True), "worried")):
        d = draft(shipped(), kind_of_reply=kind, language=language, facts=facts, matches=MATCHES)
        assert (d.language, d.fallback_from) == (language, "")
        assert d.template == f"{language}/{written}.txt.j2"
        assert not any("no template" in caution for caution in d.cautions)


def test_who_worries_calmly_is_answered_in_their_language_though_their_route_is_not() -> None:
    calm = replace(FULL, urgent=False, about_other=True, distress=True)
    d = draft(
        shipped(), kind_of_reply="care_navigation", language="tr", facts=calm, matches=MATCHES
    )
    assert d.template == "tr/worried.txt.j2"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("tr-TR", "tr"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans", "zh-Hans"),
        ("pt-BR", "pt"),
        ("eu", "en"),
    ],
)
def test_a_crisis_reply_falls_back_as_others_do(asked: str, written: str) -> None:
    d = draft(shipped(), kind_of_reply="crisis", language=asked, facts=FULL, matches=MATCHES)
    assert d.language == written


@pytest.mark.parametrize(
    ("guesses", "languages", "top"),
    [
        (("tr", "az"), ("tr", "en"), "English"),
        (("id", "ms"), ("id", "ms"), "Melayu"),
        (("uk", "ru"), ("uk", "ru"), "Русский"),
        (("ar",), ("ar", "en"), "English"),
        (("ja", "zh-Hans"), ("ja", "zh-Hans"), "中文 (简体)"),
        (("eu", "ja"), ("ja", "en"), "English"),
        (("eu",), ("en", "es"), "Español"),
    ],
)
def test_a_person_in_danger_is_answered_in_the_two_likeliest_languages(
    guesses: tuple[str, ...], languages: tuple[str, str], top: str
) -> None:
    d = draft(
        shipped(), kind_of_reply="crisis", language="", facts=FULL, matches=MATCHES,
        guesses=guesses,
    )  # fmt: skip
    first, second = (made(code, "crisis", "full") for code in languages)
    assert d.text == f"({top}: ↓)\n\n{first.text}\n* * *\n\n{second.text}"
    assert d.subject == f"{first.subject} / {second.subject}"
    assert d.fallback_from == "undetermined"
