"""Conclusions: what the desk itself has said of a case, read from what is kept of its messages.

Screens use it, so it loads none of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


#: The desk's own earlier knowledge, given back, and the clock, which never decides alone: a country
#: that rests on these was not told by the message.
BORROWED = frozenset({
    "country.thread", "country.home", "country.clock", "home.thread", "language.thread",
    "case.known",
})  # fmt: skip
#: Where one of these stands first, it decided: a home that follows from the country, the thread's
#: language under a phrase of everybody's.
_DECIDES = frozenset({"country.home", "language.thread"})


def told_by(reading: Reading, name: str) -> str:
    """What a message itself told, empty where the desk only repeated what it knew before."""
    found = _finding(reading, name)
    value = str(found.get("value") or "")
    reasons = [
        (str(each.get("rule")), str(each.get("note"))) for each in found.get("evidence") or []
    ]
    return value if tells(value, reasons) else ""


def tells(value: str, reasons: Sequence[tuple[str, str]]) -> bool:
    """Whether a message told the value, by rules and notes of the evidence, strongest first."""
    if not value or not reasons or reasons[0][0] in _DECIDES:
        return False
    return any(rule not in BORROWED and not _of_another(note, value) for rule, note in reasons)


def _of_another(note: str, value: str) -> bool:
    """Whether the evidence is for another country: "FR: now in Paris"."""
    code, colon, _ = note.partition(": ")
    return bool(colon) and len(code) == len("FR") and code.isupper() and code != value


def _of_people(readings: Iterable[Reading]) -> list[Reading]:
    kinds = {str(kind) for kind in KINDS_ANSWERED}
    return [reading for reading in readings if _finding(reading, "kind").get("value") in kinds]


def _finding(reading: Reading, name: str) -> dict[str, Any]:
    found = reading.triage.get(name)
    return found if isinstance(found, dict) else {}
