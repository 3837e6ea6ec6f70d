"""Every way a submission can end, against a real server, and what the courier makes of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from servers.smtp import (
    ACCEPT,
    Behaviour,
    SmtpServer,
    TlsFiles,
    drop_at,
    make_tls,
    read_delivered,
    reply_at,
    reset_at,
    seeded,
    stall_at,
)

from concierge.desk.ports.courier import SendOutcome, SendResult
from concierge.errors import UsageError
from concierge.mail.smtp import SmtpCourier, SmtpSettings

ACCEPTED, DEFERRED = SendResult.ACCEPTED, SendResult.DEFERRED
REFUSED, UNKNOWN = SendResult.REFUSED, SendResult.UNKNOWN

MAIL = (
    b"From: desk@example.org\r\nTo: amina@example.org\r\nSubject: hi\r\n\r\n.dot\r\n..\r\nbye\r\n"
)


def settings(server: SmtpServer, **changes: object) -> SmtpSettings:
    facts: dict[str, object] = {
        "host": server.host,
        "port": server.port,
        "tls": "plaintext",
        "connect_timeout": 5.0,
        "command_timeout": 5.0,
        "data_timeout": 5.0,
    }
    return SmtpSettings(**(facts | changes))  # type: ignore[arg-type]


class Told:
    """Counts the calls of before_data."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def send(courier: SmtpCourier, mail: bytes = MAIL, told: Told | None = None) -> SendOutcome:
    return courier.send(
        sender="desk@example.org",
        recipient="amina@example.org",
        mail=mail,
        before_data=told or Told(),
    )


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> TlsFiles:
    return make_tls(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


@pytest.fixture
def courier(server: SmtpServer) -> Iterator[SmtpCourier]:
    with closing(SmtpCourier(settings(server))) as made:
        yield made


AT_THE_CONNECTION = [
    (drop_at("greeting"), "connect"),
    (reply_at("greeting", "421 4.3.2 busy"), "connect"),
    (reply_at("greeting", "554 5.7.1 your network is not welcome"), "connect"),
    (reply_at("greeting", "what?"), "connect"),
    (drop_at("ehlo"), "connect"),
    (reset_at("ehlo"), "connect"),
]


@pytest.mark.parametrize(("behaviour", "phase"), AT_THE_CONNECTION)
def test_it_defers_whatever_befalls_the_connection(
    server: SmtpServer, courier: SmtpCourier, behaviour: Behaviour, phase: str
) -> None:
    server.plan_connections(behaviour)
    told = Told()
    outcome = send(courier, told=told)
    assert (outcome.result, outcome.phase, outcome.login_refused) == (DEFERRED, phase, False)
    assert told.times == 0
    assert send(courier).result is ACCEPTED


AT_THE_MAIL = [
    (reply_at("mail", "451 4.3.0 later"), DEFERRED, 451, "mail", 0),
    (reply_at("mail", "421 4.3.2 going down"), DEFERRED, 421, "mail", 0),
    (reply_at("mail", "452 4.5.3 enough"), DEFERRED, 452, "mail", 0),
    (reply_at("mail", "552 5.3.4 too big"), REFUSED, 552, "mail", 0),
    (reply_at("mail", "hello there"), DEFERRED, 0, "mail", 0),
    (reply_at("mail", "354 confused"), DEFERRED, 354, "mail", 0),
    (drop_at("mail"), DEFERRED, 0, "mail", 0),
    (reset_at("mail"), DEFERRED, 0, "mail", 0),
    (reply_at("rcpt", "450 4.2.0 greylisted"), DEFERRED, 450, "rcpt", 0),
    (reply_at("rcpt", "550 5.1.1 no such user"), REFUSED, 550, "rcpt", 0),
    (drop_at("rcpt"), DEFERRED, 0, "rcpt", 0),
    (reset_at("rcpt"), DEFERRED, 0, "rcpt", 0),
    # The DATA command itself: the server holds nothing yet, so all of these are certain.
    (reply_at("data", "451 4.3.0 later"), DEFERRED, 451, "data", 1),
    (reply_at("data", "421 4.3.2 going down"), DEFERRED, 421, "data", 1),
    (reply_at("data", "554 5.5.1 no valid recipients"), REFUSED, 554, "data", 1),
    (reply_at("data", "250 2.0.0 what"), DEFERRED, 250, "data", 1),
    (drop_at("data"), DEFERRED, 0, "data", 1),
    # With the content under way or handed over, only a proper answer counts.
    (drop_at("content"), UNKNOWN, 0, "data", 1),
    (reset_at("content"), UNKNOWN, 0, "data", 1),
    (reply_at("dot", "452 4.3.1 disk full"), DEFERRED, 452, "data", 1),
    (reply_at("dot", "421 4.3.2 going down"), DEFERRED, 421, "data", 1),
    (reply_at("dot", "554 5.7.1 looks like spam"), REFUSED, 554, "data", 1),
    (reply_at("dot", "251 2.0.0 queued elsewhere"), ACCEPTED, 251, "data", 1),
    (reply_at("dot", "354 still listening", stored=True), UNKNOWN, 354, "data", 1),
    (reply_at("dot", "ok, got it", stored=True), UNKNOWN, 0, "data", 1),
    (reply_at("dot", "25 ", stored=True), UNKNOWN, 25, "data", 1),
    (drop_at("dot"), UNKNOWN, 0, "data", 1),
    (drop_at("dot", stored=True), UNKNOWN, 0, "data", 1),
    (reset_at("dot", stored=True), UNKNOWN, 0, "data", 1),
]


@pytest.mark.parametrize(("behaviour", "result", "code", "phase", "told_times"), AT_THE_MAIL)
def test_it_knows_what_became_of_the_mail(
    server: SmtpServer,
    courier: SmtpCourier,
    behaviour: Behaviour,
    result: SendResult,
    code: int,
    phase: str,
    told_times: int,
) -> None:
    server.plan(behaviour)
    told = Told()
    outcome = send(courier, told=told)
    assert (outcome.result, outcome.code, outcome.phase) == (result, code, phase)
    assert told.times == told_times
    assert (len(server.delivered) == 1) == (behaviour.stored or result is ACCEPTED)
    # Whatever happened, the next mail goes through whole.
    assert send(courier).result is ACCEPTED
    assert server.delivered[-1].raw == MAIL


@pytest.mark.parametrize(
    ("moment", "result"),
    [("mail", DEFERRED), ("rcpt", DEFERRED), ("data", DEFERRED), ("dot", UNKNOWN)],
)
def test_it_waits_no_longer_than_told(server: SmtpServer, moment: str, result: SendResult) -> None:
    server.plan(stall_at(moment))
    quick = settings(server, command_timeout=0.3, data_timeout=0.3)
    with closing(SmtpCourier(quick)) as courier:
        started = time.monotonic()
        outcome = send(courier)
        assert outcome.result is result
        assert outcome.reply == "The server did not answer in time."
        assert time.monotonic() - started < 4
        assert send(courier).result is ACCEPTED


@pytest.mark.parametrize("moment", ["greeting", "ehlo"])
def test_it_waits_no_longer_than_told_for_a_connection(server: SmtpServer, moment: str) -> None:
    server.plan_connections(stall_at(moment))
    quick = settings(server, connect_timeout=0.3, command_timeout=0.3)
    with closing(SmtpCourier(quick)) as courier:
        outcome = send(courier)
        assert (outcome.result, outcome.phase) == (DEFERRED, "connect")


def test_it_defers_when_nobody_listens() -> None:
    with SmtpServer() as gone:
        pass
    with closing(SmtpCourier(settings(gone))) as courier:
        outcome = send(courier)
    assert (outcome.result, outcome.phase, outcome.code) == (DEFERRED, "connect", 0)


def test_it_sends_nothing_when_the_store_will_not_commit(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    def broken() -> None:
        raise KeyError("the store is gone")

    with pytest.raises(KeyError, match="the store is gone"):
        courier.send(
            sender="desk@example.org",
            recipient="amina@example.org",
            mail=MAIL,
            before_data=broken,
        )
    assert server.delivered == []
    assert "DATA" not in server.commands
    assert server.commands[-1] == "RSET"
    assert send(courier).result is ACCEPTED
    assert server.connections == 1


def test_it_forgets_a_session_it_was_interrupted_on(
    server: SmtpServer, courier: SmtpCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_mail: bytes) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("concierge.mail.smtp.on_the_wire", interrupted)
        with pytest.raises(KeyboardInterrupt):
            send(courier)
    # A command on the old session would be read as text of the mail and never answered.
    started = time.monotonic()
    assert send(courier).result is ACCEPTED
    assert time.monotonic() - started < 2
    assert [mail.raw for mail in server.delivered] == [MAIL]
    assert server.connections == 2


def test_it_forgets_a_session_that_never_said_what_became_of_the_mail(server: SmtpServer) -> None:
    server.plan(stall_at("dot"))
    with closing(SmtpCourier(settings(server, data_timeout=0.3))) as courier:
        assert send(courier).result is UNKNOWN
        started = time.monotonic()
        assert send(courier).result is ACCEPTED
        assert time.monotonic() - started < 2
        assert server.connections == 2


def test_it_takes_one_mail_at_a_time_from_many_threads(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    mails = [MAIL + b"%d\r\n" % number for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda mail: send(courier, mail).result, mails))
    assert outcomes == [ACCEPTED] * 20
    assert sorted(mail.raw for mail in server.delivered) == sorted(mails)
    assert server.connections == 1


def test_it_hands_over_the_exact_bytes(server: SmtpServer, courier: SmtpCourier) -> None:
    assert send(courier).result is ACCEPTED
    mail = server.delivered[0]
    assert (mail.sender, mail.recipients) == ("desk@example.org", ("amina@example.org",))
    assert mail.raw == MAIL


def test_it_does_not_let_a_bare_line_feed_end_the_mail(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    send(courier, mail=b"Subject: a\n\nb\n.\nMAIL FROM:<evil@example.org>\r.\rend")
    assert server.delivered[0].raw == (
        b"Subject: a\r\n\r\nb\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\nend\r\n"
    )
    assert server.transactions == 1


def test_it_reuses_the_session(server: SmtpServer, courier: SmtpCourier) -> None:
    assert [send(courier).result for _ in range(5)] == [ACCEPTED] * 5
    assert server.connections == 1


def test_it_replaces_a_session_that_died_meanwhile(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    send(courier)
    server.drop_connections()
    assert send(courier).result is ACCEPTED
    assert server.connections == 2


@pytest.mark.parametrize(
    "behaviour",
    [drop_at("mail"), drop_at("rcpt"), reply_at("mail", "421 idle too long"), reset_at("rcpt")],
)
def test_it_tries_a_fresh_session_once_within_the_attempt(
    server: SmtpServer, courier: SmtpCourier, behaviour: Behaviour
) -> None:
    server.plan(ACCEPT, behaviour, ACCEPT, ACCEPT, behaviour, behaviour)
    told = Told()
    outcomes = [send(courier, told=told).result for _ in range(4)]
    assert outcomes == [ACCEPTED, ACCEPTED, ACCEPTED, DEFERRED]
    assert told.times == 3
    assert len(server.delivered) == 3


def test_it_never_repeats_a_mail_whose_content_went_out(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    server.plan(ACCEPT, drop_at("dot", stored=True))
    assert [send(courier).result for _ in range(2)] == [ACCEPTED, UNKNOWN]
    assert server.transactions == 2


def test_it_reconnects_when_a_session_has_had_enough_mails() -> None:
    with (
        SmtpServer(mails_per_connection=3) as server,
        closing(SmtpCourier(settings(server))) as courier,
    ):
        assert [send(courier).result for _ in range(7)] == [ACCEPTED] * 7
        assert server.connections == 3
        assert len(server.delivered) == 7


@pytest.mark.parametrize("mode", ["implicit", "starttls"])
def test_it_sends_encrypted_and_logged_in(tls: TlsFiles, mode: str) -> None:
    with (
        SmtpServer(tls=tls, implicit_tls=mode == "implicit", users={"desk": "öpen"}) as server,
        closing(
            SmtpCourier(
                settings(server, tls=mode, username="desk", password="öpen", ca_file=tls.ca_file)
            )
        ) as courier,
    ):
        assert [send(courier).result for _ in range(2)] == [ACCEPTED] * 2
        assert [(mail.tls, mail.user) for mail in server.delivered] == [(True, "desk")] * 2
        assert server.connections == 1


@pytest.mark.parametrize("mode", ["implicit", "starttls"])
@pytest.mark.parametrize("moment", ["mail", "content", "dot"])
def test_it_classifies_alike_under_tls(tls: TlsFiles, mode: str, moment: str) -> None:
    with (
        SmtpServer(tls=tls, implicit_tls=mode == "implicit") as server,
        closing(SmtpCourier(settings(server, tls=mode, ca_file=tls.ca_file))) as courier,
    ):
        server.plan(drop_at(moment))
        assert send(courier).result is (DEFERRED if moment == "mail" else UNKNOWN)
        assert send(courier).result is ACCEPTED


@pytest.mark.parametrize("mode", ["implicit", "starttls"])
def test_it_does_not_talk_to_a_server_nobody_vouches_for(tls: TlsFiles, mode: str) -> None:
    with (
        SmtpServer(tls=tls, implicit_tls=mode == "implicit", users={"desk": "x"}) as server,
        closing(SmtpCourier(settings(server, tls=mode, username="desk", password="x"))) as courier,
    ):
        outcome = send(courier)
        assert (outcome.result, outcome.phase) == (DEFERRED, "connect")
        assert "certificate" in outcome.reply.lower()
        assert not any(line.startswith("AUTH") for line in server.commands)


def test_it_never_falls_back_to_plaintext(server: SmtpServer, tls: TlsFiles) -> None:
    # The server offers no STARTTLS: stripped, or set up wrongly.
    with closing(SmtpCourier(settings(server, tls="starttls", ca_file=tls.ca_file))) as courier:
        outcome = send(courier)
    assert (outcome.result, outcome.phase) == (DEFERRED, "connect")
    assert server.transactions == 0


def test_it_says_when_the_authority_file_is_missing(server: SmtpServer) -> None:
    with closing(
        SmtpCourier(settings(server, tls="implicit", ca_file="/nonexistent/ca.pem"))
    ) as courier:
        outcome = send(courier)
    assert (outcome.result, outcome.phase) == (DEFERRED, "connect")


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "localhost.example.org"])
def test_it_refuses_plaintext_beyond_this_machine(host: str) -> None:
    with pytest.raises(UsageError, match="unencrypted"):
        SmtpSettings(host=host, port=25, tls="plaintext")


@pytest.mark.parametrize("methods", [("PLAIN", "LOGIN"), ("LOGIN",)])
def test_it_reports_a_refused_login_after_one_try(methods: tuple[str, ...]) -> None:
    with (
        SmtpServer(users={"desk": "right"}, methods=methods) as server,
        closing(SmtpCourier(settings(server, username="desk", password="wrong"))) as courier,
    ):
        outcome = send(courier)
        assert (outcome.result, outcome.code, outcome.phase) == (DEFERRED, 535, "login")
        assert outcome.login_refused
        assert sum(line.startswith("AUTH") for line in server.commands) == 1


def test_it_reports_a_login_the_server_does_not_offer(server: SmtpServer) -> None:
    with closing(SmtpCourier(settings(server, username="desk", password="x"))) as courier:
        outcome = send(courier)
    assert (outcome.result, outcome.phase, outcome.login_refused) == (DEFERRED, "login", True)


def test_it_reports_a_login_that_is_missing() -> None:
    with (
        SmtpServer(users={"desk": "right"}) as server,
        closing(SmtpCourier(settings(server))) as courier,
    ):
        outcome = send(courier)
        assert (outcome.result, outcome.code, outcome.login_refused) == (DEFERRED, 530, True)


@pytest.mark.parametrize("behaviour", [drop_at("auth"), reply_at("auth", "454 4.7.0 later")])
def test_it_does_not_blame_the_password_for_a_bad_day(behaviour: Behaviour) -> None:
    with (
        SmtpServer(users={"desk": "x"}) as server,
        closing(SmtpCourier(settings(server, username="desk", password="x"))) as courier,
    ):
        server.plan_connections(behaviour)
        outcome = send(courier)
        assert (outcome.result, outcome.phase) == (DEFERRED, "login")
        assert not outcome.login_refused


@pytest.mark.parametrize(
    "address",
    [
        "",
        "amina",
        "amina@example.org> BODY=8BITMIME",
        "amina@example.org\r\nRCPT TO:<dee@example.org>",
        "amína@example.org",
        "a b@example.org",
        "amina@",
    ],
)
def test_it_refuses_an_address_smtp_cannot_write(
    server: SmtpServer, courier: SmtpCourier, address: str
) -> None:
    outcome = courier.send(
        sender="desk@example.org", recipient=address, mail=MAIL, before_data=Told()
    )
    assert (outcome.result, outcome.phase) == (REFUSED, "rcpt")
    assert server.connections == 0


def test_it_writes_a_foreign_domain_as_servers_take_it(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    outcome = courier.send(
        sender="desk@example.org",
        recipient=" amina@bücher.example ",
        mail=MAIL,
        before_data=Told(),
    )
    assert outcome.result is ACCEPTED
    assert server.delivered[0].recipients == ("amina@xn--bcher-kva.example",)


def test_it_sends_from_the_null_path(server: SmtpServer, courier: SmtpCourier) -> None:
    outcome = courier.send(sender="", recipient='"a b"@example.org', mail=MAIL, before_data=Told())
    assert outcome.result is ACCEPTED
    assert (server.delivered[0].sender, server.delivered[0].recipients) == (
        "",
        ('"a b"@example.org',),
    )


def test_it_keeps_the_servers_words_on_one_bounded_line(
    server: SmtpServer, courier: SmtpCourier
) -> None:
    server.plan(reply_at("rcpt", "550-5.1.1 no\r\n550-\x1b[31m red\r\n550 " + "x" * 900))
    outcome = send(courier)
    assert outcome.result is REFUSED
    assert outcome.reply.startswith("5.1.1 no ?[31m red xxx")
    assert len(outcome.reply) == 500


def test_it_can_be_closed_twice_and_used_again(server: SmtpServer, courier: SmtpCourier) -> None:
    courier.close()
    send(courier)
    courier.close()
    courier.close()
    assert send(courier).result is ACCEPTED
    assert server.commands.count("QUIT") == 1


def test_it_delivers_nothing_it_does_not_own_up_to(tmp_path: Path) -> None:
    with (
        SmtpServer(decide=seeded(11, trouble=0.6), folder=tmp_path) as server,
        closing(SmtpCourier(settings(server))) as courier,
    ):
        by_result: dict[SendResult, set[bytes]] = {result: set() for result in SendResult}
        for number in range(150):
            mail = MAIL + b"%d\r\n" % number
            by_result[send(courier, mail=mail).result].add(mail)
        held = [mail.raw for mail in server.delivered]
        assert len(held) == len(set(held))
        assert by_result[ACCEPTED] <= set(held) <= by_result[ACCEPTED] | by_result[UNKNOWN]
        assert all(by_result.values())
        assert [mail.raw for mail in read_delivered(tmp_path)] == held
