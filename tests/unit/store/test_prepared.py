"""Statements made ready once say the same as SQLAlchemy would."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, literal, or_, select, update

from concierge.store import schema
from concierge.store.prepared import prepared

_CLOCKS = schema.table(schema.ClockRow)
_MARKS = schema.table(schema.BeatRow)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_it_writes_values_as_the_columns_keep_them():
    given = {"name": "poll", "at": NOON, "detail": ""}
    ready = prepared(insert(_MARKS), given)
    assert ready.sql.count("?") == 3
    assert ready.values(given) == ["poll", int(NOON.timestamp() * 1_000_000), ""]


def test_it_names_a_value_as_often_as_the_statement_does():
    statement = select(_MARKS.c.name).where(
        or_(_MARKS.c.name == bindparam("wanted"), bindparam("wanted") == "")
    )
    assert prepared(statement, {"wanted": "x"}).values({"wanted": "x"}) == ["x", "x", ""]


def test_it_keeps_values_the_statement_brings_itself():
    statement = update(_MARKS).where(_MARKS.c.name == bindparam("wanted")).values(detail="stopped")
    assert prepared(statement, {"wanted": "x"}).values({"wanted": "x"}) == ["stopped", "x"]


def test_it_writes_nothing_as_null():
    given = {"met_at": None, "was": 1}
    statement = update(_CLOCKS).where(_CLOCKS.c.id == bindparam("was"))
    assert prepared(statement, given).values(given) == [None, 1]


def test_it_tells_updates_of_other_columns_apart():
    statement = update(_MARKS).where(_MARKS.c.name == bindparam("wanted"))
    both = prepared(statement, {"detail": "", "at": NOON, "wanted": "x"}).sql
    assert "detail" not in prepared(statement, {"at": NOON, "wanted": "x"}).sql
    assert "detail" in both


def test_it_refuses_a_list_of_values():
    wanted = bindparam("wanted", expanding=True)
    with pytest.raises(ValueError, match="look_up"):
        prepared(select(literal(1)).where(_MARKS.c.name.in_(wanted)), {"wanted": ["a"]})
