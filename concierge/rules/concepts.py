"""Concepts: what the desk listens for, told once for all languages in slots that words fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from concierge.rules.units import Rule

#: Other words that may stand between the first and the last slot, where a concept does not tell.
_WITHIN = 6
#: More slots than this in one combination would be a sentence, not a concept.
_MOST_SLOTS = 4
_LEVELS = ("emergency", "high", "concern")
#: What denies: a combination with one of these does not cross a comma.
_DENYING = frozenset({"neg", "nobody"})


@dataclass(frozen=True, slots=True)
class Combination:
    """Slots that must all stand in one sentence, in any order, close together."""

    slots: tuple[str, ...]

    @property
    def denies(self) -> bool:
        """Whether one of its slots is a word such as "not", which reaches no further than its
        clause.
        """
        return not _DENYING.isdisjoint(self.slots)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a person may say, in any language that has the words for it."""

    id: str
    #: ``patterns`` for a sign with a level, ``cues`` for a weak one with a weight.
    kind: str
    level: str
    category: str
    note: str
    weight: int
    combinations: tuple[Combination, ...]
    #: Other words between the first slot and the last, at most.
    within: int
    #: One of these must stand within about a paragraph; empty when nothing need.
    near: tuple[str, ...]
    #: None of these may stand in the same sentence.
    without: tuple[str, ...]

    def rule(self, language: str) -> Rule:
        """The concept as a line of a language's lexicon."""
        return Rule(language, self.kind, self.level, self.category, self.note, self.weight, self.id)

    @property
    def slots(self) -> Iterator[str]:
        """Every slot it names."""
        for combination in self.combinations:
            yield from combination.slots
        yield from self.near
        yield from self.without

    def holes(self, filled: frozenset[str]) -> bool:
        """Whether a language with words for these slots alone can never say it."""
        sayable = any(filled.issuperset(one.slots) for one in self.combinations)
        return not sayable or (bool(self.near) and filled.isdisjoint(self.near))


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """The concepts of all languages, the slots with what their words mean, the categories."""

    concepts: tuple[Concept, ...] = ()
    slots: Mapping[str, str] | None = None
    meaning: Mapping[str, str] | None = None


class ConceptFault(ValueError):
    """An entry cannot be used: ``near`` is text to find its line by, ``remedy`` what helps."""

    def __init__(self, near: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.near, self.what, self.remedy = near, what, remedy


def concepts_of(
    tree: Mapping[str, Any], faults: list[ConceptFault], known: frozenset[str] = frozenset()
) -> ConceptTable:
    """The table from its parsed file; what cannot be used is added to ``faults``.

    ``known`` are categories told elsewhere, beside the file's own.
    """
    slots = _texts(tree, "slots", faults)
    meaning = _texts(tree, "meaning", faults)
    made: list[Concept] = []
    for name, kind in (("concept", "patterns"), ("cue", "cues")):
        for entry in tree.get(name, []):
            try:
                made.append(_concept(entry, kind, slots, known | meaning.keys()))
            except ConceptFault as fault:
                faults.append(fault)
    seen: set[tuple[str, str]] = set()
    for one in made:
        if (one.kind, one.id) in seen:
            faults.append(ConceptFault(f'id = "{one.id}"', f"{one.id} is told twice", "rename one"))
        seen.add((one.kind, one.id))
    return ConceptTable(tuple(made), slots, meaning)


def _texts(tree: Mapping[str, Any], name: str, faults: list[ConceptFault]) -> dict[str, str]:
    table = tree.get(name, {})
    if isinstance(table, dict) and all(isinstance(text, str) for text in table.values()):
        return dict(table)
    faults.append(ConceptFault(f"[{name}]", f"{name} is no table of texts", 'write name = "..."'))
    return {}


def _concept(
    entry: Any, kind: str, slots: Mapping[str, str], categories: frozenset[str]
) -> Concept:
    match entry:
        case {"id": str(name), "any": list(combinations), **rest} if combinations:
            near = f'id = "{name}"'
        case _:
            raise ConceptFault("[[", f"an entry {entry!r}"[:80], "give it id and any")
    told = cast("dict[str, Any]", rest)
    concept = Concept(
        name,
        kind,
        str(told.get("l", "")),
        str(told.get("c", name)),
        str(told.get("n", "")),
        int(told.get("w", 0)),
        tuple(Combination(tuple(str(text).split())) for text in combinations),
        int(told.get("within", _WITHIN)),
        tuple(map(str, told.get("near", ()))),
        tuple(map(str, told.get("not", ()))),
    )
    _check(concept, near, slots, categories)
    return concept


def _check(
    concept: Concept, near: str, slots: Mapping[str, str], categories: frozenset[str]
) -> None:
    unknown = [slot for slot in concept.slots if slot not in slots]
    if unknown:
        raise ConceptFault(near, f"unknown slot {unknown[0]!r}", "tell it under [slots]")
    if any(not 1 <= len(one.slots) <= _MOST_SLOTS for one in concept.combinations):
        raise ConceptFault(near, "a combination is empty or long", f"name 1 to {_MOST_SLOTS} slots")
    if concept.kind == "cues":
        if concept.weight < 0:
            raise ConceptFault(near, "a cue with less than no weight", "use w = 0, 1 or 2")
        return
    if concept.level not in _LEVELS:
        raise ConceptFault(
            near, f"unknown level {concept.level!r}", "use one of " + ", ".join(_LEVELS)
        )
    if concept.category not in categories:
        raise ConceptFault(near, f"unknown category {concept.category!r}", "see [meaning]")
