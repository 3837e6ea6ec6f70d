"""Links between cases on SQLite."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, union_all
from sqlalchemy.dialects.sqlite import insert

from concierge.store import schema
from concierge.store.engine import Work

_LINKS = schema.table(schema.CaseLinkRow)
_ADD = insert(_LINKS).on_conflict_do_nothing()
_REMOVE = delete(_LINKS).where(
    _LINKS.c.case_id == bindparam("lower"), _LINKS.c.other_id == bindparam("higher")
)
_OF_CASE = union_all(
    select(_LINKS.c.other_id).where(_LINKS.c.case_id == bindparam("wanted")),
    select(_LINKS.c.case_id).where(_LINKS.c.other_id == bindparam("wanted")),
)


class SqliteLinks:
    """See :class:`~concierge.desk.ports.store.Links`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, case_id: int, other_id: int, at: datetime) -> bool:
        """Link two cases; False when they were linked already."""
        lower, higher = sorted((case_id, other_id))
        values = {"case_id": lower, "other_id": higher, "at": at}
        return bool(self._work.run(_ADD, values).rowcount)

    def remove(self, case_id: int, other_id: int) -> bool:
        """Part two cases; False when they were not linked."""
        lower, higher = sorted((case_id, other_id))
        return bool(self._work.run(_REMOVE, {"lower": lower, "higher": higher}).rowcount)

    def of_case(self, case_id: int) -> tuple[int, ...]:
        """The cases linked to this one, by number."""
        found = self._work.run(_OF_CASE, {"wanted": case_id}).values
        return tuple(sorted(number for (number,) in found))
