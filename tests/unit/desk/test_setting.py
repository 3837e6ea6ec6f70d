"""What staff set of a case: it wins, it stays, it is told; in memory and on SQLite alike."""

from __future__ import annotations

import pytest
from support.desk_fixtures import AMINA, DEE
from support.staffed_desk import StaffedDesk

from concierge.desk.setting import Setting
from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState
from concierge.domain.event import EventKind
from concierge.errors import Refused, StaleDraft, TakenByAnother, UsageError

IRISH = "Dear team, I live in Dublin, Ireland. Where can I find the guide for touring musicians?"


@pytest.fixture(params=["memory", "sqlite"])
def desk(request, tmp_path):
    if request.param == "memory":
        yield StaffedDesk()
        return
    from concierge.store.sqlite import SqliteStore
    from concierge.store.upgrade import upgrade

    path = tmp_path / "desk.db"
    upgrade(path)
    store = SqliteStore(path, index_key=b"k" * 16)
    yield StaffedDesk(store)
    store.close()


def put(desk, case_id, by="Bo", **values):
    setting = Setting(desk.store, desk.clock, desk.redrafting._rereader)
    return setting.set(case_id, by, **values)


def known(desk, case_id):
    case = desk.case(case_id)
    return case.language, case.country, case.home, case.country_by


def test_it_matches_and_drafts_anew_and_writes_down_what_was(desk):
    case_id = desk.write(IRISH)
    old = desk.draft(case_id)
    was = desk.case(case_id).country
    settled = put(desk, case_id, country="Deutschland", language="german")
    assert settled.draft.draft.language == "de"
    assert desk.draft(case_id).id != old.id
    assert known(desk, case_id) == ("de", "DE", desk.case(case_id).home, "Bo")
    (language, country) = desk.events(case_id, EventKind.CONCLUSION_SET)
    assert (language.get("field"), country.get("field")) == ("language", "country")
    assert (country.get("was"), country.get("now")) == (was or "undetermined", "DE")
    assert (country.get("desk"), country.by) == (was or "undetermined", "Bo")
    assert country.get("message") == str(desk.standing(case_id)[-1])
    with desk.store.begin() as tx:
        matches = tx.ledger.readings(case_id)[-1].triage["matches"]
    notes = [why["note"] for each in matches for why in each["evidence"]]
    assert "serves Germany" in notes


def test_it_refuses_the_approval_of_a_draft_made_before(desk):
    case_id = desk.write(IRISH)
    old = desk.draft(case_id)
    put(desk, case_id, country="DE")
    with pytest.raises(StaleDraft):
        desk.approvals.approve(old.id, 1, "Carla")


@pytest.mark.parametrize("value", ["DE", "undetermined"])
def test_it_wins_over_everything_that_comes_later(desk, value):
    expected = "" if value == "undetermined" else value
    case_id = desk.write(IRISH)
    put(desk, case_id, country=value)
    desk.again(case_id, IRISH)
    desk.redrafting.redraft(case_id, "Carla")
    assert known(desk, case_id)[1::2] == (expected, "Bo")
    other = desk.write("Where is the fund for therapy? I am in Paris, France.", sender=DEE)
    desk.merging.merge(other, case_id, "Carla")
    assert known(desk, case_id)[1::2] == (expected, "Bo")
    desk.merging.unmerge(other, "Carla")
    assert known(desk, case_id)[1::2] == (expected, "Bo")
    assert desk.case(other).country_by == ""
    parted = desk.splitting.split(case_id, [desk.standing(case_id)[-1]], "Carla")
    assert known(desk, case_id)[1::2] == (expected, "Bo")
    # The other half is of the same person.
    assert known(desk, parted.case.id)[1::2] == (expected, "Bo")


def test_it_goes_along_when_the_case_it_was_set_on_is_merged_and_comes_back(desk):
    first = desk.write(IRISH)
    second = desk.write("Another matter: the fund for therapy.", subject="Fund")
    assert first != second
    put(desk, second, home="PL")
    desk.merging.merge(second, first, "Carla")
    assert (desk.case(first).home, desk.case(first).home_by) == ("PL", "Bo")
    put(desk, first, country="FR")
    desk.merging.unmerge(second, "Carla")
    assert desk.case(first).home_by == ""
    assert (desk.case(second).home, desk.case(second).home_by) == ("PL", "Bo")
    assert (desk.case(first).country, desk.case(first).country_by) == ("FR", "Bo")


def test_it_lets_only_one_of_two_set_what_both_have_read(desk):
    case_id = desk.write(IRISH)
    seen = desk.case(case_id).version
    put(desk, case_id, country="DE", version=seen)
    with pytest.raises(Refused, match="moved on"):
        put(desk, case_id, "Carla", country="FR", version=seen)
    assert known(desk, case_id)[1::2] == ("DE", "Bo")


def test_it_leaves_an_approved_reply_alone_and_says_so(desk):
    case_id = desk.write(IRISH)
    draft = desk.draft(case_id)
    desk.approvals.approve(draft.id, 1, "Bo")
    settled = put(desk, case_id, country="DE")
    assert "goes out as it is" in settled.left_alone
    assert settled.draft.draft is None
    desk.send()
    assert desk.case(case_id).state is CaseState.WAITING
    assert "left as it is" in put(desk, case_id, country="FR").left_alone


def test_it_keeps_a_persons_words(desk):
    case_id = desk.write(IRISH)
    old = desk.draft(case_id)
    desk.approvals.edit(old.id, 1, "Re", "Words of Bo", "Bo")
    assert f"draft show {old.id}" in put(desk, case_id, country="DE").draft.note
    with desk.store.begin() as tx:
        assert tx.drafts.get(old.id).state is DraftState.SUPERSEDED


def test_it_changes_nothing_when_it_refuses(desk):
    case_id = desk.write(IRISH)
    desk.casework.claim(case_id, "Carla")
    before = desk.case(case_id)
    with pytest.raises(TakenByAnother):
        put(desk, case_id, country="DE")
    with pytest.raises(UsageError):
        put(desk, case_id, "Carla")
    with pytest.raises(UsageError, match="No country"):
        put(desk, case_id, "Carla", language="de", country="nowhere land")
    assert desk.case(case_id) == before


def test_it_shapes_no_reply_to_somebody_else(desk):
    case_id = desk.write(IRISH, sender=AMINA)
    put(desk, case_id, language="de")
    desk.casework.claim(case_id, "Bo")
    assert desk.draft(case_id).language == "de"
    assert desk.draft(case_id).recipient.key == AMINA
