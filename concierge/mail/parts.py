"""The tree of MIME parts, bounded in depth, number and bytes by construction; never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from concierge.mail import charset, fields
from concierge.mail.transfer import decoded

__all__ = ["DEPTH", "PARTS", "Budget", "Part", "decoded", "tree"]

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
# A few sentences; longer is a text of its own that no boundary parts.
_PREAMBLE_BYTES = 20_000
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
    if part.children and not any(map(_has_text, part.children)):
        part.children[:0] = _preamble(part.payload)


def _has_text(part: Part) -> bool:
    """Whether anything here is text to its reader; a message that came along is another's."""
    return part.main == "text" or (part.main == "multipart" and any(map(_has_text, part.children)))


def _preamble(payload: bytes) -> list[Part]:
    """What stands before the first part, where nothing else is text: old daemons wrote there.

    The usual sentence for programs without MIME is no words of anybody.
    """
    end = 0 if payload.startswith(b"--") else payload.find(b"\n--")
    words = payload[: max(0, end)][:_PREAMBLE_BYTES]
    if not words.strip() or b"mime" in words.lower():
        return []
    return [_described(fields.Block(), words, "text/plain")]


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
            sections.append(payload[start : _before_break(payload, start, at)])
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


def _before_break(payload: bytes, start: int, at: int) -> int:
    """Where a part ends: the line break before a boundary belongs to it (RFC 2046, 5.1.1)."""
    if at > start and payload[at - 1] == 0x0A:
        at -= 1
    return at - 1 if at > start and payload[at - 1] == 0x0D else at


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
