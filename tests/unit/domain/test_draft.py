"""A stale draft cannot be approved, and approved mail moves one way only."""

from __future__ import annotations

import pytest
from fakes.values import a_draft

from concierge.domain.draft import (
    OUTBOX_FOR_A_PERSON,
    OUTBOX_TRANSITIONS,
    OUTBOX_UNFINISHED,
    DraftState,
    OutboxState,
    check_outbox_move,
)
from concierge.errors import Refused, StaleDraft

EVERY_MOVE = [(a, b) for a in OutboxState for b in OutboxState]


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (DraftState.PROPOSED, None),
        (DraftState.APPROVED, Refused),
        (DraftState.REJECTED, Refused),
        (DraftState.SUPERSEDED, StaleDraft),
    ],
)
def test_it_can_be_worked_on_only_while_proposed(state, error):
    draft = a_draft(3, id=5, state=state)
    if error is None:
        draft.check_open()
        return
    with pytest.raises(error, match="5") as caught:
        draft.check_open()
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("version", "revision", "sentence"),
    [(2, 1, "earlier state of case 3"), (1, 2, "you read revision 2"), (0, 1, "earlier state")],
)
def test_it_answers_one_version_and_one_revision(version, revision, sentence):
    draft = a_draft(3)
    draft.check_answers(1, 1)
    with pytest.raises(StaleDraft, match=sentence):
        draft.check_answers(version, revision)


@pytest.mark.parametrize(("current", "wanted"), EVERY_MOVE)
def test_it_moves_mail_as_the_table_says(current, wanted):
    if wanted in OUTBOX_TRANSITIONS[current]:
        check_outbox_move(current, wanted)
    else:
        with pytest.raises(Refused, match=f"{current} cannot become {wanted}"):
            check_outbox_move(current, wanted)


def test_it_never_sends_again_what_was_sent():
    reachable, seen = {OutboxState.SENT}, set()
    while reachable - seen:
        state = (reachable - seen).pop()
        seen.add(state)
        reachable |= OUTBOX_TRANSITIONS[state]
    assert seen == {OutboxState.SENT, OutboxState.BOUNCED, OutboxState.WITHDRAWN}


def test_it_leaves_no_state_unnamed():
    assert set(OUTBOX_TRANSITIONS) == set(OutboxState)
    done = {OutboxState.SENT, OutboxState.WITHDRAWN}
    assert OUTBOX_UNFINISHED | OUTBOX_FOR_A_PERSON | done == set(OutboxState)
    assert not OUTBOX_UNFINISHED & OUTBOX_FOR_A_PERSON
