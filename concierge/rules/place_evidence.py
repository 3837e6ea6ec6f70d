"""What one piece of a message says of where its writer is: a place named, or a sign beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

#: Countries (ISO 3166-1 alpha-2) with how much of what was found speaks for each; at most 1 in
#: all. "Valencia" speaks for Spain and Venezuela, by how many people live in each.
Shares = tuple[tuple[str, float], ...]

#: How likely each country is before anything was read, 0 to 1; empty when nothing is known.
CountryChances = Mapping[str, float]


class Role(StrEnum):
    """What a place that is named is to the person who writes."""

    #: They are there now, for a while: "on tour in Berlin", "currently in".
    NOW = "now"
    #: They live there: present and home, unless they are elsewhere now.
    LIVES = "lives"
    #: It is home and they are said to be away or back: "my home is Leeds", "back home in".
    HOME = "home"
    #: They come from there; home, and no word of where they are now.
    FROM = "from"
    #: A nationality they say of themselves: "I am a Nigerian singer".
    BELONGS = "belongs"
    #: Help is wanted there: "a therapist in Lyon", "someone to talk to in Cork".
    WANTED = "wanted"
    #: Named with "in", or in an address, by nobody's words in particular.
    IN = "in"
    #: Merely named.
    NAMED = "named"
    #: They travelled through, played, left, or lived there once.
    PAST = "past"
    #: They will go there: "next week we fly to Japan".
    FUTURE = "future"
    #: They say that they are not there.
    NOT = "not"
    #: Somebody else's place: "my drummer in Osaka".
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in the text, and what it is to the writer."""

    #: The words as they stand, such as ``Leeds``.
    found: str
    shares: Shares
    role: Role
    #: ``country``, ``region``, ``town``, ``demonym`` or ``institution``.
    kind: str
    #: ``body``, ``subject`` or ``signature``.
    where: str = "body"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something beside place names that speaks for a country."""

    #: ``phone``, ``phone_national``, ``postcode``, ``currency``, ``institution``, ``cctld``,
    #: ``cctld_generic``, ``provider``, ``content_language``, ``received``, ``thread``.
    kind: str
    #: What was found, such as ``+44 20 7946 0999``.
    found: str
    shares: Shares
    #: As :attr:`concierge.domain.findings.Evidence.where`.
    where: str
    #: What staff read after the country: ``phone +44…``, ``address ends in .uk``.
    note: str
