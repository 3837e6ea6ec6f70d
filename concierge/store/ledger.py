"""The ledger on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.sqlite import insert

from concierge.domain.ledger import (
    FolderMemory,
    Incoming,
    Labels,
    LedgerEntry,
    LedgerState,
    Reading,
)
from concierge.errors import Refused, UsageError
from concierge.store import rows, schema
from concierge.store.engine import Work
from concierge.store.intake import record
from concierge.store.private import unseal_bytes

_LEDGER = schema.table(schema.LedgerRow)
_RAW = schema.table(schema.RawMailRow)
_READINGS = schema.table(schema.ReadingRow)
_FOLDERS = schema.table(schema.FolderRow)
_L = _LEDGER.c

# An entry is read without its fingerprint and labels, which nobody asks for with it.
_APART = ("fingerprint", "kind", "language", "country", "home", "urgency", "route")
_ENTRY = select(*(column for column in _L if column.name not in _APART))
_GET = _ENTRY.where(_L.id == bindparam("wanted"))
# States are written out, because only so does SQLite know that a partial index applies.
_UNPROCESSED = (
    _ENTRY.where(text("state = 'stored'")).order_by(_L.attempts, _L.id).limit(bindparam("most"))
)
_UNSETTLED = (
    _ENTRY.where(
        text("settled = 0 AND state <> 'stored'"),
        _L.mailbox == bindparam("of_mailbox"),
        _L.uidvalidity == bindparam("of_uidvalidity"),
    )
    .order_by(_L.id)
    .limit(bindparam("most"))
)
_KNOWN_UIDS = select(_L.uid).where(
    _L.mailbox == bindparam("of_mailbox"),
    _L.uidvalidity == bindparam("of_uidvalidity"),
    _L.uid >= bindparam("since"),
)
_RAW_OF = select(_RAW.c.raw).where(_RAW.c.entry_id == bindparam("wanted"))
_ATTEMPT = (
    update(_LEDGER)
    .where(_L.id == bindparam("wanted"))
    .values(attempts=_L.attempts + 1, cause=bindparam("new_cause"))
    .returning(_L.attempts)
)
_PLACE = update(_LEDGER).where(_L.id == bindparam("wanted"), text("state = 'stored'"))
_MOVE = update(_LEDGER).where(
    _L.id == bindparam("wanted"),
    _L.state == bindparam("was_state"),
    _L.case_id.is_not_distinct_from(bindparam("was_case")),
)
_LABELS = select(_L.kind, _L.language, _L.country, _L.urgency, _L.route, _L.home).where(
    _L.id == bindparam("wanted")
)
_OF_CASE = _ENTRY.where(_L.case_id == bindparam("of_case")).order_by(_L.received_at, _L.id)
_READING = select(_READINGS).where(_READINGS.c.entry_id == bindparam("wanted"))
_SETTLE = update(_LEDGER).where(_L.id == bindparam("wanted")).values(settled=True)
_INSERT_READING = insert(_READINGS)
_KEEP_READING = _INSERT_READING.on_conflict_do_update(
    index_elements=[_READINGS.c.entry_id],
    set_={c.name: _INSERT_READING.excluded[c.name] for c in _READINGS.c if c.name != "entry_id"},
)
_READINGS_OF = (
    select(_READINGS)
    .join(_LEDGER, _L.id == _READINGS.c.entry_id)
    .where(_L.case_id == bindparam("of_case"))
    .order_by(_L.received_at, _L.id)
)
_INSERT_FOLDER = insert(_FOLDERS)
_REMEMBER = _INSERT_FOLDER.on_conflict_do_update(
    index_elements=[_FOLDERS.c.mailbox],
    set_={c.name: _INSERT_FOLDER.excluded[c.name] for c in _FOLDERS.c if c.name != "mailbox"},
)
_FOLDER = select(_FOLDERS).where(_FOLDERS.c.mailbox == bindparam("wanted"))


class SqliteLedger:
    """See :class:`~concierge.desk.ports.store.Ledger`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def known_uids(self, mailbox: str, uidvalidity: int, since: int = 0) -> frozenset[int]:
        """The UIDs of this folder from ``since`` on that are in the ledger."""
        wanted = {"of_mailbox": mailbox, "of_uidvalidity": uidvalidity, "since": since}
        return frozenset(uid for (uid,) in self._work.run(_KNOWN_UIDS, wanted).values)

    def record(self, batch: Sequence[Incoming]) -> int:
        """Keep raw bytes and ledger rows; how many are new."""
        return record(self._work, batch)

    def unprocessed(self, limit: int) -> tuple[LedgerEntry, ...]:
        """Rows in state ``stored``: the least tried first, then the oldest."""
        return self._entries(_UNPROCESSED, {"most": limit})

    def entry(self, entry_id: int) -> LedgerEntry:
        """One row."""
        found = self._entries(_GET, {"wanted": entry_id})
        if not found:
            raise UsageError(f"There is no mail {entry_id} in the ledger.")
        return found[0]

    def raw(self, entry_id: int) -> bytes:
        """The mail as it came."""
        found = self._work.run(_RAW_OF, {"wanted": entry_id}).scalar()
        if found is None:
            raise UsageError(f"There is no mail {entry_id} in the ledger.")
        return unseal_bytes(found)

    def attempt_failed(self, entry_id: int, cause: str) -> int:
        """Count one failed attempt; how many there are now."""
        found = self._work.run(_ATTEMPT, {"wanted": entry_id, "new_cause": cause}).scalar()
        if found is None:
            raise UsageError(f"There is no mail {entry_id} in the ledger.")
        return int(found)

    def place(self, entry_id: int, state: LedgerState, labels: Labels, *, case_id: int = 0) -> None:
        """Say what became of a stored row. Refused unless it is still ``stored``."""
        values = _placed(entry_id, state, labels, case_id)
        if self._work.run(_PLACE, values).rowcount:
            return
        found = self.entry(entry_id)
        raise Refused(f"Mail {entry_id} is {found.state} already; nothing was changed.")

    def move(self, was: LedgerEntry, state: LedgerState, labels: Labels, *, case_id: int) -> None:
        """Say anew what became of a placed row, unless it moved meanwhile."""
        if LedgerState.STORED in {was.state, state}:
            raise Refused(f"Mail {was.id} cannot be moved while it is stored.")
        guard = {"was_state": was.state.value, "was_case": was.case_id or None}
        values = _placed(was.id, state, labels, case_id) | guard
        if self._work.run(_MOVE, values).rowcount:
            return
        self.entry(was.id)
        raise Refused(f"Mail {was.id} was moved meanwhile; nothing was changed.")

    def labels(self, entry_id: int) -> Labels:
        """The conclusions a row was placed with."""
        row = self._work.row(_LABELS, {"wanted": entry_id})
        if row is None:
            raise UsageError(f"There is no mail {entry_id} in the ledger.")
        return rows.labels_from(row)

    def entries(self, case_id: int) -> tuple[LedgerEntry, ...]:
        """The rows that stand in a case, in order of arrival."""
        return self._entries(_OF_CASE, {"of_case": case_id})

    def reading(self, entry_id: int) -> Reading | None:
        """What was read of a row."""
        row = self._work.row(_READING, {"wanted": entry_id})
        return None if row is None else rows.reading_from(row)

    def keep_reading(self, reading: Reading) -> None:
        """Keep what was read of a row; a later reading replaces an earlier one."""
        self._work.run(_KEEP_READING, self._reading_values(reading))

    def readings(self, case_id: int) -> tuple[Reading, ...]:
        """The readings of a case, in order of arrival."""
        found = self._work.rows(_READINGS_OF, {"of_case": case_id})
        return tuple(rows.reading_from(row) for row in found)

    def unsettled(self, mailbox: str, uidvalidity: int, limit: int) -> tuple[LedgerEntry, ...]:
        """Processed rows whose flag or move on the server is still to do, oldest first."""
        wanted = {"of_mailbox": mailbox, "of_uidvalidity": uidvalidity, "most": limit}
        return self._entries(_UNSETTLED, wanted)

    def mark_settled(self, entry_ids: Sequence[int]) -> None:
        """Remember that the server side of these rows is done."""
        if entry_ids:
            self._work.run(_SETTLE, [{"wanted": entry_id} for entry_id in entry_ids])

    def folder(self, mailbox: str) -> FolderMemory | None:
        """What is remembered of a folder."""
        row = self._work.row(_FOLDER, {"wanted": mailbox})
        return None if row is None else rows.folder_from(row)

    def remember_folder(self, memory: FolderMemory) -> None:
        """Replace what is remembered of a folder."""
        self._work.run(_REMEMBER, {c.name: getattr(memory, c.name) for c in _FOLDERS.c})

    def _entries(self, statement: Any, wanted: dict[str, Any]) -> tuple[LedgerEntry, ...]:
        return tuple(rows.entry_from(row) for row in self._work.rows(statement, wanted))

    def _reading_values(self, reading: Reading) -> dict[str, Any]:
        sender = reading.sender
        return {
            "entry_id": reading.entry_id,
            "sender_address": sender.address if sender else None,
            "sender_name": sender.name if sender else None,
            "sender_index": self._work.index(sender.key) if sender else None,
            "subject": reading.subject,
            "text": reading.text,
            "quoted_text": reading.quoted_text,
            "message_id": reading.message_id,
            "thread": reading.references,
            "triage": reading.triage,
            "received_at": reading.received_at,
        }


def _placed(entry_id: int, state: LedgerState, labels: Labels, case_id: int) -> dict[str, Any]:
    return {
        "wanted": entry_id,
        "state": state.value,
        "case_id": case_id or None,
        "kind": labels.kind,
        "language": labels.language,
        "country": labels.country,
        "home": labels.home,
        "urgency": labels.urgency,
        "route": labels.route,
    }
