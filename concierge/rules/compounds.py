"""Long words put together of two that are known, as German, Dutch and Scandinavians write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

Gains = tuple[tuple[str, float], ...]

#: Languages that write two nouns as one word as a matter of course.
_COMPOUNDING: Final = frozenset("de nl sv da nb fi is hu".split())  # noqa: SIM905 - a list of codes
#: Shorter parts are found in words that are no compounds.
_SHORTEST_PART: Final = 4
#: Longer runs of letters are no word.
_LONGEST: Final = 40
#: Letters that join the parts: Rechnung-s-datum, bestilling-s-kode, Woche-n-ende.
_LINKS: Final = ("", "s", "e", "n", "en", "es", "er")
#: A compound is rarer than its parts: ten times (natural logarithm).
_RARER: Final = 2.3


def compound_gains(word: str, gains_of: Callable[[str], Gains]) -> Gains:
    """What a word on no list says for languages that could have put it together; often nothing.

    ``gains_of`` gives natural-log gains of a known word. A compound says as much as the rarer of
    its two parts, and a little less. About a third of a millisecond, so for short texts only.
    """
    if not 2 * _SHORTEST_PART <= len(word) <= _LONGEST:
        return ()
    found: dict[str, float] = {}
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        tail = {code: gain for code, gain in gains_of(word[cut:]) if code in _COMPOUNDING}
        if not tail:
            continue
        for head in _heads(word[:cut]):
            for code, gain in gains_of(head):
                if code in tail:
                    both = min(gain, tail[code]) - _RARER
                    found[code] = max(both, found.get(code, 0.0))
    return tuple((code, gain) for code, gain in found.items() if gain > 0)


def _heads(part: str) -> Iterator[str]:
    for link in _LINKS:
        if part.endswith(link) and len(part) - len(link) >= _SHORTEST_PART:
            yield part[: len(part) - len(link)]
