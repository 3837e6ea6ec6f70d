"""Whole short messages are known in many languages, however they are typed."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.errors import FaultyInput
from concierge.rules.short_phrases import ShortPhrases, fold_phrase, parse_short_phrases

TABLE = Path(__file__).parents[3] / "data" / "short_phrases.csv"
SERVED = (
    "en es pt fr de it nl sv da nb fi pl cs sk hu ro bg hr sr bs sl el tr ru uk ar fa he ur hi bn "
    "ta te th vi id ms tl ja ko zh ca gl et lv lt ka hy sw am"
)


@pytest.fixture(scope="module")
def phrases() -> ShortPhrases:
    return parse_short_phrases(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("help", "en"),
        ("HELP ME!!!", "en"),
        ("heeeelp", "en"),
        ("Hellooo", ""),
        ("i need help 😭", "en"),
        ("I can’t do this anymore", "en"),
        ("Hi! Please help me.", "en"),
        ("ayudaaa", "es"),
        ("AYUDAME POR FAVOR", "es"),
        ("¿hay alguien ahí?", "es"),
        ("ajuda", "pt"),
        ("nao aguento mais", "pt"),
        ("j'en peux plus", "fr"),
        ("Jen peux plus", "fr"),
        ("ich kann nicht mehr...", "de"),
        ("hjelp", "nb"),
        ("hjælp", "da"),
        ("hjälp!", "sv"),
        ("Yardım edin", "tr"),
        ("YARDIM EDİN", "tr"),
        ("помогите", "ru"),
        ("допоможіть", "uk"),
        ("ساعدوني", "ar"),
        ("ساعدونى", "ar"),
        ("کمکم کنید", "fa"),
        ("מצב", ""),
        ("मुझे मदद चाहिए", "hi"),
        ("ช่วยด้วย", "th"),
        ("助けて", "ja"),
        ("살려주세요", "ko"),
        ("救命", "zh"),
        ("SOS", ""),
        ("ok", ""),
        ("gap", ""),
        ("", ""),
    ],
)
def test_it_knows_whole_phrases(phrases: ShortPhrases, text: str, language: str) -> None:
    assert phrases.language_of(text) == language


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("pomoć", {"hr", "sr", "bs"}),
        ("pomoc", {"hr", "sr", "bs", "sl", "pl", "cs", "sk"}),
        ("tolong!", {"id", "ms"}),
        ("hola", {"es", "ca"}),
        ("Terima kasih", {"id", "ms"}),
        ("question", {"en", "fr"}),
    ],
)
def test_a_shared_phrase_names_all_its_languages(
    phrases: ShortPhrases, text: str, languages: set[str]
) -> None:
    assert set(phrases.candidates_of(text)) == languages


def test_phrases_in_a_row_leave_what_all_of_them_share(phrases: ShortPhrases) -> None:
    assert phrases.language_of("Hola. Necesito ayuda") == "es"
    assert phrases.candidates_of("Help. Ayuda") == ()


def test_a_sentence_is_no_phrase(phrases: ShortPhrases) -> None:
    assert phrases.candidates_of("help me find the setlist of last night") == ()


@pytest.mark.parametrize("language", SERVED.split())
def test_every_served_language_has_twenty_phrases(phrases: ShortPhrases, language: str) -> None:
    counted = Counter(code.lstrip("!") for codes in phrases.exact.values() for code in codes)
    assert counted[language] >= 20


def test_the_table_has_no_phrase_twice_and_no_language_twice_in_a_row() -> None:
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    folded = Counter(fold_phrase(row["phrase"]) for row in rows)
    assert [phrase for phrase, times in folded.items() if times > 1] == []
    for row in rows:
        codes = row["languages"].replace("!", "").split()
        assert len(codes) == len(set(codes)), row
        assert "!" not in row["languages"][1:], row


@pytest.mark.parametrize(
    "row",
    [",help", "en,", "en,123", "en,help\nde,Help!"],
    ids=["code", "phrase", "letters", "twice"],
)
def test_it_names_faulty_rows(row: str) -> None:
    with pytest.raises(FaultyInput, match=r"line [23]"):
        parse_short_phrases(f"languages,phrase\n{row}\n")


@given(text=st.text(max_size=400))
def test_it_never_raises(phrases: ShortPhrases, text: str) -> None:
    listed = phrases.candidates_of(text)
    assert phrases.language_of(text) in {"", *listed}


@pytest.mark.parametrize("text", ["a" * 2_000_000, "help " * 100, "\u200d" * 300, "।" * 300])
def test_what_is_no_phrase_is_none(phrases: ShortPhrases, text: str) -> None:
    assert phrases.language_of(text) == ""
