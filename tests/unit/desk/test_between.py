"""What is typed between the lines of our unmarked letter is heard; our own words raise nothing."""

from __future__ import annotations

import pytest
from support.desk_fixtures import OURS, URGENT, Desk, letter, token

from concierge.desk.between import typed_between
from concierge.domain.findings import Urgency

LETTER = (
    "Dear Amina,\n\nThank you for writing to us. Where do you live at the moment?\n\n"
    "Are you safe where you are, and do you have somebody to talk to?\n\nWarm regards\nBo"
)
CRY = "I want to kill myself tonight."


@pytest.mark.parametrize(
    ("quoted", "typed"),
    [
        (LETTER, ""),
        # Folded anew, as programs do.
        (LETTER.replace(" at the moment", "\nat the moment"), ""),
        (LETTER.replace("\n\nWarm", f"\n\n{CRY}\nThank you for writing to us\nWarm"), CRY),
        (LETTER.replace("moment?", f"moment?\n{CRY}"), CRY),
        # Below the last line of ours stands a signature, or older mail.
        (f"{LETTER}\n{CRY}", ""),
        (LETTER.replace("moment?", f"moment?\n> {CRY}"), ""),
        (CRY, ""),
        ("", ""),
    ],
)
def test_it_finds_the_lines_that_are_not_ours(quoted, typed):
    assert typed_between(quoted, [LETTER]) == typed


def answered(desk):
    """A case whose requester has our reply."""
    desk.arrive(letter(mid="<first@example.org>"))
    desk.answer(1)
    return desk.store.data.drafts[1].text


def outlook(text, quoted):
    header = (
        f"From: Harbour Notes <{OURS}>\r\nSent: Monday, 2 November 2026 10:00\r\n"
        f"To: Amina\r\nSubject: Re: A question {token(1)}\r\n"
    )
    body = f"{text}\r\n\r\n{header}\r\n" + quoted.replace("\n", "\r\n")
    return letter(body, subject=f"Re: A question {token(1)}", mid="<second@example.org>")


def test_it_hears_a_cry_between_the_lines_of_our_letter():
    desk = Desk()
    lines = answered(desk).split("\n")
    middle = len(lines) // 2
    quoted = "\n".join([*lines[:middle], URGENT, *lines[middle:]])
    case = desk.arrive(outlook("My answers are below.", quoted))
    assert case.id == 1
    assert case.urgency is Urgency.EMERGENCY
    (_, second) = desk.store.data.readings.values()
    reasons = second.triage["urgency"]["evidence"]
    assert "typed between the lines of our letter" in {reason["note"] for reason in reasons}


def test_it_raises_nothing_for_our_own_words():
    desk = Desk()
    case = desk.arrive(outlook("Thank you.", answered(desk)))
    assert (case.id, case.urgency) == (1, Urgency.ROUTINE)


def test_it_hears_a_stranger_who_writes_into_our_letter():
    desk = Desk()
    quoted = answered(desk).replace("\n\n", f"\n\n{URGENT}\n\n", 2)
    raw = outlook("See below.", quoted).replace(b"amina@example.org", b"dee@example.net")
    case = desk.arrive(raw)
    assert case.id == 2
    assert case.urgency is Urgency.EMERGENCY
