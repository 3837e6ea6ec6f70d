"""One route's queue, the route's own name, and a resource that the directory lacks."""

from __future__ import annotations

import json


def rows(desk, concierge, *words):
    code, out, _ = concierge(desk, "queue", "--json", *words)
    assert code == 0
    return [json.loads(one) for one in out.splitlines()]


def test_it_shows_one_route_and_tells_of_the_urgent_ones_left_out(full_desk, concierge):
    everyone = rows(full_desk, concierge)
    route = next(one["route"] for one in everyone if one["urgency"] == "routine")
    shown = rows(full_desk, concierge, "--route", route.replace("_", "-"))
    assert shown == [one for one in everyone if one["route"] == route]
    assert 0 < len(shown) < len(everyone)
    _, out, _ = concierge(full_desk, "queue", "--route", route.replace("_", "-"))
    assert "of other routes: concierge queue shows all." in out
    _, out, _ = concierge(full_desk, "queue")
    assert "of other routes" not in out


def test_it_names_the_route_as_the_charity_does_and_whose_it_is(full_desk, concierge):
    (first, *_) = rows(full_desk, concierge, "--route", "crisis")
    plain = full_desk.config_file.read_text("utf-8")
    told = '[routes.crisis]\nname = "Tonight"\nwho = ["Bo", "night@example.org"]\n'
    full_desk.config_file.write_text(plain.replace("[routes.crisis]\n", told), "utf-8")
    try:
        (again, *_) = rows(full_desk, concierge, "--route", "crisis")
        _, out, _ = concierge(full_desk, "case", "show", str(first["case_id"]))
    finally:
        full_desk.config_file.write_text(plain, "utf-8")
    assert (first["route_name"], first["route_for"]) == ("Crisis", [])
    assert (again["route_name"], again["route_for"]) == ("Tonight", ["Bo", "night@example.org"])
    assert "route Tonight (Bo, night@example.org)" in out


def test_it_does_not_start_with_a_resource_that_the_directory_lacks(full_desk, concierge):
    plain = full_desk.config_file.read_text("utf-8")
    at = plain[: plain.index("[routes.guide]")].count("\n") + 2
    told = plain.replace("[routes.guide]\n", '[routes.guide]\nresources = ["gone"]\n')
    full_desk.config_file.write_text(told, "utf-8")
    try:
        code, _, err = concierge(full_desk, "case", "redraft", "3")
    finally:
        full_desk.config_file.write_text(plain, "utf-8")
    assert code != 0
    assert f"config.toml:{at}:1: [routes.guide] resources: the directory has no row 'gone'" in err
