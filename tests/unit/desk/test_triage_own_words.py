"""What triage reads as the sender's: their cry wherever it stands, not our own letter."""

from __future__ import annotations

import pytest
from support.desk_fixtures import NOW, OURS, URGENT, letter, rulebook

from concierge.desk.triage import compose_draft, triage
from concierge.domain.findings import URGENT as URGENT_ONES
from concierge.mail.mime import read

HEADER = f"From: Backline <{OURS}>\nSent: 3 November 2026 10:15\nTo: Amina\nSubject: RE: rent\n\n"
STORY = "My band has been on the road since the spring and nobody was paid for any show. " * 4


def concluded(text, **more):
    return triage(read(letter(text.replace("\n", "\r\n"), **more)), rulebook())


def our_crisis_letter():
    """Our answer, in which staff repeat what was written to us."""
    message = read(letter(URGENT))
    draft = compose_draft(
        message, triage(message, rulebook()), rulebook(), NOW.date(), reference="C-1-XX"
    )
    return draft.text.replace(
        "Thank you for writing", f'You wrote "{URGENT}" Thank you for writing'
    )


def test_our_own_crisis_letter_quoted_bare_raises_nothing():
    quoted = HEADER + our_crisis_letter()
    alone = concluded(quoted)
    assert alone.urgency.value in URGENT_ONES, "the letter has urgent words, or this shows nothing"
    text = f"Thank you so much, that was kind. I am better now.\n\n{quoted}"
    answered = concluded(text, subject="RE: rent")
    assert answered.urgency.value not in URGENT_ONES
    assert answered.text == "Thank you so much, that was kind. I am better now."
    other = concluded(text.replace(OURS, "dee@example.org"), subject="RE: rent")
    assert other.urgency.value in URGENT_ONES


@pytest.mark.parametrize(
    "text",
    [
        f"Hello.\n\n{{ours}}\n\n{URGENT}",
        f"{STORY}\n\nSent from my iPhone. {URGENT}",
        f"{STORY}\n\nSent from my iPhone\n\n{URGENT}",
        f"{STORY}\n\n--\n{URGENT}",
        f"{STORY}\n\n-- \nAmina\n{URGENT}",
        f"{STORY}\n\n> {URGENT}",
        f"{STORY}\n\nOn 3 November 2026 at 10:15 he wrote:\n{URGENT}",
        f"{STORY}\n\nFrom: Berlin\nTo: Paris\nDate: 12.05.2026 20:00\nSeats: 3\n\n{URGENT}",
    ],
    ids=[
        "under our letter",
        "device",
        "under device",
        "dashes",
        "signature",
        "mark",
        "date",
        "plan",
    ],
)
def test_a_cry_where_programs_write_is_urgent(text):
    body = text.replace("{ours}", HEADER + our_crisis_letter())
    one = concluded(body, subject="Re: rent")
    assert one.urgency.value in URGENT_ONES
    assert {e.where for e in one.urgency.evidence if e.weight >= 2} == {"body"}


def test_a_marked_quote_that_tells_whose_it_is_stays_a_quote():
    body = f"{STORY}\n\nOn 3 Nov 2026 at 10:15, Dee <dee@example.org> wrote:\n> {URGENT}"
    one = concluded(body, subject="Re: rent")
    assert one.urgency.value not in URGENT_ONES
    assert any(e.where == "quoted" for e in one.urgency.evidence)


def test_the_language_is_that_of_the_own_words():
    body = (
        "Thank you very much, I will call you on Monday.\n\n"
        "Von: Dee <dee@example.org>\nGesendet: Dienstag, 3. November 2026 10:15\nAn: Amina\n"
        "Betreff: Miete\n\n"
        + "Sehr geehrte Frau Amina, bitte melden Sie sich wegen der Miete bei uns im Büro. "
        * 4
    )
    assert concluded(body, subject="Re: Miete").language.value == "en"


def test_the_country_is_that_of_the_own_words_alone():
    below = "From: Dee <dee@example.org>\nSent: 3 November 2026 10:15\nTo: Amina\nSubject: x\n\n"
    named = f"I live in Oslo.\n\n{below}I live in Madrid and I need your help with my rent."
    assert concluded(named).country.value == "NO"
    silent = f"Please read this.\n\n{below}I live in Madrid and I need your help with my rent."
    assert concluded(silent).country.value == ""
