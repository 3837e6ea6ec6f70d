"""What staff are done with never comes back as new."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from servers.dovecot import Account
from support.deployment import Deployment

from acceptance.looks import balance
from acceptance.post import person


@pytest.mark.story(6)
def test_it_does_not_reopen_what_is_done_when_its_mail_lies_in_the_inbox_again(
    account: Account, desk_for: Callable[..., Deployment]
) -> None:
    """chatwoot#12054, chatwoot#10503: mail put back, or restored, by somebody's hand.

    Erasing a case for good is not built yet; what can come back from the server is held here.
    """
    desk = desk_for(account)
    raw = person("finished")
    account.deliver(raw)
    assert desk.run("worker", "--once").returncode == 0
    assert desk.run("case", "resolve", "1", "--as", "Bo").returncode == 0
    account.deliver(raw)
    assert desk.run("worker", "--once").returncode == 0
    (case,) = desk.ask("case", "list", "--state", "resolved")
    assert case["case_id"] == 1
    assert desk.ask("queue") == []
    assert balance(desk)["balanced"] is True
    assert balance(desk)["duplicates"] == 1
