"""The directory's rows and how one came to be proposed for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concierge.domain.findings import Evidence

#: A verification older than this many days counts as none: the yearly check that 211 services
#: and Find A Helpline keep (docs/architecture.md, "Directory").
VERIFICATION_DAYS = 365


class ResourceKind(StrEnum):
    """What sort of help a row of the directory offers."""

    EMERGENCY = "emergency"
    CRISIS_LINE = "crisis_line"
    YOUTH = "youth"
    MUSIC_INDUSTRY = "music_industry"
    FINANCIAL_AID = "financial_aid"
    THERAPY = "therapy"
    DIRECTORY = "directory"
    PEER_SUPPORT = "peer_support"
    DOMESTIC_VIOLENCE = "domestic_violence"
    LGBTQ = "lgbtq"
    LEGAL_ADVICE = "legal_advice"


@dataclass(frozen=True, slots=True)
class Resource:
    """One row of the directory. Numbers stand as published locally and are never rewritten."""

    id: str
    name: str
    kind: ResourceKind
    #: ISO 3166-1 alpha-2, or ``INTL`` for what serves any country.
    country: str
    region: str = ""
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    phone: str = ""
    sms: str = ""
    whatsapp: str = ""
    chat_url: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    timezone: str = ""
    #: True, False, or None for unknown. Unknown never reads as around the clock.
    open_24_7: bool | None = None
    cost: str = ""
    eligibility: str = ""
    #: Usable from abroad; None for unknown.
    remote: bool | None = None
    #: 1 is shown first; None when the curator gave none.
    priority: int | None = None
    replaced_by: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    confidence: str = ""
    notes: str = ""

    @property
    def reachable(self) -> bool:
        """Whether the row tells any way to reach it: a number, a chat, an address or a site."""
        ways = (self.phone, self.sms, self.whatsapp, self.chat_url, self.email, self.website)
        return any(ways)

    def verified(self, today: date) -> bool:
        """Whether a person checked this row within the last year."""
        return self.verified_on is not None and (today - self.verified_on).days <= VERIFICATION_DAYS


@dataclass(frozen=True, slots=True)
class Match:
    """A resource proposed for a case, with its score (0 to 100) and why."""

    resource: Resource
    score: float
    evidence: tuple[Evidence, ...] = ()
