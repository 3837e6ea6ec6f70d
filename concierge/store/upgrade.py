"""Bringing a database to this program's schema, and copying one safely.

The way of an upgrade: 1. make the file (mode 0600) when there is none; 2. when something stands
in it and something is to do, back it up beside itself; 3. run the migrations in one transaction
without foreign keys and triggers, because rebuilding a parent table with foreign keys on deletes
its children, and a trigger that names it stops the rebuilding; 4. make all triggers again;
5. check every foreign key; 6. only then commit.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from concierge.errors import StoreUnavailable, UsageError
from concierge.store.engine import make_engine, transaction
from concierge.store.failures import errors_as_ours
from concierge.store.triggers import TRIGGERS
from concierge.store.version import HEAD, check_present, connect_to_read, version_of

__all__ = ["HEAD", "backup", "current", "upgrade"]

_SCRIPTS = Path(__file__).with_name("migrations")
#: Seconds to wait for a worker that is in the middle of something.
_BUSY_TIMEOUT = 30.0
#: Only the operator's user may read people's letters.
_FILE_MODE = 0o600


def current(path: Path) -> str:
    """The schema version of a database; empty when no migration ever ran on it.

    Raises:
        StoreUnavailable: there is no such file, or it is no database.
    """
    check_present(path)
    with errors_as_ours(), closing(connect_to_read(path, _BUSY_TIMEOUT)) as connection:
        return version_of(connection)


def upgrade(path: Path) -> list[str]:
    """Bring a database to :data:`HEAD`, making it when there is none.

    Returns one sentence for each thing done; none when nothing was to do.

    Raises:
        StoreUnavailable: locked, full, damaged, or of a newer program's schema.
    """
    existed = path.is_file() and path.stat().st_size > 0
    found = current(path) if existed else ""
    if found == HEAD:
        return []
    if found and found not in _known():
        raise StoreUnavailable(
            f"The database at {path} has schema {found}, which this version does not know. "
            "Install the newer version that made it."
        )
    done = []
    if existed:
        done.append(f"Backed up to {backup(path, _free_name(path, found))}.")
    else:
        _make(path)
    _migrate(path)
    brought = f"Brought {path} from schema {found} to {HEAD}."
    done.append(brought if found else f"Made {path}, schema {HEAD}.")
    return done


def backup(path: Path, target: Path) -> Path:
    """Copy a database as it is at one instant, also while a worker writes to it.

    Raises:
        UsageError: the target exists; a backup never overwrites anything.
        StoreUnavailable: the database cannot be read, or the target's disk is full.
    """
    check_present(path)
    _make(target)
    try:
        with (
            errors_as_ours(),
            closing(connect_to_read(path, _BUSY_TIMEOUT)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except StoreUnavailable:
        # Half a backup is worse than none: somebody might trust it.
        target.unlink(missing_ok=True)
        raise
    return target


def _migrate(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    engine = make_engine(path, busy_timeout=_BUSY_TIMEOUT, foreign_keys=False)
    try:
        with transaction(engine) as connection:
            config.attributes["connection"] = connection
            _drop_triggers(connection)
            command.upgrade(config, HEAD)
            _make_triggers(connection)
            _check_references(connection)
    finally:
        engine.dispose()


def _drop_triggers(connection: Connection) -> None:
    # While a table is being rebuilt, a trigger that names it would stop the migration.
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(names).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _make_triggers(connection: Connection) -> None:
    for name, statement in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(statement)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise StoreUnavailable(
            f"The upgrade was undone: {len(broken)} rows of {tables} would have lost what they "
            "refer to. Keep the database as it is and report this."
        )


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}


def _make(path: Path) -> None:
    """Make an empty file that only its owner may read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODE))
    except FileExistsError as error:
        raise UsageError(f"{path} exists already; choose another name.") from error
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be made: {error.strerror}.") from error


def _free_name(path: Path, found: str) -> Path:
    stem = f"{path.name}.before-{HEAD}-from-{found or 'none'}"
    names = [
        path.with_name(f"{stem}{suffix}") for suffix in ("", *(f".{n}" for n in range(1, 100)))
    ]
    free = next((name for name in names if not name.exists()), None)
    if free is None:
        raise UsageError(f"There are a hundred backups named {stem} already; remove some.")
    return free
