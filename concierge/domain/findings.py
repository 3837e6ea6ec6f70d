"""A finding is a conclusion with the evidence for it; "undetermined" is an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Kind(StrEnum):
    """What sort of mail a message is. Limits actions, never storage and never the urgency scan."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    BULK = "bulk"
    OWN = "own"
    MACHINE_LOOKING = "machine_looking"
    UNREADABLE = "unreadable"


# Kinds that are put before staff as a case. The others are parked where staff can see them.
KINDS_FOR_STAFF = frozenset({Kind.HUMAN, Kind.MACHINE_LOOKING, Kind.UNREADABLE})
# Kinds a draft is written for. `machine_looking` is shown and sent nothing; what cannot be read
# is answered by a template that asks for plain text.
KINDS_ANSWERED = frozenset({Kind.HUMAN, Kind.UNREADABLE})


class Urgency(StrEnum):
    """Response priority. Never called risk, never a diagnosis."""

    EMERGENCY = "emergency"
    HIGH = "high"
    CONCERN = "concern"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 for the most urgent, so that sorting puts the person in danger first."""
        return _URGENCY_RANK[self]


_URGENCY_RANK = {u: i for i, u in enumerate(Urgency)}
# Answered around the clock; their clocks never pause and never wait for office hours.
URGENT = frozenset({Urgency.EMERGENCY, Urgency.HIGH})


class Route(StrEnum):
    """The programme or team a case goes to."""

    CRISIS = "crisis"
    CARE_NAVIGATION = "care_navigation"
    THERAPY_FUND = "therapy_fund"
    SONGWRITERS = "songwriters"
    EVENTS = "events"
    GUIDE = "guide"
    PARTNERSHIPS = "partnerships"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a conclusion. Staff read it as "because ..."."""

    #: Dotted name of the rule that fired, such as ``urgency.en.ideation``.
    rule: str
    #: What was found: the words, the header value, the number. May be a person's words.
    found: str
    #: Where: ``body``, ``subject``, ``quoted``, ``raw``, ``attachment``, ``header:<name>``,
    #: ``directory`` ...
    where: str
    #: How strongly it speaks, on the rule's own scale; negative speaks against.
    weight: float
    #: The meaning in plain words for staff, where the rule's name does not say it.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A conclusion: the value, why, and whether the rule would rather not say."""

    value: T
    evidence: tuple[Evidence, ...] = ()
    undetermined: bool = False
    #: Other answers that came close, best first; shown to staff when undetermined.
    candidates: tuple[str, ...] = ()
