"""Drafts on SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update

from concierge.domain.draft import Draft
from concierge.errors import Refused, UsageError
from concierge.store import rows, schema
from concierge.store.engine import Work

_DRAFTS = schema.table(schema.DraftRow)
_ADD = insert(_DRAFTS)
_GET = select(_DRAFTS).where(_DRAFTS.c.id == bindparam("wanted"))
_OPEN_OF = select(_DRAFTS).where(
    _DRAFTS.c.case_id == bindparam("of_case"),
    # Written out, because only so does SQLite know that the partial index applies.
    text("state = 'proposed'"),
)
_SAVE = update(_DRAFTS).where(
    _DRAFTS.c.id == bindparam("was_id"),
    _DRAFTS.c.revision == bindparam("was_revision"),
    _DRAFTS.c.state == bindparam("was_state"),
)


class SqliteDrafts:
    """See :class:`~concierge.desk.ports.store.Drafts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, draft: Draft) -> Draft:
        """The draft with its id. Refused while another draft of the case is proposed."""
        new_id = self._work.insert(_ADD, _values(draft))
        return replace(draft, id=new_id)

    def get(self, draft_id: int) -> Draft:
        """The draft."""
        row = self._work.row(_GET, {"wanted": draft_id})
        if row is None:
            raise UsageError(f"There is no draft {draft_id}.")
        return rows.draft_from(row)

    def open_of(self, case_id: int) -> Draft | None:
        """The case's proposed draft."""
        row = self._work.row(_OPEN_OF, {"of_case": case_id})
        return None if row is None else rows.draft_from(row)

    def save(self, draft: Draft, *, was: Draft) -> None:
        """Replace ``was`` by ``draft``, unless revision or state moved meanwhile."""
        guard = {"was_id": was.id, "was_revision": was.revision, "was_state": was.state.value}
        if self._work.run(_SAVE, _values(draft) | guard).rowcount:
            return
        self.get(was.id)
        raise Refused(f"Draft {was.id} was changed meanwhile. Read it again; nothing was changed.")


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "case_id": draft.case_id,
        "case_version": draft.case_version,
        "revision": draft.revision,
        "state": draft.state.value,
        "recipient_address": draft.recipient.address,
        "recipient_name": draft.recipient.name,
        "language": draft.language,
        "subject": draft.subject,
        "text": draft.text,
        "template": draft.template,
        "created_at": draft.created_at,
        "edited": draft.edited,
        "fallback_from": draft.fallback_from,
        "cautions": draft.cautions,
        "resource_ids": draft.resource_ids,
        "in_reply_to": draft.in_reply_to,
        "thread": draft.references,
    }
