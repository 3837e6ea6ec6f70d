"""What a sender wrote stays; what a mail program added is cut, with its label."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.rules.cleaning import own_words

OWN = "I cannot pay my rent this month.\nMy tour was cancelled."
REPLIES = {
    "english": "On Tue, 3 Nov 2026 at 10:15, Bo <bo@example.net> wrote:",
    "wrapped": "On Tue, 3 Nov 2026 at 10:15, Bo from the desk <\nbo@example.net> wrote:",
    "german": "Am 03.11.2026 um 10:15 schrieb Bo <bo@example.net>:",
    "french": "Le mar. 3 nov. 2026 à 10:15, Bo <bo@example.net> a écrit :",
    "spanish": "El mar, 3 nov 2026 a las 10:15, Bo (<bo@example.net>) escribió:",
    "polish": "W dniu 2026-11-03 o 10:15, Bo pisze:",
    "japanese": "2026年11月3日(火) 10:15 Bo <bo@example.net>:",
    "chinese": "Bo <bo@example.net> 于2026年11月3日周二 10:15写道：",
    "outlook": "From: Bo <bo@example.net>\nSent: Tuesday, 3 November 2026 10:15\n"
    "To: Amina\nSubject: RE: rent\n",
    "outlook german": "Von: Bo <bo@example.net>\nGesendet: Dienstag, 3. November 2026 10:15\n"
    "An: Amina\nBetreff: AW: Miete\n",
    "separator": "-----Ursprüngliche Nachricht-----\nVon: Bo <bo@example.net>\n"
    "Datum: 3.11.2026 10:15\n",
    "rule": "________________________________\nDate: Tue, 3 Nov 2026 10:15:00\nSubject: rent\n"
    "From: bo@example.net\nTo: amina@example.org\n",
    "zoho": "---- On Tue, 03 Nov 2026 10:15:00 +0000 Bo <bo@example.net> wrote ----",
}


@pytest.mark.parametrize("name", REPLIES)
def test_it_cuts_what_stands_under_a_reply_line(name):
    words = own_words(f"{OWN}\n\n{REPLIES[name]}\nDear Amina, thank you.\nBo")
    assert words.text == OWN
    assert "Dear Amina" in words.quoted
    assert [label for label, _ in words.cut] == ["reply"]


def test_it_does_not_take_the_last_own_line_into_a_reply_line():
    words = own_words(f"{OWN}\n{REPLIES['wrapped']}\n> Dear Amina")
    assert words.text == OWN


@pytest.mark.parametrize(
    "body",
    [
        "My show in Berlin was on 12.05.2026 at 20:00 and this is what happened:\nI collapsed.",
        "I met him on 1/2/2026 at 10:30, see amina@example.org:\nHe left the band.",
        "Name: Amina\nEmail: amina@example.org\nDate: 12.05.2026 20:00\n\nI need help.",
        "My details:\nName: Amina\nEmail: amina@example.org\nCountry: Kenya\n\nI need help.",
        "From: Kenya\nAge: 24\nEmail: amina@example.org\nI need help.",
        "----- My story -----\nIt began last year.",
        "First\n--\nI want to end it all tonight.\nNobody would notice me being gone.",
        "Please note:\n- I lost my iPhone\n- and sent from home what I had",
        "Is this confidential?\n\nI want this to stay confidential, please tell me who reads it.",
        "-- \nI only wrote under the line.",
        "She said > nothing\n3 > 2",
    ],
)
def test_it_never_cuts_a_persons_own_words(body):
    words = own_words(body)
    assert words.text == body.strip()
    assert words.cut == ()


def test_it_keeps_answers_between_and_under_quotes():
    body = "On Tue, 3 Nov 2026, Bo wrote:\n> How are you?\nNot well.\n> Where?\nIn Oslo.\n"
    words = own_words(body)
    assert words.text == "Not well.\nIn Oslo."
    assert "How are you?" in words.quoted


def test_it_takes_a_bare_forward_whole():
    body = (
        "---------- Forwarded message ---------\nFrom: Dee <dee@example.org>\n"
        "Date: Tue, 3 Nov 2026 10:15\nSubject: help\nTo: Amina\n\nI cannot go on."
    )
    assert own_words(body).text == body
    commented = own_words(f"Please help my friend.\n\n{body}")
    assert commented.text == "Please help my friend."
    assert commented.cut[0][0] == "forward"
    assert "I cannot go on." in commented.quoted


def test_it_takes_a_mail_of_quotes_only_whole():
    assert own_words("> all of it\n> is quoted").text == "> all of it\n> is quoted"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Envoyé de mon iPhone",
        "Von meinem iPhone gesendet",
        "Enviado desde mi Samsung Galaxy",
        "Get Outlook for iOS",
        "Отправлено из мобильной Почты Mail.ru",
        "iPhone'umdan gönderildi",
        "iPhoneから送信",
    ],
)
def test_it_cuts_device_lines_at_the_end(line):
    words = own_words(f"{OWN}\n\n{line}\n")
    assert words.text == OWN
    assert words.cut == (("device", line),)


def test_it_cuts_signatures_and_disclaimers():
    legal = (
        "This e-mail is confidential and intended solely for the addressee. If you received it "
        "in error please notify us and delete it; any unauthorised use is prohibited."
    )
    words = own_words(f"{OWN}\n\n-- \nAmina\nSinger\n\n{legal}")
    assert words.text == OWN
    assert {label for label, _ in words.cut} == {"signature", "disclaimer"}


@given(st.text(alphabet="ab:>-_@<. \n1209From", max_size=300))
def test_it_loses_nothing(body):
    words = own_words(body)
    kept = words.text + "".join(piece for _, piece in words.cut)
    assert sorted("".join(kept.split())) == sorted("".join(body.split()))


@pytest.mark.parametrize(
    "line", ["a:\n", "From: a@b 2026 10:10\n", "-" * 290 + "\n", ">\n", "-- \n", "a@", "\n"]
)
def test_it_reads_the_longest_bodies_quickly(line):
    started = time.process_time()
    own_words(line * (200_000 // len(line)))
    assert time.process_time() - started < 2
