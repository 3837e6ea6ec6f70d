"""Country names as people write them, looked up word by word, and where they stand in a text."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.gazetteer import Gazetteer, Town
from concierge.rules.place_forms import bases_of
from concierge.rules.place_words import SPACELESS, Name, Token, fold, tokens_of

__all__ = [
    "SIGN",
    "SPACELESS",
    "Hit",
    "Name",
    "Places",
    "Token",
    "fold",
    "hits_of",
    "inner_name",
    "parse_places",
    "tokens_of",
]

#: Names of more words than this are found by their first four (none of a country we know of).
_LONGEST: Final = 4
#: Languages that decline names: "Suomi, Suomessa", "Казахстан, в Казахстане".
_DECLINING: Final = re.compile(
    r"(?:city-|region-|demonym-)?(?:ru|uk|be|bg|mk|sr|hr|bs|sl|pl|cs|sk|fi|et|lv|lt|hu|ro|tr|az|el)"
)
#: A stem keeps at least this many letters, and an ending has at most that many.
_STEM: Final = 4
_ENDING: Final = 4
_FINAL_VOWELS: Final = "aeiouyąęáéíóúýаеиіоуыэюяьйαηος"
_KATAKANA: Final = re.compile(r"[\u30a1-\u30ff]")

SIGN: Final = "sign"
#: How many words a name may have, longest first.
_LENGTHS: Final = (4, 3, 2, 1)
#: Letters of the longest word looked up; a longer one is no name, and must cost nothing.
_LONGEST_WORD: Final = 64
#: Characters of a run without blanks that are searched, for the same reason.
_RUN_READ: Final = 2_000
#: People, in thousands, of a town that is found when written small.
_SMALL: Final = 60
#: People, in thousands, of a town whose declined form is believed: at home where names decline,
#: and elsewhere, where a likeness by chance is likelier.
_AT_HOME: Final = 60
_ABROAD: Final = 700
#: A town is at home in a country that has more than this of its name.
_MOSTLY: Final = 0.5
#: Countries in whose languages the names of towns decline.
_DECLINES: Final = "RU UA BY BG MK RS HR BA ME SI PL CZ SK FI EE LV LT HU RO MD TR AZ GR CY KZ"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the words as compared, where (first token, one past the last), and for whom."""

    words: str
    start: int
    end: int
    names: tuple[Name, ...]
    #: A word of the name is written with a capital, or its script has none.
    capital: bool = True
    #: It is a word or a person's name first, and a place only where a word beside it says so.
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Names, stems and inner names of countries, their clocks, and who speaks what where."""

    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    #: First word to the lengths, in words, of names that begin with it, longest first.
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    #: Names of scripts without blanks by first character, longest first.
    inner: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Country to the minutes east of UTC its clocks may show.
    clocks: dict[str, frozenset[int]] = field(default_factory=dict)
    #: Language to country to the natural log of P(country | language).
    speakers: dict[str, dict[str, float]] = field(default_factory=dict)
    #: Names that are ordinary words as well: "reunion", "turkey".
    ordinary: set[str] = field(default_factory=set)
    #: The towns of the world, none where only the table of countries is wanted.
    towns: Gazetteer | None = None


def parse_places(csv_text: str, *, gazetteer: Gazetteer | None = None) -> Places:
    """Read the country table: columns iso, lang, name and, optionally, share (0 to 1).

    ``lang`` is a language code, or one after ``city-``, ``region-`` (``iso`` then carries the
    region's code, ``US-TX``) or ``demonym-``; ``sign`` (an institution that gives the country
    away), ``ordinary`` (a word that is a place too), ``utc`` (minutes, separated by blanks) or
    ``speakers`` (``en:66.6 cy:0.9``, in millions). ``gazetteer`` knows the towns; it is not read
    before a text is. :class:`~concierge.errors.FaultyInput` lists every row that is not so.
    """
    places, faults = Places(towns=gazetteer), []
    counted: dict[str, dict[str, float]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        try:
            _take(places, counted, row)
        except (KeyError, ValueError, AttributeError):
            faults.append(f"countries.csv:{number}: not iso,lang,name; compare the rows around it")
    if faults or not places.names:
        raise FaultyInput("The table of countries cannot be used.", tuple(faults))
    for language, by_country in counted.items():
        total = sum(by_country.values())
        places.speakers[language] = {c: math.log(n / total) for c, n in by_country.items()}
    return places


def _take(places: Places, counted: dict[str, dict[str, float]], row: dict[str, str | None]) -> None:
    code, lang, text = ((row[key] or "").strip() for key in ("iso", "lang", "name"))
    iso, _, region = code.partition("-")
    if len(iso) != 2 or not text or not lang:
        raise ValueError(code)
    if lang == "utc":
        places.clocks[iso] = frozenset(map(int, text.split()))
    elif lang == "speakers":
        for pair in text.split():
            language, _, millions = pair.partition(":")
            counted.setdefault(language, {})[iso] = float(millions)
    elif lang == "ordinary":
        places.ordinary.add(fold(text))
    else:
        share = float(row.get("share") or 1)
        _take_name(places, Name(iso, lang, share, (code,) if region else ()), text)


def _take_name(places: Places, name: Name, text: str) -> None:
    words = [token.folded for token in tokens_of(text)]
    if not words:
        raise ValueError(text)
    key = " ".join(words[:_LONGEST])
    _add(places.names, key, name)
    known = {*places.lengths.get(words[0], ()), min(len(words), _LONGEST)}
    places.lengths[words[0]] = tuple(sorted(known, reverse=True))
    if SPACELESS.search(text):
        inner = {*places.inner.get(key[0], ()), key}
        places.inner[key[0]] = tuple(sorted(inner, key=lambda text: (-len(text), text)))
    elif _DECLINING.fullmatch(name.lang) and len(words) == 1:
        stem = key.rstrip(_FINAL_VOWELS)
        if len(stem) >= _STEM:
            _add(places.stems, stem, name)


def _add(table: dict[str, tuple[Name, ...]], key: str, name: Name) -> None:
    known = table.get(key, ())
    if name not in known:
        table[key] = (*known, name)


def hits_of(places: Places, tokens: list[Token]) -> Iterator[Hit]:
    """Every name in the text, longest first at each word, never overlapping.

    Names in small letters are found too (``Hit.capital`` is false), ordinary words only where
    they are written like a name (``Hit.ordinary``); the reader of the hits decides.
    """
    at = 0
    while at < len(tokens):
        hit = _hit_at(places, tokens, at)
        if hit is None:
            at += 1
        else:
            yield hit
            at = hit.end


def _hit_at(places: Places, tokens: list[Token], at: int) -> Hit | None:
    first = tokens[at]
    known = places.lengths.get(first.folded, ())
    towns = places.towns
    if towns is not None and len(first.folded) < _LONGEST_WORD:
        known = _LENGTHS if towns.begins(first.folded) else known or (1,)
    for length in known:
        # Names never run over a comma; "Paris, Texas" are two.
        if at + length > len(tokens) or tokens[at + length - 1].clause != first.clause:
            continue
        words = tokens[at : at + length]
        key = first.folded if length == 1 else " ".join(token.folded for token in words)
        found = _named(places, key, any(word.capital for word in words))
        if found:
            return Hit(key, at, at + length, *found)
    # Without a capital only a whole name can be one, and English does not decline.
    return _by_form(places, first, at)


def _named(places: Places, key: str, capital: bool) -> tuple[tuple[Name, ...], bool, bool] | None:
    """The names of a key, with capital and ordinary: the table's countries before any town."""
    names = places.names.get(key, ())
    town = places.towns.town(key) if places.towns else None
    if town and not capital and (town.ordinary or town.people < _SMALL):
        town = None
    if not names and not town:
        return None
    ordinary = key in places.ordinary
    if town and all(name.is_town or name.regions for name in names):
        # Towns of the table have no shares; regions and towns of one name stand side by side.
        names = (*(name for name in names if not name.is_town), *town.names)
        ordinary = ordinary or town.ordinary
    return names, capital, ordinary


def _by_form(places: Places, token: Token, at: int) -> Hit | None:
    """A declined, prefixed or inner name."""
    word = token.folded
    if not token.capital or len(word) > _LONGEST_WORD:
        return _inside(places, word, at) if token.capital and SPACELESS.search(word) else None
    for cut in range(1, _ENDING + 1):
        names = places.stems.get(word[:-cut]) if len(word) - cut >= _STEM else None
        if names:
            return Hit(word, at, at + 1, names, ordinary=word in places.ordinary)
    if not token.cased and SPACELESS.search(word):
        return _inside(places, word, at)
    return _declined(places, token, at)


def _declined(places: Places, token: Token, at: int) -> Hit | None:
    word = token.folded
    if word in places.ordinary or len(word) < _STEM:
        return None
    for base in bases_of(word):
        names = () if token.cased else places.names.get(base, ())
        town = places.towns.town(base) if places.towns else None
        if not names and town and not town.ordinary and _declines(town, token):
            names = town.names
        if names:
            return Hit(word, at, at + 1, names, ordinary=base in places.ordinary)
    return None


def _declines(town: Town, token: Token) -> bool:
    """Whether the ending is worth believing: the town is large, or at home where names decline."""
    home = town.names[0].iso in _DECLINES and town.names[0].share > _MOSTLY
    least = _AT_HOME if home or not token.cased else _ABROAD
    return town.people >= (least if token.folded.isascii() or home else _AT_HOME)


def _inside(places: Places, word: str, at: int) -> Hit | None:
    """The first name inside a run of characters without blanks."""
    for i in range(min(len(word), _RUN_READ)):
        name, names = inner_name(places, word, i)
        if names:
            around = word[max(0, i - 6) : i + len(name) + 6]
            return Hit(around, at, at + 1, names)
    return None


def inner_name(places: Places, word: str, at: int) -> tuple[str, tuple[Name, ...]]:
    """The longest name that begins at ``at`` inside a run without blanks; empty when none does."""
    char = word[at]
    known = next((n for n in places.inner.get(char, ()) if _stands(word, n, at)), "")
    town = ""
    # Korean puts blanks between words: a town inside one is a piece of another word.
    if places.towns and (at == 0 or not "\uac00" <= char <= "\ud7af"):
        town = next((n for n in places.towns.inner(char) if _stands(word, n, at)), "")
    if places.towns and len(town) > len(known):
        found = places.towns.town(town)
        return town, found.names if found else ()
    return known, places.names.get(known, ())


def _stands(word: str, name: str, at: int) -> bool:
    return word.startswith(name, at) and not _splits_katakana(word, at, at + len(name))


def _splits_katakana(word: str, start: int, end: int) -> bool:
    """Whether the name is cut out of a longer foreign word ("voucher" begins like Bauchi)."""
    inside, around = word[start:end], word[max(0, start - 1) : start] + word[end : end + 1]
    return bool(_KATAKANA.match(inside)) and bool(_KATAKANA.search(around))
