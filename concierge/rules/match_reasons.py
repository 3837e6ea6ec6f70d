"""Why a row was proposed, in the few words staff read beside it."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.domain.findings import Evidence
from concierge.domain.resource import Match, Resource
from concierge.rules.directory_index import Entry, Index
from concierge.rules.match_asked import Asked, Wanted

#: The rule that proposes what a home elsewhere still gives.
FROM_HOME = "matching.from_home"
#: The rule that proposes what the charity always offers on a route.
OFFERED = "matching.offered"
# Audiences that go without saying: everyone, and the crew who stand beside "music" in every row.
_UNSAID = frozenset({"general", "crew"})


def because(item: Match) -> str:
    """One line for staff: "because Ireland, therapy, music, free, 24/7"."""
    return "because " + ", ".join(evidence.found for evidence in item.evidence)


def reasons(
    entry: Entry, ask: Asked, resources: Index, *, risk: bool, last: bool
) -> Iterable[Evidence]:
    """The evidence for one row; ``risk`` when urgency put it first, ``last`` for the backstop."""
    resource = entry.resource
    country = resources.country_names.get(resource.country, resource.country)
    if ask.away_from(resource.country):
        note = f"serves {country}, which is their home"
        yield Evidence(FROM_HOME, country, "directory", 0.5, note)
    else:
        yield Evidence("matching.country", country, "directory", 1.0, f"serves {country}")
    if risk:
        words = str(resource.kind).replace("_", " ")
        yield Evidence("matching.urgent", words, "directory", 1.0, f"{words}: urgency first")
    for name in ask.names(entry):
        yield Evidence("matching.named", name, "body", 1.0, f"{name} is named in the mail")
    for region in ask.regions_named(entry):
        yield Evidence("matching.region", region, "body", 0.5, f"{region} is named in the mail")
    yield from _fitting(entry, ask)
    yield from _practical(entry, ask)
    if last:
        yield from _left_out(ask.wanted, resources)


def _fitting(entry: Entry, ask: Asked) -> Iterable[Evidence]:
    own = sorted(ask.topics & entry.topics) or sorted(ask.related & entry.topics)
    for topic in own:
        yield Evidence("matching.topic", topic.replace("_", " "), "directory", 0.4)
    for audience in entry.resource.audience:
        if audience not in _UNSAID:
            yield Evidence("matching.audience", audience, "directory", 0.2, f"serves {audience}")


def _practical(entry: Entry, ask: Asked) -> Iterable[Evidence]:
    resource: Resource = entry.resource
    if ask.speaks(entry):
        language = ask.wanted.language
        yield Evidence("matching.language", language, "directory", 0.2, f"speaks {language}")
    if resource.cost == "free":
        yield Evidence("matching.cost", "free", "directory", 0.05)
    if resource.open_24_7:
        yield Evidence("matching.hours", "24/7", "directory", 0.05)


def _left_out(wanted: Wanted, resources: Index) -> Iterable[Evidence]:
    """Tell staff that rows of the person's home were left out, and why."""
    if wanted.home != wanted.country and resources.of(wanted.home):
        home = resources.country_names[wanted.home]
        note = f"numbers of {home} were left out: freephone numbers do not work across borders"
        yield Evidence("matching.home", f"home is {home}", "case", 0.0, note)
