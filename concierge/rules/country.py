"""Which country a person is in now, from evidence that can be shown, or "undetermined".

A score is summed per country and turned into a probability; the answer needs a direct word for the
country (a name, a number, an address), since a language and a clock only suggest.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage
from concierge.rules.named_places import Found, named
from concierge.rules.places import Places

#: The scoring model, fitted on written support mails: score = SCALE x (sum + clock + language),
#: probability = exp(score) / (all countries + CANNOT_TELL).
_SCALE: Final = 1.95
_CLOCK_FITS: Final = 1.76
_CLOCK_DIFFERS: Final = -3.95
#: Many mailers write every Date in +0000, so it says less, and still less against a country.
_UTC_FITS: Final = 0.40
_UTC_DIFFERS: Final = 0.25
_LANGUAGE: Final = 0.59 * 0.55
_RAREST: Final = -3.5
_CANNOT_TELL: Final = 0.9
#: Answer from this probability on, with direct evidence of at least this weight (a home country
#: named with "from" is the weakest that may stand alone).
_ANSWER_FROM: Final = 0.6
_DIRECT_FROM: Final = 1.6
#: Weights of what is no place name.
_PHONE: Final = 4.0
_CCTLD: Final = 2.6
_GENERIC_CCTLD: Final = 0.3
_CONTENT_LANGUAGE: Final = 1.8
#: Country domains that the world buys for their sound.
_GENERIC: Final = frozenset(
    ("io", "co", "me", "fm", "tv", "ai", "ly", "to", "gg", "cc", "ws", "la", "sh", "ac", "im", "je")
)
#: Characters read: what a person says of where they are stands early, and cost must be bounded.
_READ: Final = 2_000
_PHONE_SHAPE: Final = re.compile(r"(?<![\w+])(?:\+|00)[1-9][\d\s().\-/]{6,20}\d")
#: Numbering plans of the Channel Islands and Man are served as the United Kingdom.
_SERVED_AS: Final = {"GG": "GB", "JE": "GB", "IM": "GB", "SJ": "NO", "AX": "FI"}


def country_of(message: ParsedMessage, text: str, *, language: str, places: Places) -> Finding[str]:
    """The country the sender is in now as ISO 3166-1 alpha-2; "" with candidates if undetermined.

    ``text`` holds the sender's own words only: a quoted reply of ours names our own country.
    ``language`` is the language found ("" for none). Never raises; costs under a millisecond.
    """
    head = f"{message.subject[:200]}\n{text[:_READ]}"
    found = [
        *named(head, language, places),
        *_by_phones(text[:_READ]),
        *_by_address(message, places),
        *_by_content_language(message, places),
    ]
    sums: dict[str, float] = defaultdict(float)
    for iso, evidence in found:
        sums[iso] += evidence.weight
    ranked = _ranked(sums, message.utc_offset_minutes, language, places)
    return _concluded(found, sums, ranked, message.utc_offset_minutes, places)


def _concluded(
    found: list[Found],
    sums: dict[str, float],
    ranked: list[tuple[str, float]],
    offset: int | None,
    places: Places,
) -> Finding[str]:
    evidence = tuple(e for _, e in found) + _clock_evidence(ranked, offset, places)
    if not ranked:
        return Finding("", evidence or (_nothing(),), undetermined=True)
    best, probability = ranked[0]
    near = tuple(iso for iso, p in ranked[:4] if p >= 0.08)
    if probability >= _ANSWER_FROM and sums.get(best, 0.0) >= _DIRECT_FROM:
        named = tuple(iso for iso in sums if iso != best and sums[iso] > 0)
        return Finding(best, evidence, candidates=named[:3])
    return Finding("", evidence or (_nothing(),), undetermined=True, candidates=near)


def _nothing() -> Evidence:
    note = "nothing says where they are"
    return Evidence("country.nothing", "no place, number or national address", "body", 0.0, note)


def _ranked(
    sums: dict[str, float], offset: int | None, language: str, places: Places
) -> list[tuple[str, float]]:
    """Countries by probability, best first."""
    spoken = places.speakers.get(language, {})
    total = _CANNOT_TELL
    weights: dict[str, float] = {}
    for iso in {*sums, *spoken}:
        prior = _LANGUAGE * max(_RAREST, spoken.get(iso, _RAREST) + 1) if spoken else 0.0
        score = sums.get(iso, 0.0) + _clock(iso, offset, places) + prior
        weights[iso] = math.exp(_SCALE * score)
        total += weights[iso]
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [(iso, weight / total) for iso, weight in ranked[:6]]


def _clock(iso: str, offset: int | None, places: Places) -> float:
    known = places.clocks.get(iso)
    if offset is None or not known:
        return 0.0
    if offset in known:
        return _CLOCK_FITS * (1.0 if offset else _UTC_FITS)
    return _CLOCK_DIFFERS * (1.0 if offset else _UTC_DIFFERS)


def _clock_evidence(
    ranked: list[tuple[str, float]], offset: int | None, places: Places
) -> tuple[Evidence, ...]:
    if not ranked or offset is None:
        return ()
    iso = ranked[0][0]
    weight = _clock(iso, offset, places)
    sign = "-" if offset < 0 else "+"
    clock = f"{sign}{abs(offset) // 60:02d}{abs(offset) % 60:02d}"
    note = f"the sender's clock {'fits' if weight > 0 else 'does not fit'} {iso}"
    return (Evidence("country.clock", clock, "header:Date", round(weight, 2), note),)


def _by_phones(text: str) -> Iterator[Found]:
    for shape in list(_PHONE_SHAPE.finditer(text))[:3]:
        iso = _country_of_number(shape.group())
        if iso:
            note = f"gives a telephone number of {iso}"
            yield iso, Evidence("country.phone", shape.group(), "body", _PHONE, note)


def _country_of_number(written: str) -> str:
    import phonenumbers

    plain = "+" + re.sub(r"\D", "", written).removeprefix("00")
    try:
        number = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException:
        return ""
    iso = phonenumbers.region_code_for_number(number)
    if iso is None and phonenumbers.is_possible_number(number):
        # Not a number in use, but a prefix of one country alone still speaks for it.
        code = number.country_code or 0
        regions = phonenumbers.region_codes_for_country_code(code)
        iso = regions[0] if regions and code != 1 else ""
    iso = iso if iso and len(iso) == 2 and iso.isalpha() else ""
    return _SERVED_AS.get(iso, iso)


def _by_address(message: ParsedMessage, places: Places) -> Iterator[Found]:
    domain = message.sender.domain if message.sender else ""
    ending = domain.rpartition(".")[2]
    iso = "GB" if ending == "uk" else ending.upper()
    if len(ending) != 2 or iso not in places.clocks:
        return
    weight = _GENERIC_CCTLD if ending in _GENERIC else _CCTLD
    note = f"the address ends in .{ending}, which is {iso}"
    yield _SERVED_AS.get(iso, iso), Evidence("country.domain", domain, "header:From", weight, note)


def _by_content_language(message: ParsedMessage, places: Places) -> Iterator[Found]:
    value = message.header("Content-Language")
    match = re.match(r"\s*[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})\b", value)
    iso = match.group(1).upper() if match else ""
    # Programs are sold set to American English; it says nothing of the person.
    if iso in places.clocks and not value.strip().lower().startswith("en-us"):
        where, note = "header:Content-Language", f"the mail program is set to {iso}"
        yield iso, Evidence("country.content_language", value, where, _CONTENT_LANGUAGE, note)
