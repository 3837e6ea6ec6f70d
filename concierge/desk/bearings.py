"""Which language a message is in and where its writer is: each helps to tell the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from concierge.domain.findings import Finding
from concierge.domain.message import ParsedMessage
from concierge.rules import country, language
from concierge.rules.cleaning import OwnWords
from concierge.rules.country_signs import SignTable
from concierge.rules.language_hints import LanguageHints
from concierge.rules.language_model import LanguageModel
from concierge.rules.places import Places
from concierge.rules.role_cues import RoleCues
from concierge.rules.whereabouts_weights import CountryWeights


@dataclass(frozen=True, slots=True)
class Atlas:
    """What the rules know of countries and languages."""

    places: Places
    cues: RoleCues
    signs: SignTable
    weights: CountryWeights
    languages: LanguageModel


@dataclass(frozen=True, slots=True)
class Hints:
    """What the case already knows when another message of it arrives; empty where it does not."""

    language: str = ""
    country: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Bearings:
    """The language of a message, where its writer is now, and where they belong."""

    language: Finding[str]
    country: Finding[str]
    home: Finding[str]
    #: How likely the first country and the first home are, answered or not, 0 to 1.
    country_chance: float = 0.0
    home_chance: float = 0.0


def bearings_of(
    message: ParsedMessage, own: OwnWords, atlas: Atlas, hints: Hints | None = None
) -> Bearings:
    """Tell language and whereabouts of a message from its sender's own words.

    1. What needs no language (telephone, address, clock, headers, the case) makes some countries
       likelier, and with them their languages.
    2. The language is told by the trimmed text: with foreign signatures and quotes in it, it is
       wrong three times in four.
    3. Places are named in a language, so the countries come last; by the trimmed text first,
       since firms sign with their own.
    """
    known = hints or Hints()
    chances = country.country_chances(
        message,
        own.text,
        places=atlas.places,
        weights=atlas.weights,
        signs=atlas.signs,
        thread=known.country,
    )
    told = language.language_of(
        own.text,
        subject=message.subject,
        hints=LanguageHints(message.header("Content-Language"), known.language, chances),
        model=atlas.languages,
    )
    where = _whereabouts(message, own.text, _signature(own), told.value, atlas, known)
    if not where.present.value and own.full_rules:
        where = _whereabouts(message, _perhaps_theirs(own), "", told.value, atlas, known)
    return Bearings(told, where.present, where.home, where.country_chance, where.home_chance)


def _whereabouts(
    message: ParsedMessage, text: str, signature: str, spoken: str, atlas: Atlas, hints: Hints
) -> country.Whereabouts:
    return country.whereabouts_of(
        message,
        text,
        signature=signature,
        language=spoken,
        places=atlas.places,
        cues=atlas.cues,
        weights=atlas.weights,
        signs=atlas.signs,
        thread=hints.country,
    )


def _signature(own: OwnWords) -> str:
    return "\n".join(piece for label, piece in own.cut if label == "signature")


#: What stands in these is another's, or a firm's; our own letter names our own country.
_NOT_READ: Final = frozenset({"quote", "reply", "forward", "footer", "disclaimer"})


def _perhaps_theirs(own: OwnWords) -> str:
    """The trimmed text, and what was cut below it that may be a letter's last lines."""
    kept = [piece for label, piece in own.cut if label not in _NOT_READ]
    return "\n\n".join((own.text, *kept))
