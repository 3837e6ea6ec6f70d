"""A cry stays a cry, whatever calm words stand around it and however it is typed."""

from __future__ import annotations

import base64
import json
import random
import string
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.findings import URGENT, Urgency
from concierge.rules.urgency import UrgencyTexts, urgency_of
from tests.support.lexicon import FOLDER, shipped
from tests.unit.rules.test_urgency import EXPLICIT

LEXICON = shipped()
CALM = tuple(
    row["text"]
    for row in map(json.loads, (FOLDER.parent / "calm.jsonl").read_text("utf-8").splitlines())
)
CRIES = st.sampled_from(sorted(EXPLICIT.values()))
#: Sentences that end, so that nothing of them is part of the cry's own sentence.
AROUND = st.lists(st.sampled_from([f"{text.rstrip('.!?。 ')}." for text in CALM]), max_size=6).map(
    " ".join
)
QUOTES = ("“”", "«»", "„“", "‘’", '""', "「」", "()", "**", "__", "“ ”", "« »")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
#: So much more CPU may twice the text cost: twice, and room for a busy machine.
LINEAR = 3.0
#: Shorter spans than this, in seconds, are noise.
NOISE = 0.02


def level(text: str) -> Urgency:
    return urgency_of(LEXICON, UrgencyTexts("", text)).value


LEVELS = {cry: level(cry) for cry in EXPLICIT.values()}


@settings(max_examples=150, deadline=None)
@given(CRIES, AROUND, AROUND, st.sampled_from(["\n\n", "\n", " "]))
def test_it_is_not_talked_down_by_calm_text(cry: str, before: str, after: str, gap: str) -> None:
    ended = cry if cry[-1] in ".!?。।" else f"{cry}."
    text = gap.join(part for part in (before, ended, after) if part)
    assert level(text).rank <= LEVELS[cry].rank


@settings(max_examples=150, deadline=None)
@given(CRIES, st.sampled_from([str.upper, str.lower, str.title, str.casefold, str.swapcase]),
       st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.booleans())  # fmt: skip
def test_it_hears_any_case_and_any_form_of_the_letters(cry, change, form, composed_first) -> None:
    text = unicodedata.normalize(form, change(cry))
    if not composed_first:
        text = change(unicodedata.normalize(form, cry))
    assert level(text) in URGENT


@pytest.mark.parametrize("language", ["es", "pt", "fr", "de", "it", "cs", "ro", "pl", "hu", "tr"])
def test_it_hears_what_is_typed_without_marks(language: str) -> None:
    apart = unicodedata.normalize("NFD", EXPLICIT[language].replace("ł", "l").replace("ı", "i"))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    assert bare.isascii() or language in {"es", "fr"}
    assert level(bare) in URGENT


@settings(max_examples=150, deadline=None)
@given(CRIES, st.lists(st.sampled_from([" ", "  ", "\n", "\r\n", " \t ", "\u00a0", " \n "]),
                       min_size=1, max_size=8))  # fmt: skip
def test_it_hears_words_however_they_are_spaced_and_wrapped(cry: str, gaps: list[str]) -> None:
    words = cry.split(" ")
    spaced = [word + gaps[at % len(gaps)] for at, word in enumerate(words)]
    assert level("".join(spaced)) in URGENT


@settings(max_examples=150, deadline=None)
@given(CRIES, st.data())
def test_it_hears_through_characters_nobody_sees(cry: str, data: st.DataObject) -> None:
    letters = list(cry)
    for at in data.draw(st.sets(st.integers(0, len(letters) - 1), min_size=1, max_size=12)):
        letters[at] += data.draw(st.sampled_from(INVISIBLE))
    assert level("".join(letters)) in URGENT


@settings(max_examples=100, deadline=None)
@given(CRIES, st.sampled_from(QUOTES))
def test_it_hears_what_stands_in_quoting_marks(cry: str, marks: str) -> None:
    assert level(f"{marks[: len(marks) // 2]}{cry}{marks[len(marks) // 2 :]}") in URGENT


@pytest.mark.parametrize("word", ["k1ll", "ki11", "k!ll", "kiiill", "K1LL", "k.i.l.l", "k-i-l-l"])
def test_it_hears_words_typed_to_pass_a_filter(word: str) -> None:
    assert level(f"I want to {word} myself and I don't know who to tell.") in URGENT


def mixed(count: int) -> str:
    chance = random.Random(5)
    letters = string.ascii_letters + "жшцяабв" + "死想今日助" + "اريدموت" + "ตายอยาก" + " .,\n"
    return "".join(chance.choices(letters, k=count))


#: Texts made to hold up the desk, of about so many characters.
HOSTILE = {
    "help": lambda n: "help " * (n // 5),
    "a phrase": lambda n: "I want to kill myself " * (n // 22),
    "phrases without end": lambda n: "want-to-die, " * (n // 13),
    "mixed scripts": mixed,
    "letters and spaces": lambda n: "k i l l m y s e l f " * (n // 20),
    "letters and dots": lambda n: "k.i.l.l." * (n // 8),
    "a word a line": lambda n: "die\n" * (n // 4),
    "emoji": lambda n: "😭💔" * (n // 2),
    "base64": lambda n: base64.b64encode(random.Random(5).randbytes(n * 3 // 4)).decode(),
    "one word": lambda n: "a" * n,
    "marks": lambda n: "e" + "\u0301" * n,
    "joiners": lambda n: "d\u200d" * (n // 2),
    "signs": lambda n: "k!ll@" * (n // 5),
    "apostrophes": lambda n: "d'" * (n // 2),
    "Chinese": lambda n: "我不想活了" * (n // 5),
    "Thai": lambda n: "อยากตาย" * (n // 7),
}


def cost(text: str, raw: str = "") -> float:
    """CPU seconds of one scan, the least of three."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        urgency_of(LEXICON, UrgencyTexts("", text, raw=raw))
        spent.append(time.process_time() - start)
    return max(min(spent), NOISE)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_takes_twice_as_long_for_twice_the_text_at_most(name: str) -> None:
    # Below the bound on what is read, where a cost that grows faster would show.
    make = HOSTILE[name]
    assert cost(make(8_000)) <= LINEAR * cost(make(4_000))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_reads_no_more_of_a_huge_text_than_of_a_long_one(name: str) -> None:
    make = HOSTILE[name]
    long, huge = make(200_000), make(5_000_000)
    assert cost(huge, raw=huge) <= LINEAR * cost(long, raw=long)
