"""Approved, accepted by the server, and returned later: the requester still waits for an answer.

Over a real mailbox and a real relay. osTicket#4911: a dead address looked like a success.
"""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes

import pytest
from servers.dovecot import Account
from servers.smtp import SmtpServer
from support.deployment import Deployment

from acceptance.post import bounce, person
from concierge.domain.case import CaseState

AMINA = "Amina <amina@example.org>"
RESPONSES = {"first_response", "next_response"}
Passes = Callable[[Deployment], Callable[[], None]]


@pytest.fixture
def desk(account: Account, smtp: SmtpServer, desk_for: Callable[..., Deployment]) -> Deployment:
    return desk_for(account, smtp, values={("outgoing", "return_path_plus"): True})


def owed(desk: Deployment) -> set[str]:
    """The clocks of case 1 that run."""
    with desk.views() as views:
        clocks = views.case(1).clocks
    return {c.kind.value for c in clocks if c.met_at is None and c.paused_at is None}


@pytest.mark.story(13)
@pytest.mark.parametrize("left", ["the returned mail", "only the address it came to"])
def test_it_brings_the_case_back_as_if_it_had_never_been_answered(
    desk: Deployment, account: Account, smtp: SmtpServer, passes: Passes, left: str
) -> None:
    work = passes(desk)
    account.deliver(person("first", sender=AMINA))
    work()
    assert owed(desk) == {"first_response", "resolution"}
    done = desk.run("draft", "approve", "1", "--revision", "1", "--yes")
    assert done.returncode == 0, done.stderr
    work()
    (sent,) = smtp.delivered
    ours = str(message_from_bytes(sent.raw)["Message-ID"])
    with desk.views() as views:
        assert views.case(1).case.state is CaseState.WAITING
        before = {c.id: c.due_at for c in views.case(1).clocks}
    assert owed(desk) == set()
    # The relay took it under a sender that carries our reference, and returns it there.
    assert sent.sender.startswith("help+c-1-1-")
    came = bounce("back", of=ours if left == "the returned mail" else "", recipient="amina@x.org")
    account.deliver(b"Delivered-To: " + sent.sender.encode() + b"\r\n" + came)
    work()
    with desk.views() as views:
        found = views.case(1)
        assert [row.case.id for row in views.queue([CaseState.ATTENTION])] == [1]
    assert [mail.state for mail in found.outbox] == ["bounced"]
    assert owed(desk) == {"first_response", "resolution"}
    assert {c.id: c.due_at for c in found.clocks if c.kind.value in RESPONSES}.items() <= (
        before.items()
    )
    for words in ("came back", "does not exist", "concierge case redraft 1"):
        assert words in found.case.attention
    # Staff name the right address, and the next reply goes there and is no bounce's business.
    done = desk.run("case", "requester", "1", "amina@new.example.org")
    assert done.returncode == 0, done.stderr
    with desk.views() as views:
        draft = views.case(1).drafts[-1]
    done = desk.run("draft", "approve", str(draft.id), "--revision", str(draft.revision), "--yes")
    assert done.returncode == 0, done.stderr
    work()
    assert [mail.recipients for mail in smtp.delivered][1:] == [("amina@new.example.org",)]
    assert owed(desk) == set()


@pytest.mark.story(13)
def test_it_lets_a_strangers_report_change_nothing(
    desk: Deployment, account: Account, smtp: SmtpServer, passes: Passes
) -> None:
    work = passes(desk)
    account.deliver(person("first", sender=AMINA))
    work()
    assert desk.run("draft", "approve", "1", "--revision", "1", "--yes").returncode == 0
    work()
    account.deliver(bounce("forged", of="<guess@desk.example.org>", recipient="amina@example.org"))
    work()
    with desk.views() as views:
        found = views.case(1)
    assert (found.case.state, found.case.attention) == (CaseState.WAITING, "")
    assert [mail.state for mail in found.outbox] == ["sent"]
    assert len(smtp.delivered) == 1
