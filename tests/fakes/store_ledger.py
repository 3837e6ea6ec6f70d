"""The ledger in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concierge.domain.ledger import (
    FolderMemory,
    Incoming,
    Labels,
    LedgerEntry,
    LedgerState,
    Reading,
)
from concierge.errors import Refused
from fakes.store_data import Data, found, utc


class FakeLedger:
    def __init__(self, data: Data) -> None:
        self._data = data

    def known_uids(self, mailbox: str, uidvalidity: int, since: int = 0) -> frozenset[int]:
        rows = self._data.entries.values()
        return frozenset(
            e.uid
            for e in rows
            if (e.mailbox, e.uidvalidity) == (mailbox, uidvalidity) and e.uid >= since
        )

    def record(self, batch: Sequence[Incoming]) -> int:
        before = len(self._data.entries)
        known = {(e.mailbox, e.uidvalidity, e.uid) for e in self._data.entries.values()}
        for mail in batch:
            if (mail.mailbox, mail.uidvalidity, mail.uid) not in known:
                known.add((mail.mailbox, mail.uidvalidity, mail.uid))
                self._record(utc(mail))
        return len(self._data.entries) - before

    def _record(self, mail: Incoming) -> None:
        entry_id = len(self._data.entries) + 1
        others = self._data.incoming.items()
        firsts = (i for i, other in others if other.fingerprint == mail.fingerprint)
        first = next(firsts, 0)
        wanted = mail.message_id.strip()
        same_ids = (i for i, other in others if wanted and other.message_id.strip() == wanted)
        self._data.entries[entry_id] = LedgerEntry(
            id=entry_id,
            mailbox=mail.mailbox,
            uidvalidity=mail.uidvalidity,
            uid=mail.uid,
            state=LedgerState.DUPLICATE if first else LedgerState.STORED,
            message_id=mail.message_id,
            received_at=mail.received_at,
            size=mail.size,
            complete=mail.complete,
            attempts=0,
            duplicate_of=first,
            same_id_as=0 if first else next(same_ids, 0),
        )
        self._data.incoming[entry_id] = mail

    def unprocessed(self, limit: int) -> tuple[LedgerEntry, ...]:
        rows = [e for e in self._data.entries.values() if e.state is LedgerState.STORED]
        return tuple(sorted(rows, key=lambda e: (e.attempts, e.id))[:limit])

    def entry(self, entry_id: int) -> LedgerEntry:
        return found(self._data.entries, entry_id, "mail")

    def raw(self, entry_id: int) -> bytes:
        return found(self._data.incoming, entry_id, "mail").raw

    def attempt_failed(self, entry_id: int, cause: str) -> int:
        entry = self.entry(entry_id)
        self._data.entries[entry_id] = replace(entry, attempts=entry.attempts + 1)
        self._data.causes[entry_id] = cause
        return entry.attempts + 1

    def place(self, entry_id: int, state: LedgerState, labels: Labels, *, case_id: int = 0) -> None:
        entry = self.entry(entry_id)
        if entry.state is not LedgerState.STORED:
            raise Refused(f"Mail {entry_id} is {entry.state} already.")
        if case_id:
            found(self._data.cases, case_id, "case")
        needs_case = state in (LedgerState.CASE, LedgerState.QUARANTINED)
        if state is LedgerState.DUPLICATE or (needs_case and not case_id):
            raise Refused(f"Mail {entry_id} cannot become {state} so.")
        self._data.entries[entry_id] = replace(entry, state=state, case_id=case_id)
        self._data.labels[entry_id] = labels
        self._join(entry_id)

    def move(self, was: LedgerEntry, state: LedgerState, labels: Labels, *, case_id: int) -> None:
        entry = self.entry(was.id)
        stored = LedgerState.STORED in (was.state, state)
        if stored or (entry.state, entry.case_id) != (was.state, was.case_id):
            raise Refused(f"Mail {was.id} was moved meanwhile.")
        if case_id:
            found(self._data.cases, case_id, "case")
        needs_case = state in (LedgerState.CASE, LedgerState.QUARANTINED)
        if state is LedgerState.DUPLICATE or (needs_case and not case_id):
            raise Refused(f"Mail {was.id} cannot become {state} so.")
        self._data.entries[was.id] = replace(entry, state=state, case_id=case_id)
        self._data.labels[was.id] = labels
        self._join(was.id)
        reading = self._data.readings.get(was.id)
        if reading and reading.sender and was.case_id:
            forget_stranger(self._data, reading.sender.key, was.case_id)

    def labels(self, entry_id: int) -> Labels:
        self.entry(entry_id)
        return self._data.labels.get(entry_id, Labels())

    def entries(self, case_id: int) -> tuple[LedgerEntry, ...]:
        rows = [e for e in self._data.entries.values() if e.case_id == case_id and case_id]
        return tuple(sorted(rows, key=lambda e: (e.received_at, e.id)))

    def reading(self, entry_id: int) -> Reading | None:
        return self._data.readings.get(entry_id)

    def keep_reading(self, reading: Reading) -> None:
        self.entry(reading.entry_id)
        self._data.readings[reading.entry_id] = utc(reading)
        self._join(reading.entry_id)

    def _join(self, entry_id: int) -> None:
        reading, case_id = self._data.readings.get(entry_id), self.entry(entry_id).case_id
        if reading and reading.sender and case_id:
            self._data.senders.add((reading.sender.key, case_id))

    def readings(self, case_id: int) -> tuple[Reading, ...]:
        rows = [e for e in self._data.entries.values() if e.case_id == case_id and case_id]
        rows.sort(key=lambda e: (e.received_at, e.id))
        return tuple(self._data.readings[e.id] for e in rows if e.id in self._data.readings)

    def unsettled(self, mailbox: str, uidvalidity: int, limit: int) -> tuple[LedgerEntry, ...]:
        rows = (
            e
            for e in self._data.entries.values()
            if (e.mailbox, e.uidvalidity) == (mailbox, uidvalidity)
            and e.state is not LedgerState.STORED
            and e.id not in self._data.settled
        )
        return tuple(rows)[:limit]

    def mark_settled(self, entry_ids: Sequence[int]) -> None:
        self._data.settled.update(entry_ids)

    def folder(self, mailbox: str) -> FolderMemory | None:
        return self._data.folders.get(mailbox)

    def remember_folder(self, memory: FolderMemory) -> None:
        self._data.folders[memory.mailbox] = utc(memory)


def forget_stranger(data: Data, key: str, case_id: int) -> None:
    """Who has no reading left in a case and is not its requester is not known there."""
    entries = (e.id for e in data.entries.values() if e.case_id == case_id)
    readings = (data.readings[i] for i in entries if i in data.readings)
    known = {reading.sender.key for reading in readings if reading.sender}
    if key not in known | {data.cases[case_id].requester.key}:
        data.senders.discard((key, case_id))
