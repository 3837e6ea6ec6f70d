"""The mailbox we read: UIDs only, nothing marked by looking.

Failure contract of every method: :class:`~concierge.errors.MailboxUnavailable` when the
connection dropped, stalled past its timeout or answered nonsense (reconnect and repeat: every
call is idempotent), :class:`~concierge.errors.LoginRefused` when the server refused the
credentials (do not try again by itself). Nothing else is raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """What the server says of a folder when it is opened."""

    folder: str
    uidvalidity: int
    #: The next UID the server will give; 0 when it does not say.
    uidnext: int
    #: How many messages are in it now.
    exists: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server gave it."""

    uid: int
    raw: bytes
    #: When the server received it (UTC); None when it does not say.
    received_at: datetime | None
    #: RFC822.SIZE as the server states it, in bytes.
    size: int
    #: False when only headers and the text part were fetched because the mail is over the limit.
    complete: bool = True


class Mailbox(Protocol):
    """A mailbox, connected on first use and again after :class:`MailboxUnavailable`."""

    def open(self, folder: str) -> FolderStatus:
        """Select a folder (read-write) and say what the server tells of it."""

    def uids(self) -> tuple[int, ...]:
        """Every UID in the open folder, ascending."""

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Fetch mails without marking them, in batches bounded by bytes.

        A mail over the size limit comes as headers and text part only. A UID that is gone by
        now is left out: it was expunged under us.
        """

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Flag mails as seen. Gone UIDs are no error."""

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails to another folder, created when missing. Gone UIDs are no error.

        Where the server has no MOVE: COPY, flag deleted, and UID EXPUNGE; where it has no
        UIDPLUS either, the mails stay flagged deleted and are never expunged wholesale.
        """

    def contains(self, folder: str, message_id: str) -> bool:
        """Whether a folder holds a mail with this Message-ID (with angle brackets)."""

    def append(self, folder: str, raw: bytes) -> None:
        """Store a mail in a folder as seen; the folder is created when missing."""

    def wait(self, seconds: float) -> bool:
        """IDLE on the open folder; True when something may have arrived, False on time-out.

        A server without IDLE makes this a plain wait (interruptible by :meth:`interrupt`).
        """

    def interrupt(self) -> None:
        """Make a running :meth:`wait` return soon; callable from another thread."""

    def close(self) -> None:
        """Log out and disconnect; never raises."""

    def __enter__(self) -> Mailbox: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
