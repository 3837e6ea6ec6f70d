"""A message leaves quarantine: read at last, or taken as it is, and never without its case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.desk_fixtures import AMINA, DEE, KEY, PROMISES, ROUTINE, URGENT, Desk, letter

from concierge.desk.relations import Relations
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
        #: What it makes of every mail, as of letters that no scan of the raw text can read.
        self.sees: bytes | None = None

    def __call__(self, raw, complete, size):
        if self.broken:
            raise ValueError("a person's words")
        return read(self.sees or raw, complete=complete, size=size)


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


def named(desk, case_id):
    """Staff say that it is Amina's."""
    Relations(desk.store, desk.clock, Rereader(desk.reader, desk.book, KEY)).set_requester(
        case_id, Address(AMINA), "Bo"
    )


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


def test_it_waits_for_a_reply_under_way_which_knows_nothing_of_the_words(desk, reader, rescue):
    quarantined(desk)
    case_id = 1
    if not desk.case(case_id).requester.address:
        named(desk, case_id)
    draft = desk.approvals.write(case_id, "Re", "Please write plain text.", "Bo")
    desk.approvals.approve(draft.id, draft.revision, "Bo")
    reader.broken = False
    with pytest.raises(Refused, match="has not left yet"):
        rescue.retry(1, "Bo")
    desk.send()
    # With another version the case would have stayed "sending" for ever, before nobody.
    assert desk.case(case_id).state is CaseState.WAITING
    assert rescue.retry(1, "Bo").case_id == case_id


@pytest.mark.parametrize("end", ["resolved", "answered"])
def test_it_puts_before_staff_what_was_closed_without_knowing_its_urgency(
    desk, reader, rescue, end
):
    quarantined(desk)
    reader.sees = letter(URGENT)
    named(desk, 1)
    if end == "resolved":
        desk.casework.resolve(1, "Bo")
    else:
        draft = desk.approvals.write(1, "Re", "Please write plain text.", "Bo")
        desk.approvals.approve(draft.id, draft.revision, "Bo")
        desk.send()
    reader.broken = False
    done = rescue.retry(1, "Bo")
    case = desk.case(1)
    assert (case.state, case.urgency) == (CaseState.OPEN, Urgency.EMERGENCY)
    assert case.resolved_at is None
    assert done.drafted.draft.recipient.address == AMINA
    owed = [clock for clock in desk.clocks(1) if clock.met_at is None]
    assert len(owed) == 2
    assert all(c.running and c.urgency is Urgency.EMERGENCY for c in owed)


def test_it_keeps_what_else_staff_should_know_of_the_case(desk, reader, rescue):
    quarantined(desk)
    with desk.store.begin() as tx:
        case = tx.cases.get(1)
        told = f"Our reply came back: no such address. {case.attention}"
        tx.cases.save(replace(case, attention=told), was=case)
    reader.broken = False
    rescue.retry(1, "Bo")
    assert desk.case(1).attention == "Our reply came back: no such address."


def test_it_never_makes_a_colleague_who_forwards_a_letter_its_requester(desk, reader, rescue):
    colleague = "bo@desk.example.org"
    book = replace(desk.book(), staff_addresses=frozenset({colleague}))
    desk.book, rescue = (
        (lambda: book),
        Rescue(desk.store, desk.clock, Rereader(reader, lambda: book, KEY), PROMISES),
    )
    inside = "\n".join((
        "---------- Forwarded message ---------", f"From: Amina <{AMINA}>", "Date: today",
        "Subject: Help", f"To: {colleague}", "", "I cannot sleep.",
    ))  # fmt: skip
    quarantined(desk, letter(inside, sender=colleague, subject="Fwd: Help"))
    with desk.store.begin() as tx:
        case = tx.cases.get(1)
        tx.cases.save(replace(case, requester=Address(colleague)), was=case)
    reader.broken = False
    done = rescue.retry(1, "Bo")
    assert desk.case(1).requester.address == ""
    assert done.drafted.draft is None
    assert "case requester 1 --forwarded" in desk.case(1).attention


def test_it_makes_nobody_the_requester_of_a_case_it_was_merged_into(desk, reader, rescue):
    quarantined(desk, letter(sender=DEE))
    reader.broken = False
    other = desk.arrive(letter("A letter of nobody's", sender="", mid="<n@x>"))
    assert other.requester.address == ""
    with desk.store.begin() as tx:
        entry = tx.ledger.entry(1)
        tx.ledger.move(entry, entry.state, tx.ledger.labels(1), case_id=other.id)
    done = rescue.retry(1, "Bo")
    assert desk.case(other.id).requester.address == ""
    assert done.drafted.draft is None
