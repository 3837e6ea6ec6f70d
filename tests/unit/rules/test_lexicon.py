"""The lexicon file: every fault listed with its place, patterns bounded, loading quick."""

from __future__ import annotations

import re
import time

import pytest

from concierge.errors import FaultyInput
from concierge.rules.expressions import check_bounds, expression
from concierge.rules.lexicon import parse_lexicon
from concierge.rules.patterns import BadPattern, read_pattern
from concierge.rules.prefilter import requirements
from concierge.store.lexicon_files import lexicon_sources
from tests.support.lexicon import FOLDER, shipped, small


def test_it_lists_every_fault_with_its_place() -> None:
    source = (
        "patterns = [\n"
        " {l='urgent',c='ideation',p='one more'},\n"
        " {l='high',c='weather',p='two more'},\n"
        " {l='high',c='ideation',p='(three more'},\n"
        " {l='high',c='ideation',p='four (\\w+)* more'},\n"
        " {l='high',c='ideation',p='(five)?'},\n"
        " 'six',\n"
        "]\n"
        "figurtive = ['seven']\n"
        "time = 'eight'\n"
    )
    with pytest.raises(FaultyInput) as caught:
        small(source)
    faults = caught.value.faults
    assert len(faults) == 8
    assert faults[0].startswith("en.toml:2:30: unknown level 'urgent'; ")
    assert "unknown category 'weather'" in faults[1]
    assert faults[2].startswith("en.toml:4:28: bad pattern: a bracket is not closed; ")
    assert "backtracks" in faults[3]
    assert "match nothing" in faults[4]
    assert "figurtive" in faults[6]
    assert all("; " in fault for fault in faults)


@pytest.mark.parametrize("source", ["[words\n", "x = ", "lang = 3", "words = 3"])
def test_it_refuses_what_is_no_language(source: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        small(source)
    assert caught.value.faults[0].startswith("en.toml:1:")


def test_it_refuses_a_folder_without_languages_or_concepts() -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_lexicon({})
    assert "concepts.toml:1:1: the file is missing" in caught.value.faults[0]
    assert "there is no language" in caught.value.faults[1]


@pytest.mark.parametrize("entry", ["3", "{l='high'}", "{l='high',c='ideation',p=3}", "[]"])
def test_it_refuses_strange_entries(entry: str) -> None:
    with pytest.raises(FaultyInput):
        small(f"patterns = [{entry}]\n")


@pytest.mark.parametrize(
    "pattern", ["a)", "(a", "*a", "a**", "a{1,99}", "[", "[^a]b", "\\q", "a|", "(a*)*", "x?", "^"]
)
def test_it_refuses_the_pattern(pattern: str) -> None:
    with pytest.raises(BadPattern):
        check_bounds(read_pattern(pattern))


def needs(pattern: str, script: str = "bounded") -> list[set[tuple[str, str]]]:
    return [set(clause) for clause in requirements(read_pattern(pattern), script)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "clauses"),
    [
        ("end it", [{("=", "end")}, {("=", "it")}]),
        ("suicid*", [{("<", "suicid")}]),
        ("pills?", [{("<", "pill")}]),
        ("(kill|hang) myself", [{("=", "myself")}, {("=", "kill"), ("=", "hang")}]),
        ("(really )?gone", [{("=", "gone")}]),
        ("my ?self", [{("<", "my")}, {("~", "self")}]),
        ("\\w+ist", [{("~", "ist")}]),
        ("gone(?! fishing)", [{("=", "gone")}]),
        ("gone ~3", [{("=", "gone")}]),
        ("gone (far)? now", [{("=", "gone")}, {("=", "now")}]),
        ("(gone ~3)less", [{("<", "gone")}, {("~", "less")}]),
        ("~3 gone ~2 now", [{("=", "gone")}, {("=", "now")}]),
    ],
)
def test_it_derives_what_a_pattern_cannot_do_without(
    pattern: str, clauses: list[set[tuple[str, str]]]
) -> None:
    assert sorted(map(sorted, needs(pattern))) == sorted(map(sorted, clauses))


def test_words_without_spaces_around_are_required_anywhere() -> None:
    assert needs("想死", "unspaced") == [{("~", "想死")}]


@pytest.mark.parametrize(("pattern", "text", "matches"), [
    ("my(self)? out", " my out ", True), ("my(self)? out", " mysel out ", False),
    ("kill*", " killing ", True), ("kill", " killing ", False), ("a ~2 b", " a x y b ", True),
    ("a ~2 b", " a x y z b ", False), ("(no |so )*end", " no so no end ", True),
    ("die(?! of)", " die of ", False), ("i want out$", " i want out.", True),
    ("i want out$", " i want out of ", False),
])  # fmt: skip
def test_it_means_what_it_says(pattern: str, text: str, matches: bool) -> None:
    node = read_pattern(pattern)
    check_bounds(node)
    assert (re.search(expression(node, "bounded"), text) is not None) == matches


def test_a_figure_of_speech_does_not_reach_over_a_comma() -> None:
    node = read_pattern("dying of laughter")
    assert " of " in expression(node, "bounded", across=False)
    assert "[ ,.]of[ ,.]" in expression(node, "bounded")


def test_the_shipped_lexicon_loads_quickly_and_compiles_nothing() -> None:
    sources = lexicon_sources(FOLDER)
    start = time.process_time()
    lexicon = parse_lexicon(sources)
    # Measured 1 s on a slow, shared machine; a generous bound, so that it fails for a cause.
    assert time.process_time() - start < 5
    assert not any("regex" in vars(unit) for unit in lexicon.index.all())


def test_every_shipped_pattern_compiles() -> None:
    lexicon = shipped()
    units = [*lexicon.index.all(), *(u for units in lexicon.around.values() for u in units)]
    assert len(units) > 3_000
    assert all(unit.regex.pattern for unit in units)


def test_every_file_says_who_has_not_reviewed_it() -> None:
    for name, source in lexicon_sources(FOLDER).items():
        assert "no native and no clinical review" in source[:2000].lower().replace(
            "without native and without clinical review", "no native and no clinical review"
        ), name
