"""Raw mail made as readable as it gets without parsing it, for the urgency scan alone."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

#: Two or more full lines of base64, as mail programs wrap it, and the shorter last one.
_BASE64 = re.compile(
    r"(?:^[A-Za-z0-9+/]{56,76}\r?\n)+(?:[A-Za-z0-9+/]*={0,2})|^[A-Za-z0-9+/]{16,76}={1,2}$",
    re.MULTILINE,
)
_SOFT_BREAK = re.compile(r"=\r?\n|=[0-9A-F]{2}")


def readable(raw: str) -> str:
    """Base64 blocks and quoted-printable undone where they can be. Never raises."""
    text = _BASE64.sub(_decoded, raw)
    if _SOFT_BREAK.search(text):
        decoded = quopri.decodestring(text.encode("utf-8", "replace"))
        text = decoded.decode("utf-8", "replace")
    return text


def _decoded(match: re.Match[str]) -> str:
    try:
        return base64.b64decode(match[0]).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        # Not base64 after all: the words stand as they are.
        return match[0]
