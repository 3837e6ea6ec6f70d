"""What each part of the urgency rule is worth and costs: the same letters without it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from concierge.desk.evaluation_labels import URGENCY, Heard, Letter, heard, judged
from concierge.desk.triage import Rulebook
from concierge.rules.concept_search import ConceptBook
from concierge.rules.concept_words import SlotWords
from concierge.rules.lexicon import Lexicon
from concierge.rules.pattern_index import Index
from concierge.rules.spelling import Speller
from concierge.rules.units import MASKS

#: Lists around a sign, by what they serve.
_NEGATION = ("negation", "negation_after")
_OTHERS = ("other", "grief")


@dataclass(frozen=True, slots=True)
class Without:
    """A run without one part of the rule: what was heard, in milliseconds of CPU a letter."""

    part: str
    heard: Heard
    cost: float


def without_each(letters: Sequence[Letter], book: Rulebook) -> Iterator[Without]:
    """The run with all parts, and then without each in turn."""
    yield _run("(with all)", letters, book)
    for name, part in PARTS.items():
        lexicon = part(book.lexicon)
        yield _run(name, letters, replace(book, lexicon=lexicon))
    if book.second_opinion is not None:
        yield _run("second opinion", letters, replace(book, second_opinion=None))


def _run(part: str, letters: Sequence[Letter], book: Rulebook) -> Without:
    # What is compiled and remembered on first use is no cost of a letter.
    judged(letters[:1], URGENCY, book)
    start = time.process_time()
    found = heard(judged(letters, URGENCY, book))
    spent = 1000 * (time.process_time() - start)
    return Without(part, found, spent / max(len(letters), 1))


def _no_patterns(lexicon: Lexicon) -> Lexicon:
    units = [u for u in lexicon.index.all() if u.rule.kind not in ("patterns", "cues")]
    return replace(lexicon, index=Index((unit, unit.clauses()) for unit in units))


def _no_concepts(lexicon: Lexicon) -> Lexicon:
    return replace(lexicon, concepts=ConceptBook(SlotWords()))


def _no_figurative(lexicon: Lexicon) -> Lexicon:
    units = [unit for unit in lexicon.index.all() if unit.rule.kind not in MASKS]
    return replace(lexicon, index=Index((unit, unit.clauses()) for unit in units))


def _no_spelling(lexicon: Lexicon) -> Lexicon:
    return replace(lexicon, speller=Speller({}, {}, frozenset()))


def _no_folding(lexicon: Lexicon) -> Lexicon:
    # Leet, stretched and dotted letters are only repaired to words the lexicon knows.
    return replace(lexicon, vocabulary=frozenset())


def _around_without(*kinds: str) -> Callable[[Lexicon], Lexicon]:
    def without(lexicon: Lexicon) -> Lexicon:
        kept = {key: units for key, units in lexicon.around.items() if key[1] not in kinds}
        return replace(lexicon, around=kept)

    return without


#: The parts, by the name they have in tables.
PARTS: dict[str, Callable[[Lexicon], Lexicon]] = {
    "patterns": _no_patterns,
    "concepts": _no_concepts,
    "repaired folding": _no_folding,
    "spelling": _no_spelling,
    "figures of speech": _no_figurative,
    "negation": _around_without(*_NEGATION),
    "past": _around_without("history", "well"),
    "others who died": _around_without(*_OTHERS),
    "professional context": _around_without("context"),
    "near time": _around_without("time"),
}
