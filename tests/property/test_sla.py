"""Office arithmetic against an oracle that looks at the wall clock minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from concierge.domain.findings import Urgency
from concierge.domain.sla import (
    ClockKind,
    OfficeHours,
    Promise,
    Promises,
    add_open_time,
    open_time_between,
    pause,
    raise_urgency,
    resume,
    start_clock,
)

MINUTE = timedelta(minutes=1)
#: Both hemispheres, a jump of half an hour, a jump at midnight, the largest offsets, and none.
ZONES = [
    "Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
    "America/Santiago", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata",
]  # fmt: skip
#: Around the days on which those clocks jump in 2026, and one quiet week.
DAYS = [
    date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 24), date(2026, 9, 6),
    date(2026, 10, 4), date(2026, 10, 25), date(2026, 10, 30), date(2026, 11, 1),
    date(2026, 7, 15),
]  # fmt: skip

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))
intervals = st.lists(st.tuples(times, times), max_size=3).map(tuple)
weeks = st.tuples(*[intervals] * 7)
instants = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + minutes * MINUTE,
    st.sampled_from(DAYS),
    st.integers(-2 * 1440, 2 * 1440),
)


@st.composite
def calendars(draw):
    week = draw(weeks)
    closed = draw(st.frozensets(st.sampled_from(DAYS), max_size=2))
    return OfficeHours(ZoneInfo(draw(st.sampled_from(ZONES))), week, closed)


@lru_cache(maxsize=200)
def wall_clock(zone: str, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Every minute around a day, in UTC and as a wall clock shows it."""
    zone_info = ZoneInfo(zone)
    first = datetime.combine(day, time(), UTC) - timedelta(hours=30)
    minutes = (first + n * MINUTE for n in range(84 * 60))
    return tuple((m, m.astimezone(zone_info).replace(tzinfo=None)) for m in minutes)


def first_shows(zone: str, day: date, at: time) -> datetime:
    """The first minute at which a wall clock in the zone shows this time of this day, or later."""
    wanted = datetime.combine(day, at)
    return next(minute for minute, shown in wall_clock(zone, day) if shown >= wanted)


def oracle(calendar: OfficeHours, start: datetime, end: datetime) -> int:
    """Open minutes between two instants, counted one by one."""
    zone = calendar.zone.key
    spans = []
    day = start.astimezone(calendar.zone).date() - timedelta(days=1)
    while day <= end.astimezone(calendar.zone).date():
        for opens, closes in () if day in calendar.closed_on else calendar.week[day.weekday()]:
            until = day if closes > opens else day + timedelta(days=1)
            spans.append((first_shows(zone, day, opens), first_shows(zone, until, closes)))
        day += timedelta(days=1)
    minutes = (start + n * MINUTE for n in range((end - start) // MINUTE))
    return sum(any(a <= minute < b for a, b in spans) for minute in minutes)


@settings(max_examples=250, deadline=None)
@given(calendars(), instants, st.integers(0, 2 * 1440))
def test_it_counts_as_the_wall_clock_does(calendar, start, minutes):
    end = start + minutes * MINUTE
    assert open_time_between(start, end, calendar) == oracle(calendar, start, end) * MINUTE


@settings(max_examples=300, deadline=None)
@given(calendars(), instants, st.integers(0, 6_000))
def test_it_finds_its_way_back(calendar, start, minutes):
    assume(calendar.ever_open())
    try:
        end = add_open_time(start, minutes * MINUTE, calendar)
    except ValueError:
        # Hours that lie wholly within a gap open never, or once a year.
        assume(False)
    assert open_time_between(start, end, calendar) == minutes * MINUTE
    if minutes:
        assert open_time_between(start, end - MINUTE, calendar) == (minutes - 1) * MINUTE


@settings(max_examples=200, deadline=None)
@given(calendars(), instants, st.integers(0, 3_000), st.integers(0, 3_000))
def test_it_adds_up_when_cut_anywhere(calendar, start, first, second):
    middle = start + first * MINUTE
    end = middle + second * MINUTE
    parts = open_time_between(start, middle, calendar) + open_time_between(middle, end, calendar)
    assert open_time_between(start, end, calendar) == parts


OFFICE = OfficeHours(ZoneInfo("Europe/Prague"), (((time(9), time(17)),),) * 5 + ((), ()))
HOURS = st.integers(1, 80).map(lambda n: timedelta(hours=n))


@settings(max_examples=200, deadline=None)
@given(
    instants,
    st.sampled_from(list(ClockKind)),
    HOURS,
    st.lists(st.tuples(st.sampled_from(["pause", "resume", "raise"]), HOURS), max_size=6),
)
def test_it_keeps_every_clock_sound(start, kind, promised, happenings):
    promise = Promise(promised, promised, promised)
    promises = Promises(OFFICE, dict.fromkeys(Urgency, promise))
    clock, now = start_clock(1, kind, Urgency.ROUTINE, start, promises), start
    for what, later in happenings:
        now += later
        match what:
            case "pause":
                clock = pause(clock, now, promises)
            case "resume":
                clock = resume(clock, now, promises)
            case _:
                clock = raise_urgency(clock, Urgency.HIGH, now, promises)
        assert clock.at_risk_at <= clock.due_at
        assert clock.started_at == start
        assert (clock.paused_at is None) == (clock.remaining is None)
        assert clock.remaining is None or timedelta(0) <= clock.remaining <= promised
        assert clock.paused_at is None or clock.urgency is Urgency.ROUTINE
