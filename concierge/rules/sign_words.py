"""Names of institutions and currencies as they stand in a text, found word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from concierge.rules.digits import plain_digits
from concierge.rules.place_evidence import Shares
from concierge.rules.places import fold

#: A word for this purpose: "A&E" and "R$" are one, "AOK-Beitrag" and "SGK'dan" begin with one.
_WORD: Final = re.compile(
    r"[^\s.,;:!?()\[\]{}\"“”„«»<>/\\|…*_•—–؟،؛।'’‘`\u3001\u3002\uff01\uff1f+-]+"
)
#: Tables are entered by this many letters of a name's first word.
_START: Final = 3
#: Share of capital words from which capitals mean nothing.
_SHOUTING: Final = 0.7


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name that speaks for countries: its words folded, how it must be written, what it needs."""

    kind: str
    shares: Shares
    #: Empty: in a text of any language.
    languages: frozenset[str]
    #: As staff read it.
    written: str
    #: Folded; the last may be the beginning of a longer word.
    words: tuple[str, ...]
    longer: bool
    #: ``any``, ``capital`` (the first letter is one) or ``capitals`` (all are).
    case: str
    needs: frozenset[str]


def phrase_of(
    kind: str, shares: Shares, languages: frozenset[str], written: str, needs: frozenset[str]
) -> Phrase:
    """A name from the table; raises ValueError when it holds no word."""
    longer = written.endswith("*")
    shown = written.rstrip("*")
    first = _WORD.findall(shown)
    if not first:
        raise ValueError(f"{written!r} holds no word")
    letters = [word for word in first if word.upper() != word.lower()]
    case = "any"
    if letters and all(word.isupper() for word in letters):
        case = "capitals"
    elif letters and letters[0][0].isupper():
        case = "capital"
    words = tuple(fold(word) for word in first)
    return Phrase(kind, shares, languages, shown, words, longer, case, needs)


def start_of(word: str) -> str:
    """Under which letters a name is kept in a table."""
    return word[:_START]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


@dataclass(slots=True)
class SignText:
    """A text cut into words once, for all who look for names in it."""

    text: str
    language: str
    written: list[str] = field(init=False)
    folded: list[str] = field(init=False)
    plain: str = field(init=False)
    shouting: bool = field(init=False)

    def __post_init__(self) -> None:
        self.written = _WORD.findall(self.text)
        self.folded = [_folded(word) for word in self.written]
        self.plain = plain_digits(self.text)
        capitals = sum(word.isupper() for word in self.written)
        self.shouting = capitals > _SHOUTING * len(self.written) and capitals > len("HELP")

    def needs_met(self, needs: frozenset[str]) -> bool:
        """Whether one of these beginnings of words stands in the text; true when none is asked."""
        return not needs or any(word.startswith(tuple(needs)) for word in self.folded)

    def spoken(self, languages: frozenset[str]) -> bool:
        """Whether a name of these languages may be meant; an undetermined text may hold any."""
        # Chinese is told apart by script elsewhere; its names here are the same for both.
        return not languages or not self.language or self.language.partition("-")[0] in languages


def found_at(
    text: SignText, at: int, table: Mapping[str, tuple[Phrase, ...]]
) -> Iterator[tuple[Phrase, int]]:
    """The names that begin at a word, each with the word after its last."""
    for phrase in table.get(text.folded[at][:_START], ()):
        end = at + len(phrase.words)
        if _stands(text, at, end, phrase) and text.spoken(phrase.languages):
            yield phrase, end


def _stands(text: SignText, at: int, end: int, phrase: Phrase) -> bool:
    if end > len(text.folded):
        return False
    *first, last = phrase.words
    here = text.folded[end - 1]
    if not (here.startswith(last) if phrase.longer else here == last):
        return False
    return text.folded[at : end - 1] == first and _written_so(text, at, end, phrase)


def _written_so(text: SignText, at: int, end: int, phrase: Phrase) -> bool:
    if phrase.case == "any":
        return True
    if text.shouting:
        # Where all is in capitals, an abbreviation may be any word: only long ones count.
        return sum(map(len, phrase.words)) > len("abcd")
    if phrase.case == "capital":
        return not text.written[at][0].islower()
    capitals = text.written[at:end]
    return all(word[: len(w)].isupper() or word.isdigit() or word == "&"
               for word, w in zip(capitals, phrase.words, strict=True))  # fmt: skip
