"""What all tables share: names, strictness, and short ways to write a column or a rule.

Rows never leave ``store/``: a SQLModel table class validates nothing, so what is legal is said
in the schema to the database (checks, partial unique indices, foreign keys, strict types) and in
the domain to everybody else. A change of any table needs a migration; a test compares the two.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from concierge.store import columns as c

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
STRICT: dict[str, Any] = {"sqlite_strict": True}
#: With AUTOINCREMENT an id is never given twice, so that a signed reference to an erased case
#: can never name a later one.
NUMBERED = STRICT | {"sqlite_autoincrement": True}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """What all rows share: one register of tables with steady names."""


def one_of(column: str, values: type[StrEnum], *, or_empty: bool = False) -> CheckConstraint:
    """The column holds a value of this enum, or of the empty text."""
    allowed = ([""] if or_empty else []) + [str(value) for value in values]
    listed = ", ".join(f"'{value}'" for value in allowed)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def flags(*names: str) -> list[CheckConstraint]:
    """Each column holds 1 or 0."""
    return [CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_flag") for name in names]


def check(name: str, rule: str) -> CheckConstraint:
    """A rule over one row."""
    return CheckConstraint(rule, name=name)


def index(name: str, *names: str, where: str = "", unique: bool = False) -> Index:
    """An index, over the rows where the condition holds."""
    condition: dict[str, Any] = {"sqlite_where": text(where)} if where else {}
    return Index(name, *names, unique=unique, **condition)


def numbered() -> Any:
    """An id that is given by the database and never twice."""
    return Field(default=None, primary_key=True)


def text_field(**more: Any) -> Any:
    """Text that is no person's: codes, ids, folder and staff names."""
    return Field(sa_type=Text, **more)


def private(**more: Any) -> Any:
    """A person's words or address."""
    return Field(sa_type=c.PrivateText, **more)


def private_json() -> Any:
    """A structure that holds a person's words."""
    return Field(sa_type=c.PrivateJSON, nullable=False)


def instant() -> Any:
    """A UTC instant."""
    return Field(sa_type=c.UTCDateTime)


def flag() -> Any:
    """Yes or no."""
    return Field(sa_type=c.Flag)


def rules(*parts: CheckConstraint | Index | UniqueConstraint, **options: Any) -> Any:
    """What a table consists of beside its columns; numbered and strict unless told otherwise."""
    return (*parts, options or NUMBERED)


def table(row: type[Row]) -> Table:
    """The table behind a row class, for statements without the machinery of objects."""
    return Row.metadata.tables[str(row.__tablename__)]
