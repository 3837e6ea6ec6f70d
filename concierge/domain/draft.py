"""Drafts, approvals and the outbox: how words become a sent reply, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concierge.domain.message import Address
from concierge.errors import Refused, StaleDraft


class DraftState(StrEnum):
    """Where a draft stands; only a proposed one can be edited, approved or rejected."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class RejectReason(StrEnum):
    """Why staff did not send a draft; counted in the daily report."""

    WRONG_LANGUAGE = "wrong_language"
    WRONG_COUNTRY = "wrong_country"
    WRONG_RESOURCES = "wrong_resources"
    WRONG_URGENCY = "wrong_urgency"
    WRONG_TONE = "wrong_tone"
    NOT_FOR_US = "not_for_us"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed reply, bound to the case version it answers.

    ``revision`` counts edits: an approval names the revision the person read.
    """

    id: int
    case_id: int
    case_version: int
    revision: int
    state: DraftState
    recipient: Address
    language: str
    subject: str
    text: str
    template: str
    created_at: datetime
    edited: bool = False
    fallback_from: str = ""
    cautions: tuple[str, ...] = ()
    resource_ids: tuple[str, ...] = ()
    #: Message-ID of the message it answers, and the thread so far.
    in_reply_to: str = ""
    references: tuple[str, ...] = ()

    def check_open(self) -> None:
        """Raise when the draft can no longer be worked on.

        Raises:
            StaleDraft: the case has moved on and a newer draft stands.
            Refused: it was approved or rejected before.
        """
        if self.state is DraftState.SUPERSEDED:
            raise StaleDraft(
                f"Draft {self.id} is superseded: case {self.case_id} has moved on since it was "
                f"written. Read the newest message and its draft: concierge case show "
                f"{self.case_id}"
            )
        if self.state is not DraftState.PROPOSED:
            raise Refused(f"Draft {self.id} is already {self.state}.")

    def check_answers(self, case_version: int, revision: int) -> None:
        """Raise StaleDraft unless this is the draft of this case version and this revision."""
        self.check_open()
        if self.case_version != case_version:
            raise StaleDraft(
                f"Draft {self.id} answers an earlier state of case {self.case_id}; a newer draft "
                "stands. Nothing was approved."
            )
        if self.revision != revision:
            raise StaleDraft(
                f"Draft {self.id} was edited since you read it (you read revision {revision}, "
                f"it is {self.revision} now). Read it again. Nothing was approved."
            )


class OutboxState(StrEnum):
    """Where an approved mail is. The arrows stand in :data:`OUTBOX_TRANSITIONS`."""

    #: Waiting for its time.
    QUEUED = "queued"
    #: A worker holds it and has not begun DATA: safe to repeat.
    CLAIMED = "claimed"
    #: Committed before DATA: from here on nobody can know unless the server answers.
    IN_DATA = "in_data"
    #: The server accepted it.
    SENT = "sent"
    #: Refused for good, or given up: a person decides.
    FAILED = "failed"
    #: It may or may not have left: a person decides, never the program.
    UNCERTAIN = "uncertain"
    #: Accepted, and later returned by a bounce.
    BOUNCED = "bounced"
    #: A person decided that it is not to be sent.
    WITHDRAWN = "withdrawn"


OUTBOX_UNFINISHED = frozenset({OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.IN_DATA})
OUTBOX_FOR_A_PERSON = frozenset({OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.BOUNCED})

#: From each state, where it may go. Nothing leads from ``in_data`` or ``uncertain`` to
#: ``queued`` but a person (``desk.dispatch.settle``).
OUTBOX_TRANSITIONS: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.QUEUED: frozenset({OutboxState.CLAIMED, OutboxState.WITHDRAWN}),
    OutboxState.CLAIMED: frozenset({OutboxState.QUEUED, OutboxState.IN_DATA, OutboxState.FAILED}),
    OutboxState.IN_DATA: frozenset(
        {OutboxState.SENT, OutboxState.QUEUED, OutboxState.FAILED, OutboxState.UNCERTAIN}
    ),
    OutboxState.SENT: frozenset({OutboxState.BOUNCED}),
    OutboxState.FAILED: frozenset({OutboxState.QUEUED, OutboxState.WITHDRAWN}),
    OutboxState.UNCERTAIN: frozenset(
        {OutboxState.SENT, OutboxState.QUEUED, OutboxState.WITHDRAWN, OutboxState.BOUNCED}
    ),
    OutboxState.BOUNCED: frozenset({OutboxState.WITHDRAWN}),
    OutboxState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Approval:
    """A named member of staff freezing a draft's exact bytes and recipient."""

    draft_id: int
    draft_revision: int
    staff: str
    at: datetime
    #: SHA-256 of the frozen mail, hex; checked again before every attempt.
    digest: str


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """Approved mail waiting for, in, or past SMTP."""

    id: int
    case_id: int
    approval: Approval
    state: OutboxState
    sender: str
    recipient: str
    mail: bytes
    message_id: str
    attempts: int
    #: No attempt before this instant.
    due_at: datetime
    claimed_by: str = ""
    claim_expires_at: datetime | None = None
    #: The server's last words, or why it is uncertain. Private: may quote an address.
    last_reply: str = ""
    sent_at: datetime | None = None
    #: Whether the copy in the Sent folder still has to be made.
    copy_pending: bool = False


def check_outbox_move(current: OutboxState, wanted: OutboxState) -> None:
    """Raise Refused unless the outbox table allows the move."""
    if wanted not in OUTBOX_TRANSITIONS[current]:
        raise Refused(f"Mail that is {current} cannot become {wanted}.")
