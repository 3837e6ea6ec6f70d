"""A triage as plain data: what is stored beside a message, printed as JSON and shown to staff."""

from __future__ import annotations

from typing import Any

from concierge.domain.findings import Evidence, Finding
from concierge.domain.resource import Match
from concierge.domain.triage import Triage


def as_dict(found: Triage) -> dict[str, Any]:
    """The triage as plain data, in the shape `concierge triage --json` prints and staff read."""
    return {
        "kind": _finding(found.kind),
        "language": _finding(found.language, undetermined=True),
        "country": _finding(found.country, undetermined=True),
        "home": _finding(found.home, undetermined=True),
        "urgency": {**_finding(found.urgency), "candidates": list(found.urgency.candidates)},
        "about": _finding(found.about, undetermined=True),
        "their_country": _finding(found.their_country, undetermined=True),
        "topics": [_finding(topic) for topic in found.topics],
        "needs": [_finding(need) for need in found.needs],
        # The second door of an urgent letter stays in sight: crisis, then the fund.
        "route": _finding(found.route) | {"candidates": list(found.route.candidates)},
        "matches": [_match(match) for match in found.matches],
    }


def _finding(finding: Finding[Any], *, undetermined: bool = False) -> dict[str, Any]:
    plain: dict[str, Any] = {"value": str(finding.value)}
    if undetermined:
        plain["undetermined"] = finding.undetermined
        plain["candidates"] = list(finding.candidates)
    plain["evidence"] = [evidence_as_dict(item) for item in finding.evidence]
    return plain


def evidence_as_dict(item: Evidence) -> dict[str, Any]:
    """One reason as plain data."""
    return {
        "rule": item.rule,
        "found": item.found,
        "where": item.where,
        "weight": item.weight,
        "note": item.note,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "id": match.resource.id,
        "name": match.resource.name,
        "score": match.score,
        "evidence": [evidence_as_dict(item) for item in match.evidence],
    }
