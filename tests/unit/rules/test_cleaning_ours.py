"""Our own letter, quoted back bare, is no new word; what is typed under it is not lost."""

from __future__ import annotations

import pytest

from concierge.rules.cleaning import own_words

OURS = frozenset({"help@charity.example", "backline care"})
LETTER = (
    "Hello Amina,\n\nYou wrote that you want to die. Please call 116 123 now.\n\n"
    "With warm wishes,\nBo\nBackline Care\n\nRef: C-7-kx3"
)
HEADERS = {
    "outlook": "From: Backline <help@charity.example>\nSent: 3 November 2026 10:15\nTo: Amina\n"
    "Subject: RE: rent",
    "outlook, name alone": "Von: Backline Care\nGesendet: Dienstag, 3. November 2026 10:15\n"
    "An: Amina\nBetreff: AW: Miete",
    "outlook, plus tag": "________________________________\nFrom: Backline "
    "<help+c7@charity.example>"
    "\nSent: Tuesday, November 3, 2026 10:15:12 AM\nTo: Amina\nSubject: Re: rent",
    "outlook ru": "От: Backline <help@charity.example>\nОтправлено: 3 ноября 2026 г. 10:15\n"
    "Кому: Amina\nТема: RE: аренда",
    "original": "-----Original Message-----\nFrom: Backline [mailto:help@charity.example]\n"
    "Sent: Tuesday, November 03, 2026 10:15 AM\nTo: Amina\nSubject: RE: rent",
    "gmail": "On Tue, Nov 3, 2026 at 10:15 AM Backline Care <help@charity.example> wrote:",
    "gmail ja": "2026年11月3日(火) 10:15 Backline Care <help@charity.example>:",
    "date first": "Date: Tue, 3 Nov 2026 10:15:00 +0000\nFrom: help@charity.example\n"
    "To: amina@example.org\nSubject: Re: rent",
    "shouting": "FROM: HELP@CHARITY.EXAMPLE\nSENT: 3 November 2026 10:15\nTO: Amina\nSUBJECT: rent",
}
THREAD = (
    "\n\nFrom: Amina <amina@example.org>\nSent: 2 November 2026 09:00\nTo: Backline\n"
    "Subject: rent\n\nI cannot pay my rent and I want to die."
)


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("older", ["", THREAD], ids=["alone", "with the thread"])
def test_our_own_letter_is_no_new_word(name, older):
    words = own_words(f"Thank you, I called them.\n\n{HEADERS[name]}\n\n{LETTER}{older}\n", OURS)
    assert words.text == words.weighed == "Thank you, I called them."
    assert "want to die" in words.aside
    assert "want to die" in words.quoted
    assert words.full.endswith(older[-20:] or "kx3")


@pytest.mark.parametrize("name", HEADERS)
def test_the_letter_of_anybody_else_is_weighed(name):
    words = own_words(f"Thank you, I called them.\n\n{HEADERS[name]}\n\n{LETTER}\n")
    assert words.full_rules
    assert "want to die" in words.weighed
    assert words.text == "Thank you, I called them."


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("older", ["", THREAD], ids=["alone", "with the thread"])
def test_an_answer_under_our_letter_is_weighed(name, older):
    answer = "nobody answers there and i cannot go on"
    words = own_words(f"Hello.\n\n{HEADERS[name]}\n\n{LETTER}\n\n{answer}{older}\n", OURS)
    assert words.full_rules
    assert answer in words.weighed
    assert "116 123" not in words.weighed
    assert "under our own letter" in words.reason


@pytest.mark.parametrize("name", HEADERS)
def test_an_answer_under_our_letter_stands_alone(name):
    answer = "nobody answers there and i cannot go on"
    words = own_words(f"{HEADERS[name]}\n\n{LETTER}\n\n{answer}\n", OURS)
    assert words.weighed == answer
    assert "116 123" in words.aside


@pytest.mark.parametrize("name", HEADERS)
def test_our_letter_alone_is_taken_whole(name):
    """The answer is somewhere in it, where no structure tells it from our words."""
    body = f"{HEADERS[name]}\n\nHello Amina,\nare you safe? no i am not\n\nBo"
    assert own_words(body, OURS).weighed == body


def test_answers_between_marked_lines_of_ours_are_own_words():
    body = (
        "On Tue, Nov 3, 2026 at 10:15 AM Backline Care <help@charity.example> wrote:\n"
        "> Are you safe?\nno i am not\n> Where are you?\nat home"
    )
    words = own_words(body, OURS)
    assert words.text == words.weighed.replace("\n\n", "\n") == "no i am not\nat home"


def test_a_header_that_only_writes_to_us_is_not_ours():
    body = (
        "Please see below.\n\nFrom: Dee <dee@example.org>\nSent: 3 November 2026 10:15\n"
        "To: Backline <help@charity.example>\nSubject: help\n\nI cannot go on."
    )
    words = own_words(body, OURS)
    assert words.full_rules
    assert "I cannot go on." in words.weighed


def test_it_says_why_the_full_text_rules():
    assert own_words("Hello there.", OURS).reason == ""
    words = own_words("Yes.\n\nOn 3/11/2026, 10:15, Dee <dee@example.org> wrote:\nA letter.")
    assert (words.full_rules, "may be an answer" in words.reason) == (True, True)
    words = own_words("Yes.\n\nOn 3/11/2026, 10:15, Dee <dee@example.org> wrote:\n> A letter.")
    assert words.reason.startswith("trimming took")
    assert words.weighed == words.text == "Yes."
