"""Simplified and traditional Chinese are told by the characters only one of them has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.rules.chinese import way_of_writing
from concierge.rules.chinese_characters import ONLY_SIMPLIFIED, ONLY_TRADITIONAL

WRITTEN = (
    ("zh-Hans", "我需要帮助，乐队巡演让我压力很大。"),
    ("zh-Hant", "我需要幫助，樂隊巡演讓我壓力很大。"),
    ("zh-Hans", "请问可以给我打电话吗？"),
    ("zh-Hant", "請問可以打電話給我嗎？"),
    # A quoted name in the other way of writing does not turn the text.
    ("zh-Hans", "我在「滅火器」乐队做鼓手，现在很难过，说不出话。"),
    ("zh-Hant", "我頂唔順，好辛苦"),
    ("zh-Hant", "你喺邊度"),
    # Both write 群, 峰 and 床 so, whatever the tables of standard forms say.
    ("zh-Hant", "一群人在山峰上為我們歌唱"),
)


@pytest.mark.parametrize(("way", "text"), WRITTEN)
def test_it_tells_the_way_of_writing(way: str, text: str) -> None:
    assert way_of_writing(text, {})[0] == way


@pytest.mark.parametrize(("way", "text"), WRITTEN)
def test_the_country_does_not_beat_characters(way: str, text: str) -> None:
    against = {"TW": 1.0} if way == "zh-Hans" else {"CN": 1.0}
    assert way_of_writing(text, against)[0] == way


@pytest.mark.parametrize("country", ["TW", "HK", "MO"])
def test_shared_characters_leave_it_to_the_country(country: str) -> None:
    way, note = way_of_writing("你好", {country: 0.6, "CN": 0.3})
    assert way == "zh-Hant"
    assert "country" in note


@pytest.mark.parametrize("text", ["你好", "", "hello", "😀"])
def test_it_is_simplified_and_says_so_when_nothing_tells(text: str) -> None:
    way, note = way_of_writing(text, {})
    assert way == "zh-Hans"
    assert "both ways" in note


def test_the_note_shows_the_characters_that_told() -> None:
    assert way_of_writing("请问", {})[1] == "written in simplified characters: 请问"


def test_no_character_is_said_of_both_ways() -> None:
    assert not set(ONLY_SIMPLIFIED) & set(ONLY_TRADITIONAL)
    assert min(len(ONLY_SIMPLIFIED), len(ONLY_TRADITIONAL)) > 2000


@pytest.mark.parametrize("char", "台群床后里面只着系干")
def test_characters_of_both_ways_tell_nothing(char: str) -> None:
    assert char not in ONLY_SIMPLIFIED
    assert char not in ONLY_TRADITIONAL


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(["TW", "CN", "GB"]), st.floats(0, 1)))
def test_it_always_answers_one_of_two(text: str, countries: dict[str, float]) -> None:
    way, note = way_of_writing(text, countries)
    assert way in {"zh-Hans", "zh-Hant"}
    assert note
