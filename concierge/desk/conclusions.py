"""Conclusions: what the desk itself has said of a case, read from what is kept of its messages.

Screens use it, so it loads none of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concierge.domain.findings import KINDS_ANSWERED, Evidence
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


#: The desk's own earlier knowledge, given back, and the clock, which never decides alone: what
#: rests on these was not told by the message.
BORROWED = frozenset({
    "country.thread", "country.clock", "home.thread", "language.thread", "case.known",
})  # fmt: skip
#: What tells a home even where the desk concludes it only because nothing says it is elsewhere.
_AT_HOME = frozenset({"country.lives", "country.home", "country.from", "country.belongs"})


def told_by(reading: Reading, name: str) -> str:
    """What a message itself told, empty where the desk only repeated what it knew before."""
    found = _finding(reading, name)
    value = str(found.get("value") or "")
    evidence = [_evidence(each) for each in found.get("evidence") or []]
    return value if tells(value, evidence) else ""


def tells(value: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a message told the value, by the evidence for it, strongest first.

    Not a home that only follows from the country, nor a language that is the thread's because the
    words are everybody's.
    """
    if not value or not evidence or evidence[0].rule == "language.thread":
        return False
    # The default stands first, and weighs nothing.
    by_default = evidence[0].rule == "country.home" and not evidence[0].weight
    for each in evidence[by_default:]:
        told = each.rule in _AT_HOME if by_default else each.rule not in BORROWED
        if told and not _of_another(each.note, value):
            return True
    return False


def _evidence(plain: Mapping[str, Any]) -> Evidence:
    rule, note = str(plain.get("rule")), str(plain.get("note"))
    return Evidence(rule, "", "", float(plain.get("weight") or 0), note)


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
