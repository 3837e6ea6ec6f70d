"""Lines that were wrapped for the way come out as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import text_kinds


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("I need \nhelp.\nNow.", "I need help.\nNow."),
        (" From here\n >not a quote", "From here\n>not a quote"),
        ("> You \n> asked\n>> Bo \n>> said\nmine", "> You asked\n> > Bo said\nmine"),
        ("> quoted \nmine", "> quoted \nmine"),
        ("end \n-- \nAmina", "end \n-- \nAmina"),
        ("", ""),
    ],
)
def test_it_joins_flowed_lines(wrapped, whole):
    assert text_kinds.unflowed(wrapped, delete_space=False) == whole


def test_it_joins_words_that_were_cut_apart():
    assert text_kinds.unflowed("助けて \nください", delete_space=True) == "助けてください"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<bold>Help</bold> me\nnow\n\nPlease", "Help me now\nPlease"),
        ("<color><param>red</param>red</color>", "red"),
        ("1 << 2", "1 < 2"),
        ("<param>never closed", "never closed"),
    ],
)
def test_it_takes_the_marks_out_of_enriched_text(marked, plain):
    assert text_kinds.unenriched(marked) == plain


def test_it_takes_the_marks_out_of_rich_text():
    marked = "<bold>Help</bold><nl>me <comment>no</comment><lt>3"
    assert text_kinds.unenriched(marked, old=True) == "Help\nme <3"


@given(st.text(alphabet="<>/ab \n-param"), st.booleans())
def test_it_takes_any_text(text, flag):
    text_kinds.unenriched(text, old=flag)
    flowed = text_kinds.unflowed(text, delete_space=flag)
    assert "".join(c for c in flowed if c.isalpha()) == "".join(c for c in text if c.isalpha())
