"""What is taken of a mail over the size limit."""

from __future__ import annotations

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail.imap_excerpt import TextSection, find_text, rebuild


def leaf(kind, subtype, size=10, disposition=None):
    tail = (b"1", None, disposition) if kind == b"text" else (None, disposition)
    return (kind, subtype, (b"charset", b"utf-8"), None, None, b"7bit", size, *tail)


def multipart(*parts, boundary=b"b1", subtype=b"mixed"):
    return (list(parts), subtype, (b"boundary", boundary))


PLAIN, HTML = leaf(b"text", b"plain"), leaf(b"TEXT", b"HTML")
EMPTY = leaf(b"text", b"plain", size=0)
ATTACHED = leaf(b"text", b"plain", disposition=(b"ATTACHMENT", None))
SONG = leaf(b"audio", b"mpeg", 9_000_000)


@pytest.mark.parametrize(
    ("structure", "expected"),
    [
        (PLAIN, TextSection("1", b"")),
        (HTML, TextSection("1", b"")),
        (SONG, None),
        (multipart(PLAIN, SONG), TextSection("1", b"b1")),
        (multipart(SONG, PLAIN), TextSection("2", b"b1")),
        (multipart(HTML, PLAIN), TextSection("2", b"b1")),
        (multipart(SONG, HTML), TextSection("2", b"b1")),
        (multipart(EMPTY, HTML), TextSection("2", b"b1")),
        (multipart(ATTACHED, HTML), TextSection("2", b"b1")),
        (multipart(SONG, ATTACHED), None),
        (
            multipart(multipart(multipart(PLAIN, HTML), SONG), SONG, boundary=b"top"),
            TextSection("1.1.1", b"top"),
        ),
        (multipart(PLAIN, boundary=1234), TextSection("1", b"1234")),
        (multipart(PLAIN, boundary=b"two\r\nlines"), None),
        (multipart(PLAIN, boundary=b""), None),
        (([PLAIN], b"mixed", None), None),
        (([PLAIN], b"mixed"), None),
        (None, None),
        ((), None),
        ((b"text",), None),
        (7, None),
    ],
)
def test_it_finds_the_text_a_person_would_read_first(structure, expected):
    assert find_text(structure) == expected


def test_it_finds_nothing_in_the_depths():
    structure = PLAIN
    for _ in range(500):
        structure = multipart(structure)
    assert find_text(structure) is None


NONSENSE = st.recursive(
    st.none() | st.integers() | st.binary(max_size=6) | st.sampled_from([b"text", b"boundary"]),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=9).map(tuple),
    max_leaves=30,
)


@given(NONSENSE)
def test_it_is_total_over_nonsense(structure):
    found = find_text(structure)
    assert found is None or isinstance(found, TextSection)


def test_it_rebuilds_a_mail_a_parser_takes_without_complaint():
    header = b'Subject: A demo\r\nContent-Type: multipart/mixed; boundary="b 1"\r\n\r\n'
    mime = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    raw = rebuild(header, mime, b"rent\r\n", TextSection("2", b"b 1"), 1000)
    parsed = email.message_from_bytes(raw)
    (part,) = parsed.get_payload()
    assert (parsed["Subject"], part.get_payload().strip()) == ("A demo", "rent")
    assert not parsed.defects


def test_it_rebuilds_a_mail_of_one_part_from_its_headers():
    raw = rebuild(b"Subject: x", b"", b"rent\r\n", TextSection("1", b""), 1000)
    assert raw == b"Subject: x\r\n\r\nrent\r\n"


def test_it_cuts_a_cut_text_back_to_a_whole_line():
    section = TextSection("1", b"")
    assert rebuild(b"A: b", b"", b"one\r\ntwo", section, 8) == b"A: b\r\n\r\none\r\n"
    assert rebuild(b"A: b", b"", b"one\r\ntwo", section, 9) == b"A: b\r\n\r\none\r\ntwo"
    assert rebuild(b"A: b", b"", b"no line end", section, 11) == b"A: b\r\n\r\nno line end"
