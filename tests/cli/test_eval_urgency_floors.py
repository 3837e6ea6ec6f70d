"""What letters by other hands must give for urgency; floors a little under what was measured.

The lexicon alone is asked, without language and kind: docs/urgency.md tells the figures, and which
languages have words for the concepts.
"""

from __future__ import annotations

import json

import pytest
from support.deployment import ROOT

from concierge.desk.evaluation_labels import Heard, Judged, Letter, heard
from concierge.domain.findings import Urgency
from concierge.domain.message import ParsedMessage
from concierge.rules.urgency import UrgencyTexts, urgency_of
from tests.support.lexicon import shipped

LETTERS = ROOT / "tests" / "eval" / "letters_urgency.jsonl"
#: Percent of urgent letters found, of emergencies found as such, of calm letters that raise alarms.
FOUND, AS_SUCH, ALARMS = 79, 64, 8


@pytest.fixture(scope="module")
def whole() -> Heard:
    lexicon = shipped()
    spoken = {code for code in lexicon.languages if lexicon.concepts.words.filled.get(code)}
    verdicts = []
    for line in LETTERS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        code = "zh" if row["lang"].startswith("zh") else row["lang"]
        if code not in spoken:
            continue
        texts = UrgencyTexts(row.get("subject", ""), row["body"])
        wanted = frozenset({str(Urgency(row["urgency"]))})
        letter = Letter(row["id"], 0, code, row["kind"], ParsedMessage(), wanted)
        verdicts.append(Judged(letter, frozenset({str(urgency_of(lexicon, texts).value)})))
    return heard(verdicts)


def test_it_finds_those_in_danger(whole: Heard) -> None:
    assert whole.urgent > 400
    assert 100 * whole.found >= FOUND * whole.urgent


def test_it_knows_an_emergency_for_one(whole: Heard) -> None:
    assert 100 * whole.as_such >= AS_SUCH * whole.emergencies


def test_it_leaves_the_calm_alone(whole: Heard) -> None:
    assert 100 * whole.alarms <= ALARMS * whole.calm
