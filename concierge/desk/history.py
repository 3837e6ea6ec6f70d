"""History: one way to write a line of a case's history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from concierge.desk.ports.store import Transaction
from concierge.domain.event import Event, EventKind


def tell(
    tx: Transaction,
    case_id: int,
    kind: EventKind,
    at: datetime,
    by: str,
    facts: Mapping[str, object] | None = None,
    *,
    words: str = "",
) -> None:
    """Append an event. ``facts`` are ids, states and codes; empty values are left out.

    ``words`` is for what people said: it is private and goes nowhere but the store and screens.
    """
    pairs = tuple((name, str(value)) for name, value in (facts or {}).items() if str(value))
    tx.events.add(Event(case_id, kind, at, by, pairs, words))
