"""What each combination of door words weighs, and how a letter's sentences add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from concierge.domain.findings import Evidence, Route
from concierge.rules.door_sentences import Sentence

#: Slots that together in one sentence speak for a door, with their weight. A word that names the
#: programme alone weighs about 1; with what is wanted of it, 2 to 3.
_COMBINATIONS: Final[dict[Route, tuple[tuple[frozenset[str], float], ...]]] = {
    Route.THERAPY_FUND: (
        (frozenset({"therapy", "fund"}), 3.0),
        (frozenset({"therapy", "poor"}), 2.2),
        (frozenset({"fund", "apply"}), 2.0),
        (frozenset({"fund"}), 1.0),
    ),
    Route.SONGWRITERS: (
        (frozenset({"writing", "join"}), 3.0),
        (frozenset({"writing"}), 0.7),
    ),
    Route.EVENTS: (
        (frozenset({"event", "space"}), 3.4),
        (frozenset({"event", "talk"}), 2.8),
        (frozenset({"talk", "org"}), 2.4),
        (frozenset({"space", "org"}), 2.6),
        (frozenset({"space"}), 1.8),
        (frozenset({"talk"}), 1.1),
    ),
    Route.GUIDE: (
        (frozenset({"guide", "get"}), 3.0),
        (frozenset({"guide"}), 1.6),
    ),
    Route.PARTNERSHIPS: (
        (frozenset({"partner", "org"}), 2.6),
        (frozenset({"press", "org"}), 2.8),
        (frozenset({"study", "org"}), 2.2),
        (frozenset({"study", "press"}), 2.2),
        (frozenset({"give"}), 2.2),
        (frozenset({"partner"}), 1.7),
        (frozenset({"press"}), 1.6),
        (frozenset({"study"}), 1.3),
    ),
    Route.OTHER: (
        (frozenset({"job"}), 1.9),
        (frozenset({"list"}), 2.0),
        (frozenset({"admin"}), 1.8),
        (frozenset({"tech"}), 1.5),
    ),
    Route.CARE_NAVIGATION: (
        (frozenset({"care", "therapy"}), 2.4),
        (frozenset({"care"}), 1.6),
        (frozenset({"help", "therapy"}), 1.8),
        (frozenset({"help"}), 1.3),
        (frozenset({"therapy"}), 1.0),
    ),
}
#: Combinations believed across sentences too ("I see a therapist. ... I cannot pay any more.").
_ACROSS: Final[tuple[tuple[Route, frozenset[str], float], ...]] = (
    (Route.THERAPY_FUND, frozenset({"therapy", "fund"}), 2.0),
    (Route.THERAPY_FUND, frozenset({"therapy", "poor"}), 1.3),
    (Route.EVENTS, frozenset({"event", "space"}), 1.4),
    (Route.EVENTS, frozenset({"event", "talk"}), 1.2),
    (Route.SONGWRITERS, frozenset({"writing", "join"}), 0.9),
)
#: How a rule's name ends where the words stand in several sentences.
TOGETHER: Final = ".together"
#: What a sentence asks outweighs what it mentions; what it only thanks for hardly speaks.
_ASKED: Final = 1.6
_SAID: Final = 0.8
_THANKED: Final = 0.2
#: The subject is chosen on purpose, and is short: it rarely asks in so many words.
_SUBJECT: Final = 1.5
#: Where a sentence asks for help *with* a door's matter ("help me with the invoice"), its one word
#: for help says little; "somebody to talk to" says as much as ever.
_HELP_WITH: Final = 0.4
_A_MATTER: Final = 1.5
#: Further sentences for the same door say less than the best one.
_FURTHER: Final = 0.35
#: A phrase of the topics' table: of several words, of one.
_PHRASE: Final = 2.0
_SINGLE: Final = 1.1


@dataclass(frozen=True, slots=True)
class DoorPhrase:
    """A phrase of the topics' table that names a door, as the letter has it, folded."""

    route: Route
    text: str
    #: Of several words, or of a script that writes none apart.
    several: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """One door: how much speaks for it in all, and the evidence, strongest first."""

    weight: float
    evidence: tuple[Evidence, ...]


_ASKS: Final[Mapping[Route, str]] = {
    Route.THERAPY_FUND: "money for therapy",
    Route.SONGWRITERS: "the songwriters' sessions",
    Route.EVENTS: "an event: a quiet space, a workshop or a talk",
    Route.GUIDE: "the guide",
    Route.PARTNERSHIPS: "a partnership, giving, the press or research",
    Route.OTHER: "office matters: bills, jobs, the mailing list or the website",
    Route.CARE_NAVIGATION: "somebody or something that helps",
}


def weigh(sentences: list[Sentence], phrases: tuple[DoorPhrase, ...] = ()) -> dict[Route, Weighed]:
    """Every door that anything speaks for."""
    found: dict[Route, list[Evidence]] = {}
    named = set(chain.from_iterable(sentence.slots for sentence in sentences))
    costs = "therapy" in named and not named.isdisjoint({"poor", "fund"})
    for sentence in sentences:
        bests = {route: _best(sentence, route, phrases) for route in _COMBINATIONS}
        for route, best in _help_apart(sentence, bests, costs=costs):
            found.setdefault(route, []).append(best)
    for route, evidence in _across(sentences):
        found.setdefault(route, []).append(evidence)
    return {route: _summed(evidence) for route, evidence in found.items()}


def _best(sentence: Sentence, route: Route, phrases: tuple[DoorPhrase, ...]) -> Evidence | None:
    """The strongest reason this sentence has for the door."""
    reasons: list[tuple[float, str]] = []
    for slots, weight in _COMBINATIONS[route]:
        if slots <= sentence.slots.keys():
            thanked = any(all(thanked for _, thanked in sentence.slots[s]) for s in slots)
            words = dict.fromkeys(sentence.slots[slot][0][0] for slot in sorted(slots))
            reasons.append((weight * (_THANKED if thanked else 1.0), " ... ".join(words)))
    thanks_only = "thanks" in sentence.slots and not sentence.asks
    for phrase in phrases:
        if phrase.route is route and phrase.text in sentence.text:
            weight = _PHRASE if phrase.several else _SINGLE
            reasons.append((weight * (_THANKED if thanks_only else 1.0), phrase.text))
    if not reasons:
        return None
    weight, words_found = max(reasons)
    in_body = _ASKED if sentence.asks else _SAID
    factor = _SUBJECT if sentence.where == "subject" else in_body
    verb = "asks about" if sentence.asks else "speaks of"
    rule = f"routing.{route.value}"
    note = f"{verb} {_ASKS[route]}"
    return Evidence(rule, words_found, sentence.where, round(weight * factor, 2), note)


def _help_apart(
    sentence: Sentence, bests: dict[Route, Evidence | None], *, costs: bool
) -> Iterator[tuple[Route, Evidence]]:
    """Every door of a sentence; a mere word for help beside another door's matter counts less.

    So it does in a letter about what therapy ``costs``: "I cannot pay him any more. Can you help?"
    """
    matter = max(
        (e.weight for r, e in bests.items() if e and r is not Route.CARE_NAVIGATION), default=0.0
    )
    plain = "care" not in sentence.slots
    for route, best in bests.items():
        if best is None:
            continue
        if route is Route.CARE_NAVIGATION and plain and (costs or matter >= _A_MATTER):
            yield route, replace(best, weight=round(best.weight * _HELP_WITH, 2))
        else:
            yield route, best


def _across(sentences: list[Sentence]) -> list[tuple[Route, Evidence]]:
    where: dict[str, str] = {}
    for sentence in sentences:
        for slot, found in sentence.slots.items():
            kept = [words for words, thanked in found if not thanked]
            if kept:
                where.setdefault(slot, kept[0])
    asked = any(sentence.asks for sentence in sentences)
    return [
        (
            route,
            Evidence(
                f"routing.{route.value}{TOGETHER}",
                " ... ".join(where[slot] for slot in sorted(slots)),
                "body",
                round(weight * (_ASKED if asked else _SAID), 2),
                f"speaks of {_ASKS[route]} in several sentences",
            ),
        )
        for route, slots, weight in _ACROSS
        if slots <= where.keys()
    ]


def _summed(evidence: list[Evidence]) -> Weighed:
    ordered = sorted(evidence, key=lambda item: -item.weight)
    rest = sum(item.weight for item in ordered[1:4])
    return Weighed(ordered[0].weight + _FURTHER * rest, tuple(ordered))
