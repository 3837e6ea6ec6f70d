"""Whatever bytes arrive, reading ends soon, in bounds, and with a message."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.mail import html, mime, parts, texts

VALID = (
    b"From: Amina <amina@example.org>\r\nSubject: =?utf-8?q?h=C3=A9lp?=\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"aGVsbG8=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nbody\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>a<blockquote>b</p>\r\n--b--\r\n"
)
TOKENS = st.sampled_from(
    [b"\r\n", b"\n\n", b"--b", b"--b--", b";", b'"', b"=?utf-8?b?", b"?=", b"\0", b"\xff", b"<",
     b"(", b"charset=", b"utf-7", b"idna", b"unicode_escape", b"\x1b$B", b"Content-Type: ",
     b"name*0*="]
)  # fmt: skip


def nested(depth: int) -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n'
    return b"".join(head % (i, i) for i in range(depth)) + b"\nhi\n"


def mixed(part: bytes, count: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=b\n\n" + part * count


def page(markup: bytes) -> bytes:
    return b"Subject: x\nContent-Type: text/html\n\n" + markup


HOSTILE = {
    "a megabyte of recipients": b"To: " + b", ".join([b"user@example.org"] * 60_000) + b"\n\nhi",
    "five megabytes of subject": b"Subject: " + b"a" * 5_000_000 + b"\n\nhi",
    "encoded words": b"Subject: " + b" ".join([b"=?utf-8?q?a?="] * 20_000) + b"\n\nhi",
    "half encoded words": b"Subject: " + b"=?a?q?" * 20_000 + b"\n\nhi",
    "parts": mixed(b"--b\n\nx\n", 100_000),
    "parts of one letter's boundary": mixed(b"--bx\n", 200_000),
    "nesting": nested(1_500),
    "nested messages": b"Content-Type: message/rfc822\n\n" * 3_000,
    "semicolons": b"Content-Type: text/plain" + b"; " * 50_000 + b"\n\nhi",
    "open quotes": b"Content-Type: text/plain" + b';a="' * 25_000 + b"\n\nhi",
    "continuations": b"Content-Type: a/b" + b"".join(b";\n n*%d*=a" % i for i in range(20_000)),
    "comments": b"To: " + b"(" * 200_000 + b"\n\nhi",
    "escaped quotes": b"To: " + b'\\"' * 100_000 + b"\n\nhi",
    "junk lines": b"x\n" * 300_000 + b"\nhi",
    "folds": b"Subject: x\n" + b" \n" * 300_000 + b"\nhi",
    "references": b"References: " + b" <a@b>" * 200_000 + b"\n\nhi",
    "uuencode that grows": b"Content-Transfer-Encoding: uuencode\n\nbegin 1 a\n" + b"M\n" * 500_000,
    "open tags": page(b"<a " * 500_000),
    "open comments": page(b"<!--" * 500_000),
    "open scripts": page(b"<script>" * 200_000),
    "angles": page(b"<" * 2_000_000),
    "quotes in quotes": page(b"<blockquote>x" * 100_000),
    "armour": b"\n" + b"-----BEGIN PGP MESSAGE-----\n-----END PGP MESSAGE-----\n" * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_reads_hostile_mail_within_two_seconds(name):
    started = time.process_time()
    message = mime.read(HOSTILE[name])
    assert time.process_time() - started < 2
    assert "reader_failed" not in {defect.code for defect in message.defects}
    assert len(message.body) <= texts.BODY_CHARACTERS
    assert len(message.part_types) <= 2 * parts.PARTS + 2


def test_it_says_what_it_cut_and_keeps_the_raw_text():
    for raw, code in [
        (mixed(b"--b\n\nx\n", 1_000), "too_many_parts"),
        (nested(50), "too_deep"),
        (b"Subject: " + b"a" * 400_000 + b"\n\nhi", "headers_cut"),
        (b"Subject: x\n\n" + b"a" * 300_000, "body_cut"),
    ]:
        message = mime.read(raw)
        assert code in {defect.code for defect in message.defects}
        assert message.raw_text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_it_reads_any_bytes(raw):
    message = mime.read(raw)
    assert "reader_failed" not in {defect.code for defect in message.defects}
    assert "\n" not in message.subject
    assert "\r" not in message.body


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 9), TOKENS), max_size=6))
def test_it_reads_mutated_mail(edits):
    raw = VALID
    for at, size, token in edits:
        raw = raw[:at] + token + raw[at + size :]
    message = mime.read(raw)
    assert "reader_failed" not in {defect.code for defect in message.defects}
    assert all("\n" not in value for _, value in message.headers)


def test_it_keeps_the_raw_text_when_reading_fails(monkeypatch):
    def broken(_root):
        raise KeyError("a fault of ours")

    monkeypatch.setattr(texts, "gather", broken)
    message = mime.read(VALID)
    assert message.unreadable
    assert "hello" not in message.body
    assert "Amina" in message.raw_text
    assert [defect.code for defect in message.defects] == ["reader_failed"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>!-/'\"= abpscriptblockquote&;\n", max_size=200))
def test_it_turns_any_markup_to_text(markup):
    html.to_text(markup)
