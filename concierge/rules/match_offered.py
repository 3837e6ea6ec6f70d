"""What the charity always offers on a route, beside what matches the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from concierge.domain.findings import Evidence
from concierge.domain.resource import Match
from concierge.rules.directory_index import Index
from concierge.rules.match_reasons import OFFERED

#: Behind everything that matches: the charity chose it for the route, not for this person.
_SCORE: Final = 10.0


def ids_of(resources: Index) -> frozenset[str]:
    """The id of every row of the directory."""
    return frozenset(e.resource.id for rows in resources.by_country.values() for e in rows)


def with_offered(
    matches: Sequence[Match], resources: Index, ids: Iterable[str], route: str
) -> tuple[Match, ...]:
    """The matches with every row of ``ids`` among them; those matched anyway keep their place.

    An id the directory does not have (a row taken out since the start) is left out.
    """
    wanted = dict.fromkeys(ids)
    if not wanted:
        return tuple(matches)
    note = f"always offered on the route {route}"
    reason = Evidence(OFFERED, route, "directory", 1.0, note)
    marked = [
        replace(m, evidence=(*m.evidence, reason)) if m.resource.id in wanted else m
        for m in matches
    ]
    here = {m.resource.id for m in matches}
    rows = {e.resource.id: e.resource for some in resources.by_country.values() for e in some}
    added = [Match(rows[one], _SCORE, (reason,)) for one in wanted if one in rows.keys() - here]
    # The finder for any country keeps the last place.
    return (*marked[:-1], *added, *marked[-1:])
