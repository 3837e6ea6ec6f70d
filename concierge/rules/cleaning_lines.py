"""What one line of a mail's text tells about who wrote it."""

from __future__ import annotations

import re

from concierge.rules.cleaning_words import WROTE_WORDS

QUOTED = re.compile(r"^\s{0,4}(>(?!\s*:\s*$)|&gt;|＞)")
QUOTE_MARKS = re.compile(r"^(\s{0,4}(>|&gt;|＞))+\s?")
ADDRESS = re.compile(r"[^\s<>@\"'(\[;,:]{1,64}@[^\s<>@\"')\];,]{1,255}|<\s?(mailto:)?https?:")
# Mail programs write the date and address of what they quote in every language; the words around
# them differ, so the line is known by digits, a year, a time, an address and its last mark.
TIME = re.compile(r"\d{1,2}\s?[:.h時点시]\s?\d{2}|\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
YEAR = re.compile(
    r"\b(19|20)\d\d\b|(19|20)\d\d\s?[年년]|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|"
    r"[\u0660-\u0669\u06f0-\u06f9]{4}"
)
# Only programs write seconds.
_SECONDS = re.compile(r"\d{1,2}:\d{2}:\d{2}")
# Longer than any reply line, with a long name and two addresses in it.
REPLY_CHARACTERS = 300
_SIGN = re.compile(r"[\d@]")
ANGLE = re.compile(r"[<(\[]\s?(mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,255}[>)\]]")
_ANGLE_LAST = re.compile(r"<[^\s<>@]{1,64}@[^\s<>@]{1,255}>\s*$")
_WROTE = re.compile(rf"({WROTE_WORDS})(\((a|ă)\))?\W{{0,4}}(je\W{{0,3}})?$", re.IGNORECASE)
_WROTE_ON = re.compile(rf"\b({WROTE_WORDS})\b", re.IGNORECASE)
# A name and "wrote" over a quote; more words are a person's sentence.
_NAME_WORDS = 8
# The longest "wrote" with what may follow it.
_LAST = 40
_DATE_COMMAS = 2
# A reply line without an address; a longer one has the sender's own words in it.
_LINE_WORDS = 14


def has_words(text: str) -> bool:
    """Whether any letter of any script stands in a text."""
    return any(c.isalpha() for c in text)


def may_end_reply(line: str) -> bool:
    """Whether a line ends as the last line of a reply line does; quick, as every line is asked."""
    end = line.rstrip(" *_")[-5:]
    return end.endswith((":", "：", "写道", "寫道")) or end.lower() == "wrote"


def reply_strength(line: str) -> int:
    """Whether a line reads "On <date>, <name> <address> wrote:", in any language: 0, 1 or 2.

    2 holds above bare text: two of date with year, time, address, and what only a program writes
    (an address in angle brackets, "wrote" at the very end, or with seconds or little else). 1
    holds only right above a marked quote. People write dates before a colon too, and their story
    must not be cut.
    """
    if len(line) > REPLY_CHARACTERS:
        return 0
    if not may_end_reply(line):
        return 1 if _ANGLE_LAST.search(line) and YEAR.search(line) else 0
    wrote = _WROTE.search(line[-_LAST:]) is not None
    if not _SIGN.search(line):
        return 1 if wrote and len(line.split()) <= _NAME_WORDS else 0
    signs = sum(sign.search(line) is not None for sign in (ADDRESS, TIME, YEAR))
    said = _WROTE_ON.search(line) is not None
    timed = said and (_SECONDS.search(line) is not None or len(line.split()) <= _NAME_WORDS)
    marked = wrote or timed or ANGLE.search(line) is not None
    # "On Thursday, November 21, 2013, Bob wrote:" has more commas than people put.
    dated = wrote and line.count(",") >= _DATE_COMMAS and YEAR.search(line) is not None
    if signs >= 2 or dated:
        return 2 if marked else 1
    return 1 if marked and (signs or len(line.split()) <= _NAME_WORDS) else 0


def surely_programmed(line: str, *, above_quote: bool) -> bool:
    """Whether nobody types such a reply line; above a marked quote less is asked of it.

    Without an address a person may have written it: "On 3 May 2026 at 10:15 he wrote:".
    """
    if ANGLE.search(line):
        return True
    said = _WROTE.search(line[-_LAST:]) or _WROTE_ON.search(line) or _ANGLE_LAST.search(line)
    return above_quote and said is not None and len(line.split()) <= _LINE_WORDS
