"""Outlook's winmail.dat: its letter and the names of its files, in one bounded pass.

Written by the format's description (MS-OXTNEF), because the parser on PyPI counts as far as the
file tells it to: twelve crafted bytes keep it busy for hours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from concierge.mail import charset, html

# A larger file holds films, not letters; an honest one has some hundred attributes.
LARGEST = 4_000_000
_ATTRIBUTES, _PROPERTIES, _FILES = 5_000, 2_000, 100
# Outlook writes the letter as a page only when nobody wrote much into it.
_HTML_BYTES = 200_000
_SIGNATURE = 0x223E9F78
# Attributes (MS-OXTNEF, 2.1.3.2).
_BODY, _CODE_PAGE, _PROPS = 0x800C, 0x9007, 0x9003
_FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPS = 0x9002, 0x8010, 0x800F, 0x9005
# Properties (MS-OXPROPS): PidTagBody, PidTagHtml, PidTagAttachLongFilename, PidTagInternetCodepage
# and PidTagRtfCompressed.
_P_RTF = 0x1009
_P_BODY, _P_HTML, _P_LONG_NAME, _P_CODE_PAGE = 0x1000, 0x1013, 0x3707, 0x3FDE
# Bytes of the property types of fixed size, padded to four (MS-OXCDATA, 2.11.1).
_FIXED = {
    0x0000: 4, 0x0001: 4, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8,
    0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_STRING, _UNICODE, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
_SIZED = frozenset({_STRING, _UNICODE, _OBJECT, _BINARY})
_MANY = 0x1000
_NAMED = 0x8000


class NotRead(ValueError):
    """These bytes are no winmail.dat, or are damaged before anything was read."""


@dataclass(slots=True)
class Tnef:
    """What a winmail.dat holds for a reader; ``files`` are (name, content)."""

    body: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    #: False when it ended in the middle of something.
    whole: bool = True
    #: True when the letter is there in compressed RTF, which is not read here.
    in_rtf: bool = False


def read(data: bytes) -> Tnef:
    """The letter and the files of a winmail.dat.

    Raises:
        NotRead: when it is none. What breaks off later gives what came before.
    """
    if len(data) < 6 or len(data) > LARGEST or _u32(data, 0) != _SIGNATURE:
        raise NotRead("no winmail.dat, or too large")
    found, page = Tnef(), "cp1252"
    try:
        for name, value in _attributes(data):
            if name == _CODE_PAGE:
                page = f"cp{_u32(value, 0)}"
            else:
                _take(found, name, value, page)
    except (struct.error, IndexError):
        found.whole = False
    if not found.whole and not (found.body or found.files):
        raise NotRead("it breaks off at once")
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(_ATTRIBUTES):
        if at + 9 > len(data):
            return
        name, size = struct.unpack_from("<H", data, at + 1)[0], _u32(data, at + 5)
        end = at + 9 + size
        if end > len(data):
            raise IndexError(at)
        yield name, data[at + 9 : end]
        at = end + 2


def _take(found: Tnef, name: int, value: bytes, page: str) -> None:
    if name == _FILE_BEGINS and len(found.files) < _FILES:
        found.files.append(("", b""))
    elif name == _BODY:
        found.body = found.body or _text(value, page)
    elif name == _PROPS:
        _take_body(found, dict(_properties(value)), page)
    elif found.files:
        known, content = found.files[-1]
        if name == _FILE_TITLE:
            known = known or _text(value, page)
        elif name == _FILE_DATA:
            content = value
        elif name == _FILE_PROPS:
            known = _long_name(value, page) or known
        found.files[-1] = (known, content)


def _take_body(found: Tnef, known: dict[tuple[int, int], bytes], page: str) -> None:
    found.in_rtf |= (_P_RTF, _BINARY) in known
    stated = known.get((_P_CODE_PAGE, 0x0003))
    if stated:
        number = _u32(stated, 0)
        page = {65001: "utf-8", 28591: "cp1252", 20127: "ascii"}.get(number, f"cp{number}")
    wide = known.get((_P_BODY, _UNICODE))
    if wide:
        found.body = _wide(wide)
    elif plain := known.get((_P_BODY, _STRING)):
        found.body = _text(plain, page)
    elif not found.body:
        for kind in (_BINARY, _STRING):
            if markup := known.get((_P_HTML, kind)):
                found.body = html.to_text(_text(markup[:_HTML_BYTES], page))


def _long_name(value: bytes, page: str) -> str:
    known = dict(_properties(value))
    wide = known.get((_P_LONG_NAME, _UNICODE))
    return _wide(wide) if wide else _text(known.get((_P_LONG_NAME, _STRING), b""), page)


def _properties(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Each property's (name, type) and its bytes, as far as they can be followed."""
    at = 4
    for _ in range(min(_u32(data, 0), _PROPERTIES)):
        if at + 4 > len(data):
            return
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= _NAMED:
            at += 16
            # A number stands behind a zero, a name with its length in bytes behind anything else.
            at += 8 if _u32(data, at) == 0 else 8 + _padded(_u32(data, at + 4))
        many, kind = kind & _MANY, kind & ~_MANY
        values = 1
        if many or kind in _SIZED:
            values = _u32(data, at)
            at += 4
        if kind not in _SIZED and kind not in _FIXED:
            return
        taken, at = _values(data, at, kind, min(values, _PROPERTIES))
        for value in taken:
            yield (name, kind), value


def _values(data: bytes, at: int, kind: int, count: int) -> tuple[list[bytes], int]:
    taken = []
    for _ in range(count):
        size = _u32(data, at) if kind in _SIZED else _FIXED[kind]
        at += 4 if kind in _SIZED else 0
        if at + size > len(data):
            raise IndexError(at)
        taken.append(data[at : at + size])
        at += _padded(size)
    return taken, at


def _padded(size: int) -> int:
    return size + -size % 4


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _text(value: bytes, page: str) -> str:
    return charset.decode(value.split(b"\0", 1)[0] if b"\0" in value else value, page).text


def _wide(value: bytes) -> str:
    return value.decode("utf-16-le", "replace").partition("\0")[0]
