"""Postcodes in a text, by their shape and, where the shape says little, the town beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from concierge.rules.digits import has_digits
from concierge.rules.place_evidence import Shares, Sign
from concierge.rules.places import Places, hits_of, tokens_of
from concierge.rules.sign_words import SignText

#: Countries by how many digits their postcodes have; the town behind (or before) decides.
_WRITTEN: Final = {
    4: "AT AU BE BG CH CY DK HU LI LU LV NO NZ PH PT SI TN ZA",
    5: "DE ES FI FR HR IT MX MY TR UA ID TH EE LT MA EG PK KE RS ME BA",
    6: "IN RU RO CN SG KZ CO NG VN",
}
_DIGITS: Final = {digits: frozenset(countries.split()) for digits, countries in _WRITTEN.items()}
_BEFORE_TOWN: Final = re.compile(
    r"(?<![\w.,€$£-])(\d{4,6}|\d{3} \d{2,3}),? ([^\W\d_][^\n,;.!?()\d]{2,40})"
)
_BEHIND_TOWN: Final = re.compile(
    r"([^\W\d_][\w'’ -]{2,30}?),?[ -]{1,3}(\d{4,6}|\d{3} \d{3})(?![\w,.]?\d)(?!\w)"
)
#: "D-10115", "CH-8004": the letters of the country before the code.
_PREFIXED: Final = re.compile(r"(?<![\w-])([A-Z]{1,3})[-‑ ]?(\d{4,5}|\d{3} \d{2})(?= [^\W\d_a-z])")
_LETTERS: Final = {
    "D": "DE", "A": "AT", "F": "FR", "I": "IT", "B": "BE", "L": "LU", "CH": "CH", "FL": "LI",
    "DK": "DK", "NO": "NO", "N": "NO", "SE": "SE", "S": "SE", "FI": "FI", "FIN": "FI", "SI": "SI",
    "HR": "HR", "LT": "LT", "LV": "LV", "EE": "EE", "CZ": "CZ", "SK": "SK", "PT": "PT", "P": "PT",
    "ES": "ES", "E": "ES", "IT": "IT", "FR": "FR", "DE": "DE", "AT": "AT", "BE": "BE", "HU": "HU",
    "RO": "RO", "BG": "BG", "GR": "GR", "NL": "NL", "LU": "LU", "PL": "PL",
}  # fmt: skip
#: Fewer digits are no postcode but those of shapes with letters, which have at least two.
_LEAST: Final = 2
#: Shapes found by one row of the table in one text; a bound on the cost.
_FOUND: Final = 2
_TOWNS: Final = 4


@dataclass(frozen=True, slots=True)
class Postcode:
    """A shape that few other things have, the languages it is read in and the words it needs."""

    shares: Shares
    #: Empty: in a text of any language.
    languages: frozenset[str]
    shape: re.Pattern[str]
    needs: frozenset[str]


def postcode_signs(
    text: SignText, where: str, places: Places, shapes: tuple[Postcode, ...]
) -> Iterator[Sign]:
    """Each postcode, with the countries that write it so."""
    if not has_digits(text.plain, _LEAST):
        return
    for row in shapes:
        if text.spoken(row.languages) and text.needs_met(row.needs):
            match = row.shape.search(text.plain)
            if match:
                yield _sign("postcode", match.group().strip(), row.shares, where)
    if has_digits(text.plain, 4):
        yield from _prefixed(text.plain, where)
        yield from _by_towns(text.plain, where, places)


def _sign(kind: str, found: str, shares: Shares, where: str) -> Sign:
    return Sign(kind, found, shares, where, f"format postcode {found}")


def _prefixed(plain: str, where: str) -> Iterator[Sign]:
    for match in list(_PREFIXED.finditer(plain))[:_FOUND]:
        letters, code = match.groups()
        iso = _LETTERS.get(letters, "")
        five = len(code.replace(" ", "")) == 5
        if iso and five == (iso not in _DIGITS[4]):
            yield _sign("postcode", match.group(), ((iso, 1.0),), where)


def _by_towns(plain: str, where: str, places: Places) -> Iterator[Sign]:
    pairs = [(m.group(1), m.group(2)) for m in list(_BEFORE_TOWN.finditer(plain))[:_TOWNS]]
    for code, town in pairs:
        countries = _writing(code) & _towns_countries(town, places)
        if len(countries) == 1:
            shown = f"{code} {town.split()[0]}"
            yield _sign("postcode", shown, ((countries.pop(), 1.0),), where)
    for match in list(_BEHIND_TOWN.finditer(plain))[:_TOWNS]:
        town, code = match.groups()
        countries = _writing(code) & {"IN", "SG", "AU", "NZ", "PK", "ID", "TH", "ZA", "PH", "KE"}
        countries &= _towns_countries(town.split()[-1], places)
        if len(countries) == 1 and town[0].isupper():
            yield _sign("postcode", f"{town} {code}", ((countries.pop(), 1.0),), where)


def _writing(code: str) -> set[str]:
    """The countries whose postcodes have this shape."""
    if re.fullmatch(r"\d{3} \d{2}", code):
        return {"SE", "CZ", "SK", "GR"}
    return set(_DIGITS.get(len(code.replace(" ", "")), ()))


def _towns_countries(words: str, places: Places) -> set[str]:
    """The countries that have a town whose name these words begin with."""
    if words[0].islower():
        return set()
    for hit in hits_of(places, tokens_of(words)):
        if hit.start == 0:
            return {name.iso for name in hit.names if name.is_town}
        break
    return set()
