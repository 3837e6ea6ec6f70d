"""Office hours over nights and clock changes, and what pausing and raising do to a deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from concierge.domain.findings import URGENT, Route, Urgency
from concierge.domain.sla import (
    ALWAYS,
    ClockKind,
    OfficeHours,
    Promise,
    Promises,
    RoutePromise,
    Standing,
    add_open_time,
    open_time_between,
    pause,
    raise_urgency,
    resume,
    start_clock,
)

PRAGUE = ZoneInfo("Europe/Prague")
HOUR = timedelta(hours=1)
EVERY_DAY = 7


def week(*intervals: tuple[str, str], days: int = EVERY_DAY):
    one_day = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in intervals)
    return (one_day,) * days + ((),) * (EVERY_DAY - days)


def prague(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PRAGUE, fold=fold).astimezone(UTC)


OFFICE = OfficeHours(PRAGUE, week(("09:00", "17:00"), days=5))
NIGHTS = OfficeHours(PRAGUE, week(("22:00", "06:00")))
PROMISES = Promises(
    OFFICE, {u: Promise(4 * HOUR, 8 * HOUR, 40 * HOUR) for u in Urgency}
    | {Urgency.EMERGENCY: Promise(HOUR, HOUR, 24 * HOUR)},
)  # fmt: skip


def clock(at: datetime, urgency=Urgency.ROUTINE, kind=ClockKind.FIRST_RESPONSE):
    return start_clock(1, kind, urgency, at, PROMISES)


@pytest.mark.parametrize(
    ("hours", "start", "added", "reached"),
    [
        (OFFICE, "2026-11-04T10:00", 2, "2026-11-04T12:00"),
        (OFFICE, "2026-11-04T16:00", 2, "2026-11-05T10:00"),
        # Out of hours: what comes on Friday night counts from Monday morning.
        (OFFICE, "2026-11-06T20:00", 1, "2026-11-09T10:00"),
        (OFFICE, "2026-11-06T16:00", 2, "2026-11-09T10:00"),
        # A deadline falls on closing time, not on the next opening.
        (OFFICE, "2026-11-04T16:00", 1, "2026-11-04T17:00"),
        (OFFICE, "2026-11-04T20:00", 0, "2026-11-04T20:00"),
        # The night of 29 March 2026 has 7 hours between 22:00 and 06:00, that of 25 October 9.
        (NIGHTS, "2026-03-28T22:00", 7, "2026-03-29T06:00"),
        (NIGHTS, "2026-10-24T22:00", 9, "2026-10-25T06:00"),
        (NIGHTS, "2026-10-24T23:00", 9, "2026-10-25T23:00"),
        # Sunday after midnight belongs to Saturday's shift.
        (NIGHTS, "2026-11-08T01:00", 2, "2026-11-08T03:00"),
    ],
)
def test_it_adds_open_time(hours, start, added, reached):
    assert add_open_time(prague(start), added * HOUR, hours) == prague(reached)


@pytest.mark.parametrize(
    ("intervals", "start", "end", "hours"),
    [
        ((("22:00", "06:00"),), "2026-03-28T20:00", "2026-03-29T08:00", 7),
        ((("22:00", "06:00"),), "2026-10-24T20:00", "2026-10-25T08:00", 9),
        # Hours that overlap, touch, or are given out of order count once.
        ((("09:00", "13:00"), ("12:00", "17:00")), "2026-11-04T00:00", "2026-11-05T00:00", 8),
        ((("13:00", "17:00"), ("09:00", "13:00")), "2026-11-04T00:00", "2026-11-05T00:00", 8),
        ((("09:00", "17:00"), ("10:00", "11:00")), "2026-11-04T00:00", "2026-11-05T00:00", 8),
        # A night shift that reaches into the next morning's hours.
        ((("20:00", "10:00"), ("09:00", "12:00")), "2026-11-04T12:00", "2026-11-05T13:00", 16),
        # Midnight to midnight is a whole day, 23 or 25 hours when the clocks change.
        ((("00:00", "00:00"),), "2026-11-04T00:00", "2026-11-05T00:00", 24),
        ((("00:00", "00:00"),), "2026-03-29T00:00", "2026-03-30T00:00", 23),
        ((("00:00", "00:00"),), "2026-10-25T00:00", "2026-10-26T00:00", 25),
        # Times that do not exist that night mean the moment the clocks jump.
        ((("01:00", "02:30"),), "2026-03-29T00:00", "2026-03-29T08:00", 1),
        ((("02:30", "04:00"),), "2026-03-29T00:00", "2026-03-29T08:00", 1),
    ],
)
def test_it_counts_the_hours_that_really_pass(intervals, start, end, hours):
    calendar = OfficeHours(PRAGUE, week(*intervals))
    assert open_time_between(prague(start), prague(end), calendar) == hours * HOUR


def test_it_skips_days_the_office_is_closed():
    closed = replace(OFFICE, closed_on=frozenset({date(2026, 11, 5)}))
    assert add_open_time(prague("2026-11-04T16:00"), 2 * HOUR, closed) == prague("2026-11-06T10:00")


@pytest.mark.parametrize("hours", [OFFICE, NIGHTS, ALWAYS])
def test_it_counts_nothing_backwards(hours):
    start = prague("2026-11-04T12:00")
    assert open_time_between(start, start - HOUR, hours) == timedelta(0)
    assert open_time_between(start, start, hours) == timedelta(0)


def test_it_refuses_a_calendar_that_never_opens():
    never = OfficeHours(PRAGUE)
    assert not never.ever_open()
    with pytest.raises(ValueError, match="no open hours"):
        add_open_time(prague("2026-11-04T12:00"), HOUR, never)


@pytest.mark.parametrize("urgency", sorted(URGENT))
def test_it_promises_around_the_clock_when_urgent(urgency):
    at = prague("2026-11-07T23:00")
    due = clock(at, urgency).due_at
    assert due == at + PROMISES.by_urgency[urgency].first_response


@pytest.mark.story(14)
def test_it_starts_an_ordinary_promise_at_opening():
    made = clock(prague("2026-11-07T23:00"))
    assert made.due_at == prague("2026-11-09T13:00")
    assert made.at_risk_at == prague("2026-11-09T12:12")


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        ("2026-11-04T12:11", Standing.ON_TIME),
        ("2026-11-04T12:12", Standing.AT_RISK),
        ("2026-11-04T12:59", Standing.AT_RISK),
        ("2026-11-04T13:00", Standing.BREACHED),
    ],
)
def test_it_tells_the_standing(at, standing):
    assert clock(prague("2026-11-04T09:00")).standing(prague(at)) is standing


def test_it_calls_a_late_answer_breached():
    one = clock(prague("2026-11-04T09:00"))
    assert replace(one, met_at=one.due_at).standing(one.due_at) is Standing.MET
    assert replace(one, met_at=one.due_at + HOUR).standing(one.due_at) is Standing.BREACHED


@pytest.mark.story(14)
@pytest.mark.parametrize(
    ("started", "paused", "resumed", "due"),
    [
        # Over a weekend nothing is lost and nothing gained.
        ("2026-11-06T15:00", "2026-11-06T16:00", "2026-11-09T09:00", "2026-11-09T12:00"),
        # Paused and resumed while the office is closed.
        ("2026-11-06T15:00", "2026-11-07T12:00", "2026-11-08T12:00", "2026-11-09T11:00"),
        # Over the change of the clocks: open hours stay hours of the wall.
        ("2026-10-23T15:00", "2026-10-23T16:00", "2026-10-26T09:00", "2026-10-26T12:00"),
        ("2026-03-27T15:00", "2026-03-27T16:00", "2026-03-30T10:00", "2026-03-30T13:00"),
    ],
)
def test_it_keeps_what_was_left_over_a_pause(started, paused, resumed, due):
    held = pause(clock(prague(started)), prague(paused), PROMISES)
    assert held.standing(prague(paused)) is Standing.PAUSED
    again = resume(held, prague(resumed), PROMISES)
    assert (again.due_at, again.running, again.remaining) == (prague(due), True, None)
    assert again.at_risk_at == prague(due) - timedelta(minutes=48)


@pytest.mark.story(14)
def test_it_keeps_a_pause_over_a_holiday_free_of_it():
    closed = replace(PROMISES, hours=replace(OFFICE, closed_on=frozenset({date(2026, 11, 5)})))
    one = start_clock(
        1, ClockKind.FIRST_RESPONSE, Urgency.ROUTINE, prague("2026-11-04T14:00"), closed
    )
    held = pause(one, prague("2026-11-04T16:00"), closed)
    assert held.remaining == 2 * HOUR
    assert resume(held, prague("2026-11-05T12:00"), closed).due_at == prague("2026-11-06T11:00")


@pytest.mark.parametrize("around_the_clock", [False, True])
def test_it_does_not_mend_a_breach_by_a_pause(around_the_clock):
    hours = replace(OFFICE, around_the_clock=around_the_clock)
    promises = replace(PROMISES, hours=hours)
    one = start_clock(
        1, ClockKind.FIRST_RESPONSE, Urgency.ROUTINE, prague("2026-11-04T09:00"), promises
    )
    late = one.due_at + 3 * HOUR
    held = pause(one, late, promises)
    assert held.remaining == timedelta(0)
    again = resume(held, late + HOUR, promises)
    assert again.due_at == one.due_at
    assert again.standing(late + HOUR) is Standing.BREACHED


@pytest.mark.parametrize("urgency", sorted(URGENT))
def test_it_never_pauses_an_urgent_clock(urgency):
    one = clock(prague("2026-11-04T09:00"), urgency)
    assert pause(one, prague("2026-11-04T09:30"), PROMISES) == one


def test_it_leaves_a_clock_that_is_met_or_paused_alone():
    at = prague("2026-11-04T10:00")
    met = replace(clock(prague("2026-11-04T09:00")), met_at=at)
    assert pause(met, at, PROMISES) == resume(met, at, PROMISES) == met
    assert raise_urgency(met, Urgency.EMERGENCY, at, PROMISES) == met
    held = pause(clock(prague("2026-11-04T09:00")), at, PROMISES)
    assert pause(held, at + HOUR, PROMISES) == held


@pytest.mark.story(14)
def test_it_starts_a_paused_clock_again_when_urgency_is_raised():
    at = prague("2026-11-07T03:00")
    held = pause(clock(prague("2026-11-06T15:00")), prague("2026-11-06T16:00"), PROMISES)
    raised = raise_urgency(held, Urgency.EMERGENCY, at, PROMISES)
    assert raised.running
    assert raised.due_at == at + HOUR
    assert raised.at_risk_at == at + timedelta(minutes=48)
    assert raised.remaining is None
    assert raised.started_at == held.started_at


def test_it_keeps_a_nearer_deadline_when_urgency_is_raised():
    one = clock(prague("2026-11-04T09:00"))
    soon = one.due_at - timedelta(minutes=5)
    raised = raise_urgency(one, Urgency.EMERGENCY, soon, PROMISES)
    assert raised.due_at == one.due_at
    assert raised.at_risk_at <= raised.due_at


@pytest.mark.parametrize("urgency", [Urgency.ROUTINE, Urgency.CONCERN])
def test_it_never_lowers_a_promise(urgency):
    one = clock(prague("2026-11-04T09:00"), Urgency.CONCERN)
    assert raise_urgency(one, urgency, prague("2026-11-04T10:00"), PROMISES) == one


def test_the_stricter_of_urgency_and_route_holds():
    slow = RoutePromise(first_response=timedelta(hours=400))
    fast = RoutePromise(first_response=timedelta(hours=1))
    kind, at = ClockKind.FIRST_RESPONSE, prague("2026-06-15T09:00")
    plain = start_clock(1, kind, Urgency.ROUTINE, at, PROMISES)
    for told, sooner in ((slow, False), (fast, True)):
        promises = replace(PROMISES, by_route={Route.GUIDE: told})
        started = start_clock(1, kind, Urgency.ROUTINE, at, promises, route=Route.GUIDE)
        assert (started.due_at < plain.due_at) is sooner
        assert started.at_risk_at <= plain.at_risk_at
        assert start_clock(1, kind, Urgency.ROUTINE, at, promises, route=Route.OTHER) == plain


def test_a_route_counts_office_hours_and_never_slows_an_emergency():
    promises = replace(PROMISES, by_route={Route.CRISIS: RoutePromise(timedelta(minutes=1))})
    night = prague("2026-06-13T23:00")
    kind = ClockKind.FIRST_RESPONSE
    started = start_clock(1, kind, Urgency.EMERGENCY, night, promises, route=Route.CRISIS)
    assert started.due_at == start_clock(1, kind, Urgency.EMERGENCY, night, PROMISES).due_at


def test_a_route_promises_no_end():
    promise = RoutePromise(timedelta(hours=1), timedelta(hours=1))
    promises = replace(PROMISES, by_route={Route.GUIDE: promise})
    kind, at = ClockKind.RESOLUTION, prague("2026-06-15T09:00")
    started = start_clock(1, kind, Urgency.ROUTINE, at, promises, route=Route.GUIDE)
    assert started == start_clock(1, kind, Urgency.ROUTINE, at, PROMISES)


def test_a_raised_urgency_keeps_the_route_s_nearer_deadline():
    promise = RoutePromise(timedelta(minutes=5))
    promises = replace(PROMISES, by_route={Route.GUIDE: promise})
    at = prague("2026-06-15T09:00")
    kind = ClockKind.FIRST_RESPONSE
    started = start_clock(1, kind, Urgency.ROUTINE, at, promises, route=Route.GUIDE)
    assert raise_urgency(started, Urgency.CONCERN, at, promises).due_at == started.due_at
