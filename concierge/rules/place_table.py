"""The table of countries: their names, regions and nationality words, clocks and languages."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass, field
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.gazetteer import Gazetteer
from concierge.rules.place_words import SPACELESS, Name, fold, tokens_of

#: Names of more words than this are found by their first four (none of a country we know of).
_LONGEST: Final = 4
#: Languages that decline names: "Suomi, Suomessa", "Казахстан, в Казахстане".
_DECLINING: Final = re.compile(
    r"(?:city-|region-|demonym-)?(?:ru|uk|be|bg|mk|sr|hr|bs|sl|pl|cs|sk|fi|et|lv|lt|hu|ro|tr|az|el)"
)
#: A stem keeps at least this many letters.
STEM: Final = 4
_FINAL_VOWELS: Final = "aeiouyąęáéíóúýаеиіоуыэюяьйαηος"

SIGN: Final = "sign"


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
    #: Abbreviations of states and provinces; places only right after a town ("Perth WA").
    codes: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    #: Names that are ordinary words as well: "reunion", "turkey".
    ordinary: set[str] = field(default_factory=set)
    #: Words met in small letters, and with a capital, that begin no name: remembering them changes
    #: no answer.
    plain: set[str] = field(default_factory=set, compare=False, repr=False)
    plain_names: set[str] = field(default_factory=set, compare=False, repr=False)
    #: The towns of the world, none where only the table of countries is wanted.
    towns: Gazetteer | None = None


def parse_places(csv_text: str, *, gazetteer: Gazetteer | None = None) -> Places:
    """Read the country table: columns iso, lang, name and, optionally, share (0 to 1).

    ``lang`` is a language code, or one after ``city-``, ``region-`` (``iso`` then carries the
    region's code, ``US-TX``) or ``demonym-``; ``code`` (a region's abbreviation), ``sign`` (an
    institution that gives the country away), ``ordinary`` (a word that is a place too), ``utc``
    (minutes, separated by blanks) or ``speakers`` (``en:66.6 cy:0.9``, in millions). ``gazetteer``
    knows the towns; it is not read
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
    elif lang == "code":
        _add(places.codes, fold(text), Name(iso, "region-en", 1.0, (code,)))
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
        if len(stem) >= STEM:
            _add(places.stems, stem, name)


def _add(table: dict[str, tuple[Name, ...]], key: str, name: Name) -> None:
    known = table.get(key, ())
    if name not in known:
        table[key] = (*known, name)
