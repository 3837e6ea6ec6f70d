"""The read-only views on SQLite, with the standard library alone.

What writes needs SQLAlchemy, which costs most of a second to import; a list on a screen must not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import Any

from concierge.desk.ports.views import (
    ArrivalCount,
    CaseView,
    LedgerTotals,
    MailView,
    ParkedRow,
    QueueRow,
    ToldRow,
)
from concierge.domain.case import CaseState
from concierge.domain.draft import Draft, OutboxMail
from concierge.domain.event import Event
from concierge.domain.ledger import LedgerState
from concierge.domain.sla import CaseClock
from concierge.errors import UsageError
from concierge.store import rows
from concierge.store import view_queries as q
from concierge.store.failures import errors_as_ours
from concierge.store.instants import instant_from_int, instant_to_int
from concierge.store.private import unseal_json
from concierge.store.queue_rows import queue_row
from concierge.store.version import check_head, check_present, connect_to_read, version_of

#: Seconds a screen waits for the database; readers wait only while it is being recovered.
_BUSY_TIMEOUT = 5.0
#: Twenty million bytes of pages: the queue of ten thousand cases visits more than the usual two.
_CACHE = "PRAGMA cache_size=-20000"


class SqliteViews:
    """Questions screens ask; see :class:`~concierge.desk.ports.views.Views`.

    Raises:
        StoreUnavailable: there is no database, or its schema is not the one this program needs.
    """

    def __init__(self, path: Path) -> None:
        check_present(path)
        with errors_as_ours():
            self._connection = connect_to_read(path, _BUSY_TIMEOUT)
            try:
                check_head(path, version_of(self._connection))
                self._connection.execute(_CACHE)
            except BaseException:
                self._connection.close()
                raise

    def queue(self, states: Sequence[CaseState]) -> list[QueueRow]:
        """The cases in these states, in no particular order."""
        found = self._all(q.QUEUE.format(states=_marks(states)), [str(s) for s in states])
        return [queue_row(values) for values in found]

    def below_high(self, states: Sequence[CaseState]) -> list[ToldRow]:
        """The cases in these states that are not urgent, with the triage of their newest mail."""
        found = self._all(q.BELOW_HIGH.format(states=_marks(states)), [str(s) for s in states])
        return [
            ToldRow(queue_row(values), unseal_json(values[-1]))
            for values in found
            if values[-1] is not None
        ]

    def case(self, case_id: int) -> CaseView:
        """Everything about one case, as it is at one instant."""
        with self._snapshot():
            return CaseView(
                case=rows.case_from(self._one(q.CASE, case_id, "case")),
                readings=tuple(map(rows.reading_from, self._rows(q.READINGS_OF, case_id))),
                drafts=tuple(map(rows.draft_from, self._rows(q.DRAFTS_OF, case_id))),
                outbox=tuple(map(rows.outbox_from, self._rows(q.OUTBOX_OF, case_id))),
                clocks=tuple(map(rows.clock_from, self._rows(q.CLOCKS_OF, case_id))),
                events=tuple(map(rows.event_from, self._rows(q.EVENTS_OF, case_id))),
            )

    def draft(self, draft_id: int) -> Draft:
        """One draft."""
        return rows.draft_from(self._one(q.DRAFT, draft_id, "draft"))

    def outbox(self, states: Sequence[str]) -> list[OutboxMail]:
        """Outbox mail in these states, oldest first, with empty ``mail`` bytes."""
        query = q.OUTBOX_IN.format(states=_marks(states))
        found = self._rows(query, *map(str, states))
        return [rows.outbox_from({**row, "mail": b""}) for row in found]

    def parked(self, limit: int, state: LedgerState | None = None) -> list[ParkedRow]:
        """Muted and quarantined mail, or only one of the two, newest first."""
        found = self._all(q.PARKED, [state, state, limit])
        return [_parked_row(values) for values in found]

    def mail(self, entry_id: int) -> MailView:
        """One received mail: its row, its raw bytes and what was read of it."""
        with self._snapshot():
            row = self._one(q.MAIL, entry_id, "mail")
            reading = next(self._rows(q.READING, entry_id), None)
        return MailView(
            entry=rows.entry_from(row),
            labels=rows.labels_from(row),
            reading=None if reading is None else rows.reading_from(reading),
            raw=row["raw"],
            cause=row["cause"],
        )

    def arrivals(self, start: datetime, end: datetime) -> list[ArrivalCount]:
        """What was fetched in [start, end), counted by labels and state."""
        found = self._rows(q.ARRIVALS, *_between(start, end))
        return [
            ArrivalCount(rows.labels_from(row), LedgerState(row["state"]), row["count"])
            for row in found
        ]

    def clocks(self, start: datetime, end: datetime) -> list[CaseClock]:
        """Clocks met in [start, end), and those not met yet that started before ``end``."""
        since, until = _between(start, end)
        return [rows.clock_from(row) for row in self._rows(q.CLOCKS_IN, since, until, until)]

    def events(self, kinds: Sequence[str], start: datetime, end: datetime) -> list[Event]:
        """Events of these kinds in [start, end), oldest first, without their private words."""
        query = q.EVENTS_IN.format(kinds=_marks(kinds))
        found = self._rows(query, *map(str, kinds), *_between(start, end))
        return [rows.event_from({**row, "words": ""}) for row in found]

    def ledger_totals(self) -> LedgerTotals:
        """All ledger rows ever, by what became of them."""
        with self._snapshot():
            by_state = self._all(q.BY_STATE)
            folders = tuple(map(rows.folder_from, self._rows(q.FOLDERS)))
        return LedgerTotals(tuple((LedgerState(s), count) for s, count in by_state), folders)

    def oldest_stored(self) -> datetime | None:
        """When the oldest row that nobody has processed yet was fetched."""
        ((oldest,),) = self._all(q.OLDEST_STORED)
        return None if oldest is None else instant_from_int(oldest)

    def last_beat(self, name: str) -> tuple[datetime, str] | None:
        """The last time something happened, and its detail."""
        found = self._all(q.LAST_BEAT, [name])
        return (instant_from_int(found[0][0]), found[0][1]) if found else None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with errors_as_ours():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with errors_as_ours():
            return self._connection.execute(query, values).fetchall()

    def _rows(self, query: str, *values: Any) -> Iterator[rows.Row]:
        with errors_as_ours():
            cursor = self._connection.execute(query, values)
            names = tuple(column[0] for column in cursor.description)
            found = cursor.fetchall()
        return map(rows.decoded, repeat(names), found)

    def _one(self, query: str, wanted: int, noun: str) -> rows.Row:
        row = next(self._rows(query, wanted), None)
        if row is None:
            raise UsageError(f"There is no {noun} {wanted}.")
        return row


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _between(start: datetime, end: datetime) -> tuple[int, int]:
    return instant_to_int(start), instant_to_int(end)


def _parked_row(values: Sequence[Any]) -> ParkedRow:
    first = len(q.PARKED_COLUMNS)
    entry = rows.decoded(q.PARKED_COLUMNS, values[:first])
    reading = values[first:]
    return ParkedRow(
        entry_id=entry["id"],
        state=LedgerState(entry["state"]),
        labels=rows.labels_from(entry),
        reading=None
        if reading[0] is None
        else rows.reading_from(rows.decoded(q.READING_COLUMNS, reading)),
        received_at=entry["received_at"],
        case_id=entry["case_id"] or 0,
        cause=entry["cause"],
    )
