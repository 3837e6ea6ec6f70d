"""What a message is about: topics named in any language, each with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.rules.phrases import PhraseHit, TopicPhrases, all_hits, parse_topics
from concierge.rules.topic_words import speaks_of

__all__ = ["TopicPhrases", "parse_topics", "topics_of"]

#: Characters read of the text's beginning and end, and of the subject: people say what it is
#: about well before, or in the last lines.
_READ: Final = 6_000
_READ_LAST: Final = 2_000
_READ_SUBJECT: Final = 300
#: A phrase of several words says more than a single one, a forgiven typo less.
_SINGLE_WORD: Final = 1.0
_PHRASE: Final = 1.5
_TYPO: Final = 0.7
#: A weak phrase alone is no topic ("contract", "on tour"); two of them are.
_WEAK: Final = 0.5
_ENOUGH: Final = 0.7
#: The subject is chosen on purpose.
_SUBJECT: Final = 1.25
_GRAVE: Final = frozenset({"suicide", "self_harm"})
#: Evidence shown for one topic; the rest would only repeat it.
_SHOWN: Final = 6


def topics_of(phrases: TopicPhrases, text: str, subject: str = "") -> tuple[Finding[str], ...]:
    """The topics of a message, best first (sum of the evidence's weights); empty when none.

    All languages are looked up always: people mix them, and detection may be wrong. Never raises.
    """
    by_topic: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for where, part, factor in (
        ("subject", subject[:_READ_SUBJECT], _SUBJECT),
        ("body", _read(text), 1.0),
    ):
        for hit in all_hits(phrases, part):
            # The same words said again are the same evidence.
            by_topic[hit.phrase.topic].setdefault(hit.written, _evidence(hit, where, factor))
    ranked = sorted(
        ((sum(e.weight for e in found.values()), topic) for topic, found in by_topic.items()),
        # Of two alike the graver is read first.
        key=lambda pair: (-pair[0], pair[1] not in _GRAVE, pair[1]),
    )
    return tuple(
        Finding(topic, _strongest(by_topic[topic])) for sum_, topic in ranked if sum_ >= _ENOUGH
    )


def _read(text: str) -> str:
    if len(text) <= _READ + _READ_LAST:
        return text
    return f"{text[:_READ]}\n\n{text[-_READ_LAST:]}"


def _evidence(hit: PhraseHit, where: str, factor: float) -> Evidence:
    note = speaks_of(hit.phrase.topic)
    if hit.typo:
        weight, note = _TYPO, f"{note}, read as {hit.phrase.text}"
    elif hit.weak:
        weight = _WEAK
    else:
        weight = _PHRASE if hit.several else _SINGLE_WORD
    rule = f"topics.{hit.phrase.lang}.{hit.phrase.topic}"
    return Evidence(rule, hit.written, where, round(weight * factor, 2), note)


def _strongest(found: dict[str, Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(found.values(), key=lambda e: (-e.weight, e.found))[:_SHOWN])
