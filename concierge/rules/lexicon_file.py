"""One language's file of the urgency lexicon: its lists read, every fault with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from concierge.rules.concept_entries import BadEntry
from concierge.rules.concept_words import SlotWords
from concierge.rules.concepts import ConceptTable
from concierge.rules.expressions import check_bounds
from concierge.rules.folding import fold_word
from concierge.rules.patterns import BadPattern, Script, read_pattern
from concierge.rules.units import MASKS, Rule, Unit, split_units

LEVELS = ("emergency", "high", "concern", "mention")
#: Lists of patterns that are looked for around a sign.
AROUND = (
    *("negation", "negation_after", "negation_break", "but", "history", "present", "well"),
    *("under_way", "time", "first", "other", "grief", "context", "fiction"),
)
#: Lists of bare words.
WORD_LISTS = ("keywords", "common", "little")
#: Scripts whose words are not fenced by spaces the way patterns are written.
SCRIPTS: Mapping[str, Script] = {
    **dict.fromkeys(("zh", "ja", "th", "my", "km", "lo"), "unspaced"),
    **dict.fromkeys(("hi", "mr", "ne", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si"), "begun"),
    "ar": "arabic",
    "he": "hebrew",
    "ko": "open",
}
_WORDS_OF_PATTERN = re.compile(r"[^\W\d_]{3,}")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")


@dataclass(slots=True)
class Faults:
    """What is wrong with one file, each fault as ``file:line:column: what; remedy``."""

    source: str
    name: str
    lines: list[str] = field(default_factory=list)

    def add(self, near: str, what: str, remedy: str, offset: int = 0) -> None:
        """Record a fault at the place where ``near`` stands in the file."""
        at = max(0, self.source.find(near)) + offset
        line = self.source.count("\n", 0, at) + 1
        column = at - self.source.rfind("\n", 0, at)
        self.at(line, column, what, remedy)

    def at(self, line: int, column: int, what: str, remedy: str) -> None:
        """Record a fault at a line and column."""
        self.lines.append(f"{self.name}:{line}:{column}: {what}; {remedy}")


def parsed(faults: Faults) -> dict[str, Any]:
    """The file's tables; empty, with a fault, when it is not TOML."""
    try:
        return tomllib.loads(faults.source)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        end = (str(faults.source.count("\n") + 1), "1")
        line, column = (found[1], found[2]) if found and found[1] else end
        what = _TOML_PLACE.sub("", str(error))
        faults.at(int(line), int(column), f"not TOML: {what}", "mend the line")
        return {}


@dataclass(slots=True)
class LanguageFile:
    """The lists of one language as they are read."""

    code: str
    faults: Faults
    table: ConceptTable
    #: Where the words of all languages come together.
    slots: SlotWords
    units: list[Unit] = field(default_factory=list)
    around: dict[str, list[Unit]] = field(default_factory=dict)
    #: The words of each slot, as written.
    words: dict[str, list[str]] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    little: list[str] = field(default_factory=list)

    @property
    def script(self) -> Script:
        """How its words stand in a text."""
        return SCRIPTS.get(self.code, "bounded")

    def read(self, tree: Mapping[str, Any]) -> None:
        """Take in every list of the parsed file."""
        for kind, entries in tree.items():
            if kind == "words":
                self._slots(entries)
            elif kind not in ("patterns", "cues", *MASKS, *AROUND, *WORD_LISTS):
                self.faults.add(kind, f"unknown list {kind!r}", "see docs/urgency.md")
            elif not isinstance(entries, list):
                self.faults.add(kind, f"{kind} is not a list", "write it in brackets")
            else:
                for entry in entries:
                    self._entry(kind, entry)

    def _entry(self, kind: str, entry: object) -> None:
        match entry:
            case {"p": str(pattern), **rest} if kind in ("patterns", "cues"):
                self._sign(kind, pattern, rest)
            case str(word) if kind in WORD_LISTS:
                getattr(self, kind).append(fold_word(word))
            case str(pattern) if kind in MASKS or kind in AROUND:
                self.pattern(pattern, Rule(self.code, kind))
            case _:
                what = f"{kind} has an entry {entry!r}"
                self.faults.add(kind, what, "write it like its neighbours")

    def _sign(self, kind: str, pattern: str, rest: Mapping[Any, Any]) -> None:
        level, category, weight = rest.get("l", ""), rest.get("c", ""), rest.get("w", 0)
        meaning = self.table.meaning or {}
        if kind == "patterns" and level not in LEVELS:
            self.faults.add(pattern, f"unknown level {level!r}", "use one of " + ", ".join(LEVELS))
        if kind == "patterns" and category not in meaning:
            known = ", ".join(sorted(meaning))
            self.faults.add(pattern, f"unknown category {category!r}", f"use one of {known}")
        if kind == "cues" and (not isinstance(weight, int) or weight < 1):
            self.faults.add(pattern, f"weight {weight!r} is no whole number above 0", "use 1 or 2")
        self.pattern(pattern, Rule(self.code, kind, level, category, rest.get("n", ""), weight))

    def pattern(self, pattern: str, rule: Rule) -> None:
        """Take in one pattern, or record why it cannot be used."""
        try:
            node = read_pattern(pattern)
            check_bounds(node)
        except BadPattern as bad:
            what = f"bad pattern: {bad.what}"
            self.faults.add(pattern, what, "see docs/urgency.md", bad.offset)
            return
        if rule.kind in AROUND:
            self.around.setdefault(rule.kind, []).append(Unit(node, self.script, rule))
            return
        self.units += [Unit(unit, self.script, rule) for unit in split_units(node)]
        self.patterns.append(pattern)

    def _slots(self, tables: object) -> None:
        if not isinstance(tables, dict):
            self.faults.add("words", "words is no table", "write [words] and the slots below")
            return
        for slot, entries in tables.items():
            if slot not in (self.table.slots or {}):
                self.faults.add(slot, f"unknown slot {slot!r}", "see concepts.toml")
            elif not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
                self.faults.add(slot, f"{slot} is no list of texts", 'write ["...", "..."]')
            else:
                self.words[slot] = [entry for entry in entries if self._usable(slot, entry)]

    def _usable(self, slot: str, entry: str) -> bool:
        """Whether an entry could be taken in; recorded as a fault when not."""
        try:
            self.slots.add(self.code, slot, entry)
        except BadEntry as bad:
            self.faults.add(entry, f"{entry!r} of {slot} {bad}", "see docs/urgency.md")
            return False
        return True


def words_of_pattern(pattern: str) -> Iterator[str]:
    """The words of three letters or more in a pattern, folded."""
    plain = " ".join(map(fold_word, re.split(r"[^\w]|\\\w", pattern)))
    yield from _WORDS_OF_PATTERN.findall(plain)
