"""A message leaves quarantine: read at last, or taken as it is, and never without its case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.desk_fixtures import AMINA, DEE, KEY, PROMISES, ROUTINE, URGENT, Desk, letter

from concierge.desk.rereading import Rereader
from concierge.desk.rescue import Rescue
from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.message import Address
from concierge.errors import Refused, TakenByAnother
from concierge.mail.mime import read


class Mended:
    """A reader that fails until somebody mends it."""

    def __init__(self) -> None:
        self.broken = True

    def __call__(self, raw, complete, size):
        if self.broken:
            raise ValueError("a person's words")
        return read(raw, complete=complete, size=size)


@pytest.fixture
def reader():
    return Mended()


@pytest.fixture
def desk(reader):
    return Desk(reader=reader, max_attempts=1)


@pytest.fixture
def rescue(desk, reader):
    return Rescue(desk.store, desk.clock, Rereader(reader, desk.book, KEY), PROMISES)


def quarantined(desk, raw=None):
    desk.keep(raw or letter())
    assert desk.admit().quarantined == 1
    return desk.store.data.entries[1]


def test_it_concludes_and_drafts_once_the_reader_is_mended(desk, reader, rescue):
    entry = quarantined(desk)
    before = desk.store.data.cases[entry.case_id]
    assert before.requester.address == ""
    reader.broken = False
    done = rescue.retry(1, "Bo")
    case = desk.store.data.cases[done.case_id]
    assert done.case_id == before.id
    assert case.requester.address == AMINA
    assert case.version == before.version + 1
    assert (case.language, case.state) == ("en", CaseState.OPEN)
    assert done.drafted.draft.recipient.address == AMINA
    assert desk.store.data.entries[1].state is LedgerState.CASE
    assert desk.store.data.readings[1].text == ROUTINE
    assert desk.store.data.labels[1].kind == "human"
    kinds = [e.kind for e in desk.store.data.events if e.by == "Bo"]
    assert EventKind.QUARANTINE_ENDED in kinds


def test_it_raises_the_urgency_and_never_lowers_it(desk, reader, rescue):
    quarantined(desk, letter(URGENT))
    assert desk.store.data.cases[1].urgency is Urgency.EMERGENCY
    reader.broken = False
    rescue.retry(1, "Bo")
    assert desk.store.data.cases[1].urgency is Urgency.EMERGENCY
    assert {c.urgency for c in desk.store.data.clocks.values()} == {Urgency.EMERGENCY}


def test_it_finds_the_urgency_the_raw_text_hid(desk, reader, rescue):
    hidden = "SSB3YW50IHRvIGtpbGwgbXlzZWxmIHRvbmlnaHQuIEkgaGF2ZSB0aGUgcGlsbHMgaGVyZS4="
    quarantined(desk, letter(hidden, headers=("Content-Transfer-Encoding: base64",)))
    reader.broken = False
    rescue.retry(1, "Bo")
    assert desk.store.data.cases[1].urgency is Urgency.EMERGENCY


def test_it_stays_in_quarantine_when_reading_fails_again(desk, rescue):
    quarantined(desk)
    before = desk.store.data.cases[1]
    with pytest.raises(Refused, match="failed again") as refused:
        rescue.retry(1, "Bo")
    assert "a person's words" not in str(refused.value)
    entry = desk.store.data.entries[1]
    assert (entry.state, entry.attempts) == (LedgerState.QUARANTINED, 2)
    assert desk.store.data.cases[1] == before


def test_it_leaves_a_clock_running_all_the_while(desk, reader, rescue):
    quarantined(desk)
    due = [c.due_at for c in desk.store.data.clocks.values()]
    reader.broken = False
    rescue.retry(1, "Bo")
    assert [c.due_at for c in desk.store.data.clocks.values()] == due
    assert all(c.running for c in desk.store.data.clocks.values())


def test_it_takes_a_message_as_it_is(desk, rescue):
    quarantined(desk)
    assert rescue.release(1, "Bo") == 1
    assert desk.store.data.entries[1].state is LedgerState.CASE
    assert desk.store.data.cases[1].state is CaseState.OPEN
    with pytest.raises(Refused, match="not in quarantine"):
        rescue.release(1, "Bo")
    with pytest.raises(Refused, match="not in quarantine"):
        rescue.retry(1, "Bo")


@pytest.mark.parametrize("end", ["retry", "release"])
def test_it_respects_who_holds_the_case(desk, reader, rescue, end):
    quarantined(desk)
    desk.casework.claim(1, "Carla")
    reader.broken = False
    with pytest.raises(TakenByAnother):
        getattr(rescue, end)(1, "Bo")
    assert desk.store.data.entries[1].state is LedgerState.QUARANTINED


def test_it_keeps_the_requester_staff_have_set(desk, reader, rescue):
    quarantined(desk)
    with desk.store.begin() as tx:
        case = tx.cases.get(1)
        tx.cases.save(replace(case, requester=Address(DEE)), was=case)
    reader.broken = False
    done = rescue.retry(1, "Bo")
    assert desk.store.data.cases[1].requester.address == DEE
    assert done.drafted.draft.recipient.address == DEE
    assert done.drafted.draft.state is DraftState.PROPOSED


def test_it_reads_a_resolved_case_without_a_draft(desk, reader, rescue):
    quarantined(desk)
    desk.casework.resolve(1, "Bo")
    reader.broken = False
    done = rescue.retry(1, "Bo")
    assert done.drafted.draft is None
    assert desk.store.data.cases[1].state is CaseState.RESOLVED
    assert desk.store.data.readings[1].text == ROUTINE
