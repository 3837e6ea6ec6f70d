"""Whenever the worker dies, whatever the server does: no reply twice, none claimed that left not.

Field stories: a crash after the server's 250 sent replies again (freescout#2003, freescout#3607);
refused recipients and bounces looked like successes (courier#62, osTicket#4911).
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest
from servers.dovecot import Account
from servers.smtp import ACCEPT, Delivered, SmtpServer, reply_at, seeded
from support.deployment import Deployment, environment
from support.nursery import Nursery, Run

from acceptance.looks import approve_everything, ask, assert_history_is_sane
from acceptance.post import person
from concierge.domain.case import CaseState

Passes = Callable[[Deployment], Callable[..., None]]

MAILS = 100
KILLS = 60
MOST_RUNS = 200
#: Where in a transaction the worker dies. "stored": the server has the whole mail and has not
#: said so yet; "answered": it has just said so, and the outcome is being written down.
MOMENTS = ("MAIL", "RCPT", "DATA", "stored", "answered")


class _Commands(list[str]):
    """The server's list of commands, telling of each one before it is answered."""

    def __init__(self, told: Callable[[str], None]) -> None:
        super().__init__()
        self._told = told

    def append(self, line: str) -> None:
        super().append(line)
        self._told(line.split(" ", 1)[0].upper())


class DeadlyServer(SmtpServer):
    """A server in trouble of its own, at which the worker dies at a chosen moment."""

    def __init__(self, seed: int) -> None:
        super().__init__(decide=seeded(seed))
        self.commands = _Commands(self._reached)
        self._moment = ""
        self._after = 0.0
        self.run: Run | None = None

    def aim(self, moment: str, after: float) -> None:
        """Let the next worker die at this moment; ``after`` seconds later when it is an answer."""
        self._moment, self._after = moment, after

    def store(self, mail: Delivered) -> None:
        super().store(mail)
        self._reached("stored")

    def strike(self) -> None:
        """Kill when the answer to a whole mail is out."""
        deadline = time.monotonic() + 5
        held = len(self.delivered)
        assert self.run is not None
        while self.run.alive and len(self.delivered) == held and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(self._after)
        self.run.kill()

    def _reached(self, moment: str) -> None:
        if moment == self._moment and self.run is not None:
            self._moment = ""
            self.run.kill()


@pytest.mark.story(11)
@pytest.mark.timeout(240)
def test_it_sends_nothing_twice_and_claims_nothing_that_did_not_leave(
    account: Account, desk_for: Callable[..., Deployment], tmp_path: Path
) -> None:
    """freescout#2003, freescout#3607, courier#62: the crash after SMTP 250, in every variation."""
    source = random.Random(20261123)
    with DeadlyServer(20261123) as smtp:
        desk = desk_for(account, smtp)
        for number in range(MAILS):
            account.deliver(person(f"kanari{number:04}"))
        with Nursery(environment(desk.config_file), tmp_path) as nursery:
            assert nursery.start("worker", "--once").wait() == 0, nursery.log.read_text()
            assert approve_everything(desk) == MAILS
            landed = _kill_again_and_again(smtp, nursery, desk, source)
            smtp.run, smtp.decide = None, lambda _number: ACCEPT
            _send_the_rest(nursery, desk)
        print(f"kills that landed, by moment: {dict(landed)}")
        delivered = Counter(_message_id(mail.raw) for mail in smtp.delivered)
        recipients = {_message_id(mail.raw): mail.recipients for mail in smtp.delivered}
        told = {_message_id(mail.raw) for mail in smtp.delivered if mail.answered}
    assert sum(landed.values()) >= KILLS
    assert min(landed[moment] for moment in MOMENTS) >= 5
    outbox = ask(desk.database, "SELECT state, copy_pending FROM outbox")
    states = Counter(state for state, _ in outbox)
    print(f"how the mails ended: {dict(states)}")
    assert set(states) <= {"sent", "failed", "uncertain"}
    assert sum(states.values()) == MAILS
    assert states["sent"] > 0
    _assert_each_state_is_true(desk, delivered, told, recipients)
    assert_history_is_sane(desk)
    copies = Counter(_message_id(raw) for raw in account.list("Sent"))
    assert set(copies.values()) == {1}, "a copy lies twice in the Sent folder"
    assert len(copies) == states["sent"]
    assert not any(pending for _, pending in outbox)


@pytest.mark.story(13)
def test_it_puts_a_refused_recipient_before_staff_and_asks_no_more(
    account: Account, desk_for: Callable[..., Deployment], smtp: SmtpServer, passes: Passes
) -> None:
    """courier#62, aiosmtplib PR#358: a refused RCPT is no success, and no other mail's trouble."""
    desk = desk_for(account, smtp)
    one_pass = passes(desk)
    for number in range(3):
        account.deliver(person(f"kanari{number}"))
    one_pass()
    approve_everything(desk)
    smtp.plan(ACCEPT, reply_at("rcpt", "550 5.1.1 no such user"), ACCEPT)
    one_pass()
    one_pass()
    with desk.views() as views:
        mails = views.outbox(["sent", "failed"])
        (refused,) = (mail for mail in mails if mail.state == "failed")
        case = views.case(refused.case_id).case
    assert [mail.recipients for mail in smtp.delivered] == [
        (mail.recipient,) for mail in mails if mail.state == "sent"
    ]
    assert "no such user" in refused.last_reply
    assert case.state is CaseState.ATTENTION
    assert smtp.transactions == 3


def _kill_again_and_again(
    smtp: DeadlyServer, nursery: Nursery, desk: Deployment, source: random.Random
) -> Counter[str]:
    landed: Counter[str] = Counter()
    for number in range(MOST_RUNS):
        if sum(landed.values()) >= KILLS or not _waiting(desk):
            break
        moment = MOMENTS[number % len(MOMENTS)]
        smtp.aim(moment, source.random() * 0.006)
        smtp.run = None
        run = nursery.start("worker", "--once")
        smtp.run = run
        if moment == "answered":
            smtp.strike()
        assert run.wait() in {0, 5, -9}, nursery.log.read_text()
        landed[moment] += run.code == -9
    return landed


def _send_the_rest(nursery: Nursery, desk: Deployment) -> None:
    deadline = time.monotonic() + 90
    while _waiting(desk) and time.monotonic() < deadline:
        assert nursery.start("worker", "--once").wait() == 0, nursery.log.read_text()
        time.sleep(0.2)
    # One pass more, in which the last copies are filed.
    assert nursery.start("worker", "--once").wait() == 0, nursery.log.read_text()


def _waiting(desk: Deployment) -> int:
    query = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed', 'in_data')"
    return int(ask(desk.database, query)[0][0])


def _assert_each_state_is_true(
    desk: Deployment,
    delivered: Counter[str],
    told: set[str],
    recipients: dict[str, tuple[str, ...]],
) -> None:
    assert [message_id for message_id, times in delivered.items() if times > 1] == []
    with desk.views() as views:
        mails = views.outbox(["sent", "failed", "uncertain"])
    for mail in mails:
        if mail.state == "sent":
            # Marked sent only when the server holds it and said so, for whom it was approved.
            assert mail.message_id in told
            assert recipients[mail.message_id] == (mail.recipient,)
        if mail.state == "failed":
            assert mail.message_id not in delivered
            assert mail.last_reply.startswith("5"), mail.last_reply
    known = {mail.message_id for mail in mails}
    assert set(delivered) <= known


def _message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"])
