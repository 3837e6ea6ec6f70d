"""What the store does when something goes wrong: races, locks, full disks, bogus rows."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from fakes.values import (
    AMINA,
    HOUR,
    NOW,
    a_case,
    a_clock,
    a_draft,
    a_mail,
    a_reading,
    an_event,
    an_incoming,
    place_in_case,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.message import Address
from concierge.errors import Refused, StoreUnavailable
from concierge.store.engine import Work
from concierge.store.sqlite import SqliteStore
from concierge.store.upgrade import upgrade

KEY = b"k" * 16
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.fixture
def path(tmp_path):
    upgrade(tmp_path / "desk.db")
    return tmp_path / "desk.db"


@pytest.fixture
def store(path):
    with closing(SqliteStore(path, index_key=KEY, busy_timeout=30)) as opened:
        yield opened


@pytest.fixture
def filled(store, path):
    """A database with one row of everything; the raw connection to it."""
    with store.begin() as tx:
        tx.ledger.record([an_incoming(1), an_incoming(2), an_incoming(3)])
        case = tx.cases.add(a_case())
        place_in_case(tx, 1, case.id)
        draft = tx.drafts.add(a_draft(case.id))
        tx.outbox.add(a_mail(case.id, draft.id))
        tx.clocks.add(a_clock(case.id))
        tx.events.add(an_event(case.id))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        connection.execute("PRAGMA foreign_keys=ON")
        yield connection


def in_parallel(work, count=4):
    """Run ``work(number)`` in threads that start together; their results in order."""
    gate = threading.Barrier(count)

    def run(number):
        gate.wait(30)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_it_gives_each_mail_to_one_worker_only(path, store):
    with store.begin() as tx:
        for number in range(40):
            case = tx.cases.add(a_case())
            draft = tx.drafts.add(a_draft(case.id))
            tx.outbox.add(a_mail(case.id, draft.id, message_id=f"<{number}@x>"))

    def claim_all(number):
        claimed = []
        with closing(SqliteStore(path, index_key=KEY)) as mine:
            while True:
                with mine.begin() as tx:
                    mail = tx.outbox.claim_next(NOW, f"w{number}", NOW + HOUR)
                if mail is None:
                    return claimed
                claimed.append(mail.id)

    everybody = [mail_id for claimed in in_parallel(claim_all) for mail_id in claimed]
    assert sorted(everybody) == list(range(1, 41))


def test_it_records_a_mail_once_whoever_fetches_it(path):
    batch = [an_incoming(uid) for uid in range(1, 31)]

    def fetch(_number):
        new = 0
        with closing(SqliteStore(path, index_key=KEY)) as mine:
            for start in range(0, 30, 5):
                with mine.begin() as tx:
                    new += tx.ledger.record(batch[start : start + 5])
        return new

    assert sum(in_parallel(fetch)) == 30


def test_it_places_a_mail_once_whoever_processes_it(path, store):
    with store.begin() as tx:
        tx.ledger.record([an_incoming(1)])

    def process(_number):
        with closing(SqliteStore(path, index_key=KEY)) as mine:
            try:
                with mine.begin() as tx:
                    place_in_case(tx, 1, tx.cases.add(a_case()).id)
            except Refused:
                return 0
            return 1

    assert sum(in_parallel(process)) == 1
    with store.begin() as tx:
        assert len(tx.cases.with_sender(AMINA.key)) == 1


def test_it_lets_one_of_two_approve(store):
    with store.begin() as tx:
        case = tx.cases.add(a_case())
        draft = tx.drafts.add(a_draft(case.id))

    def approve(_number):
        try:
            with store.begin() as tx:
                tx.drafts.save(replace(draft, state=DraftState.APPROVED), was=draft)
                tx.outbox.add(a_mail(case.id, draft.id))
        except Refused:
            return 0
        return 1

    assert sum(in_parallel(approve)) == 1


def test_it_says_that_another_process_holds_the_database(path):
    with (
        closing(SqliteStore(path, index_key=KEY, busy_timeout=0.01)) as mine,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"), mine.begin():
            pytest.fail("nothing may run without the lock")
        other.execute("ROLLBACK")
        with mine.begin() as tx:
            assert tx.cases.add(a_case()).id == 1


def test_it_undoes_everything_when_the_disk_is_full(store):
    with store.begin() as tx:
        tx.ledger.record([an_incoming(1)])

    def limit(connection, _record, *, pages=0):
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages or used + 8}")

    store.close()
    event.listen(store._engine, "connect", limit)
    with pytest.raises(StoreUnavailable, match="full"), store.begin() as tx:
        tx.marks.beat("before", NOW)
        tx.ledger.record([an_incoming(2, raw=b"x" * 500_000)])
    with pytest.raises(StoreUnavailable, match="full"), store.begin() as tx:
        with pytest.raises(StoreUnavailable, match="full"):
            tx.ledger.record([an_incoming(3, raw=b"x" * 500_000)])
        # SQLite may have rolled back by itself: alone, this would be committed at once.
        with pytest.raises(StoreUnavailable, match="failed before"):
            tx.marks.beat("after", NOW)
        tx.ledger.record([])
        raise StoreUnavailable("full")
    event.remove(store._engine, "connect", limit)
    store.close()
    with store.begin() as tx:
        assert tx.ledger.known_uids("INBOX", 7) == {1}
        assert tx.marks.last("before") is tx.marks.last("after") is None
        assert tx.ledger.record([an_incoming(2, raw=b"x" * 500_000)]) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'dee'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "UPDATE raw_mail SET raw = x'01'",
        "DELETE FROM raw_mail",
        "INSERT OR REPLACE INTO raw_mail SELECT * FROM raw_mail",
        "UPDATE outbox SET mail = x'01'",
        "UPDATE outbox SET recipient = x'01'",
        "UPDATE outbox SET approved_by = 'dee'",
        "UPDATE OR REPLACE outbox SET message_id_index = 'x'",
    ],
)
def test_it_never_forgets_what_is_append_only(filled, statement):
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never changes"):
        filled.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET state = 'bogus'",
        "UPDATE cases SET urgency = ''",
        "UPDATE cases SET route = 'elsewhere'",
        "UPDATE cases SET claim_staff = 'bo'",
        "UPDATE cases SET subject = NULL",
        "UPDATE cases SET subject = 'plain text'",
        "UPDATE cases SET opened_at = 'yesterday'",
        "UPDATE ledger SET state = 'bogus'",
        "UPDATE ledger SET state = 'duplicate' WHERE id = 2",
        "UPDATE ledger SET duplicate_of = 2 WHERE id = 3",
        "UPDATE ledger SET state = 'quarantined' WHERE id = 2",
        "UPDATE ledger SET case_id = NULL WHERE id = 1",
        "UPDATE ledger SET case_id = 99 WHERE id = 1",
        "UPDATE ledger SET kind = 'bogus'",
        "UPDATE ledger SET complete = 2",
        "UPDATE ledger SET attempts = -1",
        "UPDATE ledger SET uid = 1",
        "UPDATE ledger SET fingerprint = 'same'",
        "UPDATE drafts SET state = 'bogus'",
        "UPDATE drafts SET case_id = 99",
        "UPDATE outbox SET state = 'bogus'",
        "UPDATE outbox SET state = 'sent'",
        "UPDATE outbox SET state = 'in_data'",
        "UPDATE clocks SET kind = 'bogus'",
        "UPDATE clocks SET paused_at = 1",
        "UPDATE clocks SET at_risk_at = due_at + 1",
        "INSERT INTO events VALUES (9, 1, 'bogus', 1, 'bo', '[]', x'01')",
        "INSERT INTO events VALUES (9, 1, 'noted', 1, '', '[]', x'01')",
        "INSERT INTO events VALUES (9, 99, 'noted', 1, 'bo', '[]', x'01')",
        "INSERT INTO raw_mail VALUES (99, x'01')",
        "DELETE FROM cases",
    ],
)
def test_it_cannot_hold_a_row_that_makes_no_sense(filled, statement):
    with pytest.raises(sqlite3.IntegrityError):
        filled.execute(statement)


def test_it_never_gives_an_id_twice(store, path):
    with store.begin() as tx:
        tx.cases.add(a_case())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM cases")
        connection.commit()
    with store.begin() as tx:
        assert tx.cases.add(a_case()).id == 2


def test_it_keeps_a_persons_words_out_of_its_errors(store):
    secret = "Amina's secret"
    with pytest.raises(ValueError, match="time zone") as raised, store.begin() as tx:
        tx.cases.add(a_case(subject=secret, opened_at=NOW.replace(tzinfo=None)))
    assert secret not in str(raised.value)
    with pytest.raises(Refused) as refused, store.begin() as tx:
        case = tx.cases.add(a_case())
        for _ in range(2):
            tx.drafts.add(a_draft(case.id, text=secret))
    assert secret not in f"{refused.value}{refused.value.__cause__}"


def test_it_keeps_settings_that_survive_a_power_cut(store):
    with store.begin() as tx:
        work: Work = tx.cases._work
        found = {
            name: work.run(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_it_finds_a_busy_sender_by_index_alone(store):
    from concierge.store.cases import _WITH_SENDER

    with store.begin() as tx:
        sql = str(_WITH_SENDER.compile(compile_kwargs={"render_postcompile": True}))
        plan = tx.cases._work.run(
            text(f"EXPLAIN QUERY PLAN {sql}"), {"sender": "x", "most": 1}
        ).values
    assert not [row for row in plan if "SCAN" in row[3] or "TEMP B-TREE" in row[3]]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=ANY_TEXT, name=ANY_TEXT, ids=st.lists(ANY_TEXT, max_size=3), raw=st.binary())
def test_it_gives_back_any_words(store, words, name, ids, raw):
    person = Address(words, name)
    with store.begin() as tx:
        uid = len(tx.ledger.known_uids("INBOX", 7)) + 1
        tx.ledger.record([an_incoming(uid, raw=raw, message_id=words)])
        case = tx.cases.add(a_case(requester=person, subject=words, attention=name))
        reading = a_reading(
            uid, sender=person, text=words, references=tuple(ids), triage={words: ids}
        )
        place_in_case(tx, uid, case.id)
        tx.ledger.keep_reading(reading)
        draft = tx.drafts.add(a_draft(case.id, text=words, cautions=tuple(ids)))
        wanted = a_mail(case.id, draft.id, mail=raw, recipient=words, last_reply=name)
        mail = tx.outbox.add(wanted)
        line = an_event(case.id, data=tuple((i, i) for i in ids), words=words)
        tx.events.add(line)
    with store.begin() as tx:
        assert tx.ledger.raw(uid) == raw
        assert tx.ledger.entry(uid).message_id == words
        assert tx.cases.get(case.id) == case
        assert tx.ledger.readings(case.id) == (reading,)
        assert tx.drafts.get(draft.id) == draft
        assert tx.outbox.get(mail.id) == mail
        assert mail.state is OutboxState.QUEUED
        assert tx.events.of_case(case.id) == (line,)
        if person.key:
            assert case in tx.cases.with_sender(person.key, limit=999)
