"""The families of neighbour languages, each with its lists of telling words."""

from __future__ import annotations

from typing import Final

from concierge.rules.neighbour_lists import Lists
from concierge.rules.neighbour_words_latin import IBERIAN, NETHERLANDIC, SCANDINAVIAN
from concierge.rules.neighbour_words_malay import MALAY
from concierge.rules.neighbour_words_scripts import ARABIC, CYRILLIC, DEVANAGARI
from concierge.rules.neighbour_words_slavic import CZECHOSLOVAK, SOUTH_SLAVIC

FAMILIES: Final[dict[str, Lists]] = {
    "south_slavic": SOUTH_SLAVIC,
    "malay": MALAY,
    "scandinavian": SCANDINAVIAN,
    "iberian": IBERIAN,
    "czechoslovak": CZECHOSLOVAK,
    "netherlandic": NETHERLANDIC,
    "cyrillic": CYRILLIC,
    "arabic": ARABIC,
    "devanagari": DEVANAGARI,
}
