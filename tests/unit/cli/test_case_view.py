"""How a case looks, held to files a person can read; see ``tests/golden/cli``."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from concierge.cli.case_view import as_dict, print_case, reasons
from concierge.desk.ports.views import CaseView
from concierge.domain.case import Case, CaseState, Claim
from concierge.domain.draft import Approval, Draft, DraftState, OutboxMail, OutboxState
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.ledger import Reading
from concierge.domain.message import Address
from concierge.domain.sla import CaseClock, ClockKind

GOLDEN = Path(__file__).parents[2] / "golden" / "cli"
NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
AMINA = Address("amina@example.org", "Amina \x1b[31m\u202eOkafor")


def evidence(rule, found, where="body", weight=1.0, note=""):
    return {"rule": rule, "found": found, "where": where, "weight": weight, "note": note}


def finding(value, *items, **more):
    return {"value": value, "evidence": list(items)} | more


TRIAGE = {
    "kind": finding("human", evidence("kind.human.no_sign", "", "headers", 0, "no sign")),
    "language": finding(
        "en", evidence("language.langdetect", "en 1.00", weight=1.0, note="reads as English")
    ),
    "country": finding(
        "", evidence("country.clock", "-0600", "header:Date", 0.4, "the clock fits US"),
        undetermined=True, candidates=["US", "CA"],
    ),
    "urgency": finding(
        "high",
        evidence("urgency.ideation", "kill \x1b[2Jmyself", weight=3.0, note="thoughts of suicide"),
        evidence("urgency.distress", "cannot sleep", weight=1.0, note="distress"),
    ),
    "route": finding("crisis", evidence("route.urgent", "high", note="may be in danger")),
    "topics": [
        finding(
            "suicide",
            evidence("topics.en.suicide", "kill myself", note="speaks of suicide"),
            # Kept from before every reason had words.
            evidence("topics.en.suicide", "my end", weight=0.7),
        )
    ],
    "matches": [
        {"id": "us-line", "name": "A Line", "score": 95.4,
         "evidence": [evidence("matching.country", "US", "directory", 1, "serves US")]},
    ],
    "attachments": [{"name": "song\x07.mp3", "content_type": "audio/mpeg", "size": 9,
                     "note": "left on the server"}],
    "defects": [{"code": "body_cut", "detail": "The text was cut."}],
}  # fmt: skip


def clock(kind, **more):
    times = {"started_at": NOW - HOUR, "at_risk_at": NOW + HOUR, "due_at": NOW + 3 * HOUR}
    return CaseClock(id=1, case_id=7, kind=kind, urgency=Urgency.HIGH, **times | more)


def draft(number, state, **more):
    given = {
        "case_version": 2, "revision": 2, "recipient": AMINA, "language": "en",
        "subject": "Re: Help\u200b", "text": "Dear Amina,\n\nwe are here.\x9b1m\n",
        "template": "en/crisis.txt.j2", "created_at": NOW, "edited": True,
        "fallback_from": "sw", "cautions": ("Check the number.",),
    }  # fmt: skip
    return Draft(id=number, case_id=7, state=state, **given | more)


VIEW = CaseView(
    case=Case(
        id=7, version=2, state=CaseState.ATTENTION, urgency=Urgency.HIGH, route=Route.CRISIS,
        language="en", country="", home="IE", home_by="Bo", requester=AMINA, subject="Help",
        opened_at=NOW - HOUR,
        last_message_at=NOW, assigned_to="Carla", claim=Claim("Bo", NOW + HOUR),
        attention="The reply came back: \x1bno such mailbox",
    ),
    readings=(
        Reading(
            entry_id=1, sender=AMINA, subject="Help \x1b]0;title\x07",
            text="I want to kill \x1b[2Jmyself.\n\nI cannot sleep.", quoted_text="> one\n> two",
            message_id="<m1@example.org>", triage=TRIAGE, received_at=NOW - HOUR,
        ),
    ),
    drafts=(draft(3, DraftState.SUPERSEDED, text="An old draft"), draft(4, DraftState.PROPOSED)),
    outbox=(
        OutboxMail(
            id=5, case_id=7, approval=Approval(2, 1, "Bo", NOW - HOUR, "0" * 64),
            state=OutboxState.BOUNCED, sender="help@desk.example.org",
            recipient="amina@example.org", mail=b"", message_id="<o1@desk.example.org>",
            attempts=1, due_at=NOW, last_reply="550 5.1.1 \x1b[31mno such user",
        ),
    ),
    clocks=(
        clock(ClockKind.FIRST_RESPONSE),
        clock(ClockKind.NEXT_RESPONSE, paused_at=NOW, remaining=timedelta()),
        clock(ClockKind.RESOLUTION, met_at=NOW - timedelta(minutes=5)),
    ),
    events=(
        Event(7, EventKind.CLAIMED, NOW, "Bo"),
        Event(7, EventKind.NOTED, NOW, "Bo", words="called\x07 back"),
    ),
)  # fmt: skip


def golden(name, shown):
    path = GOLDEN / name
    assert shown == path.read_text(encoding="utf-8"), f"if this is right, write it to {path.name}"


def test_it_shows_a_case(capsys):
    print_case(VIEW, NOW)
    golden("case.txt", capsys.readouterr().out)


@pytest.mark.parametrize("columns", [40])
def test_it_shows_a_case_on_a_narrow_terminal(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_case(VIEW, NOW)
    golden("case_narrow.txt", capsys.readouterr().out)


def test_it_tells_a_case_to_programs():
    told = json.dumps(as_dict(VIEW), indent=1, default=str) + "\n"
    assert told.isascii()
    golden("case.json", told)


def test_it_shows_the_strongest_reasons_first():
    many = [evidence(f"r{n}", f"w{n}", weight=n * (-1) ** n) for n in range(9)]
    assert [reason.split(":")[0] for reason in reasons(many)] == [
        "r8", "r7", "r6", "r5", "r4", "r3",
    ]  # fmt: skip
