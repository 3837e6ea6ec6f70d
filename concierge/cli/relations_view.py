"""How a case's relations are shown: links, merges, what it may follow up, and what to type."""

from __future__ import annotations

from typing import Any

from concierge.cli import show
from concierge.desk.ports.views import CaseView
from concierge.desk.remembering import RELEASED_BY
from concierge.domain.event import Event, EventKind
from concierge.domain.ledger import Reading

#: Cases named in one line, and possible follow-ups named at all; `--json` has every one.
_NAMED = 10
#: What our own mail server says of who sent it, in words.
_BADGES = {
    "pass": "vouched for by our mail server",
    "fail": "NOT from whom it says, by our mail server",
    "none": "vouched for by nobody",
}


def print_relations(view: CaseView) -> None:
    """What this case has to do with others, each with the command that changes it."""
    case = view.case
    if case.merged_into:
        show.sentence(
            f"! Merged into case {case.merged_into}, where its messages are: concierge case show "
            f"{case.merged_into}. To undo: concierge case unmerge {case.id}"
        )
        return
    for number in merged_here(view)[:_NAMED]:
        show.sentence(
            f"Case {number} was merged into this one; its replies are there: concierge case show "
            f"{number}"
        )
    linked = links(view)
    if linked:
        named = ", ".join(map(str, linked[:_NAMED])) + (", ..." if linked[_NAMED:] else "")
        show.sentence(f"Linked with case {named}")
    for number, because in follow_ups(view)[:_NAMED]:
        show.sentence(
            f"? Perhaps it follows up case {number}{f' ({because})' if because else ''}. "
            f"If so: concierge case merge {case.id} --into {number}, or only: concierge case link "
            f"{case.id} {number}"
        )
    _print_forwarded(view)


def print_origin(reading: Reading) -> None:
    """What is known of where a message comes from: who vouches for its sender, who unparked it."""
    released = reading.triage.get(RELEASED_BY)
    if released:
        show.sentence(f"taken out of parking by {released}", indent="  ")
    told = _authentication(reading.triage.get("authentication"))
    if told:
        show.sentence(f"sender: {told}", indent="  ")


def relations_as_dict(view: CaseView) -> dict[str, Any]:
    """A case's relations as plain data."""
    return {
        "merged_into": view.case.merged_into or None,
        "merged_here": merged_here(view),
        "links": links(view),
        "possible_follow_up_of": [number for number, _ in follow_ups(view)],
    }


def links(view: CaseView) -> list[int]:
    """The cases this one is linked with, by number, as its history tells."""
    linked: set[int] = set()
    for event in view.events:
        if event.kind is EventKind.LINKED:
            linked.add(_other(event))
        elif event.kind is EventKind.UNLINKED:
            linked.discard(_other(event))
    return sorted(linked - {0, view.case.id})


def merged_here(view: CaseView) -> list[int]:
    """The cases whose messages this one has taken in and still has."""
    merged: set[int] = set()
    for event in view.events:
        if event.kind is EventKind.MERGED and event.get("from"):
            merged.add(int(event.get("from")))
        elif event.kind is EventKind.UNMERGED and event.get("case"):
            merged.discard(int(event.get("case")))
    return sorted(merged)


def follow_ups(view: CaseView) -> list[tuple[int, str]]:
    """The cases this one may follow up, with the reason; those staff have dealt with left out."""
    done = {*links(view), *merged_here(view), view.case.id}
    found = {
        _other(event): event.get("because")
        for event in view.events
        if event.kind is EventKind.POSSIBLE_FOLLOW_UP
    }
    return [(number, because) for number, because in found.items() if number and number not in done]


def _print_forwarded(view: CaseView) -> None:
    """Who seems to have written a forwarded mail, until the case is theirs or its head says so."""
    if f"requester {view.case.id} --forwarded" in view.case.attention:
        return
    for reading in reversed(view.readings):
        found = reading.triage.get("forwarded")
        if not found or not found.get("address"):
            continue
        if str(found["address"]).casefold() != view.case.requester.key:
            name = f"{found.get('name') or ''} <{found['address']}>".strip()
            because = f" ({found['because']})" if found.get("because") else ""
            show.sentence(
                f"? Forwarded mail; perhaps {name} wrote it{because}. If so: concierge case "
                f"requester {view.case.id} --forwarded"
            )
        return


def _authentication(found: Any) -> str:
    """The badge in words; shapes differ, since readings are kept for years."""
    if isinstance(found, dict):
        value = str(found.get("value") or "").replace("_", " ")
        notes = [str(e.get("note") or e.get("found") or "") for e in found.get("evidence") or ()]
        because = "; ".join(filter(None, [*notes, str(found.get("because") or "")]))
        if value == "none" and not because:
            # Where no server of ours vouches for anybody, every message would say so.
            return ""
        value = _BADGES.get(value, value)
        return f"{value}{f', because {because}' if because else ''}" if value else because
    return str(found or "").replace("_", " ")


def _other(event: Event) -> int:
    """The number of the other case an event is about; 0 when it names none."""
    named = (event.get(key) for key in ("case", "of_case", "other"))
    return next((int(number) for number in named if number.isdigit()), 0)
