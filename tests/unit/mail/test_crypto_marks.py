"""Encrypted mail is recognised and never quoted; who only signs is read like anybody else."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import crypto_marks, mime

HEAD = b"From: Amina <amina@example.org>\r\nSubject: Help\r\n"
LETTER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nI need help with rent\r\n"
DATA, SIGNED, ENVELOPED = (bytes.fromhex(f"2a864886f70d01070{n}") for n in (1, 2, 3))


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def endless(tag: int, content: bytes) -> bytes:
    return bytes([tag]) + b"\x80" + content + b"\0\0"


def cms(kind: bytes, inner: bytes, wrap=der) -> bytes:
    return wrap(0x30, der(0x06, kind) + wrap(0xA0, inner))


def signed(letter: bytes, wrap=der, octets=None) -> bytes:
    octets = octets or der(0x04, letter)
    content = wrap(0x30, der(0x06, DATA) + wrap(0xA0, octets))
    start = der(0x02, b"\1") + der(0x31, der(0x30, der(0x06, b"\x60\x01")))
    return cms(SIGNED, wrap(0x30, start + content + der(0x31, b"signature")), wrap)


def smime(content: bytes, kind: str = "") -> bytes:
    stated = f"; smime-type={kind}" if kind else ""
    head = f"Content-Type: application/pkcs7-mime{stated}; name=smime.p7m\r\n"
    return (
        HEAD
        + head.encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content)
    )


PIECES = der(0x04, LETTER[:50]) + der(0x04, LETTER[50:])


@pytest.mark.parametrize(
    "content",
    [
        signed(LETTER),
        signed(LETTER, endless),
        signed(b"", der, der(0x24, PIECES)),
        signed(b"", endless, endless(0x24, PIECES)),
    ],
)
@pytest.mark.parametrize("kind", ["signed-data", ""])
def test_it_reads_a_letter_inside_its_signature(content, kind):
    message = mime.read(smime(content, kind))
    assert message.body.strip() == "I need help with rent"
    assert (message.encrypted, message.unreadable) == (False, False)


@pytest.mark.parametrize("kind", ["enveloped-data", "signed-data", ""])
def test_it_believes_the_bytes_that_a_letter_is_encrypted(kind):
    message = mime.read(smime(cms(ENVELOPED, der(0x30, b"\2\1\0")), kind))
    assert (message.encrypted, message.unreadable, message.body) == (True, True, "")


def test_it_says_when_a_signed_letter_cannot_be_lifted():
    message = mime.read(smime(signed(LETTER)[:30], "signed-data"))
    assert (message.encrypted, message.unreadable) == (False, True)
    assert "signed_opaque" in {defect.code for defect in message.defects}


def test_it_opens_signatures_around_signatures_only_so_deep():
    inner = LETTER
    for _ in range(5):
        inner = smime(signed(inner))
    assert "signed_opaque" in {defect.code for defect in mime.read(inner).defects}


ARMOUR = "-----BEGIN PGP MESSAGE-----\n\nhQIMAzZI\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    ("text", "rest", "encrypted"),
    [
        ("hello", "hello", False),
        (f"before\n{ARMOUR}after\n", "before\n\nafter\n", True),
        (ARMOUR * 60 + "after", "", True),
        (ARMOUR[:40] + "hQIMA never ends", "", True),
        (
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nHelp\n- -- \nAmina\n"
            "-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n",
            "Help\n-- \nAmina\n\n",
            False,
        ),
        (
            "Hi\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nabc\n-----END PGP PUBLIC KEY BLOCK-----\n",
            "Hi\n\n",
            False,
        ),
    ],
)
def test_it_cuts_armour_out(text, rest, encrypted):
    assert crypto_marks.without_armour(text)[1] is encrypted
    assert crypto_marks.without_armour(text)[0].strip("\n") == rest.strip("\n")


def test_it_calls_a_mail_encrypted_whose_exchange_server_took_it_apart():
    raw = (
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\n\r\n"
        b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
        b'--b\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
        + ARMOUR.encode()
        + b"--b--\r\n"
    )
    message = mime.read(raw)
    assert (message.encrypted, message.unreadable) == (True, True)
    assert "hQIMA" not in message.body + "".join(a.text for a in message.attachments)


@given(st.binary() | st.binary().map(signed) | st.binary().map(lambda b: signed(LETTER)[: len(b)]))
def test_it_walks_any_bytes(data):
    crypto_marks.is_enveloped(data)
    assert isinstance(crypto_marks.signed_content(data), bytes)
