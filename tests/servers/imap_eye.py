"""A second pair of eyes on an IMAP server: the standard library's client, a connection a look."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_UID = re.compile(rb"UID (\d+)")


@dataclass(frozen=True, slots=True)
class ImapEye:
    """Looks at, and meddles with, one account, independently of the adapter under test."""

    port: int
    username: str
    password: str
    host: str = "127.0.0.1"

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        with self._session() as imap:
            _ok(imap.append(folder, "", "", raw))

    def list(self, folder: str = "INBOX") -> list[bytes]:
        """Raw mails of a folder, oldest first, without marking them."""
        with self._session() as imap:
            _ok(imap.select(folder, readonly=True))
            answer = _ok(imap.uid("FETCH", "1:*", "(BODY.PEEK[])"))
            return [item[1] for item in answer if isinstance(item, tuple)]

    def folders(self) -> list[str]:
        with self._session() as imap:
            lines = _ok(imap.list())
            return [line.decode().rpartition(" ")[2].strip('"') for line in lines if line]

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        with self._session() as imap:
            _ok(imap.select(folder, readonly=True))
            found = {}
            for line in _ok(imap.uid("FETCH", "1:*", "(FLAGS)")):
                if line and (uid := _UID.search(line)):
                    names = {flag.decode() for flag in imaplib.ParseFlags(line)}
                    found[int(uid[1])] = names - {"\\Recent"}
            return found

    def expunge(self, uid: int, folder: str = "INBOX") -> None:
        with self._session() as imap:
            _ok(imap.select(folder))
            _ok(imap.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Deleted)"))
            _ok(imap.expunge())

    @contextmanager
    def _session(self) -> Iterator[imaplib.IMAP4]:
        imap = imaplib.IMAP4(self.host, self.port, timeout=10)
        try:
            imap.login(self.username, self.password)
            yield imap
        finally:
            imap.logout()


def _ok(answer):
    kind, data = answer
    assert kind == "OK", data
    return data
