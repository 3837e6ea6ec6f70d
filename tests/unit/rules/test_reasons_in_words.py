"""Every reason a rule gives has words for the people who read it, not only the rule's name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from concierge.domain.findings import Urgency
from concierge.domain.message import Address, ParsedMessage
from concierge.rules.country import whereabouts_of
from concierge.rules.country_signs import parse_signs
from concierge.rules.kind import kind_of
from concierge.rules.language import language_of
from concierge.rules.language_names import language_name
from concierge.rules.phrases import parse_topics
from concierge.rules.places import parse_places
from concierge.rules.role_cues import RoleCues
from concierge.rules.routing import route_of
from concierge.rules.topic_words import speaks_of
from concierge.rules.topics import topics_of
from concierge.rules.whereabouts_weights import CountryWeights

ROOT = Path(__file__).parents[3]
RULES = ROOT / "concierge" / "rules"
#: Where the words stand among what a piece of evidence is made of.
NOTE = 4
GIVERS = (
    "kind",
    "bounce",
    "bounce_signs",
    "auto_signs",
    "bulk_signs",
    "topics",
    "routing",
    "door_weights",
    "match_offered",
    "about",
    "their_country",
    "language",
    "whereabouts_words",
    "authentication",
    "forwarded",
)


@pytest.mark.parametrize("name", GIVERS)
def test_no_rule_makes_evidence_without_words(name: str) -> None:
    tree = ast.parse((RULES / f"{name}.py").read_text(encoding="utf-8"))
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Evidence"
    ]
    assert made
    for call in made:
        named = {word.arg: word.value for word in call.keywords}
        words = named.get("note", call.args[NOTE] if len(call.args) > NOTE else None)
        assert words is not None, f"{name}.py:{call.lineno}"
        assert not (isinstance(words, ast.Constant) and not words.value), call.lineno


def test_every_topic_of_the_table_is_told_in_words() -> None:
    phrases = parse_topics((ROOT / "data" / "topics.csv").read_text(encoding="utf-8"))
    for topic in phrases.topics:
        assert speaks_of(topic).startswith("speaks of ")
        assert "_" not in speaks_of(topic)
    assert speaks_of("self_harm") == "speaks of self-harm"
    assert speaks_of("new_topic") == "speaks of new topic"


def test_a_language_is_told_by_its_name_and_an_unknown_one_by_its_code() -> None:
    assert (language_name("de"), language_name("nb")) == ("German", "Norwegian Bokmål")
    assert language_name("qqq") == "qqq"


GERMAN = "Ich kann seit Wochen nicht schlafen und will nicht mehr leben, bitte helft mir."


def test_what_is_said_of_a_message_reads_as_words() -> None:
    phrases = parse_topics((ROOT / "data" / "topics.csv").read_text(encoding="utf-8"))
    found = topics_of(phrases, GERMAN)
    assert found[0].evidence[0].note == "speaks of suicide"
    assert found[0].evidence[0].rule == "topics.de.suicide"
    assert language_of(GERMAN).evidence[0].note.startswith("reads as German (")
    route = route_of(Urgency.ROUTINE, found, GERMAN, phrases=phrases)
    assert route.evidence[0].note.startswith("speaks of suicide (“")


def test_signs_of_a_machine_and_of_a_country_read_as_words() -> None:
    places = parse_places((ROOT / "data" / "countries.csv").read_text(encoding="utf-8"))
    message = ParsedMessage(
        sender=Address("news@shop.example.de"),
        headers=(("List-Unsubscribe", "<mailto:off@shop.example.de>"),),
    )
    kind = kind_of(message, "", own_addresses=frozenset())
    assert "offers to unsubscribe, as newsletters do" in [e.note for e in kind.evidence]
    where = whereabouts_of(
        message,
        "",
        language="",
        places=places,
        cues=RoleCues({}),
        weights=CountryWeights(),
        signs=parse_signs((ROOT / "data" / "country_signs.csv").read_text(encoding="utf-8")),
    )
    assert where.present.evidence[0].note == "DE: address ends in .de"
