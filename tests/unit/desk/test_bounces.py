"""A bounce finds the reply it returns, whatever is left of it, and a stranger's changes nothing."""

from __future__ import annotations

import pytest
from fakes.courier import ACCEPTED, DEFERRED, UNKNOWN
from support.desk_fixtures import AMINA, DEE, OURS, PROMISES, URGENT, Desk, bounce, letter, token
from support.staffed_desk import StaffedDesk

from concierge.desk.settling import Decision, settle
from concierge.domain.case import CaseState
from concierge.domain.draft import OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.message import Address
from concierge.domain.reference import Reference, sign
from concierge.domain.sla import ClockKind
from concierge.errors import Refused

KEY = b"0123456789abcdef0123456789abcdef"
STATUS = (
    "Reporting-MTA: dns; mx.example.org\r\n\r\n"
    "Final-Recipient: rfc822; amina@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
)


def report(original: str = "", *, status: str = STATUS, to: str = OURS, more: str = "") -> bytes:
    """A delivery report with whatever is left of the original's headers."""
    return (
        f"From: MAILER-DAEMON@mx.example.org\r\nTo: {to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nReturn-Path: <>\r\n"
        f"Auto-Submitted: auto-replied\r\n{more}MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{original}\r\n--b--\r\n"
    ).encode()


def complaint(mail) -> bytes:
    """A feedback report (RFC 5965): the reader pressed "spam"."""
    return (
        f"From: fbl@mx.example.org\r\nTo: {OURS}\r\nSubject: FW: A question\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        "Feedback-Type: abuse\r\nUser-Agent: fbl/1\r\nVersion: 1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {mail.message_id}\r\n"
        f"From: {OURS}\r\nTo: amina@example.org\r\nSubject: Re: A question\r\n\r\nDear\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def amina(desk):
    """Amina's case, answered."""
    case = desk.arrive(letter(mid="<first@example.org>"))
    desk.answer(case.id)
    desk.clock.pass_(hours=1)
    return desk.case(case.id)


def state(desk, mail_id: int = 1) -> OutboxState:
    return desk.mail(mail_id).state


@pytest.mark.parametrize(
    "left",
    ["message_id", "reference", "return_path", "delivered_to", "envelope_id", "in_reply_to"],
)
def test_it_finds_the_mail_by_whatever_is_left_of_it(desk, amina, left):
    mail = desk.mail(1)
    tag = f"help+{sign(KEY, Reference(amina.id, mail.approval.draft_id)).lower()}@desk.example.org"
    envelope = STATUS.replace("\r\n\r\n", f"\r\nOriginal-Envelope-Id: {token(amina.id)}\r\n\r\n", 1)
    came = {
        "message_id": lambda: report(f"Message-ID: {mail.message_id}"),
        "reference": lambda: report(f"X-Concierge-Ref: {token(amina.id)}"),
        "return_path": lambda: report(to=tag),
        "delivered_to": lambda: report(more=f"Delivered-To: {tag}\r\n"),
        "envelope_id": lambda: report(status=envelope),
        "in_reply_to": lambda: report(more=f"In-Reply-To: {mail.message_id}\r\n"),
    }[left]()
    assert desk.arrive(came).id == amina.id
    assert state(desk) is OutboxState.BOUNCED


def test_it_tells_staff_why_and_what_they_can_do(desk, amina):
    desk.arrive(bounce(desk.mail(1)))
    back = desk.case(amina.id)
    assert back.state is CaseState.ATTENTION
    for said in ("does not exist", "case redraft 1", "case requester 1 ADDRESS", "case resolve 1"):
        assert said in back.attention
    (event,) = desk.events(amina.id, EventKind.BOUNCED)
    assert (event.get("kind"), event.get("reason")) == ("permanent", "no_such_address")
    assert "example" not in repr(event)


@pytest.mark.parametrize(
    "forged",
    [
        lambda desk: report(),
        lambda desk: report("Message-ID: <somebody@elsewhere.example.org>"),
        lambda desk: report(f"X-Concierge-Ref: {token(1)[:-1]}"),
        lambda desk: report(f"X-Concierge-Ref: {token(4711)}"),
        lambda desk: report("In-Reply-To: <first@example.org>"),
    ],
)
def test_it_lets_a_strangers_bounce_change_nothing(desk, amina, forged):
    before = desk.events(amina.id)
    entry = desk.keep(forged(desk))
    assert desk.admit().failures == ()
    assert desk.entry(entry.id).state is LedgerState.MUTED
    assert (desk.case(amina.id), state(desk)) == (amina, OutboxState.SENT)
    assert desk.events(amina.id) == before


@pytest.mark.parametrize(("status", "action"), [("4.2.2", "delayed"), ("4.4.1", "delayed")])
def test_it_only_tells_of_a_delay(desk, amina, status, action):
    desk.arrive(bounce(desk.mail(1), status, action))
    assert (desk.case(amina.id), state(desk)) == (amina, OutboxState.SENT)
    assert [e.get("kind") for e in desk.events(amina.id, EventKind.BOUNCED)] == ["delayed"]


def test_it_tells_staff_that_the_mail_was_unwanted(desk, amina):
    desk.arrive(complaint(desk.mail(1)))
    told = desk.case(amina.id)
    assert (told.state, state(desk)) == (CaseState.ATTENTION, OutboxState.SENT)
    assert "our mail was unwanted" in told.attention
    # The mail arrived: no response is owed.
    assert all(c.met_at for c in desk.clocks(amina.id, ClockKind.FIRST_RESPONSE))


def test_it_leaves_a_resolved_case_at_rest_after_a_complaint(desk, amina):
    desk.casework.resolve(amina.id, "Bo")
    desk.arrive(complaint(desk.mail(1)))
    told = desk.case(amina.id)
    assert (told.state, "unwanted" in told.attention) == (CaseState.RESOLVED, True)


@pytest.mark.parametrize(
    "text", ["Your last mail was undeliverable, I read it in spam. Thanks!", "Mailbox full? Mine?"]
)
def test_it_takes_a_persons_words_about_bounces_for_a_persons(desk, amina, text):
    ours = desk.mail(1).message_id
    subject = "Re: Undelivered Mail Returned to Sender"
    came = letter(text, subject=subject, headers=(f"In-Reply-To: {ours}",))
    desk.arrive(came)
    assert state(desk) is OutboxState.SENT
    assert desk.events(amina.id, EventKind.BOUNCED) == []


class EarlyBounce:
    """A server that returns the mail before it has answered us."""

    def __init__(self, desk: Desk, outcome) -> None:
        self.desk, self.outcome = desk, outcome

    def send(self, *, sender, recipient, mail, before_data):
        before_data()
        ours = next(iter(self.desk.store.data.outbox.values()))
        self.desk.arrive(bounce(ours))
        assert self.desk.mail(ours.id).state is OutboxState.IN_DATA
        return self.outcome


@pytest.mark.parametrize("outcome", [ACCEPTED, UNKNOWN])
def test_it_keeps_a_bounce_that_comes_before_the_servers_answer(desk, outcome):
    case = desk.arrive(letter())
    desk.dispatch._courier = EarlyBounce(desk, outcome)
    desk.answer(case.id)
    back = desk.case(case.id)
    assert (state(desk), back.state) == (OutboxState.BOUNCED, CaseState.ATTENTION)
    assert "came back" in back.attention
    assert all(c.running for c in desk.clocks(case.id))


def test_it_takes_a_mail_that_is_tried_again_for_not_returned(desk):
    case = desk.arrive(letter())
    desk.dispatch._courier = EarlyBounce(desk, DEFERRED)
    desk.answer(case.id)
    assert state(desk) is OutboxState.QUEUED
    desk.dispatch._courier = desk.courier
    desk.clock.pass_(hours=1)
    desk.send()
    assert state(desk) is OutboxState.SENT


def test_it_never_joins_a_strangers_report_to_anything_by_its_sender(desk, amina):
    desk.arrive(letter("Hello", sender=DEE, mid="<d@x>"))
    desk.answer(2)
    theirs = report("Message-ID: <d@x>", more=f"Reply-To: {DEE}\r\n")
    desk.arrive(theirs)
    assert state(desk, 2) is OutboxState.SENT


def test_it_owes_a_returned_reply_under_the_urgency_the_case_has_by_now(desk, amina):
    desk.arrive(letter(URGENT, subject=token(amina.id)))
    desk.answer(amina.id)
    desk.clock.pass_(hours=1)
    desk.arrive(bounce(desk.mail(1)))
    (owed,) = (c for c in desk.clocks(amina.id, ClockKind.FIRST_RESPONSE) if c.met_at is None)
    assert owed.urgency is Urgency.EMERGENCY


def test_it_puts_the_case_before_staff_that_took_the_answered_one_in():
    desk = StaffedDesk()
    first = desk.write()
    desk.answer(first)
    other = desk.write(subject="Tour insurance")
    desk.answer(other)
    desk.merging.merge(first, other, "Bo")
    desk.clock.pass_(hours=1)
    desk.arrive(bounce(desk.mail(1)))
    assert (desk.case(first).state, desk.case(other).state) == ("resolved", "attention")
    assert f"case redraft {other}" in desk.case(other).attention
    owed = [c for c in desk.clocks(other, ClockKind.NEXT_RESPONSE) if c.met_at is None]
    assert len(owed) == 1


def test_it_names_the_address_when_it_is_not_the_requesters():
    desk = StaffedDesk()
    case_id = desk.write()
    mail = desk.answer(case_id)
    desk.relations.set_requester(case_id, Address(DEE), "Bo")
    desk.clock.pass_(hours=1)
    desk.arrive(bounce(mail))
    assert desk.case(case_id).attention.startswith(f"Our reply to {AMINA} came back: ")
    told = desk.events(case_id, EventKind.BOUNCED)
    assert not any("@" in value for event in told for _, value in event.data)


def test_every_case_on_the_way_of_a_merged_one_is_before_staff_when_taken_out_again():
    desk = StaffedDesk()
    first, second, third = (desk.write(sender=who) for who in (AMINA, DEE, "carl@example.com"))
    mail = desk.answer(first)
    desk.answer(second)
    desk.merging.merge(first, second, "Bo")
    desk.merging.merge(second, third, "Bo")
    desk.clock.pass_(hours=1)
    desk.arrive(bounce(mail))
    settle(desk.store, desk.clock, PROMISES, mail.id, Decision.WITHDRAW, "Bo")
    desk.merging.unmerge(second, "Bo")
    assert desk.case(second).state is CaseState.OPEN
    assert desk.owed(second).running
    desk.merging.unmerge(first, "Bo")
    assert desk.case(first).state is CaseState.OPEN
    assert "came back while it was merged" in desk.case(first).attention


def test_a_report_that_anybody_can_write_names_no_writer_and_is_answered_by_nobody():
    desk = StaffedDesk()
    case_id = desk.write()
    mail = desk.answer(case_id)
    inside = "\r\n".join((
        "---------- Forwarded message ---------", "From: Eve <eve@evil.example>", "Date: today",
        "Subject: Help", "To: x@y.example", "", "Hello",
    ))  # fmt: skip
    raw = bounce(mail, status="4.2.2", action="delayed")
    raw = raw.replace(b"Your mail could not be delivered.", inside.encode())
    desk.arrive(b"Message-ID: <eve@evil.example>\r\n" + raw)
    with pytest.raises(Refused, match="No forwarded writer"):
        desk.relations.forwarded(case_id)
    draft = desk.approvals.write(case_id, "Re", "One thing more.", "Bo")
    assert draft.references == (draft.in_reply_to,) == ("<1@x.example>",)
