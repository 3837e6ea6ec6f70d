"""Telephone numbers in a text, and the countries whose plans they fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from concierge.rules.digits import has_digits, plain_digits
from concierge.rules.place_evidence import Sign
from concierge.rules.served_as import served_as

#: Seven to sixteen digits with at most three signs between two of them. Each start looks at a
#: bounded number of characters; forty digits in a row are no number, since none may follow.
_SHAPE: Final = re.compile(r"(?<![\w+.,/-])[+(]{0,2}\d(?:[ ().\-/]{0,3}\d){6,15}(?!\d)")
_INTERNATIONAL: Final = re.compile(r"\(?(?:\+|00|011[ .\-]?)(?=[ (]?[1-9])")
#: A day, a range of years or a price list has as many digits as a number.
_NO_NUMBER: Final = re.compile(
    r"(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}(?!\d)|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?!\d)|"
    r"(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|0\.\d+|\d{1,3}(?:[., ]000)+$"
)
#: "(0)" is dialled at home only.
_TRUNK: Final = re.compile(r"\(0\)")
#: "(615) 555-0134" is written so in one numbering plan; its area codes tell its countries apart.
_AMERICAN: Final = re.compile(
    r"(?:1[-. ])?\([2-9]\d\d\) ?\d{3}[-. ]\d{4}|[2-9]\d\d[-.]\d{3}[-.]\d{4}"
)
_NORTH_AMERICA: Final = frozenset(("US", "CA", "JM", "TT", "BB", "BS", "DO", "PR", "GY", "BM"))
#: Numbers looked at, and countries a national number is tried in: a bound on the cost.
_NUMBERS: Final = 3
_COUNTRIES: Final = 12
#: From this many digits on a text is worth searching; no country's numbers are shorter than seven.
_LEAST: Final = 7


def phone_signs(text: str, where: str, spoken_in: Callable[[], Iterable[str]]) -> Iterator[Sign]:
    """Each number's country: one by its prefix, else those in which it would be a number.

    ``spoken_in`` gives the countries of the writer's language and clock, likeliest first; a number
    without a prefix is tried there alone. ``where`` is ``body`` or ``signature``.
    """
    plain = plain_digits(text)
    if not has_digits(plain, _LEAST):
        return
    for match in _shapes(plain):
        written = match.group()
        shown = text[match.start() : match.end()].strip()
        prefix = _INTERNATIONAL.match(written)
        if prefix:
            iso = country_of_number(written[prefix.end() :])
            if iso:
                begins = " ".join(re.sub(r"[^\d]+", " ", written[prefix.end() :]).split())
                yield Sign("phone", shown, ((iso, 1.0),), where, f"phone +{begins[:2].strip()}…")
        else:
            yield from _national(written, shown, where, spoken_in)


def _shapes(plain: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for match in _SHAPE.finditer(plain):
        if not _NO_NUMBER.match(match.group()):
            found.append(match)
        if len(found) >= _NUMBERS:
            break
    return found


def _national(
    written: str, shown: str, where: str, spoken_in: Callable[[], Iterable[str]]
) -> Iterator[Sign]:
    tried = list(spoken_in())[:_COUNTRIES]
    if _AMERICAN.fullmatch(written):
        tried = [iso for iso in tried if iso in _NORTH_AMERICA] or ["US", "CA"]
    fits = [iso for iso in tried if _is_number_of(written, iso)]
    # Who asks to be rung gives a mobile: a plan in which it is one, before any where it is not.
    fits = [iso for iso in fits if _is_mobile(written, iso)] or fits
    # People group digits as their country does: "06 12 34 56 78" is written in France.
    fits = (
        [iso for iso in fits if _is_grouped_as_in(written, iso)]
        or [iso for iso in fits if _begins_as_in(written, iso)]
        or fits
    )
    if not fits:
        return
    shares = tuple((served_as(iso), 1 / len(fits)) for iso in fits)
    kind = "phone_national_only" if len(fits) == 1 else "phone_national"
    begins = re.sub(r"\D+", " ", written).split()
    note = f"phone {' '.join(begins)[:5].strip()}… fits"
    yield Sign(kind, shown, shares, where, note)


@lru_cache(maxsize=4096)
def country_of_number(after_prefix: str) -> str:
    """The country of a number without its "+"; empty when no country's plan has it.

    Channel Islands and Man share Britain's prefix and are served as the United Kingdom.
    """
    import phonenumbers

    digits = re.sub(r"\D", "", _TRUNK.sub("", after_prefix))
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return ""
    iso = phonenumbers.region_code_for_number(number)
    if iso is None and phonenumbers.is_possible_number(number):
        # Not a number in use, but a prefix of one country alone still speaks for it.
        code = number.country_code or 0
        regions = phonenumbers.region_codes_for_country_code(code)
        iso = regions[0] if regions and code != 1 else ""
    return served_as(iso) if iso and len(iso) == 2 and iso.isalpha() else ""


@lru_cache(maxsize=4096)
def _is_number_of(written: str, iso: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(written, iso)
    except phonenumbers.NumberParseException:
        return False
    # A plan without a leading "0" has no "0412...", and one with it no number that lacks it.
    led = written.lstrip("(").startswith("0")
    if (led and iso in _WITHOUT_TRUNK) or (not led and iso in _WITH_TRUNK):
        return False
    # By region, not by country alone: Guernsey has numbers of Britain.
    region = phonenumbers.region_code_for_number(number)
    return region is not None and served_as(region) == iso


def _is_grouped_as_in(written: str, iso: str) -> bool:
    return list(_groups(written, iso)) == re.findall(r"\d+", written)


def _begins_as_in(written: str, iso: str) -> bool:
    """Whether the first group, the prefix, is that of the country: "07911 12 34 56" is British."""
    return _groups(written, iso)[:1] == tuple(re.findall(r"\d+", written)[:1])


@lru_cache(maxsize=4096)
def _groups(written: str, iso: str) -> tuple[str, ...]:
    import phonenumbers

    number = phonenumbers.parse(written, iso)
    usual = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return tuple(re.findall(r"\d+", usual))


@lru_cache(maxsize=4096)
def _is_mobile(written: str, iso: str) -> bool:
    import phonenumbers

    kind = phonenumbers.number_type(phonenumbers.parse(written, iso))
    types = phonenumbers.PhoneNumberType
    return kind in (types.MOBILE, types.FIXED_LINE_OR_MOBILE)


#: Plans without a leading "0" on any number: dialled as written.
_WHOLE: Final = "DK NO ES PT PL CZ GR US CA MX CO SG HK LV EE CY MT"
_WITHOUT_TRUNK: Final = frozenset(_WHOLE.split())
#: Plans where people at home always write the leading "0"; nine digits without it are no number.
_LED: Final = (
    "GB IE FR DE AT CH NL BE SE FI AU NZ ZA JP KR TR UA RO BG HR RS SI SK IL EG MA ID TH PK"
)
_WITH_TRUNK: Final = frozenset(_LED.split())
