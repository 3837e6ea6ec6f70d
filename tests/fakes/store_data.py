"""What the store in memory keeps, and what its parts share."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime

from concierge.domain.case import Case
from concierge.domain.draft import Draft, OutboxMail
from concierge.domain.event import Event
from concierge.domain.ledger import FolderMemory, Incoming, Labels, LedgerEntry, Reading
from concierge.domain.likeness import Likeness
from concierge.domain.sla import CaseClock
from concierge.errors import UsageError


@dataclass
class Data:
    """Everything that is kept; public, so that a test may look at what was written."""

    entries: dict[int, LedgerEntry] = field(default_factory=dict)
    incoming: dict[int, Incoming] = field(default_factory=dict)
    causes: dict[int, str] = field(default_factory=dict)
    labels: dict[int, Labels] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    folders: dict[str, FolderMemory] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    senders: set[tuple[str, int]] = field(default_factory=set)
    links: set[tuple[int, int]] = field(default_factory=set)
    likenesses: dict[int, Likeness] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    outbox: dict[int, OutboxMail] = field(default_factory=dict)
    clocks: dict[int, CaseClock] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    beats: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    once: set[tuple[str, date]] = field(default_factory=set)

    def snapshot(self) -> Data:
        """A copy that later changes do not reach; the values themselves are frozen."""
        return Data(*(copy(getattr(self, f.name)) for f in fields(self)))


def found(table, key, noun):
    if key not in table:
        raise UsageError(f"There is no {noun} {key}.")
    return table[key]


def utc(value):
    """The value as SQLite gives it back: every instant in UTC; naive ones are refused."""
    changes = {}
    for f in fields(value):
        at = getattr(value, f.name)
        if isinstance(at, datetime):
            if at.tzinfo is None:
                raise ValueError("an instant needs a time zone")
            changes[f.name] = at.astimezone(UTC)
    return replace(value, **changes)
