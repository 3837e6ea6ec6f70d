"""The history on SQLite; triggers keep every line as it was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from concierge.domain.event import Event, EventKind
from concierge.store import rows, schema
from concierge.store.engine import Work

_EVENTS = schema.table(schema.EventRow)
_ADD = insert(_EVENTS)
_OF_CASE = select(_EVENTS).where(_EVENTS.c.case_id == bindparam("of_case")).order_by(_EVENTS.c.id)

_COUNT = (
    select(func.count())
    .select_from(_EVENTS)
    .where(_EVENTS.c.kind == bindparam("wanted"), _EVENTS.c.at >= bindparam("since"))
)


class SqliteEvents:
    """See :class:`~concierge.desk.ports.store.Events`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, event: Event) -> None:
        """Write a line."""
        self._work.run(_ADD, _values(event))

    def of_case(self, case_id: int) -> tuple[Event, ...]:
        """The history of a case, oldest line first."""
        found = self._work.rows(_OF_CASE, {"of_case": case_id})
        return tuple(rows.event_from(row) for row in found)

    def count(self, kind: EventKind, since: datetime) -> int:
        """How many events of a kind there are from ``since`` on."""
        return int(self._work.run(_COUNT, {"wanted": kind.value, "since": since}).scalar())


def _values(event: Event) -> dict[str, Any]:
    return {
        "case_id": event.case_id,
        "kind": event.kind.value,
        "at": event.at,
        "actor": event.by,
        "data": event.data,
        "words": event.words,
    }
