"""One suite every Mailbox has to pass: the fake, pymap, and Dovecot with and without TLS."""

from __future__ import annotations

import base64
import email
import itertools
import os
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from fakes.mailbox import FakeMailbox
from servers import dovecot
from servers.dovecot import Dovecot
from servers.embedded_imap import PASSWORD, USERNAME, EmbeddedImap

from concierge.errors import MailboxUnavailable
from concierge.mail.imap import ImapMailbox, ImapSettings

SIZE_LIMIT = 200_000


class FakeHouse:
    """The fake behind the same door as the servers."""

    def __init__(self, stack: ExitStack) -> None:
        self._fake = FakeMailbox(size_limit=SIZE_LIMIT)
        self.deliver, self.list = self._fake.deliver, self._fake.list
        self.flags, self.expunge = self._fake.flags, self._fake.expunge
        self.lose_connections, self.renumber = self._fake.lose_connections, self._fake.renumber

    def mailbox(self):
        return self._fake


class EmbeddedHouse:
    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._server = server = stack.enter_context(EmbeddedImap())
        self.deliver, self.list = server.deliver, server.list
        self.flags, self.expunge = server.eye.flags, server.eye.expunge
        self.lose_connections = server.lose_connections

    def mailbox(self):
        return self._stack.enter_context(
            ImapMailbox(
                ImapSettings(
                    host="127.0.0.1",
                    port=self._server.port,
                    tls="plaintext",
                    username=USERNAME,
                    password=PASSWORD,
                    size_limit=SIZE_LIMIT,
                )
            )
        )


class DovecotHouse:
    def __init__(self, stack: ExitStack, server: Dovecot, tls: str) -> None:
        self._stack, self._server, self._tls = stack, server, tls
        self._account = account = server.account(f"desk{next(_SERIAL)}")
        self.deliver, self.list = account.deliver, account.eye.list
        self.flags, self.expunge = account.eye.flags, account.eye.expunge
        self.lose_connections, self.renumber = server.restart, account.renumber

    def mailbox(self):
        return self._stack.enter_context(
            ImapMailbox(
                ImapSettings(
                    host="127.0.0.1",
                    port=self._server.tls_port if self._tls == "implicit" else self._server.port,
                    tls=self._tls,
                    username=self._account.username,
                    password=dovecot.PASSWORD,
                    ca_file=self._server.ca_file,
                    size_limit=SIZE_LIMIT,
                )
            )
        )


_SERIAL = itertools.count(1)


def require_dovecot() -> None:
    if reason := dovecot.missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


HOUSES = [
    pytest.param("fake", id="fake"),
    pytest.param("embedded", id="pymap"),
    pytest.param("plaintext", id="dovecot", marks=pytest.mark.dovecot),
    pytest.param("implicit", id="dovecot-tls", marks=pytest.mark.dovecot),
    pytest.param("starttls", id="dovecot-starttls", marks=pytest.mark.dovecot),
]


@pytest.fixture(scope="session")
def dovecot_server():
    require_dovecot()
    with Dovecot() as server:
        yield server


@pytest.fixture(params=HOUSES)
def house(request):
    with ExitStack() as stack:
        if request.param == "fake":
            yield FakeHouse(stack)
        elif request.param == "embedded":
            yield EmbeddedHouse(stack)
        else:
            server = request.getfixturevalue("dovecot_server")
            yield DovecotHouse(stack, server, request.param)


def mail(number: int, text: str = "The van broke down.") -> bytes:
    return (
        f"From: Amina <amina@example.org>\r\nTo: help@desk.example\r\n"
        f"Subject: Number {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\n{text}\r\n"
    ).encode()


def large_mail() -> bytes:
    """3 MB: a letter in two forms, then a recording."""
    song = base64.encodebytes(b"\x00song\xff" * 350_000).replace(b"\n", b"\r\n")
    return (
        b"From: Amina <amina@example.org>\r\nTo: help@desk.example\r\nSubject: A demo\r\n"
        b"Message-ID: <large@example.org>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed;\r\n boundary="outer"\r\n\r\n'
        b"This is MIME.\r\n"
        b'--outer\r\nContent-Type: multipart/alternative; boundary="inner"\r\n\r\n'
        b"--inner\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"J=C3=B6rg and I cannot pay the rent.\r\n"
        b"--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>rent</p>\r\n"
        b"--inner--\r\n"
        b"--outer\r\nContent-Type: audio/mpeg; name=song.mp3\r\n"
        b"Content-Disposition: attachment; filename=song.mp3\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + song + b"--outer--\r\n"
    )


def opened(house):
    mailbox = house.mailbox()
    mailbox.open("INBOX")
    return mailbox


def test_it_says_what_a_folder_holds(house):
    for number in (1, 2):
        house.deliver(mail(number))
    status = house.mailbox().open("INBOX")
    assert status.folder == "INBOX"
    assert status.uidvalidity > 0
    assert status.exists == 2
    assert status.uidnext > 2


def test_it_refuses_a_folder_that_is_not_there_and_goes_on(house):
    mailbox = house.mailbox()
    with pytest.raises(MailboxUnavailable):
        mailbox.open("Nowhere")
    assert mailbox.open("INBOX").exists == 0


def test_it_asks_for_a_folder_to_be_opened_first(house):
    with pytest.raises(MailboxUnavailable, match="open"):
        house.mailbox().uids()


def test_it_gives_mails_byte_for_byte_in_the_order_asked(house):
    mails = [mail(number) for number in range(5)]
    for raw in mails:
        house.deliver(raw)
    mailbox = opened(house)
    uids = mailbox.uids()
    assert list(uids) == sorted(uids)
    fetched = list(mailbox.fetch(uids[::-1]))
    assert [one.uid for one in fetched] == list(uids[::-1])
    assert [one.raw for one in fetched] == mails[::-1]
    assert all(one.complete and one.size == len(one.raw) for one in fetched)


def test_it_says_in_utc_when_a_mail_came(house):
    house.deliver(mail(1))
    mailbox = opened(house)
    (one,) = mailbox.fetch(mailbox.uids())
    assert one.received_at is not None
    assert one.received_at.utcoffset() == timedelta(0)
    if not isinstance(mailbox, FakeMailbox):
        assert abs(datetime.now(UTC) - one.received_at) < timedelta(minutes=1)


def test_it_marks_nothing_by_looking(house):
    house.deliver(mail(1))
    house.deliver(large_mail())
    mailbox = opened(house)
    assert len(list(mailbox.fetch(mailbox.uids()))) == 2
    assert mailbox.contains("INBOX", "<1@example.org>")
    assert list(house.flags().values()) == [set(), set()]


def test_it_marks_what_it_is_told_to(house):
    for number in range(3):
        house.deliver(mail(number))
    mailbox = opened(house)
    first, second, third = mailbox.uids()
    mailbox.mark_seen([first, third, third + 77])
    mailbox.mark_seen([])
    assert house.flags() == {first: {"\\Seen"}, second: set(), third: {"\\Seen"}}


def test_it_sees_gaps_and_skips_what_was_expunged_under_it(house):
    for number in range(4):
        house.deliver(mail(number))
    mailbox = opened(house)
    before = mailbox.uids()
    house.expunge(before[1])
    left = (before[0], *before[2:])
    assert [one.uid for one in mailbox.fetch(before)] == list(left)
    assert mailbox.uids() == left
    assert list(mailbox.fetch([before[1], 999_999])) == []
    assert list(mailbox.fetch([])) == []


def test_it_finds_what_came_after_it_opened(house):
    mailbox = opened(house)
    assert mailbox.uids() == ()
    house.deliver(mail(1))
    assert len(mailbox.uids()) == 1


@pytest.mark.parametrize("folder", ["Done", "Desk/Done", "Erledigt für heute"])
def test_it_moves_to_a_folder_it_creates(house, folder):
    for number in range(3):
        house.deliver(mail(number))
    mailbox = opened(house)
    first, second, third = mailbox.uids()
    mailbox.move([first, third], folder)
    mailbox.move([first, third, 999_999], folder)
    mailbox.move([], folder)
    assert mailbox.uids() == (second,)
    mailbox.open(folder)
    assert [one.raw for one in mailbox.fetch(mailbox.uids())] == [mail(0), mail(2)]


def test_it_knows_whether_a_folder_holds_a_message(house):
    house.deliver(mail(1))
    mailbox = opened(house)
    assert mailbox.contains("INBOX", "<1@example.org>")
    assert not mailbox.contains("INBOX", "<11@example.org>")
    assert not mailbox.contains("INBOX", "<jörg@example.org>")
    assert not mailbox.contains("Sent", "<1@example.org>")
    mailbox.move(mailbox.uids(), "Sent")
    assert mailbox.contains("Sent", "<1@example.org>")
    assert not mailbox.contains("INBOX", "<1@example.org>")


def test_it_appends_as_seen_to_a_folder_it_creates(house):
    mailbox = opened(house)
    mailbox.append("Sent", mail(7, "Grüße"))
    mailbox.append("Sent", mail(8))
    assert house.list("Sent") == [mail(7, "Grüße"), mail(8)]
    assert set(map(frozenset, house.flags("Sent").values())) == {frozenset({"\\Seen"})}
    house.deliver(mail(1))
    assert len(mailbox.uids()) == 1, "the open folder stays open"


def test_it_wakes_for_new_mail(house):
    mailbox = opened(house)
    mailbox.uids()
    courier = threading.Timer(0.3, house.deliver, [mail(1)])
    courier.start()
    started = time.monotonic()
    try:
        assert mailbox.wait(20)
    finally:
        courier.join()
    assert time.monotonic() - started < 10
    assert len(mailbox.uids()) == 1


@pytest.mark.parametrize("before", [0, 1])
def test_it_does_not_sleep_on_mail_that_came_before_it_waited(house, before):
    for number in range(before):
        house.deliver(mail(number))
    mailbox = opened(house)
    mailbox.uids()
    house.deliver(mail(7))
    started = time.monotonic()
    assert mailbox.wait(20)
    assert time.monotonic() - started < 5


def test_it_stops_waiting_when_time_is_up(house):
    house.deliver(mail(1))
    mailbox = opened(house)
    mailbox.uids()
    started = time.monotonic()
    assert not mailbox.wait(0.7)
    assert 0.6 < time.monotonic() - started < 5
    assert len(mailbox.uids()) == 1, "the connection is good for more"


def test_it_can_be_interrupted_from_another_thread(house):
    mailbox = opened(house)
    caller = threading.Timer(0.3, mailbox.interrupt)
    caller.start()
    started = time.monotonic()
    try:
        assert not mailbox.wait(30)
    finally:
        caller.join()
    assert time.monotonic() - started < 3
    assert mailbox.uids() == ()


def test_it_does_not_lose_an_interrupt_that_came_too_early(house):
    mailbox = opened(house)
    mailbox.interrupt()
    started = time.monotonic()
    assert not mailbox.wait(30)
    assert time.monotonic() - started < 3
    assert not mailbox.wait(0.2), "and it is forgotten after that"


def test_it_closes_twice_and_opens_again(house):
    mailbox = opened(house)
    mailbox.close()
    mailbox.close()
    house.deliver(mail(1))
    with mailbox:
        mailbox.open("INBOX")
        assert len(mailbox.uids()) == 1
    mailbox.close()


def test_it_takes_headers_and_text_of_a_large_mail_only(house):
    house.deliver(mail(1))
    house.deliver(large_mail())
    house.deliver(mail(3))
    mailbox = opened(house)
    small, large, last = mailbox.fetch(mailbox.uids())
    assert (small.raw, last.raw) == (mail(1), mail(3))
    assert not large.complete
    assert large.size == len(large_mail()) > 2_500_000
    assert len(large.raw) < 5_000
    parsed = email.message_from_bytes(large.raw)
    assert parsed["Message-ID"] == "<large@example.org>"
    (part,) = parsed.get_payload()
    assert part.get_content_type() == "text/plain"
    assert part.get_payload(decode=True).decode().strip() == "Jörg and I cannot pay the rent."
    assert not parsed.defects
    assert b"song" not in large.raw


def test_it_connects_again_after_the_server_restarted(house):
    house.deliver(mail(1))
    mailbox = opened(house)
    before = mailbox.uids()
    house.lose_connections()
    with pytest.raises(MailboxUnavailable):
        mailbox.uids()
    assert mailbox.uids() == before, "the same folder, without opening it again"
    assert [one.raw for one in mailbox.fetch(before)] == [mail(1)]


def test_it_reports_another_uidvalidity_when_opened_again(house):
    if not hasattr(house, "renumber"):
        pytest.skip("pymap keeps its numbering for as long as it lives")
    house.deliver(mail(1))
    mailbox = house.mailbox()
    before = mailbox.open("INBOX")
    house.renumber()
    mailbox.close()
    after = mailbox.open("INBOX")
    assert after.uidvalidity != before.uidvalidity
    assert [one.raw for one in mailbox.fetch(mailbox.uids())] == [mail(1)]
