"""Clocks: promises with deadlines, office-hours arithmetic, and the derived standing.

All instants are aware UTC. Office hours are local intervals of a calendar with an IANA time
zone; every sum is made on UTC instants, so that the two nights a year when local clocks jump
count the hours that really pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from concierge.domain.findings import URGENT, Route, Urgency

#: A clock is at risk when less than this share of its time is left. Four fifths gone is the
#: second of the usual 50/80/100 % warnings (field practice; the first is only a reminder).
AT_RISK_SHARE = 0.8

#: How far ahead open time is looked for. A calendar with no open minute in this many days is
#: a config error, found by :meth:`OfficeHours.ever_open`, so this bound is never met in use.
HORIZON_DAYS = 3700
#: Clocks jump on whole minutes everywhere.
_MINUTE = timedelta(minutes=1)


class ClockKind(StrEnum):
    """Which promise."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Standing(StrEnum):
    """Where a clock is now; derived, never stored."""

    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office answers: per weekday (0 = Monday) local opening intervals.

    An interval that ends at or before its start runs past midnight into the next day.
    ``around_the_clock`` counts every minute, whatever the week says.
    """

    zone: ZoneInfo
    week: tuple[tuple[tuple[time, time], ...], ...] = ((),) * 7
    closed_on: frozenset[date] = frozenset()
    around_the_clock: bool = False

    def intervals(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open intervals between two instants, merged, ascending, in UTC."""
        if self.around_the_clock:
            if start < end:
                yield start, end
            return
        reached = start
        for opens, closes in self._openings(start):
            if opens >= end:
                return
            opens, closes = max(opens, reached), min(closes, end)  # noqa: PLW2901 - clipping
            if opens < closes:
                yield opens, closes
                reached = closes

    def ever_open(self) -> bool:
        """Whether any minute of any week is open at all."""
        return self.around_the_clock or any(self.week)

    def _openings(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        # One day back, because yesterday's night shift may still run.
        day = start.astimezone(self.zone).date() - timedelta(days=1)
        for _ in range(HORIZON_DAYS):
            if day not in self.closed_on:
                yield from sorted(self._on(day, *interval) for interval in self.week[day.weekday()])
            day += timedelta(days=1)

    def _on(self, day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
        last_day = day if closes > opens else day + timedelta(days=1)
        return _instant(self.zone, day, opens), _instant(self.zone, last_day, closes)


# Every message's promises look at the same weeks; this keeps some years of one office.
@lru_cache(maxsize=4096)
def _instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """When the wall clock first shows this time, or jumps over it."""
    shown = datetime.combine(day, at, zone)
    instant = shown.astimezone(UTC)
    if instant.astimezone(zone).time() == at:
        return instant
    # In a gap the two folds lie before and after the jump (PEP 495), so it is in between.
    before = shown.replace(fold=1).astimezone(UTC)
    jump = bisect_left(
        range((instant - before) // _MINUTE),
        instant.astimezone(zone).utcoffset(),
        key=lambda minute: (before + minute * _MINUTE).astimezone(zone).utcoffset(),
    )
    return before + jump * _MINUTE


ALWAYS = OfficeHours(ZoneInfo("UTC"), around_the_clock=True)


def add_open_time(start: datetime, duration: timedelta, hours: OfficeHours) -> datetime:
    """The instant when ``duration`` of open time has passed since ``start``.

    Raises:
        ValueError: the calendar has no open time within the horizon.
    """
    if duration <= timedelta(0):
        return start
    left = duration
    for opens, closes in hours.intervals(start, start + timedelta(days=HORIZON_DAYS)):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise ValueError("the calendar has no open hours")


def open_time_between(start: datetime, end: datetime, hours: OfficeHours) -> timedelta:
    """How much open time lies between two instants; zero when ``end`` is not after ``start``."""
    return sum((b - a for a, b in hours.intervals(start, end)), timedelta(0))


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon, in open time, for one urgency."""

    first_response: timedelta
    next_response: timedelta
    resolution: timedelta

    def of(self, kind: ClockKind) -> timedelta:
        """The promised time of one clock."""
        match kind:
            case ClockKind.FIRST_RESPONSE:
                return self.first_response
            case ClockKind.NEXT_RESPONSE:
                return self.next_response
            case ClockKind.RESOLUTION:
                return self.resolution


@dataclass(frozen=True, slots=True)
class RoutePromise:
    """How soon somebody of one route is answered, in office hours; None promises nothing more."""

    first_response: timedelta | None = None
    next_response: timedelta | None = None

    def of(self, kind: ClockKind) -> timedelta | None:
        """The promised time of one clock; a route promises no end."""
        match kind:
            case ClockKind.FIRST_RESPONSE:
                return self.first_response
            case ClockKind.NEXT_RESPONSE:
                return self.next_response
            case ClockKind.RESOLUTION:
                return None


@dataclass(frozen=True, slots=True)
class Promises:
    """The charity's promises and the hours they count in."""

    hours: OfficeHours
    by_urgency: dict[Urgency, Promise] = field(default_factory=dict)
    #: What routes promise beside that; of two promises the stricter one holds.
    by_route: dict[Route, RoutePromise] = field(default_factory=dict)

    def hours_for(self, urgency: Urgency) -> OfficeHours:
        """Emergency and high run around the clock, whatever the office does."""
        return ALWAYS if urgency in URGENT else self.hours


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One promise to one requester, with its stored deadlines.

    While paused, ``remaining`` holds the open time that was left and the deadlines mean nothing.
    ``at_risk_told`` and ``breach_told`` remember that the event was written, so that it is
    written once.
    """

    id: int
    case_id: int
    kind: ClockKind
    urgency: Urgency
    started_at: datetime
    at_risk_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    paused_at: datetime | None = None
    remaining: timedelta | None = None
    at_risk_told: bool = False
    breach_told: bool = False

    @property
    def running(self) -> bool:
        """Whether time counts now."""
        return self.met_at is None and self.paused_at is None

    def standing(self, now: datetime) -> Standing:
        """Where the clock is at ``now``; a met clock that was late is breached."""
        if self.met_at is not None:
            return Standing.BREACHED if self.met_at > self.due_at else Standing.MET
        if self.paused_at is not None:
            return Standing.PAUSED
        if now >= self.due_at:
            return Standing.BREACHED
        return Standing.AT_RISK if now >= self.at_risk_at else Standing.ON_TIME


def start_clock(
    case_id: int,
    kind: ClockKind,
    urgency: Urgency,
    at: datetime,
    promises: Promises,
    *,
    route: Route | None = None,
) -> CaseClock:
    """A running clock from ``at`` with its deadlines worked out once.

    Of the urgency's promise and the route's the one that ends earlier holds.
    """
    deadlines = [_deadlines(at, promises.by_urgency[urgency].of(kind), promises.hours_for(urgency))]
    beside = promises.by_route[route].of(kind) if route in promises.by_route else None
    if beside is not None:
        # A route is a team's matter and counts office hours, whatever the urgency counts.
        deadlines.append(_deadlines(at, beside, promises.hours))
    return CaseClock(
        id=0,
        case_id=case_id,
        kind=kind,
        urgency=urgency,
        started_at=at,
        at_risk_at=min(at_risk for at_risk, _ in deadlines),
        due_at=min(due for _, due in deadlines),
    )


def _deadlines(at: datetime, total: timedelta, hours: OfficeHours) -> tuple[datetime, datetime]:
    """When a promise is at risk, and when it is due."""
    at_risk = add_open_time(at, total * AT_RISK_SHARE, hours)
    return at_risk, add_open_time(at, total, hours)


def pause(clock: CaseClock, at: datetime, promises: Promises) -> CaseClock:
    """The clock stopped at ``at`` with what is left of it; urgent clocks never pause."""
    if not clock.running or clock.urgency in URGENT:
        return clock
    left = open_time_between(at, clock.due_at, promises.hours_for(clock.urgency))
    return replace(clock, paused_at=at, remaining=left)


def resume(clock: CaseClock, at: datetime, promises: Promises) -> CaseClock:
    """The clock running again from ``at`` with the open time it had left."""
    if clock.paused_at is None or clock.met_at is not None:
        return clock
    hours = promises.hours_for(clock.urgency)
    left = clock.remaining or timedelta(0)
    if left == timedelta(0):
        # It was breached before the pause; a pause does not mend that.
        return replace(clock, paused_at=None, remaining=None)
    margin = promises.by_urgency[clock.urgency].of(clock.kind) * (1 - AT_RISK_SHARE)
    return replace(
        clock,
        paused_at=None,
        remaining=None,
        at_risk_at=add_open_time(at, max(left - margin, timedelta(0)), hours),
        due_at=add_open_time(at, left, hours),
    )


def raise_urgency(
    clock: CaseClock, urgency: Urgency, at: datetime, promises: Promises
) -> CaseClock:
    """The clock under a more urgent promise, counted from ``at`` and running.

    Counting from ``at`` and not from the start keeps the sweep from telling of a breach of a
    promise that nobody could have known; a deadline that was nearer already stays.
    """
    if clock.met_at is not None or urgency.rank >= clock.urgency.rank:
        return clock
    fresh = start_clock(clock.case_id, clock.kind, urgency, at, promises)
    due = fresh.due_at if clock.paused_at else min(clock.due_at, fresh.due_at)
    at_risk = fresh.at_risk_at if clock.paused_at else min(clock.at_risk_at, fresh.at_risk_at)
    return replace(
        clock, urgency=urgency, due_at=due, at_risk_at=at_risk, paused_at=None, remaining=None
    )
