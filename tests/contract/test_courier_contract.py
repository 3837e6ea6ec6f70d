"""What every courier keeps to, the fake as the real one: the desk is tested against the fake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from fakes import courier as fake
from fakes.courier import FakeCourier
from servers import smtp
from servers.smtp import SmtpServer, drop_at, reply_at

from concierge.desk.ports.courier import Courier, SendOutcome, SendResult
from concierge.mail.smtp import SmtpCourier, SmtpSettings

MAIL = b"From: desk@example.org\r\nTo: amina@example.org\r\nSubject: hi\r\n\r\nhello\r\n"


@dataclass(frozen=True)
class Case:
    """One way to end, as each side is told of it, and what must be seen."""

    name: str
    planned: SendOutcome
    served: smtp.Behaviour
    result: SendResult
    phase: str
    held: bool = False


CASES = [
    Case("accepted", fake.ACCEPTED, smtp.ACCEPT, SendResult.ACCEPTED, "data", held=True),
    Case(
        "deferred", fake.DEFERRED, reply_at("rcpt", "450 4.2.0 later"), SendResult.DEFERRED, "rcpt"
    ),
    Case("refused", fake.REFUSED, reply_at("rcpt", "550 5.1.1 no"), SendResult.REFUSED, "rcpt"),
    Case(
        "deferred after data",
        fake.DEFERRED_AFTER_DATA,
        reply_at("dot", "451 4.3.0 later"),
        SendResult.DEFERRED,
        "data",
    ),
    Case(
        "refused after data",
        fake.REFUSED_AFTER_DATA,
        reply_at("dot", "554 5.7.1 spam"),
        SendResult.REFUSED,
        "data",
    ),
    Case("unknown", fake.UNKNOWN, drop_at("dot"), SendResult.UNKNOWN, "data"),
]


class Bench:
    """A courier and what stands behind it."""

    def __init__(self, courier: Courier, behind: SmtpServer | FakeCourier) -> None:
        self.courier, self.behind = courier, behind

    def plan(self, *cases: Case) -> None:
        if isinstance(self.behind, FakeCourier):
            self.behind.plan(*(case.planned for case in cases))
        else:
            self.behind.plan(*(case.served for case in cases))

    def held(self) -> list[tuple[str, str, bytes]]:
        if isinstance(self.behind, FakeCourier):
            return [(each.sender, each.recipient, each.mail) for each in self.behind.delivered]
        return [(each.sender, each.recipients[0], each.raw) for each in self.behind.delivered]

    def send(self, calls: list[str], mail: bytes = MAIL) -> SendOutcome:
        def before_data() -> None:
            assert mail not in [each[2] for each in self.held()]
            calls.append("before_data")

        return self.courier.send(
            sender="desk@example.org",
            recipient="amina@example.org",
            mail=mail,
            before_data=before_data,
        )


@pytest.fixture(params=["fake", "smtp"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with ExitStack() as stack:
        if request.param == "fake":
            courier = FakeCourier()
            yield Bench(courier, courier)
            return
        server = stack.enter_context(SmtpServer())
        real = SmtpCourier(SmtpSettings(host=server.host, port=server.port, tls="plaintext"))
        stack.callback(real.close)
        yield Bench(real, server)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_as_the_server_decided(bench: Bench, case: Case) -> None:
    bench.plan(case)
    calls: list[str] = []
    outcome = bench.send(calls)
    assert (outcome.result, outcome.phase) == (case.result, case.phase)
    assert not outcome.login_refused
    assert bool(outcome.code) == (case.result is not SendResult.UNKNOWN)
    assert outcome.reply
    assert bench.held() == ([("desk@example.org", "amina@example.org", MAIL)] if case.held else [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_calls_before_data_once_and_only_when_data_follows(bench: Bench, case: Case) -> None:
    bench.plan(case)
    calls: list[str] = []
    bench.send(calls)
    assert calls == (["before_data"] if case.phase == "data" else [])


@pytest.mark.parametrize("raised", [RuntimeError("locked"), KeyboardInterrupt()])
def test_it_sends_nothing_and_lets_it_through_when_before_data_raises(
    bench: Bench, raised: BaseException
) -> None:
    def before_data() -> None:
        raise raised

    with pytest.raises(type(raised)):
        bench.courier.send(
            sender="desk@example.org",
            recipient="amina@example.org",
            mail=MAIL,
            before_data=before_data,
        )
    assert bench.held() == []
    assert bench.send([]).result is SendResult.ACCEPTED
    assert len(bench.held()) == 1


def test_it_goes_on_after_whatever_happened(bench: Bench) -> None:
    order = [CASES[0], *CASES[:0:-1], CASES[0]]
    bench.plan(*order)
    results = [bench.send([], MAIL + b"%d\r\n" % number).result for number in range(len(order))]
    assert results == [case.result for case in order]
    assert len(bench.held()) == 2


def test_it_closes_whenever_it_is_asked(bench: Bench) -> None:
    bench.courier.close()
    bench.send([])
    bench.courier.close()
    bench.courier.close()
