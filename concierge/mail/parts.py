"""The tree of MIME parts, bounded in depth, number and bytes by construction; never raises."""

from __future__ import annotations

import binascii
import re
import string
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from concierge.mail import charset, fields

# The deepest honest mail in 7,938 had 8 levels and 61 parts; the standard library's own parser
# recurses until the stack ends, which is why the splitting is done here.
DEPTH = 20
PARTS = 500
# All header blocks of a mail together: four times the largest honest one. Each word of them is
# decoded one by one, so this bounds the slowest thing the reader does.
_HEADER_BYTES = 1_000_000
# What a header counts besides its value: many empty ones take time, too.
_EACH = 40
# A Content-Type or Content-Disposition longer than this is an attack on parameter parsing.
_PARAMETER_BYTES = 4_000
# Places that look like a boundary and are none: looking at more is an attack on time.
_LOOK_ALIKES = 20_000
# So many levels may hold the whole mail; honest ones have four (signed, mixed, related,
# alternative). More would multiply a large mail in memory.
_LEVELS_WHOLE = 6
# Encoded text beyond this is not decoded: the body is cut at 200,000 characters anyway.
_TEXT_BYTES = 4_000_000

_TYPE = re.compile(r"\s*([\w.+-]{1,60})\s*/\s*([\w.+-]{1,120})")
_PARAMETER = re.compile(
    r';\s*([\w-]{1,40})(\*\d{1,3})?(\*?)\s*=\s*("(?:[^"\\]|\\.)*(?:"|\\?$)|[^;]*)', re.DOTALL
)
_GUESSED_BOUNDARY = re.compile(rb"(?im)^--(\S[^\r\n]{0,69}?)[ \t]*\r?\n(?=content-)")
# A line of base64 has no blanks inside: what starts like this is text under a wrong label.
_PROSE = re.compile(rb"\s{0,100}\S{1,60}[ \t]{1,9}\S{1,60}[ \t]{1,9}\S")
_PADDING = re.compile(rb"={1,3}\s*")
_ENCODED = re.compile(rb"[A-Za-z0-9+/]{4}[A-Za-z0-9+/=]{4,}(?:\r?\n|$)")
# Base64 texts with a padding of their own, one behind the other; some senders encode by the line.
_JOINED = 50_000
_NOISE = bytes(
    set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/")
)
# Windows programs write paths with bare backslashes, so only what must be escaped is unescaped.
_BACKSLASH = re.compile(r'\\(["\\])')


@dataclass(slots=True)
class Part:
    """One part: what its headers say, its bytes still encoded, and the parts inside it."""

    block: fields.Block
    content_type: str
    params: dict[str, str]
    disposition: str
    filename: str
    encoding: str
    payload: bytes
    children: list[Part] = field(default_factory=list)
    #: The decoded bytes of a text part, which are asked for more than once.
    _letters: bytes | None = None

    @property
    def main(self) -> str:
        """The content type before the slash."""
        return self.content_type.partition("/")[0]

    def data(self) -> bytes:
        """The payload with its transfer encoding taken off, as far as that goes."""
        if self._letters is not None:
            return self._letters
        data = decoded(self.payload[:_TEXT_BYTES], self.encoding)
        if self.main == "text":
            self._letters = data
        return data


@dataclass(slots=True)
class Budget:
    """What may still be split, and the codes of what was found wrong on the way."""

    parts: int = PARTS
    look_alikes: int = _LOOK_ALIKES
    #: Bytes of headers that may still be read.
    headers: int = _HEADER_BYTES
    #: Bytes that may still be looked at; set from the mail's size, since each level reads again.
    octets: int = 0
    faults: set[str] = field(default_factory=set)


def tree(raw: bytes, budget: Budget, *, depth: int = 0, default: str = "text/plain") -> Part:
    """Split a mail, or a part of one, into parts down to the budget's bounds."""
    if not depth:
        budget.octets = _LEVELS_WHOLE * len(raw) + 1_000_000
    budget.octets -= len(raw)
    # Blank lines before a whole mail are a relay's slip; before a part they mean "no headers".
    limit = min(fields.BLOCK_BYTES, max(budget.headers, 0))
    block, payload = fields.split(raw if depth else raw.lstrip(b"\r\n"), limit)
    budget.headers -= sum(len(value) for _, value in block.fields) + _EACH * len(block.fields)
    budget.faults |= block.faults
    part = _described(block, payload, default)
    if part.main == "multipart":
        _split_multipart(part, budget, depth)
    elif part.content_type in {"message/rfc822", "message/global", "message/news"}:
        _open_message(part, budget, depth)
    return part


def _described(block: fields.Block, payload: bytes, default: str) -> Part:
    content_type, params = _typed(block.first("content-type"), default)
    disposition, more = _parameters(block.first("content-disposition"))
    encoding = block.first("content-transfer-encoding")[:40].decode("latin-1")
    return Part(
        block=block,
        content_type=content_type,
        params=params,
        disposition=disposition.strip().lower(),
        filename=more.get("filename") or params.get("name", ""),
        encoding=encoding.partition(";")[0].strip(" \"'").lower(),
        payload=payload,
    )


def _typed(value: bytes, default: str) -> tuple[str, dict[str, str]]:
    if not value:
        return default, {}
    head, params = _parameters(value)
    match = _TYPE.match(head)
    if match is not None:
        return f"{match[1]}/{match[2]}".lower(), params
    # "Content-Type: text" is RFC 1049 and means plain text; anything else is unknown data.
    return ("text/plain" if head.strip().lower().startswith("text") else default), params


def _parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """What stands before the first ``;`` and the parameters, RFC 2231 pieces joined."""
    if not value:
        return "", {}
    value = value[:_PARAMETER_BYTES]
    text = value.decode("ascii") if value.isascii() else charset.decode(value).text
    head, semicolon, rest = text.partition(";")
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(semicolon + rest):
        order = int(match[2][1:]) if match[2] else 0
        plain = _unquoted(match[4])
        found.setdefault(match[1].lower(), []).append((order, bool(match[3]), plain))
    return head, {name: _value(pieces) for name, pieces in found.items()}


def _unquoted(text: str) -> str:
    text = text.strip()
    return _BACKSLASH.sub(r"\1", text.strip('"')) if text.startswith('"') else text


def _value(pieces: list[tuple[int, bool, str]]) -> str:
    if len(pieces) == 1 and not pieces[0][1]:
        return fields.decode(pieces[0][2].encode("utf-8", "replace"))
    pieces.sort(key=lambda piece: piece[0])
    name, data = "", b""
    for order, extended, piece in pieces:
        text = piece
        if extended and order == 0 and text.count("'") >= 2:
            name, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    return fields.clean(charset.decode(data, name).text)


def _split_multipart(part: Part, budget: Budget, depth: int) -> None:
    if depth >= DEPTH or budget.octets < 0:
        budget.faults.add("too_deep")
        return
    sections = _sections(part.payload, part.params.get("boundary", ""), budget)
    if not sections:
        guess = _GUESSED_BOUNDARY.search(part.payload[:100_000])
        budget.faults.add("missing_boundary")
        if guess is not None:
            sections = _sections(part.payload, guess[1].decode("latin-1"), budget)
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    part.children = [tree(s, budget, depth=depth + 1, default=default) for s in sections]


def _sections(payload: bytes, boundary: str, budget: Budget) -> list[bytes]:
    """The bytes between boundary lines; a boundary inside a longer line is none."""
    mark = b"--" + boundary.strip().encode("utf-8", "replace")
    if len(mark) == 2:
        return []
    sections: list[bytes] = []
    start, at = -1, payload.find(mark)
    while at >= 0:
        end, closing = _boundary_line(payload, at, len(mark))
        if end < 0:
            budget.look_alikes -= 1
            at = payload.find(mark, at + 1) if budget.look_alikes > 0 else -1
            continue
        if start >= 0:
            sections.append(payload[start:at])
        start = -1 if closing else end
        if closing or budget.parts <= 0:
            break
        budget.parts -= 1
        at = payload.find(mark, end)
    if budget.parts <= 0 or budget.look_alikes <= 0:
        budget.faults.add("too_many_parts")
    elif start >= 0:
        sections.append(payload[start:])  # the closing line is missing: a cut mail
    return sections


def _boundary_line(payload: bytes, at: int, size: int) -> tuple[int, bool]:
    """Where the line after a boundary starts (-1 when this is none), and whether it closes."""
    if at > 0 and payload[at - 1] not in b"\r\n":
        return -1, False
    ends = [e for e in (payload.find(c, at, at + size + 200) for c in (b"\n", b"\r")) if e >= 0]
    end = min(ends) if ends else min(len(payload), at + size + 200)
    tail = payload[at + size : end].strip()
    if tail not in {b"", b"--"}:
        return -1, False
    if payload[end : end + 2] == b"\r\n":
        end += 1
    return end + 1, tail == b"--"


def _open_message(part: Part, budget: Budget, depth: int) -> None:
    if depth >= DEPTH or budget.parts <= 0 or budget.octets < 0:
        budget.faults.add("too_many_parts" if budget.parts <= 0 else "too_deep")
        return
    budget.parts -= 1
    part.children = [tree(part.data(), budget, depth=depth + 1)]


def decoded(payload: bytes, encoding: str) -> bytes:
    """Take off a transfer encoding; what cannot be decoded stays as it came."""
    if encoding == "base64":
        return _base64(payload)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(payload)
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return _uu(payload)
    return payload


def _base64(payload: bytes) -> bytes:
    if _PROSE.match(payload):
        return payload
    out: list[bytes] = []
    start = 0
    # Padding ends a text. What stands behind it is a list's footer, or another encoded text.
    while len(out) < _JOINED and (padding := _PADDING.search(payload, start)) is not None:
        out.append(_letters(payload[start : padding.start()]))
        start = padding.end()
        if not _ENCODED.match(payload, start):
            return b"".join(out)
    return b"".join((*out, _letters(payload[start:])))


def _letters(encoded: bytes) -> bytes:
    """Base64 without its padding; line noise is skipped, a last letter that is half is left out."""
    encoded = encoded.translate(None, _NOISE)
    if len(encoded) % 4 == 1:
        encoded = encoded[:-1]
    return binascii.a2b_base64(encoded + b"=" * (-len(encoded) % 4))


def _uu(payload: bytes) -> bytes:
    out: list[bytes] = []
    # Decoding makes it shorter; a line that says it is longer than it is would make it grow.
    left = len(payload)
    lines = iter(payload.splitlines())
    if not any(line.startswith(b"begin ") for line in lines):
        return payload
    for line in lines:
        if line.strip() == b"end" or left <= 0:
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue  # one damaged line costs its own 45 bytes, not the rest
        left -= len(out[-1])
    return b"".join(out)
