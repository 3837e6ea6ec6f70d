"""Text out of bytes whose charset is wrong, unknown or missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import charset


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("naïve".encode(), "", "naïve"),
        ("naïve".encode("cp1252"), "", "naïve"),
        ("naïve".encode(), "us-ascii", "naïve"),
        ("naïve".encode(), "iso-8859-1", "naïve"),
        ("“so”".encode("cp1252"), "iso-8859-1", "“so”"),
        ("你好，朋友".encode("gb18030"), "gb2312", "你好，朋友"),
        ("안녕하세요".encode("cp949"), "ks_c_5601-1987", "안녕하세요"),
        ("①こんにちは".encode("cp932"), "shift_jis", "①こんにちは"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("שלום".encode("cp1255"), "iso-8859-8-i", "שלום"),
        ("naïve".encode(), "x-unknown", "naïve"),
        ("naïve".encode(), "charset=utf-8", "naïve"),
        ("naïve".encode(), "DEFAULT_CHARSET", "naïve"),
        ("naïve".encode(), "ut\0f-8", "naïve"),
        (b"\\x41", "unicode_escape", "\\x41"),
        (b"xn--a", "idna", "xn--a"),
        (b"abcd", "base64", "abcd"),
        (b"plain ascii", "utf-16", "plain ascii"),
        ("hé".encode("utf-16"), "utf-16", "hé"),
        ("日本語".encode("iso2022_jp"), "", "日本語"),
        (b"\x1b$B-!\x1b(B ok", "iso-2022-jp", "① ok"),
        (b"Hi Mom +Jjo--+Jjo-!", "utf-7", "Hi Mom ☺-☺!"),
    ],
)
def test_it_decodes(data, declared, text):
    assert charset.decode(data, declared).text == text


def test_it_counts_what_was_lost():
    assert charset.decode("Grüße an alle Möwen".encode() + b"\xff").damaged == 1
    assert charset.decode(b"good").damaged == 0


def test_it_believes_the_declared_codec_over_one_damaged_letter():
    data = "你好，我是音乐人，我需要帮助".encode("gb18030") + b"\xff"
    assert charset.decode(data, "gb2312").text.startswith("你好，我是音乐人")


@given(st.binary(max_size=80), st.text(max_size=20))
def test_it_decodes_any_bytes_under_any_name(data, declared):
    charset.decode(data, declared)
