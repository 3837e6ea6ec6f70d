"""Words, endings and spellings that tell a language from its neighbours.

Written by hand for this project; no frequency data was copied. A list is (the languages that write
so, the gain as a natural logarithm, the words). ``word*`` is a beginning, ``*word`` an end, ``*x*``
letters anywhere, ``a_b`` two words in a row, ``a_*ti`` a word before any that ends so; a word with
``!`` is another word without its marks, and is not looked for in texts without marks.
"""

from __future__ import annotations

from typing import Final

Lists = tuple[tuple[str, float, str], ...]

#: Twenty to one: hardly ever written by the neighbours.
_STRONG: Final = 3.0
#: Five to one: neighbours write it now and then.
_CLEAR: Final = 1.6
#: Two to one.
_WEAK: Final = 0.7

_SOUTH_SLAVIC: Final[Lists] = (
    ("sr", _STRONG, "gde mleko vreme lepo dete reč"),
    ("hr bs", _STRONG, "gdje mlijeko vrijeme lijepo dijete riječ"),
    ("hr", _STRONG, "tko kruh tjedan glazba tisuća vlak siječanj"),
    ("bs", _STRONG, "lahko kahva historija hefta"),
)
_MALAY: Final[Lists] = (
    ("id", _STRONG, "karena bisa bahwa uang kantor mobil"),
    ("ms", _STRONG, "kerana boleh bahawa wang pejabat kereta awak"),
)

FAMILIES: Final[dict[str, Lists]] = {
    "south_slavic": _SOUTH_SLAVIC,
    "malay": _MALAY,
}
