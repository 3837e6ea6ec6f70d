"""A storm: 5,000 automatic answers with mutating senders, and three people among them.

freescout#688: the sender's address changed by one byte with each mail, so that no limit by address
held. faveo#150, odoo#66329, osTicket#1041: the queue drowned, and with it whoever wrote that day.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from support.deployment import DESK_ADDRESS, Deployment, deploy

from concierge.desk.fingerprint import fingerprint, message_id
from concierge.desk.queue import grouped, in_order
from concierge.domain.case import NEEDS_A_PERSON, CaseState
from concierge.domain.findings import Urgency
from concierge.domain.ledger import Incoming

MAILS = 5_000
#: Where in the storm the three write.
CRIES = {
    1_203: "I cannot go on. I have taken all my pills and I do not want to wake up again.",
    2_904: "No puedo más. Quiero matarme esta noche, ya tengo todo preparado.",
    # In the middle of the very text of the storm.
    4_705: "Thank you for your message. We have received it and will get back to you soon. "
    "I want to kill myself tonight. Our opening hours are nine to five from Monday to Friday.",
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = (
    "Thank you for your message. We have received it under the number {n} and will get back to "
    "you within two working days. Our opening hours are nine to five from Monday to Friday. "
    "Please keep the number {n} for your records. Kind regards, the booking team"
)
_AWAY = (
    "I am out of the office until {n} November with no access to my mail. This is an automatic "
    "reply. For bookings please write to my colleagues at the front desk. Reference {n}."
)


def mail(n: int) -> bytes:
    """The n-th mail: by turns known by its headers, by its words alone, and looking human."""
    if n in CRIES:
        sender, subject, extra, text = f"person{n}@example.net", "Your message", "", CRIES[n]
    else:
        sender, subject = _mutated(n), f"Your message {n}"
        extra, text = "", _WORDS.format(n=n)
        if n % 3 == 0:
            extra, subject = "Auto-Submitted: auto-replied\r\n", f"Automatic reply: {n}"
        elif n % 3 == 1:
            # Every other one says too little to be parked, so that it is before staff.
            subject, text = f"Automatic reply: your message {n}", (text, _AWAY.format(n=n))[n % 2]
    return (
        f"From: {sender}\r\nTo: {DESK_ADDRESS}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{n}@storm.example.org>\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
        f"{extra}\r\n{text}\r\n"
    ).encode()


def _mutated(n: int) -> str:
    """An address of which one byte changes, the domain's bytes too."""
    address = list("bookings.of.the.band@venue-of-the-city.example.org")
    places = [i for i, letter in enumerate(address) if letter.isalpha()]
    address[places[n % len(places)]] = _LETTERS[n // len(places) % 26]
    return "".join(address)


class Work:
    """What the store was asked for: statements and rows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from concierge.store.engine import Work as Engine

        self.statements = self.rows = 0
        ask = Engine.run

        def counted(work, statement, values=None):
            answer = ask(work, statement, values or {})
            self.statements += 1
            self.rows += len(answer.values)
            return answer

        monkeypatch.setattr(Engine, "run", counted)

    def taken(self) -> tuple[int, int]:
        taken = self.statements, self.rows
        self.statements = self.rows = 0
        return taken


def _memory() -> float:
    """Megabytes this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.fixture
def desk(tmp_path: Path) -> Deployment:
    values = {("mailbox", "port"): 9, ("outgoing", "port"): 9}
    return deploy(tmp_path, values, mailbox_password="none")


def _arrive(desk: Deployment, numbers: range) -> None:
    from concierge.bootstrap import SystemClock

    now = SystemClock().now()
    batch = []
    for n in numbers:
        raw = mail(n)
        batch.append(
            Incoming("INBOX", 7, n + 1, raw, fingerprint(raw), message_id(raw), now, now,
                     len(raw), complete=True)
        )  # fmt: skip
    with desk.store() as store, store.begin() as tx:
        assert tx.ledger.record(batch) == len(batch)


@pytest.mark.story(7)
def test_it_keeps_three_people_on_top_of_a_storm(
    desk: Deployment, monkeypatch: pytest.MonkeyPatch, record_property
) -> None:
    paces = list(_storm(desk, monkeypatch))
    assert_nothing_grows(paces)
    record_property("paces", paces)
    with desk.views() as views:
        from concierge.bootstrap import SystemClock

        now = SystemClock().now()
        waiting = in_order(views.queue(sorted(NEEDS_A_PERSON)))
        totals = Counter(dict(views.ledger_totals().by_state))
    rows = grouped(waiting, now)
    # The three, each in a row of its own, on top.
    assert [one.row.case.urgency for one in rows[:3]] == [Urgency.EMERGENCY] * 3
    assert {one.row.case.requester.address for one in rows[:3]} == {
        f"person{n}@example.net" for n in CRIES
    }
    assert all(one.row.draft_id for one in rows[:3])
    assert all(one.row.case.urgency is not Urgency.EMERGENCY for one in rows[3:])
    # Few rows, nobody lost, nobody sent anything.
    assert len(rows) < 30
    assert sum(one.size for one in rows) == len(waiting)
    assert sum(totals.values()) == MAILS
    assert all(row.case.state is CaseState.OPEN and row.clock for row in waiting)
    assert_staff_see_it(desk, len(rows), len(waiting))


def _storm(desk: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[float, ...]]:
    """Statements, rows, memory and CPU of each thousand."""
    from concierge.bootstrap import make_admission, open_store, rulebook_files
    from concierge.store.rulebook import read_rulebook

    config, work = desk.config, Work(monkeypatch)
    book = read_rulebook(rulebook_files(config))
    store = open_store(config)
    admission = make_admission(config, store, lambda: book)
    try:
        for start in range(0, MAILS, 1_000):
            _arrive(desk, range(start, start + 1_000))
            work.taken()
            began = process_time()
            while (done := admission.admit_waiting(50)).total:
                assert done.failures == ()
            yield *work.taken(), _memory(), process_time() - began
    finally:
        store.close()


def assert_nothing_grows(paces: list[tuple[float, ...]]) -> None:
    """The last thousand cost what the second did: the first alone fills what is remembered."""
    (statements, rows, memory, _), last = paces[1], paces[-1]
    assert last[0] <= 1.2 * statements
    assert last[1] <= 1.2 * rows
    assert last[0] <= 2 * paces[0][0]
    assert last[2] - memory < 20


def assert_staff_see_it(desk: Deployment, rows: int, people: int) -> None:
    done = desk.run("queue")
    assert done.returncode == 0, done.stderr
    listed, summary = done.stdout.split("\n----", 1)[1].split("\n", 1)[1], done.stdout
    assert f"{people:d} people wait in {rows} rows, 3 emergency" in summary
    assert listed.count("emergency") == 4
    assert "concierge case list --flood" in summary
