"""What stands beside the letter: attachments, hidden words, ciphertext."""

from __future__ import annotations

import pytest
from support.desk_fixtures import NOW, URGENT, rulebook

from concierge.desk.bearings import Hints
from concierge.desk.triage import compose_draft, triage
from concierge.domain.findings import URGENT as URGENT_ONES
from concierge.domain.findings import Kind
from concierge.mail.mime import read

HEAD = b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: Hello\r\n"
LETTER = b"Hello, please find enclosed what I wrote about.\r\n"
BESIDE = {
    "a text file": (b"text/plain; name=a.txt", b"attachment; filename=a.txt", URGENT),
    "an event": (
        b"text/calendar",
        b"attachment; filename=a.ics",
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{URGENT}\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    "hidden words": (
        b"text/html",
        b"inline",
        f"<p>{LETTER.decode()}</p><p style='display:none'>{URGENT}</p>",
    ),
}


@pytest.mark.parametrize("which", BESIDE)
def test_it_finds_urgency_beside_the_letter(which):
    kind, disposition, text = BESIDE[which]
    raw = (
        HEAD + b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n\r\n' + LETTER
        + b"--b1\r\nContent-Type: " + kind + b"\r\nContent-Disposition: " + disposition
        + b"\r\n\r\n" + text.encode() + b"\r\n--b1--\r\n"
    )  # fmt: skip
    message = read(raw)
    assert URGENT not in message.body
    assert triage(message, rulebook()).urgency.value in URGENT_ONES


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "verschlüsselte"),
        ("en", "encrypted"),
        ("es", "cifrado"),
        ("fr", "chiffré"),
        ("pt", "criptografado"),
    ],
)
def test_it_asks_for_plain_text_and_quotes_no_ciphertext(language, word):
    armour = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQIMAzZIwfYs\r\n-----END PGP MESSAGE-----\r\n"
    message = read(HEAD.replace(b"Hello", b"...") + b"\r\n" + armour)
    found = triage(message, rulebook())
    assert found.kind.value is Kind.UNREADABLE
    draft = compose_draft(message, found, rulebook(), NOW.date(), hints=Hints(language))
    assert word in draft.text
    assert "hQIMAzZIwfYs" not in draft.subject + draft.text


def test_it_reads_who_only_signs_like_anybody_else():
    signed = (
        b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n" + URGENT.encode()
        + b"\r\n-----BEGIN PGP SIGNATURE-----\r\nabc\r\n-----END PGP SIGNATURE-----\r\n"
    )  # fmt: skip
    found = triage(read(HEAD + b"\r\n" + signed), rulebook())
    assert (found.kind.value, found.text) == (Kind.HUMAN, URGENT)
