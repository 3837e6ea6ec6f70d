"""Every mail becomes one ledger row, whatever the server does, and only then is it moved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.mailbox import FakeMailbox
from support.desk_fixtures import NOW, Desk, letter

from concierge.desk.intake import BATCH_ROWS, COMPARE_EVERY, Intake, Settling
from concierge.domain.ledger import LedgerState
from concierge.errors import MailboxUnavailable, StoreUnavailable


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def box() -> FakeMailbox:
    return FakeMailbox()


@pytest.fixture
def intake(desk, box) -> Intake:
    return Intake(desk.store, box, desk.clock, Settling())


def mail(number: int, **more) -> bytes:
    return letter(f"Matter {number}", subject=f"Matter {number}", mid=f"<{number}@x>", **more)


def states(desk) -> list[str]:
    return [entry.state.value for entry in desk.store.data.entries.values()]


def server_side(box) -> dict[str, int]:
    return {name: len(folder.mails) for name, folder in box.folders.items() if folder.mails}


def test_it_takes_everything_once(desk, box, intake):
    for number in range(3):
        box.deliver(mail(number))
    assert intake.collect("INBOX").new == 3
    assert intake.collect("INBOX").new == 0
    assert states(desk) == ["stored"] * 3
    assert server_side(box) == {"INBOX": 3}
    assert [desk.store.data.incoming[n].raw for n in (1, 2, 3)] == box.list()


def test_it_takes_what_somebody_has_read_already(desk, box, intake):
    box.mark_seen.__self__.open("INBOX")
    box.mark_seen([box.deliver(mail(1))])
    assert intake.collect("INBOX").new == 1


def test_it_moves_mail_only_after_it_is_dealt_with(desk, box, intake):
    box.deliver(mail(1))
    intake.collect("INBOX")
    assert intake.settle("INBOX") == 0
    assert server_side(box) == {"INBOX": 1}
    desk.admit()
    assert intake.settle("INBOX") == 1
    assert server_side(box) == {"Handled": 1}
    assert intake.settle("INBOX") == 0


def test_it_parks_what_a_machine_wrote(desk, box, intake):
    box.deliver(mail(1, headers=("Auto-Submitted: auto-replied", "X-Autoreply: yes")))
    intake.collect("INBOX")
    desk.admit()
    intake.settle("INBOX")
    assert server_side(box) == {"Parked": 1}


@pytest.mark.parametrize(("after", "flags"), [("flag", {"\\Seen"}), ("leave", set())])
def test_it_can_leave_mail_where_it_lies(desk, box, after, flags):
    intake = Intake(desk.store, box, desk.clock, Settling(after=after))
    uid = box.deliver(mail(1))
    intake.collect("INBOX")
    desk.admit()
    assert intake.settle("INBOX") == 1
    assert box.flags() == {uid: flags}


def test_it_settles_a_mail_that_lies_there_twice(desk, box, intake):
    box.deliver(mail(1))
    box.deliver(mail(1))
    intake.collect("INBOX")
    assert states(desk) == ["stored", "duplicate"]
    desk.admit()
    assert intake.settle("INBOX") == 2
    assert server_side(box) == {"Handled": 2}
    assert len(desk.store.data.cases) == 1


def test_it_knows_its_mail_again_under_another_numbering(desk, box, intake):
    for number in range(3):
        box.deliver(mail(number))
    intake.collect("INBOX")
    desk.admit()
    box.renumber()
    box.deliver(mail(4))
    assert intake.collect("INBOX").new == 4
    assert states(desk) == ["case"] * 3 + ["duplicate"] * 3 + ["stored"]
    desk.admit()
    assert len(desk.store.data.cases) == 4
    assert intake.settle("INBOX") == 4
    assert server_side(box) == {"Handled": 4}


def test_it_does_not_lose_what_was_not_yet_dealt_with_to_another_numbering(desk, box, intake):
    box.deliver(mail(1))
    intake.collect("INBOX")
    box.renumber()
    intake.collect("INBOX")
    intake.settle("INBOX")
    assert desk.admit().cases == 1


def test_it_begins_again_after_the_connection_was_lost_while_fetching(desk, box, intake):
    for number in range(BATCH_ROWS + 10):
        box.deliver(mail(number))
    real = box.fetch

    def broken(uids):
        for count, fetched in enumerate(real(uids)):
            if count == BATCH_ROWS + 5:
                raise MailboxUnavailable("dropped")
            yield fetched

    box.fetch = broken
    with pytest.raises(MailboxUnavailable):
        intake.collect("INBOX")
    kept = len(desk.store.data.entries)
    assert kept >= BATCH_ROWS
    assert desk.store.data.folders["INBOX"].unfetched == BATCH_ROWS + 10 - kept
    box.fetch = real
    assert intake.collect("INBOX").new == BATCH_ROWS + 10 - kept
    assert desk.store.data.folders["INBOX"].server_count == BATCH_ROWS + 10


def test_it_keeps_the_mails_beside_one_the_server_will_not_give(desk, box, intake):
    for number in range(3):
        box.deliver(mail(number))
    real = box.fetch

    def withholding(uids):
        yield from real([uid for uid in uids if uid != 2])
        if 2 in uids:
            raise MailboxUnavailable("UID 2 is not given")

    box.fetch = withholding
    for _ in range(3):
        with pytest.raises(MailboxUnavailable):
            intake.collect("INBOX")
    assert [entry.uid for entry in desk.store.data.entries.values()] == [1, 3]
    assert desk.admit().cases == 2
    assert desk.store.data.folders["INBOX"].server_count == 3


def test_it_marks_nothing_when_the_store_fails(desk, box, intake):
    box.deliver(mail(1))
    desk.store.fail_next = [StoreUnavailable("full")]
    with pytest.raises(StoreUnavailable):
        intake.collect("INBOX")
    assert server_side(box) == {"INBOX": 1}
    assert not box.flags()[1]
    assert intake.collect("INBOX").new == 1


def test_it_settles_again_what_the_server_did_not_confirm(desk, box, intake):
    box.deliver(mail(1))
    intake.collect("INBOX")
    desk.admit()
    real = box.move

    def broken(uids, folder):
        real(uids, folder)
        raise MailboxUnavailable("dropped after the move")

    box.move = broken
    with pytest.raises(MailboxUnavailable):
        intake.settle("INBOX")
    box.move = real
    assert intake.settle("INBOX") == 1
    assert server_side(box) == {"Handled": 1}


def test_it_does_not_ask_again_while_the_counters_stand(desk, box, intake):
    box.deliver(mail(1))
    intake.collect("INBOX")
    box.calls.clear()
    intake.collect("INBOX")
    assert [call[0] for call in box.calls] == ["open"]


def test_it_compares_one_by_one_every_so_often_all_the_same(desk, box, intake):
    box.deliver(mail(1))
    intake.collect("INBOX")
    desk.clock.at += COMPARE_EVERY
    box.calls.clear()
    intake.collect("INBOX")
    assert ("uids",) in box.calls


def test_it_says_what_vanished_while_it_looked(desk, box, intake):
    box.deliver(mail(1))
    gone = box.deliver(mail(2))
    real = box.fetch

    def fetch(uids):
        box.expunge(gone)
        return real(uids)

    box.fetch = fetch
    assert (intake.collect("INBOX").new, intake.collect("INBOX").unfetched) == (1, 0)


@pytest.mark.parametrize("first_look", [True, False])
def test_it_counts_a_mail_once_that_comes_while_it_looks(desk, box, intake, first_look):
    box.deliver(mail(1))
    if not first_look:
        intake.collect("INBOX")
        box.renumber()
    real = box.uids

    def uids():
        box.uids = real
        box.deliver(mail(2))
        return real()

    box.uids = uids
    intake.collect("INBOX")
    desk.clock.pass_(minutes=1)
    intake.collect("INBOX")
    folder = desk.store.data.folders["INBOX"]
    assert folder.server_count == len(desk.store.data.entries)
    assert desk.store.data.entries


def test_it_never_lets_a_promise_begin_in_the_future(desk, box, intake):
    box.deliver(mail(1), received_at=NOW + timedelta(days=1))
    box.deliver(mail(2), received_at=NOW - timedelta(days=1))
    intake.collect("INBOX")
    assert desk.entry(1).received_at == NOW
    assert desk.entry(2).received_at == NOW - timedelta(days=1)
    assert desk.entry(1).state is LedgerState.STORED
