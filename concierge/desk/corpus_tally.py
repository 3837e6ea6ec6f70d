"""What was counted of a folder of mail: names of files, codes and numbers, never a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from concierge.desk.corpus_scores import GOALS, Goal, Score

#: A mail that takes longer keeps others waiting.
TOO_LONG_SECONDS = 2.0
#: So many names are kept of what is counted but not judged; more nobody reads.
_NAMES = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """One mail as it was read."""

    name: str
    size: int
    seconds: float
    kind: str
    defects: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What was counted so far."""

    checked: list[Checked] = field(default_factory=list)
    #: Name of the file, and type and place of what was raised.
    failed: list[tuple[str, str]] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    scores: dict[str, Score] = field(default_factory=dict)
    #: Names of the files that missed a goal.
    missed: dict[str, list[str]] = field(default_factory=dict)
    #: What triage concluded, such as ``{"urgency": {"routine": 12}}``; empty without it.
    concluded: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    encrypted: int = 0
    unreadable: int = 0
    empty: int = 0
    #: Mails of which trimming would cut too much, so that the full text rules.
    ruled: int = 0
    #: Mails of which a naive reader finds over twice the words, and the names of the first.
    lost: int = 0
    lost_names: list[str] = field(default_factory=list)

    def count(self, goal: str, name: str, *, hit: bool, fault: bool = False) -> None:
        """Count one mail towards a goal; ``fault`` where a hit is what must not be."""
        self.scores.setdefault(goal, Score()).count(hit=hit)
        if hit is fault:
            self.missed.setdefault(goal, []).append(name)

    def lose(self, name: str) -> None:
        """Count a mail of which the reader may have lost over half the text."""
        self.lost += 1
        if len(self.lost_names) < _NAMES:
            self.lost_names.append(name)

    def slow(self) -> list[Checked]:
        """Mails that took too long."""
        return [one for one in self.checked if one.seconds > TOO_LONG_SECONDS]

    def worst(self, count: int) -> list[Checked]:
        """The mails most was wrong with, then the slowest."""
        by = sorted(self.checked, key=lambda one: (len(one.defects), one.seconds), reverse=True)
        return [one for one in by[:count] if one.defects]

    def slowest(self, count: int) -> list[Checked]:
        """The mails that took longest, longest first."""
        return sorted(self.checked, key=lambda one: one.seconds, reverse=True)[:count]

    def goals(self) -> list[tuple[Goal, Score]]:
        """The goals something was counted for."""
        return [(goal, self.scores[goal.name]) for goal in GOALS if goal.name in self.scores]
