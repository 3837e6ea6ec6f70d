"""Writing a text as the body of a mail: the smallest transfer encoding that keeps every letter."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from concierge.errors import Refused

_LINE_END = re.compile(r"\r\n|\r|\n")
#: Control characters no mail reader shows; a NUL ends the mail on some servers.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: mbox stores turn this into ">From " at the start of a line.
_MBOX_FROM = re.compile(rb"(?m)^From ")
#: Longest line sent as it is: the 76 that quoted-printable keeps to (RFC 2045, 6.7).
_PLAIN_LINE = 76


@dataclass(frozen=True, slots=True)
class Part:
    """A body and the headers that say how to read it."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    def rendered(self) -> bytes:
        """Headers, blank line and body, with CRLF line ends."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return lines.encode("ascii") + b"\r\n" + self.body


def text_part(text: str) -> Part:
    """A text/plain part; raises :class:`~concierge.errors.Refused` for control characters."""
    return _part("plain", text)


def html_part(html: str) -> Part:
    """A text/html part; raises :class:`~concierge.errors.Refused` for control characters."""
    return _part("html", html)


def _part(subtype: str, text: str) -> Part:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Refused(
            f"Line {line} of the text holds the character U+{ord(found[0]):04X}, which cannot be "
            "sent. Remove it."
        )
    lines = _LINE_END.sub("\r\n", text)
    if not lines.endswith("\r\n"):
        lines += "\r\n"
    encoding, body = _encoded(lines)
    content_type = f'text/{subtype}; charset="utf-8"'
    return Part((("Content-Type", content_type), ("Content-Transfer-Encoding", encoding)), body)


def _encoded(lines: str) -> tuple[str, bytes]:
    if lines.isascii() and all(_is_plain(line) for line in lines.split("\r\n")):
        return "7bit", lines.encode("ascii")
    octets = lines.encode("utf-8")
    quoted = binascii.b2a_qp(octets)
    packed = base64.encodebytes(octets).replace(b"\n", b"\r\n")
    # Latin text stays readable in the raw mail; other scripts would triple as quoted-printable.
    if len(quoted) <= len(packed) and not _MBOX_FROM.search(quoted):
        return "quoted-printable", quoted
    return "base64", packed


def _is_plain(line: str) -> bool:
    # Relays strip trailing blanks.
    plain = len(line) <= _PLAIN_LINE and not line.endswith((" ", "\t"))
    return plain and not line.startswith("From ")
