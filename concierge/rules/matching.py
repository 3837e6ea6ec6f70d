"""Which resources help this person, here, now, in their language, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from concierge.domain.findings import Urgency
from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.rules.directory_index import ANYWHERE, Entry, Index, index
from concierge.rules.match_asked import Asked, Wanted, asked
from concierge.rules.match_reasons import because, reasons

__all__ = ["Index", "Wanted", "because", "index", "match"]

# Lines for people in violent homes are crisis lines for whoever writes about violence.
_VIOLENCE = frozenset({"domestic_violence", "sexual_assault"})
_OPEN_AUDIENCES = frozenset({"general", "music", "crew"})
_MUSIC = frozenset({"music", "crew"})
# What a musician's home still gives them on tour, by web or mail: its funds and its own charities.
_FROM_AFAR = frozenset({ResourceKind.MUSIC_INDUSTRY, ResourceKind.FINANCIAL_AID})


class _Tier(IntEnum):
    """Why a row is proposed at all. Risk stands first, whatever else the mail asks."""

    RISK = 0
    NAMED = 1
    MUSIC = 2
    TOPIC = 3
    GENERAL = 4
    BACKSTOP = 5


# The score of a tier lies between these, so that a score never argues with the order.
_BANDS = {
    _Tier.RISK: (90, 100),
    _Tier.NAMED: (80, 89),
    _Tier.MUSIC: (60, 79),
    _Tier.TOPIC: (40, 59),
    _Tier.GENERAL: (15, 39),
    _Tier.BACKSTOP: (5, 14),
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: Entry
    tier: _Tier
    score: float


def match(resources: Index, wanted: Wanted, *, limit: int = 5) -> tuple[Match, ...]:
    """Propose resources, best first, each with its score and evidence.

    1. Only rows of the country the person is in now, and rows for any country: a number of
       another country does not connect, or reaches people who cannot help there. Of an unknown
       country: rows for any country only. The one exception, unless it is urgent: funds and music
       charities of a home elsewhere that can be reached by web or mail.
    2. When urgent: the emergency number and the country's leading crisis lines. Lines that share
       a priority stay together even when that is more than ``limit``.
    3. What the mail names, then music's own services, then topic and audience, then the rest.
    4. At concern, the best of the country's leading crisis lines keeps a place near the end: a
       reply in office hours should never be all that somebody has at night.
    5. The helpline finder for any country stands last; first when urgent and nothing is known
       of the country.

    Ties stand in the order of ids. Costs well under half a millisecond.
    """
    ask = asked(wanted)
    here = resources.of(wanted.country) if wanted.country != ANYWHERE else ()
    anywhere = resources.of(ANYWHERE)
    backstop = _backstop(anywhere)
    leading = _leading(here, ask) if here else backstop
    found = [
        _Candidate(entry, tier, _score(entry, tier, ask))
        for entry in (*here, *_from_home(resources, ask), *anywhere)
        if (tier := _tier(entry, ask, leading)) is not None
    ]
    found.sort(key=_order)
    kept = [*_night_line(leading, ask), *((entry, _Tier.BACKSTOP) for entry in backstop)]
    last = [_Candidate(entry, tier, _score(entry, tier, ask)) for entry, tier in kept]
    return tuple(_match(item, ask, resources) for item in _chosen(found, last, limit))


def _from_home(resources: Index, ask: Asked) -> list[Entry]:
    """What helps from a home that is not where they are now; nothing when urgent."""
    wanted = ask.wanted
    known = wanted.country and wanted.home and wanted.home != ANYWHERE
    if ask.urgent or not known or not ask.away_from(wanted.home):
        return []
    return [
        entry
        for entry in resources.of(wanted.home)
        if entry.resource.kind in _FROM_AFAR
        and (entry.resource.website or entry.resource.email)
        and ask.topic_fit(entry)
    ]


def _night_line(leading: tuple[Entry, ...], ask: Asked) -> list[tuple[Entry, _Tier]]:
    if ask.wanted.urgency is not Urgency.CONCERN:
        return []
    # Only one has room: one that speaks their language, then one that can be called.
    best = sorted(
        leading,
        key=lambda entry: (
            not ask.speaks(entry),
            not entry.resource.phone,
            -_fitness(entry, ask),
            entry.resource.id,
        ),
    )[:1]
    return [(entry, _Tier.GENERAL) for entry in best if entry.resource.country != ANYWHERE]


def _chosen(found: list[_Candidate], kept: list[_Candidate], limit: int) -> list[_Candidate]:
    """Risk whole, then the others as far as there is room, then what keeps a place."""
    risk = [item for item in found if item.tier is _Tier.RISK]
    last = [item for item in kept if item.entry not in [first.entry for first in risk]]
    reserved = [item.entry for item in kept]
    others = [item for item in found[len(risk) :] if item.entry not in reserved]
    chosen = [*risk, *others[: max(0, limit - len(risk) - len(last))], *last]
    return sorted(chosen, key=_order)


def _order(item: _Candidate) -> tuple[int, float, str]:
    return item.tier, -item.score, item.entry.resource.id


def _backstop(anywhere: Iterable[Entry]) -> tuple[Entry, ...]:
    """The finder of helplines for any country: one row, or none in a bare directory."""
    finders = [
        entry
        for entry in anywhere
        if entry.resource.kind is ResourceKind.DIRECTORY
        and entry.resource.priority is not None
        and "crisis" in entry.topics
    ]
    return tuple(sorted(finders, key=lambda e: (e.resource.priority or 0, e.resource.id))[:1])


def _leading(here: tuple[Entry, ...], ask: Asked) -> tuple[Entry, ...]:
    """The country's crisis lines to show first; without a curated priority the best two."""
    lines = [
        entry
        for entry in here
        if entry.resource.kind is ResourceKind.CRISIS_LINE and _open_to_all(entry.resource)
    ]
    curated = [e.resource.priority for e in lines if e.resource.priority is not None]
    if curated:
        return tuple(e for e in lines if e.resource.priority == min(curated))
    lines.sort(key=lambda entry: (-_fitness(entry, ask), entry.resource.id))
    return tuple(lines[:2])


def _open_to_all(resource: Resource) -> bool:
    return not resource.audience or bool(_OPEN_AUDIENCES.intersection(resource.audience))


def _tier(entry: Entry, ask: Asked, leading: tuple[Entry, ...]) -> _Tier | None:
    """Why this row is proposed; None when it should not be."""
    resource = entry.resource
    if ask.urgent and _comes_first(entry, ask, leading):
        return _Tier.RISK
    if resource.kind is ResourceKind.EMERGENCY:
        return None
    if ask.names(entry):
        return _Tier.NAMED
    if not resource.reachable:
        return None  # a name alone helps nobody, and would take the place of one that does
    if not _open_to_all(resource) and not ask.topics.intersection(resource.audience):
        return _narrow_tier(entry, ask, leading)
    return _everyday_tier(entry, ask)


def _comes_first(entry: Entry, ask: Asked, leading: tuple[Entry, ...]) -> bool:
    kind = entry.resource.kind
    if kind is ResourceKind.DOMESTIC_VIOLENCE:
        return bool(ask.topics & _VIOLENCE)
    return kind is ResourceKind.EMERGENCY or entry in leading


def _everyday_tier(entry: Entry, ask: Asked) -> _Tier | None:
    if ask.topic_fit(entry):
        return _Tier.MUSIC if _MUSIC.intersection(entry.resource.audience) else _Tier.TOPIC
    # Who is in danger gets crisis lines and nothing beside the point; who asks about a workshop
    # or a partnership is not sent a list of helplines.
    if ask.urgent:
        return _Tier.GENERAL if entry.resource.kind is ResourceKind.CRISIS_LINE else None
    # From another country and for another matter, only what finds others is of use.
    finds = entry.resource.kind is ResourceKind.DIRECTORY
    near = finds or entry.resource.country != ANYWHERE
    return _Tier.GENERAL if ask.topics and near else None


def _narrow_tier(entry: Entry, ask: Asked, leading: tuple[Entry, ...]) -> _Tier | None:
    """A line for some people only: by its topic, or when the country has no line for everyone."""
    if ask.topics & entry.topics & (_VIOLENCE | {"lgbtq"}):
        return _Tier.TOPIC
    return _Tier.GENERAL if ask.urgent and not leading else None


def _fitness(entry: Entry, ask: Asked) -> float:
    """How well a row fits within its tier, 0 to 1.

    The weights are a judgement, in the order people name: what it is for, that it speaks their
    language, where it is, what it costs, when it is open. Likeness of words breaks ties, no more:
    as a cutoff it takes Austria for Australia.
    """
    resource = entry.resource
    fit = 0.40 * ask.topic_fit(entry) + 0.20 * ask.speaks(entry) + 0.10 * ask.likeness(entry)
    fit += 0.05 * (resource.country != ANYWHERE)
    fit += 0.05 * (resource.cost == "free") + 0.05 * (resource.open_24_7 is True)
    if entry.regions:
        # A regional service lifts when the mail names the region, and steps back otherwise.
        fit += 0.15 if ask.regions_named(entry) else -0.15
    return min(1.0, max(0.0, fit))


def _score(entry: Entry, tier: _Tier, ask: Asked) -> float:
    low, high = _BANDS[tier]
    if tier is not _Tier.RISK:
        return round(low + (high - low) * _fitness(entry, ask), 1)
    if entry.resource.kind is ResourceKind.EMERGENCY:
        return float(high)
    # A crisis line stays under the emergency number, however well it fits.
    return round(low + (high - 1 - low) * _fitness(entry, ask), 1)


def _match(item: _Candidate, ask: Asked, resources: Index) -> Match:
    evidence = reasons(
        item.entry,
        ask,
        resources,
        risk=item.tier is _Tier.RISK,
        last=item.tier is _Tier.BACKSTOP,
    )
    return Match(item.entry.resource, item.score, tuple(evidence))
