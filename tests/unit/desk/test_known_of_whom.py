"""What a case knows is of its requester: no second writer tells it, no parting leaves it there."""

from __future__ import annotations

import pytest
from support.desk_fixtures import DEE
from support.staffed_desk import StaffedDesk

from concierge.desk.conclusions import tells
from concierge.desk.setting import Setting
from concierge.domain.event import EventKind
from concierge.domain.findings import Evidence
from concierge.errors import Refused

GUIDE = "Dear team, where can I find the guide for touring musicians? Many thanks."
IRISH = "Dear team, I live in Dublin, Ireland. Where can I find the guide for touring musicians?"
PARIS = "Where is the fund for therapy? I live in Paris, France."
BERLIN = "Where is the fund for therapy? I live in Berlin, Germany."
DANISH = (
    "Jeg bor i Aarhus i Danmark og spiller trommer. Jeg kan ikke sove og vil gerne tale med nogen."
)
TOUR = "I am from Leeds, on tour in Berlin. Where is the guide for touring musicians?"


@pytest.fixture
def desk():
    return StaffedDesk()


def put(desk, case_id, by="Bo", **values):
    return Setting(desk.store, desk.clock, desk.redrafting._rereader).set(case_id, by, **values)


def newest(desk, case_id):
    with desk.store.begin() as tx:
        return tx.ledger.readings(case_id)[-1].triage


def places(desk, case_id):
    return desk.case(case_id).country, desk.case(case_id).home


def test_it_learns_nothing_of_the_requester_from_somebody_else(desk):
    case_id = desk.write(IRISH)
    other = desk.write(PARIS, sender=DEE)
    desk.merging.merge(other, case_id, "Bo")
    desk.again(case_id, "I am in Berlin, Germany now. I live in Berlin.", sender=DEE)
    assert desk.case(case_id).country == "IE"
    drafted = desk.redrafting.redraft(case_id, "Bo").draft
    assert drafted.recipient.key == "amina@example.org"
    assert not any(name.startswith(("de-", "fr-")) for name in drafted.resource_ids)


def test_unmerging_takes_along_what_only_the_others_told(desk):
    case_id, other = desk.write(GUIDE), desk.write(BERLIN, sender=DEE)
    desk.merging.merge(other, case_id, "Bo")
    assert desk.case(case_id).country == "DE"
    desk.again(case_id, "Any news please? Where is the guide?")
    desk.merging.unmerge(other, "Bo")
    assert places(desk, case_id) == ("", "")
    assert not any(name.startswith("de-") for name in desk.draft(case_id).resource_ids)
    assert desk.case(other).country == "DE"


def test_unmerging_keeps_what_the_requester_told_meanwhile(desk):
    case_id, other = desk.write(GUIDE), desk.write(BERLIN, sender=DEE)
    desk.merging.merge(other, case_id, "Bo")
    desk.again(case_id, "I forgot to say that I live in Dublin, Ireland.")
    desk.merging.unmerge(other, "Bo")
    assert desk.case(case_id).country == "IE"


def test_splitting_takes_along_what_only_those_messages_told(desk):
    case_id, other = desk.write(GUIDE), desk.write(BERLIN, sender=DEE)
    (theirs,) = desk.standing(other)
    desk.merging.merge(other, case_id, "Bo")
    parted = desk.splitting.split(case_id, [theirs], "Bo")
    assert places(desk, case_id) == ("", "")
    assert parted.case.country == "DE"
    assert not any(name.startswith("de-") for name in desk.draft(case_id).resource_ids)


def test_splitting_leaves_what_staff_set(desk):
    case_id, other = desk.write(GUIDE), desk.write(BERLIN, sender=DEE)
    (theirs,) = desk.standing(other)
    desk.merging.merge(other, case_id, "Bo")
    put(desk, case_id, country="DE")
    desk.splitting.split(case_id, [theirs], "Carla")
    assert (desk.case(case_id).country, desk.case(case_id).country_by) == ("DE", "Bo")


@pytest.mark.parametrize("text", ["ok", "Any news?", "Thanks, I am in Paris, France now."])
def test_a_home_stays_known_until_another_is_told(desk, text):
    case_id = desk.write(TOUR)
    assert places(desk, case_id) == ("DE", "GB")
    desk.again(case_id, text)
    assert desk.case(case_id).home == "GB"
    desk.redrafting.redraft(case_id, "Bo")
    assert desk.case(case_id).home == "GB"
    desk.again(case_id, "I have moved: I live in Dublin, Ireland.")
    assert desk.case(case_id).home == "IE"


@pytest.mark.parametrize("text", ["yes please", "Thanks", "Ja tak", "ok", "Nej", "Hej igen"])
def test_a_short_answer_leaves_the_thread_in_its_language(desk, text):
    case_id = desk.write(DANISH)
    desk.again(case_id, text)
    assert desk.case(case_id).language == "da"
    drafted = desk.draft(case_id)
    again = desk.redrafting.redraft(case_id, "Bo").draft
    assert (again.language, again.text) == (drafted.language, drafted.text)


def test_it_says_that_the_thread_told_the_language(desk):
    case_id = desk.write(DANISH)
    desk.again(case_id, "yes please")
    found = newest(desk, case_id)["language"]
    assert found["value"] == "da"
    assert found["evidence"][0]["note"] == "the thread is in Danish"


def test_the_subject_of_an_answer_is_not_the_writers_language(desk):
    case_id = desk.write(DANISH, subject="Where are you all these days my dear friends")
    desk.again(case_id, "👍")
    assert newest(desk, case_id)["language"]["value"] != "en"
    assert desk.case(case_id).language == "da"


@pytest.mark.parametrize("text", ["ajuda por favor", "Necesito ayuda, estoy muy mal esta noche"])
def test_a_cry_in_their_own_language_wins_over_the_thread(desk, text):
    case_id = desk.write(GUIDE)
    desk.again(case_id, text)
    assert desk.case(case_id).language in {"pt", "es"}


@pytest.mark.parametrize("value", ["FR", "undetermined"])
def test_what_staff_take_back_the_desk_concludes_and_learns_again(desk, value):
    case_id = desk.write(IRISH)
    put(desk, case_id, country=value, home=value)
    put(desk, case_id, "Carla", country="desk", home="Desk")
    case = desk.case(case_id)
    assert (case.country, case.home, case.country_by, case.home_by) == ("IE", "IE", "", "")
    desk.again(case_id, "I have moved: I live in Lyon, France.")
    assert places(desk, case_id) == ("FR", "FR")
    with pytest.raises(Refused, match="set already"):
        put(desk, case_id, country="desk")


def test_it_tells_only_of_what_it_changed(desk):
    case_id = desk.write(GUIDE)
    put(desk, case_id, country="DE", home="GB")
    settled = put(desk, case_id, "Carla", country="DE", home="FR")
    assert [each.get("field") for each in settled.events] == ["home"]
    assert len(desk.events(case_id, EventKind.CONCLUSION_SET)) == 3
    assert (desk.case(case_id).country_by, desk.case(case_id).home_by) == ("Bo", "Carla")


DEFAULT = ("country.home", "DE: nothing says that home is elsewhere", 0.0)
THREAD = ("country.thread", "DE: the case's country so far", 2.2)


@pytest.mark.parametrize(
    ("value", "reasons", "told"),
    [
        ("DE", [("country.now", "DE: now in Berlin", 4.0)], True),
        ("DE", [THREAD], False),
        ("DE", [THREAD, ("country.clock", "DE: the clock fits", 0.5)], False),
        ("DE", [THREAD, ("country.now", "FR: now in Paris", 1.0)], False),
        ("DE", [THREAD, ("country.phone", "DE: phone +49…", 4.0)], True),
        ("DE", [DEFAULT, ("country.now", "DE: now in Berlin", 0.1)], False),
        ("DE", [DEFAULT, ("country.lives", "DE: lives in Berlin", 2.4)], True),
        ("DE", [DEFAULT, ("country.lives", "FR: lives in Lyon", 2.4)], False),
        ("DE", [("country.home", "DE: home in Berlin", 4.0)], True),
        ("da", [("language.thread", "", 1.0), ("language.short_phrase", "", 1.0)], False),
        ("da", [("language.detectors", "reads as Danish", 1.0)], True),
        ("", [("language.unsure", "may be Danish", 0.4)], False),
        ("DE", [], False),
    ],
)
def test_it_tells_what_was_said_from_what_was_known(value, reasons, told):
    evidence = [Evidence(rule, "", "", weight, note) for rule, note, weight in reasons]
    assert tells(value, evidence) is told
