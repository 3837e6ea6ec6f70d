"""What the read-only views promise, on SQLite."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.values import (
    AMINA,
    DEE,
    HOUR,
    LABELS,
    NOW,
    a_case,
    a_clock,
    a_draft,
    a_mail,
    a_memory,
    a_reading,
    an_event,
    an_incoming,
    place_in_case,
)

from concierge.desk.ports.views import (
    ArrivalCount,
    CaseView,
    LedgerTotals,
    MailView,
    ParkedRow,
    QueueRow,
    ToldRow,
)
from concierge.domain.case import CaseState, Claim
from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import Labels, LedgerState
from concierge.domain.sla import ClockKind
from concierge.errors import UsageError
from concierge.store import view_queries as q
from concierge.store.sqlite import SqliteStore
from concierge.store.upgrade import upgrade
from concierge.store.views import SqliteViews


@pytest.fixture
def path(tmp_path):
    upgrade(tmp_path / "a desk? 100%.db")
    return tmp_path / "a desk? 100%.db"


@pytest.fixture
def store(path):
    with closing(SqliteStore(path, index_key=b"k" * 16)) as opened:
        yield opened


@pytest.fixture
def views(path):
    with closing(SqliteViews(path)) as opened:
        yield opened


def test_it_shows_the_queue(store, views):
    whole = a_case(
        claim=Claim("bo", NOW + HOUR),
        last_message_at=NOW + HOUR,
        resolved_at=NOW + 2 * HOUR,
        assigned_to="bo",
        attention="Look",
        state=CaseState.ATTENTION,
    )
    with store.begin() as tx:
        bare = tx.cases.add(a_case(requester=DEE))
        full = tx.cases.add(whole)
        tx.cases.add(a_case(state=CaseState.RESOLVED))
        tx.ledger.record([an_incoming(u) for u in (1, 2, 3)])
        for entry_id in (1, 2):
            place_in_case(tx, entry_id, full.id)
        tx.drafts.add(a_draft(full.id, state=DraftState.SUPERSEDED))
        draft = tx.drafts.add(a_draft(full.id))
        tx.clocks.add(a_clock(full.id, ClockKind.FIRST_RESPONSE, met_at=NOW, due_at=NOW + 4 * HOUR))
        tx.clocks.add(a_clock(full.id, ClockKind.RESOLUTION, due_at=NOW + 9 * HOUR))
        near = tx.clocks.add(a_clock(full.id, ClockKind.NEXT_RESPONSE, at_risk_told=True))
        stopped = a_clock(bare.id, paused_at=NOW, remaining=HOUR, due_at=NOW + 4 * HOUR)
        tx.clocks.add(stopped)
    found = sorted(views.queue([CaseState.OPEN, CaseState.ATTENTION]), key=lambda row: row.case.id)
    assert found == [
        QueueRow(case=bare, clock=None, draft_id=0, messages=0),
        QueueRow(case=full, clock=near, draft_id=draft.id, messages=2),
    ]
    assert views.case(full.id).case == full
    assert views.queue([]) == []


def test_it_shows_the_newest_message_of_cases_below_high(store, views):
    first, second, parked = ({"urgency": {"value": word}} for word in ("a", "b", "c"))
    with store.begin() as tx:
        case = tx.cases.add(a_case(urgency=Urgency.CONCERN))
        tx.cases.add(a_case(urgency=Urgency.ROUTINE))
        tx.ledger.record([an_incoming(u) for u in range(1, 6)])
        # The second came first; the third is a machine's.
        for entry_id, triage in ((2, second), (1, first), (3, parked)):
            state = LedgerState.MUTED if triage is parked else LedgerState.CASE
            tx.ledger.place(entry_id, state, LABELS, case_id=case.id)
            tx.ledger.keep_reading(a_reading(entry_id, triage=triage))
        for entry_id, changes in (
            (4, {"urgency": Urgency.HIGH}),
            (5, {"state": CaseState.RESOLVED}),
        ):
            place_in_case(tx, entry_id, tx.cases.add(a_case(**changes)).id)
    (found,) = views.below_high([CaseState.OPEN])
    assert found == ToldRow(QueueRow(case=case, clock=None, draft_id=0, messages=3), second)
    assert views.below_high([]) == []


@pytest.mark.parametrize("wanted", [q.QUEUE, q.BELOW_HIGH])
def test_it_looks_up_each_part_of_the_queue_by_index(views, wanted):
    query = wanted.format(states="?")
    plan = views._connection.execute(f"EXPLAIN QUERY PLAN {query}", ["open"]).fetchall()
    assert not [row for row in plan if "SCAN" in row[3] or "TEMP B-TREE" in row[3]]


def test_it_shows_everything_about_a_case(store, views):
    with store.begin() as tx:
        case = tx.cases.add(a_case())
        tx.ledger.record([an_incoming(1, received_at=NOW + HOUR), an_incoming(2)])
        for entry_id in (1, 2):
            place_in_case(tx, entry_id, case.id)
        old = tx.drafts.add(a_draft(case.id, state=DraftState.APPROVED))
        new = tx.drafts.add(a_draft(case.id, fallback_from="sw", edited=True))
        mail = tx.outbox.add(a_mail(case.id, old.id, last_reply="250 ok"))
        clock = tx.clocks.add(a_clock(case.id, paused_at=NOW, remaining=HOUR))
        tx.events.add(an_event(case.id))
    assert views.case(case.id) == CaseView(
        case=case,
        readings=(a_reading(2), a_reading(1)),
        drafts=(old, new),
        outbox=(mail,),
        clocks=(clock,),
        events=(an_event(case.id),),
    )
    assert views.draft(new.id) == new
    (listed,) = views.outbox([OutboxState.QUEUED, "sent"])
    assert listed == replace(mail, mail=b"")
    assert views.outbox(["sent"]) == []


def test_it_says_when_something_does_not_exist(views):
    with pytest.raises(UsageError, match="case 9"):
        views.case(9)
    with pytest.raises(UsageError, match="draft 9"):
        views.draft(9)


def test_it_shows_parked_mail_newest_first(store, views):
    with store.begin() as tx:
        case = tx.cases.add(a_case())
        tx.ledger.record([an_incoming(u) for u in (1, 2, 3)])
        tx.ledger.place(1, LedgerState.MUTED, Labels(kind="bulk"))
        tx.ledger.attempt_failed(2, "ValueError in mime.py:3")
        tx.ledger.place(2, LedgerState.QUARANTINED, LABELS, case_id=case.id)
        tx.ledger.keep_reading(a_reading(1))
    second, first = NOW + timedelta(seconds=2), NOW + timedelta(seconds=1)
    cause = "ValueError in mime.py:3"
    assert views.parked(9) == [
        ParkedRow(2, LedgerState.QUARANTINED, LABELS, None, second, case.id, cause),
        ParkedRow(1, LedgerState.MUTED, Labels(kind="bulk"), a_reading(1), first, 0, ""),
    ]
    assert len(views.parked(1)) == 1
    only = [row.entry_id for row in views.parked(9, LedgerState.QUARANTINED)]
    assert only == [row.entry_id for row in views.parked(9) if row.state == "quarantined"]
    assert 0 < len(only) < len(views.parked(9))


def test_it_shows_one_mail_as_it_came_and_as_it_was_read(store, views):
    with store.begin() as tx:
        tx.ledger.record([an_incoming(1)])
        tx.ledger.attempt_failed(1, "ValueError:read:3")
        tx.ledger.place(1, LedgerState.MUTED, LABELS)
        entry = tx.ledger.entry(1)
    assert views.mail(1) == MailView(entry, LABELS, None, an_incoming(1).raw, "ValueError:read:3")
    with store.begin() as tx:
        tx.ledger.keep_reading(a_reading(1))
    assert views.mail(1).reading == a_reading(1)
    with pytest.raises(UsageError, match="mail 9"):
        views.mail(9)


def test_it_counts_arrivals_by_labels_and_state(store, views):
    with store.begin() as tx:
        mails = [an_incoming(u, fetched_at=NOW + u * HOUR) for u in range(5)]
        tx.ledger.record(mails)
        for entry_id in (2, 3):
            tx.ledger.place(entry_id, LedgerState.MUTED, LABELS)
    assert sorted(views.arrivals(NOW + HOUR, NOW + 4 * HOUR), key=lambda c: c.state) == [
        ArrivalCount(LABELS, LedgerState.MUTED, 2),
        ArrivalCount(Labels(), LedgerState.STORED, 1),
    ]
    assert views.oldest_stored() == NOW


def test_it_shows_the_clocks_of_a_time(store, views):
    with store.begin() as tx:
        case = tx.cases.add(a_case())
        met = [tx.clocks.add(a_clock(case.id, met_at=NOW + hours * HOUR)) for hours in (0, 1, 2, 3)]
        unmet = tx.clocks.add(a_clock(case.id))
        later = NOW + 3 * HOUR
        tx.clocks.add(a_clock(case.id, ClockKind.RESOLUTION, started_at=later))
    found = views.clocks(NOW + HOUR, NOW + 3 * HOUR)
    assert sorted(found, key=lambda c: c.id) == [met[1], met[2], unmet]


def test_it_shows_events_of_a_time_without_their_words(store, views):
    with store.begin() as tx:
        case = tx.cases.add(a_case())
        for hours, kind in enumerate((EventKind.SENT, EventKind.SENT, EventKind.NOTED)):
            tx.events.add(an_event(case.id, kind, at=NOW + hours * HOUR))
    kinds = [EventKind.SENT, EventKind.NOTED]
    assert views.events(kinds, NOW + HOUR, NOW + 2 * HOUR) == [
        an_event(case.id, EventKind.SENT, at=NOW + HOUR, words="")
    ]
    assert views.events([], NOW, NOW + 9 * HOUR) == []


def test_it_adds_up_the_ledger_and_knows_the_last_beat(store, views):
    assert views.ledger_totals() == LedgerTotals((), ())
    assert views.oldest_stored() is views.last_beat("fetch") is None
    with store.begin() as tx:
        tx.ledger.record([an_incoming(1), an_incoming(2), an_incoming(3, fingerprint=f"{1:064x}")])
        tx.ledger.remember_folder(a_memory())
        tx.marks.beat("fetch", NOW, "ok")
    by_state = ((LedgerState.DUPLICATE, 1), (LedgerState.STORED, 2))
    assert views.ledger_totals() == LedgerTotals(by_state, (a_memory(),))
    assert views.last_beat("fetch") == (NOW, "ok")


def test_it_reads_while_a_worker_writes_and_sees_what_is_committed(store, views):
    with store.begin() as tx:
        tx.cases.add(a_case())
        assert views.queue([CaseState.OPEN]) == []
    (row,) = views.queue([CaseState.OPEN])
    assert row.case.requester == AMINA


def test_it_reads_when_nobody_else_has_the_database_open(path, store):
    with store.begin() as tx:
        tx.cases.add(a_case())
    store.close()
    with closing(SqliteViews(path)) as views:
        assert len(views.queue([CaseState.OPEN])) == 1
