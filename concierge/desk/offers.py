"""What is proposed to somebody whose letter tells what they can and cannot use."""

from __future__ import annotations

from concierge.domain.findings import URGENT, Finding
from concierge.domain.resource import Match
from concierge.rules import matching
from concierge.rules.match_needs import LOOKED_AT, for_needs


def matches_for(
    directory: matching.Index, wanted: matching.Wanted, needs: tuple[Finding[str], ...]
) -> tuple[Match, ...]:
    """The matches; with needs the best of more of them for those needs."""
    if not needs:
        return matching.match(directory, wanted)
    matches = matching.match(directory, wanted, limit=LOOKED_AT)
    names = [need.value for need in needs]
    return for_needs(matches, names, urgent=wanted.urgency in URGENT)
