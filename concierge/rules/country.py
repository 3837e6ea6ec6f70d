"""Where a person is now and where they belong, from evidence that can be shown, or "undetermined".

A score is summed per country and turned into a probability; the answer needs a direct word for the
country (a name, a number, an address), since a language and a clock only suggest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage
from concierge.rules.country_signs import SignTable, sender_signs, signs_of
from concierge.rules.mentions import mentions_of
from concierge.rules.phone_signs import phone_signs
from concierge.rules.place_evidence import CountryChances, Mention, Role, Sign
from concierge.rules.places import Places, fold
from concierge.rules.role_cues import RoleCues
from concierge.rules.whereabouts_clock import Clock, clock_of, countries_showing
from concierge.rules.whereabouts_said import is_on_tour
from concierge.rules.whereabouts_scoring import (
    SELDOM,
    Clue,
    Standing,
    Surroundings,
    clock_weight,
    clues_of,
    is_away,
    shown_of,
    standing_of,
)
from concierge.rules.whereabouts_weights import CountryWeights
from concierge.rules.whereabouts_words import clock_words, home_by_default, nothing_said

#: Characters read: what a person says of where they are stands early, and cost must be bounded.
_READ: Final = 4_000
_READ_SUBJECT: Final = 200
_READ_SIGNATURE: Final = 600
#: From this probability on a country is shown as one that came close.
_NEAR: Final = 0.08


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Two conclusions: the country somebody is in now, and the one they belong to."""

    present: Finding[str]
    home: Finding[str]
    #: How likely the first guess of each is, answered or not, 0 to 1.
    country_chance: float = 0.0
    home_chance: float = 0.0


def whereabouts_of(
    message: ParsedMessage,
    text: str,
    *,
    signature: str = "",
    language: str,
    places: Places,
    cues: RoleCues,
    weights: CountryWeights,
    signs: SignTable,
    thread: str = "",
) -> Whereabouts:
    """The country the sender is in and the one they belong to, as ISO 3166-1 alpha-2.

    ``text`` holds the sender's own words only, since a quoted reply of ours names our own country;
    ``signature`` what was cut as such. ``language`` is the language found ("" for none), ``thread``
    the country of the case so far. Undetermined is "" with the candidates. Never raises.
    """
    around = surroundings(message, language, places, f"{message.subject[:_READ_SUBJECT]}\n{text}")
    mentions, found = witnesses_of(message, text, signature, around, cues=cues, table=signs)
    clues = clues_of(mentions, [*found, *_thread(thread)], weights, on_tour=around.on_tour)
    return concluded(clues, around, weights)


def witnesses_of(
    message: ParsedMessage,
    text: str,
    signature: str,
    around: Surroundings,
    *,
    cues: RoleCues,
    table: SignTable,
) -> tuple[list[Mention], list[Sign]]:
    """What was read and not yet weighed: places named, and the signs beside them."""
    body, under = text[:_READ], signature[:_READ_SIGNATURE]
    mentions = _mentions(message, body, under, around.language, around.places, cues)
    signs = signs_of(
        message,
        body,
        under,
        language=around.language,
        places=around.places,
        table=table,
        spoken_in=_spoken_in(around),
    )
    seen = {fold(sign.found) for sign in signs}
    kept = [m for m in mentions if m.kind != "institution" or fold(m.found) not in seen]
    return kept, signs


def surroundings(
    message: ParsedMessage, language: str, places: Places, text: str = ""
) -> Surroundings:
    """The clock and the language of a message, the scoring takes them; whether they travel."""
    day = message.date.date() if message.date else None
    on_tour = is_on_tour(text[:_READ])
    return Surroundings(message.utc_offset_minutes, day, language, places, on_tour)


def _mentions(
    message: ParsedMessage,
    text: str,
    signature: str,
    language: str,
    places: Places,
    cues: RoleCues,
) -> list[Mention]:
    pieces = (
        (message.subject[:_READ_SUBJECT], "subject"),
        (text, "body"),
        (signature, "signature"),
    )
    called = _called(message)
    return [
        mention
        for piece, where in pieces
        if piece.strip()
        for mention in mentions_of(piece, language, places, cues=cues, where=where)
        if not _is_own_name(mention, called)
    ]


def _called(message: ParsedMessage) -> frozenset[str]:
    """What the writer goes by in the address: Jordan, Paris and India are people too."""
    if message.sender is None:
        return frozenset()
    local = message.sender.key.rpartition("@")[0]
    return frozenset(re.split(r"[\s._+\d-]+", fold(f"{message.sender.name[:80]} {local[:80]}")))


def _is_own_name(mention: Mention, called: frozenset[str]) -> bool:
    """Whether it is the writer's name rather than a place; "I live in Paris" stays a place."""
    loose = mention.where != "body" or mention.role in (Role.NAMED, Role.PAST)
    return loose and fold(mention.found) in called


def _thread(country: str) -> list[Sign]:
    if not country:
        return []
    note = "the case's country so far"
    return [Sign("thread", country, ((country, 1.0),), "thread", note)]


def _spoken_in(around: Surroundings) -> Callable[[], list[str]]:
    """The countries of the writer's language whose clock fits, likeliest first."""

    def countries() -> list[str]:
        spoken = around.places.speakers.get(around.language.partition("-")[0], {})
        return [
            iso
            for iso, chance in sorted(spoken.items(), key=lambda item: (-item[1], item[0]))
            if chance > SELDOM
            and clock_of(iso, around.offset, around.day, around.places) is not Clock.DIFFERS
        ]

    return countries


def concluded(clues: list[Clue], around: Surroundings, weights: CountryWeights) -> Whereabouts:
    """Both conclusions from weighed evidence.

    Home is the present country unless something says otherwise; it may be known when the present
    country is not.
    """
    present = standing_of(clues, "present", around, weights)
    home = standing_of(clues, "home", around, weights)
    here = _finding(present, "present", clues, around, weights)
    there = _finding(home, "home", clues, around, weights)
    default = not there.value and not is_away(clues, here.value, around)
    if here.value and (there.value == here.value or default):
        said = [e for e in there.evidence if e.note.startswith(f"{here.value}: ")]
        rest = [e for e in there.evidence if e not in said]
        evidence = (*said, *rest) if there.value else (home_by_default(here.value), *said, *rest)
        there = Finding(here.value, evidence, candidates=there.candidates)
    return Whereabouts(here, there, _chance(present, here), _chance(home, there))


def _chance(standing: Standing, finding: Finding[str]) -> float:
    """How likely the first guess is."""
    first = finding.value or next(iter(finding.candidates), "")
    return dict(standing.ranked).get(first, 0.0)


def _finding(
    standing: Standing,
    target: str,
    clues: list[Clue],
    around: Surroundings,
    weights: CountryWeights,
) -> Finding[str]:
    best, probability = standing.best
    evidence = _evidence(standing, target, clues, around, weights)
    others = tuple(iso for iso, p in standing.ranked[:4] if p >= _NEAR)
    enough = standing.direct.get(best, 0.0) >= weights.model["direct_from"]
    if probability >= weights.model["answer_from"] and enough:
        named = sorted(
            (iso for iso, total in standing.sums.items() if iso != best and total > _NAMED),
            key=lambda iso: (-standing.sums[iso], iso),
        )
        return Finding(best, evidence, candidates=tuple(named[:3]))
    if target == "present":
        # A mother writes of a son in Leeds: no answer, but the first thing to ask.
        theirs = (c.iso for c in clues if c.shown.rule == "country.others")
        others = tuple(dict.fromkeys((*others, *theirs)))[:4]
    return Finding("", evidence, undetermined=True, candidates=others)


#: A country with less than this was only touched on: a line of a tour, a stranger's town.
_NAMED: Final = 0.5


def _evidence(
    standing: Standing,
    target: str,
    clues: list[Clue],
    around: Surroundings,
    weights: CountryWeights,
) -> tuple[Evidence, ...]:
    shown = shown_of(clues, target)
    best, _ = standing.best
    if best and around.offset is not None:
        weight = clock_weight(best, target, around, weights)
        if weight:
            shown = (*shown, clock_words(best, around.offset, weight))
    return tuple(sorted(shown, key=lambda e: -abs(e.weight))) or (nothing_said(),)


def country_chances(
    message: ParsedMessage,
    text: str,
    *,
    places: Places,
    weights: CountryWeights,
    signs: SignTable,
    thread: str = "",
) -> CountryChances:
    """How likely each country is before the language is known: 0 to 1, at most 1 in all.

    By telephone, address, mail house, clock, headers and the case so far; never by words, so that a
    language may be told with its help. Empty when nothing is known. Never raises.
    """
    around = surroundings(message, "", places)
    phones = phone_signs(text[:_READ], "body", lambda: ())
    found = [*phones, *sender_signs(message, places, signs), *_thread(thread)]
    clues = clues_of((), found, weights)
    if not clues and around.offset is None:
        return {}
    sums = standing_of(clues, "present", around, weights).sums
    model = weights.model
    clocks = _clocks_of(around, weights)
    chances = {
        iso: math.exp(model["scale"] * (sums.get(iso, 0.0) + clocks.get(iso, 0.0)))
        for iso in {*sums, *clocks}
    }
    total = sum(chances.values()) + model["cannot_tell"]
    return {iso: chance / total for iso, chance in chances.items()}


def _clocks_of(around: Surroundings, weights: CountryWeights) -> dict[str, float]:
    """The countries whose clock fits on that day, all with the same weight."""
    if around.offset is None:
        return {}
    weight = weights.present["clock_fits" if around.offset else "clock_utc_fits"]
    if around.day is not None:
        return dict.fromkeys(countries_showing(around.offset, around.day), weight)
    clocks = around.places.clocks.items()
    return {iso: weight for iso, minutes in clocks if around.offset in minutes}
