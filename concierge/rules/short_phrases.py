"""Whole messages too short for statistics, such as "help" or "call me", and their languages."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from concierge.errors import FaultyInput

#: A longer text is no short phrase; reading more would only cost.
_LONGEST: Final = 80
#: Marks dropped from Latin, Greek, Cyrillic, Hebrew and Arabic, as writers leave them out. Vowel
#: signs of Indic scripts and Thai make other words and stay.
_DROPPED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
#: Letters that do not decompose but are typed without their mark, and letters that keyboards
#: of one script swap. Not ø, which would make Danish "dø" English "do".
_SAME: Final = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ى": "ي", "ی": "ي", "ک": "ك", "ς": "σ"})
#: A letter typed three times or more is stretched: "heeelp".
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
#: Apostrophes join ("don't" is "dont"); every other mark parts words.
_APOSTROPHE: Final = re.compile("['`´’‘ʼ′]")


@dataclass(frozen=True, slots=True)
class ShortPhrases:
    """Short phrases, folded, with the languages that write them, the likeliest first."""

    #: Folded phrase to its languages; a leading ``!`` marks one far likelier than the rest.
    phrases: Mapping[str, tuple[str, ...]]
    #: The same by phrase with doubled letters taken once, for stretched spellings.
    squeezed: Mapping[str, tuple[str, ...]]

    def candidates_of(self, text: str) -> tuple[str, ...]:
        """Every language in which ``text`` as a whole is a known phrase; never raises."""
        return tuple(code.lstrip("!") for code in self._listed(text))

    def language_of(self, text: str) -> str:
        """The one language of ``text``, or the one far likelier than the others; "" if none."""
        listed = self._listed(text)
        if len(listed) == 1 or (listed and listed[0].startswith("!")):
            return listed[0].lstrip("!")
        return ""

    def _listed(self, text: str) -> tuple[str, ...]:
        if not text or len(text) > 4 * _LONGEST:
            return ()
        folded = fold_phrase(text)
        if found := self.phrases.get(folded):
            return found
        if not _STRETCHED.search(folded):
            return ()
        return self.squeezed.get(_DOUBLED.sub(r"\1", folded), ())


def fold_phrase(text: str) -> str:
    """A phrase without case, accents, punctuation, digits, emoji; words with one space between."""
    low = unicodedata.normalize("NFKC", text).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", _APOSTROPHE.sub("", low)))
    whole = unicodedata.normalize("NFC", bare).translate(_SAME)
    kept = (char if _belongs_to_word(char) else " " for char in whole)
    return " ".join("".join(kept).split())


def _belongs_to_word(char: str) -> bool:
    # Combining vowel signs (Mn, Mc) are no `isalpha`, but part of Hindi, Bengali and Thai words.
    return char.isalpha() or unicodedata.category(char) in {"Mn", "Mc"}


def parse_short_phrases(csv_text: str) -> ShortPhrases:
    """Read ``languages,phrase`` rows; languages stand with blanks between, the likeliest first.

    Raises ``FaultyInput`` naming every row without a language or without letters in its phrase,
    and every phrase that stands twice with different languages.
    """
    phrases: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for line, codes, phrase in _rows(csv_text):
        folded = fold_phrase(phrase)
        if not codes or not folded:
            faults.append(f"line {line}: a language or the phrase is missing; write both")
        elif phrases.setdefault(folded, codes) != codes:
            faults.append(f"line {line}: {phrase!r} stands twice; name all its languages once")
    if faults:
        raise FaultyInput("The short phrases have faults.", tuple(faults))
    return ShortPhrases(phrases, _squeezed(phrases))


def _rows(csv_text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    rows = csv.DictReader(io.StringIO(csv_text))
    for row in rows:
        codes = (row.get("languages") or "").split()
        yield rows.line_num, tuple(codes), row.get("phrase") or ""


def _squeezed(phrases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase, codes in phrases.items():
        short = _DOUBLED.sub(r"\1", phrase)
        known = found.get(short, codes)
        # Two phrases that squeeze to one leave all their languages, none of them preferred.
        same = known == codes
        both = dict.fromkeys(code.lstrip("!") for code in (*known, *codes))
        found[short] = codes if same else tuple(both)
    return found
