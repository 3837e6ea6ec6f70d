import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.cli.safe import indented, line, safe


@given(st.text(alphabet=st.characters(), max_size=200))
def test_it_leaves_nothing_that_drives_a_terminal_or_turns_text_around(text):
    for c in safe(text):
        category = unicodedata.category(c)
        assert category not in {"Cs", "Zl", "Zp"}
        assert category != "Cc" or c in "\n\t"
        assert unicodedata.bidirectional(c) not in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        }  # fmt: skip
    safe(text).encode("utf-8")


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(1, 50))
def test_it_makes_one_line_no_longer_than_asked(text, limit):
    assert len(line(text, limit)) <= limit
    assert len(line(text, limit).splitlines()) <= 1


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("pay\u200bpal \ufeff\u00ad\U000e0041", "paypal "),
        ("one\u2028two\r\nthree", "one\ntwo\nthree"),
        ("half \ud83d pair", "half \ufffd pair"),
        # What scripts need stays: Persian and Hindi joiners, a family, an Arabic number sign.
        ("می‌خواهم क्‍ष 👩‍👧 \u0600", "می‌خواهم क्‍ष 👩‍👧 \u0600"),
    ],
)
def test_it_keeps_words_and_drops_weapons(given_, shown):
    assert safe(given_) == shown


def test_it_indents_and_shortens():
    assert indented("a\n b\tc", 4) == "    a b c"
    assert line("x" * 300) == "x" * 199 + "…"
