"""Said: what staff set of a case wins over what the desk concludes, until they change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from concierge.desk.bearings import Hints
from concierge.domain.case import SETTABLE, Case
from concierge.domain.findings import KINDS_ANSWERED, Evidence, Finding
from concierge.domain.ledger import Reading
from concierge.domain.triage import Triage


def hints_of(case: Case) -> Hints:
    """What the case knows, for messages of its requester."""
    return Hints(language=case.language, country=case.country, home=case.home)


def learned(case: Case, found: Triage) -> Case:
    """The case with what a message told of its requester; what staff set stays."""
    return case.learning(
        language=found.language.value, country=found.country.value, home=found.home.value
    )


def as_staff_said(found: Triage, case: Case) -> Triage:
    """The triage under what staff have set, "nobody can tell" among it.

    Other answers that came close stay with it: a draft in two languages is made of them.
    """
    return replace(
        found,
        language=_said(found.language, case, "language"),
        country=_said(found.country, case, "country"),
        home=_said(found.home, case, "home"),
    )


def _said(found: Finding[str], case: Case, name: str) -> Finding[str]:
    by, value = getattr(case, f"{name}_by"), getattr(case, name)
    if not by:
        return found
    reason = Evidence(f"{name}.set_by_staff", by, "case", 1.0, "set by staff")
    return Finding(value, (reason,), undetermined=not value, candidates=found.candidates)


def taking_over(case: Case, other: Case) -> Case:
    """The case with what is known of another one where it knows nothing.

    What staff set counts more than what the desk concluded, on whichever of the two it was set.
    """
    known: dict[str, str] = {}
    for name in SETTABLE:
        by = f"{name}_by"
        if getattr(case, by):
            continue
        if getattr(other, by) and case.requester.key == other.requester.key:
            known |= {name: getattr(other, name), by: getattr(other, by)}
        else:
            known[name] = getattr(case, name) or getattr(other, name)
    return replace(case, **known)  # type: ignore[arg-type]


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
