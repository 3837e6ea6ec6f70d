"""Which programme or team a case goes to: danger first, then what the person asks for."""

from __future__ import annotations

from typing import Final

from concierge.domain.findings import URGENT, Evidence, Finding, Route, Urgency
from concierge.rules.phrases import PhraseHit, TopicPhrases, hits_of
from concierge.rules.topic_words import speaks_of

#: Topics of the phrase table that are a programme's door.
_DOORS: Final = {
    "therapy_fund": Route.THERAPY_FUND,
    "songwriters": Route.SONGWRITERS,
    "guide": Route.GUIDE,
    "events": Route.EVENTS,
    "partnerships": Route.PARTNERSHIPS,
    "business": Route.OTHER,
}
#: Doors an organisation knocks at. A person's own need, or concern for one, goes before them:
#: an interview can wait for a day, a person should not be asked for their press card.
_ORGANISATIONS: Final = frozenset({"events", "partnerships", "business"})
#: Who speaks of these goes through no programme's door before a person has read it.
_GRAVE: Final = frozenset({"suicide", "self_harm"})
#: Business mail (invoices, offers) must say so clearly before it leaves the care queue.
_CLEAR_BUSINESS: Final = 1.5
#: Characters read when the topics were found without the doors.
_READ: Final = 6_000


def route_of(
    urgency: Urgency,
    topics: tuple[Finding[str], ...],
    text: str,
    subject: str = "",
    *,
    phrases: TopicPhrases,
) -> Finding[Route]:
    """The route of a message, with why; always one, other routes that came close as candidates.

    ``topics`` come from :func:`concierge.rules.topics.topics_of`. What asks for nothing we know
    goes to care navigation: a person writes to be helped. Never raises.
    """
    if urgency in URGENT:
        because = Evidence(
            "routing.urgency", urgency.value, "body", 10.0, "a person may be in danger"
        )
        return Finding(Route.CRISIS, (because,))
    needs = tuple(topic for topic in topics if topic.value not in _DOORS)
    doors = {t.value: t.evidence for t in topics if t.value in _DOORS}
    if not topics:
        doors = _doors_in(text, subject, phrases)
    grave = any(need.value in _GRAVE for need in needs)
    open_doors = _open(doors, bool(needs) or urgency is Urgency.CONCERN)
    if open_doors and not grave:
        return _through(open_doors, doors, needs)
    return _care(needs, doors)


def _doors_in(text: str, subject: str, phrases: TopicPhrases) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, tuple[Evidence, ...]] = {}
    for hit in hits_of(phrases, f"{subject[:300]}\n{text[:_READ]}"):
        topic = hit.phrase.topic
        if topic in _DOORS:
            found[topic] = (*found.get(topic, ()), _as_evidence(hit))
    return found


def _as_evidence(hit: PhraseHit) -> Evidence:
    topic, weight = hit.phrase.topic, 1.5 if " " in hit.phrase.text else 1.0
    rule = f"routing.{hit.phrase.lang}.{topic}"
    return Evidence(rule, hit.written, "body", weight, speaks_of(topic))


def _open(doors: dict[str, tuple[Evidence, ...]], in_need: bool) -> list[str]:
    """Doors that may be gone through, the best first."""
    weights = {door: sum(e.weight for e in evidence) for door, evidence in doors.items()}
    if in_need:
        weights = {door: w for door, w in weights.items() if door not in _ORGANISATIONS}
    if weights.get("business", _CLEAR_BUSINESS) < _CLEAR_BUSINESS:
        del weights["business"]
    order = list(_DOORS)
    return sorted(weights, key=lambda door: (-weights[door], order.index(door)))


def _through(
    open_doors: list[str],
    doors: dict[str, tuple[Evidence, ...]],
    needs: tuple[Finding[str], ...],
) -> Finding[Route]:
    best = open_doors[0]
    others = [_DOORS[door].value for door in open_doors[1:]]
    if needs:
        others.insert(0, Route.CARE_NAVIGATION.value)
    return Finding(_DOORS[best], doors[best], candidates=tuple(others))


def _care(
    needs: tuple[Finding[str], ...], doors: dict[str, tuple[Evidence, ...]]
) -> Finding[Route]:
    others = tuple(_DOORS[door].value for door in doors)
    if any(need.value in _GRAVE for need in needs):
        others = (Route.CRISIS.value, *others)
    if needs:
        because = tuple(
            Evidence("routing.need", need.value, e.where, e.weight, _said(need.value, e.found))
            for need in needs[:3]
            for e in need.evidence[:1]
        )
        return Finding(Route.CARE_NAVIGATION, because, candidates=others)
    note = "no topic found; a person asks for help by default"
    because = (Evidence("routing.default", "nothing that names a programme", "body", 0.0, note),)
    return Finding(Route.CARE_NAVIGATION, because, candidates=others)


def _said(need: str, words: str) -> str:
    return f"{speaks_of(need)} (“{words}”)"
