"""Links between cases, and what messages look like, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from concierge.domain.likeness import Likeness
from concierge.errors import Refused
from fakes.store_data import Data, found, utc


class FakeLinks:
    def __init__(self, data: Data) -> None:
        self._data = data

    def add(self, case_id: int, other_id: int, at: datetime) -> bool:
        for number in (case_id, other_id):
            found(self._data.cases, number, "case")
        if case_id == other_id:
            raise Refused("A case is not linked to itself.")
        pair = (min(case_id, other_id), max(case_id, other_id))
        new = pair not in self._data.links
        self._data.links.add(pair)
        return new

    def remove(self, case_id: int, other_id: int) -> bool:
        pair = (min(case_id, other_id), max(case_id, other_id))
        there = pair in self._data.links
        self._data.links.discard(pair)
        return there

    def of_case(self, case_id: int) -> tuple[int, ...]:
        others = (a + b - case_id for a, b in self._data.links if case_id in (a, b))
        return tuple(sorted(others))


class FakeLikenesses:
    def __init__(self, data: Data) -> None:
        self._data = data

    def keep(self, likeness: Likeness) -> None:
        found(self._data.entries, likeness.entry_id, "mail")
        found(self._data.cases, likeness.case_id, "case")
        found(self._data.cases, likeness.head_id, "case")
        self._data.likenesses[likeness.entry_id] = utc(likeness)

    def recent(self, domain: str, shape: str, since: datetime, limit: int) -> tuple[Likeness, ...]:
        rows = [
            likeness
            for likeness in self._data.likenesses.values()
            if likeness.at >= since and (likeness.domain == domain or likeness.shape == shape)
        ]
        rows.sort(key=lambda likeness: (likeness.at, likeness.entry_id), reverse=True)
        return tuple(replace(likeness, domain="", shape="") for likeness in rows[:limit])

    def forget(self, before: datetime) -> None:
        kept = {i: each for i, each in self._data.likenesses.items() if each.at >= before}
        self._data.likenesses = kept
