"""What the rules know of countries and languages, from its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from concierge.desk.bearings import Atlas
from concierge.errors import FaultyInput
from concierge.rules.country_signs import parse_signs
from concierge.rules.gazetteer import Gazetteer
from concierge.rules.language_model import LanguageModel, parse_language_model
from concierge.rules.places import parse_places
from concierge.rules.role_cues import parse_role_cues
from concierge.rules.short_phrases import parse_short_phrases
from concierge.rules.whereabouts_weights import parse_country_weights
from concierge.store.rule_files import read_bytes, read_text
from concierge.store.rulebook_files import (
    COUNTRIES,
    COUNTRY_SIGNS,
    COUNTRY_WEIGHTS,
    GAZETTEER,
    LANGUAGE_WEIGHTS,
    PLACE_CUES,
    SHORT_PHRASES,
    WORDS,
)

T = TypeVar("T")


def read_atlas(rules: Path) -> Atlas:
    """The atlas from the rules folder; its two large tables when a message first needs them.

    Raises:
        FaultyInput: one or more files have faults; every fault of every file is listed.
    """
    faults: list[str] = []

    def part(parse: Callable[[str], T], name: str) -> T | None:
        try:
            return parse(read_text(rules / name))
        except FaultyInput as error:
            faults.extend(error.faults)
            return None

    places = part(lambda text: parse_places(text, gazetteer=_gazetteer(rules)), COUNTRIES)
    cues = part(parse_role_cues, PLACE_CUES)
    signs = part(parse_signs, COUNTRY_SIGNS)
    weights = part(parse_country_weights, COUNTRY_WEIGHTS)
    languages = part(lambda text: _languages(text, rules), LANGUAGE_WEIGHTS)
    if places is None or cues is None or signs is None or weights is None or languages is None:
        raise FaultyInput("What is known of countries and languages has faults.", tuple(faults))
    return Atlas(places, cues, signs, weights, languages)


def read_through(atlas: Atlas) -> None:
    """Read the large tables now, so that a damaged one is told before a message needs it.

    Raises:
        FaultyInput: a table is missing or damaged.
    """
    atlas.languages.gains_of("a")
    if atlas.places.towns is not None and atlas.places.towns.town("london") is None:
        fault = f"{GAZETTEER}: knows no London, so it is cut or another file; `concierge init`"
        raise FaultyInput("The gazetteer cannot be used.", (f"{fault} writes it anew",))


def _gazetteer(rules: Path) -> Gazetteer:
    return Gazetteer(lambda: read_bytes(rules / GAZETTEER))


def _languages(weights: str, rules: Path) -> LanguageModel:
    phrases = parse_short_phrases(read_text(rules / SHORT_PHRASES))
    return parse_language_model(weights, phrases=phrases, words=lambda: _words(rules / WORDS))


def _words(path: Path) -> str:
    import lzma

    try:
        return lzma.decompress(read_bytes(path)).decode()
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        fault = f"{path}:1:1: damaged ({error}); `concierge init` writes it anew"
        raise FaultyInput("The table of words cannot be read.", (fault,)) from error
