"""Said: what staff set of a case wins over what the desk concludes, until they change it."""

from __future__ import annotations

from dataclasses import replace

from concierge.desk.bearings import Hints
from concierge.desk.conclusions import tells
from concierge.domain.case import SETTABLE, Case
from concierge.domain.findings import Evidence, Finding
from concierge.domain.triage import Triage


def hints_of(case: Case) -> Hints:
    """What the case knows, for messages of its requester."""
    return Hints(language=case.language, country=case.country, home=case.home)


def learned(case: Case, found: Triage) -> Case:
    """The case with what a message told of its requester; what staff set stays.

    A home that only follows from the country is none that was told: whoever writes "now in Paris"
    still belongs where they said before.
    """
    home = found.home.value if is_told(found.home) or not case.home else ""
    return case.learning(language=found.language.value, country=found.country.value, home=home)


def is_told(found: Finding[str]) -> bool:
    """Whether the message itself tells this, not what was known before it or is the default."""
    return tells(found.value, found.evidence)


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
