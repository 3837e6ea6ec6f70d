"""The urgency lexicon as it stands in its file: read whole, every fault listed, compiled lazily."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from concierge.errors import FaultyInput
from concierge.rules.expressions import check_bounds
from concierge.rules.folding import fold_word
from concierge.rules.pattern_index import Index, TextSigns
from concierge.rules.patterns import BadPattern, Script, read_pattern
from concierge.rules.spelling import Speller
from concierge.rules.units import MASKS, Rule, Unit, split_units

LEVELS = ("emergency", "high", "concern", "mention")
#: Lists of patterns that are looked for around a sign.
AROUND = (
    *("negation", "negation_break", "but", "history", "present", "under_way", "time"),
    *("first", "other", "grief", "context", "fiction"),
)
WORD_LISTS = ("keywords", "common")
#: Scripts whose words are not fenced by spaces the way patterns are written.
_SCRIPTS: Mapping[str, Script] = {
    **dict.fromkeys(("zh", "ja"), "unspaced"),
    "hi": "begun",
    "ar": "arabic",
    "he": "hebrew",
    "ko": "open",
}
_WORDS_OF_PATTERN = re.compile(r"[^\W\d_]{3,}")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")


@dataclass(slots=True)
class Lexicon:
    """Everything the urgency rule knows. Made by :func:`parse_lexicon`; read-only after that."""

    version: str
    meaning: dict[str, str]
    #: Signs and everyday phrases, behind the index.
    index: Index[Unit]
    #: Per language and list: what is looked for around a sign.
    around: dict[tuple[str, str], tuple[Unit, ...]]
    languages: tuple[str, ...]
    #: Words of three letters or more that occur in patterns: what a spelling may be repaired to.
    vocabulary: frozenset[str]
    speller: Speller = field(repr=False)

    def first_match(
        self, language: str, kind: str, text: str, signs: TextSigns | None = None
    ) -> str | None:
        """The words of the first match of one of the language's lists in folded text.

        ``signs`` are those of a text that ``text`` is a part of; they spare vain searches.
        """
        fenced = f" {text} "
        for unit in self.around.get((language, kind), ()):
            if signs is not None and not signs.hold(unit.needs):
                continue
            for start, end in unit.find(fenced):
                return fenced[start:end]
        return None

    def known(self, word: str) -> bool:
        """Whether a repaired spelling is a word the lexicon uses."""
        return word in self.vocabulary


class _Parser:
    """Collects rules and faults from the parsed file."""

    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name
        self.faults: list[str] = []
        self.units: list[Unit] = []
        self.around: dict[tuple[str, str], list[Unit]] = {}
        self.words: set[str] = set()
        self.lists: dict[str, dict[str, list[str]]] = {}

    def fault(self, near: str, what: str, remedy: str, offset: int = 0) -> None:
        """Record a fault at the place where ``near`` stands in the file."""
        at = max(0, self.source.find(near)) + offset
        line = self.source.count("\n", 0, at) + 1
        column = at - self.source.rfind("\n", 0, at)
        self.faults.append(f"{self.name}:{line}:{column}: {what}; {remedy}")

    def language(self, language: str, table: Mapping[str, Any]) -> None:
        for kind, entries in table.items():
            near = f"[lang.{language}]"
            if kind not in ("patterns", "cues", *MASKS, *AROUND, *WORD_LISTS):
                self.fault(near, f"unknown list {kind!r} of {language}", "see the file's header")
            elif not isinstance(entries, list):
                self.fault(near, f"{kind} of {language} is not a list", "write it in brackets")
            else:
                for entry in entries:
                    self.entry(language, kind, entry)

    def entry(self, language: str, kind: str, entry: object) -> None:
        match entry:
            case {"p": str(pattern), **rest} if kind in ("patterns", "cues"):
                self.sign(language, kind, pattern, rest)
            case str(word) if kind in WORD_LISTS:
                self.lists.setdefault(kind, {}).setdefault(language, []).append(fold_word(word))
            case str(pattern) if kind in MASKS or kind in AROUND:
                self.pattern(pattern, Rule(language, kind))
            case _:
                near, what = f"[lang.{language}]", f"{kind} of {language} has an entry {entry!r}"
                self.fault(near, what, "write it like its neighbours")

    def sign(self, language: str, kind: str, pattern: str, rest: Mapping[Any, Any]) -> None:
        level, category, weight = rest.get("l", ""), rest.get("c", ""), rest.get("w", 0)
        if kind == "patterns" and level not in LEVELS:
            self.fault(pattern, f"unknown level {level!r}", "use one of " + ", ".join(LEVELS))
        if kind == "patterns" and category not in self.meaning:
            known = ", ".join(sorted(self.meaning))
            self.fault(pattern, f"unknown category {category!r}", f"use one of {known}")
        if kind == "cues" and (not isinstance(weight, int) or weight < 1):
            self.fault(pattern, f"weight {weight!r} is no whole number above 0", "use 1 or 2")
        self.pattern(pattern, Rule(language, kind, level, category, rest.get("n", ""), weight))

    def pattern(self, pattern: str, rule: Rule) -> None:
        try:
            node = read_pattern(pattern)
            check_bounds(node)
        except BadPattern as bad:
            self.fault(pattern, f"bad pattern: {bad.what}", "see the file's header", bad.offset)
            return
        script = _SCRIPTS.get(rule.language, "bounded")
        made = [Unit(unit, script, rule) for unit in split_units(node)]
        if rule.kind in AROUND:
            whole = Unit(node, script, rule)
            self.around.setdefault((rule.language, rule.kind), []).append(whole)
        else:
            self.units += made
            self.words.update(_WORDS_OF_PATTERN.findall(fold_pattern_words(pattern)))

    @cached_property
    def meaning(self) -> dict[str, str]:
        return {}


def fold_pattern_words(pattern: str) -> str:
    """A pattern with its words folded, to collect them from; no pattern any more."""
    return " ".join(map(fold_word, re.split(r"[^\w]|\\\w", pattern)))


def _parsed(source: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        line, column = (found[1], found[2]) if found and found[1] else (source.count("\n") + 1, 1)
        what = _TOML_PLACE.sub("", str(error))
        fault = f"{name}:{line}:{column}: not TOML: {what}; mend the line"
        raise FaultyInput(f"The urgency lexicon {name} cannot be read.", (fault,)) from error


def parse_lexicon(source: str, *, name: str) -> Lexicon:
    """Read the lexicon from its text; ``name`` is the file's name for the list of faults.

    Raises :class:`~concierge.errors.FaultyInput` listing every fault. Reads and checks every
    pattern, compiles none.
    """
    tree = _parsed(source, name)
    parser = _Parser(source, name)
    meaning = tree.get("meaning", {})
    if isinstance(meaning, dict):
        parser.meaning.update(meaning)
    languages = tree.get("lang", {})
    if not isinstance(languages, dict) or not languages:
        parser.fault("", "there is no language", "add a table such as [lang.en]")
        languages = {}
    for language, table in languages.items():
        parser.language(language, table)
    if parser.faults:
        summary = f"The urgency lexicon {name} has {len(parser.faults)} fault(s)."
        raise FaultyInput(summary, tuple(parser.faults))
    return Lexicon(
        version=str(tree.get("version", "")),
        meaning=parser.meaning,
        index=Index((unit, unit.clauses()) for unit in parser.units),
        around={key: tuple(units) for key, units in parser.around.items()},
        languages=tuple(languages),
        vocabulary=frozenset(parser.words),
        speller=Speller(
            parser.lists.get("keywords", {}),
            parser.lists.get("common", {}),
            frozenset(parser.words),
        ),
    )
