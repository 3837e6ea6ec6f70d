"""How one case is shown: what the person wrote, what the desk concludes and why, what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from concierge.cli import show
from concierge.cli.known import known, worth_showing
from concierge.cli.relations_view import print_origin, print_relations, relations_as_dict
from concierge.cli.safe import line
from concierge.desk.conclusions import concluded
from concierge.desk.ports.views import CaseView
from concierge.desk.remembering import UNDO
from concierge.domain.case import SETTABLE
from concierge.domain.draft import Draft, DraftState
from concierge.domain.event import Event
from concierge.domain.findings import Route
from concierge.domain.ledger import Reading
from concierge.domain.routes import RoutePlans
from concierge.domain.sla import CaseClock

#: Lines of reasons shown for one conclusion; the rest is in `--json`.
_REASONS = 6


def print_case(view: CaseView, now: datetime, plans: RoutePlans | None = None) -> None:
    """The whole case for a person to read, newest message last."""
    _print_head(view, now, plans or RoutePlans())
    print_relations(view)
    for clock in view.clocks:
        show.sentence(_clock(clock, now), indent="  ")
    for reading in view.readings:
        print_reading(reading)
    draft = open_draft(view)
    if draft:
        print_draft(draft)
    _print_outbox(view)
    show.heading("History")
    for event in view.events:
        show.sentence(_event(event), indent="  ")


def _print_head(view: CaseView, now: datetime, plans: RoutePlans) -> None:
    case = view.case
    route = line(plans.of(case.route).shown)
    print(f"Case {case.id} · {case.urgency} · {case.state} · route {route}")
    show.sentence(f"From {case.requester if case.requester.address else 'nobody known'}")
    for words in known(case, view.readings):
        show.sentence(words)
    if case.attention:
        show.sentence(f"! {case.attention}", limit=1000)
    if case.claim and case.claim.holds(now):
        print(f"Held by {line(case.claim.staff)} until {show.instant(case.claim.expires_at)}")
    if case.assigned_to:
        print(f"Assigned to {line(case.assigned_to)}")


def open_draft(view: CaseView) -> Draft | None:
    """The draft that waits for a yes or no; None when none does."""
    return next((draft for draft in view.drafts if draft.state is DraftState.PROPOSED), None)


def print_reading(reading: Reading) -> None:
    """One message: its words, then each conclusion with its reasons."""
    number = f" {reading.entry_id}" if reading.entry_id else ""
    show.heading(f"Message{number} of {show.instant(reading.received_at)}: {line(reading.subject)}")
    print_origin(reading)
    show.text(reading.text, indent="  | ")
    if reading.quoted_text.strip():
        count = len(reading.quoted_text.splitlines())
        folded = show.counted(count, "line")
        print(f"  | [{folded} of quotes and signatures folded; --json shows all]")
    for name in ("urgency", "kind", "language", "country"):
        print_finding(name, reading.triage.get(name))
    if worth_showing(reading.triage):
        print_finding("home", reading.triage["home"])
    print_finding("route", reading.triage.get("route"))
    print_said(reading.triage)
    for match in reading.triage.get("matches", []):
        print_match(match)
    for name in ("attachments", "defects"):
        for item in reading.triage.get(name, []):
            what = item.get("name") or item.get("detail")
            note = item.get("note", "")
            show.sentence(f"{name[:-1]}: {what} {note}", indent="  ")


def print_said(triage: dict[str, Any]) -> None:
    """What a letter is about and what a reply to it must respect."""
    for names, name in (("topics", "topic"), ("needs", "need")):
        for finding in triage.get(names, []):
            print_finding(name, finding)


def print_match(match: dict[str, Any]) -> None:
    """A proposed resource with its reasons, which are short, on one line."""
    because = "; ".join(why_matched(match["evidence"]))
    show.sentence(
        f"resource: {match['name']} ({match['score']:.0f}) because {because}", indent="  "
    )


def told_apart(triage: dict[str, Any]) -> dict[str, Any]:
    """A triage for programs: what nobody can tell is null, never an empty text."""
    return {
        name: finding | {"value": finding["value"] or None}
        if isinstance(finding, dict) and "value" in finding
        else finding
        for name, finding in triage.items()
    }


def print_draft(draft: Draft) -> None:
    """A draft as it would be sent, with what staff should know of it."""
    show.heading(
        f"Draft {draft.id}, revision {draft.revision}, in {draft.language}, "
        f"from template {draft.template} ({draft.state})"
    )
    if draft.fallback_from:
        show.sentence(f"! No template in {draft.fallback_from}: this is the fallback language.")
    for caution in draft.cautions:
        show.sentence(f"! {caution}", limit=1000)
    show.sentence(f"To: {draft.recipient}")
    show.sentence(f"Subject: {draft.subject}")
    print()
    show.text(draft.text)


def as_dict(view: CaseView, plans: RoutePlans | None = None) -> dict[str, Any]:
    """Everything about a case as plain data."""
    case = view.case
    plan = (plans or RoutePlans()).of(case.route)
    return {
        "case_id": case.id,
        "version": case.version,
        "state": case.state.value,
        "urgency": case.urgency.value,
        "route": case.route.value,
        "route_name": plan.name,
        "route_for": list(plan.who),
        "language": case.language or None,
        "country": case.country or None,
        "home": case.home or None,
        "set_by": {name: getattr(case, f"{name}_by") or None for name in SETTABLE},
        "concluded": {name: concluded(view.readings, name) or None for name in SETTABLE},
        "requester": {"name": case.requester.name, "address": case.requester.address},
        "subject": case.subject,
        "attention": case.attention or None,
        **relations_as_dict(view),
        "assigned_to": case.assigned_to or None,
        "claimed_by": case.claim.staff if case.claim else None,
        "claim_expires_at": case.claim.expires_at.isoformat() if case.claim else None,
        "opened_at": case.opened_at.isoformat(),
        "last_message_at": case.last_message_at.isoformat(),
        "messages": [_reading(reading) for reading in view.readings],
        "drafts": [draft_as_dict(draft) for draft in view.drafts],
        "outbox": [
            {"mail_id": m.id, "state": m.state.value, "draft_id": m.approval.draft_id,
             "approved_by": m.approval.staff, "approved_at": m.approval.at.isoformat(),
             "attempts": m.attempts, "message_id": m.message_id, "last_reply": m.last_reply}
            for m in view.outbox
        ],
        "clocks": [_clock_as_dict(clock) for clock in view.clocks],
        "events": [
            {"kind": e.kind.value, "at": e.at.isoformat(), "by": e.by, "words": e.words,
             "data": dict(e.data)}
            for e in view.events
        ],
    }  # fmt: skip


def draft_as_dict(draft: Draft) -> dict[str, Any]:
    """A draft as plain data."""
    return {
        "draft_id": draft.id,
        "case_id": draft.case_id,
        "case_version": draft.case_version,
        "revision": draft.revision,
        "state": draft.state.value,
        "to": {"name": draft.recipient.name, "address": draft.recipient.address},
        "language": draft.language,
        "fallback_from": draft.fallback_from or None,
        "template": draft.template,
        "edited": draft.edited,
        "subject": draft.subject,
        "text": draft.text,
        "cautions": list(draft.cautions),
        "resource_ids": list(draft.resource_ids),
    }


def print_finding(name: str, finding: dict[str, Any] | None) -> None:
    """One conclusion, each reason on a line of its own."""
    if not finding:
        return
    value = finding["value"] or "undetermined"
    maybe = finding.get("candidates") or []
    hint = f". It may be {', '.join(maybe)}" if finding.get("undetermined") and maybe else ""
    show.sentence(f"{name}: {value}{hint}{_beside(name, finding)}", indent="  ")
    for reason in reasons(finding["evidence"]):
        show.sentence(f"because {reason}", indent="      ")


def _beside(name: str, finding: dict[str, Any]) -> str:
    """The other doors of a route: what comes after the danger, or what may be meant too."""
    others = [one.replace("_", " ") for one in finding.get("candidates") or []]
    if name != "route" or not others:
        return ""
    if finding["value"] == Route.CRISIS:
        return f", then {', '.join(others)}"
    return f". Asked beside it, perhaps: {', '.join(others)}"


def reasons(evidence: Iterable[dict[str, Any]]) -> list[str]:
    """The strongest reasons as staff read them after "because"."""
    strongest = sorted(evidence, key=lambda item: -abs(item["weight"]))[:_REASONS]
    return [_reason(item) for item in strongest]


def _reason(item: dict[str, Any]) -> str:
    """One reason in words; cases from before every reason had words show the rule's name."""
    # Most notes name what was found; saying it twice makes a screen longer, not clearer.
    repeated = str(item["found"]).casefold() in str(item["note"]).casefold()
    found = "" if repeated else f": {item['found']}"
    kind, _, name = str(item["where"]).partition(":")
    where = f"{name.title()} header" if kind == "header" else item["where"]
    return f"{item['note'] or item['rule']}{found} ({where})"


def why_matched(evidence: Iterable[dict[str, Any]]) -> list[str]:
    """Why a resource is proposed: "serves Ireland", "counselling", "free", "24/7"."""
    return [item["note"] or item["found"] for item in evidence]


def _print_outbox(view: CaseView) -> None:
    if view.outbox:
        show.heading("Outbox")
    for mail in view.outbox:
        said = f"; the server said: {mail.last_reply}" if mail.last_reply else ""
        show.sentence(
            f"Mail {mail.id}: {mail.state}, approved by {mail.approval.staff} at "
            f"{show.instant(mail.approval.at)}, {show.counted(mail.attempts, 'attempt')}{said}",
            indent="  ",
        )


def _clock(clock: CaseClock, now: datetime) -> str:
    standing = clock.standing(now).replace("_", " ")
    name = clock.kind.value.replace("_", " ")
    if clock.met_at:
        return f"{name}: {standing} (done {show.instant(clock.met_at)})"
    if clock.paused_at:
        left = clock.due_at - now if clock.remaining is None else clock.remaining
        return f"{name}: paused, {show.span(left)} left"
    left = clock.due_at - now
    return f"{name}: {standing}, due {show.instant(clock.due_at)} ({show.span(left)})"


def _clock_as_dict(clock: CaseClock) -> dict[str, Any]:
    return {
        "clock": clock.kind.value,
        "urgency": clock.urgency.value,
        "started_at": clock.started_at.isoformat(),
        "due_at": clock.due_at.isoformat(),
        "met_at": clock.met_at.isoformat() if clock.met_at else None,
        "paused_at": clock.paused_at.isoformat() if clock.paused_at else None,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    sender = reading.sender
    return {
        "entry_id": reading.entry_id,
        "from": {"name": sender.name, "address": sender.address} if sender else None,
        "subject": reading.subject,
        "text": reading.text,
        "quoted_text": reading.quoted_text,
        "message_id": reading.message_id,
        "received_at": reading.received_at.isoformat() if reading.received_at else None,
        **told_apart(reading.triage),
    }


def _event(event: Event) -> str:
    # The record to undo from is for the program; `--json` has it.
    facts = ", ".join(f"{key} {value}" for key, value in event.data if key != UNDO)
    told = " ".join(part for part in (event.kind.value.replace("_", " "), facts) if part)
    words = f": {event.words}" if event.words else ""
    return f"{show.instant(event.at)}  {event.by}: {told}{words}"
