"""Trying urgency, topics, needs and route on letters whose answer is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concierge.desk.evaluation_rows import FaultyRow
from concierge.desk.triage import Rulebook, triage
from concierge.domain.findings import URGENT, Evidence, Route, Urgency
from concierge.domain.message import ParsedMessage

#: Labels other sets use for ours.
_SAME = {"none": "routine", "calm": "routine"}
_URGENCIES = frozenset(map(str, Urgency))
_ROUTES = frozenset(map(str, Route))


@dataclass(frozen=True, slots=True)
class Letter:
    """One row: a letter, and what is right to conclude of it."""

    id: str
    #: The line of the file it stands in, from 1.
    line: int
    language: str
    #: What sort of letter it is, in the words of whoever made the file.
    kind: str
    message: ParsedMessage
    #: The right labels: one urgency or route, any number of topics or needs.
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A letter with what was concluded of it, and why."""

    letter: Letter
    got: frozenset[str]
    evidence: tuple[Evidence, ...] = ()

    @property
    def right(self) -> bool:
        """Whether exactly what is right was concluded."""
        return self.got == self.letter.wanted


@dataclass(slots=True)
class Heard:
    """How letters of each urgency were heard: counts, and shares of them where there are any."""

    urgent: int = 0
    #: Of the urgent, those taken for high or emergency, and those for concern or above.
    found: int = 0
    noticed: int = 0
    emergencies: int = 0
    #: Of the emergencies, those taken for one.
    as_such: int = 0
    concerns: int = 0
    concerns_raised: int = 0
    concerns_noticed: int = 0
    calm: int = 0
    #: Of the calm, those taken for high or emergency.
    alarms: int = 0

    def add(self, wanted: Urgency, got: Urgency) -> None:
        """Count one letter."""
        raised, noticed = got in URGENT, got is not Urgency.ROUTINE
        if wanted in URGENT:
            self.urgent += 1
            self.found += raised
            self.noticed += noticed
        if wanted is Urgency.EMERGENCY:
            self.emergencies += 1
            self.as_such += got is Urgency.EMERGENCY
        if wanted is Urgency.CONCERN:
            self.concerns += 1
            self.concerns_raised += raised
            self.concerns_noticed += noticed
        if wanted is Urgency.ROUTINE:
            self.calm += 1
            self.alarms += raised


@dataclass(slots=True)
class Labels:
    """How often labels were found: wanted, found of those, and said without being wanted."""

    wanted: int = 0
    found: int = 0
    extra: int = 0

    def add(self, wanted: frozenset[str], got: frozenset[str]) -> None:
        """Count one letter."""
        self.wanted += len(wanted)
        self.found += len(wanted & got)
        self.extra += len(got - wanted)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a letter: the key of the row, its labels, how the desk answers."""

    key: str
    read: Callable[[Mapping[str, Any]], frozenset[str]]
    answer: Callable[[ParsedMessage, Rulebook], tuple[frozenset[str], tuple[Evidence, ...]]]
    groups: Sequence[str] = field(default=("kind", "language"))


def letter_of(question: Question, row: Mapping[str, Any], line: int) -> Letter:
    """A row as a letter; its message is still to be read.

    Raises:
        FaultyRow: a key is missing or of another type.
    """
    if not isinstance(row.get("body", row.get("text")), str):
        raise FaultyRow('"body" is missing or no text; it holds what the person wrote.')
    for key in ("subject", "lang", "kind", "source"):
        if not isinstance(row.get(key), str | None):
            raise FaultyRow(f'"{key}" is no text; leave it out or write it in quotes.')
    identity = str(row.get("id") or f"line {line}")
    kind = str(row.get("kind") or row.get("source") or "all")
    language = str(row.get("lang") or "und")
    return Letter(identity, line, language, kind, ParsedMessage(), question.read(row))


def judged(letters: Iterable[Letter], question: Question, book: Rulebook) -> tuple[Judged, ...]:
    """Every letter concluded as the desk concludes a mail, in order."""
    return tuple(Judged(one, *question.answer(one.message, book)) for one in letters)


def heard(verdicts: Iterable[Judged]) -> Heard:
    """How urgent letters were heard."""
    found = Heard()
    for one in verdicts:
        (wanted,), (got,) = one.letter.wanted, one.got
        found.add(Urgency(wanted), Urgency(got))
    return found


def labels(verdicts: Iterable[Judged]) -> Labels:
    """How often labels were found."""
    found = Labels()
    for one in verdicts:
        found.add(one.letter.wanted, one.got)
    return found


def labels_each(verdicts: Sequence[Judged]) -> dict[str, Labels]:
    """The same label by label."""
    each: dict[str, Labels] = defaultdict(Labels)
    for one in verdicts:
        for label in sorted(one.letter.wanted | one.got):
            alone = frozenset({label})
            each[label].add(one.letter.wanted & alone, one.got & alone)
    return dict(sorted(each.items()))


def grouped(verdicts: Iterable[Judged], by: str) -> dict[str, list[Judged]]:
    """Verdicts by ``kind`` or ``language`` of the letter, in order of the name."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in verdicts:
        groups[getattr(one.letter, by)].append(one)
    return dict(sorted(groups.items()))


def worst(verdicts: Iterable[Judged]) -> list[Judged]:
    """The misses, the worst first: a cry taken for routine, one taken for less, then alarms."""
    ranks = {str(one): one.rank for one in Urgency}

    def order(one: Judged) -> tuple[int, int, int]:
        wanted, got = next(iter(one.letter.wanted), ""), next(iter(one.got), "")
        if wanted not in ranks or got not in ranks:
            return (len(one.got & one.letter.wanted), 0, one.letter.line)
        missed = max(ranks[got] - ranks[wanted], 0)
        return (-missed, ranks[wanted], one.letter.line)

    return sorted((one for one in verdicts if not one.right), key=order)


def _urgency(row: Mapping[str, Any]) -> frozenset[str]:
    said = row.get("urgency", row.get("label"))
    value = _SAME.get(str(said), str(said))
    if value not in _URGENCIES:
        known = ", ".join(map(str, Urgency))
        raise FaultyRow(f'"urgency" is {said!r}; write one of {known}.')
    return frozenset({value})


def _route(row: Mapping[str, Any]) -> frozenset[str]:
    value = str(row.get("route"))
    if value not in _ROUTES:
        raise FaultyRow(f'"route" is {value!r}; write one of {", ".join(map(str, Route))}.')
    return frozenset({value})


def _several(key: str) -> Callable[[Mapping[str, Any]], frozenset[str]]:
    def read(row: Mapping[str, Any]) -> frozenset[str]:
        found = row.get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise FaultyRow(f'"{key}" is no list of texts; write it as ["a", "b"], or [].')
        return frozenset(found)

    return read


def _answer_urgency(
    message: ParsedMessage, book: Rulebook
) -> tuple[frozenset[str], tuple[Evidence, ...]]:
    found = triage(message, book).urgency
    return frozenset({str(found.value)}), found.evidence


def _answer_route(
    message: ParsedMessage, book: Rulebook
) -> tuple[frozenset[str], tuple[Evidence, ...]]:
    found = triage(message, book).route
    return frozenset({str(found.value)}), found.evidence


def _answer_topics(
    message: ParsedMessage, book: Rulebook
) -> tuple[frozenset[str], tuple[Evidence, ...]]:
    found = triage(message, book).topics
    # The doors are routes; they stand in the same table of phrases and are judged as such.
    topics = [one for one in found if one.value not in _ROUTES and one.value != "business"]
    return frozenset(one.value for one in topics), tuple(e for one in topics for e in one.evidence)


def _answer_needs(
    message: ParsedMessage, book: Rulebook
) -> tuple[frozenset[str], tuple[Evidence, ...]]:
    found = triage(message, book).needs
    return frozenset(one.value for one in found), tuple(e for one in found for e in one.evidence)


URGENCY = Question("urgency", _urgency, _answer_urgency)
ROUTE = Question("route", _route, _answer_route)
TOPICS = Question("topics", _several("topics"), _answer_topics)
NEEDS = Question("needs", _several("needs"), _answer_needs)
