"""A job that fails waits longer each time, a refused login stops, and nothing harms the others."""

from __future__ import annotations

import pytest
from support.desk_fixtures import Desk, letter

from concierge.errors import (
    LoginRefused,
    MailboxUnavailable,
    Refused,
    StoreUnavailable,
)
from concierge.worker import Guard, Worker
from concierge.worker import guard as guarding


class Job:
    """Ends as it is told, then well."""

    def __init__(self, *endings: Exception) -> None:
        self.endings = list(endings)
        self.runs = 0

    def __call__(self) -> None:
        self.runs += 1
        if self.endings:
            raise self.endings.pop(0)


@pytest.fixture
def ticks(monkeypatch):
    """The monotonic clock, as a list with one number a test may change."""
    now = [1000.0]
    monkeypatch.setattr(guarding.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(guarding, "delays", lambda base: iter([2.0, 4.0, 8.0, 16.0]))
    return now


@pytest.fixture
def beats():
    return []


@pytest.fixture
def guard(beats, ticks):
    return Guard("poll", lambda name, code: beats.append((name, code)))


def test_it_beats_after_success_and_then_once_a_minute(guard, beats, ticks):
    job = Job()
    for _ in range(3):
        guard.run(job)
        ticks[0] += 29
    assert beats == [("poll", "")]
    ticks[0] += 1
    guard.run(job)
    assert beats == [("poll", "")] * 2
    assert guard.failure == 0


def test_it_waits_longer_after_each_failure(guard, ticks):
    job = Job(*[MailboxUnavailable("away")] * 3)
    for seconds in (2.0, 4.0, 8.0):
        runs = job.runs
        guard.run(job)
        assert (job.runs, guard.failure) == (runs + 1, 5)
        ticks[0] += seconds - 0.5
        guard.run(job)
        assert job.runs == runs + 1
        ticks[0] += 0.5
    guard.run(job)
    assert (job.runs, guard.failure) == (4, 0)


def test_it_begins_anew_after_a_success(guard, beats, ticks):
    guard.run(Job(StoreUnavailable("locked")))
    ticks[0] += 2
    guard.run(Job())
    job = Job(StoreUnavailable("locked"))
    guard.run(job)
    ticks[0] += 2
    guard.run(job)
    assert job.runs == 2
    assert beats == [
        ("poll_failed", "StoreUnavailable"), ("poll", ""),
        ("poll_failed", "StoreUnavailable"), ("poll", ""),
    ]  # fmt: skip


def test_it_never_tries_a_refused_login_again(guard, beats, ticks):
    job = Job(LoginRefused("no"))
    guard.run(job)
    ticks[0] += 1_000_000
    guard.run(job)
    assert (job.runs, guard.stopped, guard.failure) == (1, True, 4)
    assert beats == [("poll_failed", "login_refused")]


def test_it_lives_on_when_the_heart_cannot_be_heard(ticks):
    def beat(name, code):
        raise StoreUnavailable("locked")

    guard = Guard("poll", beat)
    guard.run(Job())
    assert guard.failure == 0
    guard.run(Job(MailboxUnavailable("away")))
    assert guard.failure == 5


def test_it_lets_faults_of_our_own_be_seen(guard):
    with pytest.raises(Refused):
        guard.run(Job(Refused("a fault")))


# How the worker admits.


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def admitting(desk):
    """A worker around a desk in memory, with batches of two."""
    made = object.__new__(Worker)
    made._admission = desk.admission
    made._config = type("Settings", (), {"worker": type("Part", (), {"process_batch": 2})})
    return made


def failing(*_args):
    raise RuntimeError


def test_it_admits_everything_that_is_stored(desk, admitting):
    for number in range(5):
        desk.keep(letter(f"Matter {number}"))
    admitting._admit()
    assert len(desk.store.data.cases) == 5


@pytest.mark.parametrize("poisons", [1, 2, 5])
def test_it_comes_past_poison_to_what_lies_behind(desk, admitting, poisons):
    real = desk.reader
    desk.reader = lambda raw, *more: failing() if b"poison" in raw else real(raw, *more)
    for number in range(poisons):
        desk.keep(letter(f"poison {number}"))
    good = desk.keep(letter("Matter"))
    admitting._admit()
    states = [entry.state.value for entry in desk.store.data.entries.values()]
    assert states == ["quarantined"] * poisons + ["case"]
    assert desk.entry(good.id).case_id


def test_it_ends_when_nothing_can_be_done_about_any_mail(desk, admitting, monkeypatch):
    desk.reader = failing
    monkeypatch.setattr("concierge.desk.caseload.Caseload.open_bare", failing)
    for number in range(3):
        desk.keep(letter(f"Matter {number}"))
    admitting._admit()
    assert {entry.state.value for entry in desk.store.data.entries.values()} == {"stored"}
