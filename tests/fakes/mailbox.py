"""The mailbox without a network: folders in memory, failures on demand."""

from __future__ import annotations

import email
import email.policy
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from types import TracebackType

from concierge.desk.ports.mailbox import Fetched, FolderStatus
from concierge.errors import MailboxUnavailable

ARRIVAL = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@dataclass
class Kept:
    """One mail in a folder."""

    raw: bytes
    received_at: datetime
    flags: set[str] = field(default_factory=set)


@dataclass
class Folder:
    """Mails by UID, and the numbering they belong to."""

    uidvalidity: int
    uidnext: int = 1
    mails: dict[int, Kept] = field(default_factory=dict)

    def put(self, raw: bytes, received_at: datetime, *flags: str) -> int:
        uid, self.uidnext = self.uidnext, self.uidnext + 1
        self.mails[uid] = Kept(raw, received_at, set(flags))
        return uid


class FakeMailbox:
    """A Mailbox in memory. ``fail_next`` queues errors; ``calls`` says what was asked."""

    def __init__(self, *, size_limit: int = 1_000_000) -> None:
        self._size_limit = size_limit
        self._validities = count(1001)
        self.folders: dict[str, Folder] = {"INBOX": Folder(next(self._validities))}
        self.calls: list[tuple] = []
        self._failures: deque[Exception] = deque()
        self._open = ""
        self._changed = threading.Condition()
        self._told = 0
        self._interrupted = False

    # What a test does to it.

    def deliver(self, raw: bytes, folder: str = "INBOX", *, received_at: datetime = ARRIVAL) -> int:
        with self._changed:
            uid = self._folder(folder).put(raw, received_at)
            self._changed.notify_all()
        return uid

    def list(self, folder: str = "INBOX") -> list[bytes]:
        return [kept.raw for kept in self._folder(folder).mails.values()]

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        return {uid: set(kept.flags) for uid, kept in self._folder(folder).mails.items()}

    def expunge(self, uid: int, folder: str = "INBOX") -> None:
        self._folder(folder).mails.pop(uid, None)

    def renumber(self, folder: str = "INBOX") -> None:
        """Give the folder another UIDVALIDITY, and its mails new UIDs from 1."""
        old = self._folder(folder)
        new = self.folders[folder] = Folder(next(self._validities))
        for kept in old.mails.values():
            new.put(kept.raw, kept.received_at, *kept.flags)

    def fail_next(self, *errors: Exception) -> None:
        """Raise these, one a call, before doing anything."""
        self._failures.extend(errors)

    def lose_connections(self) -> None:
        self.fail_next(MailboxUnavailable("the fake dropped the connection"))

    # What the port asks.

    def open(self, folder: str) -> FolderStatus:
        self._called("open", folder)
        if folder not in self.folders:
            raise MailboxUnavailable(f"no such folder: {folder}")
        self._open = folder
        kept = self.folders[folder]
        self._told = kept.uidnext - 1
        return FolderStatus(folder, kept.uidvalidity, kept.uidnext, len(kept.mails))

    def uids(self) -> tuple[int, ...]:
        self._called("uids")
        found = tuple(sorted(self._current().mails))
        self._told = found[-1] if found else self._told
        return found

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        self._called("fetch", tuple(uids))
        for uid in dict.fromkeys(uids):
            kept = self._current().mails.get(uid)
            if kept is not None:
                yield self._fetched(uid, kept)

    def mark_seen(self, uids: Sequence[int]) -> None:
        self._called("mark_seen", tuple(uids))
        for uid in uids:
            if kept := self._current().mails.get(uid):
                kept.flags.add("\\Seen")

    def move(self, uids: Sequence[int], folder: str) -> None:
        self._called("move", tuple(uids), folder)
        for uid in uids:
            if kept := self._current().mails.pop(uid, None):
                self._folder(folder).put(kept.raw, kept.received_at, *kept.flags)

    def contains(self, folder: str, message_id: str) -> bool:
        self._called("contains", folder, message_id)
        kept = self.folders.get(folder)
        wanted = message_id.encode()
        return kept is not None and any(wanted in mail.raw for mail in kept.mails.values())

    def append(self, folder: str, raw: bytes) -> None:
        self._called("append", folder)
        self._folder(folder).put(raw, ARRIVAL, "\\Seen")

    def wait(self, seconds: float) -> bool:
        self._called("wait", seconds)
        with self._changed:
            self._changed.wait_for(lambda: self._interrupted or self._has_newer(), seconds)
            interrupted, self._interrupted = self._interrupted, False
            return not interrupted and self._has_newer()

    def interrupt(self) -> None:
        with self._changed:
            self._interrupted = True
            self._changed.notify_all()

    def close(self) -> None:
        self.calls.append(("close",))

    def __enter__(self) -> FakeMailbox:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _called(self, *call: object) -> None:
        self.calls.append(call)
        if self._failures:
            raise self._failures.popleft()

    def _folder(self, name: str) -> Folder:
        if name not in self.folders:
            self.folders[name] = Folder(next(self._validities))
        return self.folders[name]

    def _current(self) -> Folder:
        if not self._open:
            raise MailboxUnavailable("no folder is open; open one first")
        return self.folders[self._open]

    def _has_newer(self) -> bool:
        return any(uid > self._told for uid in self._current().mails)

    def _fetched(self, uid: int, kept: Kept) -> Fetched:
        size = len(kept.raw)
        complete = size <= self._size_limit
        raw = kept.raw if complete else excerpt(kept.raw)
        return Fetched(uid, raw, kept.received_at, size, complete)


def excerpt(raw: bytes) -> bytes:
    """Headers and the first text part, as the port promises for a mail over the limit."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    if mail.is_multipart():
        text = next(part for part in mail.walk() if part.get_content_maintype() == "text")
        mail.set_payload([text])
    return mail.as_bytes()
