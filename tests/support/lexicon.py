"""The shipped urgency lexicon, read once for all tests, and small ones made of a few lines."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from concierge.rules.lexicon import Lexicon, parse_lexicon
from concierge.store.lexicon_files import lexicon_sources

FOLDER = Path(__file__).parents[2] / "data" / "urgency"
CONCEPTS = """
[meaning]
ideation = "thoughts"
mention = "the word"
medical = "a medical emergency"

[slots]
want = "I want"
die = "to be dead"
neg = "not"
took = "took"
pills = "pills"

[[concept]]
id = "wants_death"
l = "high"
c = "ideation"
n = "wants to be dead"
any = ["want die"]
within = 3
"""


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    return parse_lexicon(lexicon_sources(FOLDER))


def small(source: str, *, concepts: str = CONCEPTS, name: str = "en.toml") -> Lexicon:
    return parse_lexicon({"concepts.toml": concepts, name: source})
