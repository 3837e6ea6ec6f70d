"""What the desk concludes of one message, each conclusion with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from concierge.domain.findings import Finding, Kind, Route, Urgency
from concierge.domain.resource import Match

#: Nothing was asked or nothing answers.
_UNKNOWN: Final = Finding("", undetermined=True)


@dataclass(frozen=True, slots=True)
class Triage:
    """Kind, language, country, urgency, topics, route and matches of one message.

    ``language`` is an ISO 639-1 code (``zh-Hans`` or ``zh-Hant`` for Chinese), ``country`` and
    ``home`` are ISO 3166-1 alpha-2 codes: where the writer is now, and where they belong. Each is
    empty when undetermined. ``about`` is ``themselves`` or ``someone_else``: who is in danger or
    in distress; ``their_country`` is where that other person is said to be.
    """

    kind: Finding[Kind]
    language: Finding[str]
    country: Finding[str]
    urgency: Finding[Urgency]
    topics: tuple[Finding[str], ...]
    route: Finding[Route]
    matches: tuple[Match, ...]
    #: What may be the sender's own words, and all the rest: quotes, signatures, footers. Nothing
    #: that was read is in neither.
    text: str
    quoted_text: str
    #: Why nothing in doubt was cut from ``text``, in words; empty when nothing was in doubt.
    text_note: str = ""
    home: Finding[str] = _UNKNOWN
    about: Finding[str] = _UNKNOWN
    their_country: Finding[str] = _UNKNOWN
    #: What a reply must respect, such as ``do_not_call``; the names are those of ``rules/needs``.
    needs: tuple[Finding[str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftText:
    """What a template gave: the proposed subject and text in one language.

    ``fallback_from`` names the language that was wanted when no template exists in it.
    ``resource_ids`` are the resources printed, so that a changed directory can be noticed.
    """

    language: str
    subject: str
    text: str
    template: str
    fallback_from: str = ""
    resource_ids: tuple[str, ...] = ()
    #: Plain sentences for staff, such as "3 of these numbers have not been verified".
    cautions: tuple[str, ...] = ()
