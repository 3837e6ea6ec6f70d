"""Folder names as the server wants them, and mails moved into folders."""

from __future__ import annotations

import imaplib
from dataclasses import dataclass

from imapclient import IMAPClient  # type: ignore[import-untyped]

from concierge.mail.imap_fetch import chunks
from concierge.mail.imap_session import is_refusal

#: How a folder path is written in our config, whatever the server's own separator is.
OUR_SEPARATOR = "/"
_UNSELECTABLE = (b"\\noselect", b"\\nonexistent")


@dataclass(frozen=True, slots=True)
class Naming:
    """How this server spells folders: Maildir++ says ``INBOX.Done``, others ``Done``."""

    prefix: str
    separator: str

    def spell(self, folder: str) -> str:
        """The server's name of a folder written as ``Parent/Child`` in our config."""
        if folder.upper() == "INBOX":
            return "INBOX"
        name = folder.replace(OUR_SEPARATOR, self.separator) if self.separator else folder
        return name if name.startswith(self.prefix) else self.prefix + name


def naming(client: IMAPClient) -> Naming:
    """Ask for the personal namespace; without NAMESPACE, for the separator alone."""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        if personal:
            prefix, separator = personal[0]
            return Naming(prefix, separator or "")
    # RFC 3501 6.3.8: LIST "" "" returns the separator and the root.
    roots = client.list_folders("", "")
    separator = roots[0][1] if roots else b""
    return Naming("", separator.decode("ascii") if separator else "")


def exists(client: IMAPClient, name: str) -> bool:
    """Whether a folder (server's spelling) exists and can hold mail."""
    found = client.list_folders("", name)
    return any(
        # LIST takes a pattern: a "%" in our name may match another folder too.
        listed == name and not any(flag.lower() in _UNSELECTABLE for flag in flags)
        for flags, _, listed in found
    )


def ensure(client: IMAPClient, name: str) -> None:
    """Create a folder (server's spelling) unless it is there."""
    if exists(client, name):
        return
    try:
        client.create_folder(name)
    except imaplib.IMAP4.error as error:
        # Another session may have created it between our LIST and our CREATE.
        if not is_refusal(error) or not exists(client, name):
            raise


def move(client: IMAPClient, uids: list[int], name: str) -> None:
    """Move mails of the selected folder to another; gone UIDs are passed over by the server.

    Without MOVE (RFC 6851): COPY, then flag deleted, then UID EXPUNGE of just these. Without
    UIDPLUS (RFC 4315) the last step is left out, since a plain EXPUNGE would also remove what
    other people flagged.
    """
    for chunk in chunks(uids):
        if client.has_capability("MOVE"):
            client.move(chunk, name)
            continue
        client.copy(chunk, name)
        client.add_flags(chunk, [b"\\Deleted"], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge(chunk)
