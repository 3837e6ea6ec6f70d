"""What makes two received mails the same mail, found without parsing.

A mail redelivered, copied to another folder, or seen again after the server changed its
UIDVALIDITY differs in its trace headers but not in these: Message-ID, Date, From, Subject and the
body. The scan looks at bytes only, so it cannot fail on anything a parser might fail on.
"""

from __future__ import annotations

import hashlib
import re

#: Header bytes looked at. The largest real header block measured was 210 kB.
_HEADER_LIMIT = 262_144
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_FIELDS = (b"message-id", b"date", b"from", b"subject")
_FIELD = {
    name: re.compile(rb"(?im)^" + name + rb"[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)")
    for name in _FIELDS
}
_MESSAGE_ID = re.compile(rb"<[^<>\r\n]{1,998}>")


def fingerprint(raw: bytes) -> str:
    """SHA-256, hex, over the four identifying headers and the body with unified line ends."""
    head, body = _split(raw)
    digest = hashlib.sha256()
    for name in _FIELDS:
        digest.update(b" ".join(_field(head, name).split()) + b"\0")
    digest.update(body.replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()


def message_id(raw: bytes) -> str:
    """The Message-ID with its angle brackets, empty when there is none that looks like one."""
    head, _ = _split(raw)
    found = _MESSAGE_ID.search(_field(head, b"message-id"))
    return found.group().decode("ascii", "replace") if found else ""


def _split(raw: bytes) -> tuple[bytes, bytes]:
    end = _END_OF_HEADERS.search(raw)
    if end is None:
        return raw[:_HEADER_LIMIT], raw[_HEADER_LIMIT:]
    return raw[: min(end.start(), _HEADER_LIMIT)], raw[end.end() :]


def _field(head: bytes, name: bytes) -> bytes:
    found = _FIELD[name].search(head)
    return found.group(1) if found else b""
