"""`concierge queue --look`: the list of what is not urgent, but for something that lowered it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concierge.cli import show
from concierge.cli.known import first_name
from concierge.cli.safe import line
from concierge.desk.look import Look

#: Letters of a first name in the list.
_LONGEST_NAME = 12
#: Reasons in the list; all of them are in `--json` and in `concierge case show`.
_REASONS = 3


def print_looks(looks: Sequence[Look], *, limit: int, urgent: int) -> None:
    """The list for people; it never stands for the queue, so it tells how many wait there."""
    show.table(
        ("case", "urgency", "weight", "lang", "who", "because"),
        (_cells(one) for one in looks[: limit or None]),
        empty="Nothing is worth a second look.",
        first_to_go=("lang", "weight"),
        last_to_go=("who",),
    )
    show.left_out(bool(limit) and len(looks) > limit)
    if urgent:
        show.sentence(f"! {show.counted(urgent, 'urgent case')} first: concierge queue.")


def why(one: Look) -> dict[str, Any]:
    """What the list adds to a row of the queue as plain data: the weight, and the reasons."""
    return {"weight": one.weight, "because": list(one.because)}


def _cells(one: Look) -> tuple[str, ...]:
    case = one.row.case
    strongest = sorted(one.because, key=lambda reason: -float(reason["weight"]))[:_REASONS]
    because = "; ".join(f"{reason['found']} ({reason['note']})" for reason in strongest)
    name = line(first_name(case.requester.name), _LONGEST_NAME) or "-"
    return (
        str(case.id), case.urgency.value, f"{one.weight:g}", case.language or "?", name, because,
    )  # fmt: skip
