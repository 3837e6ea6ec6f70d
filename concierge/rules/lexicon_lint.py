"""What may be wrong with a lexicon that can be read: said twice, never, or of calm mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from concierge.domain.findings import URGENT, Evidence
from concierge.rules.lexicon import CONCEPTS, Lexicon
from concierge.rules.lexicon_file import Faults, parsed
from concierge.rules.urgency import UrgencyTexts, urgency_of

#: Lists of bare words; the same word twice there changes nothing, but confuses who reads it.
_LISTS = ("keywords", "common", "little")


@dataclass(frozen=True, slots=True)
class Calm:
    """A text of the calm sample: nothing in it may be taken for urgent."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A calm text that the lexicon takes for urgent, and because of what."""

    calm: Calm
    because: Evidence


def duplicates(sources: Mapping[str, str]) -> Iterator[str]:
    """Patterns and words that a file says twice, as ``file: what; remedy``."""
    for name, source in sorted(sources.items()):
        if name == CONCEPTS:
            continue
        tree = parsed(Faults(source, name))
        for where, entries in _said(tree):
            for entry, count in Counter(entries).items():
                if count > 1:
                    yield f"{name}: {entry!r} stands {count} times in {where}; keep one"


def _said(tree: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    for kind, entries in tree.items():
        if isinstance(entries, dict):
            for slot, words in entries.items():
                yield slot, [word for word in words if isinstance(word, str)]
        elif isinstance(entries, list):
            yield kind, [_text(entry) for entry in entries]


def _text(entry: object) -> str:
    return str(entry.get("p", "")) if isinstance(entry, dict) else str(entry)


def holes(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """By language, the concepts it has no words for; languages without a hole are left out."""
    found = {}
    for language in lexicon.languages:
        filled = frozenset(lexicon.concepts.words.filled.get(language, ()))
        missing = tuple(one.id for one in lexicon.table.concepts if one.holes(filled))
        if missing:
            found[language] = missing
    return found


def silent_categories(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """By language, the categories of urgent signs it has neither a pattern nor a concept for."""
    wanted = {
        unit.rule.category
        for unit in lexicon.index.all()
        if unit.rule.level in map(str, URGENT) and unit.rule.kind == "patterns"
    }
    wanted |= {one.category for one in lexicon.table.concepts if one.level in map(str, URGENT)}
    have: dict[str, set[str]] = {language: set() for language in lexicon.languages}
    for unit in lexicon.index.all():
        have[unit.rule.language].add(unit.rule.category)
    for language, units in lexicon.concepts.units.items():
        have[language].update(unit.rule.category for unit in units)
    return {
        language: tuple(sorted(wanted - known))
        for language, known in sorted(have.items())
        if wanted - known
    }


def alarms(lexicon: Lexicon, sample: Iterable[Calm]) -> Iterator[Alarm]:
    """The calm texts the lexicon takes for urgent."""
    for calm in sample:
        found = urgency_of(lexicon, UrgencyTexts("", calm.text))
        if found.value in URGENT:
            yield Alarm(calm, found.evidence[0])
