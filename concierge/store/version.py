"""Which schema this version of the program reads and writes."""

from __future__ import annotations

from pathlib import Path

from concierge.errors import StoreUnavailable

#: The newest migration in ``store/migrations/versions``; a test holds them together. Kept here,
#: because asking Alembic would cost every command its import.
HEAD = "0001"
#: How a row of Alembic's own table is asked for.
QUERY = "SELECT version_num FROM alembic_version"


def check_present(path: Path) -> None:
    """Raise StoreUnavailable when there is no database file."""
    if not path.is_file():
        raise StoreUnavailable(
            f"There is no database at {path}. Make it with: concierge db upgrade"
        )


def check_head(path: Path, found: str) -> None:
    """Raise StoreUnavailable unless the schema found is the one this program knows."""
    if found == HEAD:
        return
    raise StoreUnavailable(
        f"The database at {path} has schema {found or 'none'}, and this program needs {HEAD}. "
        "Bring it up to date with: concierge db upgrade"
    )
