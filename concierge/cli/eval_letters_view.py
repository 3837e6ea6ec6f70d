"""How an evaluation of letters is told: tables for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from concierge.cli import show
from concierge.desk.evaluation_labels import (
    Heard,
    Judged,
    Labels,
    Question,
    grouped,
    heard,
    labels,
    labels_each,
    worst,
)
from concierge.desk.evaluation_urgency import Without

#: Letters of a text that are shown with --show-text.
_TEXT = 300
#: Reasons of a miss that are shown; those after them seldom explain it.
_REASONS = 4
#: Below so many unseen urgent letters a language's figure says little (facts of the field).
_VERIFIED = 50
_HEARD = (
    "urgent", "found %", "noticed %", "emergencies", "as such %", "concerns", "raised %", "calm",
    "alarms %",
)  # fmt: skip


def print_heard(
    verdicts: Sequence[Judged], parts: Sequence[Without], misses: int, *, text: bool
) -> None:
    """Print everything a file about urgency tells."""
    for by in ("kind", "language"):
        show.heading(f"By {by}")
        rows = [(name, *_cells(heard(group), by)) for name, group in grouped(verdicts, by).items()]
        head = (by, *_HEARD, *(("",) if by == "language" else ()))
        show.table(head, [*rows, ("all", *_cells(heard(verdicts), by))], empty="")
    print("found: taken for high or emergency; noticed: for concern at least.")
    if parts:
        show.heading("Without one part of the rule")
        rows = [(one.part, *_cells(one.heard, ""), f"{one.cost:.2f}") for one in parts]
        show.table(("without", *_HEARD, "ms a letter"), rows, empty="")
    _misses(verdicts, misses, text=text)


def heard_as_dict(
    verdicts: Sequence[Judged], parts: Sequence[Without], misses: int, *, text: bool
) -> dict[str, Any]:
    """Everything a file about urgency tells, as plain data."""
    return {
        "all": asdict(heard(verdicts)),
        "kinds": {name: asdict(heard(group)) for name, group in grouped(verdicts, "kind").items()},
        "languages": {
            name: asdict(heard(group)) for name, group in grouped(verdicts, "language").items()
        },
        "ablation": [
            {"without": one.part, "ms_a_letter": one.cost, **asdict(one.heard)} for one in parts
        ],
        "misses": [_miss(one, text=text) for one in worst(verdicts)[:misses]],
    }


def print_labels(
    question: Question, verdicts: Sequence[Judged], misses: int, *, text: bool
) -> None:
    """Print everything a file about topics, needs or routes tells."""
    show.heading(f"By {question.key}")
    each = [(name, *_label_cells(found)) for name, found in labels_each(verdicts).items()]
    head = ("wanted", "found %", "besides")
    show.table((question.key, *head), [*each, ("all", *_label_cells(labels(verdicts)))], empty="")
    show.heading("By language")
    rows = [
        (name, *_label_cells(labels(group)), _percent(sum(v.right for v in group), len(group)))
        for name, group in grouped(verdicts, "language").items()
    ]
    show.table(("language", *head, "letters all right %"), rows, empty="")
    _misses(verdicts, misses, text=text)


def labels_as_dict(
    question: Question, verdicts: Sequence[Judged], misses: int, *, text: bool
) -> dict[str, Any]:
    """Everything a file about topics, needs or routes tells, as plain data."""
    return {
        "letters": len(verdicts),
        "all_right": sum(one.right for one in verdicts),
        "all": asdict(labels(verdicts)),
        question.key: {name: asdict(found) for name, found in labels_each(verdicts).items()},
        "languages": {
            name: asdict(labels(group)) for name, group in grouped(verdicts, "language").items()
        },
        "misses": [_miss(one, text=text) for one in worst(verdicts)[:misses]],
    }


def _cells(found: Heard, by: str) -> tuple[str, ...]:
    cells = (
        str(found.urgent),
        _percent(found.found, found.urgent),
        _percent(found.noticed, found.urgent),
        str(found.emergencies),
        _percent(found.as_such, found.emergencies),
        str(found.concerns),
        _percent(found.concerns_raised, found.concerns),
        str(found.calm),
        _percent(found.alarms, found.calm),
    )
    if by != "language":
        return cells
    return (*cells, "" if found.urgent >= _VERIFIED else "unverified")


def _label_cells(found: Labels) -> tuple[str, ...]:
    return str(found.wanted), _percent(found.found, found.wanted), str(found.extra)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _misses(verdicts: Sequence[Judged], count: int, *, text: bool) -> None:
    missed = worst(verdicts)
    if not missed or not count:
        return
    show.heading(f"The worst of {len(missed)} misses")
    for one in missed[:count]:
        letter = one.letter
        show.sentence(
            f"{letter.id} ({letter.kind}, {letter.language}): {_names(letter.wanted)} expected,"
            f" {_names(one.got)} concluded"
        )
        for reason in one.evidence[:_REASONS]:
            words = f' "{reason.found}"' if text else ""
            show.sentence(f"{reason.rule}{words}: {reason.note}", indent="  ")
        if text:
            show.sentence(letter.message.body, indent="  ", limit=_TEXT)


def _miss(one: Judged, *, text: bool) -> dict[str, Any]:
    letter = one.letter
    told: dict[str, Any] = {
        "id": letter.id,
        "line": letter.line,
        "kind": letter.kind,
        "language": letter.language,
        "expected": sorted(letter.wanted),
        "concluded": sorted(one.got),
        "rules": [reason.rule for reason in one.evidence[:_REASONS]],
    }
    if text:
        told["text"] = letter.message.body[:_TEXT]
    return told


def _names(labels: frozenset[str]) -> str:
    return ", ".join(sorted(labels)) or "nothing"
