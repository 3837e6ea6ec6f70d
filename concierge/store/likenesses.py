"""What lately arrived messages look like, on SQLite."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, union
from sqlalchemy.dialects.sqlite import insert

from concierge.domain.likeness import Likeness
from concierge.store import schema
from concierge.store.engine import Work
from concierge.store.instants import instant_from_int

_LIKENESSES = schema.table(schema.LikenessRow)
_L = _LIKENESSES.c
_INSERT = insert(_LIKENESSES)
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=[_L.entry_id],
    set_={c.name: _INSERT.excluded[c.name] for c in _L if c.name != "entry_id"},
)
_READ = (_L.at, _L.entry_id, _L.case_id, _L.head_id, _L.simhash)
# Two look-ups through their own indices; with OR the whole table would be read.
_BY_DOMAIN = (
    select(*_READ)
    .where(_L.domain_index == bindparam("of_domain"), _L.at >= bindparam("since"))
    .order_by(_L.at.desc())
    .limit(bindparam("most"))
    .subquery()
)
_BY_SHAPE = (
    select(*_READ)
    .where(_L.shape_index == bindparam("of_shape"), _L.at >= bindparam("since"))
    .order_by(_L.at.desc())
    .limit(bindparam("most"))
    .subquery()
)
_RECENT = union(select(_BY_DOMAIN), select(_BY_SHAPE))
_FORGET = delete(_LIKENESSES).where(_L.at < bindparam("before"))


class SqliteLikenesses:
    """See :class:`~concierge.desk.ports.store.Likenesses`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def keep(self, likeness: Likeness) -> None:
        """Remember it; one a row of the ledger."""
        values = {
            "entry_id": likeness.entry_id,
            "case_id": likeness.case_id,
            "head_id": likeness.head_id,
            "domain_index": self._work.index(likeness.domain),
            "shape_index": self._work.index(likeness.shape),
            "simhash": likeness.simhash,
            "at": likeness.at,
        }
        self._work.run(_KEEP, values)

    def recent(self, domain: str, shape: str, since: datetime, limit: int) -> tuple[Likeness, ...]:
        """Those kept since then with this domain or this shape, newest first."""
        wanted = {
            "of_domain": self._work.index(domain),
            "of_shape": self._work.index(shape),
            "since": since,
            "most": limit,
        }
        # Read by position and cut before anything is made of it: every mail waits for this.
        newest = sorted(self._work.run(_RECENT, wanted).values, reverse=True)[:limit]
        return tuple(
            Likeness(entry_id, case_id, head_id, "", "", simhash, instant_from_int(at))
            for at, entry_id, case_id, head_id, simhash in newest
        )

    def forget(self, before: datetime) -> None:
        """Drop what was kept before then."""
        self._work.run(_FORGET, {"before": before})
