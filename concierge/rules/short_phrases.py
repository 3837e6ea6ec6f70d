"""Whole messages too short for statistics, such as "help" or "call me", and their languages."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from concierge.errors import FaultyInput

#: A longer text is no short phrase; reading more would only cost.
_LONGEST: Final = 320
#: What changes how a word looks and not what it says: Hebrew and Arabic points, the Arabic
#: stretcher, soft hyphens, zero-width and direction characters, apostrophes ("don't" is "dont").
_DROPPED: Final = re.compile(
    "[\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u034f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff'`´’‘ʼ′]"
)
#: Latin, Greek, Cyrillic and Arabic marks, which writers leave out. Vowel
#: signs of Indic scripts and Thai make other words and stay.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u0653-\u0655]")
#: Letters that keyboards of one script swap.
_SAME: Final = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ς": "σ"})
#: Letters that do not decompose but are typed without their mark. Not ø, which would make Danish
#: "dø" English "do".
_PLAIN: Final = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ة": "ه"})
#: A Latin phrase with fewer letters is another language's word without its marks: Vietnamese
#: "gấp" would be English "gap", Swedish "stöd" Danish "stod".
_PLAIN_FROM: Final = 5
#: What ends a part of a message that is several phrases in a row, and the parts that are read.
_MARKS: Final = re.compile(r"[.!?,;:\n…。！？，、،؟।]+")
_PARTS: Final = 6
#: A letter typed three times or more is stretched: "heeelp".
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")

#: Languages that write a phrase, the likeliest first; a leading ``!`` marks one far likelier.
Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShortPhrases:
    """Short phrases, folded, with the languages that write them."""

    #: By the phrase as rightly spelt.
    exact: Mapping[str, Codes]
    #: By the phrase without accents, as many people type.
    plain: Mapping[str, Codes]
    #: As ``plain`` with doubled letters taken once, for stretched spellings.
    squeezed: Mapping[str, Codes]

    def candidates_of(self, text: str) -> tuple[str, ...]:
        """Every language in which ``text`` as a whole is a known phrase; never raises."""
        return tuple(code.lstrip("!") for code in self._listed(text))

    def language_of(self, text: str) -> str:
        """The one language of ``text``, or the one far likelier than the others; "" if none."""
        listed = self._listed(text)
        if len(listed) == 1 or (listed and listed[0].startswith("!")):
            return listed[0].lstrip("!")
        return ""

    def _listed(self, text: str) -> Codes:
        if not text or len(text) > _LONGEST:
            return ()
        return self._known(fold_phrase(text)) or self._in_parts(text)

    def _in_parts(self, text: str) -> Codes:
        """The languages that write every part of "Hi! Please help me." """
        pieces = _MARKS.split(text, _PARTS)
        if len(pieces) > _PARTS:
            return ()
        known: list[Codes] = []
        for part in dict.fromkeys(filter(None, map(fold_phrase, pieces))):
            known.append(self._known(part))
            if not known[-1]:
                return ()  # the first sentence of most mails is no phrase
        if not known:
            return ()
        shared = set.intersection(*({code.lstrip("!") for code in codes} for codes in known))
        # Of the parts the one with the fewest languages tells most.
        return tuple(code for code in min(known, key=len) if code.lstrip("!") in shared)

    def _known(self, spelt: str) -> Codes:
        plain = without_accents(spelt)
        # Typed without any accent it may be any language's; "pomoc" is what Croats type too.
        if spelt != plain and (found := self.exact.get(spelt)):
            return found
        if found := self.plain.get(plain):
            return found
        if not _STRETCHED.search(plain):
            return ()
        once, twice = _STRETCHED.sub(r"\1", plain), _STRETCHED.sub(r"\1\1", plain)
        squeezed = self.squeezed.get(_DOUBLED.sub(r"\1", plain), ())
        return self.plain.get(once) or self.plain.get(twice) or squeezed


def fold_phrase(text: str) -> str:
    """A phrase without case, punctuation, digits and emoji; words with one space between."""
    low = unicodedata.normalize("NFKC", text).casefold()
    whole = unicodedata.normalize("NFC", _DROPPED.sub("", low)).translate(_SAME)
    return " ".join(whole.translate(_words_only).split())


def without_accents(folded: str) -> str:
    """A folded phrase as typed without accents."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def _belongs_to_word(char: str) -> bool:
    # Combining vowel signs (Mn, Mc) are no `isalpha`, but part of Hindi, Bengali and Thai words.
    return char.isalpha() or unicodedata.category(char) in {"Mn", "Mc"}


class _WordsOnly(dict[int, str]):
    """Blanks for what belongs to no word, remembered per code point for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char if _belongs_to_word(char) else " "
        if len(self) < 20_000:  # a bound, should somebody send every code point there is
            self[code] = kept
        return kept


_words_only = _WordsOnly()


def parse_short_phrases(csv_text: str) -> ShortPhrases:
    """Read ``languages,phrase`` rows; languages stand with blanks between, the likeliest first.

    Raises ``FaultyInput`` naming every row without a language or without letters in its phrase,
    and every phrase that stands there twice.
    """
    exact: dict[str, Codes] = {}
    faults: list[str] = []
    for line, codes, phrase in _rows(csv_text):
        folded = fold_phrase(phrase)
        if not codes or not folded:
            faults.append(f"line {line}: a language or the phrase is missing; write both")
        elif folded in exact:
            faults.append(f"line {line}: {phrase!r} stands twice; name all its languages once")
        exact[folded] = codes
    if faults:
        raise FaultyInput("The short phrases have faults.", tuple(faults))
    plain = _merged((without_accents(phrase), phrase, codes) for phrase, codes in exact.items())
    return ShortPhrases(exact, plain, _squeezed(plain))


def _rows(csv_text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    rows = csv.DictReader(io.StringIO(csv_text))
    for row in rows:
        codes = (row.get("languages") or "").split()
        yield rows.line_num, tuple(codes), row.get("phrase") or ""


def _merged(rows: Iterable[tuple[str, str, Codes]]) -> dict[str, Codes]:
    found: dict[str, Codes] = {}
    for plain, phrase, codes in rows:
        if plain != phrase and plain.isascii() and len(plain) < _PLAIN_FROM:
            continue
        found[plain] = _together(found.get(plain, codes), codes)
    return found


def _squeezed(plain: Mapping[str, Codes]) -> dict[str, Codes]:
    found: dict[str, Codes] = {}
    for phrase, codes in plain.items():
        short = _DOUBLED.sub(r"\1", phrase)
        found[short] = _together(found.get(short, codes), codes)
    return found


def _together(some: Codes, others: Codes) -> Codes:
    """The languages of two phrases that are typed alike; none of them is preferred then."""
    if some == others:
        return some
    return tuple(dict.fromkeys(code.lstrip("!") for code in (*some, *others)))
