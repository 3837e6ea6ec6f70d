"""What came with a mail: told by its bytes, its words beside it, never opened."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import calendars, mime, sniffing, tnef
from concierge.mail.texts import attached

HEAD = b"From: Amina <amina@example.org>\r\nSubject: Help\r\n"


def mail(*parts: bytes) -> bytes:
    body = b"".join(b"--b1\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n' + body + b"--b1--\r\n"


def part(content: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return (
        head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)
    )


def codes(message):
    return {defect.code for defect in message.defects}


PROGRAM = b"MZ\x90\0" + b"\0" * 60 + b"This program cannot be run in DOS mode.\r\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"PK\x03\x04" + b"x" * 40 + b"word/document.xml", sniffing._OFFICE[0][1]),
        (b"PK\x03\x04song.mid", "application/zip"),
        (PROGRAM, "application/x-executable"),
        (b"#!/bin/sh\n", "application/x-script"),
        (b"  <!DOCTYPE html><p>", "text/html"),
        (b"Received: from x\r\nFrom: a@x\r\n\r\nhi", "message/rfc822"),
        (b"BEGIN:VCARD\r\n", "text/vcard"),
        (b"MZ as in my name", ""),
        (b"Dear desk", ""),
        (b"", ""),
    ],
)
def test_it_tells_a_file_by_its_first_bytes(content, kind):
    assert sniffing.sniffed(content) == kind


@pytest.mark.parametrize(
    ("content", "kind", "name", "detected"),
    [
        (b"%PDF-1.7", "application/octet-stream", "cv.pdf", ""),
        (b"%PDF-1.7", "application/pdf", "unnamed", ""),
        (b"%PDF-1.7", "image/jpeg", "photo.jpg", "application/pdf"),
        (b"%PDF-1.7", "application/octet-stream", "data", "application/pdf"),
        (b"PK\x03\x04", "application/octet-stream", "song.mscz", ""),
        (PROGRAM, "application/pdf", "cv.pdf", "application/x-executable"),
        (PROGRAM, "application/octet-stream", "tool.exe", ""),
        (b"hello", "image/png", "x.png", ""),
    ],
)
def test_it_tells_only_what_the_claim_does_not(content, kind, name, detected):
    assert sniffing.detected(content, kind, name) == detected


@pytest.mark.parametrize(
    ("content", "name"), [(PROGRAM, "cv.pdf"), (b"anything", "contract.pdf.exe")]
)
def test_it_warns_of_a_program_under_another_name(content, name):
    message = mime.read(mail(b"\r\nhello", part(content, name)))
    assert "program_disguised" in codes(message)
    assert name in next(d.detail for d in message.defects if d.code == "program_disguised")


def test_it_keeps_quiet_about_honest_files():
    message = mime.read(mail(b"\r\nhello", part(b"%PDF-1.7", "cv.pdf", "application/pdf")))
    assert (codes(message), message.attachments[0].detected_type) == (set(), "")


def test_it_tells_an_event():
    text = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Band meeting\\, urgent\r\n"
        "DTSTART;TZID=Europe/Dublin:20261103T190000\r\nDTEND:20261103T200000Z\r\n"
        "LOCATION:The long\r\n  room\r\nORGANIZER;CN=Bo:mailto:bo@example.net\r\n"
        "BEGIN:VALARM\r\nDESCRIPTION:ring\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert calendars.event_text(text).split("\n") == [
        "What: Band meeting, urgent",
        "When: 2026-11-03 19:00 Europe/Dublin",
        "Until: 2026-11-03 20:00 UTC",
        "Where: The long room",
        "Called by: Bo <bo@example.net>",
    ]


def test_it_tells_a_contact():
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB\n"
        "item1.TEL;CELL:+353 1 555\nEMAIL:zoe@example.org\nORG:Band;Crew\nPHOTO:AAAA\nEND:VCARD\n"
    )
    assert calendars.contact_text(text).split("\n") == [
        "Name: Zoë",
        "Phone: +353 1 555",
        "Mail: zoe@example.org",
        "Of: Band, Crew",
    ]


@given(st.text(alphabet="BEGINVCARDTLF:;=\n\r ") | st.text())
def test_it_tells_any_text(text):
    calendars.event_text("BEGIN:VEVENT\n" + text)
    calendars.contact_text("BEGIN:VCARD\n" + text)


def test_it_lists_events_and_contacts_with_their_words():
    ics = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Show\nEND:VEVENT\nEND:VCALENDAR\n"
    message = mime.read(mail(b"\r\nsee", part(ics, "invite.ics", "text/calendar")))
    assert message.attachments[0].text == "What: Show"
    assert message.body.strip() == "see"


def test_it_takes_a_text_file_for_the_letter_when_there_is_no_other():
    alone = mime.read(mail(part(b"please help me", "text_0.txt", "text/plain")))
    assert alone.body == "please help me"
    beside = mime.read(mail(b"\r\nsee below", part(b"please help me", "a.txt", "text/plain")))
    assert beside.body.strip() == "see below"
    assert beside.attachments[0].text == "please help me"


def attribute(level: int, name: int, value: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, 0, len(value))
        + value
        + struct.pack("<H", sum(value) % 65536)
    )


def prop(kind: int, name: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


BODY = attribute(
    1, 0x9003, struct.pack("<I", 1) + prop(0x1F, 0x1000, "I need help, Amína\0".encode("utf-16-le"))
)
FILE = (
    attribute(2, 0x9002, b"\0" * 14)
    + attribute(2, 0x8010, b"CV~1.PDF\0")
    + attribute(2, 0x800F, b"%PDF-1.7")
    + attribute(2, 0x9005, struct.pack("<I", 1) + prop(0x1E, 0x3707, b"My CV.pdf\0"))
)


def test_it_reads_the_letter_in_a_winmail_dat():
    raw = mail(part(winmail(BODY, FILE), "winmail.dat", "application/ms-tnef"))
    message = mime.read(raw)
    assert message.body == "I need help, Amína"
    assert [(a.name, a.size, a.note) for a in message.attachments[1:]] == [
        ("My CV.pdf", 8, "in winmail.dat")
    ]
    assert [content for _, content in attached(raw)][1] == b"%PDF-1.7"
    assert codes(message) == set()


def test_it_keeps_the_letter_a_mail_has_beside_its_winmail_dat():
    raw = mail(b"\r\nmy own words", part(winmail(BODY), "winmail.dat", "application/ms-tnef"))
    assert mime.read(raw).body.strip() == "my own words"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"nothing", "tnef"), (winmail(BODY) + b"\1\0\x90\0\0\xff\xff\0\0abc", "tnef_damaged")],
)
def test_it_says_what_of_a_winmail_dat_cannot_be_read(content, code):
    message = mime.read(mail(b"\r\nhi", part(content, "winmail.dat", "application/ms-tnef")))
    assert code in codes(message)


def test_it_says_that_a_letter_is_in_a_form_it_does_not_read():
    rtf = attribute(1, 0x9003, struct.pack("<I", 1) + prop(0x102, 0x1009, b"LZFu"))
    message = mime.read(mail(part(winmail(rtf), "winmail.dat", "application/ms-tnef")))
    assert message.attachments[0].note == "its letter cannot be read here"


def test_it_does_not_count_as_far_as_a_file_tells_it_to():
    endless = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1001, 0x1000, 0xFFFFFFFF)
    with pytest.raises(tnef.NotRead):
        tnef.read(winmail(attribute(1, 0x9003, endless)))


@given(st.binary())
def test_it_reads_any_winmail_dat(content):
    for data in (winmail(content), winmail(BODY[:40] + content), winmail(FILE, content)):
        try:
            tnef.read(data)
        except tnef.NotRead:
            continue


@given(st.binary(), st.sampled_from(["a.pdf", "a.ics", "b.vcf", "c.txt", "d.html", "winmail.dat"]))
def test_it_lists_any_bytes_under_any_name(content, name):
    raw = mail(b"\r\nhi", part(content, name))
    message = mime.read(raw)
    assert "reader_failed" not in codes(message)
    assert [one.name for one in message.attachments] == [name]
    assert attached(raw)[0][1] == content
