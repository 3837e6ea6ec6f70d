"""Towns by name: what a line says, what is read when, and what a spoilt table does."""

from __future__ import annotations

import gzip

import pytest

from concierge.errors import FaultyInput
from concierge.rules.gazetteer import TOWN, Gazetteer
from concierge.rules.place_words import Name

LINES = "leeds\t536\t\tGB95:ENG;US5:AL\nnice\t342\t*\tFR100:93\nsao paulo\t12400\t\tBR100:27"
SPACELESS = "กรุงเทพ\t5104\t\tTH100:40\n上海\t24874\t\tCN100:23\n山口\t190\t\tJP100:35"
TABLE = f"{LINES}\n{SPACELESS}".encode()


def test_it_gives_countries_with_shares_and_regions():
    town = Gazetteer(lambda: TABLE).town("leeds")
    assert town.people == 536 and not town.ordinary
    assert town.names == (Name("GB", TOWN, 0.95, ("GB-ENG",)), Name("US", TOWN, 0.05, ("US-AL",)))
    assert town.names[0].is_town


def test_it_tells_ordinary_words():
    assert Gazetteer(lambda: TABLE).town("nice").ordinary


@pytest.mark.parametrize("word", ["", "lee", "leedss", "sao", "zzz", "\ud800", "a\tb", "上"])
def test_it_knows_whole_names_only(word):
    assert Gazetteer(lambda: TABLE).town(word) is None


def test_it_tells_where_a_longer_name_begins():
    towns = Gazetteer(lambda: TABLE)
    assert towns.begins("sao")
    assert not towns.begins("leeds")
    assert towns.town("sao paulo").names[0].iso == "BR"


def test_it_finds_great_towns_inside_runs_and_no_small_one():
    towns = Gazetteer(lambda: TABLE)
    assert towns.inner("上") == ("上海",)
    assert towns.inner("ก") == ("กรุงเทพ",)
    assert towns.inner("山") == ()


def test_it_reads_nothing_before_it_is_asked_and_then_once():
    read = []

    def load():
        read.append(1)
        return gzip.compress(TABLE)

    towns = Gazetteer(load)
    assert not read
    assert towns.town("leeds") and towns.begins("sao") and towns.inner("上")
    assert len(read) == 1


@pytest.mark.parametrize(
    "spoilt", [b"\x1f\x8bnot packed at all", b"leeds\tmany\t\tGB95:ENG", b"leeds\t1"]
)
def test_it_names_the_table_that_is_spoilt(spoilt):
    with pytest.raises(FaultyInput, match="gazetteer"):
        _ = Gazetteer(lambda: spoilt + b"\t").town("leeds")
