"""Whose letter it is that somebody forwards, however their program writes it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.mail.mime import read
from concierge.rules.forwarded import forwarded_from

FRIEND = Address("friend@example.net", "Dee")
OURS = frozenset({"help@desk.example.org"})
AMINA = "amina@example.org"


def found(body: str, subject: str = "Fwd: Please help", sender=FRIEND, **more):
    message = ParsedMessage(sender=sender, subject=subject, body=body, **more)
    return forwarded_from(message, OURS)


GMAIL = (
    "See below!\n\n---------- Forwarded message ---------\nFrom: Amina Novak <amina@example.org>\n"
    "Date: Mon, 2 Nov 2026 at 10:00\nSubject: Please help\nTo: <friend@example.net>\n\n"
    "I cannot pay my rent.\n"
)
APPLE = (
    "Begin forwarded message:\n\n> From: Amina Novak <amina@example.org>\n"
    "> Subject: Please help\n> Date: 2 November 2026 at 10:00:00 CET\n"
    "> To: friend@example.net\n>\n> I cannot pay my rent.\n"
)
THUNDERBIRD = (
    "-------- Weitergeleitete Nachricht --------\nBetreff: \tBitte\n"
    "Datum: \tMon, 2 Nov 2026 10:00:00 +0100\nVon: \tAmina Novak <amina@example.org>\n"
    "An: \tfriend@example.net\n\nIch brauche Hilfe.\n"
)
OUTLOOK = (
    "Please look at this.\n\nFrom: Amina Novak <amina@example.org>\n"
    "Sent: Monday, November 2, 2026 10:00 AM\nTo: Dee <friend@example.net>\n"
    "Subject: Please help\n\nI cannot pay my rent.\n"
)
OUTLOOK_OLD = (
    "-----Original Message-----\nFrom: Amina Novak [mailto:amina@example.org]\n"
    "Sent: Monday, November 02, 2026 10:00 AM\nTo: friend@example.net\nSubject: Please help\n\nHi\n"
)
FRENCH = (
    "---------- Message transféré ----------\nDe : Amina Novak <amina@example.org>\n"
    "Date : lun. 2 nov. 2026 à 10:00\nObjet : Aide\nÀ : <friend@example.net>\n\nBonjour\n"
)
SPANISH = (
    "De: Amina Novak <amina@example.org>\nEnviado: lunes, 2 de noviembre de 2026 10:00\n"
    "Para: friend@example.net\nAsunto: Ayuda\n\nHola\n"
)
JAPANESE = (
    "---------- 転送メッセージ ----------\n差出人: Amina Novak <amina@example.org>\n"
    "日付: 2026年11月2日 10:00\n件名: お願い\n宛先: friend@example.net\n\nこんにちは\n"
)
RUSSIAN = (
    "-------- Пересылаемое сообщение --------\nОт: Amina Novak <amina@example.org>\n"
    "Дата: 02.11.2026 10:00\nТема: Помощь\nКому: friend@example.net\n\nПривет\n"
)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (GMAIL, "Fwd: Please help"),
        (GMAIL, "a letter I got"),
        (APPLE, "Fwd: Please help"),
        (APPLE, ""),
        (THUNDERBIRD, "Fwd: Bitte"),
        (OUTLOOK, "FW: Please help"),
        (OUTLOOK, "[EXT] FW: Please help"),
        (OUTLOOK_OLD, "WG: Please help"),
        (FRENCH, "TR: Aide"),
        (SPANISH, "RV: Ayuda"),
        (JAPANESE, "転送: お願い"),
        (RUSSIAN, "Fwd: Помощь"),
    ],
)
def test_it_finds_the_writer_as_programs_write_it(body, subject):
    finding = found(body, subject)
    assert finding.value == Address(AMINA, "Amina Novak")
    assert finding.evidence[0].note


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        # Answers quote with the same blocks.
        (OUTLOOK, "RE: Please help"),
        (OUTLOOK_OLD, "AW: Please help"),
        (OUTLOOK, "Please help"),
        ("On Mon, 2 Nov 2026 at 10:00, Amina <amina@example.org> wrote:\n> hello\n", "Re: x"),
        # Our own letter, the forwarder's own, a mail server's, and none at all.
        (GMAIL.replace(AMINA, "help@desk.example.org"), "Fwd: Please help"),
        (GMAIL.replace(AMINA, "help+c-1@desk.example.org"), "Fwd: Please help"),
        (GMAIL.replace(AMINA, "friend@example.net"), "Fwd: Please help"),
        (GMAIL.replace(AMINA, "mailer-daemon@mx.example.org"), "Fwd: Undelivered"),
        (GMAIL.replace("<amina@example.org>", ""), "Fwd: Please help"),
        ("From: my heart I thank you\nTo: all of you\n", "Fwd: thanks"),
        ("", "Fwd:"),
    ],
)
def test_it_finds_nobody(body, subject):
    assert found(body, subject).value is None


def test_it_names_the_outermost_writer_and_the_others_as_candidates():
    inner = GMAIL.replace("Amina Novak", "Bo").replace(AMINA, "bo@example.com")
    finding = found(GMAIL + "\n" + inner)
    assert finding.value == Address(AMINA, "Amina Novak")
    assert (finding.candidates, finding.undetermined) == (("bo@example.com",), True)


def test_it_looks_past_our_own_letter():
    ours = GMAIL.replace(AMINA, "help@desk.example.org").replace("Amina Novak", "Desk")
    assert found(ours + "\n" + OUTLOOK).value == Address(AMINA, "Amina Novak")


def test_it_finds_the_writer_of_a_letter_attached_whole():
    raw = (
        b"From: friend@example.net\r\nTo: help@desk.example.org\r\nSubject: a letter\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Amina Novak <amina@example.org>\r\n"
        b"To: friend@example.net\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n"
        b"Subject: Please help\r\n\r\nI cannot pay my rent.\r\n--b--\r\n"
    )
    finding = forwarded_from(read(raw), OURS)
    assert finding.value == Address(AMINA, "Amina Novak")
    assert "attached whole" in finding.evidence[0].note


def test_it_leaves_a_redirected_mail_with_its_own_sender():
    finding = found("Hi", sender=Address(AMINA), headers=(("Resent-From", "info@example.net"),))
    assert finding.value is None
    assert "sender is the writer" in finding.evidence[0].note


@given(st.text(max_size=400) | st.sampled_from([GMAIL, OUTLOOK, APPLE]), st.text(max_size=40))
def test_it_reads_anything(body, subject):
    found(body, subject)


def test_it_takes_no_time_over_large_mail():
    began = time.perf_counter()
    found("From: a\n" * 100_000)
    found("From: <" + "a@" * 100_000)
    found((GMAIL + "\n") * 2_000)
    assert time.perf_counter() - began < 1.0
