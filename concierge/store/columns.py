"""Column types: what stands between a Python value and what SQLite keeps of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from concierge.store import instants, private

T = TypeVar("T")


class _Column(TypeDecorator[T]):
    """A type that is two functions; NULL passes by both."""

    impl: Any = LargeBinary
    cache_ok = True
    #: Into the database, and out of it again.
    ways: ClassVar[tuple[Callable[[Any], Any], Callable[[Any], Any]]]

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], Any]:
        """Into the database, in one step: this runs for every value of every mail."""
        write = self.ways[0]
        return lambda value: None if value is None else write(value)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        """Into the database."""
        return None if value is None else self.ways[0](value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """Out of the database."""
        return None if value is None else self.ways[1](value)


class PrivateText(_Column[str]):
    """A person's words or address, sealed."""

    cache_ok = True
    ways = (private.seal, private.unseal)


class PrivateBytes(_Column[bytes]):
    """Mail as bytes, sealed."""

    cache_ok = True
    ways = (private.seal_bytes, private.unseal_bytes)


class PrivateJSON(_Column[Any]):
    """A structure that holds a person's words, sealed."""

    cache_ok = True
    ways = (private.seal_json, private.unseal_json)


class CodesJSON(_Column[Any]):
    """A structure of codes and ids only, readable in the file."""

    impl = Text
    cache_ok = True
    ways = (json.dumps, json.loads)


class UTCDateTime(_Column[datetime]):
    """An instant, as microseconds since 1970; SQLite's own date types lose the zone.

    A naive datetime is refused with ValueError; what comes out is aware and UTC.
    """

    impl = Integer
    cache_ok = True
    ways = (instants.instant_to_int, instants.instant_from_int)


class Span(_Column[timedelta]):
    """A length of time, as microseconds."""

    impl = Integer
    cache_ok = True
    ways = (instants.span_to_int, instants.span_from_int)


class Day(_Column[date]):
    """A calendar day, as ISO text."""

    impl = Text
    cache_ok = True
    ways = (date.isoformat, date.fromisoformat)


class Flag(_Column[bool]):
    """Yes or no, as 1 or 0: strict tables know no boolean."""

    impl = Integer
    cache_ok = True
    ways = (int, bool)
