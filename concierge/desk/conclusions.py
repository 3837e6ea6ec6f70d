"""Conclusions: what the desk itself has said of a case, read from what is kept of its messages.

Screens use it, so it loads none of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concierge.domain.findings import KINDS_ANSWERED
from concierge.domain.ledger import Reading


def concluded(readings: Iterable[Reading], name: str) -> str:
    """What the desk itself says of a case: its last answer, empty when it never had one."""
    values = [str(_finding(reading, name).get("value") or "") for reading in _of_people(readings)]
    return next((value for value in reversed(values) if value), "")


def came_close(readings: Iterable[Reading], name: str) -> tuple[str, ...]:
    """The answers that came close when the desk last could not tell, best first."""
    found = [_finding(reading, name) for reading in _of_people(readings)]
    close = (tuple(map(str, each.get("candidates") or ())) for each in reversed(found))
    return next(filter(None, close), ())


def _of_people(readings: Iterable[Reading]) -> list[Reading]:
    kinds = {str(kind) for kind in KINDS_ANSWERED}
    return [reading for reading in readings if _finding(reading, "kind").get("value") in kinds]


def _finding(reading: Reading, name: str) -> dict[str, Any]:
    found = reading.triage.get(name)
    return found if isinstance(found, dict) else {}
