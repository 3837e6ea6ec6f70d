"""Recording a batch of fetched mail: new, duplicate, or the same Message-ID with other bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, column, func, insert, select, table, text

from concierge.domain.ledger import Incoming, LedgerState
from concierge.store import schema
from concierge.store.engine import Work

_LEDGER = schema.table(schema.LedgerRow)
_RAW = schema.table(schema.RawMailRow)
_L = _LEDGER.c
_SEQUENCE = table("sqlite_sequence", column("name"), column("seq", Integer))

_ADD_ENTRIES = insert(_LEDGER)
_ADD_RAW = insert(_RAW)
_LAST_ID = select(_SEQUENCE.c.seq).where(_SEQUENCE.c.name == "ledger")
_UIDS_THERE = select(_L.uid).where(
    _L.mailbox == bindparam("of_mailbox"),
    _L.uidvalidity == bindparam("of_uidvalidity"),
    _L.uid.in_(bindparam("uids", expanding=True)),
)
# The state is written out, because only so does SQLite know that the partial index applies.
_FIRST_BY_FINGERPRINT = select(_L.fingerprint, _L.id).where(
    text("state <> 'duplicate'"), _L.fingerprint.in_(bindparam("wanted", expanding=True))
)
_FIRST_BY_MESSAGE_ID = (
    select(_L.message_id_index, func.min(_L.id))
    .where(
        text("message_id_index IS NOT NULL"),
        _L.message_id_index.in_(bindparam("wanted", expanding=True)),
    )
    .group_by(_L.message_id_index)
)
#: What a row says before anything is concluded of it.
_UNCONCLUDED: dict[str, Any] = {
    "attempts": 0,
    "cause": "",
    "case_id": None,
    "settled": False,
    "kind": "",
    "language": "",
    "country": "",
    "home": "",
    "urgency": "",
    "route": "",
}
#: How many mails are looked up at once; SQLite takes 32,766 values in a statement at most.
_AT_ONCE = 500


def record(work: Work, batch: Sequence[Incoming]) -> int:
    """Keep raw bytes and ledger rows; the number of rows that are new.

    1. Leave out every (mailbox, uidvalidity, uid) that is in the ledger, or twice in the batch.
    2. Find the first entry with each fingerprint and with each Message-ID.
    3. Give ids by hand, so that entries and raw mail go in with two statements a batch. This is
       safe because the transaction holds the write lock since before it read.
    """
    return sum(
        _record(work, batch[start : start + _AT_ONCE]) for start in range(0, len(batch), _AT_ONCE)
    )


def _record(work: Work, batch: Sequence[Incoming]) -> int:
    new = _not_there(work, batch)
    if not new:
        return 0
    firsts = _pairs(work, _FIRST_BY_FINGERPRINT, [mail.fingerprint for mail in new])
    indices = [_message_id_index(work, mail) for mail in new]
    same_ids = _pairs(work, _FIRST_BY_MESSAGE_ID, [index for index in indices if index])
    next_id = (work.run(_LAST_ID).scalar() or 0) + 1
    entries = []
    for entry_id, (mail, index) in enumerate(zip(new, indices, strict=True), next_id):
        first = firsts.setdefault(mail.fingerprint, entry_id)
        same = same_ids.setdefault(index, entry_id) if index else entry_id
        entries.append(_entry(mail, entry_id, index, first, same))
    work.run(_ADD_ENTRIES, entries)
    work.run(_ADD_RAW, [{"entry_id": i, "raw": mail.raw} for i, mail in enumerate(new, next_id)])
    return len(new)


def _not_there(work: Work, batch: Sequence[Incoming]) -> list[Incoming]:
    unique: dict[tuple[str, int, int], Incoming] = {}
    for mail in batch:
        unique.setdefault((mail.mailbox, mail.uidvalidity, mail.uid), mail)
    there: set[tuple[str, int, int]] = set()
    for mailbox, uidvalidity in {key[:2] for key in unique}:
        uids = [key[2] for key in unique if key[:2] == (mailbox, uidvalidity)]
        wanted = {"of_mailbox": mailbox, "of_uidvalidity": uidvalidity, "uids": uids}
        there.update((mailbox, uidvalidity, row[0]) for row in work.look_up(_UIDS_THERE, wanted))
    return [mail for key, mail in unique.items() if key not in there]


def _pairs(work: Work, statement: Any, wanted: list[str]) -> dict[str, int]:
    if not wanted:
        return {}
    return {row[0]: row[1] for row in work.look_up(statement, {"wanted": wanted})}


def _message_id_index(work: Work, mail: Incoming) -> str | None:
    message_id = mail.message_id.strip()
    return work.index(message_id) if message_id else None


def _entry(
    mail: Incoming, entry_id: int, index: str | None, first: int, same: int
) -> dict[str, Any]:
    repeats = first != entry_id
    state = LedgerState.DUPLICATE if repeats else LedgerState.STORED
    return _UNCONCLUDED | {
        "id": entry_id,
        "mailbox": mail.mailbox,
        "uidvalidity": mail.uidvalidity,
        "uid": mail.uid,
        "state": state.value,
        "fingerprint": mail.fingerprint,
        "message_id": mail.message_id,
        "message_id_index": index,
        "received_at": mail.received_at,
        "fetched_at": mail.fetched_at,
        "size": mail.size,
        "complete": mail.complete,
        "duplicate_of": first if repeats else None,
        "same_id_as": None if repeats or same == entry_id else same,
    }
