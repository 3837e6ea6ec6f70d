"""What of a message is read to tell its language: no addresses, links, digits or closings."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from concierge.rules.short_phrases import ShortPhrases

#: Characters read at all (a megabyte of text says no more).
_READ: Final = 2_000
#: A body with fewer letters borrows the subject; a subject alone is a poor witness.
_THIN_BODY: Final = 40
_VOWELS: Final = frozenset("aeiouyw")  # Welsh writes w for one
_LINK: Final = frozenset("@/\\")
_NO_DIGITS: Final = str.maketrans("0123456789", " " * 10)
#: People of every language close with these and a name or a company's lines; what follows is no
#: witness, and neither are they.
_CLOSING: Final = re.compile(
    r"\n[ \t]*(?:(?:kind|best|warm)(?:est)? regards|regards|best(?: wishes)?|cheers|sincerely"
    r"|many thanks|thanks|thank you)[,.!]?[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
#: Letters that have to stand before a closing for it to be one.
_BEFORE_CLOSING: Final = 12
_REPLY_MARK: Final = re.compile(r"^\s*(?:\w{2,4}\s?:\s*)+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?。！？؟।…])\s*|\n+")
#: Longer runs of letters are no word of a language that writes blanks: base64, an attack.
_LONGEST_WORD: Final = 40
#: Invisible joiners and direction marks, which cut words in two; and halves of characters, which
#: no detector can read.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)


def prepared(text: str, subject: str, phrases: ShortPhrases) -> tuple[str, str]:
    """The text to read, lines kept, and where it came from (``body``, ``subject`` or both)."""
    clean = letters_only(_before_closing(text[:_READ]))
    if sum(map(str.isalpha, clean[:200])) >= _THIN_BODY:
        return clean, "body"
    title = letters_only(_REPLY_MARK.sub("", subject[:500]))
    # A phrase we know whole in the body is clearer without the subject.
    if not title or phrases.language_of(clean):
        return clean, "body"
    return (f"{clean} .\n{title}", "body and subject") if clean else (title, "subject")


def _before_closing(text: str) -> str:
    closing = _CLOSING.search(text)
    if closing and sum(map(str.isalpha, text[: closing.start()])) >= _BEFORE_CLOSING:
        return text[: closing.start()]
    return text


def letters_only(text: str) -> str:
    """The text without addresses, links and digits, line by line.

    Word by word instead of one pattern: a long run without blanks (Japanese, an attack) would
    make ``\\S*@\\S*`` search it again from every character.
    """
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_NO_DIGITS)
    lines = (" ".join(filter(_is_text, line.split())) for line in plain.splitlines())
    return "\n".join(filter(None, lines))


def _is_text(word: str) -> bool:
    if word[:4] == "www." or not _LINK.isdisjoint(word):
        return False
    # Chinese, Japanese and Thai write whole sentences without a blank.
    return len(word) <= _LONGEST_WORD or not word.isascii()


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def sentences_of(text: str) -> list[str]:
    """Sentences and lines that hold letters."""
    return [part for part in _SENTENCE_END.split(text) if any(map(str.isalpha, part))]


def is_repetition(words: list[str]) -> bool:
    """Whether a text only says one thing over and over: ``x x x x``, ``hahaha``, ``lalala``."""
    if len(words) >= 3 and len(set(words)) == 1:
        return True
    if len(words) > 2:
        return False
    # One or two words of two or three letters in turn: laughing, a key held down.
    return (
        all(len(word) >= 4 and len(set(word)) <= 2 for word in words)
        or max(map(len, words), default=0) > _LONGEST_WORD
    )


def is_odd(text: str) -> bool:
    """Whether a text looks like names only, or is of words without vowels as no language writes.

    Two words with a capital each and nothing else are as often a name as a phrase.
    Arabic, Persian and Hebrew in Latin letters, and a hand dropped on the keys, lack vowels.
    """
    words = [word for word in text.split() if word.isalpha()]
    if len(words) == 2 and all(word[0].isupper() and word[1:].islower() for word in words):
        return True
    long = [word for word in words_of(text) if len(word) > 1 and word.isascii()]
    bare = sum(_VOWELS.isdisjoint(word) for word in long)
    return bare >= 2 and 4 * bare > len(long)
