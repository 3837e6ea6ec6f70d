"""A case: one person's matter, its states in one transition table, and who holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from concierge.domain.findings import Route, Urgency
from concierge.domain.message import Address
from concierge.errors import Refused, TakenByAnother


class CaseState(StrEnum):
    """Where a case stands. See docs/architecture.md, "States", for the picture."""

    #: A message waits for a person.
    OPEN = "open"
    #: An approved reply is in the outbox.
    SENDING = "sending"
    #: A send failed, bounced, or nobody knows whether it left: a person decides.
    ATTENTION = "attention"
    #: The server accepted our reply; the requester's turn.
    WAITING = "waiting"
    #: Staff closed it.
    RESOLVED = "resolved"


class Trigger(StrEnum):
    """What can happen to a case."""

    MESSAGE_ARRIVED = "message_arrived"
    REPLY_APPROVED = "reply_approved"
    REPLY_ACCEPTED = "reply_accepted"
    #: Accepted, but the case had moved on since the reply was written.
    REPLY_OVERTAKEN = "reply_overtaken"
    REPLY_TROUBLED = "reply_troubled"
    REPLY_WITHDRAWN = "reply_withdrawn"
    RESOLVE = "resolve"
    REOPEN = "reopen"


# Named once, so that no hand-kept list of states can leave a gap.
NEEDS_A_PERSON = frozenset({CaseState.OPEN, CaseState.ATTENTION})
UNRESOLVED = frozenset(CaseState) - {CaseState.RESOLVED}

#: The one transition table. What is not in it is refused.
TRANSITIONS: dict[tuple[CaseState, Trigger], CaseState] = {
    (CaseState.OPEN, Trigger.MESSAGE_ARRIVED): CaseState.OPEN,
    (CaseState.OPEN, Trigger.REPLY_APPROVED): CaseState.SENDING,
    # A late answer of the outbox to a reply approved before the requester wrote again: the case
    # stays open, because the newer message still waits for a person.
    (CaseState.OPEN, Trigger.REPLY_OVERTAKEN): CaseState.OPEN,
    (CaseState.ATTENTION, Trigger.REPLY_OVERTAKEN): CaseState.OPEN,
    # The same, when the reply to that newer message is in the outbox by now.
    (CaseState.SENDING, Trigger.REPLY_OVERTAKEN): CaseState.SENDING,
    # The reply to the newest message, after a decision about an older mail opened the case.
    (CaseState.OPEN, Trigger.REPLY_ACCEPTED): CaseState.WAITING,
    (CaseState.OPEN, Trigger.REPLY_TROUBLED): CaseState.ATTENTION,
    (CaseState.OPEN, Trigger.RESOLVE): CaseState.RESOLVED,
    (CaseState.SENDING, Trigger.MESSAGE_ARRIVED): CaseState.OPEN,
    (CaseState.SENDING, Trigger.REPLY_ACCEPTED): CaseState.WAITING,
    (CaseState.SENDING, Trigger.REPLY_TROUBLED): CaseState.ATTENTION,
    (CaseState.SENDING, Trigger.REPLY_WITHDRAWN): CaseState.OPEN,
    (CaseState.ATTENTION, Trigger.MESSAGE_ARRIVED): CaseState.ATTENTION,
    (CaseState.ATTENTION, Trigger.REPLY_APPROVED): CaseState.SENDING,
    (CaseState.ATTENTION, Trigger.REPLY_ACCEPTED): CaseState.WAITING,
    (CaseState.ATTENTION, Trigger.REPLY_TROUBLED): CaseState.ATTENTION,
    (CaseState.ATTENTION, Trigger.REPLY_WITHDRAWN): CaseState.OPEN,
    (CaseState.ATTENTION, Trigger.RESOLVE): CaseState.RESOLVED,
    (CaseState.WAITING, Trigger.MESSAGE_ARRIVED): CaseState.OPEN,
    # Staff may write once more without waiting for an answer.
    (CaseState.WAITING, Trigger.REPLY_APPROVED): CaseState.SENDING,
    # A bounce can come long after acceptance: the requester did not receive our help.
    (CaseState.WAITING, Trigger.REPLY_TROUBLED): CaseState.ATTENTION,
    (CaseState.WAITING, Trigger.RESOLVE): CaseState.RESOLVED,
    (CaseState.WAITING, Trigger.REOPEN): CaseState.OPEN,
    (CaseState.RESOLVED, Trigger.MESSAGE_ARRIVED): CaseState.OPEN,
    (CaseState.RESOLVED, Trigger.REPLY_TROUBLED): CaseState.ATTENTION,
    (CaseState.RESOLVED, Trigger.REOPEN): CaseState.OPEN,
}


def next_state(state: CaseState, trigger: Trigger) -> CaseState:
    """Where the trigger takes a case.

    Raises:
        Refused: the table has no such transition.
    """
    try:
        return TRANSITIONS[state, trigger]
    except KeyError:
        raise Refused(f"A case that is {state} cannot take {trigger.replace('_', ' ')}.") from None


#: What staff may set of a case against the desk's conclusion; ``<name>_by`` says who did.
SETTABLE = ("language", "country", "home")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on a case now, until when. Courtesy only: correctness comes from the version."""

    staff: str
    expires_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether the lease still runs."""
        return now < self.expires_at


@dataclass(frozen=True, slots=True)
class Case:
    """One person's matter.

    ``version`` counts what a draft must know of: a new message, a correction. A draft answers
    exactly one version. ``id`` is 0 until the store has given one.
    """

    id: int
    version: int
    state: CaseState
    urgency: Urgency
    route: Route
    #: ISO 639-1, or ``zh-Hans`` or ``zh-Hant``; empty when undetermined.
    language: str
    #: Where the requester is now, ISO 3166-1 alpha-2; empty when undetermined.
    country: str
    requester: Address
    subject: str
    opened_at: datetime
    #: When the last message of the requester arrived.
    last_message_at: datetime
    assigned_to: str = ""
    claim: Claim | None = None
    #: Plain words for staff: why this case needs a look beside its message.
    attention: str = ""
    resolved_at: datetime | None = None
    #: The case its messages went to when staff merged it; 0 when it stands for itself.
    merged_into: int = 0
    #: The first case of the flood of near-identical mail this one belongs to; 0 when of none.
    flood_of: int = 0
    #: Where the requester belongs, ISO 3166-1 alpha-2; empty when undetermined.
    home: str = ""
    #: Who of staff set each of the three; empty while the desk's own conclusion stands.
    language_by: str = ""
    country_by: str = ""
    home_by: str = ""

    def learning(self, *, language: str, country: str, home: str) -> Case:
        """The case with what a message told. What staff have set stays, an empty value too."""
        return replace(
            self,
            language=self.language if self.language_by else language or self.language,
            country=self.country if self.country_by else country or self.country,
            home=self.home if self.home_by else home or self.home,
        )

    def after(self, trigger: Trigger) -> Case:
        """The case after something happened to it; raises Refused when the table forbids it."""
        return replace(self, state=next_state(self.state, trigger))

    def claimed(self, staff: str, now: datetime, until: datetime, *, takeover: bool) -> Case:
        """The case held by ``staff``.

        Raises:
            TakenByAnother: somebody else's lease still runs and this is no takeover.
        """
        held = self.claim
        if held and held.staff != staff and held.holds(now) and not takeover:
            raise TakenByAnother(
                f"Case {self.id} is held by {held.staff} until {held.expires_at:%H:%M} UTC. "
                "Ask them, or take it over explicitly."
            )
        return replace(self, claim=Claim(staff, until))

    def may_be_acted_on_by(self, staff: str, now: datetime) -> None:
        """Raise TakenByAnother while somebody else's lease runs."""
        if self.claim and self.claim.staff != staff and self.claim.holds(now):
            raise TakenByAnother(
                f"Case {self.id} is held by {self.claim.staff}. Take it over first."
            )
