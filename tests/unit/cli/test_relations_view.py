"""What a case's page says of other cases, and of where its messages come from."""

from __future__ import annotations

import pytest
from fakes.values import AMINA, NOW, a_case, a_reading, an_event

from concierge.cli.relations_view import (
    follow_ups,
    links,
    merged_here,
    print_origin,
    print_relations,
    relations_as_dict,
)
from concierge.desk.ports.views import CaseView
from concierge.domain.case import CaseState
from concierge.domain.event import EventKind as K


def view(*told, readings=(), **case):
    """A case with a history: pairs of what happened and what is said of it."""
    events = tuple(an_event(7, kind, data=tuple(data.items()), words="") for kind, data in told)
    return CaseView(a_case(id=7, **case), tuple(readings), (), (), (), events)


@pytest.fixture
def said(capsys):
    def said(*told, **more):
        print_relations(view(*told, **more))
        return " ".join(capsys.readouterr().out.split())

    return said


def test_it_says_nothing_of_a_case_that_stands_alone(said):
    assert said() == ""


def test_it_counts_links_that_still_hold():
    found = view(
        (K.LINKED, {"case": "3"}), (K.LINKED, {"case": "9"}), (K.UNLINKED, {"case": "3"}),
        (K.LINKED, {"case": "2"}), (K.LINKED, {}),
    )  # fmt: skip
    assert links(found) == [2, 9]


def test_it_counts_merges_that_still_hold():
    found = view(
        (K.MERGED, {"from": "3"}), (K.MERGED, {"from": "4"}), (K.UNMERGED, {"case": "3"}),
        (K.MERGED, {"into": "8"}), (K.UNMERGED, {"from": "8"}),
    )  # fmt: skip
    assert merged_here(found) == [4]


def test_it_says_where_a_merged_cases_messages_are_and_nothing_else(said):
    shown = said((K.LINKED, {"case": "3"}), merged_into=5, state=CaseState.RESOLVED)
    assert "concierge case show 5" in shown
    assert "concierge case unmerge 7" in shown
    assert "Linked" not in shown


def test_it_names_what_it_may_follow_up_until_staff_have_dealt_with_it(said):
    may = (K.POSSIBLE_FOLLOW_UP, {"of_case": "3", "because": "the same sender"})
    shown = said(may)
    assert "? Perhaps it follows up case 3 (the same sender)." in shown
    assert "concierge case merge 7 --into 3" in shown
    assert "concierge case link 7 3" in shown
    for done in ((K.LINKED, {"case": "3"}), (K.MERGED, {"from": "3"})):
        assert follow_ups(view(may, done)) == []
    assert relations_as_dict(view(may))["possible_follow_up_of"] == [3]


@pytest.mark.parametrize("own", [True, False])
def test_it_names_who_wrote_a_forwarded_mail_until_the_case_is_theirs(said, own):
    address = AMINA.address.upper() if own else "dee@example.net"
    found = {"address": address, "name": "Dee\x1b[2J", "because": "it begins with a forward"}
    shown = said(readings=[a_reading(1, triage={"forwarded": found})])
    assert ("concierge case requester 7 --forwarded" in shown) is not own
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (None, ""),
        ("dmarc_pass", "sender: dmarc pass"),
        ({"value": "not_vouched_for", "evidence": []}, "sender: not vouched for"),
        ({"value": "pass", "evidence": [{"note": "DKIM of the same domain"}]},
         "sender: vouched for by our mail server, because DKIM of the same domain"),
        ({"value": "fail", "evidence": []}, "sender: NOT from whom it says, by our mail server"),
        ({"value": "none", "evidence": []}, ""),
        ({"value": "", "because": "no header of our server"}, "sender: no header of our server"),
    ],
)  # fmt: skip
def test_it_says_who_vouches_for_the_sender(capsys, found, shown):
    print_origin(a_reading(1, triage={"authentication": found} if found else {}))
    assert capsys.readouterr().out.strip() == shown


def test_it_says_who_took_a_message_out_of_parking(capsys):
    print_origin(a_reading(1, triage={"released_by": "Bo"}, received_at=NOW))
    assert capsys.readouterr().out.strip() == "taken out of parking by Bo"
