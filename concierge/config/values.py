"""The types of value a config may hold: how each is read from TOML and shown again.

A reader takes what ``tomllib`` gives and returns the value the desk uses, or raises
:class:`Unfit` with ``what is wrong; what would be right``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from concierge.config.secret import REDACTED, Secret

#: One opening of the office: local start and end; an end at or before the start is next day.
Range = tuple[time, time]

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(\d{1,5})([mh])")
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f@<>(),;:\"\[\]\\]+@[^\W_](?:[\w.-]*[^\W_])?")
# More than any table of office hours or addresses needs; keeps a pasted novel out of a fault.
_QUOTED_CHARACTERS = 60
# Below this likeness a guessed city is another city ("Mars" is not "Paris").
_ALIKE = 0.75


class Unfit(ValueError):
    """A value that is not of its type; the message is the sentence for the operator."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type of value: its name for operators and its reader."""

    name: str
    read: Callable[[Any], Any]


def quoted(value: object) -> str:
    """A value as it stands in TOML, shortened, for use inside a sentence."""
    text = shown_in_toml(value)
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 3] + "..."


def shown_in_toml(value: object) -> str:
    """A TOML literal of a raw value: text, number, switch, date or a list of these."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return "[" + ", ".join(shown_in_toml(item) for item in value) + "]"
        case dict():
            return "{...}"
        case str():
            import json

            # A JSON string is a TOML basic string, except that TOML wants DEL escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() if value.bit_length() > 64:
            return "a huge number"
        case _:
            return str(value)


def shown(value: object) -> object:
    """A read value as plain JSON-like data: what :meth:`Config.redacted` prints."""
    if isinstance(value, tuple) and not _is_range(value):
        return [shown(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(str(shown(item)) for item in value)
    return next((as_text(value) for kind, as_text in _SHOWN if isinstance(value, kind)), value)


def _is_range(value: tuple[object, ...]) -> bool:
    return len(value) == 2 and all(isinstance(item, time) for item in value)


def _shown_duration(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


_SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Secret, lambda _: REDACTED),
    (Path, str),
    (date, str),
    (ZoneInfo, lambda zone: zone.key),
    (time, lambda clock: f"{clock:%H:%M}"),
    (timedelta, _shown_duration),
    (tuple, lambda pair: f"{pair[0]:%H:%M}-{pair[1]:%H:%M}"),
)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit(f'{quoted(value)} is not text; write it in quotes, such as "..."')
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > 64:
        raise Unfit(f"{quoted(value)} is not a whole number; write digits without quotes")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit(f"{quoted(value)} is not a switch; write true or false without quotes")
    return value


def _listed(read_one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Unfit(f'{quoted(value)} is not a list; write it in brackets: ["..."]')
        return tuple(read_one(item) for item in value)

    return read


def _path(value: Any) -> Path:
    text = _text(value)
    if not text or "\0" in text:
        raise Unfit("is no path; name a file or folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise Unfit(f"{quoted(text)} names nobody's home; write the whole path") from None


def _optional_path(value: Any) -> Path | None:
    return None if value == "" else _path(value)


def _address(value: Any) -> str:
    text = _text(value)
    if not _ADDRESS.fullmatch(text):
        raise Unfit(f'{quoted(text)} is not a mail address; write only "name@example.org"')
    return text


def _optional_address(value: Any) -> str:
    return "" if value == "" else _address(value)


def _zone(value: Any) -> ZoneInfo:
    text = _text(value)
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise Unfit(f"{quoted(text)} is not a time zone; {_similar_zone(text)}") from None


def _similar_zone(text: str) -> str:
    import difflib
    import zoneinfo

    # Compared by their last part, because people write the city.
    zones = {name.rsplit("/", 1)[-1].casefold(): name for name in zoneinfo.available_timezones()}
    city = text.rsplit("/", 1)[-1].casefold().replace(" ", "_")
    near = difflib.get_close_matches(city, sorted(zones), n=1, cutoff=_ALIKE)
    if near:
        return f'did you mean "{zones[near[0]]}"?'
    return 'an IANA name such as "Europe/Prague" is right'


def _optional_zone(value: Any) -> ZoneInfo | None:
    return None if value == "" else _zone(value)


def _clock_time(value: Any) -> time:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise Unfit(f'{quoted(value)} is not a time of day; "07:30" is right')
    return time(int(found[1]), int(found[2]))


def _range(value: Any) -> Range:
    opens, dash, closes = value.partition("-") if isinstance(value, str) else ("", "", "")
    # 24:00 is how people write the end of a day; the domain reads an end of 00:00 the same way.
    whole = "00:00" if closes == "24:00" else closes
    if not (dash and _CLOCK.fullmatch(opens) and _CLOCK.fullmatch(whole)):
        raise Unfit(f'{quoted(value)} is not a range of hours; "09:00-17:00" is right')
    if opens == closes:
        raise Unfit(
            f'{quoted(value)} starts and ends at once; the whole day is "00:00-24:00", '
            "a closed day is []"
        )
    return _clock_time(opens), _clock_time(whole)


def _duration(value: Any) -> timedelta:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found or not int(found[1]):
        raise Unfit(
            f'{quoted(value)} is not a duration; minutes or hours such as "30m" or "4h" are right'
            " (days are not taken, because an open day has no fixed length)"
        )
    return timedelta(**{"m": {"minutes": int(found[1])}, "h": {"hours": int(found[1])}}[found[2]])


def _optional_duration(value: Any) -> timedelta | None:
    return None if value == "" else _duration(value)


def _date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise Unfit(f'{quoted(value)} is not a date; "2026-12-24" is right') from None


def _dates(value: Any) -> frozenset[date]:
    return frozenset(_listed(_date)(value))


def _never(_: Any) -> None:
    raise Unfit("a secret does not belong in this file")


def choice(*allowed: str) -> ValueType:
    """One of some words."""

    def read(value: Any) -> str:
        if value in allowed:
            return str(value)
        words = ", ".join(f'"{word}"' for word in allowed)
        raise Unfit(f"{quoted(value)} is not known here; one of {words} is right")

    return ValueType("one of " + ", ".join(f"`{word}`" for word in allowed), read)


def choices(*allowed: str) -> ValueType:
    """Any of some words, each once at most."""
    one = choice(*allowed)

    def read(value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_listed(one.read)(value)))

    return ValueType("list of " + ", ".join(f"`{word}`" for word in allowed), read)


TEXT = ValueType("text", _text)
INTEGER = ValueType("whole number", _integer)
SWITCH = ValueType("true or false", _switch)
TEXTS = ValueType("list of texts", _listed(_text))
PATH = ValueType("path", _path)
OPTIONAL_PATH = ValueType("path", _optional_path)
ADDRESS = ValueType("mail address", _address)
OPTIONAL_ADDRESS = ValueType("mail address", _optional_address)
ADDRESSES = ValueType("list of mail addresses", _listed(_address))
ZONE = ValueType("IANA time zone", _zone)
OPTIONAL_ZONE = ValueType("IANA time zone", _optional_zone)
CLOCK_TIME = ValueType("time of day", _clock_time)
RANGES = ValueType("list of hours", _listed(_range))
DURATION = ValueType("duration: minutes `30m` or hours `4h`", _duration)
OPTIONAL_DURATION = ValueType(DURATION.name, _optional_duration)
DATES = ValueType("list of dates", _dates)
SECRET = ValueType("secret, never in this file", _never)
