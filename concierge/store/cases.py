"""Cases on SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from concierge.domain.case import Case
from concierge.errors import Refused, UsageError
from concierge.store import rows, schema
from concierge.store.engine import Work

_CASES = schema.table(schema.CaseRow)
_SENDERS = schema.table(schema.CaseSenderRow)
_ADD = insert(_CASES)
_GET = select(_CASES).where(_CASES.c.id == bindparam("wanted"))
_SAVE = update(_CASES).where(
    _CASES.c.id == bindparam("was_id"),
    _CASES.c.version == bindparam("was_version"),
    _CASES.c.state == bindparam("was_state"),
)
# Ordered by the index itself, so that a sender of ten thousand mails costs what one of ten does.
_WITH_SENDER = (
    select(_CASES)
    .join(_SENDERS, _SENDERS.c.case_id == _CASES.c.id)
    .where(_SENDERS.c.sender_index == bindparam("sender"))
    .order_by(_SENDERS.c.case_id.desc())
    .limit(bindparam("most"))
)


class SqliteCases:
    """See :class:`~concierge.desk.ports.store.Cases`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, case: Case) -> Case:
        """The case with the id it was given."""
        new_id = self._work.insert(_ADD, self._values(case))
        return replace(case, id=new_id)

    def get(self, case_id: int) -> Case:
        """The case."""
        row = self._work.row(_GET, {"wanted": case_id})
        if row is None:
            raise UsageError(f"There is no case {case_id}.")
        return rows.case_from(row)

    def save(self, case: Case, *, was: Case) -> None:
        """Replace ``was`` by ``case``, unless the stored case moved meanwhile."""
        guard = {"was_id": was.id, "was_version": was.version, "was_state": was.state.value}
        if self._work.run(_SAVE, self._values(case) | guard).rowcount:
            return
        self.get(was.id)
        raise Refused(f"Case {was.id} has moved on meanwhile. Read it again; nothing was changed.")

    def with_sender(self, address_key: str, limit: int = 20) -> tuple[Case, ...]:
        """Cases this address wrote in or is the requester of, the last opened first.

        An empty address names nobody: mail without a sender never meets other such mail here.
        """
        if not address_key:
            return ()
        wanted = {"sender": self._work.index(address_key), "most": limit}
        return tuple(rows.case_from(row) for row in self._work.rows(_WITH_SENDER, wanted))

    def _values(self, case: Case) -> dict[str, Any]:
        return {
            "version": case.version,
            "state": case.state.value,
            "urgency": case.urgency.value,
            "route": case.route.value,
            "language": case.language,
            "country": case.country,
            "home": case.home,
            "requester_address": case.requester.address,
            "requester_name": case.requester.name,
            "requester_index": self._work.index(case.requester.key),
            "subject": case.subject,
            "opened_at": case.opened_at,
            "last_message_at": case.last_message_at,
            "assigned_to": case.assigned_to,
            "claim_staff": case.claim.staff if case.claim else None,
            "claim_expires_at": case.claim.expires_at if case.claim else None,
            "attention": case.attention,
            "resolved_at": case.resolved_at,
            "merged_into": case.merged_into or None,
            "flood_of": case.flood_of or None,
            "language_by": case.language_by,
            "country_by": case.country_by,
            "home_by": case.home_by,
        }
