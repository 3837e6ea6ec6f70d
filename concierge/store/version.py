"""Which schema this version of the program reads and writes, and how a reader connects."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from concierge.errors import StoreUnavailable

#: The newest migration in ``store/migrations/versions``; a test holds them together. Kept here,
#: because asking Alembic would cost every command its import.
HEAD = "0003"


def check_present(path: Path) -> None:
    """Raise StoreUnavailable when there is no database file."""
    if not path.is_file():
        raise StoreUnavailable(
            f"There is no database at {path}. Make it with: concierge db upgrade"
        )


def connect_to_read(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """A connection that cannot write, and never makes a file; ``busy_timeout`` in seconds.

    Raises sqlite3.DatabaseError.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=busy_timeout, isolation_level=None)


def version_of(connection: sqlite3.Connection) -> str:
    """The schema version; empty when no migration ever ran. Raises sqlite3.DatabaseError."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.execute(query).fetchone():
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def check_head(path: Path, found: str) -> None:
    """Raise StoreUnavailable unless the schema found is the one this program knows."""
    if found == HEAD:
        return
    raise StoreUnavailable(
        f"The database at {path} has schema {found or 'none'}, and this program needs {HEAD}. "
        "Bring it up to date with: concierge db upgrade"
    )
