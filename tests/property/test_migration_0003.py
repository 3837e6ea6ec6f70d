"""A store of schema 0002, with whatever stands in it, loses nothing on the way to 0003."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.store import upgrade
from concierge.store.private import seal
from concierge.store.sqlite import SqliteStore

CASE = {
    "state": st.sampled_from(["open", "sending", "attention", "waiting"]),
    "urgency": st.sampled_from(["emergency", "high", "concern", "routine"]),
    "route": st.sampled_from(["crisis", "guide", "other"]),
    "language": st.sampled_from(["", "en", "zh-Hant", "zh"]),
    "country": st.sampled_from(["", "DE", "XK"]),
    "assigned_to": st.sampled_from(["", "Bo"]),
}
LEDGER = {
    "kind": st.sampled_from(["", "human", "bounce"]),
    "language": st.sampled_from(["", "da"]),
    "country": st.sampled_from(["", "DK"]),
    "urgency": st.sampled_from(["", "routine"]),
    "route": st.sampled_from(["", "guide"]),
    "attempts": st.integers(0, 5),
}
EVENTS = st.lists(st.sampled_from(["opened", "triaged", "merged", "noted"]), max_size=4)


@lru_cache
def of_before() -> Path:
    """A store as the program before made it."""
    path = Path(tempfile.mkdtemp(prefix="schema2")) / "old.db"
    with patch.object(upgrade, "HEAD", "0002"):
        upgrade.upgrade(path)
    return path


def insert(connection, into, values) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(
        f"INSERT INTO {into} ({', '.join(values)}) VALUES ({marks})", list(values.values())
    )


def rows(path, name):
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")]


def fill(path, cases, mails, events) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for number, each in enumerate(cases, 1):
            insert(connection, "cases", each | {
                "id": number, "version": number, "requester_address": seal("amina@example.org"),
                "requester_name": seal("Aminá"), "requester_index": "x", "subject": seal("Ну"),
                "opened_at": 1, "last_message_at": 2, "attention": seal(""),
                "flood_of": 1 if number > 1 else None,
            })  # fmt: skip
            for kind in events:
                insert(connection, "events", {
                    "case_id": number, "kind": kind, "at": 1, "actor": "desk", "data": "[]",
                    "words": b"",
                })  # fmt: skip
        for number, each in enumerate(mails, 1):
            insert(connection, "ledger", each | {
                "mailbox": "INBOX", "uidvalidity": 1, "uid": number, "state": "case",
                "fingerprint": str(number), "message_id": b"", "received_at": 1, "fetched_at": 1,
                "size": 1, "complete": 1, "cause": "", "case_id": 1 + number % len(cases),
                "settled": 0,
            })  # fmt: skip
        connection.commit()


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.fixed_dictionaries(CASE), min_size=1, max_size=4),
    st.lists(st.fixed_dictionaries(LEDGER), max_size=4),
    EVENTS,
)
def test_it_keeps_every_value_and_says_that_nobody_set_anything(cases, mails, events):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        shutil.copy(of_before(), path)
        fill(path, cases, mails, events)
        tables = ("cases", "ledger", "events")
        before = {name: rows(path, name) for name in tables}
        upgrade.upgrade(path)
        after = {name: rows(path, name) for name in tables}
        nothing = {"home": "", "language_by": "", "country_by": "", "home_by": ""}
        assert after["cases"] == [row | nothing for row in before["cases"]]
        assert after["ledger"] == [row | {"home": ""} for row in before["ledger"]]
        assert after["events"] == before["events"]
        with (
            closing(SqliteStore(path, index_key=b"k" * 16)) as store,
            store.begin() as tx,
        ):
            for number, each in enumerate(cases, 1):
                case = tx.cases.get(number)
                assert (case.country, case.home, case.country_by) == (each["country"], "", "")
                assert case.requester.address == "amina@example.org"
            # A number is never given twice, in the rebuilt table either.
            assert tx.cases.add(tx.cases.get(1)).id == len(cases) + 1
