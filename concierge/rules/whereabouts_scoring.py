"""The scoring model: from mentions, signs, clock and language to a chance for each country."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from concierge.domain.findings import Evidence
from concierge.rules.place_evidence import Mention, Sign
from concierge.rules.places import Places
from concierge.rules.whereabouts_clock import Clock, clock_of
from concierge.rules.whereabouts_said import (
    Said,
    home_weight,
    is_listed,
    listed_places,
    present_weight,
    said_in,
)
from concierge.rules.whereabouts_weights import CountryWeights
from concierge.rules.whereabouts_words import mention_words, sign_words

#: Below this a piece of evidence is shown to nobody: a hundredth of a town's people.
_WORTH_SHOWING: Final = 0.05
#: What others say, or what may be, is no direct word for a country.
_INDIRECT: Final = frozenset(
    {"cctld_generic", "provider_weak", "currency_shared", "institution_weak"}
    | {"content_language_weak"}
    | {"past", "future", "others", "not"}
)
#: Signs that a traveller keeps: they speak of the present place less where the words name it.
_KEPT: Final = (
    "phone phone_national phone_national_only cctld cctld_generic provider provider_weak "
    "institution institution_weak currency currency_shared content_language "
    "content_language_weak received thread "
    "postcode"
)
_KEPT_ON_TOUR: Final = frozenset(_KEPT.split())
#: One place of a list in several countries, and which is theirs nobody can tell.
_LISTED: Final = 0.4
#: Each country it fits gets the whole weight; language and clock choose among them.
_COUNTRYWIDE: Final = frozenset({"currency_shared", "phone_national"})


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence for one country, and to which conclusion it adds how much."""

    iso: str
    #: What counts once: pieces of one sort for one country add little to the strongest.
    sort: str
    present: float
    home: float
    direct: bool
    shown: Evidence


def clues_of(
    mentions: Iterable[Mention],
    signs: Iterable[Sign],
    weights: CountryWeights,
    *,
    on_tour: bool = False,
) -> list[Clue]:
    """All evidence, weighed for both conclusions; ``on_tour``: they say that they travel."""
    mentions = list(mentions)
    said = said_in(mentions, on_tour=on_tour)
    listed = listed_places(mentions)
    found = [clue for m in mentions for clue in _of_mention(m, weights, said, listed=listed)]
    found += [clue for s in signs for clue in _of_sign(s, weights, said)]
    return found


def _of_mention(
    mention: Mention, weights: CountryWeights, said: Said, *, listed: bool
) -> Iterable[Clue]:
    key = "institution" if mention.kind == "institution" else mention.role.value
    factor = weights.model.get(mention.kind, 1.0) if mention.kind in ("town", "region") else 1.0
    if listed and is_listed(mention):
        factor *= _LISTED
    for iso, share in mention.shares:
        if key == "institution":
            present, home = weights.present[key], weights.home[key]
        else:
            present = present_weight(mention, iso, said, weights.present, weights.model)
            home = home_weight(mention, iso, said, weights.home, weights.model)
        present = _signed(mention, present * factor, weights) * share
        home = _signed(mention, home * factor, weights) * share
        shown = mention_words(mention, iso, max(present, home, key=abs))
        yield Clue(iso, "place" if present >= 0 else "not", present, home,
                   key not in _INDIRECT, shown)  # fmt: skip


def _signed(mention: Mention, weight: float, weights: CountryWeights) -> float:
    if mention.where != "signature":
        return weight
    cap = "signature_town" if mention.kind in ("town", "region") else "signature_country"
    return min(weight, weights.model[cap])


def _of_sign(sign: Sign, weights: CountryWeights, said: Said) -> Iterable[Clue]:
    most = max((share for _, share in sign.shares), default=1.0)
    for iso, share in sign.shares:
        part = share / most if sign.kind in _COUNTRYWIDE else share
        present = weights.present.get(sign.kind, 0.0) * part * _kept(sign, iso, weights, said)
        home = weights.home.get(sign.kind, 0.0) * part * _brought(sign, iso, weights, said)
        if sign.where == "signature":
            present = min(present, weights.model["signature_phone"])
            home = min(home, weights.model["signature_phone"])
        shown = sign_words(sign, iso, max(present, home))
        sort = sign.kind.partition("_")[0]
        yield Clue(iso, sort, present, home, sign.kind not in _INDIRECT, shown)


def _kept(sign: Sign, iso: str, weights: CountryWeights, said: Said) -> float:
    if sign.kind not in _KEPT_ON_TOUR:
        return 1.0
    if said.now:
        return 1.0 if iso in said.now else weights.model["beside_now"]
    return weights.model["beside_lives"] if said.lives and iso not in said.lives else 1.0


def _brought(sign: Sign, iso: str, weights: CountryWeights, said: Said) -> float:
    """A traveller's number and address are those of home."""
    abroad = said.now and iso not in said.now
    kept = sign.kind in _KEPT_ON_TOUR
    return weights.model["brought_abroad"] if kept and (abroad or said.on_tour) else 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """The evidence summed for one conclusion, and each country's chance, best first."""

    sums: Mapping[str, float]
    direct: Mapping[str, float]
    ranked: tuple[tuple[str, float], ...]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest country and its probability; empty and 0 when there is none."""
        return self.ranked[0] if self.ranked else ("", 0.0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What speaks for many countries at once: the clock on that day, and the language."""

    offset: int | None
    day: date | None
    language: str
    places: Places
    #: They say that they are travelling.
    on_tour: bool = False


def standing_of(
    clues: Iterable[Clue], target: str, around: Surroundings, weights: CountryWeights
) -> Standing:
    """Chances of the countries for ``present`` or ``home``."""
    clues = list(clues)
    sorts: dict[tuple[str, str], list[float]] = defaultdict(list)
    direct: dict[str, float] = defaultdict(float)
    for clue in clues:
        value = clue.present if target == "present" else clue.home
        sorts[clue.iso, clue.sort].append(value)
        if clue.direct and value > 0:
            direct[clue.iso] += value
    sums: dict[str, float] = defaultdict(float)
    for (iso, _), values in sorts.items():
        sums[iso] += _together(values, weights.model["again"])
    told = target == "present" and any(c.shown.rule == "country.now" for c in clues)
    # A device shows the clock of home for days; who says where they are knows better.
    trust = weights.model["clock_beside_now"] if told else 1.0
    return Standing(sums, direct, _ranked(sums, target, around, weights, trust))


def _together(values: list[float], again: float) -> float:
    """The strongest piece, and a little for the rest: saying it twice is not twice the proof."""
    strongest = max(values, key=abs)
    rest = sum(values) - strongest
    return strongest + max(-abs(strongest), min(abs(strongest), again * rest))


def _ranked(
    sums: Mapping[str, float],
    target: str,
    around: Surroundings,
    weights: CountryWeights,
    trust: float,
) -> tuple[tuple[str, float], ...]:
    model = weights.model
    spoken = around.places.speakers.get(around.language.partition("-")[0], {})
    total = model["cannot_tell"]
    chances: dict[str, float] = {}
    for iso in {*sums, *spoken}:
        prior = 0.0
        if spoken:
            prior = model["language"] * max(model["rarest"], spoken.get(iso, model["rarest"]) + 1)
        clock = trust * clock_weight(iso, target, around, weights)
        score = sums.get(iso, 0.0) + clock + prior
        chances[iso] = math.exp(min(50.0, model["scale"] * score))
        total += chances[iso]
    ranked = sorted(chances.items(), key=lambda item: (-item[1], item[0]))
    return tuple((iso, chance / total) for iso, chance in ranked[:6])


def clock_weight(iso: str, target: str, around: Surroundings, weights: CountryWeights) -> float:
    """What the clock adds for one country; a clock of +0000 is often the program's, not theirs."""
    table = weights.present if target == "present" else weights.home
    said = clock_of(iso, around.offset, around.day, around.places)
    if said is Clock.UNKNOWN:
        return 0.0
    if around.offset == 0:
        return table["clock_utc_fits" if said is Clock.FITS else "clock_utc_differs"]
    return table[f"clock_{said.value}"]


def shown_of(clues: Iterable[Clue], target: str) -> tuple[Evidence, ...]:
    """The evidence of one conclusion, strongest first, each line once, at most a dozen."""
    weighed = []
    for clue in clues:
        value = clue.present if target == "present" else clue.home
        if abs(value) >= _WORTH_SHOWING or clue.shown.rule in ("country.past", "country.others"):
            weighed.append((-abs(value), clue.shown.note, value, clue.shown))
    weighed.sort(key=lambda row: row[:2])
    lines = {
        note: Evidence(e.rule, e.found, e.where, round(value, 2), note)
        for _, note, value, e in weighed
    }
    return tuple(lines.values())[:11]


#: Of a thousand speakers three live there: rarer, and a number that fits proves nothing.
SELDOM: Final = math.log(0.003)
#: What speaks of a home, if not clearly enough to tell which country it is in.
_OF_A_HOME: Final = frozenset({"country.from", "country.belongs", "country.home"})


def is_away(clues: list[Clue], here: str, around: Surroundings) -> bool:
    """Whether somebody is plainly not at home, though nobody can tell where that is.

    They name an origin that lies elsewhere; or they are for now in a country, and on tour, or on
    their way through it and of a language its people seldom speak.
    """
    of_home = [clue for clue in clues if clue.shown.rule in _OF_A_HOME and clue.home > 0]
    if of_home and all(clue.iso != here for clue in of_home):
        return True
    rules = {clue.shown.rule for clue in clues}
    now = any(c.shown.rule == "country.now" and c.iso == here for c in clues)
    if not now or "country.others" in rules:
        return False
    spoken = around.places.speakers.get(around.language.partition("-")[0], {})
    foreign = bool(spoken) and spoken.get(here, -math.inf) < SELDOM
    return around.on_tour or (foreign and not rules.isdisjoint(_ON_THE_WAY))


_ON_THE_WAY: Final = frozenset({"country.past", "country.future"})
