"""The mailbox over IMAP: connected on first use, and again after anything went wrong."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final

from imapclient import IMAPClient  # type: ignore[import-untyped]

from concierge.desk.ports.mailbox import Fetched, FolderStatus
from concierge.errors import MailboxUnavailable
from concierge.mail import imap_fetch, imap_folders, imap_idle
from concierge.mail.imap_session import FAILURES, ImapSettings, connect, explain, hang_up

__all__ = ["ImapMailbox", "ImapSettings"]

#: Seconds a server gets to say goodbye when we close; nothing depends on it.
_GOODBYE_TIMEOUT: Final = 2.0


class ImapMailbox:
    """A :class:`~concierge.desk.ports.mailbox.Mailbox` on an IMAP server.

    One thread uses it; only :meth:`interrupt` may come from another. Every failure closes the
    connection; the next call connects again and selects the folder that was open. Had the server
    renumbered it, calls fail until :meth:`open`: no old UID is ever used on a new numbering.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._settings: Final = settings
        self._interrupted: Final = threading.Event()
        self._client: IMAPClient | None = None
        self._naming: imap_folders.Naming | None = None
        #: What the server has selected read-write now; empty after anything that changed it.
        self._selected = ""
        self._open: FolderStatus | None = None
        #: How often the line broke while a mail was read; one that breaks it gets an excerpt.
        self._strikes: Counter[int] = Counter()
        #: The highest UID the caller has been told of, for :meth:`wait`; None when unknown.
        self._highest: int | None = None

    def open(self, folder: str) -> FolderStatus:
        """Select a folder (read-write) and say what the server tells of it."""
        with self._guard():
            status = self._select(self._connected(), folder)
        if self._open is None or self._open.uidvalidity != status.uidvalidity:
            self._strikes.clear()
        self._open = status
        self._highest = status.uidnext - 1 if status.uidnext else None
        return status

    def uids(self) -> tuple[int, ...]:
        """Every UID in the open folder, ascending."""
        with self._guard():
            client = self._ready()
            found = imap_fetch.all_uids(client, self._open.exists if self._open else 0)
        self._highest = found[-1] if found else self._highest or 0
        return tuple(found)

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Fetch mails in the order asked for, without marking them; gone ones are left out.

        A mail the server refuses to give in any form does not hold up the others: it is named
        in a :class:`~concierge.errors.MailboxUnavailable` after they have all been given.
        """
        withheld: list[int] = []
        for chunk in imap_fetch.chunks(list(dict.fromkeys(uids))):
            with self._guard():
                facts = imap_fetch.read_facts(self._ready(), chunk)
            for group in imap_fetch.groups(facts, self._settings, self._strikes):
                with self._guard():
                    mails = self._read(group, withheld)[::-1]
                # Let go of each mail as it is given, or two batches are held while reading on.
                while mails:
                    yield mails.pop()
        if withheld:
            # A mail that is gone by now was expunged under us and is withheld by nobody.
            there = set(self.uids())
            withheld = [uid for uid in withheld if uid in there]
        if withheld:
            raise MailboxUnavailable(
                f"{self._settings.host} does not give the mails with UIDs {withheld}; "
                "look at them with a mail program"
            )

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Flag mails as seen. Gone UIDs are no error."""
        with self._guard():
            client = self._ready()
            for chunk in imap_fetch.chunks(list(uids)):
                client.add_flags(chunk, [b"\\Seen"], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails to another folder, created when missing. Gone UIDs are no error."""
        if not uids:
            return
        with self._guard():
            client = self._ready()
            name = self._spell(client, folder)
            imap_folders.ensure(client, name)
            imap_folders.move(client, list(uids), name)

    def contains(self, folder: str, message_id: str) -> bool:
        """Whether a folder holds a mail with this Message-ID (with angle brackets)."""
        if not message_id.isprintable():
            # A line break would end the command; no header holds one either.
            return False
        charset = None if message_id.isascii() else "UTF-8"
        with self._guard():
            client = self._connected()
            name = self._spell(client, folder)
            if name != "INBOX" and not imap_folders.exists(client, name):
                return False
            self._selected = ""
            client.select_folder(name, readonly=True)
            return bool(client.search(["HEADER", "Message-ID", message_id], charset))

    def append(self, folder: str, raw: bytes) -> None:
        """Store a mail in a folder as seen; the folder is created when missing."""
        with self._guard():
            client = self._connected()
            name = self._spell(client, folder)
            imap_folders.ensure(client, name)
            client.append(name, raw, flags=[b"\\Seen"])

    def wait(self, seconds: float) -> bool:
        """IDLE on the open folder; True when something may have arrived, False on time-out.

        Returns True at once when mail came after the last :meth:`uids` (or :meth:`open`). An
        interrupt that came before is not lost: it ends this wait, then is forgotten. A server
        without IDLE makes this a plain wait.
        """
        deadline = time.monotonic() + seconds
        try:
            with self._guard():
                client = self._ready()
                if self._highest is not None and imap_idle.has_newer(client, self._highest):
                    return True
                return imap_idle.wait(client, deadline, self._interrupted)
        finally:
            self._interrupted.clear()

    def interrupt(self) -> None:
        """Make a running (or else the next) :meth:`wait` return; from any thread."""
        self._interrupted.set()

    def close(self) -> None:
        """Log out and disconnect; never raises. A later call connects again."""
        if self._client is None:
            return
        try:
            self._client.socket().settimeout(_GOODBYE_TIMEOUT)
            self._client.logout()
        except FAILURES:
            hang_up(self._client)
        self._forget()

    def __enter__(self) -> ImapMailbox:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn whatever a lost or confused connection raises into the one error of the port."""
        try:
            yield
        except FAILURES as error:
            self._drop()
            host, port = self._settings.host, self._settings.port
            raise MailboxUnavailable(f"IMAP server {host}:{port}: {explain(error)}") from error

    def _connected(self) -> IMAPClient:
        if self._client is None:
            self._client = connect(self._settings)
        return self._client

    def _ready(self) -> IMAPClient:
        """The connection, with the folder selected that :meth:`open` opened."""
        if self._open is None:
            raise MailboxUnavailable("no folder is open; open one first")
        client = self._connected()
        if self._selected != self._open.folder:
            status = self._select(client, self._open.folder)
            if status.uidvalidity != self._open.uidvalidity:
                self._selected = ""
                raise MailboxUnavailable(
                    f"{status.folder} was renumbered by the server meanwhile; open it again"
                )
        return client

    def _select(self, client: IMAPClient, folder: str) -> FolderStatus:
        self._selected = ""
        told: dict[bytes, Any] = client.select_folder(self._spell(client, folder))
        self._selected = folder
        return FolderStatus(
            folder, told[b"UIDVALIDITY"], told.get(b"UIDNEXT", 0), told.get(b"EXISTS", 0)
        )

    def _spell(self, client: IMAPClient, folder: str) -> str:
        if self._naming is None:
            self._naming = imap_folders.naming(client)
        return self._naming.spell(folder)

    def _read(self, group: list[imap_fetch.MailFacts], withheld: list[int]) -> list[Fetched]:
        """One group: whole where it may be, as an excerpt where it is too large or refused."""
        given: dict[int, bytes] = {}
        refused = [mail.uid for mail in group]
        if imap_fetch.may_fetch_whole(group[0], self._settings, self._strikes):
            given, refused = self._read_whole(group)
        mails = []
        for mail in group:
            if mail.uid in refused:
                raw = imap_fetch.read_excerpt(
                    self._ready, self._drop, mail.uid, self._settings.excerpt_bytes
                )
                if raw is None:
                    withheld.append(mail.uid)
                else:
                    mails.append(mail.fetched(raw, complete=False))
            elif mail.uid in given:
                mails.append(mail.fetched(given[mail.uid]))
        return mails

    def _read_whole(self, group: list[imap_fetch.MailFacts]) -> tuple[dict[int, bytes], list[int]]:
        """Read a group, and remember whom we read when the line breaks."""
        client = self._ready()
        uids = [mail.uid for mail in group]
        self._strikes.update(uids)
        answer = imap_fetch.read_whole(client, group)
        for uid in uids:
            del self._strikes[uid]
        return answer

    def _drop(self) -> None:
        if self._client is not None:
            hang_up(self._client)
        self._forget()

    def _forget(self) -> None:
        self._client = None
        self._naming = None
        self._selected = ""
