"""Events and contacts as words: what, when, where, who; names, phones, mail addresses."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

# Bytes of a calendar or a card that are read; pictures in cards are longer than all their words.
READ_CHARACTERS = 200_000
# Events or cards told of one file, and characters of one line of them.
_TOLD, _LINE = 10, 500
_FOLD = re.compile(r"\r?\n[ \t]")
_FIELD = re.compile(r"(?:[\w-]{1,40}\.)?([A-Za-z-]{1,40})((?:;[^:\n]{0,1000})?):(.*)", re.DOTALL)
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_ZONE = re.compile(r'TZID="?([^";:]{1,80})', re.IGNORECASE)
_EVENT = {
    "SUMMARY": "What",
    "DTSTART": "When",
    "DTEND": "Until",
    "RRULE": "Repeats",
    "LOCATION": "Where",
    "ORGANIZER": "Called by",
    "ATTENDEE": "Who",
    "STATUS": "Status",
    "DESCRIPTION": "About",
}
_CARD = {
    "FN": "Name",
    "NICKNAME": "Known as",
    "ORG": "Of",
    "TITLE": "As",
    "TEL": "Phone",
    "EMAIL": "Mail",
    "ADR": "Address",
    "URL": "Page",
    "NOTE": "Note",
}
_TIMES = frozenset({"DTSTART", "DTEND"})
_PEOPLE = frozenset({"ORGANIZER", "ATTENDEE"})
_COMMON_NAME = re.compile(r'CN="?([^";:]{1,200})', re.IGNORECASE)


def event_text(text: str) -> str:
    """The events of an iCalendar file (RFC 5545) as lines; "" when there is none. Never raises."""
    return _told(text, frozenset({"VEVENT", "VTODO", "VJOURNAL"}), _EVENT)


def contact_text(text: str) -> str:
    """The contacts of a vCard file (RFC 6350 and older) as lines; "" when there is none."""
    return _told(text, frozenset({"VCARD"}), _CARD)


def _told(text: str, kinds: frozenset[str], names: dict[str, str]) -> str:
    blocks: list[list[str]] = []
    inside: list[str] = []
    for name, params, value in _fields(text):
        if name == "BEGIN":
            inside.append(value.strip().upper())
            if inside[-1] in kinds:
                blocks.append([])
        elif name == "END" and inside:
            inside.pop()
        elif inside and inside[-1] in kinds and name in names and value.strip():
            blocks[-1].append(f"{names[name]}: {_in_words(name, params, value)}"[:_LINE])
    return "\n\n".join("\n".join(lines) for lines in blocks[:_TOLD] if lines)


def _fields(text: str) -> Iterator[tuple[str, str, str]]:
    unfolded = _FOLD.sub("", text[:READ_CHARACTERS].replace("=\r\n", "").replace("=\n", ""))
    for line in unfolded.splitlines():
        if match := _FIELD.match(line):
            yield match[1].upper(), match[2], match[3]


def _in_words(name: str, params: str, value: str) -> str:
    if "QUOTED-PRINTABLE" in params.upper():
        value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
    if name in _TIMES:
        return _instant(params, value)
    value = " ".join(_ESCAPED.sub(_unescaped, value).split())
    if name in _PEOPLE:
        address = value.partition(":")[2] if value.lower().startswith("mailto:") else value
        named = _COMMON_NAME.search(params)
        return f"{named[1]} <{address}>" if named else address
    if name in {"ADR", "ORG"}:
        return ", ".join(piece.strip() for piece in value.split(";") if piece.strip())
    return value.removeprefix("tel:").removeprefix("mailto:")


def _unescaped(match: re.Match[str]) -> str:
    return " " if match[1] in "nN" else match[1]


def _instant(params: str, value: str) -> str:
    stamp = _STAMP.match(value)
    if stamp is None:
        return value
    year, month, day, hour, minute, utc = stamp.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    zone = _ZONE.search(params)
    where = "UTC" if utc else zone[1] if zone else "local time"
    return f"{year}-{month}-{day} {hour}:{minute} {where}"
