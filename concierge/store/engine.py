"""The connection to SQLite: its settings, its transactions, and its errors as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql import Executable

from concierge.errors import ConciergeError, Refused, StoreUnavailable, UsageError
from concierge.store.private import blind_index
from concierge.store.rows import Row

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]

#: Run on every connection. FULL makes a commit survive a power cut: mail is flagged on the server
#: only after it. Recursive triggers keep INSERT OR REPLACE from deleting past a delete trigger.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA recursive_triggers=ON",
)

#: What SQLite says when a rule of the schema is broken, and the sentence for the person.
_BROKEN_RULES = (
    ("drafts.case_id", "Another draft of this case is still proposed."),
    ("outbox.draft_id", "This draft has been approved already."),
    ("outbox.message_id_index", "Mail with this Message-ID is in the outbox already."),
    ("clocks.case_id", "A clock of this kind is already there and not met yet."),
)


def make_engine(path: Path, *, busy_timeout: float, foreign_keys: bool = True) -> Engine:
    """An engine on an existing database file whose every transaction takes the write lock first.

    ``busy_timeout`` is in seconds. ``foreign_keys=False`` is for migrations alone: rebuilding a
    parent table with them on deletes its children. A deferred BEGIN would fail at once, whatever
    the timeout, when what it read has changed before its first write: hence BEGIN IMMEDIATE.
    """
    engine = create_engine(
        # mode=rw keeps a mistyped path from becoming a new, empty database.
        f"sqlite:///{path.absolute().as_uri()}?mode=rw&uri=true",
        connect_args={"timeout": busy_timeout},
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


class Work:
    """The statements of one transaction, with what goes wrong said as the port says it."""

    def __init__(self, connection: Connection, index_key: bytes) -> None:
        self._connection = connection
        self._index_key = index_key
        self._failed = False

    def run(self, statement: Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement.

        Raises:
            StoreUnavailable: the database failed. Everything after it in the same transaction
                fails too: SQLite may have rolled back by itself, and then each further statement
                would be committed alone.
            Refused, UsageError: the schema forbids it; the transaction may go on.
        """
        if self._failed:
            raise StoreUnavailable("This transaction has failed before; begin another.")
        try:
            return self._connection.execute(statement, values)
        except DatabaseError as error:
            found = as_ours(error)
            self._failed = isinstance(found, StoreUnavailable)
            raise found from error

    def insert(self, statement: Executable, values: Mapping[str, Any]) -> int:
        """Execute the insert of one row; the id it was given."""
        key = self.run(statement, values).inserted_primary_key
        return int(key[0]) if key else 0

    def rows(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        """Every row the statement finds."""
        return cast("Sequence[Row]", self.run(statement, values).mappings().all())

    def row(self, statement: Executable, values: Mapping[str, Any]) -> Row | None:
        """The first row the statement finds."""
        return cast("Row | None", self.run(statement, values).mappings().first())

    def index(self, value: str) -> str:
        """What a private value is looked up by."""
        return blind_index(self._index_key, value)


@contextmanager
def errors_as_ours() -> Iterator[None]:
    """Turn what SQLAlchemy and SQLite raise within the block into the project's errors."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise as_ours(error) from error
    except PoolTimeout as error:
        raise StoreUnavailable("Too many connections to the database are in use.") from error


def as_ours(error: DatabaseError | sqlite3.DatabaseError) -> ConciergeError:
    """The project's error for one of the database. Its sentence never holds stored values."""
    cause = error.orig if isinstance(error, DatabaseError) else error
    said = str(cause)
    if isinstance(error, IntegrityError) or isinstance(cause, sqlite3.IntegrityError):
        return _rule_broken(said)
    return StoreUnavailable(_unavailable(said))


def _rule_broken(said: str) -> ConciergeError:
    if "FOREIGN KEY" in said:
        return UsageError("Something this refers to does not exist in the database.")
    sentence = next((text for column, text in _BROKEN_RULES if column in said), "")
    return Refused(sentence or f"The database refuses this: {said}.")


def _unavailable(said: str) -> str:
    remedies = {
        "locked": "Another process has held the database for too long; try again.",
        "full": "The disk is full; nothing was changed. Make room and try again.",
        "unable to open": "The database cannot be opened; check its path and who may read it.",
        "readonly": "The database cannot be written; check who owns the file and its directory.",
        "no such": "The database has another schema. Bring it up with: concierge db upgrade",
    }
    for sign, sentence in remedies.items():
        if sign in said:
            return f"{sentence} ({said})"
    return f"The database failed: {said}. If it persists, restore a backup."
