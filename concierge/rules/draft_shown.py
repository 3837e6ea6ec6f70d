"""Which of the matched resources a draft prints, and what staff must know before approving it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from concierge.domain.findings import Route
from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.rules.language_names import language_name
from concierge.rules.match_reasons import FROM_HOME, OFFERED
from concierge.rules.template_faults import PRINTING_KINDS, WORRIED

# The kinds whose numbers stand first in an urgent reply.
_FIRST_KINDS = frozenset(
    {ResourceKind.EMERGENCY, ResourceKind.CRISIS_LINE, ResourceKind.DOMESTIC_VIOLENCE}
)
_ANYWHERE = "INTL"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the matches is printed: to call first, to look at, and the finder at the end."""

    lines: tuple[Match, ...]
    others: tuple[Match, ...]
    finder: tuple[Match, ...]
    #: Whether this reply lists resources at all.
    lists: bool

    @property
    def all(self) -> tuple[Match, ...]:
        """Everything printed, in the order it stands in the draft."""
        return self.lines + self.others + self.finder


def show(
    matches: Sequence[Match], kind_of_reply: str, *, country_known: bool, urgent: bool
) -> Shown:
    """Choose what of the matches is printed, and where.

    The finder for any country stands in every reply. Who asks for a guide or a partnership gets
    no list of resources unless the mail is urgent, beside what the charity always offers there. A
    row that tells no way to reach it is left to staff: a bare name is a task and no help. Without
    a known country only what serves any country is printed, whatever was matched, or what is
    always offered: a guessed number is worse than none.
    """
    if not country_known:
        matches = [m for m in matches if m.resource.country == _ANYWHERE or _offered(m)]
    finder = tuple(m for m in matches if m.resource.country == _ANYWHERE and _finds(m))[-1:]
    prints = kind_of_reply in PRINTING_KINDS
    rest = tuple(m for m in matches if m not in finder)
    lines = tuple(m for m in rest if urgent and m.resource.kind in _FIRST_KINDS)
    listed = (m for m in rest if m not in lines and (prints or _offered(m)))
    others = tuple(m for m in listed if m.resource.reachable)
    return Shown(lines, others, finder, lists=urgent or prints)


def _offered(item: Match) -> bool:
    return any(reason.rule == OFFERED for reason in item.evidence)


def _finds(item: Match) -> bool:
    # The curator ranks finders of helplines; 1 is the one to print.
    return item.resource.priority == 1 and bool(item.resource.website)


def kind_cautions(wanted: str, written: str) -> Iterator[str]:
    """What staff must know when a mail is not answered by the reply its route asks for."""
    if wanted == written:
        return
    words = wanted.replace("_", " ")
    if written == WORRIED:
        yield "Written about somebody else, so this is the reply to whoever worries about them."
        if wanted != Route.CRISIS.value:
            yield f"What was asked ({words}) is not answered yet."
        return
    yield f"Urgent, so this is the crisis reply; what was asked ({words}) is not answered yet."


def resource_cautions(shown: Shown, today: date) -> Iterator[str]:
    """What staff must know of the resources this draft prints."""
    rows = [item.resource for item in shown.all]
    unverified = [r for r in rows if not r.verified(today)]
    first = [r for r in unverified if r.kind in _FIRST_KINDS]
    if first:
        yield (
            f"Emergency and crisis numbers not verified by a person within a year ({len(first)}):"
            f" {_names(first)}. Check them before you approve."
        )
    others = [r for r in unverified if r not in first and _answers(r)]
    if others:
        yield f"Numbers not verified by a person within a year: {_names(others)}."
    unknown = [r for r in rows if r.open_24_7 is None and not r.hours and _answers(r)]
    if unknown:
        yield f"Hours are not known of {_names(unknown)}; the draft says so."
    disputed = [r for r in rows if "DISAGREE" in r.notes]
    if disputed:
        yield f"Sources disagree about {_names(disputed)}; read the notes of the row."


def _answers(resource: Resource) -> bool:
    return bool(resource.phone or resource.sms or resource.whatsapp)


def _names(rows: Iterable[Resource]) -> str:
    return ", ".join(f"{r.name} ({r.id})" for r in rows)


def place_cautions(shown: Shown, *, country_known: bool, urgent: bool) -> Iterator[str]:
    """What staff must know of where these resources are."""
    abroad = [m.resource for m in shown.all if any(e.rule == FROM_HOME for e in m.evidence)]
    if abroad:
        yield f"From their home, where they are not now: {_names(abroad)}; a number may not work."
    local = any(item.resource.country != _ANYWHERE for item in shown.all)
    if not shown.lists:
        return
    if not country_known:
        yield "The country is not known, so the draft names no number of any country."
    elif urgent and not shown.lines:
        yield "The directory has no emergency number or crisis line for this country."
    elif not local:
        yield "The directory has no resource for this country."


def whereabouts_cautions(
    shown: Shown, *, about_other: bool, country_known: bool, their_country_known: bool
) -> Iterator[str]:
    """What staff must know of where the person in danger is, when that is not the writer."""
    if about_other and country_known and not their_country_known and shown.lines:
        yield (
            "It is not told where the person in danger is; these numbers are of the writer's"
            " country."
        )


def language_cautions(language: str, spoken: Sequence[str]) -> Iterator[str]:
    """What staff must know when the draft is not in the language of the mail."""
    written = " and ".join(map(language_name, spoken))
    if not language:
        yield f"The language of the mail is not known; the draft is in {written}."
    elif language.partition("-")[0] != spoken[0].partition("-")[0]:
        name = language_name(language)
        yield f"There is no template in {name}; somebody should translate this draft."
