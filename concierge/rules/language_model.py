"""What was learned of languages: the pool's weights, the bars, the frequent words, the phrases."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules import common_words
from concierge.rules.short_phrases import ShortPhrases, fold_phrase, without_accents

#: Zipf frequency from which a word of a list counts: one in three million words.
_FLOOR_ZIPF: Final = 25
_LN10: Final = 2.302585
#: wordfreq keeps one list for Bosnian, Croatian and Serbian.
_LISTED_AS: Final = {"sh": ("hr", "sr", "bs")}
#: What one frequent little word of the hand-made lists says (natural log), by a short list.
_LITTLE_WORD: Final = 6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each witness of the pool counts; see :mod:`concierge.rules.calibration`."""

    detector: float
    words: float = 0.0
    words_unlisted: float = 0.0
    eldc: float = 0.0
    eldc_unlisted: float = 0.0
    neighbour: float = 0.0
    rare: float = 0.0


@dataclass(frozen=True, slots=True)
class Bars:
    """The probabilities from which a language is answered."""

    #: When langdetect says the same, and when it does not.
    agreed: float = 0.6
    alone: float = 0.8
    #: When hardly any word is a frequent one of the language: names, mash, romanised text.
    strange: float = 0.96
    #: When a neighbour such as Danish for Norwegian comes next.
    near: float = 0.72


#: Without frequent words and a fitted file.
_BARE: Final = {
    "py3langid": Weights(1.542, neighbour=-0.2, rare=-2.7),
    "py3langid_eldc": Weights(1.324, eldc=0.616, eldc_unlisted=0.51, neighbour=-0.13, rare=-2.46),
    "langdetect": Weights(0.7, words=0.6, words_unlisted=0.4, neighbour=-0.5, rare=-1.6),
    "langdetect_eldc": Weights(
        0.5, words=0.5, words_unlisted=0.4, eldc=0.6, eldc_unlisted=0.5, neighbour=-0.5, rare=-1.6
    ),
}

Gains = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Everything :func:`concierge.rules.language.language_of` knows beside the libraries."""

    phrases: ShortPhrases
    #: What a word in lower case says for languages (natural log), empty for an unknown word.
    gains_of: Callable[[str], Gains]
    #: Languages that have a list of words.
    listed: frozenset[str]
    #: Whether the lists are long enough that a word on none of them is strange.
    full_lists: bool = False
    #: By ``py3langid``, ``langdetect``, and each with ``_eldc``.
    weights: Mapping[str, Weights] = field(default_factory=lambda: _BARE)
    bars: Bars = Bars()
    #: Date and set of the fit, for reports.
    fitted: str = ""


def parse_language_model(
    toml_text: str, *, phrases: ShortPhrases, words: Callable[[], str]
) -> LanguageModel:
    """The model from ``language.toml``, the short phrases and the table of words.

    ``words`` gives the text of ``words.txt.xz``, unpacked; it is called when the first word is
    looked up (0.2 s, about 40 MB) and never again. Raises ``FaultyInput`` naming every fault.
    """
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput("language.toml cannot be read.", (f"language.toml: {error}",)) from error
    faults: list[str] = []
    weights = {
        name: Weights(**numbers)
        for name in _BARE
        if (numbers := _numbers(data.get("pool", {}).get(name), f"pool.{name}", Weights, faults))
    }
    bars = _numbers(data.get("bars"), "bars", Bars, faults)
    if faults:
        raise FaultyInput("language.toml has faults.", tuple(faults))
    said = data.get("fit", {})
    return LanguageModel(
        phrases=phrases,
        gains_of=_lookup(words),
        listed=_LISTED,
        full_lists=True,
        weights=_BARE | weights,
        bars=Bars(**bars),
        fitted=f"{said.get('date', '')} on {said.get('set', '')}",
    )


def _numbers(
    table: object, name: str, into: type[Weights | Bars], faults: list[str]
) -> dict[str, float]:
    known = {item.name for item in fields(into)}
    if not isinstance(table, dict):
        faults.append(f"language.toml: [{name}] is missing; run the fit again")
        return {}
    for key, value in table.items():
        if key not in known:
            faults.append(
                f"language.toml: [{name}] has no {key}; known: {', '.join(sorted(known))}"
            )
        elif isinstance(value, bool) or not isinstance(value, int | float):
            faults.append(f"language.toml: [{name}] {key} must be a number")
    return {key: float(value) for key, value in table.items() if isinstance(value, int | float)}


_LISTED_CODES: Final = (
    "bg ca cs da de en es fi fr hu id is it lt lv mk ms nb nl pl pt ro ru sk sl sv tr uk vi "
    "ar fa ur hi tl hr sr bs"
)
#: The languages of the word lists; see the script that writes them.
_LISTED: Final = frozenset(_LISTED_CODES.split())


def _lookup(words: Callable[[], str]) -> Callable[[str], Gains]:
    @lru_cache(maxsize=1)
    def table() -> dict[str, str]:
        # The numbers stay text until a word is met: most never are.
        rows = (line.partition(" ") for line in words().splitlines())
        return {word: numbers for word, _, numbers in rows}

    @lru_cache(maxsize=8192)
    def gains_of(word: str) -> Gains:
        found: dict[str, float] = {}
        for entry in table().get(word, "").split():
            code = entry.rstrip("0123456789")
            gain = max(0.0, (int(entry[len(code) :]) - _FLOOR_ZIPF) / 10 * _LN10)
            found |= dict.fromkeys(_LISTED_AS.get(code, (code,)), gain)
        return tuple(found.items())

    return gains_of


def _little_words(word: str) -> Gains:
    return tuple((code, _LITTLE_WORD) for code in common_words.common_words().get(word, ()))


#: The model without files: hand-made lists of little words and phrases, numbers from here.
MINIMAL: Final = LanguageModel(
    phrases=ShortPhrases(
        exact={fold_phrase(p): (code,) for p, code in common_words.short_phrases().items()},
        plain={
            without_accents(fold_phrase(p)): (code,)
            for p, code in common_words.short_phrases().items()
        },
        squeezed={},
    ),
    gains_of=_little_words,
    listed=frozenset(code for codes in common_words.common_words().values() for code in codes),
)
