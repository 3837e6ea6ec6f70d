"""No path by which two machines answer each other: whom nobody answers, and what staff are told."""

from __future__ import annotations

import pytest
from support.desk_fixtures import AMINA, OURS, Desk, letter, token

from concierge.desk import loops
from concierge.domain.message import Address
from concierge.errors import Refused


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    "address",
    [
        "MAILER-DAEMON@mx.example.org",
        "mailer-daemon",
        "maildaemon@example.org",
        "list-bounces@example.org",
        "bounce+4711=amina@example.org",
        "news-bounces+amina=example.org@lists.example.org",
    ],
)
def test_it_knows_addresses_of_mail_servers(address):
    assert loops.of_a_server(Address(address))


@pytest.mark.parametrize(
    "address",
    [AMINA, "daemon.jones@example.org", "bounce@example.org", "postmaster@example.org",
     "mailerdaemonband@example.org", "", "bouncer@example.org"],
)  # fmt: skip
def test_it_takes_no_person_for_a_mail_server(address):
    assert not loops.of_a_server(Address(address))


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("no-reply@example.org", True),
        ("accounts.noreply@example.org", True),
        ("do_not_reply+7@example.org", True),
        ("ne-pas-repondre@example.org", True),
        ("postmaster@example.org", True),
        ("music-request@example.org", True),
        ("owner-music@example.org", True),
        (AMINA, False),
        ("noreen@example.org", False),
        ("postmaster.pat@example.org", False),
        ("rootsmusic@example.org", False),
    ],
)
def test_it_warns_of_addresses_at_which_nobody_reads(desk, address, warned):
    with desk.store.begin() as tx:
        notes = loops.cautions(tx, Address(address), desk.clock.now())
    assert [address in note for note in notes] == [True] * warned


def test_it_writes_no_draft_to_a_mail_server(desk):
    """Somebody human forwards a bounce, and the answer would go to the daemon that wrote it."""
    case = desk.arrive(letter(headers=("Reply-To: MAILER-DAEMON@mx.example.org",)))
    assert desk.draft(case.id) is None


def test_it_lets_nobody_approve_a_reply_to_a_mail_server(desk):
    case = desk.arrive(letter(headers=("Reply-To: MAILER-DAEMON@mx.example.org",)))
    draft = desk.approvals.write(case.id, "Re: A question", "Dear daemon", "Bo")
    with pytest.raises(Refused, match="mail server's own address"):
        desk.approvals.approve(draft.id, draft.revision, "Bo")
    assert desk.store.data.outbox == {}


def test_it_lets_nobody_approve_a_reply_to_ourselves(desk):
    case = desk.arrive(letter())
    draft = desk.draft(case.id)
    at_us = Address(OURS.replace("@", "+tag@"))
    from dataclasses import replace

    with desk.store.begin() as tx:
        tx.drafts.save(replace(draft, recipient=at_us), was=draft)
    with pytest.raises(Refused, match="our own address"):
        desk.approvals.approve(draft.id, draft.revision, "Bo")


def test_it_warns_on_what_was_written_by_hand_too(desk):
    case = desk.arrive(letter(headers=("Reply-To: no-reply@example.org",)))
    old = desk.draft(case.id)
    assert any("nobody reads" in note for note in old.cautions)
    from concierge.domain.draft import RejectReason

    desk.approvals.reject(old.id, RejectReason.OTHER, "Bo")
    draft = desk.approvals.write(case.id, "Re: A question", "Hello?", "Bo")
    assert any("nobody reads" in note for note in draft.cautions)


def told_of_many(draft):
    return [note for note in draft.cautions if "replies were approved" in note]


def test_it_warns_who_approves_again_and_again_to_one_address(desk):
    """What answers at once, every time, may be a machine that looks like a person."""
    case = desk.arrive(letter())
    for n in range(3):
        assert told_of_many(desk.draft(case.id)) == []
        desk.answer(case.id)
        desk.arrive(letter(f"We received your mail {n}.", subject=f"Re: {token(case.id)}"))
    (told,) = told_of_many(desk.draft(case.id))
    assert told.startswith("3 replies")


def test_it_counts_the_replies_of_one_day_alone(desk):
    case = desk.arrive(letter())
    for n in range(4):
        desk.answer(case.id)
        desk.clock.pass_(hours=13)
        desk.arrive(letter(f"Thank you! {n}", subject=f"Re: {token(case.id)}"))
    assert told_of_many(desk.draft(case.id)) == []


def test_it_counts_the_replies_of_all_cases_of_an_address(desk):
    for text in ("Where is the guide?", "When are you open?", "Is there a list of teachers?"):
        desk.answer(desk.arrive(letter(text)).id)
    case = desk.arrive(letter("And again?", subject="Re: something of ours"))
    assert len(told_of_many(desk.draft(case.id))) == 1
