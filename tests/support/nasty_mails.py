"""Mails made to stop a reader: each a few megabytes of whatever some parser chokes on."""

from __future__ import annotations

import base64
from collections.abc import Callable

MEGABYTES = 5_000_000


def _page(markup: bytes) -> bytes:
    return b"Subject: x\nContent-Type: text/html\n\n" + markup


def _parts(part: bytes, count: int) -> bytes:
    return b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + part * count


def _body(encoding: bytes, data: bytes, kind: bytes = b"text/plain") -> bytes:
    head = b"Subject: x\nContent-Type: %s\nContent-Transfer-Encoding: %s\n\n"
    return head % (kind, encoding) + data


def _header(name: bytes, value: bytes) -> bytes:
    return name + b": " + value + b"\n\nhi"


def _nested_parts(depth: int, filler: bytes = b"") -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n'
    return b"".join(head % (i, i) for i in range(depth)) + b"\nhi\n" + filler


def _nested_base64(depth: int) -> bytes:
    """Messages in messages, each level encoded again."""
    mail = b"Subject: innermost\n\n" + b"x" * 300_000
    for _ in range(depth):
        mail = _body(b"base64", base64.encodebytes(mail), b"message/rfc822")
    return mail


#: Name to a function that makes the mail, so that collecting tests costs no memory.
NASTY: dict[str, Callable[[], bytes]] = {
    "subject of 5 MB": lambda: _header(b"Subject", b"a" * MEGABYTES),
    "folded subject of 5 MB": lambda: _header(b"Subject", b"a" + b"\n " * (MEGABYTES // 2)),
    "80,000 recipients": lambda: _header(b"To", b", ".join([b"u@example.org"] * 80_000)),
    "recipients without an @": lambda: _header(b"To", b"a" * 1_000_000),
    "recipients of quotes": lambda: _header(b"From", b'"' * 1_000_000),
    "recipients of brackets": lambda: _header(b"From", b"<" * 500_000 + b"@" + b">" * 500_000),
    "2,000 open comments": lambda: _header(b"To", b"(" * 2_000),
    "a megabyte of open comments": lambda: _header(b"From", b"(\\" * 500_000),
    "recipients of escapes": lambda: _header(b"From", b'"' + b"\\" * 1_000_001),
    "recipients of quoted local parts": lambda: _header(b"From", b'"a b c' * 200_000),
    "content type of semicolons": lambda: _header(b"Content-Type", b"a/b" + b"; " * 50_000),
    "content type of blanks": lambda: _header(b"Content-Type", b"a/b;" + b" " * 100_000 + b"x"),
    "content type of open quotes": lambda: _header(b"Content-Type", b"a/b" + b';a="\\' * 25_000),
    "100,000 encoded words": lambda: _header(b"Subject", b" ".join([b"=?utf-8?q?a?="] * 100_000)),
    "encoded words of no charset": lambda: _header(b"Subject", b"=?x?q?=E9=E8=FF?= b " * 100_000),
    "half encoded words": lambda: _header(b"Subject", b"=?a?q?" * 100_000),
    "encoded word of question marks": lambda: _header(
        b"Subject", b"=?a?q?" + b"?" * 30_000 + b"=?b"
    ),
    "encoded word of equals signs": lambda: _header(b"Subject", b"=?a?b?" + b"A=" * 15_000 + b"?="),
    "encoded words in 1,000 headers": lambda: b"".join(
        b"X: " + b"=?x?b?6ek=?= a " * 300 + b"\n" for _ in range(1_000)
    ) + b"\nhi",
    "8-bit noise in 1,000 headers": lambda: b"".join(
        b"X-%d: " % i + bytes(range(128, 256)) * 8 + b"\n" for i in range(1_000)
    ) + b"\nhi",
    "20,000 continuations": lambda: (
        b"Content-Type: a/b" + b"".join(b";\n n*%d*=%%41" % i for i in range(20_000)) + b"\n\nhi"
    ),
    "50,000 parts": lambda: _parts(b"--b\n\nx\n", 50_000),
    "parts of long headers": lambda: _parts(b"--b\nX: " + b"=?x?q?=E9?= " * 800 + b"\n\nx\n", 500),
    "parts with 1,000 headers": lambda: _parts(b"--b\n" + b"X: y\n" * 1_900 + b"\nx\n", 500),
    "parts of 8-bit noise": lambda: _parts(b"--b\n\n" + bytes(range(160, 256)) * 100 + b"\n", 500),
    "messages of encoded headers": lambda: _parts(
        b"--b\nContent-Type: message/rfc822\n\nSubject: " + b"=?x?b?6ek=?= a " * 600 + b"\n\nx\n",
        500,
    ),
    "boundary look-alikes": lambda: _parts(b"--bx\n", MEGABYTES // 5),
    "boundary in one line": lambda: _parts(b"--b", MEGABYTES // 3),
    "boundary of blanks": lambda: _parts(b"--b" + b" " * 190 + b"x\n", 25_000),
    "no boundary, many candidates": lambda: (
        b"Content-Type: multipart/mixed\n\n" + (b"--x" + b" " * 5_000 + b"\n") * 1_000
    ),
    "1,500 nested parts": lambda: _nested_parts(1_500),
    "nested parts around 4 MB": lambda: _nested_parts(30, b"x" * 4_000_000),
    "1,500 nested messages": lambda: b"Content-Type: message/rfc822\n\n" * 1_500 + b"hi",
    "nested messages in base64": lambda: _nested_base64(8),
    "base64 with noise": lambda: _body(b"base64", b"aGVs*bG8" * 625_000),
    "base64 of padding": lambda: _body(b"base64", b"=" * MEGABYTES),
    "base64 padded by the letter": lambda: _body(b"base64", b"QQ==\n" * 1_000_000),
    "base64 padded by the word": lambda: _body(b"base64", b"QUFBQUFB\nQQ==\n" * 350_000),
    "quoted-printable soft breaks": lambda: _body(b"quoted-printable", b"=\n" * 2_500_000),
    "quoted-printable equals signs": lambda: _body(b"quoted-printable", b"=" * MEGABYTES),
    "uuencode that grows": lambda: _body(b"uuencode", b"begin 6 a\n" + b"M\n" * 2_000_000),
    "uuencode that never begins": lambda: _body(b"uuencode", b"begin\n" * 800_000),
    "one line of 5 MB": lambda: _body(b"8bit", b"a" * MEGABYTES),
    "5 MB of nothing": lambda: b"\0" * MEGABYTES,
    "5 MB of line ends": lambda: b"\n" * MEGABYTES,
    "5 MB of returns": lambda: b"Subject: x\r" + b"\r" * MEGABYTES,
    "5 MB of noise": lambda: b"Subject: x\n\n" + bytes(range(256)) * 19_000,
    "5 MB of utf-8 twice": lambda: _body(b"8bit", "Ã¤".encode() * 1_250_000),
    "5 MB of escapes": lambda: _body(b"8bit", b"\x1b$B!!\x1b(B" * 500_000),
    "5 MB of JIS": lambda: _body(b"8bit", b"\x1b$B" + b"-!" * 2_500_000),
    "utf-7 of 5 MB": lambda: _body(b"8bit", b"+AGE-" * 1_000_000, b"text/plain; charset=utf-7"),
    "hz of 5 MB": lambda: _body(b"8bit", b"~{<:~}" * 800_000, b"text/plain; charset=hz"),
    "junk lines": lambda: b"x\n" * 2_000_000 + b"\nhi",
    "junk before a header": lambda: b"x\n" * 100_000 + b"From: a@x.org\n\nhi",
    "one header name of 5 MB": lambda: b"a" * MEGABYTES,
    "headers without values": lambda: b"a:\n" * 1_500_000,
    "references": lambda: _header(b"References", b" <a@b>" * 700_000),
    "a date of 5 MB": lambda: _header(b"Date", b"1 " * 2_500_000),
    "armour": lambda: b"\n" + b"-----BEGIN PGP MESSAGE-----\n-----END PGP MESSAGE-----\n" * 80_000,
    "open tags": lambda: _page(b"<a " * 1_500_000),
    "nested tables": lambda: _page(b"<table><tr><td>" * 2_000),
    "100,000 nested blocks": lambda: _page(b"<div>" * 100_000),
    "quotes in quotes": lambda: _page(b"<blockquote>x" * 100_000),
    "a page of meta": lambda: _page(b"<meta " * 800_000 + b"\xff"),
}  # fmt: skip
