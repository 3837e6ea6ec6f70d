"""What the mailbox does when lines break, servers stall, refuse, or answer nonsense."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from contextlib import ExitStack, suppress

import pytest
from servers import dovecot
from servers.dovecot import Dovecot
from servers.embedded_imap import PASSWORD, USERNAME, EmbeddedImap
from servers.flaky import FlakyProxy
from servers.scripted_imap import HANG_UP, ScriptedImap

from concierge.errors import LoginRefused, MailboxUnavailable
from concierge.mail.imap import ImapMailbox, ImapSettings


@pytest.fixture
def stack():
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def embedded(stack):
    return stack.enter_context(EmbeddedImap())


@pytest.fixture
def proxy(stack, embedded):
    return stack.enter_context(FlakyProxy(embedded.port))


@pytest.fixture(scope="module")
def dovecot_server():
    if reason := dovecot.missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with Dovecot() as server:
        yield server


def settings(port, **changes):
    told = {
        "host": "127.0.0.1",
        "port": port,
        "tls": "plaintext",
        "username": USERNAME,
        "password": PASSWORD,
        "size_limit": 100_000,
        "connect_timeout": 1.0,
        "read_timeout": 1.0,
    }
    return ImapSettings(**(told | changes))


def opened(stack, port, **changes):
    mailbox = stack.enter_context(ImapMailbox(settings(port, **changes)))
    mailbox.open("INBOX")
    return mailbox


def mail(number, text="Hello"):
    return (
        f"From: amina@example.org\r\nMessage-ID: <{number}@example.org>\r\n\r\n{text}\r\n"
    ).encode()


# The line.


def test_it_gives_a_stalled_server_up_within_the_read_timeout(stack, embedded, proxy):
    embedded.deliver(mail(1))
    mailbox = opened(stack, proxy.port)
    before = mailbox.uids()
    proxy.stall()
    started = time.monotonic()
    with pytest.raises(MailboxUnavailable, match="in time"):
        mailbox.uids()
    assert time.monotonic() - started < 3
    proxy.resume()
    assert mailbox.uids() == before


def test_it_gives_up_a_server_that_never_greets(stack, proxy):
    proxy.stall()
    started = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        opened(stack, proxy.port)
    assert time.monotonic() - started < 3


def test_it_notices_a_half_open_line_when_idle_ends(stack, proxy):
    mailbox = opened(stack, proxy.port)
    proxy.stall()
    started = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(0.5)
    assert time.monotonic() - started < 4


def test_it_notices_at_once_that_the_line_closed_while_idle(stack, proxy):
    mailbox = opened(stack, proxy.port)
    cutter = threading.Timer(0.3, proxy.drop)
    cutter.start()
    started = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(20)
    cutter.join()
    assert time.monotonic() - started < 5
    assert mailbox.uids() == ()


def test_it_survives_a_line_cut_in_the_middle_of_a_mail(stack, embedded, proxy):
    mails = [mail(1), mail(2, "long " * 10_000), mail(3)]
    for raw in mails:
        embedded.deliver(raw)
    mailbox = opened(stack, proxy.port)
    uids = mailbox.uids()
    proxy.cut_after(20_000)
    with pytest.raises(MailboxUnavailable):
        list(mailbox.fetch(uids))
    assert [one.raw for one in mailbox.fetch(uids)] == mails
    assert embedded.eye.flags().keys() == set(uids)


@pytest.mark.parametrize("count", [1, 40, 120, 300, 700])
def test_it_survives_a_line_cut_anywhere_while_connecting(stack, proxy, count):
    proxy.cut_after(count)
    with pytest.raises(MailboxUnavailable):
        mailbox = opened(stack, proxy.port)
        for _ in range(20):
            mailbox.uids()
    assert opened(stack, proxy.port).uids() == ()


def test_it_says_that_nobody_listens(stack):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(MailboxUnavailable, match="refused"):
        opened(stack, port)


def test_it_closes_quietly_when_the_server_is_stalled(stack, proxy):
    mailbox = opened(stack, proxy.port)
    proxy.stall()
    mailbox.close()


@pytest.mark.dovecot
def test_it_notices_that_it_was_kicked(stack, dovecot_server):
    account = dovecot_server.account("kicked")
    account.deliver(mail(1))
    mailbox = opened(
        stack, dovecot_server.port, username="kicked", password=dovecot.PASSWORD, read_timeout=5.0
    )
    assert mailbox.uids() == (1,)
    account.kick()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(20)
    assert mailbox.uids() == (1,)


@pytest.mark.dovecot
def test_it_uses_no_old_uid_after_the_folder_was_renumbered_behind_its_back(stack, dovecot_server):
    account = dovecot_server.account("renumbered")
    account.deliver(mail(1))
    mailbox = opened(
        stack,
        dovecot_server.port,
        username="renumbered",
        password=dovecot.PASSWORD,
        read_timeout=5.0,
    )
    assert mailbox.uids() == (1,)
    account.renumber()
    with pytest.raises(MailboxUnavailable):
        mailbox.mark_seen([1])
    with pytest.raises(MailboxUnavailable, match="renumbered"):
        mailbox.mark_seen([1])
    assert account.eye.flags() == {1: set()}
    mailbox.open("INBOX")
    assert mailbox.uids() == (1,)


@pytest.mark.dovecot
def test_it_finds_folders_under_the_namespace_of_the_server(stack):
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    server = stack.enter_context(Dovecot(prefix="INBOX."))
    account = server.account()
    account.deliver(mail(1))
    mailbox = opened(
        stack, server.port, password=dovecot.PASSWORD, username="desk", read_timeout=5.0
    )
    mailbox.move([1], "Desk/Done")
    assert mailbox.contains("Desk/Done", "<1@example.org>")
    assert "INBOX.Desk.Done" in account.eye.folders()


# The door.


@pytest.mark.parametrize("username", ["desk", "nobody"])
def test_it_says_that_the_login_was_refused_without_the_password(stack, embedded, username):
    with pytest.raises(LoginRefused, match=username) as caught:
        opened(stack, embedded.port, username=username, password="hunter2-wrong")
    assert "hunter2" not in str(caught.value)


@pytest.mark.dovecot
def test_it_says_that_dovecot_refused_the_login(stack, dovecot_server):
    with pytest.raises(LoginRefused, match="AUTHENTICATIONFAILED"):
        opened(stack, dovecot_server.port, password="wrong", read_timeout=10.0)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("{tag} NO [AUTHENTICATIONFAILED] no\r\n", LoginRefused),
        ("{tag} NO [EXPIRED] change it\r\n", LoginRefused),
        ("{tag} NO LOGIN failed.\r\n", LoginRefused),
        ("{tag} NO your embedded-secret is wrong\r\n", LoginRefused),
        ("{tag} NO [UNAVAILABLE] Temporary authentication failure\r\n", MailboxUnavailable),
        ("{tag} NO [INUSE] elsewhere\r\n", MailboxUnavailable),
        ("{tag} NO [LIMIT] enough\r\n", MailboxUnavailable),
        ("{tag} NO Too many simultaneous connections\r\n", MailboxUnavailable),
        ("* BYE going down\r\n" + HANG_UP, MailboxUnavailable),
        (HANG_UP, MailboxUnavailable),
        ("what?\r\n", MailboxUnavailable),
    ],
)
@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN"])
def test_it_tells_a_refused_login_from_a_server_in_trouble(stack, answer, error, capabilities):
    says = {"LOGIN": answer, "AUTHENTICATE": answer}
    server = stack.enter_context(ScriptedImap(says, capabilities=capabilities))
    with pytest.raises((LoginRefused, MailboxUnavailable)) as caught:
        opened(stack, server.port)
    assert caught.type is error
    assert PASSWORD not in str(caught.value)


def test_it_takes_a_goodbye_for_a_greeting_as_trouble(stack):
    server = stack.enter_context(ScriptedImap(greeting="* BYE too busy\r\n" + HANG_UP))
    with pytest.raises(MailboxUnavailable):
        opened(stack, server.port)


def test_it_cannot_log_in_with_a_password_login_cannot_carry(stack):
    server = stack.enter_context(ScriptedImap())
    with pytest.raises(LoginRefused, match="ASCII"):
        opened(stack, server.port, password="pässword")


def test_it_refuses_plaintext_to_another_machine_before_connecting(stack, monkeypatch):
    def resolve(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", port))]

    def connect(*_, **__):
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(LoginRefused, match="clear"):
        opened(stack, 143, host="mail.example.org")


def test_it_refuses_starttls_where_the_server_offers_none(stack):
    server = stack.enter_context(ScriptedImap())
    with pytest.raises(MailboxUnavailable):
        opened(stack, server.port, tls="starttls")
    assert not [one for one in server.commands if one.startswith("LOGIN")]


@pytest.mark.dovecot
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_refuses_a_certificate_nobody_vouches_for(stack, dovecot_server, tls, host):
    port = dovecot_server.tls_port if tls == "implicit" else dovecot_server.port
    with pytest.raises(MailboxUnavailable, match=r"(?i)certificate"):
        opened(stack, port, tls=tls, host=host, read_timeout=5.0)
    account = {"username": "desk", "password": dovecot.PASSWORD, "read_timeout": 5.0}
    assert opened(stack, port, tls=tls, host=host, ca_file=dovecot_server.ca_file, **account)


# The answers.


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("SELECT", "{tag} OK no uidvalidity told\r\n"),
        ("SELECT", "* OK [UIDVALIDITY 7] yes\r\n{tag} OK [READ-ONLY] done\r\n"),
        ("SELECT", "{tag} NO [SERVERBUG] oops\r\n"),
        ("UID SEARCH", "* SEARCH one two\r\n{tag} OK done\r\n"),
        ("UID SEARCH", "{tag} BAD what\r\n"),
        ("UID SEARCH", "* SEARCH " + "1 " * 600_000 + "\r\n{tag} OK done\r\n"),
        ("UID FETCH .*SIZE", "* 1 FETCH (UID x RFC822.SIZE 5)\r\n{tag} OK done\r\n"),
        ("UID FETCH .*SIZE", "* 1 FETCH (UID 1 RFC822.SIZE\r\n{tag} OK done\r\n"),
        ("UID FETCH .*SIZE", "* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\n" + HANG_UP),
        ("UID FETCH .*SIZE", "* 1 FETCH " + "(" * 5_000 + "\r\n{tag} OK done\r\n"),
        ("NOOP", HANG_UP),
    ],
    ids=range(11),
)
def test_it_turns_nonsense_into_the_one_error_of_the_port(stack, command, answer):
    server = stack.enter_context(ScriptedImap({command: answer}))
    with pytest.raises(MailboxUnavailable) as caught:
        list(opened(stack, server.port).fetch([1, 2]))
        opened(stack, server.port).uids()
    assert len(str(caught.value)) < 400


FACTS = (
    '* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE " 2-Nov-2026 10:30:00 +0100")\r\n'
    "* 2 FETCH (UID 2 RFC822.SIZE 9999999)\r\n"
    "* 9 FETCH (FLAGS (\\Seen))\r\n* 3 FETCH (UID 3 FLAGS ())\r\n{tag} OK done\r\n"
)


def test_it_tolerates_answers_it_did_not_ask_for(stack):
    body = "* 3 FETCH (FLAGS ())\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nA: b\n)\r\n{tag} OK done\r\n"
    server = stack.enter_context(
        ScriptedImap({"UID FETCH .*SIZE": FACTS, r"UID FETCH 1 \(BODY.PEEK\[\]\)": body})
    )
    mailbox = opened(stack, server.port)
    (one,) = mailbox.fetch([1, 3])
    assert (one.uid, one.raw) == (1, b"A: b\n")
    assert str(one.received_at) == "2026-11-02 09:30:00+00:00"


def test_it_takes_an_excerpt_from_a_server_that_stumbles_over_the_structure(stack):
    start = "* 2 FETCH (UID 2 BODY[]<0> {12}\r\nA: b\r\n\r\ntext)\r\n{tag} OK done\r\n"
    server = stack.enter_context(
        ScriptedImap(
            {
                "UID FETCH .*SIZE": FACTS,
                "UID FETCH .*STRUCTURE": HANG_UP,
                r"UID FETCH 2 \(BODY.PEEK\[\]<0.50>\)": start,
            }
        )
    )
    mailbox = opened(stack, server.port, excerpt_bytes=50)
    (one,) = mailbox.fetch([2])
    assert (one.raw, one.complete, one.size) == (b"A: b\r\n\r\ntext", False, 9_999_999)
    assert server.connections == 2


@pytest.mark.parametrize(
    "structure",
    [
        "NIL",
        "()",
        '("text" "plain")',
        '((("text" "plain" NIL NIL NIL "7bit" 5 1) "mixed" NIL) "mixed" ("boundary" "a\\b"))',
        '("audio" "mpeg" NIL NIL NIL "base64" 9999999)',
    ],
)
def test_it_takes_an_excerpt_where_the_structure_makes_no_sense(stack, structure):
    start = "* 2 FETCH (UID 2 BODY[]<0> {12}\r\nA: b\r\n\r\ntext)\r\n{tag} OK done\r\n"
    told = f"* 2 FETCH (UID 2 BODYSTRUCTURE {structure})\r\n{{tag}} OK done\r\n"
    server = stack.enter_context(
        ScriptedImap(
            {"UID FETCH .*SIZE": FACTS, "UID FETCH .*STRUCTURE": told, r"UID FETCH .*\[\]<": start}
        )
    )
    (one,) = opened(stack, server.port).fetch([2])
    assert one.raw == b"A: b\r\n\r\ntext"


def test_it_lets_no_refused_mail_hold_up_the_others(stack):
    both = "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n* 2 FETCH (UID 2 RFC822.SIZE 5)\r\n{tag} OK done\r\n"
    body = "* 1 FETCH (UID 1 BODY[] {5}\r\nA: b\n)\r\n{tag} OK done\r\n"
    refused = "{tag} NO this mail could not be converted\r\n"
    server = stack.enter_context(
        ScriptedImap(
            {
                "UID FETCH .*SIZE": both,
                r"UID FETCH 1 \(BODY.PEEK\[\]\)": body,
                "UID FETCH": refused,
            }
        )
    )
    given = []
    with pytest.raises(MailboxUnavailable, match=r"\[2\]"):
        given.extend(opened(stack, server.port).fetch([2, 1]))
    assert [one.uid for one in given] == [1]


def test_it_gets_past_a_mail_the_server_falls_over(stack):
    facts = "".join(f"* {uid} FETCH (UID {uid} RFC822.SIZE 5)\r\n" for uid in (1, 2, 3))
    body = "* {uid} FETCH (UID {uid} BODY[{part}] {5}\r\nA: {uid}\n)\r\n{tag} OK done\r\n"
    server = stack.enter_context(
        ScriptedImap(
            {
                "UID FETCH .*SIZE": facts + "{tag} OK done\r\n",
                r"UID FETCH 1 \(BODY.PEEK\[\]\)": body.replace("{uid}", "1").replace("{part}", ""),
                r"UID FETCH 3 \(BODY.PEEK\[\]\)": body.replace("{uid}", "3").replace("{part}", ""),
                r"UID FETCH 2 \(BODY.PEEK\[HEADER": body.replace("{uid}", "2").replace(
                    "{part}", "HEADER"
                ),
                r"UID FETCH .*\[\]\)": HANG_UP,
            }
        )
    )
    mailbox = opened(stack, server.port)
    given = {}
    for _ in range(4):
        with suppress(MailboxUnavailable):
            # What the desk has stored it does not ask for again.
            for one in mailbox.fetch([uid for uid in (1, 2, 3) if uid not in given]):
                given[one.uid] = one.complete
    assert given == {1: True, 2: False, 3: True}


def test_it_does_not_take_a_server_in_trouble_for_a_refused_mail(stack):
    facts = "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n{tag} OK done\r\n"
    server = stack.enter_context(
        ScriptedImap({"UID FETCH .*SIZE": facts, "UID FETCH": "{tag} NO [SERVERBUG] disk\r\n"})
    )
    with pytest.raises(MailboxUnavailable, match="SERVERBUG"):
        list(opened(stack, server.port).fetch([1]))


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ("IMAP4rev1 MOVE UIDPLUS", ["UID MOVE 1,2"]),
        ("IMAP4rev1 UIDPLUS", ["UID COPY 1,2", "UID STORE 1,2", "UID EXPUNGE 1,2"]),
        ("IMAP4rev1", ["UID COPY 1,2", "UID STORE 1,2"]),
    ],
)
def test_it_moves_with_what_the_server_can(stack, capabilities, expected):
    server = stack.enter_context(ScriptedImap(capabilities=capabilities))
    opened(stack, server.port).move([1, 2], "Done")
    changes = [" ".join(one.split()[:3]) for one in server.commands if one.startswith("UID ")]
    assert changes == expected


def test_it_sends_uids_in_lines_a_server_can_take(stack):
    server = stack.enter_context(ScriptedImap())
    opened(stack, server.port).mark_seen(range(4_000_000_000, 4_000_001_201))
    stores = [one for one in server.commands if one.startswith("UID STORE")]
    assert len(stores) == 3
    assert max(map(len, stores)) < 8_000


def test_it_waits_plainly_where_the_server_cannot_idle(stack):
    server = stack.enter_context(ScriptedImap())
    mailbox = opened(stack, server.port)
    started = time.monotonic()
    assert not mailbox.wait(0.3)
    assert time.monotonic() - started >= 0.3
    mailbox.interrupt()
    assert not mailbox.wait(20)
    assert time.monotonic() - started < 5


def test_it_keeps_mails_out_of_the_log(stack, embedded, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("imapclient", "imaplib", "imapclient.imaplib"):
        caplog.set_level(logging.DEBUG, logger=name)
    embedded.deliver(mail(1, "canary-sentence"))
    mailbox = opened(stack, embedded.port)
    assert [one.raw for one in mailbox.fetch(mailbox.uids())]
    mailbox.append("Sent", mail(2, "canary-sentence"))
    # pymap logs what it is sent; what counts is what the client logs.
    written = [one.getMessage() for one in caplog.records if not one.name.startswith("pymap")]
    assert not [line for line in written if "canary" in line or PASSWORD in line]


def test_it_shows_no_password_in_its_settings(embedded):
    assert PASSWORD not in repr(settings(embedded.port))
