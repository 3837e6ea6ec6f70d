"""A small, parseable stand-in for a mail too large to fetch whole: headers and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

#: A boundary as RFC 2046 section 5.1.1 allows it; anything else is not worth trusting.
_BOUNDARY: Final = re.compile(rb"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
#: Deeper nesting than this is an attack, not a letter; the parser downstream has a limit too.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class TextSection:
    """Which section of a mail holds the text a person would read first."""

    #: The IMAP section number, such as ``1`` or ``2.1``.
    number: str
    #: The boundary the mail's own header declares; empty when the mail is a single part.
    boundary: bytes


def find_text(structure: Any) -> TextSection | None:
    """The first text/plain section of a BODYSTRUCTURE as imapclient parsed it, else text/html.

    Attached and empty text is passed over. ``None`` when there is no text, or when the structure
    makes no sense; total: it raises nothing, whatever the server sent.
    """
    try:
        return _find_text(structure)
    except (TypeError, ValueError, LookupError, AttributeError):
        return None


def rebuild(header: bytes, mime: bytes, body: bytes, section: TextSection, limit: int) -> bytes:
    """A mail from the headers as they came and one part, closed properly.

    A body that reaches ``limit`` bytes was cut by the server; it is cut back to a whole line, so
    that neither a character nor a base64 group is torn.
    """
    head = header.rstrip(b"\r\n") + b"\r\n\r\n"
    if len(body) >= limit:
        body = body[: body.rfind(b"\n") + 1] or body
    if not section.boundary:
        return head + body
    part = mime.rstrip(b"\r\n") + b"\r\n\r\n" + body
    return b"".join((head, b"--", section.boundary, b"\r\n", part, _closing(section.boundary)))


def _closing(boundary: bytes) -> bytes:
    return b"\r\n--" + boundary + b"--\r\n"


def _find_text(structure: Any) -> TextSection | None:
    boundary = _boundary(structure) if isinstance(structure[0], list) else b""
    if boundary is None:
        return None
    leaves = list(_text_leaves(structure, "", 0))
    for subtype in (b"plain", b"html"):
        for number, found in leaves:
            if found == subtype:
                return TextSection(number, boundary)
    return None


def _boundary(structure: Any) -> bytes | None:
    """The boundary parameter of a multipart: (parts, subtype, parameters, ...)."""
    names = structure[2]
    for name, value in zip(names[::2], names[1::2], strict=False):
        if name.lower() == b"boundary":
            # A boundary of digits alone comes as an int from the parser.
            text = str(value).encode() if isinstance(value, int) else bytes(value)
            return text if _BOUNDARY.fullmatch(text) else None
    return None


def _text_leaves(part: Any, prefix: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """Section number and subtype of every text that is shown, in reading order."""
    if depth > _DEEPEST:
        return
    if isinstance(part[0], list):
        dot = f"{prefix}." if prefix else ""
        for index, child in enumerate(part[0], start=1):
            yield from _text_leaves(child, f"{dot}{index}", depth + 1)
    elif part[0].lower() == b"text" and not _is_empty(part) and not _is_attached(part):
        yield prefix or "1", part[1].lower()


def _is_empty(part: Any) -> bool:
    """RFC 3501: the seventh field of a part is its size in octets."""
    return bool(part[6] == 0)


def _is_attached(part: Any) -> bool:
    """RFC 3501: the tenth field of a text part is its disposition, where the server gives it."""
    disposition = part[9] if len(part) > 9 else None
    return disposition is not None and disposition[0].lower() == b"attachment"
