"""Misspelled keywords: which known word a word of the text was probably meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: From this length on two slips are allowed; "suicidal" typed in haste has two.
_TWO_SLIPS_FROM = 8
#: Shorter keywords differ from too many ordinary words by one letter.
_SHORTEST = 4
#: Words remembered; the mail of a desk has far fewer different ones in a day.
_REMEMBERED = 50_000


class Speller:
    """Repairs one word at a time, by optimal string alignment distance (swaps count as one)."""

    def __init__(
        self,
        keywords: Mapping[str, Sequence[str]],
        common: Mapping[str, Sequence[str]],
        vocabulary: frozenset[str],
    ) -> None:
        #: Words that are right as they are: patterns use them, or they only look alike.
        self._right = vocabulary.union(*keywords.values(), *common.values())
        self._by_start: dict[str, list[str]] = {}
        for word in sorted({word for words in keywords.values() for word in words}):
            if len(word) >= _SHORTEST:
                self._by_start.setdefault(word[0], []).append(word)
        self._remembered: dict[str, str] = {}

    def repaired(self, word: str) -> str:
        """The keyword ``word`` was meant to be; empty when it is right, unknown or too short.

        The first letter must be right: slips there are rare, and it makes looking quick.
        """
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = self._repair(word)
        return known

    def _repair(self, word: str) -> str:
        if len(word) < _SHORTEST or word in self._right:
            return ""
        best = process.extractOne(
            word, self._by_start.get(word[0], ()), scorer=OSA.distance, score_cutoff=2
        )
        if best is None:
            return ""
        keyword, slips = str(best[0]), int(best[1])
        allowed = 2 if len(keyword) >= _TWO_SLIPS_FROM else 1
        return keyword if 0 < slips <= allowed else ""
