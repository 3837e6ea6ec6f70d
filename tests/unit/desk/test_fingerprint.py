"""What makes two mails the same, seen in bytes only."""

from __future__ import annotations

import pytest
from support.desk_fixtures import letter

from concierge.desk.fingerprint import fingerprint, message_id

MAIL = letter("Words", mid="<1@x>", headers=("Date: Wed, 4 Nov 2026 10:00:00 +0100",))


@pytest.mark.parametrize(
    "again",
    [
        b"Received: from here\r\nX-Spam: no\r\n" + MAIL,
        MAIL.replace(b"\r\n", b"\n"),
        MAIL + b"\r\n\r\n",
        MAIL.replace(b"Subject: A question", b"SUBJECT:  A\r\n question"),
    ],
)
def test_it_knows_a_mail_again(again):
    assert fingerprint(again) == fingerprint(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"<1@x>", b"<2@x>"),
        MAIL.replace(b"Words", b"words"),
        MAIL.replace(b"amina@", b"dee@"),
        MAIL.replace(b"10:00:00", b"10:00:01"),
        MAIL.replace(b"A question", b"Another"),
        # A header moved into the body is another mail.
        MAIL.replace(b"Subject: A question\r\n", b"").replace(b"Words", b"A question\r\nWords"),
    ],
)
def test_it_tells_mails_apart(other):
    assert fingerprint(other) != fingerprint(MAIL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"help me, I am Amina", b"an offer from Dee"),
        (b"\r\nI need help\r\n\r\nRegards", b"\r\nAn offer\r\n\r\nRegards"),
        (b"From: a@x\r\nSubject: s\r\nI need help", b"From: a@x\r\nSubject: s\r\nAn offer"),
        (b"From: a@x\nI need help\n\nRegards", b"From: a@x\nAn offer\n\nRegards"),
        (b"From: a@x\nDear all\nI: me\n\nRegards", b"From: a@x\nDear all\nI: you\n\nRegards"),
        (b"From: a@x\rSubject: s\r\rI need help", b"From: a@x\rSubject: s\r\rAn offer"),
    ],
)
def test_it_tells_mails_apart_that_have_no_line_between_headers_and_words(one, other):
    # Taken for the same mail, the second would never come before anybody.
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(one + b"\r\n")


def test_it_knows_a_mail_again_behind_a_mailbox_separator():
    assert fingerprint(
        b"From amina@example.org Wed Nov  4 10:00:00 2026\r\n" + MAIL
    ) == fingerprint(MAIL)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xff" * 10, b"x" * 300_000, b"Subject"])
def test_it_takes_any_bytes(raw):
    assert len(fingerprint(raw)) == 64
    assert message_id(raw) == ""


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (b"Message-ID: <a@b>", "<a@b>"),
        (b"message-id:\r\n <a@b>", "<a@b>"),
        (b"Message-Id: junk <a@b> junk", "<a@b>"),
        (b"Message-ID: a@b", ""),
        (b"X-Message-ID: <a@b>", ""),
    ],
)
def test_it_finds_the_message_id(header, found):
    assert message_id(b"From: x\r\n" + header + b"\r\n\r\n<no@body>") == found
