"""The options of a route, the same for each; apart from the table, which would be too long."""

from __future__ import annotations

from typing import Any, Final

from concierge.config import checks as c
from concierge.config import values as v
from concierge.config.values import choice, choices
from concierge.domain.findings import Route
from concierge.domain.routes import QUESTIONS, plan_of

#: What each route is about.
ROUTES: Final[dict[Route, str]] = {
    Route.CRISIS: "Somebody may be in danger. Goes before every other route.",
    Route.CARE_NAVIGATION: "Somebody looks for help.",
    Route.THERAPY_FUND: "Somebody asks for money for therapy.",
    Route.SONGWRITERS: "Songwriters' sessions and camps.",
    Route.EVENTS: "Quiet spaces, workshops and talks at events.",
    Route.GUIDE: "The guide for touring and mental health.",
    Route.PARTNERSHIPS: "Partners, giving, the press and research.",
    Route.OTHER: "Everything else: bills, jobs, the website.",
}


# fmt: off
def route_rows(route: Route) -> tuple[tuple[Any, ...], ...]:
    """The options of one route as the table takes them; the defaults are :func:`plan_of`'s."""
    plan = plan_of(route)
    return (
        ("name", v.TEXT, "", "What staff and requesters read for it.",
         c.one_line_or_empty, plan.name, f"staff read {plan.name}, requesters nothing"),
        ("who", v.TEXTS, [], "Whose matter it is: names of staff, or a team's mail address.",
         c.some_or_none, ["Bo", "fund@example.org"], "everyone's"),
        ("first_response", v.OPTIONAL_DURATION, "",
         "Until the first reply, in open office time; the stricter of this and the urgency's "
         "promise holds.", None, "8h", "the urgency's promise alone"),
        ("next_response", v.OPTIONAL_DURATION, "", "Until every later reply, likewise.",
         None, "8h", "the urgency's promise alone"),
        ("template", choice(*Route), str(route), "The kind of reply that answers it."),
        ("resources", v.TEXTS, [], "Ids of directory rows that every reply offers.",
         c.some_or_none, ["intl-find-a-helpline-throughline"], "none but those that match"),
        ("questions", choices(*QUESTIONS), list(plan.questions),
         "What the therapy fund's reply asks, unless it is known: where they work in music, "
         "whether the ambassador programme sent them, the country they live in."),
    )
# fmt: on
