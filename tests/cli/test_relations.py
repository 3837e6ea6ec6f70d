"""Putting right from the terminal what the desk could not know, and taking it back."""

import json
import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from concierge.desk.history import tell
from concierge.domain.event import EventKind
from concierge.domain.ledger import LedgerState


def told(concierge, desk, *words):
    """What a command that goes well says, its lines joined, and the command that undoes it."""
    code, out, err = concierge(desk, *words)
    assert (code, err) == (0, "")
    undo = re.search(r"To undo: concierge (.+)", out)
    return " ".join(out.split()), undo[1].split() if undo else []


def case(concierge, desk, number):
    return json.loads(concierge(desk, "case", "show", str(number), "--json")[1])


def standing(concierge, desk, number):
    """What undoing must bring back."""
    found = case(concierge, desk, number)
    kept = ("state", "urgency", "route", "language", "country", "requester", "links", "merged_into")
    clocks = [clock for clock in found["clocks"] if clock["met_at"] is None]
    messages = [message["entry_id"] for message in found["messages"]]
    return [found[name] for name in kept], clocks, messages


def draft_of(concierge, desk, number):
    drafts = case(concierge, desk, number)["drafts"]
    return next((draft for draft in drafts if draft["state"] == "proposed"), None)


def parked(concierge, desk, kind="auto_reply"):
    rows = map(json.loads, concierge(desk, "parked", "list", "--json")[1].splitlines())
    return next(row["entry_id"] for row in rows if row["kind"] == kind)


@pytest.mark.parametrize(
    "words",
    [("link", "3", "4"), ("merge", "4", "--into", "3"),
     ("requester", "3", "dee@example.net", "--name", "Dee"), ("requester", "3", "--nobody")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_it_says_how_to_take_it_back_and_that_works(desk, concierge, words):
    before = [standing(concierge, desk, number) for number in (3, 4)]
    _, undo = told(concierge, desk, "case", *words)
    assert [standing(concierge, desk, number) for number in (3, 4)] != before
    _, again = told(concierge, desk, *shlex.split(" ".join(undo)))
    assert [standing(concierge, desk, number) for number in (3, 4)] == before
    assert again


def test_it_merges_and_shows_where_everything_went(desk, concierge):
    said, undo = told(concierge, desk, "case", "merge", "4", "--into", "3")
    assert "Case 4 is merged into case 3" in said
    assert re.search(r"Case 3: draft \d+ to ", said)
    assert undo == ["case", "unmerge", "4"]
    away, into = (concierge(desk, "case", "show", number)[1] for number in "43")
    assert "! Merged into case 3" in away
    assert "Case 4 was merged into this one" in into
    assert '"undo"' not in into
    assert "Bo: merged from 4" in into
    assert case(concierge, desk, 3)["merged_here"] == [4]
    for words in (("merge", "4", "--into", "5"), ("merge", "5", "--into", "4"), ("reopen", "4")):
        code, _, err = concierge(desk, "case", *words)
        assert code == 3
        assert "Case 4 was merged into case 3" in err


def test_it_splits_and_merges_back(desk, concierge):
    told(concierge, desk, "case", "merge", "4", "--into", "3")
    messages = [message["entry_id"] for message in case(concierge, desk, 3)["messages"]]
    assert f"Message {messages[1]} of" in concierge(desk, "case", "show", "3")[1]
    said, undo = told(concierge, desk, "case", "split", "3", "--messages", str(messages[1]))
    new = int(re.search(r"Case (\d+) holds 1 message of case 3", said)[1])
    assert case(concierge, desk, 3)["links"] == [new]
    assert f"Linked with case {new}" in concierge(desk, "case", "show", "3")[1]
    assert undo == ["case", "merge", str(new), "--into", "3"]
    told(concierge, desk, *undo)
    found = case(concierge, desk, 3)["messages"]
    assert [message["entry_id"] for message in found] == messages


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [(("link", "3", "3"), 3, "not linked with itself"),
     (("link", "3", "999"), 2, "There is no case 999."),
     (("unlink", "3", "4"), 3, "not linked"),
     (("merge", "3", "--into", "3"), 3, "into itself"),
     (("unmerge", "3"), 3, "not merged"),
     (("split", "3", "--messages", "a"), 2, "such as 12,13"),
     (("split", "3", "--messages", "999"), 3, "It holds:"),
     (("requester", "3"), 2, "Say one of"),
     (("requester", "3", "x"), 3, "no mail address"),
     (("requester", "3", "help@desk.example.org"), 3, "our own"),
     (("requester", "3", "--forwarded"), 3, "concierge case requester 3 ADDRESS"),
     (("requester", "3", "d@x.example", "--forwarded"), 2, "Say one of"),
     (("redraft", "999"), 2, "There is no case 999.")],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_it_refuses_with_a_sentence(full_desk, concierge, words, code, says):
    found, out, err = concierge(full_desk, "case", *words)
    assert (found, out) == (code, "")
    assert says in err


def test_it_redrafts_and_says_where_a_colleagues_words_went(desk, concierge):
    draft = draft_of(concierge, desk, 3)
    (desk.folder / "reply.txt").write_text("Words of Bo.\n")
    edit = ("draft", "edit", str(draft["draft_id"]), "--body-file", "reply.txt", "--yes")
    assert concierge(desk, *edit)[0] == 0
    said, _ = told(concierge, desk, "case", "redraft", "3")
    assert f"concierge draft show {draft['draft_id']}" in said
    assert draft_of(concierge, desk, 3)["text"] == draft["text"]
    assert f"concierge draft show {draft['draft_id']}" in case(concierge, desk, 3)["attention"]
    kept = json.loads(concierge(desk, "draft", "show", str(draft["draft_id"]), "--json")[1])
    assert (kept["text"], kept["state"]) == ("Words of Bo.\n", "superseded")


def test_it_takes_mail_out_of_parking_and_back(desk, concierge):
    entry = parked(concierge, desk)
    said, undo = told(concierge, desk, "parked", "release", str(entry))
    number = int(re.search(r"stands in case (\d+)", said)[1])
    assert "which looks like an automatic reply" in said
    found = case(concierge, desk, number)
    assert (found["state"], len(found["messages"])) == ("open", 1)
    assert found["messages"][0]["kind"]["value"] == "auto_reply"
    assert "taken out of parking by Bo" in concierge(desk, "case", "show", str(number))[1]
    assert draft_of(concierge, desk, number)
    assert undo == ["parked", "return", str(entry)]
    said, undo = told(concierge, desk, *undo)
    assert f"Case {number} is resolved" in said
    assert undo == ["parked", "release", str(entry)]
    assert parked(concierge, desk) == entry
    with desk.store() as store, store.begin() as tx:
        assert tx.ledger.entry(entry).state is LedgerState.MUTED
    told(concierge, desk, *undo)


def test_it_leaves_a_case_to_who_holds_it(desk, concierge):
    assert concierge(desk, "case", "claim", "3", "--as", "Carla")[0] == 0
    for words in (("case", "merge", "4", "--into", "3"), ("case", "link", "3", "4"),
                  ("case", "redraft", "3"), ("case", "requester", "3", "--nobody")):  # fmt: skip
        code, _, err = concierge(desk, *words)
        assert code == 3
        assert "held by Carla" in err


def test_it_names_what_it_may_follow_up_and_what_to_type(desk, concierge):
    with desk.store() as store, store.begin() as tx:
        facts = {"of_case": 3, "because": "the same sender has an open case"}
        tell(tx, 4, EventKind.POSSIBLE_FOLLOW_UP, datetime.now(UTC), "desk", facts)
    shown = " ".join(concierge(desk, "case", "show", "4")[1].split())
    assert "? Perhaps it follows up case 3 (the same sender has an open case)." in shown
    assert "concierge case merge 4 --into 3" in shown
    told(concierge, desk, "case", "link", "4", "3")
    assert "? Perhaps" not in concierge(desk, "case", "show", "4")[1]


def test_it_hands_a_forwarded_mail_to_who_wrote_it(desk, concierge):
    with desk.store() as store, store.begin() as tx:
        (reading,) = tx.ledger.readings(3)
        found = {"address": "dee@example.net", "name": "Dee\x1b[31m", "because": "it was forwarded"}
        tx.ledger.keep_reading(replace(reading, triage=reading.triage | {"forwarded": found}))
    shown = concierge(desk, "case", "show", "3")[1]
    assert "\x1b" not in shown
    assert "concierge case requester 3 --forwarded" in " ".join(shown.split())
    said, _ = told(concierge, desk, "case", "requester", "3", "--forwarded")
    assert "The next reply goes to dee@example.net." in said
    assert draft_of(concierge, desk, 3)["to"]["address"] == "dee@example.net"
    assert "--forwarded" not in concierge(desk, "case", "show", "3")[1]
