"""The scoring model: from mentions, signs, clock and language to a chance for each country."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from concierge.domain.findings import Evidence
from concierge.rules.place_evidence import Mention, Role, Sign
from concierge.rules.places import Places
from concierge.rules.whereabouts_clock import Clock, clock_of
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
#: Roles that leave open what the place is to the writer.
_UNSAID: Final = frozenset({Role.IN, Role.NAMED, Role.WANTED})
#: Signs that a traveller keeps: they speak of the present place less where the words name it.
_KEPT: Final = (
    "phone phone_national phone_national_only cctld cctld_generic provider provider_weak "
    "institution institution_weak currency currency_shared content_language "
    "content_language_weak received thread "
    "postcode"
)
_KEPT_ON_TOUR: Final = frozenset(_KEPT.split())
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
    mentions: Iterable[Mention], signs: Iterable[Sign], weights: CountryWeights
) -> list[Clue]:
    """All evidence, weighed for both conclusions."""
    mentions = list(mentions)
    elsewhere = _said_to_be(mentions)
    found = [clue for m in mentions for clue in _of_mention(m, weights, elsewhere[Role.NOW])]
    found += [clue for s in signs for clue in _of_sign(s, weights, elsewhere)]
    return found


def _said_to_be(mentions: list[Mention]) -> dict[Role, frozenset[str]]:
    """The countries the writer says to be in or to live in, by role."""
    return {
        role: frozenset(m.shares[0][0] for m in mentions if m.role is role and m.shares)
        for role in (Role.NOW, Role.LIVES)
    }


def _of_mention(mention: Mention, weights: CountryWeights, now: frozenset[str]) -> Iterable[Clue]:
    key = mention.role.value
    if mention.kind == "institution":
        key = "institution"
    factor = weights.model.get(mention.kind, 1.0) if mention.kind in ("town", "region") else 1.0
    for iso, share in mention.shares:
        present = _signed(mention, weights.present[key] * factor, weights) * share
        home = _signed(mention, weights.home[key] * factor, weights) * share
        if iso in now and mention.role in _UNSAID:
            home = 0.0  # "on tour in Tokyo" below the subject "Tokyo": no word of a home
        shown = mention_words(mention, iso, max(present, home, key=abs))
        yield Clue(iso, "place" if present >= 0 else "not", present, home,
                   key not in _INDIRECT, shown)  # fmt: skip


def _signed(mention: Mention, weight: float, weights: CountryWeights) -> float:
    if mention.where != "signature":
        return weight
    cap = "signature_town" if mention.kind in ("town", "region") else "signature_country"
    return min(weight, weights.model[cap])


def _of_sign(
    sign: Sign, weights: CountryWeights, elsewhere: Mapping[Role, frozenset[str]]
) -> Iterable[Clue]:
    most = max((share for _, share in sign.shares), default=1.0)
    for iso, share in sign.shares:
        part = share / most if sign.kind in _COUNTRYWIDE else share
        present = weights.present.get(sign.kind, 0.0) * part * _kept(sign, iso, weights, elsewhere)
        home = weights.home.get(sign.kind, 0.0) * part
        if sign.where == "signature":
            present = min(present, weights.model["signature_phone"])
            home = min(home, weights.model["signature_phone"])
        shown = sign_words(sign, iso, max(present, home))
        sort = sign.kind.partition("_")[0]
        yield Clue(iso, sort, present, home, sign.kind not in _INDIRECT, shown)


def _kept(
    sign: Sign, iso: str, weights: CountryWeights, elsewhere: Mapping[Role, frozenset[str]]
) -> float:
    if sign.kind not in _KEPT_ON_TOUR:
        return 1.0
    now, lives = elsewhere[Role.NOW], elsewhere[Role.LIVES]
    if now:
        return 1.0 if iso in now else weights.model["beside_now"]
    return weights.model["beside_lives"] if lives and iso not in lives else 1.0


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


def standing_of(
    clues: Iterable[Clue], target: str, around: Surroundings, weights: CountryWeights
) -> Standing:
    """Chances of the countries for ``present`` or ``home``."""
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
    return Standing(sums, direct, _ranked(sums, target, around, weights))


def _together(values: list[float], again: float) -> float:
    """The strongest piece, and a little for the rest: saying it twice is not twice the proof."""
    strongest = max(values, key=abs)
    rest = sum(values) - strongest
    return strongest + max(-abs(strongest), min(abs(strongest), again * rest))


def _ranked(
    sums: Mapping[str, float], target: str, around: Surroundings, weights: CountryWeights
) -> tuple[tuple[str, float], ...]:
    model = weights.model
    spoken = around.places.speakers.get(around.language.partition("-")[0], {})
    total = model["cannot_tell"]
    chances: dict[str, float] = {}
    for iso in {*sums, *spoken}:
        prior = 0.0
        if spoken:
            prior = model["language"] * max(model["rarest"], spoken.get(iso, model["rarest"]) + 1)
        score = sums.get(iso, 0.0) + clock_weight(iso, target, around, weights) + prior
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
