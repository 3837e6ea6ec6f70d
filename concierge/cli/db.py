"""`concierge db`: the store's schema and its backups."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from concierge.cli.options import Desk


def upgrade(*, desk: Desk | None = None) -> int:
    """Bring the store to this program's schema; what is there is backed up first."""
    from concierge.store.upgrade import upgrade as run

    config = (desk or Desk()).load(secrets=False)
    done = run(config.store.path)
    print("\n".join(done) or "The store is up to date.")
    return 0


def backup(target: Path | None = None, *, desk: Desk | None = None) -> int:
    """Write a consistent copy of the store; the worker may go on meanwhile.

    Parameters
    ----------
    target
        The file to write; without it, one named by the time in the backup folder.
    """
    from concierge.store.upgrade import backup as run

    config = (desk or Desk()).load(secrets=False)
    if target is None:
        config.store.backup_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = config.store.backup_folder / f"concierge-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    print(run(config.store.path, target))
    return 0
