"""Text out of bytes whose charset is wrong, unknown or missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import charset, guess


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
        (b"\\x41\xe9", "unicode-escape", "\\x41é"),
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


RUSSIAN = "Здравствуйте, мне нужна помощь с арендой, я музыкант"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        ("Χρειάζομαι βοήθεια, είμαι μουσικός", "iso8859-7"),
        ("אני צריכה עזרה, אני נגנית", "cp1255"),
        ("أحتاج إلى مساعدة، أنا موسيقي", "cp1256"),
        ("我需要帮助，我是音乐人", "gb18030"),
        ("我需要幫助，我是音樂人", "big5"),
        ("助けてください、音楽家です", "cp932"),
        ("助けてください、音楽家です", "euc_jp"),
        ("도움이 필요합니다, 저는 음악가입니다", "cp949"),
        ("ฉันต้องการความช่วยเหลือ", "cp874"),
        ("Potrzebuję pomocy, jestem muzykiem i żyję ze śpiewu", "iso8859-2"),
    ],
)
@pytest.mark.parametrize("declared", ["", "us-ascii", "DEFAULT", "utf-8"])
def test_it_tells_the_charset_by_the_letters(text, codec, declared):
    done = charset.decode(text.encode(codec), declared)
    assert (done.text, done.guessed) == (text, True)


@pytest.mark.parametrize(
    "text", ["naïve", "Müller, Jörg", "è", "Ça va très bien", "100 £", "I’m “fine”", "Þú ert"]
)
def test_it_takes_western_letters_for_western(text):
    done = charset.decode(text.encode("cp1252"))
    assert (done.text, done.codec, done.guessed) == (text, "cp1252", True)


def test_it_does_not_guess_where_it_may_not():
    assert charset.decode(RUSSIAN.encode("koi8-r"), may_guess=False).codec == "cp1252"


def test_it_calls_nothing_guessed_that_is_declared_or_proven():
    for data, declared in [
        ("naïve".encode(), ""),
        ("naïve".encode("cp1252"), "latin1"),
        (b"a", ""),
    ]:
        assert not charset.decode(data, declared).guessed


def test_it_disbelieves_latin_over_letters_of_another_script():
    done = charset.decode(RUSSIAN.encode("cp1251"), "iso-8859-1")
    assert (done.text, done.guessed) == (RUSSIAN, True)


def test_it_believes_what_a_page_says_of_itself():
    page = '<html><head><meta charset="koi8-r"></head>мир</html>'
    done = charset.decode(page.encode("koi8-r"))
    assert (done.text, done.codec, done.guessed) == (page, "koi8-r", False)


def test_it_reads_utf8_with_a_line_of_another_charset_in_it():
    data = (
        "Grüße, schöne Möwen, größere Bäume\n".encode() * 3 + "> für Ämter\n".encode("cp1252") * 4
    )
    text = charset.decode(data).text
    assert text.count("größere Bäume") == 3
    assert text.count("für Ämter") == 4


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("GrÃ¼ÃŸe aus KÃ¶ln", "Grüße aus Köln"),
        ("â€œsoâ€\x9d", "“so”"),
        ("Ã¼", "Ã¼"),  # once may be meant
        ("Grüße, nicht GrÃ¼ÃŸe", "Grüße, nicht GrÃ¼ÃŸe"),
        ("“SÃO” — it’s Â", "“SÃO” — it’s Â"),
    ],
)
def test_it_undoes_a_second_encoding_only_when_certain(shown, meant):
    assert charset.decode(shown.encode()).text == meant


def test_it_takes_the_mark_at_the_start_of_a_text_for_no_letter():
    assert charset.decode("\ufeffhé".encode()).text == "hé"
    assert charset.decode("hé".encode("utf-16"), "utf-8").text == "hé"


def test_it_looks_at_a_bounded_piece_only(monkeypatch):
    import chardet

    seen = []
    monkeypatch.setattr(
        chardet,
        "detect",
        lambda data, **_: seen.append(data) or {"encoding": None, "confidence": 0},
    )
    charset.decode(b"plain\n" * 100_000 + RUSSIAN.encode("koi8-r") * 10_000)
    assert [len(piece) for piece in seen] == [guess.SLICE_BYTES]
    assert seen[0].startswith(RUSSIAN.encode("koi8-r"))


@given(st.binary(max_size=80), st.text(max_size=20))
def test_it_decodes_any_bytes_under_any_name(data, declared):
    charset.decode(data, declared)
