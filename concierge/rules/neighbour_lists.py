"""What a list of telling words looks like, and how strongly a word can tell."""

from __future__ import annotations

from typing import Final

#: (languages with blanks between, gain as a natural logarithm, words with blanks between).
Lists = tuple[tuple[str, float, str], ...]

#: Twenty to one: hardly ever written by the neighbours.
STRONG: Final = 3.0
#: Nine to one: Bosnians may write nearly every Croatian word, and Malay and Indonesian lend.
LIKELY: Final = 2.2
#: Five to one: neighbours write it now and then.
CLEAR: Final = 1.6
#: Two to one.
WEAK: Final = 0.7
