"""The mailbox, its server or our own disk in trouble: every mail is still taken, once.

Field stories: numbers 3, 4, 5, 7 and 15 of what broke in other desks; each test names its own.
"""

from __future__ import annotations

import imaplib
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from servers.dovecot import PASSWORD, Account, Dovecot
from servers.scripted_imap import ScriptedImap
from servers.smtp import SmtpServer
from support.deployment import DESK_ADDRESS, Deployment, deploy
from support.tap import Tap

from acceptance.looks import (
    approve_everything,
    ask,
    assert_history_is_sane,
    assert_ledger_is_the_server,
    balance,
    texts_of_cases,
)
from acceptance.post import auto_reply, bounce, person
from concierge.domain.case import CaseState

Desks = Callable[..., Deployment]
Passes = Callable[[Deployment], Callable[..., None]]
#: Runs a command that may write no file longer than its first argument, in bytes: a full disk.
_LIMITED = (
    "import os, resource, sys; size = int(sys.argv[1]);"
    " resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); os.execv(sys.argv[2], sys.argv[2:])"
)


@pytest.mark.story(3)
def test_it_takes_mail_that_staff_have_read_first(account: Account, desk_for: Desks) -> None:
    r"""freescout#3406, freescout#4888: whoever goes by \Seen never sees what somebody opened."""
    desk = desk_for(account)
    account.deliver(person("opened"))
    account.deliver(person("closed"))
    with _imap(account) as imap:
        imap.uid("STORE", "1", "+FLAGS", "(\\Seen)")
    assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, "opened", "closed") == [1, 1]


@pytest.mark.story(5)
def test_it_neither_loses_nor_doubles_when_the_server_renumbers(
    own_imap: Dovecot, desk_for: Desks, passes: Passes
) -> None:
    """paperless-ngx#8939, itop-jb#253, itop-jb#133: a new UIDVALIDITY, and no Message-ID."""
    account = own_imap.account()
    # Mail stays where it is, so that all of it comes again under new numbers.
    desk = desk_for(account, values={("mailbox", "after"): "flag"})
    one_pass = passes(desk)
    twins = [person("twin", text=text, Message_ID="") for text in ("one words", "other words")]
    for raw in (*twins, *(person(f"kanari{number}") for number in range(10)), twins[0]):
        account.deliver(raw)
    one_pass()
    before = texts_of_cases(desk)
    # Twelve letters; the thirteenth is the first again, to the byte.
    assert sum(map(len, before.values())) == 12
    account.renumber()
    account.deliver(person("after"))
    one_pass()
    one_pass()
    assert ask(desk.database, "SELECT count(DISTINCT uidvalidity) FROM ledger") == [(2,)]
    assert _words_found(desk, "one words", "other words", "after") == [1, 1, 1]
    assert sum(map(len, texts_of_cases(desk).values())) == 13
    assert balance(desk)["balanced"] is True
    assert_history_is_sane(desk)


def test_it_goes_on_when_mail_vanishes_while_it_is_fetched(
    account: Account, desk_for: Desks
) -> None:
    """zammad#1662: "some of the requested messages no longer exist" held all others up."""
    for number in range(20):
        account.deliver(person(f"kanari{number:02}"))
    with Tap(account.server.tls_port) as tap:
        desk = desk_for(account, values={("mailbox", "port"): tap.port})
        # After the login and the list of UIDs (some 3 kB), before the mails are sent.
        tap.strike_after(3_400, lambda: account.eye.expunge(15))
        # The server refuses the whole answer; that much may be told, but nobody waits for it.
        assert desk.run("worker", "--once").returncode in {0, 5}
        others = [f"kanari{number:02}" for number in range(20) if number != 14]
        assert _words_found(desk, *others) == [1] * 19
        assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, *others) == [1] * 19
    # The report does not hide that the server once had a mail more than anybody has read.
    line = balance(desk)
    assert (line["balanced"], line["server"], line["ledger"]) == (False, 20, 19)
    assert account.list() == []


@pytest.mark.story(4)
def test_it_works_on_while_the_archive_cannot_be_moved_to(
    account: Account, desk_for: Desks, smtp: SmtpServer, passes: Passes
) -> None:
    """osTicket#5645: moves fail for hours; mail goes before staff once, and health says so."""
    with _imap(account) as imap:
        imap.create("Second")
        imap.create("Handled")
    handled = account.server.root / "mail" / account.username / ".Handled"
    desk = desk_for(account, smtp, values={("mailbox", "folders"): ["INBOX", "Second"]})
    one_pass = passes(desk)
    with _unwritable(handled):
        for number in range(3):
            account.deliver(person(f"first{number}"))
            account.deliver(person(f"second{number}"), "Second")
            one_pass(5)
            # What came to the second folder is not held up by the first.
            for folder in ("first", "second"):
                assert _words_found(desk, f"{folder}{number}") == [1]
        health = desk.run("health")
        assert health.returncode == 1
        assert "moving handled mail: MailboxUnavailable" in health.stdout
        assert approve_everything(desk) == 6
        one_pass(5)
        assert len(smtp.delivered) == 6
        assert len(account.list()) == 3
    one_pass()
    one_pass()
    assert account.list() == account.list("Second") == []
    assert _words_found(desk, *(f"first{n}" for n in range(3))) == [1, 1, 1]
    assert_ledger_is_the_server(desk, account, "INBOX", "Second", "Handled", "Parked")
    assert desk.run("health").returncode == 0


@pytest.mark.story(15)
def test_it_gives_a_hung_connection_up_and_still_sends(
    account: Account, desk_for: Desks, smtp: SmtpServer
) -> None:
    """zammad#2321, zammad#3292, apscheduler#342: one hung socket must not end the polling."""
    with Tap(account.server.tls_port) as tap:
        quick = {
            ("mailbox", "port"): tap.port,
            ("mailbox", "read_timeout_seconds"): 5,
            ("mailbox", "connect_timeout_seconds"): 5,
        }
        desk = desk_for(account, smtp, values=quick)
        account.deliver(person("before"))
        assert desk.run("worker", "--once").returncode == 0
        assert approve_everything(desk) == 1
        account.deliver(person("during"))
        tap.strike_after(3_200, tap.stall)
        began = time.monotonic()
        done = desk.run("worker", "--once", seconds=40)
        assert done.returncode == 5, done.stderr
        assert time.monotonic() - began < 30
        assert len(smtp.delivered) == 1
        assert desk.run("health").returncode == 1
        tap.resume()
        tap.drop()
        assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, "before", "during") == [1, 1]
    assert desk.run("health").returncode == 0


@pytest.mark.story(15)
def test_it_asks_once_and_stops_when_the_login_is_refused(tmp_path: Path) -> None:
    """zammad#2321, zammad#3292: a revoked password; hammering would lock the account."""
    refusal = "{tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n"
    with ScriptedImap({"LOGIN": refusal}) as server:
        values = {
            ("mailbox", "port"): server.port,
            ("mailbox", "tls"): "plaintext",
            ("mailbox", "idle"): True,
            ("outgoing", "port"): 9,
        }
        desk = deploy(tmp_path, values, mailbox_password="revoked")
        done = desk.run("worker", "--once")
        assert done.returncode == 4, done.stderr
        assert "revoked" not in done.stderr
        asked = _logins(server)
        assert asked == 1
        worker = desk.start("worker")
        # Long enough for two polls more (poll_seconds is 5) and the watcher's own attempt.
        time.sleep(13)
        assert worker.poll() is None, worker.communicate()
        worker.terminate()
        out, err = worker.communicate(timeout=30)
        assert worker.returncode == 0, (out, err)
        assert _logins(server) - asked <= 2
        health = desk.run("health")
        assert health.returncode == 1
        assert "login_refused" in health.stdout


def test_it_takes_the_words_of_a_mail_that_is_too_large(account: Account, desk_for: Desks) -> None:
    """osTicket#4911: the text is fetched, the rest stays on the server, and staff are told."""
    desk = desk_for(account, values={("mailbox", "size_limit_mb"): 1})
    picture = b"QUJD" * 500_000
    account.deliver(
        b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: My stage\r\n"
        b"Message-ID: <large@example.org>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
        b"--b0\r\nContent-Type: text/plain\r\n\r\nI fell off the stage (kanarilarge)\r\n"
        b"--b0\r\nContent-Type: image/png; name=stage.png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + picture + b"\r\n--b0--\r\n"
    )
    account.deliver(person("small"))
    assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, "kanarilarge", "small") == [1, 1]
    assert ask(desk.database, "SELECT complete FROM ledger ORDER BY size DESC") == [(0,), (1,)]
    with desk.views() as views:
        (large,) = (
            row.case for row in views.queue(list(CaseState)) if row.case.subject == "My stage"
        )
    assert large.attention
    assert max(map(len, account.list("Handled"))) > len(picture)


def test_it_leaves_the_mailbox_alone_while_the_store_is_locked(
    account: Account, desk_for: Desks
) -> None:
    """zammad#243: flags and moves come after the store has the mail, never before."""
    desk = desk_for(account)
    account.deliver(person("patient"))
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = desk.run("worker", "--once")
        assert done.returncode == 5
        assert "database" in done.stderr
        assert "Traceback" not in done.stderr
        assert _untouched(account) == 1
        other.execute("ROLLBACK")
    assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, "patient") == [1]


def test_it_leaves_the_mailbox_alone_when_the_disk_is_full(
    account: Account, desk_for: Desks
) -> None:
    """zammad#243: what could not be stored stays on the server, unread, and comes when it can."""
    desk = desk_for(account)
    room = str(desk.database.stat().st_size + 150_000)
    for number in range(20):
        account.deliver(person(f"kanari{number:02}", text="All my words. " * 2_000))
    done = desk.run("worker", "--once", through=(sys.executable, "-c", _LIMITED, room))
    assert done.returncode == 5, done.stderr
    rows = ask(desk.database, "SELECT count(*) FROM ledger")[0][0]
    assert rows < 20
    assert _untouched(account) >= 20 - rows
    assert desk.run("worker", "--once").returncode == 0
    assert _words_found(desk, *(f"kanari{number:02}" for number in range(20))) == [1] * 20
    assert_ledger_is_the_server(desk, account, "INBOX", "Handled", "Parked")


@pytest.mark.story(7)
def test_it_sends_nothing_and_keeps_the_queue_readable_in_a_storm(
    account: Account, desk_for: Desks, smtp: SmtpServer
) -> None:
    """freescout#688, PostHog PR#92017, faveo#150: own address, DSN storm, mutating loop."""
    desk = desk_for(account, smtp)
    for number in range(40):
        account.deliver(bounce(f"dsn{number}"))
        # Its address changes by one byte each time, so that no limit a sender would hold it.
        robot = f"robot+{number}@loop.example.net"
        account.deliver(auto_reply(f"loop{number}").replace(b"amina.", robot[:8].encode()))
        account.deliver(person(f"ours{number}", sender=f"Us <{DESK_ADDRESS}>"))
    account.deliver(person("kanariurgent", text="I want to kill myself tonight."))
    assert desk.run("worker", "--once").returncode == 0
    assert smtp.transactions == 0
    first, *others = desk.ask("queue")
    assert first["urgency"] == "emergency"
    assert "kanariurgent" in first["subject"]
    assert others == []
    with desk.views() as views:
        drafts = [d for row in views.queue(list(CaseState)) for d in views.case(row.case.id).drafts]
    assert DESK_ADDRESS not in {draft.recipient.address for draft in drafts}
    assert balance(desk)["balanced"] is True


def _words_found(desk: Deployment, *canaries: str) -> list[int]:
    """In how many messages of how many cases each word stands."""
    texts = [text for messages in texts_of_cases(desk).values() for text in messages]
    return [sum(canary in text for text in texts) for canary in canaries]


def _untouched(account: Account) -> int:
    """How many mails lie in INBOX as they came; fails when one of them was flagged."""
    flags = account.eye.flags()
    assert set().union(*flags.values()) == set()
    return len(flags)


def _logins(server: ScriptedImap) -> int:
    return sum(line.startswith(("LOGIN", "AUTHENTICATE")) for line in server.commands)


@contextmanager
def _unwritable(folder: Path):
    """A folder whose owner may look but not write."""
    places = [folder, *(folder / name for name in ("new", "cur", "tmp"))]
    for place in places:
        place.chmod(0o500)
    try:
        yield
    finally:
        for place in places:
            place.chmod(0o700)


@contextmanager
def _imap(account: Account):
    with imaplib.IMAP4("127.0.0.1", account.server.port, timeout=10) as imap:
        imap.login(account.username, PASSWORD)
        imap.select("INBOX")
        yield imap
