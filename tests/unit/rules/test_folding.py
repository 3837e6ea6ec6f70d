"""Folding: one form for many spellings, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.rules.folding import fold, fold_word

KNOWN = frozenset({"kill", "suicide", "die"}).__contains__


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don't, I’m here!", ".dont,im here."),
        ("k.i.l.l me", ".kill me."),
        ("s-u-i-c-i-d-e", ".suicide."),
        ("diiiie killlll sooooo", ".die kill so."),
        ("k1ll $uicide k!ll", ".kill suicide kill."),
        ("mp3 at 10:30 wow!great", ".mp3 at 10,30 wow.great."),
        ("self\u200bharm my\u00adself", ".selfharm myself."),
        ("Zażółć gęślą jaźń", ".zazolc gesla jazn."),
        ("İSTİYORUM ıstırap", ".istiyorum istirap."),
        ("dø", ".dø."),
        ("ｆｕｌｌ ｗｉｄｔｈ", ".full width."),
        ("मैं ज़िंदा हूँ।", ".मैं जिंदा हूं."),
        ("أريد", ".اريد."),
        ("ガム ｶﾞﾑ", ".ガム ガム."),
        ("line one\nline two\n\nnext", ".line one line two.next."),
        ("我想死，真的。", ".我想死,真的."),
        ("", "."),
        (" ... \n\n ", "."),
    ],
)
def test_it_folds(text: str, folded: str) -> None:
    assert fold(text, KNOWN).text == folded


def test_it_finds_the_original_words() -> None:
    folded = fold("He said: «K.I.L.L  my\u00adself», J’ai", KNOWN)
    start = folded.text.index("kill")
    assert folded.found(start, start + len("kill myself")) == "K.I.L.L my\u00adself"


def test_it_is_exact_inside_unspaced_text() -> None:
    folded = fold("今天我想死了，真的")
    start = folded.text.index("想死")
    assert folded.found(start, start + 2) == "想死"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert fold_word("é") == fold_word("e\u0301") == "e"
    assert fold("cafe\u0301 noir").text == fold("café noir").text


@given(st.text())
def test_it_is_total_and_keeps_its_promises(text: str) -> None:
    folded = fold(text, KNOWN)
    assert folded.text[0] in ".,"
    assert folded.text[-1] in "., "
    assert len(folded.words) == len(folded.starts) == len(folded.spans)
    for word, start, (begin, end) in zip(folded.words, folded.starts, folded.spans, strict=True):
        assert folded.text[start : start + len(word)] == word
        assert folded.text[start - 1] in " ,."
        assert not set(word) & set(" ,.")
        assert 0 <= begin < end <= len(folded.original)
        assert folded.found(start, start + len(word))
