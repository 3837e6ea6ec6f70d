"""A store with any number of open cases: a thousand admitted for real, then copied in SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import desk
from memory import Generator

#: Cases made the real way; the rest are copies with other numbers.
SEED = 1000
#: Columns that number a row, or name another row by its number.
_NUMBERS = {"id", "case_id", "entry_id", "draft_id", "duplicate_of", "same_id_as", "uid"}
#: Columns that must differ between rows.
_DISTINCT = {"fingerprint", "message_id_index", "requester_index", "sender_index"}
#: Deadlines of copies lie apart, as they do in a queue that filled over weeks.
_SPREAD = {"at_risk_at", "due_at", "last_message_at", "opened_at"}
_TABLES = ("cases", "case_senders", "ledger", "raw_mail", "readings", "drafts", "clocks", "events")


def fill(place: Any, count: int) -> None:
    """Fill the desk's empty store with ``count`` open cases; a multiple of :data:`SEED`."""
    with desk.fresh_store(place) as store:
        desk.make_intake(store, Generator(SEED)).collect("INBOX")
        desk.admit_all(desk.make_admission(place, store, desk.rulebook(place)))
    copy(place.database, count // SEED)


def copy(database: Path, times: int) -> None:
    """Make the store ``times`` as large as it is."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA foreign_keys=OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for table in _TABLES:
            _copy_table(connection, table, times)
        for _, statement in triggers:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_table(connection: sqlite3.Connection, table: str, times: int) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join(_expression(name) for name in columns)
    connection.execute(f"CREATE TEMP TABLE seed AS SELECT * FROM {table}")
    for turn in range(1, times):
        connection.execute(f"INSERT INTO {table} SELECT {chosen} FROM seed", {"turn": turn})
    connection.execute("DROP TABLE seed")


def _expression(column: str) -> str:
    if column in _NUMBERS:
        return f"{column} + :turn * 10000"
    if column in _DISTINCT:
        return f"{column} || :turn"
    if column in _SPREAD:
        return f"{column} + :turn * 60000000"
    return column
