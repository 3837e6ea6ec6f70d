"""Only a named person's yes to exactly these bytes lets a draft out."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from support.desk_fixtures import AMINA, DEE, OURS, Desk, letter, token

from concierge.desk.approvals import digest
from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState, OutboxState, RejectReason
from concierge.domain.event import EventKind
from concierge.domain.message import Address
from concierge.errors import Refused, StaleDraft, TakenByAnother


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def case(desk):
    return desk.arrive(letter(mid="<first@example.org>", headers=("References: <a@b>",)))


@pytest.fixture
def draft(desk, case):
    return desk.draft(case.id)


def test_it_freezes_bytes_recipient_and_name(desk, case, draft):
    desk.casework.claim(case.id, "Bo")
    mail = desk.approvals.approve(draft.id, 1, "Bo")
    assert (mail.state, mail.recipient, mail.sender) == (OutboxState.QUEUED, AMINA, OURS)
    assert mail.approval.digest == digest(mail.mail, AMINA)
    assert (mail.approval.staff, mail.approval.draft_revision) == ("Bo", 1)
    assert token(case.id, draft.id).encode() in mail.mail
    moved = desk.case(case.id)
    assert (moved.state, moved.claim, moved.attention) == (CaseState.SENDING, None, "")
    assert desk.store.data.drafts[draft.id].state is DraftState.APPROVED
    assert [e.by for e in desk.events(case.id, EventKind.APPROVED)] == ["Bo"]
    with pytest.raises(FrozenInstanceError):
        mail.recipient = DEE


def test_it_answers_the_thread(draft):
    assert draft.in_reply_to == "<first@example.org>"
    assert draft.references == ("<a@b>", "<first@example.org>")


def test_it_ties_the_digest_to_the_address():
    assert digest(b"mail", AMINA) != digest(b"mail", DEE) != digest(b"mail.", DEE)


def test_it_approves_nothing_twice(desk, draft):
    desk.approvals.approve(draft.id, 1, "Bo")
    with pytest.raises(Refused, match="already approved"):
        desk.approvals.approve(draft.id, 1, "Carla")
    assert len(desk.store.data.outbox) == 1


@pytest.mark.parametrize("revision", [0, 2, -1])
def test_it_approves_only_the_revision_that_was_read(desk, draft, revision):
    with pytest.raises(StaleDraft, match="edited since you read it"):
        desk.approvals.approve(draft.id, revision, "Bo")


def test_it_wants_an_edited_draft_read_again(desk, draft):
    edited = desk.approvals.edit(draft.id, 1, "Re: yours", "My words", "Carla")
    with pytest.raises(StaleDraft):
        desk.approvals.approve(draft.id, 1, "Bo")
    mail = desk.approvals.approve(draft.id, edited.revision, "Bo")
    assert mail.mail.endswith(b"My words")
    (event,) = desk.events(draft.case_id, EventKind.APPROVED)
    assert event.get("edited") == "yes"


def test_it_refuses_a_draft_overtaken_while_it_was_approved(desk, case, draft):
    # The requester writes between the person's look at the draft and their yes.
    desk.arrive(letter("Wait!", subject=token(case.id)))
    with pytest.raises(StaleDraft, match="superseded"):
        desk.approvals.approve(draft.id, 1, "Bo")
    assert desk.store.data.outbox == {}
    assert desk.case(case.id).state is CaseState.OPEN


def test_it_refuses_a_draft_whose_case_moved_without_superseding_it(desk, case, draft):
    with desk.store.begin() as tx:
        tx.cases.save(replace(case, version=case.version + 1), was=case)
    with pytest.raises(StaleDraft, match="earlier state"):
        desk.approvals.approve(draft.id, 1, "Bo")


def test_it_refuses_while_a_colleague_holds_the_case(desk, case, draft):
    desk.casework.claim(case.id, "Carla")
    for act in (
        lambda: desk.approvals.approve(draft.id, 1, "Bo"),
        lambda: desk.approvals.edit(draft.id, 1, "s", "t", "Bo"),
        lambda: desk.approvals.reject(draft.id, RejectReason.OTHER, "Bo"),
        lambda: desk.casework.resolve(case.id, "Bo"),
    ):
        with pytest.raises(TakenByAnother, match="Carla"):
            act()
    desk.clock.pass_(minutes=31)
    assert desk.approvals.approve(draft.id, 1, "Bo").id == 1


@pytest.mark.parametrize(
    "own", [OURS, "HELP@desk.example.org", f"help+{token(1)}@desk.example.org"]
)
def test_it_never_writes_to_ourselves(desk, draft, own):
    with desk.store.begin() as tx:
        tx.drafts.save(replace(draft, recipient=Address(own)), was=draft)
    with pytest.raises(Refused, match="our own address"):
        desk.approvals.approve(draft.id, 1, "Bo")
    assert desk.store.data.outbox == {}


def test_it_approves_nothing_when_the_mail_cannot_be_made(desk, case, draft):
    def refuse(letter):
        raise Refused("no such address")

    desk.approvals._composer = type("Refuses", (), {"compose": staticmethod(refuse)})
    with pytest.raises(Refused, match="no such address"):
        desk.approvals.approve(draft.id, 1, "Bo")
    assert desk.case(case.id).state is CaseState.OPEN
    assert desk.draft(case.id) == draft


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_it_keeps_no_empty_reply(desk, draft, text):
    with pytest.raises(Refused, match="empty"):
        desk.approvals.edit(draft.id, 1, "s", text, "Bo")
    with pytest.raises(Refused, match="empty"):
        desk.approvals.write(draft.case_id, "s", text, "Bo")
    assert desk.draft(draft.case_id) == draft


def test_it_lets_staff_say_no_and_write_themselves(desk, case, draft):
    with pytest.raises(Refused, match="proposed"):
        desk.approvals.write(case.id, "Re", "Mine", "Bo")
    desk.approvals.reject(draft.id, RejectReason.WRONG_TONE, "Bo", "too stiff")
    (event,) = desk.events(case.id, EventKind.DRAFT_REJECTED)
    assert (event.get("reason"), event.words) == ("wrong_tone", "too stiff")
    assert desk.case(case.id).state is CaseState.OPEN
    assert all(clock.met_at is None for clock in desk.clocks(case.id))
    mine = desk.approvals.write(case.id, "Re", "Mine", "Bo")
    assert (mine.recipient.address, mine.in_reply_to) == (AMINA, "<first@example.org>")
    with pytest.raises(Refused, match="already rejected"):
        desk.approvals.approve(draft.id, 1, "Bo")
    assert desk.approvals.approve(mine.id, 1, "Bo").recipient == AMINA
