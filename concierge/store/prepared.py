"""Statements made ready once: their SQL, and how each value is written for it.

SQLAlchemy says what a statement means and what each column keeps; carrying it out through its
Connection costs three times what SQLite itself needs, a dozen times for every mail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="qmark")


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL with a question mark for every value, and the values' names in that order."""

    sql: str
    #: Name, what it is when the caller does not give it, and how it is written; None: as it is.
    binds: tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in order, as SQLite keeps them."""
        return [
            write(given.get(name, usual)) if write else given.get(name, usual)
            for name, usual, write in self.binds
        ]


def prepared(statement: ClauseElement, given: Mapping[str, Any] | None) -> Prepared:
    """The statement made ready for values of these names; kept, since a program has few.

    Raises ValueError for one that asks for a list of values: its SQL is another each time.
    """
    return _prepared(statement, tuple(given or ()))


# The statements of this package are constants, about sixty.
@lru_cache(maxsize=256)
def _prepared(statement: ClauseElement, names: tuple[str, ...]) -> Prepared:
    compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(names))
    if "POSTCOMPILE" in str(compiled):
        raise ValueError("a statement with a list of values goes through Work.look_up")
    binds = ((name, compiled.binds[name]) for name in compiled.positiontup or ())
    return Prepared(
        str(compiled),
        tuple(
            (name, bind.effective_value, bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
            for name, bind in binds
        ),
    )
