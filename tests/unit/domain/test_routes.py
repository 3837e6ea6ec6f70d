"""What is done with a route where the config says nothing, and where it says much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concierge.domain.findings import Route
from concierge.domain.routes import QUESTIONS, RoutePlans, plan_of


@pytest.mark.parametrize("route", Route)
def test_every_route_has_a_plan_that_needs_no_config(route):
    plan = RoutePlans().of(route)
    assert plan == plan_of(route)
    assert plan.name
    assert plan.reply is route
    assert plan.for_whom == "everyone"
    assert plan.shown == route.value
    assert bool(plan.questions) is (route is Route.THERAPY_FUND)


def test_it_asks_the_three_things_and_not_what_is_known():
    plan = plan_of(Route.THERAPY_FUND)
    assert plan.asks(country_known=False) == QUESTIONS == ("work", "ambassador", "country")
    assert plan.asks(country_known=True) == ("work", "ambassador")


def test_it_shows_the_charity_s_own_name_and_whose_matter_it_is():
    plan = replace(plan_of(Route.GUIDE), programme="Road Book", who=("Bo", "team@example.org"))
    assert plan.shown == "Road Book (Bo, team@example.org)"


def test_it_tells_where_a_resource_was_named_that_the_directory_lacks():
    plan = replace(
        plan_of(Route.GUIDE), resources=("here", "gone"), told_at="config.toml:3:1: [routes.guide]"
    )
    (fault,) = RoutePlans({Route.GUIDE: plan}).unknown(frozenset({"here"}))
    assert fault.startswith("config.toml:3:1: [routes.guide]: ")
    assert "'gone'" in fault
