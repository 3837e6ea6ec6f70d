"""The store on SQLite: transactions over one database file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from concierge.store.cases import SqliteCases
from concierge.store.clocks import SqliteClocks
from concierge.store.drafts import SqliteDrafts
from concierge.store.engine import Work, make_engine, transaction
from concierge.store.events import SqliteEvents
from concierge.store.failures import errors_as_ours
from concierge.store.ledger import SqliteLedger
from concierge.store.likenesses import SqliteLikenesses
from concierge.store.links import SqliteLinks
from concierge.store.marks import SqliteMarks
from concierge.store.outbox import SqliteOutbox
from concierge.store.version import check_head, check_present, connect_to_read, version_of


class SqliteTransaction:
    """One unit of work; see :class:`~concierge.desk.ports.store.Transaction`."""

    def __init__(self, work: Work) -> None:
        self.ledger = SqliteLedger(work)
        self.cases = SqliteCases(work)
        self.links = SqliteLinks(work)
        self.likenesses = SqliteLikenesses(work)
        self.drafts = SqliteDrafts(work)
        self.outbox = SqliteOutbox(work)
        self.clocks = SqliteClocks(work)
        self.events = SqliteEvents(work)
        self.marks = SqliteMarks(work)


class SqliteStore:
    """Where everything is kept; see :class:`~concierge.desk.ports.store.Store`.

    ``index_key`` (16 bytes at least) keys the look-ups by address and Message-ID: with another
    key nothing that is stored would be found by them. ``busy_timeout`` is how many seconds a
    transaction waits for another process's.

    Raises:
        StoreUnavailable: there is no database, or its schema is not the one this program needs.
    """

    def __init__(self, path: Path, *, index_key: bytes, busy_timeout: float = 30.0) -> None:
        check_present(path)
        self._index_key = index_key
        self._engine = make_engine(path, busy_timeout=busy_timeout)
        with errors_as_ours(), closing(connect_to_read(path, busy_timeout)) as connection:
            check_head(path, version_of(connection))

    @contextmanager
    def begin(self) -> Iterator[SqliteTransaction]:
        """A writing transaction; commits when its block ends well, else rolls back."""
        with transaction(self._engine) as connection:
            yield SqliteTransaction(Work(connection, self._index_key))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
