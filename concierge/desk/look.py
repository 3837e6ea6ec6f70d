"""Worth a look: what is not urgent by the rules, but for something that lowered it, or nearly is.

A second list beside the queue. It never pages anybody and changes no case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from concierge.desk.ports.views import QueueRow, ToldRow
from concierge.domain.findings import URGENT

_CLOSE = frozenset(map(str, URGENT))


@dataclass(frozen=True, slots=True)
class Look:
    """A case worth a look: the weight of all that was found in its newest message, and what."""

    row: QueueRow
    weight: float
    #: The reasons as plain data, the strongest first.
    because: tuple[dict[str, Any], ...]


def worth_a_look(rows: Iterable[ToldRow]) -> list[Look]:
    """Cases below ``high`` that came close, the heaviest first, then the one that waits longest."""
    looks = [_look(told) for told in rows if told.row.case.urgency not in URGENT and _close(told)]
    return sorted(
        looks, key=lambda one: (-one.weight, one.row.case.last_message_at, one.row.case.id)
    )


def _close(told: ToldRow) -> bool:
    # What was read by an earlier version of the program does not say what came close.
    return not _CLOSE.isdisjoint(_urgency(told).get("candidates") or ())


def _look(told: ToldRow) -> Look:
    because = tuple(_urgency(told).get("evidence") or ())
    return Look(told.row, sum(float(one["weight"]) for one in because), because)


def _urgency(told: ToldRow) -> dict[str, Any]:
    found: dict[str, Any] = told.triage.get("urgency") or {}
    return found
