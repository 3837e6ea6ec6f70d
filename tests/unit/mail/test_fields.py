"""Header blocks and encoded words as broken as they come."""

from __future__ import annotations

import pytest

from concierge.mail import fields


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?Q?what??= now", "what? now"),
        (b"=?utf-8?B?SGVsbG8", "Hello"),
        (b"=??Q?caf=E9?=", "café"),
        (b"=?utf-8?B?YQ==Yg==?=", "ab"),
        (b"=?utf-8?B?YQ?=", "a"),
        (b'=?"utf-8"?Q?caf=C3=A9?=', "café"),
        (b"=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        (b"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        (b"=?utf-8?q?=3D=3Futf-8=3Fq=3Fhi=3F=3D?=", "hi"),
        (b"=?a?q?=?utf-8?q?x?=", "x"),
        (b"1 =?= 2 =? 3 ?= 4", "1 =?= 2 =? 3 ?= 4"),
        (b"a\n b\n\tc", "a b c"),
    ],
)
def test_it_decodes_words(value, text):
    assert fields.decode(value) == text


def test_it_reads_utf8_headers_whatever_the_body_declares():
    assert fields.decode("Grüße".encode(), "gb18030") == "Grüße"
    assert fields.decode("Grüße".encode("cp1252"), "cp1252") == "Grüße"


def test_it_takes_all_raw_headers_together_to_tell_their_charset():
    raw = "Subject: помощь\nX-A: да\nFrom: Амина <a@x.org>\n\n".encode("koi8-r")
    block, _ = fields.split(raw)
    found = fields.eight_bit_codec(block, "")
    assert (found.codec[:4], found.guessed) == ("koi8", True)
    assert fields.decode(block.first("x-a"), found.codec) == "да"
    assert fields.eight_bit_codec(fields.split(b"Subject: x\n\n")[0], "") is None


@pytest.mark.parametrize(
    ("raw", "names", "faults"),
    [
        (b"A: 1\nB: 2\n 3\n\nx", ["A", "B"], set()),
        (b"A: 1\r\nB : 2\r\n\r\nx", ["A", "B"], set()),
        (b"From me Mon\nA: 1\n\nx", ["A"], set()),
        (b"A: 1\njunk\nFrom: b\n\nx", ["A", "From"], {"junk_header_line"}),
        (b"A: 1\nHello there\n\nx", ["A"], {"no_blank_line"}),
        (b'A: 1;\nname="b:c"\n\nx', ["A"], set()),
    ],
)
def test_it_splits_header_blocks(raw, names, faults):
    block, body = fields.split(raw)
    assert ([name for name, _ in block.fields], block.faults) == (names, faults)
    assert body.endswith(b"x")


def test_it_reads_a_sound_block_as_it_reads_a_faulty_one():
    sound = b"A: 1\nB: 2\n 3\nFrom: x\n\n"
    faulty = b"A: 1\nB: 2\n 3\njunk\nFrom: x\n\n"
    assert fields.split(sound)[0].fields == fields.split(faulty)[0].fields


def test_it_cuts_headers_at_the_limit_it_is_given():
    block, body = fields.split(b"A: " + b"x" * 900 + b"\nB: y\n\nbody", limit=100)
    assert (len(block.fields), block.faults, body) == (1, {"headers_cut"}, b"body")
