"""A unit is one alternative of a lexicon pattern: it knows its rule and finds its matches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from concierge.rules.expressions import expression
from concierge.rules.pattern_index import Need, TextSigns
from concierge.rules.patterns import Alt, Node, Script, Seq
from concierge.rules.prefilter import Clause, openings, requirements

#: Everyday phrases: a sign that is gone without them is lowered.
MASKS = ("figurative", "benign", "hyperbole")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the lexicon: what it is for and what it says."""

    language: str
    #: ``patterns``, ``cues`` or one of :data:`MASKS`, or what is looked for around a sign.
    kind: str
    level: str = ""
    category: str = ""
    note: str = ""
    weight: int = 0
    #: Which concept it is of; empty for a pattern.
    concept: str = ""


class Unit:
    """One alternative of a pattern, compiled when it is first needed."""

    def __init__(self, node: Node, script: Script, rule: Rule) -> None:
        self.node = node
        self.script = script
        self.rule = rule

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression over folded text."""
        across = self.rule.kind not in MASKS
        return re.compile(expression(self.node, self.script, across=across), re.DOTALL)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a text must contain for the unit to match in it."""
        return tuple(map(Need.of, self.clauses()))

    def clauses(self) -> tuple[Clause, ...]:
        """What a match cannot do without, the rarest first."""
        return requirements(self.node, self.script)

    @cached_property
    def openings(self) -> frozenset[str] | None:
        """The words it can only begin with, where that is known."""
        return openings(self.node) if self.script == "bounded" else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the unit matches in folded text, from left to right without overlap."""
        skipped = 1 if self.script == "bounded" else 0
        for match in self.regex.finditer(text):
            yield match.start() + skipped, match.end()

    def find_in(self, signs: TextSigns) -> Iterator[tuple[int, int]]:
        """The same, tried only at words the unit can begin with: much quicker."""
        if self.openings is None:
            yield from self.find(signs.text)
            return
        reached = 0
        here = self.openings & signs.words
        for start in sorted(chain.from_iterable(map(signs.places.__getitem__, here))):
            if start > reached and (match := self.regex.match(signs.text, start - 1)):
                reached = match.end()
                yield start, reached


def split_units(node: Node) -> Iterator[Node]:
    """The alternatives of a pattern; together they match what the pattern matches."""
    match node:
        case Alt(items):
            for item in items:
                yield from split_units(item)
        case Seq((only,)):
            yield from split_units(only)
        case _:
            yield node
