"""What several signs say together: the ladder to an emergency, and weak cues that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concierge.rules.lexicon import Lexicon
from concierge.rules.urgency_context import Judged
from concierge.rules.urgency_signs import Scanned, Sign

#: Characters within which signs are read together: about a paragraph of a mail.
NEARBY = 350
#: Points of weak cues for concern, for high, and (with a time among them) for emergency.
_CONCERN, _HIGH, _EMERGENCY = 2, 3, 5
#: What becomes an emergency with a near time; a farewell told in slots is more than its words.
_TIMED, _TIMED_CONCEPTS = ("ideation", "third_party"), ("goodbye", "plan")
#: A cue of this weight says something by itself; without one, weak cues are ordinary life.
_STRONG = 2


@dataclass(frozen=True, slots=True)
class Sum:
    """A conclusion from several places of one text."""

    scanned: Scanned
    language: str
    category: str
    level: str
    places: tuple[tuple[int, int], ...]
    why: str


def ladder(lexicon: Lexicon, judged: Sequence[Judged]) -> list[Sum]:
    """Thoughts of suicide become an emergency with a near time, or with means or a plan."""
    standing = [one for one in judged if one.level == "high" and not one.lowered]
    sums = [found for one in standing if (found := _with_time(lexicon, one))]
    sums += [found for one in standing if (found := _with_means(one, standing))]
    return sums


def _with_time(lexicon: Lexicon, one: Judged) -> Sum | None:
    rule = one.sign.rule
    if rule.category not in _TIMED and not (rule.concept and rule.category in _TIMED_CONCEPTS):
        return None
    at = one.scanned.folded.text.find(one.clause)
    around = one.clause
    if rule.category == "third_party":
        # Their patterns reach far: a "now" inside may belong to what happened since.
        cut = slice(max(one.sign.start - at, 0), max(one.sign.end - at, 0))
        around = around[: cut.start] + "#" + around[cut.stop :]
    if lexicon.first_match(rule.language, "time", around) is None:
        return None
    return Sum(
        one.scanned, rule.language, "ladder", "emergency",
        ((max(at, 0), max(at, 0) + len(one.clause)),), "with a near time",
    )  # fmt: skip


def _with_means(one: Judged, standing: Sequence[Judged]) -> Sum | None:
    if one.sign.rule.category not in ("ideation", "passive"):
        return None
    wanted = ("means", "plan") if one.sign.rule.category == "ideation" else ("means",)
    for other in standing:
        apart = max(one.sign.start, other.sign.start) - min(one.sign.end, other.sign.end)
        if other.sign.rule.category in wanted and 0 <= apart <= NEARBY:
            places = ((one.sign.start, one.sign.end), (other.sign.start, other.sign.end))
            why = f"with {lexicon_word(other)}"
            return Sum(one.scanned, one.sign.rule.language, "ladder", "emergency", places, why)
    return None


def lexicon_word(one: Judged) -> str:
    """The means or the plan in a word."""
    return "access to means" if one.sign.rule.category == "means" else "a plan or a place"


def add_up(scanned: Scanned) -> Sum | None:
    """The strongest sum of weak cues within :data:`NEARBY` characters; each sort counts once."""
    cues = sorted(scanned.cues, key=lambda cue: cue.start)
    best: Sum | None = None
    best_points = 0
    for at, first in enumerate(cues):
        near = [cue for cue in cues[at:] if cue.start - first.start <= NEARBY]
        # Of a sort the heaviest counts; ordered by weight, it is the one that stays.
        sorts = {c.rule.category: c for c in sorted(near, key=lambda cue: cue.rule.weight)}
        points = sum(cue.rule.weight for cue in sorts.values())
        strong = any(cue.rule.weight >= _STRONG for cue in sorts.values())
        if strong and points >= _CONCERN and points > best_points:
            best, best_points = _sum_of(scanned, sorts, points), points
    return best


def _sum_of(scanned: Scanned, sorts: dict[str, Sign], points: int) -> Sum:
    timed = "when" in sorts or "secretwhen" in sorts
    level = "concern"
    if points >= _HIGH:
        level = "emergency" if points >= _EMERGENCY and timed else "high"
    places = tuple((cue.start, cue.end) for cue in sorts.values())
    language = next(iter(sorts.values())).rule.language
    return Sum(scanned, language, "cues", level, places, f"{points} points: {', '.join(sorts)}")
