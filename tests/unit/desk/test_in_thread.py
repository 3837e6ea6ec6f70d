"""A short answer is read in the light of its thread; a clear text says more than the thread."""

from __future__ import annotations

import pytest
from support.desk_fixtures import DEE, Desk, letter, token

NORWEGIAN = "Jeg bor i Trondheim og spiller trommer. Jeg får ikke sove lenger, kan dere hjelpe meg?"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def answered(desk, text, **more):
    """The case after a further mail, and the newest reading staff see of it."""
    first = desk.arrive(letter(NORWEGIAN))
    case = desk.arrive(letter(text, subject=f"Re: {token(first.id)}", **more))
    with desk.store.begin() as tx:
        newest = max(tx.ledger.readings(case.id), key=lambda reading: reading.entry_id)
    return first, case, newest.triage


def test_it_reads_a_short_answer_in_the_light_of_its_thread(desk):
    first, case, found = answered(desk, "Hun ringte meg")
    assert case.id == first.id
    assert (first.language, first.country) == ("nb", "NO")
    assert found["language"]["value"] == "nb"
    assert found["country"]["value"] == "NO"
    assert "the case's country so far" in " ".join(e["note"] for e in found["country"]["evidence"])


def test_it_believes_a_clear_text_more_than_the_thread(desk):
    text = "Je suis en tournée à Lyon ce soir et je voudrais parler à quelqu'un en français."
    _, case, found = answered(desk, text)
    assert (found["language"]["value"], found["country"]["value"]) == ("fr", "FR")
    assert (case.language, case.country) == ("fr", "FR")


def test_it_tells_a_stranger_nothing_of_the_thread(desk):
    _, _, found = answered(desk, "Hun ringte meg", sender=DEE)
    assert found["country"]["value"] == ""


def test_it_keeps_the_home_of_somebody_who_travels_on(desk):
    _, case, _ = answered(desk, "Akkurat nå er jeg i Paris med bandet og sover fortsatt ikke.")
    assert (case.country, case.home) == ("FR", "NO")


def test_it_takes_yes_please_for_an_answer_in_the_threads_language(desk):
    _, case, found = answered(desk, "Yes please")
    assert found["language"]["value"] == "nb"
    assert found["language"]["candidates"] == ["en"]
    assert case.language == "nb"


def test_it_learns_nothing_of_the_requester_from_somebody_else(desk):
    first = desk.arrive(letter(NORWEGIAN))
    desk.arrive(letter("Vivo en Madrid y no puedo dormir.", subject=f"Re: {token(first.id)}",
                       sender=DEE))  # fmt: skip
    again = desk.case(first.id)
    assert (again.language, again.country, again.home) == ("nb", "NO", "NO")
