"""What is kept of a message: every word of it, and why nothing in doubt was cut."""

from __future__ import annotations

from dataclasses import replace

from fakes.values import NOW
from support.desk_fixtures import OURS, Desk, letter, rulebook

from concierge.desk.readings import reading_of
from concierge.desk.triage import triage
from concierge.mail.mime import read

QUOTED = "Yes, please send me the guide.\r\n\r\nOn 1 November 2026 Bo <{who}> wrote:\r\n> Do you?"
#: Outlook's way: nothing marks what is quoted.
BARE = (
    "Thank you.\r\n\r\nFrom: {who}\r\nSent: Monday, 2 November 2026 10:00\r\nTo: Amina\r\n"
    "Subject: Re: A question\r\n\r\nThis stood in the letter that is answered here."
)


def kept(text, **changes):
    desk = Desk()
    entry = desk.keep(letter(text), received_at=NOW)
    message = read(letter(text))
    return reading_of(entry, message, triage(message, replace(rulebook(), **changes)))


def codes(reading):
    return [defect["code"] for defect in reading.triage["defects"]]


def test_it_keeps_the_quotation_beside_the_own_words():
    reading = kept(QUOTED.format(who=OURS))
    assert reading.text == "Yes, please send me the guide."
    assert "> Do you?" in reading.quoted_text
    assert "full_text" not in codes(reading)


def test_it_shows_uncut_what_may_be_the_senders_words_and_says_why():
    reading = kept(BARE.format(who="carla@example.org"))
    assert "This stood in the letter" in reading.text
    assert "full_text" in codes(reading)
    (told,) = [d["detail"] for d in reading.triage["defects"] if d["code"] == "full_text"]
    assert told.startswith("What may be a quotation is shown as the sender's words: ")


def test_it_knows_our_own_letter_by_address_and_by_name():
    for who in (OURS, "Harbour Notes"):
        reading = kept(BARE.format(who=who), own_names=frozenset({"harbour notes"}))
        assert "This stood in the letter" in reading.quoted_text, who
        assert reading.text.startswith("Thank you.")


def test_it_loses_no_word():
    for text in (QUOTED, BARE):
        reading = kept(text.format(who="carla@example.org"))
        both = f"{reading.text}\n{reading.quoted_text}"
        assert not [word for word in text.format(who="carla@example.org").split()
                    if word not in both]  # fmt: skip
