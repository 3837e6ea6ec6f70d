"""Which programme or team a case goes to: danger first, then what the person asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from concierge.domain.findings import URGENT, Evidence, Finding, Route, Urgency
from concierge.rules import door_weights
from concierge.rules.door_sentences import Sentence, sentences_of
from concierge.rules.door_weights import DoorPhrase, Weighed
from concierge.rules.door_words import DoorWords, fold, words_of
from concierge.rules.phrases import TopicPhrases, hits_of
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
_ORGANISATIONS: Final = frozenset({Route.EVENTS, Route.PARTNERSHIPS, Route.OTHER})
#: Who speaks of these goes through no programme's door before a person has read it.
_GRAVE: Final = frozenset({"suicide", "self_harm"})
#: Topics that say how somebody lives, not what they suffer: half of all letters name them.
_CIRCUMSTANCES: Final = frozenset({"touring", "career", "financial_hardship"})
#: Less than this is a word in passing, and no door.
_ENOUGH: Final = 0.8
#: A door this near the chosen one is told as another that may be meant.
_NEAR: Final = 0.4
#: What each own need adds to care, and no more than so many needs together.
_A_NEED: Final = 0.45
_MOST_NEEDS: Final = 3
#: What an organisation's words add to its doors and take from care; how far a person's need
#: lowers those doors.
_AS_ORGANISATION: Final = 0.8
_IN_NEED: Final = 0.55
#: A letter that worries us leaves the care queue only for what it clearly asks.
_WORRYING: Final = 0.4
_CONCERN: Final = 0.8
#: What is left of the fund's weight where no therapy is named but another need is: rent and
#: instruments are care's matter; and where an organisation asks, which rarely asks for itself.
_OTHER_COST: Final = 0.4
_FOR_OTHERS: Final = 0.8
#: Characters read of the text and the subject: people say what it is about well before.
_READ: Final = 6_000
_READ_SUBJECT: Final = 300
#: Reasons kept for one route.
_SHOWN: Final = 4


def route_of(
    urgency: Urgency,
    topics: tuple[Finding[str], ...],
    text: str,
    subject: str = "",
    *,
    phrases: TopicPhrases,
    doors: DoorWords | None = None,
) -> Finding[Route]:
    """The route of a message, with why; always one, other routes that came close as candidates.

    ``topics`` come from :func:`concierge.rules.topics.topics_of`; without them the doors are
    sought in ``phrases``. An urgent message goes to crisis and keeps where it would have gone as
    its first candidate, with the evidence for it. What asks for nothing we know goes to care
    navigation: a person writes to be helped. Never raises.
    """
    asked = _asked(urgency, topics, (text[:_READ], subject[:_READ_SUBJECT]), phrases, doors)
    if urgency not in URGENT:
        return asked
    note = "a person may be in danger"
    because = Evidence("routing.urgency", urgency.value, "body", 10.0, note)
    if not any(item.weight for item in asked.evidence):
        return Finding(Route.CRISIS, (because,))
    then = asked.value.value
    kept = tuple(_then(item, then) for item in asked.evidence)
    others = tuple(c for c in asked.candidates if c != Route.CRISIS.value)
    return Finding(Route.CRISIS, (because, *kept), candidates=(then, *others))


def _then(item: Evidence, route: str) -> Evidence:
    note = f"then {route.replace('_', ' ')}: {item.note}"
    return Evidence(item.rule, item.found, item.where, item.weight, note)


def _asked(
    urgency: Urgency,
    topics: tuple[Finding[str], ...],
    texts: tuple[str, str],
    phrases: TopicPhrases,
    doors: DoorWords | None,
) -> Finding[Route]:
    """The route of what is asked, whatever the urgency."""
    named = tuple(_named(topics) if topics else _looked_up(phrases, f"{texts[1]}\n{texts[0]}"))
    sentences = sentences_of(doors or DoorWords(), *texts)
    weighed = door_weights.weigh(sentences, named)
    needs = tuple(topic for topic in topics if topic.value not in _DOORS)
    suffered = sum(need.value not in _CIRCUMSTANCES for need in needs)
    letter = _Letter(sentences, suffered, bool(needs), urgency is not Urgency.ROUTINE)
    weights = _balanced(weighed, letter)
    order = sorted(weights, key=lambda route: -weights[route])
    grave = any(need.value in _GRAVE for need in needs)
    best = order[0] if order else Route.CARE_NAVIGATION
    if best is Route.CARE_NAVIGATION or weights[best] < _ENOUGH or grave:
        others = [r for r in order if r is not Route.CARE_NAVIGATION and weights[r] >= _NEAR]
        return _care(needs, weighed.get(Route.CARE_NAVIGATION), others, grave=grave)
    near = [r for r in order[1:] if weights[r] >= _NEAR * weights[best]]
    if needs and Route.CARE_NAVIGATION not in near:
        near.insert(0, Route.CARE_NAVIGATION)
    return Finding(best, weighed[best].evidence[:_SHOWN], candidates=tuple(r.value for r in near))


def _named(topics: tuple[Finding[str], ...]) -> Iterator[DoorPhrase]:
    for topic in topics:
        if topic.value in _DOORS:
            for item in topic.evidence:
                yield _phrase(topic.value, item.found)


def _looked_up(phrases: TopicPhrases, text: str) -> Iterator[DoorPhrase]:
    for hit in hits_of(phrases, text):
        if hit.phrase.topic in _DOORS:
            yield _phrase(hit.phrase.topic, hit.written)


def _phrase(topic: str, words: str) -> DoorPhrase:
    folded = " ".join(words_of(fold(words)))
    # One word of a script without blanks is as good as several.
    return DoorPhrase(_DOORS[topic], folded, " " in folded or not folded.isascii())


@dataclass(frozen=True, slots=True)
class _Letter:
    """What balances the doors: who writes, and how they are."""

    sentences: list[Sentence]
    #: Topics that say what they suffer.
    suffered: int
    #: Whether any topic is no door.
    needs: bool
    worrying: bool

    @property
    def named(self) -> frozenset[str]:
        """Every slot that stands anywhere in it."""
        return frozenset(chain.from_iterable(sentence.slots for sentence in self.sentences))


def _balanced(weighed: dict[Route, Weighed], letter: _Letter) -> dict[Route, float]:
    """The doors' weights in the light of who writes: an organisation, or a person in need."""
    weights = {route: door.weight for route, door in weighed.items()}
    named = letter.named
    organisation = "org" in named
    care = _care_weight(weights.get(Route.CARE_NAVIGATION, 0.0), letter, named)
    if Route.THERAPY_FUND in weights:
        rent = letter.needs and "fund" in named and "therapy" not in named
        together = weighed[Route.THERAPY_FUND].evidence[0].rule.endswith(door_weights.TOGETHER)
        other_cost = rent or (together and "living" in named)
        weights[Route.THERAPY_FUND] *= _FOR_OTHERS if organisation else 1.0
        weights[Route.THERAPY_FUND] *= _OTHER_COST if other_cost else 1.0
    for route in _ORGANISATIONS & weights.keys():
        if organisation:
            weights[route] += _AS_ORGANISATION
        elif letter.worrying or letter.suffered:
            weights[route] *= _WORRYING if letter.worrying else _IN_NEED
    if care > 0:
        weights[Route.CARE_NAVIGATION] = care
    return weights


def _care_weight(asked: float, letter: _Letter, named: frozenset[str]) -> float:
    """How much speaks for care: what is asked of it, and how the person is."""
    costs = "therapy" in named and not named.isdisjoint({"fund", "poor"})
    if not costs:
        # Who asks what therapy costs suffers too; that is why, and no other wish.
        asked += _A_NEED * min(letter.suffered, _MOST_NEEDS) + _CONCERN * letter.worrying
    return asked - (_AS_ORGANISATION if "org" in named else 0.0)


def _care(
    needs: tuple[Finding[str], ...], asked: Weighed | None, others: Sequence[Route], *, grave: bool
) -> Finding[Route]:
    candidates = tuple(route.value for route in others)
    if grave:
        candidates = (Route.CRISIS.value, *candidates)
    because = tuple(
        Evidence("routing.need", need.value, e.where, e.weight, _said(need.value, e.found))
        # What is grave stands first, however often the rest is named.
        for need in sorted(needs, key=lambda n: n.value not in _GRAVE)[:3]
        for e in need.evidence[:1]
    )
    because += asked.evidence[:_SHOWN] if asked else ()
    if not because:
        note = "no topic found; a person asks for help by default"
        default = Evidence("routing.default", "nothing that names a programme", "body", 0.0, note)
        because = (default,)
    return Finding(Route.CARE_NAVIGATION, because, candidates=candidates)


def _said(need: str, words: str) -> str:
    return f"{speaks_of(need)} (“{words}”)"
