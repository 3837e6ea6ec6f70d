"""What near-identical messages have in common, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.message import Attachment
from concierge.rules import likeness

AWAY = (
    "Thank you for your message. I am out of the office with no access to my mail until {when}. "
    "For urgent matters please ask my colleague {who} at the front desk, who will gladly see to "
    "it. I will answer as soon as I am back. Kind regards, the booking team"
)


def look(text, subject="A question", **more):
    return likeness.look_of(subject, text, **more)


def alike(one, other):
    return likeness.near(look(one), look(other).simhash) and likeness.says_nothing_new(other, one)


@pytest.mark.parametrize(
    ("subject", "shape"),
    [
        ("Re: Fwd: A question", "a question"),
        ("AW: WG: A question", "a question"),
        ("A question 4711 from amina@example.org", "a question from"),
        ("Ticket X7f3Q9 of Monday, 3 November", "ticket of"),
        ("回复: 帮助", "帮 助"),
        ("Re: 12", ""),
        ("", ""),
    ],
)
def test_it_takes_out_of_a_subject_what_varies(subject, shape):
    assert likeness.shape_of(subject) == shape


@pytest.mark.parametrize(
    ("when", "who"),
    [("Tuesday, 4 November", "Jan Svoboda"), ("12.11.2026", "Bo"), ("Friday", "Jan Svoboda")],
)
def test_it_knows_an_automatic_answer_by_its_text(when, who):
    assert alike(AWAY.format(when="Monday", who="Jan Svoboda"), AWAY.format(when=when, who=who))


def test_it_keeps_apart_what_people_say_in_the_same_form():
    form = "Dear team, I would like to apply for the fund. My name is {}. I play {}. {} Thank you."
    first = form.format("Amina", "the oud", "I lost my work in spring and cannot pay the rent.")
    other = form.format("Dee", "bass", "My child is ill and we live in the car since last week.")
    assert not alike(first, other)


def test_it_sees_a_sentence_that_somebody_added_to_a_letter_all_send():
    letter = " ".join(f"word{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(90))
    added = f"{letter} Since my brother died there is nothing left for me here."
    assert likeness.near(look(letter), look(added).simhash)
    assert not likeness.says_nothing_new(added, letter)
    assert likeness.says_nothing_new(letter, added)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("help me",), ("help me please",)),
        (("help me", "A question"), ("help me", "Another question")),
    ],
)
def test_it_calls_short_texts_alike_only_when_all_is_the_same(one, other):
    assert likeness.near(look(*one), look(*one).simhash)
    assert not likeness.near(look(*one), look(*other).simhash)


def test_it_reads_what_stands_quoted_under_a_few_words():
    one, other = look("see below", quoted="> my landlord"), look("see below", quoted="> my doctor")
    assert not likeness.near(one, other.simhash)


def test_it_never_calls_mails_with_other_attachments_alike():
    text = AWAY.format(when="Monday", who="Bo")
    first, same, other = (
        look(text, attachments=[Attachment("cv.pdf", "application/pdf", size)])
        for size in (4000, 4000, 4001)
    )
    assert likeness.near(first, same.simhash)
    assert not likeness.near(first, other.simhash)
    assert not likeness.near(first, look(text).simhash)


def test_it_looks_like_nothing_without_a_word():
    assert likeness.look_of("Re: 12", " 4 \n", "> 7") is None
    assert likeness.look_of("", "", "> somebody wrote") is not None


def test_it_compares_scripts_without_spaces_letter_by_letter():
    text = "我是一名音乐家, 最近失去了工作, 非常需要帮助。请告诉我在哪里可以找到支持。谢谢。"
    assert alike(text, text.replace("音乐家", "音乐人"))
    assert not alike(
        text, "我的朋友住院了, 他没有保险, 我们不知道怎么付钱, 请问你们能不能帮忙。谢谢。"
    )


def test_it_says_that_a_very_long_text_is_new_unless_it_is_the_same():
    text = "word " * 20_000
    assert likeness.says_nothing_new(text, text)
    assert not likeness.says_nothing_new(text + "word", text)


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=60))
def test_it_looks_at_anything_and_is_always_alike_to_itself(text, quoted, subject):
    found = likeness.look_of(subject, text, quoted)
    if found is None:
        assert not likeness.words(text)
        return
    assert -(2**63) <= found.simhash < 2**63
    assert likeness.near(found, found.simhash)
    assert found == likeness.look_of(subject, text, quoted)
    assert likeness.says_nothing_new(text, text)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_it_counts_bits_of_signed_numbers(one, other):
    assert likeness.distance(one, other) == likeness.distance(other, one) <= 64
    assert likeness.distance(one, one) == 0
