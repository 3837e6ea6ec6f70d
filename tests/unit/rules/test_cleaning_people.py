"""People write what looks like a program's: nothing of theirs is lost to the rules."""

from __future__ import annotations

import pytest

from concierge.rules.cleaning import own_words

CRY = "please help me i want to die"
STORY = " ".join(["My band has been on the road since the spring and nobody was paid."] * 8)

# Each holds the cry where a program would put something else.
LOOKALIKES = {
    "device line runs on": "Sent from my iPhone. {cry}",
    "device line, comma": "Sent from my iPhone, {cry}",
    "device line dash": "Sent from my phone - {cry}",
    "device not a device": "Sent from my hospital bed, {cry}",
    "german device": "Von meinem Handy gesendet. {cry}",
    "under the device line": "Sent from my iPhone\n\n{cry}",
    "under get outlook": "Get Outlook for iOS\n\n{cry}",
    "two dashes": "--\n{cry}",
    "signature dashes": "-- \n{cry}",
    "signature with name": "-- \nAmina\n{cry}",
    "signature with address": "-- \nAmina\n{cry} amina@example.org",
    "em dash": "—\n{cry}",
    "underscores": "__\n{cry}",
    "long underscores": "______________\n{cry}",
    "list-like": "______________\nfor my mailing list\n{cry}\namina@example.org",
    "shell quote": "> {cry}",
    "lyrics": "My new song goes\n> you left me by the river\n> {cry}\nand so on",
    "one wrapped word": "> a line somebody said to me on the telephone late in the night and\n"
    "{cry}\n> yes",
    "html quote": "&gt; {cry}",
    "heading": "----- My story -----\n{cry}",
    "heading equals": "===== Now =====\n{cry}",
    "date line": "On 3 November 2026 at 10:15 pm he wrote:\n{cry}",
    "date story": "My show was on 12.05.2026 at 20:00 and this is what I said:\n{cry}",
    "met him": "I met him on 1/2/2026 at 10:30, see amina@example.org:\n{cry}",
    "text message": "Dee wrote:\n{cry}",
    "from list": "From: Berlin\nTo: Paris\nDate: 12.05.2026 20:00\nSeats: 3\n\n{cry}",
    "own mail pasted": "From: Amina <amina@example.org>\nSent: 3 November 2026 10:15\nTo: Dee\n"
    "Subject: us\n\n{cry}",
    "answer under a stranger's mail": "On 3 Nov 2026 at 10:15, Dee <dee@example.org> wrote:\n"
    "Hi!\n{cry}",
    "in a subject": "From: Amina\nSent: 3 November 2026 10:15\nTo: Dee\nSubject: {cry}",
    "in a name": "On 3 Nov 2026 at 10:15, {cry} <dee@example.org> wrote:\nHi!",
    "form": "Name: Amina\nEmail: amina@example.org\nDate: 12.05.2026 20:00\n\n{cry}",
    "form with phone": "From: Amina\nPhone: 0123\nSubject: help\n\n{cry}",
    "confidential": "This is confidential and only intended for your eyes, do not notify the "
    "police "
    "and please delete it, because {cry} and nobody at home may ever know that I wrote to you",
    "forward words": "I forward this to you:\n\n{cry}",
    "reply above": "He said he will reply above all things\n{cry}",
    "reply above fenced": "-- nobody would reply --\n{cry}",
    "sign-off without a device": "Sent from the bridge\n\n{cry}",
    "sign-off": "Sent from where {cry}",
    "wrote on with time": "He wrote on 3/11/2026 at 10:15:\n{cry}",
    "this line": "Please reply above this line:\n{cry}",
    "wrote on": "He wrote on 3/11/2026:\n{cry}",
    "time heading": "--- 3 November 2026, 10:15 ---\n{cry}",
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKALIKES)
@pytest.mark.parametrize("above", ["", f"{STORY}\n\n"], ids=["alone", "under a story"])
@pytest.mark.parametrize("below", ["", f"\n\n{STORY}"], ids=["last", "over a story"])
def test_the_rules_read_what_a_person_may_have_written(name, above, below):
    words = own_words(above + LOOKALIKES[name].format(cry=CRY) + below)
    assert CRY in words.weighed
    assert CRY in words.text or words.full_rules


@pytest.mark.parametrize(
    "body",
    [
        "--\nis how I end my sentences --\nand start them",
        "I have:\n- a guitar\n- a debt\n-- and a cat\n--- nothing else",
        "3 > 2\n x > y is what I mean",
        "Setlist\n-------\nFirst song\nSecond song\n\nDate: 3 November\nVenue: Oslo\nFee: none",
        "Sent with love from the road,\nAmina",
        "Love,\nAmina\n\nPS: I sent from my phone what I could.",
        "De rien: merci\nA bientôt: oui\nDate: lundi",
        "Thanks,\nAmina\n+44 7700 900123\namina@example.org",
        "To: everyone\nFrom: me\nRe: the last show\nIt is over.",
    ],
)
def test_it_cuts_nothing_of_these(body):
    words = own_words(body)
    assert words.text == body
    assert words.cut == ()
