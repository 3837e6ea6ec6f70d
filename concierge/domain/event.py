"""Events: the append-only history of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened, one word a line of history."""

    OPENED = "opened"
    MESSAGE_JOINED = "message_joined"
    POSSIBLE_FOLLOW_UP = "possible_follow_up"
    TRIAGED = "triaged"
    URGENCY_RAISED = "urgency_raised"
    DRAFTED = "drafted"
    DRAFT_SUPERSEDED = "draft_superseded"
    DRAFT_EDITED = "draft_edited"
    DRAFT_REJECTED = "draft_rejected"
    APPROVED = "approved"
    SEND_DEFERRED = "send_deferred"
    SENT = "sent"
    SEND_FAILED = "send_failed"
    SEND_UNCERTAIN = "send_uncertain"
    SEND_SETTLED = "send_settled"
    BOUNCED = "bounced"
    CLAIMED = "claimed"
    TAKEN_OVER = "taken_over"
    RELEASED = "released"
    ASSIGNED = "assigned"
    NOTED = "noted"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    LINKED = "linked"
    UNLINKED = "unlinked"
    MERGED = "merged"
    UNMERGED = "unmerged"
    SPLIT = "split"
    REQUESTER_SET = "requester_set"
    FORWARD_FOUND = "forward_found"
    #: Staff set the language, the country or the home of a case, or said that nobody can tell.
    CONCLUSION_SET = "conclusion_set"
    #: Staff took parked mail out of the parking, or put it there.
    UNPARKED = "unparked"
    #: Reading a message that had failed went well at last, or staff took it as it is.
    QUARANTINE_ENDED = "quarantine_ended"
    #: It repeats an earlier case in all but details.
    FLOODED = "flooded"
    #: No draft was written, because so many were written within the hour.
    DRAFT_WITHHELD = "draft_withheld"
    CLOCK_STARTED = "clock_started"
    CLOCK_MET = "clock_met"
    CLOCK_PAUSED = "clock_paused"
    CLOCK_RESUMED = "clock_resumed"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history.

    ``data`` holds ids, states and codes only. ``words`` is private: a note a member of staff
    wrote, a server's words.
    """

    case_id: int
    kind: EventKind
    at: datetime
    #: Who: a staff name, or ``desk`` for the program itself.
    by: str
    data: tuple[tuple[str, str], ...] = ()
    words: str = ""

    def get(self, key: str) -> str:
        """A value of ``data``, empty when absent."""
        return next((v for k, v in self.data if k == key), "")


#: The program's own name in events, as no member of staff may be called.
DESK = "desk"
