"""The words of a text as place names are compared, and what a name stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

#: Scripts written without blanks: names are found inside the run of characters.
SPACELESS: Final = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_TOKEN: Final = re.compile(
    r"[^\s.,;:!?()\[\]{}\"“”„«»<>/\\|…'’‘`*_•·—–؟،؛।-]+|[.!?;\n؟।。！？]|[,،、，]"
)
_DOTTED: Final = re.compile(r"\b(?:[A-Z]\.){2,4}")


@dataclass(frozen=True, slots=True)
class Name:
    """One country a name stands for, in one language.

    ``lang`` is ``en`` for a country's name in English, ``city-en`` for a town's
    (``city-und`` where the table does not tell the language), ``region-en`` for
    a state's or province's, ``demonym-en`` for a nationality word, ``sign`` for an institution.
    """

    iso: str
    lang: str
    #: How much of the name speaks for this country; towns of one name share it by their people.
    share: float = 1.0
    #: States or provinces of a town, most people first, or the region itself: ``US-TX``.
    regions: tuple[str, ...] = ()

    @property
    def is_town(self) -> bool:
        """A town stands for its country only where the words before it say so."""
        return self.lang.startswith("city-")


class Token(NamedTuple):
    """A word as it is compared, how it was written, and its clause and sentence."""

    folded: str
    #: It begins with a capital, or its script has none.
    capital: bool
    #: It is written in capitals throughout.
    shouted: bool
    #: Its script has capitals at all.
    cased: bool
    clause: int
    sentence: int


#: A line this long that goes straight on was wrapped by the mail program: "in Galway,\nIreland"
#: is one sentence. Shorter lines end by the writer's wish, as in an address or a signature.
#: Looking back from the line's end keeps it linear: a pattern that begins with the line is tried
#: at every character of a long one.
_WRAPPED: Final = re.compile(r"(?<=[^\n]{50})\n(?=\S)")


#: Accents, and what is not seen: soft hyphens, zero-width and direction marks.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


def fold(text: str) -> str:
    """Case and Latin, Greek and Cyrillic accents taken away; Hangul and Indic text stay whole."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order. A dotted abbreviation ("U.S.A.") is one word."""
    joined = _DOTTED.sub(lambda m: m.group().replace(".", ""), _WRAPPED.sub(" ", text))
    tokens: list[Token] = []
    clause = sentence = 0
    for match in _TOKEN.findall(joined):
        if match in ",،、，":
            clause += 1
        elif len(match) == 1 and match in ".!?;\n؟।。！？":
            clause += 1
            sentence += 1
        else:
            tokens.append(_token(match, clause, sentence))
    return tokens


def _token(word: str, clause: int, sentence: int) -> Token:
    return Token(*_form(word), clause, sentence)


@lru_cache(maxsize=8192)
def _form(word: str) -> tuple[str, bool, bool, bool]:
    """What a token tells of the word alone; most words of a mail are the same few thousand."""
    cased = word.upper() != word.lower()
    return fold(word), not word[0].islower(), word.isupper(), cased
