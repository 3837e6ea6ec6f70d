"""The report of the day goes out once a date, and never hammers a server."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from fakes.courier import DEFERRED, LOGIN_REFUSED, REFUSED, UNKNOWN, FakeCourier
from support.desk_fixtures import OURS, PRAGUE, Desk

from concierge.desk.daily import ReportPost, report_if_due
from concierge.desk.ports.views import LedgerTotals

CARLA, BO = "carla@desk.example.org", "bo@desk.example.org"


class EmptyViews:
    """A day on which nothing happened, and the marks of the store."""

    def __init__(self, store) -> None:
        self._store = store

    def last_beat(self, name):
        return self._store.data.beats.get(name)

    def ledger_totals(self):
        return LedgerTotals((), ())

    def _nothing(self, *_args):
        return []

    arrivals = queue = clocks = events = outbox = _nothing


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.clock.at = datetime(2026, 11, 4, 8, 0, tzinfo=PRAGUE)
    return made


@pytest.fixture
def post():
    def compose(report, recipient, now):
        return f"{report.day} for {recipient}".encode()

    return ReportPost(time(8), PRAGUE, OURS, (CARLA, BO), compose)


@pytest.fixture
def due(desk, post):
    def run(*outcomes):
        desk.courier.plan(*outcomes)
        return report_if_due(EmptyViews(desk.store), desk.store, desk.clock, desk.courier, post)

    return run


def test_it_goes_to_everybody_once(desk, due):
    assert (due(), due()) == (2, 0)
    assert [s.recipient for s in desk.courier.delivered] == [CARLA, BO]
    assert {s.mail.split()[0] for s in desk.courier.delivered} == {b"2026-11-03"}
    desk.clock.pass_(hours=23, minutes=59)
    assert due() == 0
    desk.clock.pass_(minutes=1)
    assert due() == 2


def test_it_waits_for_its_hour(desk, due):
    desk.clock.pass_(minutes=-1)
    assert due() == 0
    desk.clock.pass_(minutes=1)
    assert due() == 2


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_it_is_once_a_date_when_clocks_change(desk, due, day):
    desk.clock.at = datetime.combine(day, time(), PRAGUE).astimezone(UTC)
    due()
    sent = []
    for _ in range(2 * 30):
        desk.clock.pass_(minutes=30)
        if due():
            sent.append(desk.clock.at.astimezone(PRAGUE))
    assert [at.date() - day for at in sent] == [timedelta(0)]
    assert [at.time() for at in sent] == [time(8)]


def test_it_tells_of_yesterday_after_days_of_silence(desk, due):
    due()
    desk.clock.pass_(days=5)
    assert due() == 2
    assert desk.courier.delivered[-1].mail.startswith(b"2026-11-08")


@pytest.mark.parametrize("outcome", [DEFERRED, REFUSED])
def test_it_tries_again_an_hour_later_when_none_left(desk, due, outcome):
    assert due(outcome, outcome) == 0
    desk.clock.pass_(minutes=59)
    assert (due(), desk.courier.attempts) == (0, 2)
    desk.clock.pass_(minutes=1)
    assert due() == 2


def test_it_asks_once_an_hour_only_where_the_login_is_refused(desk, due):
    for _ in range(60):
        due(*[LOGIN_REFUSED] if not desk.courier.attempts else [])
        desk.clock.pass_(seconds=59)
    assert desk.courier.attempts == 1


def test_it_does_not_repeat_what_may_have_left(due):
    assert (due(UNKNOWN, REFUSED), due()) == (1, 0)


def test_it_writes_to_nobody_when_nobody_is_named(desk, post):
    nobody = ReportPost(post.send_at, post.zone, post.sender, (), post.compose)
    courier = FakeCourier()
    assert report_if_due(EmptyViews(desk.store), desk.store, desk.clock, courier, nobody) == 0
    assert courier.attempts == 0
