"""Transfer encodings taken off, under wrong labels and damaged as they come; never raises."""

from __future__ import annotations

import binascii
import re
import string

# A line of base64 has no blanks inside: what starts like this is text under a wrong label.
_PROSE = re.compile(rb"\s{0,100}\S{1,60}[ \t]{1,9}\S{1,60}[ \t]{1,9}\S")
_PADDING = re.compile(rb"={1,3}\s*")
_ENCODED = re.compile(rb"[A-Za-z0-9+/]{4}[A-Za-z0-9+/=]{4,}(?:\r?\n|$)")
# Base64 texts with a padding of their own, one behind the other; some senders encode by the line.
_JOINED = 50_000
_NOISE = bytes(
    set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/")
)


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
