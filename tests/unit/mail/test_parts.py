"""Transfer encodings under wrong labels, damaged, and joined."""

from __future__ import annotations

import pytest

from concierge.mail import parts, transfer


@pytest.mark.parametrize(
    ("payload", "encoding", "data"),
    [
        (b"aGVsbG8=\naGVsbG8=\n", "base64", b"hellohello"),
        (b"aGVsbG8=\n_____\nfoo list\n", "base64", b"hello"),
        (b"aGVs*bG8", "base64", b"hello"),
        (b"aGVsb", "base64", b"hel"),
        (b"this is no base64 at all", "base64", b"this is no base64 at all"),
        (b"a=\nb=3D=C3=A9=", "quoted-printable", b"ab=\xc3\xa9"),
        (b"begin 644 a\n#0V%T\n`\nend\n", "x-uuencode", b"Cat"),
        (b"begin 644 a\n#0V%T\n\xff\xff\n#0V%T\nend\n", "uuencode", b"CatCat"),
        (b"nothing begins", "uuencode", b"nothing begins"),
        (b"as it is", "gzip", b"as it is"),
    ],
)
def test_it_takes_transfer_encodings_off(payload, encoding, data):
    assert transfer.decoded(payload, encoding) == data


def test_it_lets_no_encoding_grow():
    grown = transfer.decoded(b"begin 6 a\n" + b"M\n" * 10_000, "uuencode")
    assert len(grown) <= 20_100


def test_it_stops_reading_headers_when_all_parts_together_have_too_many():
    part = b"--b\nX-A: " + b"y" * 20_000 + b"\n\nx\n"
    budget = parts.Budget()
    root = parts.tree(b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 100, budget)
    total = sum(len(v) for child in root.children for _, v in child.block.fields)
    assert total <= 1_100_000
    assert "headers_cut" in budget.faults


@pytest.mark.parametrize(
    ("preamble", "types"),
    [
        (b"Your mail was not delivered.\n", ["text/plain", "image/png"]),
        (b"This is a multi-part message in MIME format.\n", ["image/png"]),
        (b"", ["image/png"]),
    ],
)
def test_it_keeps_the_only_words_where_they_stand_before_the_first_part(preamble, types):
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    root = parts.tree(head + preamble + b"--b\nContent-Type: image/png\n\nx\n", parts.Budget())
    assert [child.content_type for child in root.children] == types


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("content", [b"", b"one", b"one\n", b"\n\n"])
def test_it_gives_a_part_without_the_line_break_of_its_boundary(content, end):
    raw = end.join(
        [b"Content-Type: multipart/mixed; boundary=b", b"", b"--b", b"", content, b"--b--", b""]
    )
    (part,) = parts.tree(raw, parts.Budget()).children
    assert part.payload == content
