"""The worker lock: one worker a store, released by the operating system when it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concierge.errors import AlreadyRunning


@contextmanager
def worker_lock(store: Path) -> Iterator[None]:
    """Hold the store's worker lock while the block runs.

    A killed worker lets go of it with its last breath, so whoever holds it knows that no other
    worker is alive and may deal with what a dead one left behind, at once.

    Raises:
        AlreadyRunning: another worker holds it.
    """
    path = store.with_name(store.name + ".worker-lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(
                f"Another worker runs on {store}. Stop it first, or let it do the work."
            ) from None
        yield
    finally:
        os.close(descriptor)
