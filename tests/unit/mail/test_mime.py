"""What is read out of mails as broken as they come."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from concierge.mail import mime

HEAD = b"From: Amina <amina@example.org>\r\nTo: desk@example.net\r\nSubject: Help\r\n"


def codes(message):
    return {defect.code for defect in message.defects}


def multipart(*parts: bytes, kind: bytes = b"mixed", head: bytes = HEAD) -> bytes:
    body = b"".join(b"--b1\r\n" + part + b"\r\n" for part in parts)
    return head + b'Content-Type: multipart/%s; boundary="b1"\r\n\r\n' % kind + body + b"--b1--\r\n"


def test_it_reads_a_plain_letter():
    raw = HEAD + (
        b"Date: Tue, 3 Nov 2026 10:15:00 +0530\r\nMessage-ID: <1@example.org>\r\n"
        b"In-Reply-To: <0@example.net>\r\nReferences: <a@x> <b@x>\r\n"
        b"Cc: Bo <bo@example.net>\r\nReply-To: amina@private.example\r\n\r\nHello\r\nthere\r\n"
    )
    message = mime.read(raw)
    assert message.sender.address == "amina@example.org"
    assert message.sender.name == "Amina"
    assert message.subject == "Help"
    assert message.body.strip() == "Hello\nthere"
    assert message.date == datetime(2026, 11, 3, 4, 45, tzinfo=UTC)
    assert message.utc_offset_minutes == 330
    assert message.message_id == "<1@example.org>"
    assert message.in_reply_to == ("<0@example.net>",)
    assert message.references == ("<a@x>", "<b@x>")
    assert message.cc[0].name == "Bo"
    assert message.answer_to.address == "amina@private.example"
    assert message.defects == ()
    assert message.raw_text == ""


@pytest.mark.parametrize(
    ("header", "address", "name"),
    [
        (b'"Doe, Amina" <a@x.org>', "a@x.org", "Doe, Amina"),
        (b"Doe, Amina <a@x.org>", "a@x.org", "Doe, Amina"),
        (b"a@x.org (Amina)", "a@x.org", "Amina"),
        (b"=?utf-8?q?Am=C3=ADna=2C_D?= <a@x.org>", "a@x.org", "Amína, D"),
        (b'"=?utf-8?b?QW3DrW5h?=" <a@x.org>', "a@x.org", "Amína"),
        (b"friends: a@x.org, b@x.org;", "a@x.org", ""),
        (b"<a@x.org", "a@x.org", ""),
        (b"mailto:a@x.org", "a@x.org", ""),
        (b'"Amina <a@x.org>', "a@x.org", ""),
        ("Zoë <a@x.org>".encode(), "a@x.org", "Zoë"),
        ("Zoë <a@x.org>".encode("latin-1"), "a@x.org", "Zoë"),
        (b"=?utf-8?q?x=0D=0ABcc=3A_evil=40y=2Eorg?= <a@x.org>", "a@x.org", "x Bcc: evil@y.org"),
    ],
)
def test_it_reads_senders_as_people_write_them(header, address, name):
    sender = mime.read(b"From: " + header + b"\n\nhi").sender
    assert (sender.address, sender.name) == (address, name)


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?utf-8?b?Y2Fm?=\r\n =?utf-8?b?w6k=?=", "café"),
        (b"=?utf-8?b?Y2Fmw?= =?utf-8?b?6k=?=", "café"),
        (b"a =?iso-8859-1*en?q?b=E9?= c", "a bé c"),
        (b"=?x-unknown?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?q?hello=0D=0ABcc:_evil@x.org?=", "hello Bcc: evil@x.org"),
        ("Grüße".encode(), "Grüße"),
        (b"folded\r\n\tline", "folded line"),
        (b"nul\0 and bell\7", "nul and bell"),
        (b"=?gb2312?b?xOO6ww==?=", "你好"),
    ],
)
def test_it_decodes_subjects_to_one_clean_line(header, subject):
    assert mime.read(b"Subject: " + header + b"\r\n\r\nhi").subject == subject


def test_it_joins_several_text_parts_around_attachments():
    picture = b'Content-Type: image/png; name="../../etc/me.png"\r\n\r\nPNG'
    message = mime.read(multipart(b"\r\nfirst", picture, b"Content-Type: text/plain\r\n\r\nsecond"))
    assert "first" in message.body
    assert "second" in message.body
    assert [(a.name, a.content_type) for a in message.attachments] == [("me.png", "image/png")]
    assert message.part_types == ("multipart/mixed", "text/plain", "image/png", "text/plain")


def test_it_prefers_the_plain_alternative_and_falls_back_to_html():
    html = b"Content-Type: text/html\r\n\r\n<p>rich &eacute;</p><script>alert(1)</script>"
    plain = b"Content-Type: text/plain\r\n\r\nplain"
    both = mime.read(multipart(plain, html, kind=b"alternative"))
    assert both.body.strip() == "plain"
    assert mime.read(multipart(html, kind=b"alternative")).body.strip() == "rich é"


def test_it_takes_the_html_when_the_plain_alternative_is_a_stub():
    html = b"Content-Type: text/html\r\n\r\n<p>" + b"I need help with my rent. " * 20 + b"</p>"
    message = mime.read(multipart(b"\r\nUse an HTML reader.", html, kind=b"alternative"))
    assert "my rent" in message.body


def test_it_keeps_the_text_of_a_part_without_headers():
    assert "Name: Amina" in mime.read(multipart(b"\r\nName: Amina")).body


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"garbage without a colon\n" + HEAD + b"\nhello", "junk_header_line"),
        (HEAD + b"Dear desk, hello\nsecond line\n", "no_blank_line"),
        (HEAD + b"Content-Type: multipart/mixed\r\n\r\nhello there", "missing_boundary"),
        (
            HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n"
            b"hello\r\n--x--\r\n",
            "missing_boundary",
        ),
    ],
)
def test_it_finds_the_text_behind_broken_structure(raw, code):
    message = mime.read(raw)
    assert "hello" in message.body
    assert message.subject == "Help"
    assert code in codes(message)


def test_it_reads_a_parameter_line_that_lost_its_leading_space():
    raw = HEAD + b'Content-Type: multipart/mixed;\nboundary="b1"\n\n--b1\n\nhello\n--b1--\n'
    message = mime.read(raw)
    assert message.body.strip() == "hello"
    assert not codes(message)


def test_it_reads_old_mac_line_ends():
    message = mime.read(b"From: a@x.org\rSubject: old\r\rhello\rthere")
    assert (message.subject, message.body) == ("old", "hello\nthere")


@pytest.mark.parametrize("encoding", [b"base64", b"BASE64 ", b"base64; x"])
def test_it_decodes_base64_even_when_cut(encoding):
    text = base64.b64encode(b"hello world, help me")[:-3]
    message = mime.read(HEAD + b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + text)
    assert message.body.startswith("hello world, help")


def test_it_takes_nul_and_control_characters_out_of_the_body():
    assert mime.read(HEAD + b"\r\nhe\0llo\x1b[2J\x07").body == "hello[2J"


def test_it_says_when_letters_were_lost():
    raw = HEAD + b"Content-Type: text/plain; charset=big5\r\n\r\n" + b"caf\x81\x8d ok"
    message = mime.read(raw)
    assert "text_damaged" in codes(message)
    assert "ok" in message.body


def test_it_lists_a_forwarded_message_and_reads_its_text():
    inner = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: dee@x.org\r\nSubject: inner\r\n\r\nplease help"
    )
    message = mime.read(multipart(b"\r\nsee below", inner))
    assert "please help" in message.body
    assert [a.name for a in message.attachments] == ["inner.eml"]


def test_it_keeps_a_bounce_and_its_original_out_of_the_body():
    status = b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    original = b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <sent@x>\r\n\r\nour letter"
    raw = multipart(b"\r\nCould not deliver.", status, original, kind=b"report")
    message = mime.read(raw)
    assert message.body.strip() == "Could not deliver."
    assert "Status: 5.1.1" in message.report_text
    assert "<sent@x>" in message.report_text
    assert "our letter" not in message.report_text


ARMOUR = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQIMAzZIwfYs2Fy5\r\n-----END PGP MESSAGE-----\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        multipart(b"Content-Type: application/octet-stream\r\n\r\n" + ARMOUR, kind=b"encrypted"),
        HEAD + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIAG",
        HEAD + b"\r\n" + ARMOUR,
    ],
)
def test_it_recognises_encrypted_mail_and_shows_no_ciphertext(raw):
    message = mime.read(raw)
    assert message.encrypted
    assert message.unreadable
    assert message.body.strip() == ""
    assert "encrypted" in codes(message)
    assert message.raw_text


def test_it_keeps_words_around_armour_and_inside_clear_signatures():
    message = mime.read(HEAD + b"\r\nplease read\r\n" + ARMOUR)
    assert (message.encrypted, message.unreadable) == (True, False)
    signed = (
        b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA1\r\n\r\nI need help\r\n"
        b"-----BEGIN PGP SIGNATURE-----\r\nabc\r\n-----END PGP SIGNATURE-----\r\n"
    )
    assert mime.read(HEAD + b"\r\n" + signed).body.strip() == "I need help"


def test_it_calls_a_mail_of_attachments_readable_and_empty():
    message = mime.read(multipart(b"Content-Type: image/jpeg; name=a.jpg\r\n\r\nxx"))
    assert not message.unreadable
    assert "no_text" in codes(message)
    assert message.body == ""


def test_it_calls_an_empty_mail_readable_and_empty():
    for raw in (b"", HEAD, HEAD + b"\r\n  \r\n", multipart(b"\r\n", b"\r\n")):
        message = mime.read(raw)
        assert not message.unreadable
        assert "no_text" in codes(message)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nMIAG",
        HEAD + b"Content-Type: text/html\r\n\r\n<img src=x>",
        b"\0\0\0\0",
    ],
)
def test_it_says_unreadable_when_there_was_something_and_no_text_came_of_it(raw):
    message = mime.read(raw)
    assert message.unreadable
    assert message.raw_text


def test_it_tells_what_was_left_on_the_server():
    message = mime.read(HEAD + b"\r\nhi", complete=False, size=99_000_000)
    assert "left_on_server" in codes(message)
    assert "99000000" in message.defects[-1].detail


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"<[anu10]x@y>", "<[anu10]x@y>"),
        (b"bare@y.org", "<bare@y.org>"),
        (b"<a\r\n b@y>", "<ab@y>"),
        (b"nothing", ""),
        (b"", ""),
    ],
)
def test_it_normalises_message_ids(header, expected):
    assert mime.read(b"Message-ID: " + header + b"\r\n\r\nhi").message_id == expected


@pytest.mark.parametrize(
    ("header", "offset"),
    [(b"Tue, 3 Nov 2026 10:15:00 -0000", None), (b"Tue, 3 Nov 2026 10:15:00 +0000", 0)],
)
def test_it_tells_an_unknown_offset_from_utc(header, offset):
    assert mime.read(b"Date: " + header + b"\n\nhi").utc_offset_minutes == offset


@pytest.mark.parametrize(
    "header", [b"yesterday", b"Tue, 99 Nov 2026 77:00", b"1 Jan 99999 0:0", b""]
)
def test_it_gives_no_date_for_nonsense(header):
    assert mime.read(b"Date: " + header + b"\n\nhi").date is None


def test_it_takes_the_sender_from_elsewhere_and_says_so():
    message = mime.read(b"From: nobody\nReturn-Path: <amina@x.org>\n\nhi")
    assert message.sender.address == "amina@x.org"
    assert "sender_guessed" in codes(message)
    assert "no_sender" in codes(mime.read(b"Subject: x\n\nhi"))


def test_it_names_attachments_safely():
    name = "C:\\temp\\..\\b\u202egpj.exe\r\n"
    part = f'Content-Type: application/x; name="{name.strip()}"\r\n\r\nx'.encode()
    assert mime.read(multipart(part)).attachments[0].name == "bgpj.exe"


def test_it_joins_long_file_names():
    part = (
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=utf-8''r%C3%A9;\r\n filename*1=sum.pdf\r\n\r\nx"
    )
    assert mime.read(multipart(part)).attachments[0].name == "résum.pdf"
