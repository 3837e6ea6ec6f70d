"""What may stand under a letter: a phone's line, a signature, a list's footer, a lawyer's words."""

from __future__ import annotations

import re

from concierge.rules import cleaning_words as words_of
from concierge.rules.cleaning_lines import ADDRESS, has_words

SIGNATURE = re.compile(r"^\s{0,2}(-- ?|—|––|__|--\s{0,3})$")
_RULE = re.compile(r"^\s{0,3}(-- ?|[-_=*]{2,100}|—{1,5})\s*$")
# A device line holds a device's name and little else; a sentence about a phone is longer.
_DEVICE_WORDS = 12
# Program names few people know are written as no word is: "TypeApp", "TI-85".
_PRODUCT = re.compile(r"\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]{1,4}-?\d+")
_LINK = re.compile(r"[<(\[]\s?https?:|https?://|www\.")
_CONTACT = re.compile(r"\S*(@|https?:|www\.)\S*")
_CLAUSE = re.compile(r"[.,;:!?]\s+|[。，！？、]|\s[-–—]\s")
_FROM_MOBILE = re.compile(
    r"^(\w{1,20} )?from (my )?(mobile|phone|iphone|ipad|android)( \d{1,2})?\W*$", re.IGNORECASE
)
# Scripts without spaces and without capitals: words are told by length there.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
# Lawyers say what it is about at once.
_NOTICE_HEAD = 1_500
_FOOTER_LINES = 10
_FOOTER_WORDS = 30


def device_line(line: str) -> int:
    """Whether a line is a program's or a phone's advertisement: 0 no, 1 in doubt, 2 surely.

    Every clause must be of that sort: people write on right behind "Sent from my iPhone".
    """
    if len(line) > 200 or len(line.split()) > _DEVICE_WORDS:
        return 0
    bare = line.strip().strip("<>()[]*_ ").rstrip(".")
    if _FROM_MOBILE.match(bare):
        return 2
    first, *others = _CLAUSE.split(bare)
    if words_of.SENT.search(first) is None or not all(map(_goes_with_device, others)):
        return 0
    return _advertises(first)


def _advertises(clause: str) -> int:
    hits = list(words_of.DEVICE.finditer(clause)) or list(_PRODUCT.finditer(clause))
    if not hits:
        return _names_something(clause)
    tail = _LINK.split(clause[hits[-1].end() :])[0]
    rest = [w for w in tail.split() if w[0].islower() and w.lower() not in words_of.DEVICE_TAIL]
    dense = len(_UNSPACED.findall(tail)) > 6
    return 1 if rest or dense else 2


def _names_something(clause: str) -> int:
    """Without a device: a link is a program's; "sent from ..." something is a joke or a place."""
    words = len(clause.split())
    if _LINK.search(clause) and words <= 5:
        return 2
    return 1 if 3 <= words <= 7 and words_of.SENT_FROM.match(clause) else 0


def _goes_with_device(clause: str) -> bool:
    words = len(clause.split())
    if words <= 6 and words_of.APOLOGY.search(clause):
        return True
    return not words or (words <= 4 and words_of.DEVICE.search(clause) is not None)


def disclaimer(paragraph: str) -> int:
    """Whether a paragraph has two marks of a confidentiality notice: 0 no, 1 in doubt, 2 surely."""
    words = len(paragraph.split())
    # Scripts without spaces have few "words" in a long paragraph.
    spaced = words >= 15 or (len(paragraph) >= 60 and words < 5)
    head = paragraph[:_NOTICE_HEAD].lower()
    if not spaced or sum(p.search(head) is not None for p in words_of.LEGAL) < 2:
        return 0
    return 1 if words_of.FIRST_PERSON.search(head) else 2


def footer_start(lines: list[str]) -> int:
    """Where the footer of a mailing list starts at the end of these lines, -1 when there is none.

    A rule, and under it nothing but what lists say of themselves, with an address or a link.
    """
    for start in range(len(lines) - 2, max(-1, len(lines) - _FOOTER_LINES - 2), -1):
        if _RULE.match(lines[start]):
            below = [line for line in lines[start + 1 :] if line.strip()]
            told = any(map(words_of.LIST_WORDS.search, below))
            reached = any(ADDRESS.search(line) or _LINK.search(line) for line in below)
            return start if told and reached and all(map(_in_footer, below)) else -1
    return -1


def _in_footer(line: str) -> bool:
    """Whether a list or scanner may have written a line; it never says I or me."""
    if words_of.FIRST_PERSON.search(line):
        return False
    known = words_of.LIST_WORDS.search(line) is not None or _LINK.search(line) is not None
    return len(line.split()) <= _FOOTER_WORDS if known else not is_prose(line)


def is_sentence(line: str) -> bool:
    """Whether a line reads as something said rather than a name, a title or an address."""
    words = line.split()
    return len(words) >= 4 and line.rstrip()[-1:] in set(".!?。！？।؟…")


def is_prose(line: str) -> bool:
    """Whether a line under a signature mark may be said to the reader; in doubt it is.

    Names, titles and firms have capitals; numbers, addresses and links are for contact.
    """
    if is_sentence(line):
        return True
    line = _CONTACT.sub(" ", line)
    numbered = any(c.isdigit() for c in line)
    if len(_UNSPACED.findall(line)) >= 6:
        return not numbered
    words = [word for word in line.split() if has_words(word)]
    low = sum(not word.lstrip("\"'(*_")[:1].isupper() for word in words)
    shouted = len(words) >= 4 and line.isupper()
    return (
        shouted
        or (len(words) >= 2 and low == len(words) and not numbered)
        or (len(words) >= 4 and 2 * low >= len(words))
    )
