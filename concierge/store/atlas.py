"""What the rules know of countries and languages, from its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from concierge.desk.bearings import Atlas
from concierge.errors import FaultyInput
from concierge.rules.country_signs import parse_signs
from concierge.rules.places import parse_places
from concierge.rules.role_cues import parse_role_cues
from concierge.rules.whereabouts_weights import parse_country_weights
from concierge.store.rulebook_files import COUNTRIES, COUNTRY_SIGNS, COUNTRY_WEIGHTS, PLACE_CUES
from concierge.store.text_files import read_text

T = TypeVar("T")


def read_atlas(rules: Path) -> Atlas:
    """The atlas from the rules folder.

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

    places = part(parse_places, COUNTRIES)
    cues = part(parse_role_cues, PLACE_CUES)
    signs = part(parse_signs, COUNTRY_SIGNS)
    weights = part(parse_country_weights, COUNTRY_WEIGHTS)
    if places is None or cues is None or signs is None or weights is None:
        raise FaultyInput("What is known of countries and languages has faults.", tuple(faults))
    return Atlas(places, cues, signs, weights)
