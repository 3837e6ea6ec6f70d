"""What makes two received mails the same mail, found without parsing.

A mail redelivered, copied to another folder, or seen again after the server changed its
UIDVALIDITY differs in its trace headers but not in these: Message-ID, Date, From, Subject and the
body. The scan looks at bytes only, so it cannot fail on anything a parser might fail on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

#: Header bytes looked at. The largest real header block measured was 210 kB.
_HEADER_LIMIT = 262_144
# Both begin with the line break as it is, so that the engine skips from line to line.
_END_OF_HEADERS = re.compile(rb"\n\r?\n")
_FIELDS = (b"message-id", b"date", b"from", b"subject")
_FIELD = re.compile(
    rb"(?i)\n(" + b"|".join(_FIELDS) + rb")[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)"
)
# A line among the headers that is no field, no continuation and no mbox separator, or a lone CR.
_STRAY = re.compile(rb"\n(?![!-9;-~]+[ \t]*:|[ \t]|>?From )|\r(?!\n)")
_MESSAGE_ID = re.compile(rb"<[^<>\r\n]{1,998}>")


def fingerprint(raw: bytes) -> str:
    """SHA-256, hex, over the four identifying headers and the body with unified line ends.

    Where a mail has no blank line behind its headers, what the writer said stands among them, so
    from the first line that is no header on everything counts: seen twice is better than lost.
    """
    head, body = _split(raw)
    digest = hashlib.sha256()
    first: dict[bytes, bytes] = {}
    for name, value in _fields(head):
        first.setdefault(name, value)
    for name in _FIELDS:
        digest.update(b" ".join(first.get(name, b"").split()) + b"\0")
    stray = _STRAY.search(b"\n" + head)
    if stray:
        digest.update(_unified(head[stray.start() :]))
    digest.update(_unified(body))
    return digest.hexdigest()


def _unified(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").rstrip()


def message_id(raw: bytes) -> str:
    """The Message-ID with its angle brackets, empty when there is none that looks like one."""
    head, _ = _split(raw)
    given = next((value for name, value in _fields(head) if name == b"message-id"), b"")
    found = _MESSAGE_ID.search(given)
    return found.group().decode("ascii", "replace") if found else ""


def _split(raw: bytes) -> tuple[bytes, bytes]:
    end = _END_OF_HEADERS.search(raw)
    if end is None:
        return raw[:_HEADER_LIMIT], raw[_HEADER_LIMIT:]
    start = end.start() - (raw[end.start() - 1 : end.start()] == b"\r")
    return raw[: min(start, _HEADER_LIMIT)], raw[end.end() :]


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields that count, in order, names in lower case."""
    for found in _FIELD.finditer(b"\n" + head):
        yield found[1].lower(), found[2]
