"""Heartbeats and what is done once a day, on SQLite."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from concierge.store import schema
from concierge.store.engine import Work

_BEATS = schema.table(schema.BeatRow)
_ONCE = schema.table(schema.OnceRow)

_INSERT_BEAT = insert(_BEATS)
_BEAT = _INSERT_BEAT.on_conflict_do_update(
    index_elements=[_BEATS.c.name],
    set_={"at": _INSERT_BEAT.excluded.at, "detail": _INSERT_BEAT.excluded.detail},
)
_LAST = select(_BEATS.c.at, _BEATS.c.detail).where(_BEATS.c.name == bindparam("wanted"))
_DO_ONCE = insert(_ONCE).on_conflict_do_nothing()


class SqliteMarks:
    """See :class:`~concierge.desk.ports.store.Marks`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def beat(self, name: str, at: datetime, detail: str = "") -> None:
        """Remember the last time."""
        self._work.run(_BEAT, {"name": name, "at": at, "detail": detail})

    def last(self, name: str) -> tuple[datetime, str] | None:
        """The last time, and its detail."""
        row = self._work.row(_LAST, {"wanted": name})
        return None if row is None else (row["at"], row["detail"])

    def once(self, kind: str, day: date, at: datetime) -> bool:
        """True for the first caller of this kind and day, ever."""
        return self._work.run(_DO_ONCE, {"kind": kind, "day": day, "at": at}).rowcount == 1
