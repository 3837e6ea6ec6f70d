"""One suite for both stores: what the port promises, on SQLite and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from fakes.store import FakeStore
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

from concierge.domain.case import CaseState, Claim
from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.likeness import Likeness
from concierge.domain.message import Address
from concierge.domain.sla import ClockKind
from concierge.errors import Refused, UsageError

#: The fingerprint of mail 1.
SAME = f"{1:064x}"


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    if request.param == "memory":
        yield FakeStore()
        return
    from concierge.store.sqlite import SqliteStore
    from concierge.store.upgrade import upgrade

    path = tmp_path / "desk.db"
    upgrade(path)
    opened = SqliteStore(path, index_key=b"k" * 16)
    yield opened
    opened.close()


@pytest.fixture
def tx(store):
    with store.begin() as transaction:
        yield transaction


@pytest.fixture
def case(tx):
    return tx.cases.add(a_case())


@pytest.fixture
def draft(tx, case):
    return tx.drafts.add(a_draft(case.id))


@pytest.fixture
def mail(tx, case, draft):
    return tx.outbox.add(a_mail(case.id, draft.id))


class TestTransactions:
    def test_it_keeps_what_was_done_when_the_block_ends_well(self, store):
        with store.begin() as tx:
            case = tx.cases.add(a_case())
        with store.begin() as tx:
            assert tx.cases.get(case.id) == case

    def test_it_undoes_everything_when_the_block_raises(self, store):
        with pytest.raises(KeyError), store.begin() as tx:
            tx.ledger.record([an_incoming()])
            tx.cases.add(a_case())
            raise KeyError
        with store.begin() as tx:
            assert tx.ledger.unprocessed(9) == ()
            with pytest.raises(UsageError):
                tx.cases.get(1)

    def test_it_goes_on_after_a_refusal_inside_the_block(self, store):
        with store.begin() as tx:
            case = tx.cases.add(a_case())
            draft = tx.drafts.add(a_draft(case.id))
            with pytest.raises(Refused):
                tx.drafts.add(a_draft(case.id))
        with store.begin() as tx:
            assert tx.drafts.open_of(case.id) == draft


class TestLedger:
    def test_it_records_a_mail_as_it_came(self, tx):
        mail = an_incoming(3)
        assert tx.ledger.record([mail]) == 1
        (entry,) = tx.ledger.unprocessed(9)
        assert tx.ledger.raw(entry.id) == mail.raw
        assert tx.ledger.entry(entry.id) == entry
        for name in ("mailbox", "uidvalidity", "uid", "message_id", "received_at", "size"):
            assert getattr(entry, name) == getattr(mail, name)
        assert (entry.state, entry.attempts, entry.complete) == (LedgerState.STORED, 0, True)

    def test_it_leaves_a_known_uid_alone(self, tx):
        tx.ledger.record([an_incoming(1)])
        again = an_incoming(1, raw=b"other", fingerprint="f" * 64)
        assert tx.ledger.record([again, an_incoming(2), an_incoming(2, raw=b"twice")]) == 1
        assert tx.ledger.known_uids("INBOX", 7) == {1, 2}
        assert tx.ledger.raw(1) == an_incoming(1).raw
        assert tx.ledger.raw(2) == an_incoming(2).raw

    def test_it_knows_uids_by_folder_and_uidvalidity(self, tx):
        mails = [
            an_incoming(1),
            an_incoming(1, uidvalidity=8, fingerprint="a" * 64),
            an_incoming(2, mailbox="Spam"),
        ]
        assert tx.ledger.record(mails) == 3
        assert tx.ledger.known_uids("INBOX", 7) == {1}
        assert tx.ledger.known_uids("INBOX", 8) == {1}
        assert tx.ledger.known_uids("Spam", 7) == {2}
        assert tx.ledger.known_uids("Spam", 8) == frozenset()

    def test_it_knows_uids_from_one_on(self, tx):
        mails = [an_incoming(uid, fingerprint=str(uid) * 64) for uid in (1, 2, 3)]
        assert tx.ledger.record(mails) == 3
        assert tx.ledger.known_uids("INBOX", 7, since=2) == {2, 3}

    @pytest.mark.parametrize("together", [True, False])
    def test_it_points_a_redelivered_mail_at_the_first(self, tx, together):
        mails = [an_incoming(1), *(an_incoming(u, fingerprint=SAME) for u in (2, 3))]
        batches = [mails] if together else [[mail] for mail in mails]
        assert sum(tx.ledger.record(batch) for batch in batches) == 3
        assert [tx.ledger.entry(i).duplicate_of for i in (1, 2, 3)] == [0, 1, 1]
        assert tx.ledger.entry(2).state is LedgerState.DUPLICATE
        assert [entry.id for entry in tx.ledger.unprocessed(9)] == [1]
        assert tx.ledger.raw(2) == mails[1].raw

    @pytest.mark.parametrize("together", [True, False])
    def test_it_flags_a_known_message_id_with_other_bytes(self, tx, together):
        mails = [an_incoming(u, message_id="<same@x>") for u in (1, 2, 3)]
        for batch in [mails] if together else [[mail] for mail in mails]:
            tx.ledger.record(batch)
        assert [tx.ledger.entry(i).same_id_as for i in (1, 2, 3)] == [0, 1, 1]
        assert all(e.state is LedgerState.STORED for e in tx.ledger.unprocessed(9))

    def test_it_does_not_match_mails_without_a_message_id(self, tx):
        tx.ledger.record([an_incoming(u, message_id="") for u in (1, 2)])
        assert tx.ledger.entry(2).same_id_as == 0

    def test_it_gives_the_oldest_unprocessed_first(self, tx):
        tx.ledger.record([an_incoming(u) for u in (5, 4, 3)])
        assert [e.uid for e in tx.ledger.unprocessed(2)] == [5, 4]

    def test_it_gives_new_mail_before_mail_that_keeps_failing(self, tx):
        tx.ledger.record([an_incoming(u) for u in (5, 4, 3)])
        tx.ledger.attempt_failed(1, "ValueError in mime.py:3")
        assert [e.uid for e in tx.ledger.unprocessed(2)] == [4, 3]

    def test_it_counts_failed_attempts(self, tx):
        tx.ledger.record([an_incoming()])
        assert [tx.ledger.attempt_failed(1, "ValueError in mime.py:3") for _ in "ab"] == [1, 2]
        assert tx.ledger.entry(1).attempts == 2

    def test_it_places_a_stored_row_once(self, tx, case):
        tx.ledger.record([an_incoming()])
        tx.ledger.place(1, LedgerState.CASE, LABELS, case_id=case.id)
        with pytest.raises(Refused):
            tx.ledger.place(1, LedgerState.MUTED, LABELS)
        entry = tx.ledger.entry(1)
        assert (entry.state, entry.case_id) == (LedgerState.CASE, case.id)
        assert tx.ledger.unprocessed(9) == ()

    @pytest.mark.parametrize(
        "state", [LedgerState.CASE, LedgerState.QUARANTINED, LedgerState.DUPLICATE]
    )
    def test_it_refuses_a_row_that_makes_no_sense(self, tx, state):
        tx.ledger.record([an_incoming()])
        with pytest.raises(Refused):
            tx.ledger.place(1, state, LABELS)

    def test_it_says_when_a_row_does_not_exist(self, tx):
        tx.ledger.record([an_incoming()])
        for ask in (
            lambda: tx.ledger.entry(9),
            lambda: tx.ledger.raw(9),
            lambda: tx.ledger.attempt_failed(9, "x"),
            lambda: tx.ledger.place(9, LedgerState.MUTED, LABELS),
            lambda: tx.ledger.place(1, LedgerState.CASE, LABELS, case_id=9),
            lambda: tx.ledger.keep_reading(a_reading(9)),
        ):
            with pytest.raises(UsageError):
                ask()

    def test_it_gives_the_readings_of_a_case_in_order_of_arrival(self, tx, case):
        later = [an_incoming(1, received_at=NOW + HOUR), an_incoming(2, received_at=NOW)]
        tx.ledger.record(later)
        for entry_id in (1, 2):
            place_in_case(tx, entry_id, case.id)
        assert tx.ledger.readings(case.id) == (a_reading(2), a_reading(1))

    def test_it_keeps_one_reading_a_row_the_last(self, tx, case):
        tx.ledger.record([an_incoming()])
        place_in_case(tx, 1, case.id)
        for again in (a_reading(1, text="new"), a_reading(1, sender=None, received_at=None)):
            tx.ledger.keep_reading(again)
            assert tx.ledger.readings(case.id) == (again,)
        tx.ledger.keep_reading(a_reading(1, sender=DEE))
        assert [c.id for c in tx.cases.with_sender(DEE.key)] == [case.id]

    def test_it_remembers_what_is_settled_on_the_server(self, tx, case):
        tx.ledger.record([an_incoming(u) for u in (1, 2, 3)])
        tx.ledger.record([an_incoming(4, fingerprint=SAME), an_incoming(5, mailbox="Spam")])
        for entry_id in (1, 2, 5):
            tx.ledger.place(entry_id, LedgerState.MUTED, LABELS)
        assert [e.id for e in tx.ledger.unsettled("INBOX", 7, 9)] == [1, 2, 4]
        tx.ledger.mark_settled([1])
        tx.ledger.mark_settled([])
        assert [e.id for e in tx.ledger.unsettled("INBOX", 7, 1)] == [2]

    def test_it_remembers_folders(self, tx):
        assert tx.ledger.folder("INBOX") is None
        for memory in (a_memory(), a_memory(uidvalidity=8, unfetched=0, looked_at=NOW + HOUR)):
            tx.ledger.remember_folder(memory)
            assert tx.ledger.folder("INBOX") == memory


class TestCases:
    def test_it_gives_back_every_field(self, tx):
        whole = a_case(
            claim=Claim("bo", NOW + HOUR),
            assigned_to="bo",
            attention="Returned by the server",
            resolved_at=NOW,
            requester=Address("AMINA@example.org", 'Amina "A" \ud83d'),
        )
        kept = tx.cases.add(whole)
        assert kept == replace(whole, id=kept.id) == tx.cases.get(kept.id)

    def test_it_gives_instants_in_utc(self, tx):
        there = timezone(timedelta(hours=5, minutes=30))
        kept = tx.cases.add(a_case(opened_at=NOW.astimezone(there)))
        assert tx.cases.get(kept.id).opened_at.isoformat() == NOW.isoformat()

    def test_it_refuses_a_naive_instant(self, store):
        with pytest.raises(Exception, match="time zone"), store.begin() as tx:
            tx.cases.add(a_case(opened_at=datetime(2026, 1, 1)))  # noqa: DTZ001

    def test_it_replaces_what_it_was(self, tx, case):
        now = replace(case, version=2, state=CaseState.WAITING, requester=DEE)
        tx.cases.save(now, was=case)
        assert tx.cases.get(case.id) == now

    @pytest.mark.parametrize("moved", [{"version": 2}, {"state": CaseState.SENDING}])
    def test_it_refuses_to_replace_what_moved_on(self, tx, case, moved):
        tx.cases.save(replace(case, **moved), was=case)
        with pytest.raises(Refused):
            tx.cases.save(replace(case, subject="late"), was=case)
        assert tx.cases.get(case.id) == replace(case, **moved)

    def test_it_says_when_a_case_does_not_exist(self, tx):
        with pytest.raises(UsageError):
            tx.cases.save(a_case(id=9), was=a_case(id=9))

    def test_it_finds_the_cases_a_sender_is_in_newest_first(self, tx, case):
        second = tx.cases.add(a_case(requester=DEE))
        third = tx.cases.add(a_case())
        tx.cases.add(a_case(requester=DEE))
        tx.ledger.record([an_incoming(u) for u in (1, 2)])
        place_in_case(tx, 1, second.id)
        tx.ledger.keep_reading(a_reading(2))
        tx.ledger.place(2, LedgerState.CASE, LABELS, case_id=second.id)
        found = tx.cases.with_sender(AMINA.key)
        assert [c.id for c in found] == [third.id, second.id, case.id]
        assert tx.cases.with_sender(AMINA.key, limit=1) == (third,)
        assert tx.cases.with_sender("nobody@example.org") == ()

    def test_it_finds_a_case_by_its_new_requester(self, tx, case):
        tx.cases.save(replace(case, requester=DEE), was=case)
        assert [c.id for c in tx.cases.with_sender(DEE.key)] == [case.id]

    def test_it_never_joins_mails_without_an_address(self, tx):
        tx.cases.add(a_case(requester=Address("")))
        assert tx.cases.with_sender("") == ()


class TestDrafts:
    def test_it_keeps_one_proposed_draft_a_case(self, tx, case, draft):
        assert tx.drafts.get(draft.id) == draft == tx.drafts.open_of(case.id)
        with pytest.raises(Refused, match="still proposed"):
            tx.drafts.add(a_draft(case.id))
        tx.drafts.save(replace(draft, state=DraftState.SUPERSEDED), was=draft)
        assert tx.drafts.open_of(case.id) is None
        newer = tx.drafts.add(a_draft(case.id, case_version=2))
        assert tx.drafts.open_of(case.id) == newer

    @pytest.mark.parametrize("moved", [{"revision": 2}, {"state": DraftState.REJECTED}])
    def test_it_refuses_to_replace_what_was_changed(self, tx, draft, moved):
        tx.drafts.save(replace(draft, **moved), was=draft)
        with pytest.raises(Refused):
            tx.drafts.save(replace(draft, text="late"), was=draft)

    def test_it_says_when_something_does_not_exist(self, tx):
        with pytest.raises(UsageError):
            tx.drafts.get(9)
        with pytest.raises(UsageError):
            tx.drafts.add(a_draft(9))


class TestOutbox:
    def test_it_gives_back_every_field(self, tx, mail):
        assert tx.outbox.get(mail.id) == mail
        assert tx.outbox.of_case(mail.case_id) == (mail,)
        assert tx.outbox.by_message_id(f" {mail.message_id}") == mail
        assert tx.outbox.by_message_id("<other@x>") is None

    def test_it_refuses_a_second_mail_of_a_draft(self, tx, mail):
        again = a_mail(mail.case_id, mail.approval.draft_id, message_id="<other@x>")
        with pytest.raises(Refused):
            tx.outbox.add(again)

    def test_it_refuses_a_message_id_twice(self, tx, mail):
        other = tx.drafts.add(a_draft(mail.case_id, state=DraftState.APPROVED))
        with pytest.raises(Refused):
            tx.outbox.add(a_mail(mail.case_id, other.id, message_id=mail.message_id))

    def test_it_claims_the_mail_approved_first_of_those_due(self, tx, case):
        for due in (NOW + HOUR, NOW, NOW - HOUR):
            draft = tx.drafts.add(a_draft(case.id, state=DraftState.APPROVED))
            tx.outbox.add(a_mail(case.id, draft.id, due_at=due))
        claimed = [tx.outbox.claim_next(NOW, "w", NOW + HOUR) for _ in range(3)]
        assert [m and m.id for m in claimed] == [2, 3, None]
        first = claimed[0]
        assert (first.state, first.claimed_by) == (OutboxState.CLAIMED, "w")
        assert first.claim_expires_at == NOW + HOUR
        assert tx.outbox.get(2) == first

    def test_it_refuses_another_state_or_holder(self, tx, mail):
        held = tx.outbox.claim_next(NOW, "w", NOW + HOUR)
        with pytest.raises(Refused):
            tx.outbox.save(mail, was=OutboxState.QUEUED)
        other = replace(held, state=OutboxState.IN_DATA, claimed_by="v")
        with pytest.raises(Refused):
            tx.outbox.save(other, was=OutboxState.CLAIMED)
        tx.outbox.save(replace(held, state=OutboxState.IN_DATA), was=OutboxState.CLAIMED)
        assert tx.outbox.get(mail.id).state is OutboxState.IN_DATA

    def test_it_lets_a_mail_go(self, tx, mail):
        held = tx.outbox.claim_next(NOW, "w", NOW + HOUR)
        queued = replace(held, state=OutboxState.QUEUED, claimed_by="", claim_expires_at=None)
        tx.outbox.save(queued, was=OutboxState.CLAIMED)
        assert tx.outbox.get(mail.id) == mail

    def test_it_never_changes_what_was_approved(self, tx, mail):
        changed = replace(
            mail, mail=b"other", recipient="dee@x", sender="x", message_id="<x>", attempts=1
        )
        tx.outbox.save(changed, was=OutboxState.QUEUED)
        assert tx.outbox.get(mail.id) == replace(mail, attempts=1)

    @pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.IN_DATA])
    def test_it_refuses_a_row_that_makes_no_sense(self, tx, mail, state):
        with pytest.raises(Refused):
            tx.outbox.save(replace(mail, state=state), was=OutboxState.QUEUED)

    def test_it_finds_abandoned_mail(self, tx, mail):
        assert tx.outbox.abandoned(NOW, not_by="v") == ()
        held = tx.outbox.claim_next(NOW, "w", NOW + HOUR)
        assert tx.outbox.abandoned(NOW) == ()
        assert tx.outbox.abandoned(NOW, not_by="w") == ()
        assert tx.outbox.abandoned(NOW, not_by="v") == (held,)
        assert tx.outbox.abandoned(NOW + HOUR) == (held,)

    def test_it_finds_the_copies_to_be_made_even_of_bounced_mail(self, tx, mail):
        pending = replace(mail, copy_pending=True)
        tx.outbox.save(pending, was=OutboxState.QUEUED)
        assert tx.outbox.copies_pending(9) == ()
        bounced = replace(pending, state=OutboxState.BOUNCED, sent_at=NOW)
        tx.outbox.save(bounced, was=OutboxState.QUEUED)
        assert tx.outbox.copies_pending(9) == (bounced,)


class TestClocks:
    def test_it_gives_back_every_field(self, tx, case):
        whole = a_clock(case.id, paused_at=NOW, remaining=timedelta(seconds=1, microseconds=7))
        kept = tx.clocks.add(whole)
        met = replace(kept, met_at=NOW, at_risk_told=True, breach_told=True)
        assert tx.clocks.of_case(case.id) == (kept,)
        tx.clocks.save(met)
        assert tx.clocks.of_case(case.id) == (met,)

    def test_it_keeps_one_unmet_clock_of_a_kind(self, tx, case):
        first = tx.clocks.add(a_clock(case.id, ClockKind.NEXT_RESPONSE))
        tx.clocks.add(a_clock(case.id, ClockKind.RESOLUTION))
        with pytest.raises(Refused):
            tx.clocks.add(a_clock(case.id, ClockKind.NEXT_RESPONSE))
        tx.clocks.save(replace(first, met_at=NOW))
        tx.clocks.add(a_clock(case.id, ClockKind.NEXT_RESPONSE))

    def test_it_finds_what_is_to_be_told(self, tx, case):
        soon = tx.clocks.add(a_clock(case.id, due_at=NOW + 4 * HOUR))
        late = tx.clocks.add(a_clock(case.id, ClockKind.RESOLUTION, urgency=Urgency.HIGH))
        assert tx.clocks.untold(NOW + 3 * HOUR, 9) == ()
        assert tx.clocks.untold(NOW + 4 * HOUR, 9) == (soon, late)
        assert tx.clocks.untold(NOW + 4 * HOUR, 1) == (soon,)
        told = replace(late, at_risk_told=True)
        tx.clocks.save(told)
        tx.clocks.save(replace(soon, breach_told=True))
        assert tx.clocks.untold(NOW + 4 * HOUR, 9) == ()
        assert tx.clocks.untold(NOW + 5 * HOUR, 9) == (told,)

    @pytest.mark.parametrize(
        "stopped", [{"met_at": NOW}, {"paused_at": NOW, "remaining": timedelta(0)}]
    )
    def test_it_tells_nothing_of_a_clock_that_stands(self, tx, case, stopped):
        tx.clocks.add(a_clock(case.id, **stopped))
        assert tx.clocks.untold(NOW + 9 * HOUR, 9) == ()

    def test_it_says_when_something_does_not_exist(self, tx, case):
        with pytest.raises(UsageError):
            tx.clocks.save(a_clock(case.id, id=9))
        with pytest.raises(UsageError):
            tx.clocks.add(a_clock(9))


class TestEventsAndMarks:
    def test_it_keeps_the_history_in_order(self, tx, case):
        lines = [an_event(case.id), an_event(case.id, EventKind.NOTED, data=(), words="")]
        for line in lines:
            tx.events.add(line)
        assert tx.events.of_case(case.id) == tuple(lines)
        assert tx.events.of_case(9) == ()

    def test_it_knows_the_last_beat(self, tx):
        assert tx.marks.last("fetch") is None
        tx.marks.beat("fetch", NOW)
        tx.marks.beat("fetch", NOW + HOUR, "ok")
        assert tx.marks.last("fetch") == (NOW + HOUR, "ok")

    def test_it_says_once_once(self, store):
        answers = []
        for kind, day in (
            ("report", NOW),
            ("report", NOW),
            ("digest", NOW),
            ("report", NOW + 24 * HOUR),
        ):
            with store.begin() as tx:
                answers.append(tx.marks.once(kind, day.date(), NOW))
        assert answers == [True, False, True, True]


def written(tx, case_id, uid=1, **changes) -> None:
    """A mail that arrived, was read and stands in a case."""
    tx.ledger.record([an_incoming(uid)])
    tx.ledger.place(uid, LedgerState.CASE, LABELS, case_id=case_id)
    tx.ledger.keep_reading(a_reading(uid, **changes))


class TestMovingMail:
    @pytest.fixture
    def other(self, tx):
        return tx.cases.add(a_case(requester=DEE))

    def test_it_takes_its_reading_and_its_sender_along(self, tx, case, other):
        written(tx, case.id, sender=Address("carla@example.org", "Carla"))
        entry = tx.ledger.entry(1)
        tx.ledger.move(entry, LedgerState.CASE, LABELS, case_id=other.id)
        assert tx.ledger.entries(case.id) == ()
        assert [e.id for e in tx.ledger.entries(other.id)] == [1]
        assert [r.entry_id for r in tx.ledger.readings(other.id)] == [1]
        assert tx.cases.with_sender("carla@example.org") == (other,)

    def test_it_leaves_a_sender_known_who_wrote_there_before(self, tx, case, other):
        written(tx, case.id, sender=DEE)
        written(tx, case.id, uid=2, sender=DEE)
        tx.ledger.move(tx.ledger.entry(1), LedgerState.CASE, LABELS, case_id=other.id)
        assert case in tx.cases.with_sender(DEE.key)

    def test_it_leaves_the_requester_known(self, tx, case, other):
        written(tx, case.id)
        tx.ledger.move(tx.ledger.entry(1), LedgerState.CASE, LABELS, case_id=other.id)
        assert {c.id for c in tx.cases.with_sender(AMINA.key)} == {case.id, other.id}

    def test_it_is_refused_when_the_mail_moved_meanwhile(self, tx, case, other):
        written(tx, case.id)
        entry = tx.ledger.entry(1)
        tx.ledger.move(entry, LedgerState.CASE, LABELS, case_id=other.id)
        with pytest.raises(Refused):
            tx.ledger.move(entry, LedgerState.CASE, LABELS, case_id=case.id)

    def test_it_is_refused_to_and_from_stored(self, tx, case):
        tx.ledger.record([an_incoming(1)])
        with pytest.raises(Refused):
            tx.ledger.move(tx.ledger.entry(1), LedgerState.CASE, LABELS, case_id=case.id)
        tx.ledger.place(1, LedgerState.MUTED, LABELS)
        with pytest.raises(Refused):
            tx.ledger.move(tx.ledger.entry(1), LedgerState.STORED, LABELS, case_id=0)

    def test_it_brings_parked_mail_into_a_case_and_back(self, tx, case):
        tx.ledger.record([an_incoming(1)])
        tx.ledger.place(1, LedgerState.MUTED, LABELS)
        tx.ledger.move(tx.ledger.entry(1), LedgerState.CASE, LABELS, case_id=case.id)
        tx.ledger.move(tx.ledger.entry(1), LedgerState.MUTED, LABELS, case_id=0)
        assert tx.ledger.entry(1).state is LedgerState.MUTED
        assert tx.ledger.labels(1) == LABELS

    def test_it_forgets_a_requester_who_never_wrote(self, tx, case):
        tx.cases.save(replace(case, requester=DEE), was=case)
        assert tx.cases.with_sender(AMINA.key) == ()

    def test_it_knows_the_reading_of_one_mail(self, tx, case):
        tx.ledger.record([an_incoming(1)])
        assert tx.ledger.reading(1) is None
        tx.ledger.keep_reading(a_reading(1))
        assert tx.ledger.reading(1) == a_reading(1)


class TestLinks:
    def test_it_links_in_either_order_and_once(self, tx, case):
        other = tx.cases.add(a_case())
        assert tx.links.add(other.id, case.id, NOW) is True
        assert tx.links.add(case.id, other.id, NOW) is False
        assert tx.links.of_case(case.id) == (other.id,)
        assert tx.links.of_case(other.id) == (case.id,)

    def test_it_parts_them_again(self, tx, case):
        other = tx.cases.add(a_case())
        tx.links.add(case.id, other.id, NOW)
        assert tx.links.remove(other.id, case.id) is True
        assert tx.links.remove(other.id, case.id) is False
        assert tx.links.of_case(case.id) == ()

    def test_it_links_no_case_to_itself(self, tx, case):
        with pytest.raises(Refused):
            tx.links.add(case.id, case.id, NOW)


class TestLikenesses:
    def keep(self, tx, case, uid, domain="a.example", shape="help", at=NOW):
        tx.ledger.record([an_incoming(uid)])
        likeness = Likeness(uid, case.id, case.id, domain, shape, -(2**63) + uid, at)
        tx.likenesses.keep(likeness)
        return replace(likeness, domain="", shape="")

    def test_it_finds_by_domain_or_shape_newest_first(self, tx, case):
        first = self.keep(tx, case, 1)
        second = self.keep(tx, case, 2, shape="other", at=NOW + HOUR)
        third = self.keep(tx, case, 3, domain="b.example", at=NOW + HOUR * 2)
        self.keep(tx, case, 4, domain="c.example", shape="else")
        found = tx.likenesses.recent("a.example", "help", NOW, 10)
        assert found == (third, second, first)
        assert tx.likenesses.recent("a.example", "help", NOW, 1) == (third,)
        assert tx.likenesses.recent("a.example", "help", NOW + HOUR, 9) == (third, second)

    def test_it_forgets_what_is_old(self, tx, case):
        self.keep(tx, case, 1)
        kept = self.keep(tx, case, 2, at=NOW + HOUR)
        tx.likenesses.forget(NOW + HOUR)
        assert tx.likenesses.recent("a.example", "help", NOW, 10) == (kept,)


class TestCountingEvents:
    def test_it_counts_one_kind_from_an_instant_on(self, tx, case):
        for hours in range(3):
            tx.events.add(replace(an_event(case.id), kind=EventKind.DRAFTED, at=NOW + HOUR * hours))
        tx.events.add(replace(an_event(case.id), kind=EventKind.NOTED, at=NOW + HOUR))
        assert tx.events.count(EventKind.DRAFTED, NOW + HOUR) == 2
