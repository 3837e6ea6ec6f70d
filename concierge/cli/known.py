"""What is known of a requester, as staff read it: what stands, who set it, what may be instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concierge.desk.conclusions import came_close, concluded
from concierge.desk.ports.views import QueueRow
from concierge.domain.case import Case
from concierge.domain.ledger import Reading

#: The key of `concierge review` that sets each of them.
_KEYS = {"language": "l", "country": "c", "home": "h"}


def known(case: Case, readings: Iterable[Reading]) -> list[str]:
    """A sentence each: language, country, and a home where it is another one or was set."""
    read = tuple(readings)
    names = ["language", "country"]
    if case.home_by or case.home not in {"", case.country}:
        names.append("home")
    return [_known(case, read, name) for name in names]


def _known(case: Case, readings: tuple[Reading, ...], name: str) -> str:
    value, by = getattr(case, name), getattr(case, f"{name}_by")
    stands = f"{name}: {value or 'undetermined'}"
    if by:
        return f"{stands} (set by {by}; the desk: {concluded(readings, name) or 'undetermined'})"
    if value:
        return stands
    close = came_close(readings, name)
    maybe = f"It may be {', '.join(close)}; press" if close else "Press"
    return (
        f"{stands}. {maybe} {_KEYS[name]} in review to set it, or: concierge case set {case.id} "
        f"--{name}"
    )


def worth_showing(triage: dict[str, Any]) -> bool:
    """Whether a message tells of a home: one elsewhere, or one that came close to be told."""
    home, country = triage.get("home"), triage.get("country") or {}
    if not home:
        return False
    if home.get("value"):
        return bool(home["value"] != country.get("value"))
    return bool(home.get("candidates"))


def unknown(row: QueueRow) -> list[str]:
    """What nobody knows of a waiting case, so that somebody should set it or ask."""
    return [name for name in ("language", "country") if not getattr(row.case, name)]


def first_name(name: str) -> str:
    """The first word of a display name: lists need no more to tell people apart."""
    return name.split(maxsplit=1)[0] if name.split() else ""
