"""The outbox on SQLite: one worker at a time holds a mail, and its bytes never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, text, update

from concierge.domain.draft import OutboxMail, OutboxState
from concierge.errors import Refused, UsageError
from concierge.store import rows, schema
from concierge.store.columns import UTCDateTime
from concierge.store.engine import Work

_OUTBOX = schema.table(schema.OutboxRow)
_C = _OUTBOX.c
_NOW = bindparam("now", type_=UTCDateTime)
_ADD = insert(_OUTBOX)
_GET = select(_OUTBOX).where(_C.id == bindparam("wanted"))
_OF_CASE = select(_OUTBOX).where(_C.case_id == bindparam("of_case")).order_by(_C.id)
_BY_MESSAGE_ID = select(_OUTBOX).where(_C.message_id_index == bindparam("wanted"))
_SAVE = update(_OUTBOX).where(
    _C.id == bindparam("was_id"),
    _C.state == bindparam("was_state"),
    # Whoever names a holder must be it; a mail that is let go or taken back names none.
    or_(_C.claimed_by == bindparam("holder"), bindparam("holder") == ""),
)
_OLDEST_DUE = (
    select(_C.id)
    .where(_C.state == OutboxState.QUEUED.value, _C.due_at <= _NOW)
    .order_by(_C.id)
    .limit(1)
    .scalar_subquery()
)
_CLAIM = (
    update(_OUTBOX)
    .where(_C.id == _OLDEST_DUE, _C.state == OutboxState.QUEUED.value)
    .values(state=OutboxState.CLAIMED.value)
    .returning(_OUTBOX)
)
_ABANDONED = (
    select(_OUTBOX)
    .where(
        or_(_C.state == OutboxState.CLAIMED.value, _C.state == OutboxState.IN_DATA.value),
        or_(
            _C.claim_expires_at <= _NOW,
            and_(bindparam("alone") != "", _C.claimed_by != bindparam("alone")),
        ),
    )
    .order_by(_C.id)
)
# By its time and not its state: what bounced after it was sent still belongs in the Sent folder.
_COPIES_PENDING = (
    select(_OUTBOX)
    .where(text("copy_pending = 1"), _C.sent_at.is_not(None))
    .order_by(_C.id)
    .limit(bindparam("most"))
)


class SqliteOutbox:
    """See :class:`~concierge.desk.ports.store.Outbox`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, mail: OutboxMail) -> OutboxMail:
        """The mail with its id. Refused when its draft has one already."""
        new_id = self._work.insert(_ADD, self._frozen(mail) | _moving(mail))
        return replace(mail, id=new_id)

    def get(self, mail_id: int) -> OutboxMail:
        """The mail."""
        row = self._work.row(_GET, {"wanted": mail_id})
        if row is None:
            raise UsageError(f"There is no mail {mail_id} in the outbox.")
        return rows.outbox_from(row)

    def save(self, mail: OutboxMail, *, was: OutboxState) -> None:
        """Write what may change of a mail: state, holder, attempts, times, last reply, copy.

        Refused unless the stored state is ``was`` and, when ``mail`` names a holder, the stored
        holder is the same one.
        """
        guard = {"was_id": mail.id, "was_state": was.value, "holder": mail.claimed_by}
        if self._work.run(_SAVE, _moving(mail) | guard).rowcount:
            return
        found = self.get(mail.id)
        held = f" by {found.claimed_by}" if found.claimed_by else ""
        raise Refused(f"Mail {mail.id} is {found.state}{held} by now; nothing was changed.")

    def claim_next(self, now: datetime, worker: str, until: datetime) -> OutboxMail | None:
        """Claim the mail that was approved first of those that are due."""
        wanted = {"now": now, "claimed_by": worker, "claim_expires_at": until}
        row = self._work.row(_CLAIM, wanted)
        return None if row is None else rows.outbox_from(row)

    def abandoned(self, now: datetime, *, not_by: str = "") -> tuple[OutboxMail, ...]:
        """Mail whose holder's lease has run out, or that another than ``not_by`` holds."""
        return self._many(_ABANDONED, {"now": now, "alone": not_by})

    def by_message_id(self, message_id: str) -> OutboxMail | None:
        """The mail that was or will be sent under this Message-ID."""
        wanted = {"wanted": self._work.index(message_id.strip())}
        row = self._work.row(_BY_MESSAGE_ID, wanted)
        return None if row is None else rows.outbox_from(row)

    def copies_pending(self, limit: int) -> tuple[OutboxMail, ...]:
        """Sent mail whose copy in the Sent folder is still to be made, oldest first."""
        return self._many(_COPIES_PENDING, {"most": limit})

    def of_case(self, case_id: int) -> tuple[OutboxMail, ...]:
        """The case's mail, oldest first."""
        return self._many(_OF_CASE, {"of_case": case_id})

    def _many(self, statement: Any, wanted: dict[str, Any]) -> tuple[OutboxMail, ...]:
        return tuple(rows.outbox_from(row) for row in self._work.rows(statement, wanted))

    def _frozen(self, mail: OutboxMail) -> dict[str, Any]:
        return {
            "case_id": mail.case_id,
            "draft_id": mail.approval.draft_id,
            "draft_revision": mail.approval.draft_revision,
            "approved_by": mail.approval.staff,
            "approved_at": mail.approval.at,
            "digest": mail.approval.digest,
            "sender": mail.sender,
            "recipient": mail.recipient,
            "mail": mail.mail,
            "message_id": mail.message_id,
            "message_id_index": self._work.index(mail.message_id.strip()),
        }


def _moving(mail: OutboxMail) -> dict[str, Any]:
    return {
        "state": mail.state.value,
        "attempts": mail.attempts,
        "due_at": mail.due_at,
        "claimed_by": mail.claimed_by,
        "claim_expires_at": mail.claim_expires_at,
        "last_reply": mail.last_reply,
        "sent_at": mail.sent_at,
        "copy_pending": mail.copy_pending,
    }
