"""Whatever a body holds: nothing is lost, nothing new is cut unsaid, and work stays bounded."""

from __future__ import annotations

import re
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.rules import cleaning_replies
from concierge.rules.cleaning import RULING_SHARE, own_words

OURS = frozenset({"help@charity.example", "backline care"})
LINES = (
    "", "", "I cannot go on.", "please help", "> quoted", "> > twice", "&gt; html", "--",
    "-- ", "__",
    "_______________", "-----Original Message-----", "---------- Forwarded message ---------",
    "Begin forwarded message:", "On 3 Nov 2026 at 10:15, Bo <bo@example.net> wrote:",
    "On 3 Nov 2026 at 10:15, Us <help@charity.example> wrote:", "Bo wrote:", "wrote:",
    "From: Bo <bo@example.net>", "From: Backline Care", "Sent: 3 November 2026 10:15",
    "To: Amina",
    "Subject: rent", "Ref: C-7-kx3", "Backline Care", "Sent from my iPhone",
    "Get Outlook for iOS",
    "Sent from my bed", "Amina", "Singer, London", "+44 20 7946 0999",
    "This mail is confidential and intended only for the addressee, so delete it at once, please?",
    "music mailing list https://lists.example.net",
    "2026年11月3日(火) 10:15 Bo <bo@example.net>:",
    "助けてください。もう無理です", "\u200f\u200fבבקשה עזרו לי", "##- reply above this line -##",
    "\r",
)  # fmt: skip
BODIES = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join) | st.text(max_size=200)


def new_words(body):
    """The unquoted words above the mark of a signature: simple, and independent of the trimming."""
    new = []
    for line in body.split("\n"):
        if re.match(r"--\s*$", line):
            break
        if not re.match(r"\s{0,4}(>|&gt;|＞)", line):
            new += line.split()
    return new


def letters(*texts):
    return Counter(c for text in texts for c in text if not c.isspace())


@settings(deadline=None)
@given(BODIES, st.sampled_from([frozenset(), OURS]))
def test_nothing_of_a_body_is_lost(body, ours):
    words = own_words(body, ours)
    assert letters(words.text, *(piece for _, piece in words.cut)) == letters(body)
    assert letters(words.weighed, words.aside) == letters(body)
    assert letters(words.full) == letters(body)


@settings(deadline=None)
@given(BODIES)
def test_no_fifth_of_the_new_words_goes_unsaid(body):
    words = own_words(body.replace("\r", ""))
    new = new_words(body.replace("\r", ""))
    kept = (Counter(new) & Counter(words.text.split())).total()
    assert words.full_rules or len(new) - kept <= RULING_SHARE * len(new)
    assert bool(words.reason) == words.full_rules


@settings(deadline=None)
@given(BODIES, st.sampled_from([frozenset(), OURS]))
def test_a_body_with_words_is_never_empty(body, ours):
    words = own_words(body, ours)
    if any(c.isalpha() for c in body):
        assert any(c.isalpha() for c in words.text)
        assert any(c.isalpha() for c in words.weighed)


@settings(deadline=None)
@given(BODIES, st.sampled_from([frozenset(), OURS]))
def test_the_rules_never_read_less_than_the_trimmed_text(body, ours):
    words = own_words(body, ours)
    assert not letters(words.text) - letters(words.weighed)


@settings(deadline=None)
@given(BODIES)
def test_it_is_as_sure_twice_as_once(body):
    assert own_words(body) == own_words(body)


NASTY = (
    "a:\n", "From: a\n", "From: a@b 2026 10:10\n", "From: a\n\n", "wrote:\n",
    "-" * 290 + "\n", ">\n",
    "> x\ny\n", "-- \n", "--\n", "__\n", "Sent from my iPhone\n", "Ref: 1\n", "a@", "\n",
    " " * 60 + ":\n",
    "(a@" * 100 + ":\n", "a@b<" * 60 + ":\n", "1:" * 100 + "\n", "<" * 200 + "\n", "word ", "我",
    "From: a@b.c\nDate: 2026 10:10\nSubject: x\n", "a b\n-- \nx@y list unsubscribe http://\n",
)  # fmt: skip
HEADER = (
    "Hi.\n\nFrom: Us <help@charity.example>\nSent: 3 November 2026 10:15\nTo: a\nSubject: b\n\n"
)


def calls_of(body):
    """The Python calls made: a measure of work that no busy machine can blur."""
    made = 0

    def count(_frame, event, _arg):
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        own_words(body, OURS)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("above", ["Hi.\n", HEADER], ids=["plain", "under our header"])
@pytest.mark.parametrize("line", NASTY)
def test_twice_the_body_is_at_most_twice_the_work(line, above):
    once, twice = (calls_of(above + line * (size // len(line))) for size in (6_000, 12_000))
    assert twice <= 2.2 * once + 2_000


@pytest.mark.parametrize("line", NASTY)
def test_one_line_costs_a_bounded_number_of_looks(line, monkeypatch):
    looked = 0
    really = cleaning_replies.opening

    def counted(*args):
        nonlocal looked
        looked += 1
        return really(*args)

    monkeypatch.setattr(cleaning_replies, "opening", counted)
    body = "Hi.\n" + line * (20_000 // len(line))
    own_words(body, OURS)
    assert looked <= 2 * (body.count("\n") + 1)
