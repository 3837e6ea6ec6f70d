"""Real servers for the whole desk, shared where starting them costs something."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from servers import dovecot
from servers.dovecot import Account, Dovecot
from servers.smtp import SmtpServer
from support.deployment import Deployment, deploy, environment
from support.nursery import Nursery

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.acceptance)
            item.add_marker(pytest.mark.dovecot)


@pytest.fixture(scope="session")
def imap() -> Iterator[Dovecot]:
    if reason := dovecot.missing():
        pytest.skip(reason)
    with Dovecot() as server:
        yield server


@pytest.fixture
def own_imap() -> Iterator[Dovecot]:
    """A Dovecot of this test alone, for tests that restart or break it."""
    if reason := dovecot.missing():
        pytest.skip(reason)
    with Dovecot() as server:
        yield server


@pytest.fixture
def account(imap: Dovecot) -> Account:
    """A fresh mailbox of its own on the shared server."""
    return imap.account(f"desk{next(_numbers)}")


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@pytest.fixture
def desk_for(tmp_path: Path) -> Callable[..., Deployment]:
    """Makes the desk that reads an account and sends through a server."""

    def make(account: Account, smtp: SmtpServer | None = None, **more: Any) -> Deployment:
        values: dict[tuple[str, str], Any] = {
            ("mailbox", "port"): account.server.tls_port,
            ("mailbox", "ca_file"): account.server.ca_file,
            ("mailbox", "username"): account.username,
            # Port 9 (discard) refuses, should anything be sent that no test expects.
            ("outgoing", "port"): smtp.port if smtp else 9,
            ("outgoing", "retry_seconds"): 1,
            # These letters differ in a number alone, and many come within the hour: a storm, which
            # is what test_storm.py is about.
            ("cases", "flood_hours"): 0,
            ("cases", "drafts_an_hour"): 0,
        }
        values |= more.pop("values", {})
        return deploy(tmp_path, values, mailbox_password=dovecot.PASSWORD, **more)

    return make


@pytest.fixture
def passes(tmp_path: Path) -> Iterator[Callable[[Deployment], Callable[..., None]]]:
    """Makes, of a desk, a function that lets its worker make one pass, with this exit code."""
    with ExitStack() as open_nurseries:

        def of(desk: Deployment) -> Callable[[], None]:
            folder = tmp_path / "nursery"
            folder.mkdir()
            nursery = Nursery(environment(desk.config_file), folder)
            open_nurseries.enter_context(nursery)

            def one(expected: int = 0) -> None:
                assert nursery.start("worker", "--once").wait() == expected, nursery.log.read_text()

            return one

        yield of
