"""Country names as people write them, looked up word by word, and where they stand in a text."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from concierge.errors import FaultyInput

#: Names of more words than this are found by their first four (none of a country we know of).
_LONGEST: Final = 4
#: Languages that decline names: "Suomi, Suomessa", "Казахстан, в Казахстане".
_DECLINING: Final = frozenset(
    ("ru", "uk", "bg", "mk", "sr", "hr", "sl", "pl", "cs", "sk", "fi", "et", "hu", "tr", "el")
)
#: A stem keeps at least this many letters, and an ending has at most that many.
_STEM: Final = 4
_ENDING: Final = 4
_FINAL_VOWELS: Final = "aeiouyąęáéíóúýаеиіоуыэюяьйαηος"
#: Scripts written without blanks: names are found inside the run of characters.
SPACELESS: Final = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
#: Arabic and Hebrew write "in", "from", "and" as a letter before the name.
_PREFIXED: Final = re.compile(r"^[وبلفבלמהו]{1,2}(?=..)")
_TOKEN: Final = re.compile(
    r"[^\s.,;:!?()\[\]{}\"“”„«»<>/\\|…'’‘`*_•·—–؟،؛।-]+|[.!?;\n؟।。！？]|[,،、，]"
)
_DOTTED: Final = re.compile(r"\b(?:[A-Z]\.){2,4}")

_KATAKANA: Final = re.compile(r"[\u30a1-\u30ff]")

SIGN: Final = "sign"


@dataclass(frozen=True, slots=True)
class Name:
    """One country a name stands for, in one language.

    ``lang`` is ``en`` for a country's name in English, ``city-en`` for a town's, ``region-en`` for
    a state's or province's, ``demonym-en`` for a nationality word, ``sign`` for an institution.
    """

    iso: str
    lang: str
    #: How much of the name speaks for this country; towns of one name share it by their people.
    share: float = 1.0

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


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the words as compared, where (first token, one past the last), and for whom."""

    words: str
    start: int
    end: int
    names: tuple[Name, ...]


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


#: A line this long that goes straight on was wrapped by the mail program: "in Galway,\nIreland"
#: is one sentence. Shorter lines end by the writer's wish, as in an address or a signature.
#: Looking back from the line's end keeps it linear: a pattern that begins with the line is tried
#: at every character of a long one.
_WRAPPED: Final = re.compile(r"(?<=[^\n]{50})\n(?=\S)")


_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


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


def parse_places(csv_text: str) -> Places:
    """Read the country table: columns iso, lang, name.

    ``lang`` is a language code, ``city-`` and one (a town), ``sign`` (an institution that gives
    the country away), ``utc`` (minutes, separated by blanks) or ``speakers`` (``en:66.6 cy:0.9``,
    in millions).
    :class:`~concierge.errors.FaultyInput` lists every row that is not so.
    """
    places, faults = Places(), []
    counted: dict[str, dict[str, float]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        try:
            _take(places, counted, row["iso"].strip(), row["lang"].strip(), row["name"].strip())
        except (KeyError, ValueError, AttributeError):
            faults.append(f"countries.csv:{number}: not iso,lang,name; compare the rows around it")
    if faults or not places.names:
        raise FaultyInput("The table of countries cannot be used.", tuple(faults))
    for language, by_country in counted.items():
        total = sum(by_country.values())
        places.speakers[language] = {c: math.log(n / total) for c, n in by_country.items()}
    return places


def _take(
    places: Places, counted: dict[str, dict[str, float]], iso: str, lang: str, text: str
) -> None:
    if len(iso) != 2 or not text:
        raise ValueError(iso)
    if lang == "utc":
        places.clocks[iso] = frozenset(map(int, text.split()))
    elif lang == "speakers":
        for pair in text.split():
            language, _, millions = pair.partition(":")
            counted.setdefault(language, {})[iso] = float(millions)
    else:
        _take_name(places, Name(iso, lang), text)


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
    elif name.lang.removeprefix("city-") in _DECLINING and len(words) == 1:
        stem = key.rstrip(_FINAL_VOWELS)
        if len(stem) >= _STEM:
            _add(places.stems, stem, name)


def _add(table: dict[str, tuple[Name, ...]], key: str, name: Name) -> None:
    known = table.get(key, ())
    if name not in known:
        table[key] = (*known, name)


def hits_of(places: Places, tokens: list[Token]) -> Iterator[Hit]:
    """Every name in the text, longest first at each word, never overlapping."""
    at = 0
    while at < len(tokens):
        # Most words begin no name and have no capital: they are not worth a call.
        plain = not tokens[at].capital and tokens[at].folded not in places.lengths
        hit = None if plain else _hit_at(places, tokens, at)
        if hit is None:
            at += 1
        else:
            yield hit
            at = hit.end


def _hit_at(places: Places, tokens: list[Token], at: int) -> Hit | None:
    first = tokens[at]
    for length in places.lengths.get(first.folded, ()):
        # Names never run over a comma; "Paris, Texas" are two.
        if at + length > len(tokens) or tokens[at + length - 1].clause != first.clause:
            continue
        key = " ".join(token.folded for token in tokens[at : at + length])
        names = places.names.get(key)
        if names:
            return Hit(key, at, at + length, names)
    # Without a capital only a whole name can be one, and English does not decline.
    return _by_form(places, first.folded, at) if first.capital else None


def _by_form(places: Places, word: str, at: int) -> Hit | None:
    """A declined, prefixed or inner name."""
    for cut in range(1, _ENDING + 1):
        names = places.stems.get(word[:-cut]) if len(word) - cut >= _STEM else None
        if names:
            return Hit(word, at, at + 1, names)
    if word.isascii():
        return None
    plain = _PREFIXED.sub("", word, count=1)
    if plain != word and plain in places.names:
        return Hit(word, at, at + 1, places.names[plain])
    return _inside(places, word, at) if SPACELESS.search(word) else None


def _inside(places: Places, word: str, at: int) -> Hit | None:
    """The first name inside a run of characters without blanks."""
    for i, char in enumerate(word):
        for inner in places.inner.get(char, ()):
            if word.startswith(inner, i) and not _splits_katakana(word, i, i + len(inner)):
                around = word[max(0, i - 6) : i + len(inner) + 6]
                return Hit(around, at, at + 1, places.names[inner])
    return None


def _splits_katakana(word: str, start: int, end: int) -> bool:
    """Whether the name is cut out of a longer foreign word ("voucher" begins like Bauchi)."""
    inside, around = word[start:end], word[max(0, start - 1) : start] + word[end : end + 1]
    return bool(_KATAKANA.match(inside)) and bool(_KATAKANA.search(around))
