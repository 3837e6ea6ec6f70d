"""Poison mail: whatever fails, the mail becomes a case and keeps nobody else waiting."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from support.desk_fixtures import AMINA, NOW, OURS, ROUTINE, URGENT, Desk, letter, rulebook, token

from concierge.domain.case import CaseState
from concierge.domain.event import EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import LedgerState
from concierge.errors import StoreUnavailable
from concierge.mail.mime import read

DEEP = "".join(
    f"--{n}\r\nContent-Type: multipart/mixed; boundary={n + 1}\r\n\r\n" for n in range(1, 1200)
)
#: Mails that break readers: the header, the charset, the nesting.
POISON = {
    "unknown charset": letter(URGENT, headers=("Content-Type: text/plain; charset=x-nobody",)),
    "NUL in charset": letter(URGENT, headers=("Content-Type: text/plain; charset=a\x00b",)),
    "charset=idna": letter(URGENT, headers=("Content-Type: text/plain; charset=idna",)),
    "name* without value": letter(URGENT, headers=("Content-Type: text/plain; name*",)),
    "bad Message-ID": letter(URGENT, mid="<[anu10]@x>"),
    "bad To": letter(URGENT, headers=('To: "', "To: (c):")),
    "brackets": letter(URGENT, headers=("X-Deep: " + "(" * 20_000,)),
    "bad Date": letter(URGENT, headers=("Date: Thu, 99 Foo 99999 99:99:99 +9999",)),
    "raw bytes": letter(URGENT) + b"\xff\xfe\x00\x80",
    "nesting": letter(
        "--1\r\nContent-Type: text/plain\r\n\r\n" + URGENT + "\r\n" + DEEP,
        headers=("Content-Type: multipart/mixed; boundary=1",),
    ),
    "no headers": URGENT.encode(),
}


class Fault(Exception):
    """What a rule or reader of ours should never raise."""


def failing(*_args):
    raise Fault("quotes a person's words")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def spoilt(monkeypatch):
    """Every rule fails from now on."""

    def spoil(name="concierge.desk.triage.topics.topics_of"):
        monkeypatch.setattr(name, failing)

    return spoil


@pytest.mark.story(2)
@pytest.mark.parametrize("name", POISON)
def test_it_brings_poison_before_staff_in_one_go(desk, name):
    entry = desk.keep(POISON[name])
    assert desk.admit().failures == ()
    case = desk.case(desk.entry(entry.id).case_id)
    assert case.urgency in {Urgency.EMERGENCY, Urgency.HIGH}
    assert len(desk.clocks(case.id)) == 2


@pytest.mark.parametrize("raw", [b"", b"\x00", b"\r\n\r\n", b"\xff" * 5000, b"From:", b":" * 100])
def test_it_makes_a_case_even_of_nothing(desk, raw):
    assert desk.arrive(raw) is not None


def test_it_counts_failures_and_then_quarantines(desk, spoilt):
    spoilt()
    entry = desk.keep(letter(URGENT))
    for attempt in (1, 2):
        done = desk.admit()
        assert (len(done.failures), done.quarantined) == (1, 0)
        assert desk.entry(entry.id).attempts == attempt
        assert desk.entry(entry.id).state is LedgerState.STORED
    assert desk.admit().quarantined == 1
    placed = desk.entry(entry.id)
    assert placed.state is LedgerState.QUARANTINED
    case = desk.case(placed.case_id)
    assert (case.urgency, case.route) == (Urgency.EMERGENCY, Route.CRISIS)
    assert case.state is CaseState.OPEN
    assert len(desk.clocks(case.id)) == 2
    assert "Reading this message failed" in case.attention
    assert desk.admit().total == 0


def test_it_says_type_and_place_of_a_failure_and_no_words(desk, spoilt):
    spoilt()
    desk.keep(letter("My secret"))
    (cause,) = desk.admit().failures
    assert cause.startswith("Fault:failing:")
    assert "words" not in cause


def test_it_keeps_the_writer_when_a_rule_fails(desk, spoilt):
    spoilt()
    entry = desk.keep(letter(URGENT))
    for _ in range(3):
        desk.admit()
    case = desk.case(desk.entry(entry.id).case_id)
    assert case.requester.address == AMINA
    assert desk.draft(case.id) is None
    assert desk.approvals.write(case.id, "Re: A question", "Dear Amina", "Bo").recipient == (
        case.requester
    )


def test_it_scans_the_decoded_body_when_a_rule_fails(desk, spoilt):
    spoilt()
    coded = base64.b64encode(URGENT.encode()).decode()
    entry = desk.keep(letter(coded, headers=("Content-Transfer-Encoding: base64",)))
    for _ in range(3):
        desk.admit()
    assert desk.case(desk.entry(entry.id).case_id).urgency is Urgency.EMERGENCY


def test_it_scans_the_raw_text_when_the_reader_fails(desk):
    desk.reader = failing
    entry = desk.keep(letter(URGENT))
    for _ in range(3):
        desk.admit()
    case = desk.case(desk.entry(entry.id).case_id)
    assert (case.urgency, case.requester.address) == (Urgency.EMERGENCY, "")
    assert "The reader failed (Fault)" in case.attention


def test_it_calls_it_high_when_even_the_scan_fails(desk, spoilt):
    spoilt("concierge.desk.triage.urgency.urgency_of")
    entry = desk.keep(letter(ROUTINE))
    for _ in range(3):
        desk.admit()
    case = desk.case(desk.entry(entry.id).case_id)
    assert (case.urgency, case.route) == (Urgency.HIGH, Route.CRISIS)


@pytest.mark.parametrize(
    "name",
    [
        "concierge.desk.threading.find_references",
        "concierge.desk.proposals.compose_draft",
        "concierge.desk.caseload.rematched",
        "concierge.desk.triage.kind.kind_of",
        "concierge.desk.triage.cleaning.own_words",
        "concierge.desk.triage.matching.match",
    ],
)
def test_it_loses_nobody_to_any_part_that_fails(desk, spoilt, name):
    first = desk.arrive(letter(mid="<first@example.org>"))
    spoilt(name)
    entry = desk.keep(letter(URGENT, subject=token(first.id)))
    for _ in range(3):
        desk.admit()
    placed = desk.entry(entry.id)
    assert placed.state in {LedgerState.QUARANTINED, LedgerState.CASE}
    assert desk.case(placed.case_id).urgency is Urgency.EMERGENCY


def test_it_admits_the_others_beside_a_poison_mail(desk):
    def reader(raw, complete, size):
        return failing() if b"poison" in raw else read(raw)

    desk.reader = reader
    poison = desk.keep(letter("poison"))
    good = desk.keep(letter(ROUTINE))
    done = desk.admit()
    assert (done.cases, len(done.failures), done.total) == (1, 1, 2)
    assert desk.entry(good.id).state is LedgerState.CASE
    assert desk.entry(poison.id).state is LedgerState.STORED


def test_it_goes_on_when_even_quarantine_fails(desk, monkeypatch):
    def reader(raw, complete, size):
        return failing() if b"poison" in raw else read(raw)

    desk.reader = reader
    poison = desk.keep(letter("poison"))
    for _ in range(2):
        desk.admit()
    monkeypatch.setattr("concierge.desk.caseload.Caseload.open_bare", failing)
    good = desk.keep(letter(ROUTINE))
    done = desk.admit()
    assert (done.cases, done.quarantined, len(done.failures)) == (1, 0, 1)
    assert desk.entry(good.id).state is LedgerState.CASE
    assert desk.entry(poison.id).state is LedgerState.STORED
    assert desk.events(1, EventKind.OPENED)


def test_it_does_not_blame_a_mail_for_the_stores_trouble(desk):
    entry = desk.keep(letter())
    # The look at the waiting rows goes well, the write does not.
    real = desk.store.begin
    calls = iter([True, False])

    def begin():
        if not next(calls, True):
            raise StoreUnavailable("locked")
        return real()

    desk.store.begin = begin
    with pytest.raises(StoreUnavailable):
        desk.admit()
    desk.store.begin = real
    assert (desk.entry(entry.id).attempts, desk.entry(entry.id).state) == (0, LedgerState.STORED)
    assert desk.admit().cases == 1


def test_it_does_all_of_a_mail_or_nothing(desk, monkeypatch):
    monkeypatch.setattr("concierge.desk.admission.Admission._write_down", failing)
    desk.keep(letter())
    desk.admit()
    data = desk.store.data
    assert (data.cases, data.drafts, data.clocks, data.events) == ({}, {}, {}, [])


def test_it_leaves_a_row_another_worker_placed(desk):
    desk.keep(letter())
    real = desk.reader

    def slow(raw, complete, size):
        desk.reader = real
        other = Desk()
        other.store = desk.store
        desk.admit()
        return real(raw, complete, size)

    desk.reader = slow
    done = desk.admit()
    assert (done.total, len(desk.store.data.cases)) == (0, 1)


def test_it_keeps_what_was_read_and_why(desk):
    entry = desk.keep(letter(ROUTINE))
    desk.admit()
    reading = desk.store.data.readings[entry.id]
    assert reading.sender.address == AMINA
    assert "guide for touring" in reading.text
    assert reading.triage["urgency"]["value"] == "routine"
    assert reading.received_at == NOW
    assert desk.store.data.labels[entry.id].kind == "human"


def test_it_takes_the_rulebook_of_the_moment(desk):
    books = [rulebook(), replace(rulebook(), own_addresses=frozenset({OURS, AMINA}))]
    desk.book = lambda: books.pop(0)
    assert desk.arrive(letter()) is not None
    assert desk.arrive(letter("Other")) is None
