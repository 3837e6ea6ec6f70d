"""The connection to SQLite: its settings, its transactions, and its errors as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import ClauseElement, Executable

from concierge.errors import ConciergeError, StoreUnavailable
from concierge.store import failures
from concierge.store.prepared import prepared
from concierge.store.private import blind_index
from concierge.store.rows import Row, decoded

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_NOTHING: Mapping[str, Any] = {}

#: Run on every connection. FULL makes a commit survive a power cut: mail is flagged on the server
#: only after it. Recursive triggers keep INSERT OR REPLACE from deleting past a delete trigger.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA recursive_triggers=ON",
)


def make_engine(path: Path, *, busy_timeout: float, foreign_keys: bool = True) -> Engine:
    """An engine on an existing database file whose every transaction takes the write lock first.

    ``busy_timeout`` is in seconds. ``foreign_keys=False`` is for migrations alone: rebuilding a
    parent table with them on deletes its children. A deferred BEGIN would fail at once, whatever
    the timeout, when what it read has changed before its first write: hence BEGIN IMMEDIATE.
    """
    # mode=rw keeps a mistyped path from becoming a new, empty database.
    uri = f"{path.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        # The pool hands a connection to one thread at a time, though not always to the same.
        return sqlite3.connect(uri, uri=True, timeout=busy_timeout, check_same_thread=False)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        # A person's words must not reach a log through an error's text.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        # We say BEGIN ourselves; the driver's own habit of beginning late is switched off.
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Answer(NamedTuple):
    """What a statement did and found."""

    #: How many rows an update or delete changed.
    rowcount: int
    #: The id the last inserted row was given.
    new_id: int
    names: tuple[str, ...]
    #: Stored values, not decoded; see :meth:`Work.rows` for those a person can read.
    values: Sequence[tuple[Any, ...]]

    def scalar(self) -> Any:
        """The first value of the first row, as it is stored; None when there is no row."""
        return self.values[0][0] if self.values else None


class Work:
    """The statements of one transaction, with what goes wrong said as the port says it."""

    def __init__(self, connection: Connection, index_key: bytes) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()
        self._index_key = index_key
        self._failed = False

    def run(self, statement: ClauseElement, values: Values = _NOTHING) -> Answer:
        """Execute a statement, once for each set of values.

        Raises:
            StoreUnavailable: the database failed. Everything after it in the same transaction
                fails too: SQLite may have rolled back by itself, and then each further statement
                would be committed alone.
            Refused, UsageError: the schema forbids it; the transaction may go on.
        """
        cursor = self._cursor
        with self._watched():
            if isinstance(values, Mapping):
                ready = prepared(statement, values)
                cursor.execute(ready.sql, ready.values(values))
            else:
                ready = prepared(statement, values[0])
                cursor.executemany(ready.sql, [ready.values(each) for each in values])
            found = cursor.fetchall() if cursor.description else []
        names = tuple(column[0] for column in cursor.description or ())
        return Answer(cursor.rowcount, cursor.lastrowid or 0, names, found)

    def look_up(self, statement: Executable, wanted: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of a statement that asks for a list of values, whose SQL its length changes."""
        with self._watched():
            return self._connection.execute(statement, wanted).all()

    def insert(self, statement: ClauseElement, values: Mapping[str, Any]) -> int:
        """Execute the insert of one row; the id it was given."""
        return self.run(statement, values).new_id

    def rows(self, statement: ClauseElement, values: Mapping[str, Any]) -> Sequence[Row]:
        """Every row the statement finds."""
        found = self.run(statement, values)
        return [decoded(found.names, each) for each in found.values]

    def row(self, statement: ClauseElement, values: Mapping[str, Any]) -> Row | None:
        """The first row the statement finds."""
        return next(iter(self.rows(statement, values)), None)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        if self._failed:
            raise StoreUnavailable("This transaction has failed before; begin another.")
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            found = _as_ours(error)
            self._failed = isinstance(found, StoreUnavailable)
            raise found from error

    def index(self, value: str) -> str:
        """What a private value is looked up by."""
        return blind_index(self._index_key, value)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection that holds the write lock; commits when the block ends well.

    Raises:
        StoreUnavailable: locked, full, damaged; then it is rolled back.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise _as_ours(error) from error
    except PoolTimeout as error:
        raise StoreUnavailable("Too many connections to the database are in use.") from error


def _as_ours(error: DatabaseError | sqlite3.DatabaseError) -> ConciergeError:
    cause = error.orig if isinstance(error, DatabaseError) else error
    if isinstance(cause, sqlite3.DatabaseError):
        return failures.as_ours(cause)
    return StoreUnavailable(f"The database failed: {type(cause).__name__}.")
