"""Whatever bytes arrive, reading ends soon, in bounds, and with a message."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.mail_bounds import assert_in_bounds
from support.nasty_mails import NASTY

from concierge.mail import fields, html, mime, parts, texts

HEADER_BYTES = parts._HEADER_BYTES
FOUND = sorted((Path(__file__).parents[2] / "fuzz_corpus").iterdir())

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


@pytest.mark.parametrize("name", NASTY)
def test_it_reads_hostile_mail_within_its_bounds(name):
    started = time.process_time()
    message = mime.read(NASTY[name]())
    # Measured: half a second at most, for all but a few a tenth; the rest is for slow machines.
    assert time.process_time() - started < 2
    assert_in_bounds(message)


@pytest.mark.parametrize("name", NASTY)
def test_it_splits_hostile_mail_within_its_budget(name):
    raw = NASTY[name]()
    budget = parts.Budget()
    found = list(walk(parts.tree(raw, budget)))
    assert len(found) <= 2 * parts.PARTS + 2
    assert max(depth for depth, _ in found) <= parts.DEPTH + 1
    headers = [value for _, part in found for _, value in part.block.fields]
    assert len(headers) <= HEADER_BYTES / 40 + fields.HEADER_COUNT
    assert sum(map(len, headers)) <= HEADER_BYTES + fields.BLOCK_BYTES
    assert max(map(len, headers), default=0) <= fields.VALUE_BYTES
    assert sum(len(part.payload) for _, part in found) <= 8 * len(raw) + 2_000_000
    for _, part in found:
        if not part.children:
            assert len(part.data()) <= max(len(part.payload), 100) + 60


def walk(part, depth=0):
    yield depth, part
    for child in part.children:
        yield from walk(child, depth + 1)


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


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_it_reads_what_fuzzing_found(path):
    assert_in_bounds(mime.read(path.read_bytes()))


def test_it_has_what_fuzzing_found():
    assert len(FOUND) > 100


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
