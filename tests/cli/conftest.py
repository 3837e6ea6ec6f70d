"""A desk with mail on it, made once, and a copy of it for each test that changes something."""

from __future__ import annotations

import logging
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from support.deployment import Deployment, deploy, environment

from concierge.bootstrap import make_admission, rulebook_files
from concierge.cli.app import main
from concierge.demo.letterbox import letters
from concierge.desk.fingerprint import fingerprint, message_id
from concierge.domain.ledger import Incoming
from concierge.store.rulebook import read_rulebook

#: Everything that drives a terminal or deceives a reader: title, colours, clear screen, C1 CSI,
#: right-to-left override and isolate, zero width, byte order mark, tag letter, soft hyphen.
WEAPONS = (
    "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202egpj.exe\u2066\u200b\ufeff\U000e0041\u00ad\u2028\x08\x7f"
)


def encoded(words: str) -> str:
    return f"=?utf-8?b?{b64encode(words.encode()).decode()}?="


HOSTILE = (
    f"From: {encoded('Dee' + WEAPONS)} <dee@example.net>\r\n"
    "To: help@desk.example.org\r\n"
    f"Subject: {encoded('Weapons ' + WEAPONS)}\r\n"
    "Message-ID: <h\x1b[31m1@example.net>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n"
    "\r\n"
    "--b\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "\r\n"
    f"I want to kill my{WEAPONS}self. I want to die {WEAPONS} in Ber{WEAPONS}lin, Berlin.\r\n"
    f"> quoted {WEAPONS}\r\n"
    "--b\r\n"
    f"Content-Type: application/pdf; name={encoded(WEAPONS + 'x.pdf')}\r\n"
    "Content-Disposition: attachment\r\n"
    "\r\n"
    "abc\r\n"
    "--b--\r\n"
).encode()

#: A machine's mail, parked, that is no kinder.
HOSTILE_PARKED = (
    "From: list@example.net\r\nTo: help@desk.example.org\r\n"
    f"Subject: {encoded('Automatic reply: Parked ' + WEAPONS)}\r\n"
    "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n"
    "\r\nI am out of the office.\r\n"
).encode()


def deliver(desk: Deployment, mails: Iterable[bytes]) -> None:
    """Put mails into the ledger and before staff, as the worker does."""
    now = datetime.now(UTC)
    rows = [
        Incoming("INBOX", 1, uid, raw, fingerprint(raw), message_id(raw), now, now, len(raw), True)
        for uid, raw in enumerate(mails, 1)
    ]
    book = read_rulebook(rulebook_files(desk.config))
    with desk.store() as store:
        with store.begin() as tx:
            tx.ledger.record(rows)
        admitted = make_admission(desk.config, store, lambda: book).admit_waiting(len(rows))
    assert not admitted.failures, admitted


@pytest.fixture(scope="session")
def full_desk(tmp_path_factory) -> Deployment:
    """A desk with the sample letters and two hostile mails; for looking only."""
    desk = deploy(
        tmp_path_factory.mktemp("desk"),
        # Port 9 (discard) refuses: nothing here may depend on a server.
        {("mailbox", "port"): 9, ("mailbox", "tls"): "plaintext", ("outgoing", "port"): 9},
        mailbox_password="wrong",
    )
    deliver(desk, [*(letter.raw for letter in letters()), HOSTILE, HOSTILE_PARKED])
    return desk


@pytest.fixture
def desk(full_desk, tmp_path) -> Deployment:
    """A copy of that desk, to do anything to."""
    folder = tmp_path / "desk"
    shutil.copytree(full_desk.folder, folder)
    return Deployment(folder)


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def concierge(monkeypatch, capsys, tmp_path) -> Command:
    """Runs a command in this process: ``concierge(desk, *words)`` is code, stdout, stderr.

    The real processes of the other tests show that nothing depends on that; this is for tables.
    """

    def run(where: Deployment | Path | None, *words: str, **more: str) -> tuple[int, str, str]:
        for name in ("CONCIERGE_CONFIG", "CONCIERGE_STAFF"):
            monkeypatch.delenv(name, raising=False)
        if isinstance(where, Deployment):
            for name, value in (environment(where.config_file) | more).items():
                monkeypatch.setenv(name, value)
        folder = where.folder if isinstance(where, Deployment) else where or tmp_path
        monkeypatch.chdir(folder)
        capsys.readouterr()
        handlers = logging.getLogger().handlers[:]
        try:
            code = main(list(words))
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            # The worker sends its log to this test's stderr, which is closed for the next one.
            structlog.reset_defaults()
            logging.getLogger().handlers[:] = handlers
        out, err = capsys.readouterr()
        return code, out, err

    return run
