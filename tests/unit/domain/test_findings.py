"""Urgency sorts the person in danger first, and "undetermined" is an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concierge.domain.event import DESK, Event, EventKind
from concierge.domain.findings import (
    KINDS_ANSWERED,
    KINDS_FOR_STAFF,
    URGENT,
    Finding,
    Kind,
    Urgency,
)
from concierge.domain.resource import VERIFICATION_DAYS, Resource, ResourceKind


def test_it_sorts_the_person_in_danger_first():
    assert sorted(set(Urgency), key=lambda u: u.rank) == [
        Urgency.EMERGENCY, Urgency.HIGH, Urgency.CONCERN, Urgency.ROUTINE,
    ]  # fmt: skip
    assert {Urgency.EMERGENCY, Urgency.HIGH} == URGENT


def test_it_answers_only_what_staff_see():
    assert KINDS_ANSWERED < KINDS_FOR_STAFF < set(Kind)
    assert not KINDS_FOR_STAFF & {Kind.OWN, Kind.BOUNCE, Kind.AUTO_REPLY, Kind.BULK}


def test_it_is_determined_unless_said_otherwise():
    assert Finding("en") == Finding("en", (), undetermined=False, candidates=())


def test_it_reads_the_facts_of_an_event():
    event = Event(1, EventKind.SENT, None, DESK, (("mail", "3"), ("mail", "4")))
    assert (event.get("mail"), event.get("draft")) == ("3", "")


@pytest.mark.parametrize(
    ("days", "verified"), [(0, True), (VERIFICATION_DAYS, True), (VERIFICATION_DAYS + 1, False)]
)
def test_it_takes_an_old_verification_for_none(days, verified):
    today = date(2026, 11, 4)
    row = Resource("x", "X", ResourceKind.CRISIS_LINE, "IE", verified_on=today - timedelta(days))
    assert row.verified(today) is verified
    assert not Resource("x", "X", ResourceKind.CRISIS_LINE, "IE").verified(today)
