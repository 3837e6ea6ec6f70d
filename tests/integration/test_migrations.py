"""The way to the newest schema: from nothing, from before, and never with a loss."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from fakes.values import a_case, an_event, an_incoming

from concierge.errors import StoreUnavailable, UsageError
from concierge.store import rows, upgrade, version
from concierge.store.engine import make_engine
from concierge.store.schema import all_tables, table
from concierge.store.schema_ledger import LedgerRow
from concierge.store.sqlite import SqliteStore
from concierge.store.triggers import TRIGGERS
from concierge.store.views import SqliteViews

KEY = b"k" * 16


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.db"


def statements(path) -> dict[str, str]:
    """What stands in a database, by name, without white space, the quotes that SQLite puts round
    the name of a rebuilt table, and Alembic's own table."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(path)) as connection:
        found = dict(connection.execute(query).fetchall())
    found.pop("alembic_version", None)
    return {name: "".join(sql.split()).replace('"', "") for name, sql in found.items()}


def test_it_makes_a_database_only_its_owner_reads(tmp_path):
    path = tmp_path / "new" / "desk.db"
    assert upgrade.upgrade(path) == [f"Made {path}, schema {upgrade.HEAD}."]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert upgrade.current(path) == upgrade.HEAD
    assert [p.name for p in path.parent.iterdir() if "before" in p.name] == []


def test_it_does_nothing_the_second_time(path):
    upgrade.upgrade(path)
    before = statements(path)
    assert upgrade.upgrade(path) == []
    assert statements(path) == before


def test_it_makes_what_the_models_say_to_the_letter(path, tmp_path):
    upgrade.upgrade(path)
    modelled = tmp_path / "modelled.db"
    modelled.touch()
    engine = make_engine(modelled, busy_timeout=1)
    with engine.begin() as connection:
        for each in all_tables():
            each.create(connection)
        for statement in TRIGGERS.values():
            connection.exec_driver_sql(statement)
    engine.dispose()
    assert statements(path) == statements(modelled)


def test_it_agrees_with_the_models_as_alembic_sees_them(path):
    upgrade.upgrade(path)
    engine = make_engine(path, busy_timeout=1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, table(LedgerRow).metadata) == []
    engine.dispose()


def test_it_knows_the_newest_migration():
    scripts = ScriptDirectory(str(upgrade._SCRIPTS))
    assert scripts.get_heads() == [version.HEAD]


def test_it_reads_every_column_as_the_schema_writes_it():
    for each in all_tables():
        for column in each.columns:
            ways = getattr(column.type, "ways", None)
            if each.name == "done_once" and column.name == "day":
                continue  # No view reads it.
            assert rows.DECODERS.get(column.name) == (ways and ways[1]), column


def test_it_backs_up_before_it_changes_anything_and_keeps_the_data(path):
    upgrade.upgrade(path)
    fill(path)
    # As if this program's newest migration had not run yet.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE witness (said TEXT)")
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(StoreUnavailable, match="already exists"):
        upgrade.upgrade(path)
    (saved,) = path.parent.glob("*.before-*")
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert statements(saved) == statements(path)
    assert upgrade.current(path) == ""
    with pytest.raises(StoreUnavailable):
        upgrade.upgrade(path)
    assert len(list(path.parent.glob("*.before-*"))) == 2
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [version.HEAD])
        connection.commit()
    with closing_store(path) as store, store.begin() as tx:
        assert tx.ledger.raw(1) == an_incoming(1).raw
        assert tx.events.of_case(1) == (an_event(1),)


def test_it_brings_along_what_the_first_schema_held(path, monkeypatch):
    monkeypatch.setattr(upgrade, "HEAD", "0001")
    upgrade.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        insert(connection, "cases", id=7, version=3, state="open", urgency="high", route="crisis",
               language="en", country="", requester_address=b"amina@example.org",
               requester_name=b"Amina", requester_index="x", subject=b"Help", opened_at=1,
               last_message_at=2, assigned_to="", attention=b"")  # fmt: skip
        insert(connection, "events", id=5, case_id=7, kind="opened", at=1, actor="desk",
               data="[]", words=b"")  # fmt: skip
        connection.commit()
    monkeypatch.undo()
    done = upgrade.upgrade(path)
    assert done[-1] == f"Brought {path} from schema 0001 to {upgrade.HEAD}."
    with closing(sqlite3.connect(path)) as connection:
        case = connection.execute("SELECT id, version, merged_into FROM cases").fetchall()
        assert case == [(7, 3, None)]
        new = connection.execute("SELECT home, language_by, country_by, home_by FROM cases")
        assert new.fetchall() == [("", "", "", "")]
        assert connection.execute("SELECT id, case_id FROM events").fetchall() == [(5, 7)]
        # An id is never given twice, in the rebuilt table either.
        counted = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
        assert dict(counted)["cases"] == 7
    assert upgrade.upgrade(path) == []


def insert(connection, into, **values) -> None:
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {into} ({', '.join(values)}) VALUES ({marks})"
    connection.execute(statement, list(values.values()))


def test_it_makes_lost_triggers_again(path, monkeypatch):
    upgrade.upgrade(path)
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER events_no_delete")
    upgrade._migrate(path)
    assert set(TRIGGERS) <= set(statements(path))


def test_it_undoes_an_upgrade_that_would_lose_a_reference(path):
    upgrade.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO case_senders VALUES ('x', 99)")
        connection.execute("DROP TRIGGER events_no_delete")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="case_senders"):
        upgrade._migrate(path)
    assert "events_no_delete" not in statements(path)


def test_it_refuses_a_newer_schema(path):
    upgrade.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="newer version"):
        upgrade.upgrade(path)
    for open_it in (lambda: SqliteStore(path, index_key=KEY), lambda: SqliteViews(path)):
        with pytest.raises(StoreUnavailable, match="concierge db upgrade"):
            open_it()


@pytest.mark.parametrize("content", [None, b"", b"this is no database at all" * 99])
def test_it_says_what_to_do_about_a_missing_or_damaged_database(path, content):
    if content is not None:
        path.write_bytes(content)
    remedy = "backup" if content else "concierge db upgrade"
    for open_it in (lambda: SqliteStore(path, index_key=KEY), lambda: SqliteViews(path)):
        with pytest.raises(StoreUnavailable, match=remedy):
            open_it()


def test_it_backs_up_one_instant_while_a_worker_writes(path, tmp_path):
    upgrade.upgrade(path)
    with closing_store(path) as store:
        started, stop = threading.Event(), threading.Event()

        def write():
            uid = 0
            while not stop.is_set():
                uid += 1
                with store.begin() as tx:
                    tx.ledger.record([an_incoming(uid, raw=b"x" * 20_000)])
                    tx.marks.beat("wrote", an_incoming(uid).received_at)
                started.set()

        worker = threading.Thread(target=write)
        worker.start()
        try:
            assert started.wait(30)
            target = upgrade.backup(path, tmp_path / "copy.db")
        finally:
            stop.set()
            worker.join(30)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing_store(target) as copy, copy.begin() as tx:
        last = max(tx.ledger.known_uids("INBOX", 7))
        assert tx.marks.last("wrote") == (an_incoming(last).received_at, "")
        assert len(tx.ledger.raw(last)) == 20_000


def test_it_never_overwrites_with_a_backup(path, tmp_path):
    upgrade.upgrade(path)
    target = tmp_path / "precious"
    target.write_text("precious")
    with pytest.raises(UsageError, match="exists already"):
        upgrade.backup(path, target)
    assert target.read_text() == "precious"


def test_it_leaves_no_half_of_a_backup(path, tmp_path):
    path.write_bytes(b"this is no database at all" * 99)
    with pytest.raises(StoreUnavailable):
        upgrade.backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def closing_store(path):
    return closing(SqliteStore(path, index_key=KEY))


def fill(path) -> None:
    with closing_store(path) as store, store.begin() as tx:
        tx.ledger.record([an_incoming(1)])
        case = tx.cases.add(a_case())
        tx.events.add(an_event(case.id))
