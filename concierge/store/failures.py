"""What SQLite says when it fails, as the sentences a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from concierge.errors import ConciergeError, Refused, StoreUnavailable, UsageError

#: What SQLite names when a rule of the schema is broken, and the sentence for the person.
_BROKEN_RULES = (
    ("drafts.case_id", "Another draft of this case is still proposed."),
    ("outbox.draft_id", "This draft has been approved already."),
    ("outbox.message_id_index", "Mail with this Message-ID is in the outbox already."),
    ("clocks.case_id", "A clock of this kind is already there and not met yet."),
)
_REMEDIES = (
    ("locked", "Another process has held the database for too long; try again."),
    ("full", "The disk is full; nothing was changed. Make room and try again."),
    ("unable to open", "The database cannot be opened; check its path and who may read it."),
    ("readonly", "The database cannot be written; check who owns the file and its directory."),
    ("no such", "The database has another schema. Bring it up with: concierge db upgrade"),
)


def as_ours(error: sqlite3.DatabaseError) -> ConciergeError:
    """The project's error for one of SQLite's. Its sentence never holds stored values.

    A broken rule is a refusal, a missing parent row a usage error, all else means that the
    database cannot be used now.
    """
    said = str(error)
    if not isinstance(error, sqlite3.IntegrityError):
        return StoreUnavailable(_unavailable(said))
    if "FOREIGN KEY" in said:
        return UsageError("Something this refers to does not exist in the database.")
    sentence = next((text for column, text in _BROKEN_RULES if column in said), "")
    return Refused(sentence or f"The database refuses this: {said}.")


@contextmanager
def errors_as_ours() -> Iterator[None]:
    """Turn what SQLite raises within the block into the project's errors."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise as_ours(error) from error


def _unavailable(said: str) -> str:
    for sign, sentence in _REMEDIES:
        if sign in said:
            return f"{sentence} ({said})"
    return f"The database failed: {said}. If it persists, restore a backup."
