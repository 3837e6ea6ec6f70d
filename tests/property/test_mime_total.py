"""Any bytes, and any mail that was damaged on its way, become a message within bounds.

`MIME_EXAMPLES=100000 pytest tests/property/test_mime_total.py` runs as many as one likes.
"""

from __future__ import annotations

import os
import random
import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.mail_bounds import assert_in_bounds

import concierge.demo
from concierge.mail import mime

LETTERS = Path(concierge.demo.__file__).parent / "letters"
BOUNDED = settings(
    max_examples=int(os.environ.get("MIME_EXAMPLES", "300")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
CHARSETS = [
    b"utf-7", b"utf-16", b"utf-32", b"hz", b"iso-2022-jp", b"iso-2022-kr", b"gb18030", b"big5",
    b"cp037", b"idna", b"unicode_escape", b"base64", b"x", b"", b"koi8-r", b"shift_jis", b"mbcs",
]  # fmt: skip
ENCODINGS = [b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"binary", b"gzip"]
TYPES = [
    b"text/html", b"message/rfc822", b"multipart/mixed", b"multipart/report", b"text/calendar",
    b"application/ms-tnef", b"application/pkcs7-mime", b"message/delivery-status", b"text", b"/",
    b"multipart/digest", b"multipart/alternative", b"text/vcard", b"multipart/encrypted",
]  # fmt: skip
TOKENS = [
    b"\r\n", b"\n\n", b"\r", b"--b1", b"--b1--", b";", b'"', b"=?utf-8?b?", b"?=", b"\0", b"\xff",
    b"<", b"(", b"\x1b$B", b"\x1b$", b"+2AA-", b"begin 6 x\n", b"name*0*=", b"=", b"=\n", b":",
    b"-----BEGIN PGP MESSAGE-----", b"\xef\xbb\xbf", b"\xff\xfe\0", b"\xc3\x83\xc2\xa4", b"~{",
    b"@",
]  # fmt: skip
CHARSET = re.compile(rb"charset=[^\s;]*")
ENCODING = re.compile(rb"(?i)(?<=transfer-encoding: )[\w-]+")
TYPE = re.compile(rb"(?i)(?<=content-type: )[\w/-]+")

HEAD = (
    b"From: Amina <amina@example.org>\r\nTo: desk@example.net\r\nSubject: =?utf-8?q?h=C3=A9lp?=\r\n"
)
SHAPES = (
    HEAD + b"References: <a@x> <b@x>\r\nDate: Tue, 3 Nov 2026 10:15:00 +0530\r\n"
    b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B$3$s\x1b(B\r\n",
    HEAD + b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n'
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"aGVsbG8=\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nbody\r\n"
    b"--b1\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<p>a<blockquote>\xc4\xe3</p>\r\n"
    b"--b1\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nSUMMARY:x\r\n--b1--\r\n",
    HEAD + b'Content-Type: multipart/report; boundary="b1"\r\n\r\n--b1\r\n\r\nNot delivered.\r\n'
    b"--b1\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n--b1\r\n"
    b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <1@x>\r\n\r\nours\r\n--b1--\r\n",
    HEAD + b"Content-Type: application/pdf;\r\n name*0*=utf-8''r%C3%A9;\r\n name*1=s.pdf\r\n"
    b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#0V%T\r\n`\r\nend\r\n",
    HEAD.replace(b"Amina", b"\xc3\x84mina") + b"Content-Type: text/plain; charset=koi8-r\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=F0=CF=CD=CF=C7=\r\n=C9=D4=C5\r\n",
)


@lru_cache(maxsize=1)
def mails() -> tuple[bytes, ...]:
    return (*SHAPES, *(path.read_bytes() for path in sorted(LETTERS.glob("*.eml"))))


def shuffled(raw: bytes, seed: int) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    random.Random(seed).shuffle(lines)
    return b"\r\n".join(lines) + blank + body


def replaced(pattern: re.Pattern[bytes], new: bytes, raw: bytes) -> bytes:
    return pattern.sub(lambda _: new, raw)


AT, SIZE = st.integers(0, 4_000), st.integers(0, 40)
DAMAGE = st.one_of(
    st.tuples(st.just("flip"), AT, st.integers(0, 7)),
    st.tuples(st.just("cut"), AT, SIZE),
    st.tuples(st.just("shuffle"), AT, SIZE),
    st.tuples(st.just("splice"), AT, st.sampled_from(TOKENS)),
    st.tuples(st.just("double"), AT, SIZE),
    st.tuples(st.just("charset"), AT, st.sampled_from(CHARSETS)),
    st.tuples(st.just("encoding"), AT, st.sampled_from(ENCODINGS)),
    st.tuples(st.just("type"), AT, st.sampled_from(TYPES)),
)


def damaged(raw: bytes, how: str, at: int, what: int | bytes) -> bytes:
    at %= len(raw) + 1
    if how == "flip" and at < len(raw):
        return raw[:at] + bytes((raw[at] ^ 1 << what,)) + raw[at + 1 :]
    if how == "cut":
        return raw[:at]
    if how == "splice":
        return raw[:at] + what + raw[at:]
    if how == "double":
        return raw[: at + what] + raw[at:]
    if how == "shuffle":
        return shuffled(raw, at)
    pattern = {"charset": CHARSET, "encoding": ENCODING, "type": TYPE}.get(how)
    new = b"charset=" + what if how == "charset" else what
    return raw if pattern is None else replaced(pattern, new, raw)


@BOUNDED
@given(st.binary(max_size=600))
def test_it_reads_any_bytes_within_bounds(raw):
    assert_in_bounds(mime.read(raw))


@BOUNDED
@given(st.integers(0, 1_000), st.lists(DAMAGE, max_size=8))
def test_it_reads_damaged_mail_within_bounds(which, damage):
    raw = mails()[which % len(mails())]
    for how, at, what in damage:
        raw = damaged(raw, how, at, what)
    assert_in_bounds(mime.read(raw))


@pytest.mark.parametrize("raw", mails())
def test_it_has_sound_mail_to_damage(raw):
    message = mime.read(raw)
    assert message.sender is not None
    assert not {"no_sender", "no_blank_line"} & {d.code for d in message.defects}
