"""Counting verdicts: how much was answered, how much of that is right, how well doubt is stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from concierge.desk.evaluation import NONE, Verdict

#: Bands of stated confidence: ten, as calibration is usually drawn.
BANDS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Rows, those answered, those of them answered rightly, and those right altogether.

    A rightful "cannot tell" is right and not answered.
    """

    rows: int = 0
    answered: int = 0
    answered_right: int = 0
    right: int = 0

    @property
    def coverage(self) -> float | None:
        """Share of rows that were answered; None without rows."""
        return self.answered / self.rows if self.rows else None

    @property
    def precision(self) -> float | None:
        """Share of the answers that are right; None without answers."""
        return self.answered_right / self.answered if self.answered else None

    @property
    def correct(self) -> float | None:
        """Share of rows that are right, a rightful "cannot tell" included; None without rows."""
        return self.right / self.rows if self.rows else None


@dataclass(frozen=True, slots=True)
class Band:
    """The verdicts whose stated confidence lies from ``low`` to ``high``."""

    low: float
    high: float
    count: int
    #: Mean stated confidence, and the share whose guess is right; 0 when the band is empty.
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether the desk is as often right as it says, over guesses given and withheld."""

    bands: tuple[Band, ...]
    #: Expected calibration error: the mean distance of the two, weighted by count; 0 is best.
    error: float
    count: int


def score(verdicts: Iterable[Verdict]) -> Score:
    """The verdicts counted."""
    rows = answered = answered_right = right = 0
    for one in verdicts:
        rows += 1
        answered += one.answered
        answered_right += one.answered and one.right
        right += one.right
    return Score(rows, answered, answered_right, right)


def scores_by(
    verdicts: Iterable[Verdict], key: Callable[[Verdict], str]
) -> list[tuple[str, Score]]:
    """A score for each value of ``key``, in the order these first appear."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        groups[key(one)].append(one)
    return [(name, score(group)) for name, group in groups.items()]


def macro(
    scores: Sequence[Score],
) -> tuple[float | None, float | None, float | None]:
    """Coverage, precision and correctness, each the mean over groups however large they are."""
    return (
        _mean([one.coverage for one in scores]),
        _mean([one.precision for one in scores]),
        _mean([one.correct for one in scores]),
    )


def confusions(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """How often what was right first was answered as something that is not right."""
    return Counter((one.wanted[0], one.got) for one in verdicts if one.answered and not one.right)


def calibration(verdicts: Iterable[Verdict]) -> Calibration | None:
    """Stated confidence against how often the guess is right; None when none was ever stated."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BANDS)]
    for one in verdicts:
        if one.confidence is not None:
            at = min(int(one.confidence * BANDS), BANDS - 1)
            groups[at].append((one.confidence, one.guess_right))
    count = sum(map(len, groups))
    if not count:
        return None
    bands = tuple(_band(number, group) for number, group in enumerate(groups))
    error = sum(one.count * abs(one.confidence - one.right) for one in bands) / count
    return Calibration(bands, error, count)


def worst(verdicts: Iterable[Verdict], count: int) -> list[Verdict]:
    """The worst misses: wrong answers, the surest first, then what was left open, in that order."""
    missed = [one for one in verdicts if not one.right]
    # An answer given on no stated confidence is as bad as a sure one: nobody was warned.
    missed.sort(
        key=lambda one: (
            not one.answered,
            -(1.0 if one.confidence is None and one.answered else one.confidence or 0.0),
            one.case.line,
        )
    )
    return missed[:count]


def unknowable(verdicts: Iterable[Verdict]) -> Score:
    """The rows in which nothing can be told: whatever is answered there is made up."""
    return score(one for one in verdicts if one.wanted[0] == NONE)


def _band(number: int, group: list[tuple[float, bool]]) -> Band:
    low, high = number / BANDS, (number + 1) / BANDS
    if not group:
        return Band(low, high, 0, 0.0, 0.0)
    count = len(group)
    return Band(
        low, high, count, sum(p for p, _ in group) / count, sum(ok for _, ok in group) / count
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
