"""The requester writes while a reply is being prepared: what was written without it never leaves.

Field stories: a reply silently never sent after the requester wrote (freescout#2098), an old one
sent in place of the new (freescout#2873), a recipient changed under the writer (freescout#5121),
a stranger drawn into somebody's case by a token (zammad#5064, zammad#2444).
"""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

import pytest
from servers.dovecot import Account
from servers.smtp import SmtpServer
from support.deployment import Deployment

from acceptance.looks import assert_history_is_sane
from acceptance.post import bounce, person
from concierge.domain.case import CaseState

AMINA = "Amina <amina@example.org>"
DEE = "Dee <dee@example.net>"
Passes = Callable[[Deployment], Callable[[], None]]


@pytest.fixture
def scene(
    account: Account, smtp: SmtpServer, desk_for: Callable[..., Deployment], passes: Passes
) -> Scene:
    desk = desk_for(account, smtp)
    return Scene(desk, account, smtp, passes(desk))


class Scene:
    """Amina's first message stands in case 1 with draft 1, unless a test says otherwise."""

    def __init__(
        self, desk: Deployment, account: Account, smtp: SmtpServer, work: Callable[[], None]
    ) -> None:
        self.desk, self.account, self.smtp, self.work = desk, account, smtp, work
        self.arrives(person("first", sender=AMINA))

    def arrives(self, raw: bytes) -> None:
        self.account.deliver(raw)
        self.work()

    def writes_again(self, canary: str, answering: str, sender: str = AMINA, **more: str) -> bytes:
        return person(canary, sender=sender, In_Reply_To=answering, References=answering, **more)

    def approve(self, draft_id: int) -> tuple[int, str]:
        done = self.desk.run("draft", "approve", str(draft_id), "--revision", "1", "--yes")
        return done.returncode, done.stdout + done.stderr

    def sent(self) -> list[Message]:
        return [message_from_bytes(mail.raw) for mail in self.smtp.delivered]

    def cases(self) -> dict[int, int]:
        """Case numbers with their open drafts."""
        with self.desk.views() as views:
            return {row.case.id: row.draft_id for row in views.queue(list(CaseState))}

    def outbox(self, *states: str) -> list[int]:
        with self.desk.views() as views:
            return [mail.id for mail in views.outbox(list(states))]


@pytest.mark.story(12)
def test_it_supersedes_the_draft_and_sends_the_new_one(scene: Scene) -> None:
    """freescout#2098, freescout#2873: an approval never reaches back behind a newer message."""
    assert scene.cases() == {1: 1}
    scene.arrives(scene.writes_again("second", "<first@example.org>"))
    assert scene.cases() == {1: 2}
    code, said = scene.approve(1)
    assert code == 3
    assert "superseded" in said
    assert "concierge case show 1" in said
    code, said = scene.approve(2)
    assert code == 0, said
    scene.work()
    (reply,) = scene.sent()
    assert reply["In-Reply-To"] == "<second@example.org>"
    assert str(reply["References"]).split() == ["<first@example.org>", "<second@example.org>"]
    assert reply["To"] == AMINA
    # Now she answers our reply: its signed Message-ID leads into the same case.
    scene.arrives(scene.writes_again("third", str(reply["Message-ID"])))
    assert scene.cases() == {1: 3}
    assert scene.approve(3)[0] == 0
    scene.work()
    assert [mail["In-Reply-To"] for mail in scene.sent()] == [
        "<second@example.org>",
        "<third@example.org>",
    ]
    assert_history_is_sane(scene.desk)


def test_it_holds_an_approved_reply_back_when_the_requester_writes_before_it_left(
    scene: Scene,
) -> None:
    """freescout#2098: visibly, with a new draft, and never in silence."""
    assert scene.approve(1)[0] == 0
    scene.arrives(scene.writes_again("second", "<first@example.org>"))
    assert scene.sent() == []
    assert scene.outbox("withdrawn") == [1]
    with scene.desk.views() as views:
        found = views.case(1).case
    assert found.state is CaseState.OPEN
    assert "held back" in found.attention
    assert scene.cases() == {1: 2}
    assert scene.approve(2)[0] == 0
    scene.work()
    (reply,) = scene.sent()
    assert reply["In-Reply-To"] == "<second@example.org>"


@pytest.mark.story(12)
def test_it_lets_no_later_message_redirect_a_reply(scene: Scene) -> None:
    """freescout#5121: whoever a Reply-To brings in is another writer, with a case of their own."""
    scene.arrives(scene.writes_again("second", "<first@example.org>", Reply_To="dee@example.net"))
    assert scene.approve(1)[0] == 0
    scene.work()
    assert [mail.recipients for mail in scene.smtp.delivered] == [("amina@example.org",)]
    with scene.desk.views() as views:
        assert "ossible follow-up of case 1" in views.case(2).case.attention
    assert scene.approve(2)[0] == 0
    scene.work()
    assert scene.smtp.delivered[1].recipients == ("dee@example.net",)


@pytest.mark.story(12)
def test_it_never_sends_a_discarded_draft(scene: Scene) -> None:
    """freescout#2873: discarded mid-send, the old one was sent again and the new one lost."""
    done = scene.desk.run("draft", "reject", "1", "wrong_tone")
    assert done.returncode == 0, done.stderr
    code, said = scene.approve(1)
    assert code == 3
    assert "rejected" in said
    scene.work()
    assert scene.sent() == []
    text = scene.desk.folder / "reply.txt"
    text.write_text("Dear Amina, this one was written by hand.\n", encoding="utf-8")
    done = scene.desk.run("draft", "write", "1", "--body-file", str(text))
    assert done.returncode == 0, done.stderr
    assert scene.approve(2)[0] == 0
    scene.work()
    (reply,) = scene.sent()
    assert "written by hand" in reply.as_string()


@pytest.mark.story(9)
def test_it_never_lets_a_stranger_into_a_case(scene: Scene) -> None:
    """zammad#5064, zammad#2444: a token in strange hands makes a new case, for staff to judge."""
    assert scene.approve(1)[0] == 0
    scene.work()
    (reply,) = scene.sent()
    ours = str(reply["Message-ID"])
    token = str(reply["X-Concierge-Ref"])
    scene.arrives(
        scene.writes_again("stranger", ours, sender=DEE, Subject=f"Re: your question [{token}]")
    )
    with scene.desk.views() as views:
        first, second = views.case(1), views.case(2)
    assert len(first.readings) == 1
    assert first.case.state is CaseState.WAITING
    assert len(second.readings) == 1
    assert "ossible follow-up of case 1" in second.case.attention
    assert second.case.requester.address == "dee@example.net"
    assert all("Amina" not in draft.text for draft in second.drafts)


@pytest.mark.story(13)
def test_it_reopens_the_case_whose_reply_came_back(scene: Scene) -> None:
    """osTicket#4911: a dead address must not look like a success."""
    assert scene.approve(1)[0] == 0
    scene.work()
    (reply,) = scene.sent()
    scene.arrives(bounce("back", of=str(reply["Message-ID"]), recipient="amina@example.org"))
    with scene.desk.views() as views:
        found = views.case(1)
    assert found.case.state is CaseState.ATTENTION
    assert "came back" in found.case.attention
    assert [mail.state for mail in found.outbox] == ["bounced"]
    assert any(clock.met_at is None and clock.paused_at is None for clock in found.clocks)
    scene.work()
    assert len(scene.sent()) == 1
