"""How a checked corpus is told: for people, and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from concierge.cli import show
from concierge.desk.corpus_scores import SPEED_RATIO, Goal, Score, percentile
from concierge.desk.corpus_tally import Checked, Tally

#: Names of files that missed a goal, shown with --missed.
_MISSED = 20
#: Languages, countries and the like, most frequent first; more nobody reads.
_CONCLUDED = 12


def print_tally(tally: Tally, ratio: float | None, worst: int, *, missed: bool) -> None:
    """Print everything counted; ``ratio`` is the speed of the reader where it was measured."""
    _print_counts(tally, worst)
    _print_goals(tally, ratio, missed=missed)
    _print_confusion(tally)
    broken = tally.worst(worst)
    if broken:
        show.heading("Mails most was wrong with")
        for one in broken:
            show.sentence(f"{one.name}: {', '.join(one.defects)}", indent="  ")
    slowest = tally.slowest(worst)
    if slowest:
        show.heading("Mails that took longest")
        for one in slowest:
            show.sentence(_timed(one), indent="  ")


def as_dict(tally: Tally, ratio: float | None) -> dict[str, Any]:
    """Everything counted as plain data: names of files, codes and numbers."""
    return {
        "read": len(tally.checked),
        "failed": [{"name": name, "cause": cause} for name, cause in tally.failed],
        "too_long": [one.name for one in tally.slow()],
        "seconds": _times(tally),
        "speed_ratio": ratio,
        "empty": tally.empty,
        "encrypted": tally.encrypted,
        "unreadable": tally.unreadable,
        "full_text_rules": tally.ruled,
        "perhaps_lost": {"count": tally.lost, "names": tally.lost_names},
        "kinds": Counter(one.kind for one in tally.checked),
        "defects": Counter(code for one in tally.checked for code in one.defects),
        "concluded": tally.concluded,
        "goals": [_goal_as_dict(goal, score, tally) for goal, score in tally.goals()],
        "confusion": [
            {"label": label, "kind": kind, "count": count}
            for (label, kind), count in sorted(tally.confusion.items())
        ],
    }


def _goal_as_dict(goal: Goal, score: Score, tally: Tally) -> dict[str, Any]:
    return {
        "goal": goal.name,
        "wanted": goal.wanted,
        "of": goal.of,
        "at_most": goal.faults,
        "hits": score.hits,
        "counted": score.of,
        "met": goal.met(score),
        "missed": tally.missed.get(goal.name, []),
    }


def _print_counts(tally: Tally, worst: int) -> None:
    times = _times(tally)
    print(f"{show.counted(len(tally.checked), 'mail')} read in {times['total']:.1f} s, "
          f"median {times['median'] * 1000:.1f} ms, 99 % under {times['p99'] * 1000:.0f} ms, "
          f"slowest {times['slowest']:.2f} s.")  # fmt: skip
    print(f"Failed: {len(tally.failed)}. Over 2 s: {len(tally.slow())}.")
    for name, cause in tally.failed:
        show.sentence(f"{name}: {cause}", indent="  ")
    for one in tally.slow():
        show.sentence(_timed(one), indent="  ")
    print(f"Without text: {tally.empty}. Encrypted: {tally.encrypted}. "
          f"Unreadable: {tally.unreadable}. The full text rules: {tally.ruled}.")  # fmt: skip
    print(f"May have lost over half the text: {tally.lost}.")
    for name in tally.lost_names[:worst]:
        show.sentence(name, indent="  ")
    print("Kinds: " + _listed(Counter(one.kind for one in tally.checked)))
    print("Defects: " + _listed(Counter(code for one in tally.checked for code in one.defects)))
    for what, counts in tally.concluded.items():
        print(f"{what.capitalize()}: {_listed(counts, _CONCLUDED)}")


def _print_goals(tally: Tally, ratio: float | None, *, missed: bool) -> None:
    goals = tally.goals()
    rows = [_goal_row(goal, score) for goal, score in goals]
    if ratio is not None:
        met = "met" if ratio <= SPEED_RATIO else "MISSED"
        of = "CPU time of reading, of Python's own parser"
        rows.append((of, f"at most {SPEED_RATIO} x", f"{ratio:.2f} x", met))
    show.heading("Goals, as far as this folder can tell")
    show.table(("goal", "demanded", "measured", ""), rows, empty="")
    for goal, _ in goals if missed else ():
        for name in tally.missed.get(goal.name, [])[:_MISSED]:
            show.sentence(f"{goal.name}: {name}", indent="  ")


def _goal_row(goal: Goal, score: Score) -> Sequence[str]:
    met = goal.met(score)
    demanded = f"{'at most' if goal.faults else 'at least'} {goal.wanted} of {goal.of}"
    return (
        goal.name,
        "none" if goal.faults and not goal.wanted else demanded if goal.of else "-",
        f"{score.hits} of {score.of}",
        "" if met is None else "met" if met else "MISSED",
    )


def _print_confusion(tally: Tally) -> None:
    if not tally.confusion:
        return
    labels = sorted({label for label, _ in tally.confusion})
    kinds = sorted({kind for _, kind in tally.confusion})
    show.heading("What each label was taken for")
    show.table(
        ("label", *kinds),
        ([label, *(str(tally.confusion[label, kind] or "-") for kind in kinds)]
         for label in labels),
        empty="",
    )  # fmt: skip


def _timed(one: Checked) -> str:
    return f"{one.name}: {one.seconds:.3f} s, {show.counted(one.size, 'byte')}"


def _listed(counts: Counter[str], most: int | None = None) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(most)) or "none"


def _times(tally: Tally) -> dict[str, float]:
    seconds = sorted(one.seconds for one in tally.checked)
    return {
        "total": sum(seconds),
        "median": percentile(seconds, 0.5),
        "p99": percentile(seconds, 0.99),
        "slowest": seconds[-1] if seconds else 0.0,
    }
