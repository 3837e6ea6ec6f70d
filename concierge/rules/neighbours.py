"""What tells languages apart that detectors confuse: words, endings, spellings and the country."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from concierge.rules.neighbour_lists import Lists
from concierge.rules.neighbour_words import FAMILIES
from concierge.rules.place_evidence import CountryChances

#: Characters read at all; a megabyte of text says no more.
_READ: Final = 4_000
#: No word of any list is longer; what is (base64, an attack) is no word.
_LONGEST: Final = 40
#: The gains of one language are cut here (a million to one), so that a page of telling words
#: still leaves the caller a number to weigh.
_MOST: Final = 14.0
#: A country in which a language is spoken makes it at most four times as likely: worth having when
#: the words say nothing, too weak to beat one strong word.
_COUNTRY: Final = 3.0
#: From this many letters on a word typed without its marks is still that word and no other.
_PLAIN_FROM: Final = 4
#: The beginnings and ends that are looked up, in letters.
_PARTS: Final = range(2, 10)
#: Words shown as what told; more would not convince staff more.
_SHOWN: Final = 8
_MARKS: Final = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_WORD: Final = re.compile(rf"(?:[^\W\d_]|[{_MARKS}'])+")
#: Vowel points and the stretcher, which Arabic, Persian and Urdu writers mostly leave out, and
#: two letters that keyboards of the three swap only by code point.
_POINTS: Final = re.compile("[\u064b-\u065f\u0670\u0640]")
#: Letters that do not decompose, as people type them without their mark.
_PLAIN: Final = str.maketrans({"đ": "dj", "ł": "l", "ø": "o", "æ": "ae", "ß": "ss", "’": "'"})

#: Countries where each language is the one of street and school, for the prior.
_SPOKEN: Final[dict[str, str]] = {
    "hr": "HR",
    "sr": "RS ME XK",
    "bs": "BA",
    "sl": "SI",
    "id": "ID TL",
    "ms": "MY BN SG",
    "da": "DK GL FO",
    "nb": "NO",
    "sv": "SE",
    "pt": "PT BR AO MZ CV GW ST",
    "es": "MX CO AR PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR GQ",
    "cs": "CZ",
    "sk": "SK",
    "fa": "IR AF TJ",
    "ur": "PK",
    "ar": "EG SA AE MA DZ TN LY SD IQ JO LB SY PS KW QA BH OM YE",
    "ru": "RU KZ KG",
    "uk": "UA",
    "be": "BY",
    "bg": "BG",
    "mk": "MK",
    "nl": "NL BE SR",
    "af": "ZA NA",
    "hi": "IN",
    "ne": "NP",
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far a text leans to each language of a group of neighbours."""

    #: Natural logarithm of how much likelier each language became; equal when nothing told.
    gains: dict[str, float]
    #: The words, endings (``-irati``) and letters that told, as found, at most eight.
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """The languages a word or part of a word speaks for, and how much."""

    languages: frozenset[str]
    gain: float


def leaning(group: frozenset[str], text: str, countries: CountryChances) -> Leaning:
    """Natural-log gains for every language of ``group``, and the words that gave them.

    ``group`` holds ISO 639-1 codes; only languages of one family with another member in the group
    can gain by words (hr with sr, not hr with pt). Norwegian in either form is ``nb``. Texts
    without any accent are compared without accents. Never raises; under a millisecond per mail.
    """
    gains = dict.fromkeys(sorted(group), 0.0)
    found: dict[str, float] = {}
    words = _words(text)
    for name, members in _families():
        shared = group & members
        if len(shared) > 1:
            _add(gains, found, shared, _told(_table(name), words))
    gains = {code: min(gain, _MOST) for code, gain in gains.items()}
    for code, likely in _by_country(gains, countries):
        gains[code] += likely
    shown = sorted(found, key=lambda word: -found[word])[:_SHOWN]
    return Leaning(gains, tuple(shown))


def _add(
    gains: dict[str, float],
    found: dict[str, float],
    shared: frozenset[str],
    told: Iterable[tuple[str, _Told]],
) -> None:
    for word, says in told:
        speaks_for = says.languages & shared
        # A word that all of the group write tells nothing between them.
        if not speaks_for or speaks_for == shared or word in found:
            continue
        found[word] = says.gain
        for code in speaks_for:
            gains[code] += says.gain


def _words(text: str) -> list[str]:
    read = unicodedata.normalize("NFC", text[:_READ]).lower().replace("’", "'")
    read = _POINTS.sub("", read).replace("ي", "ی").replace("ك", "ک")
    bare = (word if word == "'n" else word.strip("'") for word in _WORD.findall(read))
    return [word for word in bare if 0 < len(word) <= _LONGEST]


def _told(table: _Table, words: list[str]) -> Iterator[tuple[str, _Told]]:
    plain = all(word.isascii() for word in words)
    known = table.plain if plain else table.exact
    for first, second in zip_longest(words, words[1:], fillvalue=""):
        yield from _pair(table, first, second)
        if says := known.get(first):
            yield first, says
        elif part := _part(table, first):
            yield part
    whole = " ".join(words)
    yield from ((f"-{part}-", says) for part, says in table.inside.items() if part in whole)


def _pair(table: _Table, first: str, second: str) -> Iterator[tuple[str, _Told]]:
    if first not in table.openers:
        return
    for key in (f"{first}_{second}", f"{first}_*{second[-2:]}"):
        if says := table.exact.get(key):
            yield f"{first} {second}", says
            return


def _part(table: _Table, word: str) -> tuple[str, _Told] | None:
    """The longest beginning of a word that tells, or else its longest end."""
    sizes = [size for size in reversed(_PARTS) if size <= len(word)]
    for size in sizes:
        if says := table.beginnings.get(word[:size]):
            return word, says
    for size in sizes:
        if size < len(word) and (says := table.ends.get(word[-size:])):
            return word, says
    return None


def _by_country(codes: Iterable[str], countries: CountryChances) -> list[tuple[str, float]]:
    spoken = {code: _SPOKEN.get(code, "").split() for code in codes}
    return [
        (code, math.log1p(_COUNTRY * min(1.0, sum(countries.get(iso, 0.0) for iso in places))))
        for code, places in spoken.items()
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """One family's lists, ready for looking up."""

    exact: dict[str, _Told]
    #: As ``exact``, and the words as typed without marks.
    plain: dict[str, _Told]
    beginnings: dict[str, _Told]
    ends: dict[str, _Told]
    inside: dict[str, _Told]
    #: First words of pairs.
    openers: frozenset[str]


@cache
def _families() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (name, frozenset(code for codes, _, _ in lists for code in codes.split()))
        for name, lists in FAMILIES.items()
    )


@cache
def _table(name: str) -> _Table:
    entries = dict(_entries(FAMILIES[name]))
    whole = {word: says for word, says in entries.items() if "*" not in word or "_" in word}
    exact = {word.rstrip("!"): says for word, says in whole.items()}
    return _Table(
        exact=exact,
        plain=_without_marks(whole) | {word: exact[word] for word in exact if word.isascii()},
        beginnings=_parts(entries, "", "*"),
        ends=_parts(entries, "*", ""),
        inside=_parts(entries, "*", "*"),
        openers=frozenset(word.partition("_")[0] for word in exact if "_" in word),
    )


def _entries(lists: Lists) -> Iterator[tuple[str, _Told]]:
    for codes, gain, words in lists:
        says = _Told(frozenset(codes.split()), gain)
        for word in words.split():
            yield word.replace("ي", "ی").replace("ك", "ک"), says


def _parts(entries: dict[str, _Told], before: str, after: str) -> dict[str, _Told]:
    """The entries with a star at exactly these ends, without it."""
    return {
        word.strip("*"): says
        for word, says in entries.items()
        if "_" not in word
        and word.startswith("*") == bool(before)
        and word.endswith("*") == bool(after)
        and "*" in word
    }


def _without_marks(whole: dict[str, _Told]) -> dict[str, _Told]:
    """Words as typed without marks, unless that makes another word (``što`` and ``sto``)."""
    found: dict[str, _Told | None] = {}
    for word, says in whole.items():
        if word.endswith("!") or word.isascii() or len(word) < _PLAIN_FROM:
            continue
        bare = unicodedata.normalize("NFD", word.translate(_PLAIN))
        key = "".join(char for char in bare if not unicodedata.combining(char))
        known = found.get(key, says)
        found[key] = says if known and known.languages == says.languages else None
    return {word: says for word, says in found.items() if says}
