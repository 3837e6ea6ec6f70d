"""What was learned of languages: the pool's weights, the bars, the frequent words, the phrases."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules import common_words
from concierge.rules.short_phrases import ShortPhrases, fold_phrase, without_accents

#: Tenths of Zipf frequency a word is taken to have that is on no list: one in a hundred million.
#: The rarest of the lists stand at 30, so that a word that is known at all says something.
_FLOOR_ZIPF: Final = 10
_LN10: Final = 2.302585
#: wordfreq keeps one list for Bosnian, Croatian and Serbian.
_LISTED_AS: Final = {"sh": ("hr", "sr", "bs")}
#: Persians and Pakistanis with an Arabic keyboard type its yeh and kaf; seven times in a hundred.
_PERSIAN_LETTERS: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"})
_OTHER_KEYBOARD: Final = 2.7
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
class GroupWeights:
    """How much each witness counts between neighbours, once their group is the likeliest."""

    pool: float = 1.0
    words: float = 0.0
    #: What tells neighbours apart; see :mod:`concierge.rules.neighbours`.
    telling: float = 1.0


@dataclass(frozen=True, slots=True)
class Bars:
    """The probabilities from which a language is answered."""

    #: When langdetect says the same and every word is on the language's list: then a low
    #: probability only means that some rival has a chance too.
    whole: float = 0.4
    agreed: float = 0.75
    #: When langdetect says another, with every word on the list and without.
    alone_whole: float = 0.55
    alone: float = 0.8
    #: When hardly any word is a frequent one of the language: mash, romanised text.
    strange: float = 0.9
    #: When it looks like a name, which tells where parents came from.
    name: float = 0.98
    #: When a neighbour such as Danish for Norwegian comes next; and without the above.
    near_whole: float = 0.6
    near: float = 0.67
    #: When few letters read as a language that hardly anybody here writes, such as Galician: it
    #: is as often a common one with a rare word.
    rare: float = 0.9


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
    #: By the group's languages in their order, such as ``id ms``; others weigh as they come.
    groups: Mapping[str, GroupWeights] = field(default_factory=dict)
    #: Date and set of the fit, for reports.
    fitted: str = ""


def parse_language_model(
    toml_text: str, *, phrases: ShortPhrases, words: Callable[[], str]
) -> LanguageModel:
    """The model from ``language.toml``, the short phrases and the table of words.

    ``words`` gives the text of ``words.txt.xz``, unpacked and sorted by its bytes; it is called
    when the first word is looked up (0.2 s, 11 MB kept) and never again. Raises ``FaultyInput``
    naming every fault.
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
    groups = {
        name.replace("_", " "): GroupWeights(
            **_numbers(table, f"group.{name}", GroupWeights, faults)
        )
        for name, table in data.get("group", {}).items()
    }
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
        groups=groups,
        fitted=f"{said.get('date', '')} on {said.get('set', '')}",
    )


def _numbers(
    table: object, name: str, into: type[Weights | Bars | GroupWeights], faults: list[str]
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
    # One run of bytes, looked up by halving: a table of them would take ten times the memory.
    read = cache(lambda: words().encode("utf-8"))

    def listed(word: str) -> Gains:
        found: dict[str, float] = {}
        for entry in _line_of(read(), word.encode("utf-8", "replace")).decode("utf-8").split():
            code = entry.rstrip("0123456789")
            gain = max(0.0, (int(entry[len(code) :]) - _FLOOR_ZIPF) / 10 * _LN10)
            found |= dict.fromkeys(_LISTED_AS.get(code, (code,)), gain)
        return tuple(found.items())

    @lru_cache(maxsize=8192)
    def gains_of(word: str) -> Gains:
        found = listed(word)
        ours = word.translate(_PERSIAN_LETTERS)
        if ours == word:
            return found
        other = ((code, gain - _OTHER_KEYBOARD) for code, gain in listed(ours))
        known = {code for code, _ in found}
        return found + tuple((c, gain) for c, gain in other if gain > 0 and c not in known)

    return gains_of


def _line_of(table: bytes, word: bytes) -> bytes:
    """What stands behind ``word`` in lines sorted by their bytes; nothing when it is not there."""
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", start, high)
        end = high if end < 0 else end
        found, _, rest = table[start:end].partition(b" ")
        if found == word:
            return rest
        if found < word:
            low = end + 1
        else:
            high = start
    return b""


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
