"""Which countries show a clock offset on the very day a message was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache

from concierge.rules.places import Places


class Clock(Enum):
    """What the offset of a Date header says of one country."""

    FITS = "fits"
    #: The country shows it in the other half of the year: a clock nobody has put right.
    OTHER_SEASON = "other_season"
    DIFFERS = "differs"
    #: The message gives no offset, or nobody knows the country's zones.
    UNKNOWN = "unknown"


def clock_of(iso: str, offset: int | None, day: date | None, places: Places) -> Clock:
    """What ``offset`` (minutes east of UTC) says of a country on ``day``.

    Without a day, or for a country the time-zone tables do not know, the offsets of the whole year
    count.
    """
    if offset is None:
        return Clock.UNKNOWN
    if day and iso in countries_showing(offset, day):
        return Clock.FITS
    whole_year = places.clocks.get(iso, frozenset())
    on_day = offsets_on(day).get(iso, frozenset()) if day else whole_year
    if offset in (on_day or whole_year):
        return Clock.FITS
    if offset in whole_year:
        return Clock.OTHER_SEASON
    return Clock.DIFFERS if on_day or whole_year else Clock.UNKNOWN


@lru_cache(maxsize=400)  # the days of a year: whoever weighs old letters comes back to each
def offsets_on(day: date) -> Mapping[str, frozenset[int]]:
    """Country to the minutes east of UTC that clocks show there at noon (UTC) of a day.

    A device that came from elsewhere may be off by a day at the change of season; noon of the day
    itself is right for all but those few hours.
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found: dict[str, set[int]] = {}
    for name, iso in _zones():
        minutes = _minutes(name, noon)
        if minutes is not None:
            found.setdefault(iso, set()).add(minutes)
    return {iso: frozenset(minutes) for iso, minutes in found.items()}


@lru_cache(maxsize=256)
def countries_showing(offset: int, day: date) -> frozenset[str]:
    """The countries whose clocks show this offset (minutes east of UTC) on a day."""
    return frozenset(iso for iso, shown in offsets_on(day).items() if offset in shown)


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, str], ...]:
    """Time zones with their country, by Unicode's table."""
    from babel.core import get_global

    return tuple(get_global("zone_territories").items())


def _minutes(name: str, instant: datetime) -> int | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = instant.astimezone(ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        # A zone the machine's own table lacks leaves its country to the whole year's offsets.
        return None
    return None if offset is None else int(offset.total_seconds() // 60)
