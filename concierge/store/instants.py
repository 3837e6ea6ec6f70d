"""Instants and spans as the database keeps them: whole microseconds, in UTC since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant_to_int(value: datetime) -> int:
    """Microseconds since the epoch. Raises ValueError for a naive datetime."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (value - _EPOCH) // _MICROSECOND


def instant_from_int(value: int) -> datetime:
    """The aware UTC instant."""
    return _EPOCH + timedelta(0, 0, value)


def span_to_int(value: timedelta) -> int:
    """Whole microseconds."""
    return value // _MICROSECOND


def span_from_int(value: int) -> timedelta:
    """The span of that many microseconds."""
    return timedelta(microseconds=value)
