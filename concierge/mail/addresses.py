"""Addresses, message ids and dates out of header lines as broken as they come; never raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from concierge.domain.message import Address
from concierge.mail import fields

# More recipients than any letter to a charity has; what is beyond is not read.
ADDRESSES = 200
# Long threads carry hundreds of references; the first and the latest find the case.
REFERENCES = 100

# One token of an address list. An unclosed quote or comment runs to the end of the line, so that
# no input makes the scan start over.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*(?:"|\\?$)|\((?:[^()\\]|\\.)*(?:\)|(?=\()|\\?$)|<[^<>]*>?|[,;:]|[^",;:<(]+',
    re.DOTALL,
)
# The local part is bounded by RFC 5321 at 64; twice that is tolerated.
_BARE = re.compile(
    r"""(?:"[^"\s@]{1,64}(?:\s[^"\s@]{1,64}){0,3}"|[^\s<>"',;:()\[\]]{1,128})"""
    r"""@(?:\[[\w.:]{2,60}\]|[^\s<>"',;:()\[\]]{1,255})"""
)
_ID = re.compile(r"<([^<>]{1,998})>")
_UNQUOTE = re.compile(r"\\(.)")


def addresses(value: bytes, hint: str = "") -> tuple[Address, ...]:
    """Every mailbox in a header: quoted and bare commas in names, groups and comments understood.

    Encoded words are decoded after the list is split, because a decoded name may hold a comma.
    """
    text = _raw_text(value, hint)
    found = [one for piece in _pieces(text) if (one := _mailbox(piece)) is not None]
    if not found and "@" in text:
        found = [Address(match.group()) for match in _BARE.finditer(text)]
    return tuple(found[:ADDRESSES])


def _raw_text(value: bytes, hint: str) -> str:
    value = value[: fields.VALUE_BYTES]
    return fields.clean(fields.eight_bit(value, hint))


def _pieces(text: str) -> list[list[str]]:
    """The token runs between separating commas; a comma before any address belongs to a name."""
    pieces: list[list[str]] = [[]]
    for match in _TOKEN.finditer(text):
        item = match.group()
        if item == ";" or (item == "," and _has_address(pieces[-1])):
            pieces.append([])
        elif item == ":" and not _has_address(pieces[-1]):
            pieces[-1] = []  # a group's name, or "mailto:"
        else:
            pieces[-1].append(item)
        if len(pieces) > ADDRESSES:
            break
    return pieces


def _has_address(tokens: list[str]) -> bool:
    return any("@" in token and token[0] not in '"(' for token in tokens[-4:])


def _mailbox(tokens: list[str]) -> Address | None:
    angle = next((token for token in reversed(tokens) if token[0] == "<"), None)
    if angle is not None:
        name = " ".join(filter(None, (_word(t) for t in tokens if t[0] not in "<(>")))
        return _made(angle.strip("<> "), name.replace(" ,", ",") or _comment(tokens))
    following = [*tokens[1:], ""] if tokens else []
    text = "".join(
        token
        for token, after in zip(tokens, following, strict=True)
        # A quoted word is a name, unless it is the local part of an address.
        if token[0] not in '"(' or (token[0] == '"' and after.startswith("@"))
    )
    match = _BARE.search(text)
    if match is None:
        return None
    return _made(match.group(), _comment(tokens) or _word(text[: match.start()]))


def _made(address: str, name: str) -> Address | None:
    address = fields.decode(address.encode("utf-8", "replace"))
    if '"@' not in address:  # blanks mean something only in a quoted local part
        address = "".join(address.split()).strip('"')
    address = address.removeprefix("mailto:").strip("'")
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]  # a route of RFC 822: @relay,@relay:person@host
    if "@" not in address:
        return None
    return Address(address[:320], "" if name == address else name[:200])


def _word(token: str) -> str:
    token = token.strip()
    if token.startswith('"'):
        token = _UNQUOTE.sub(r"\1", token.strip('"'))
    return fields.decode(token.encode("utf-8", "replace")).strip(" '")


def _comment(tokens: list[str]) -> str:
    return next((_word(t.strip("()")) for t in tokens if t[0] == "("), "")


def message_ids(value: bytes) -> tuple[str, ...]:
    """Every ``<id>`` in a header with angle brackets; a bare ``id@host`` gets them."""
    text = fields.clean(value[: fields.VALUE_BYTES].decode("latin-1"))
    found = ["<" + "".join(match[1].split()) + ">" for match in _ID.finditer(text)]
    if not found:
        found = [f"<{word}>" for word in text.split() if "@" in word and len(word) < 998]
    unique = tuple(dict.fromkeys(one for one in found if one != "<>"))
    if len(unique) <= REFERENCES:
        return unique
    return (unique[0], *unique[1 - REFERENCES :])


def sent_at(value: bytes) -> tuple[datetime | None, int | None]:
    """The Date header as (UTC instant, the sender's offset in minutes); None for what is not there.

    ``-0000`` says by RFC 5322 that the offset is unknown. An offset past 14 hours exists nowhere.
    """
    text = fields.clean(value[:200].decode("latin-1"))
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None, None
        offset = None if parsed[9] is None or "-0000" in text else parsed[9] // 60
        if offset is not None and abs(offset) > 14 * 60:
            offset = None
        zone = timezone(timedelta(minutes=offset or 0))
        return datetime(*parsed[:6], tzinfo=zone).astimezone(UTC), offset
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, None
