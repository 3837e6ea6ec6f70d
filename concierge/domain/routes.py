"""What is done with each route: its name, who gets it, which reply, what is always offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from concierge.domain.findings import Route

#: What a programme may ask to see whether it can help, and no more than this: where somebody works
#: in music, whether the ambassador programme sent them, the country they live in. Asking for more
#: than is needed keeps people in distress from writing back.
QUESTIONS: Final = ("work", "ambassador", "country")

_NAMES: Final[Mapping[Route, str]] = {
    Route.CRISIS: "Crisis",
    Route.CARE_NAVIGATION: "Care navigation",
    Route.THERAPY_FUND: "Therapy fund",
    Route.SONGWRITERS: "Songwriters' programme",
    Route.EVENTS: "Events",
    Route.GUIDE: "Guide",
    Route.PARTNERSHIPS: "Partnerships",
    Route.OTHER: "Office",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """What is done with the cases of one route."""

    route: Route
    #: As staff read it, and requesters in replies where :attr:`programme` says so.
    name: str
    #: Names of staff or a team's mail address; empty means everyone.
    who: tuple[str, ...] = ()
    #: Whose reply answers it.
    reply: Route
    #: Ids of directory rows that every reply offers, wherever the person is.
    resources: tuple[str, ...] = ()
    #: Of :data:`QUESTIONS`; the reply asks those that its template knows words for.
    questions: tuple[str, ...] = ()
    #: The name as the charity gave it; empty while it is our own word.
    programme: str = ""
    #: Where the operator wrote the resources, as ``config.toml:12:1: [routes.guide] resources``.
    told_at: str = ""

    @property
    def for_whom(self) -> str:
        """Who gets it, in words."""
        return ", ".join(self.who) or "everyone"

    @property
    def shown(self) -> str:
        """The route as a list shows it: by the charity's own name, with whose matter it is."""
        called = self.programme or self.route.value
        return f"{called} ({self.for_whom})" if self.who else called

    def asks(self, *, country_known: bool) -> tuple[str, ...]:
        """The questions whose answers are not known yet."""
        return tuple(q for q in self.questions if not (q == "country" and country_known))


def plan_of(route: Route) -> RoutePlan:
    """The plan where the config says nothing."""
    questions = QUESTIONS if route is Route.THERAPY_FUND else ()
    return RoutePlan(route=route, name=_NAMES[route], reply=route, questions=questions)


@dataclass(frozen=True, slots=True)
class RoutePlans:
    """The plan of every route; one the config leaves out stands as :func:`plan_of` has it."""

    told: Mapping[Route, RoutePlan] = field(default_factory=dict)

    def of(self, route: Route) -> RoutePlan:
        """The plan of one route."""
        return self.told.get(route) or plan_of(route)

    def unknown(self, ids: frozenset[str]) -> tuple[str, ...]:
        """A fault for every resource that is always offered and not among these ids."""
        return tuple(
            f"{plan.told_at}: the directory has no row {one!r}; name the id of a row of it"
            for plan in map(self.of, Route)
            for one in plan.resources
            if one not in ids
        )
