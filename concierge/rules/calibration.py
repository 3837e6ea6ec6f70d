"""Detectors' scores and frequent words pooled into probabilities that hold."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from functools import lru_cache
from operator import mul
from typing import Final

from concierge.rules import detectors
from concierge.rules.compounds import Gains, compound_gains
from concierge.rules.language_model import GroupWeights, LanguageModel, Weights

_MAIN_CODES: Final = "en es pt fr de it nl pl sv da nb fi cs hu ro tr id ms vi ru uk ar fa ur hi"
#: The languages a world-wide address meets most, and neighbours that are easily taken for them;
#: all others are rarer still (by how far: fitted).
MAIN: Final = frozenset(_MAIN_CODES.split())
NEIGHBOURS: Final = frozenset({"gl", "ca", "sk", "hr", "sr", "bs", "bg"})
#: langdetect has no profile for these; a twin's stands for them, by so much less (log).
_TWINS: Final = {"ms": ("id", 1.5), "gl": ("pt", 1.5), "sr": ("hr", 1.0), "bs": ("hr", 1.0)}
#: Serbian in Cyrillic borrows Macedonian's profile.
_CYRILLIC_TWINS: Final = {"sr": ("mk", 0.0)}
#: eldc's scores run from 0 to 1; times ten they weigh like the others.
_ELDC_SCALE: Final = 10.0
_ELDC_KNOWS_CODES: Final = (
    "ar az be bg bs ca cs da de en es et eu fa fi fr hi hr hu id is it ku lt lv mr ms nb nl "
    "pl pt ro ru sk sl sq sr sv tl tr uk ur vi yo"
)
_ELDC_KNOWS: Final = frozenset(_ELDC_KNOWS_CODES.split())

#: Texts of so few words are often a compound or two: a subject line.
_FEW_WORDS: Final = 3
#: A word that one neighbour has and another lacks says fifty to one at most.
_MOST_BEHIND: Final = 4.0

#: One number for each field of :class:`Weights` or of :class:`GroupWeights`, in their order.
Features = tuple[float, ...]
Ranked = tuple[tuple[str, float], ...]


def pool_name() -> str:
    """Which weights fit the libraries installed: ``py3langid``, ``langdetect_eldc`` ..."""
    first = "py3langid" if detectors.has("py3langid") else "langdetect"
    return f"{first}_eldc" if detectors.has("eldc") else first


def features(
    text: str, script: str, letters: int, words: Sequence[str], model: LanguageModel
) -> dict[str, Features]:
    """What each witness says of each language; dependent n-grams are tempered by 1/root(letters).

    Languages no witness knows are missing. Multiply by :class:`Weights` and add up for a log score.
    """
    scores = detectors.py3langid_scores(text, script) or _with_twins(
        detectors.profile_scores(text, script), script
    )
    if not scores:
        return {}
    root = math.sqrt(max(1, letters))
    top = max(scores.values())
    gains = _word_gains(words, model)
    most = max((gains[name] for name in scores), default=0.0) / root
    eldc = detectors.eldc_scores(text)
    least, best = min(eldc.values(), default=0.0), max(eldc.values(), default=0.0)

    def said_by_eldc(name: str) -> tuple[float, float]:
        if name in _ELDC_KNOWS:
            return eldc.get(name, least) * _ELDC_SCALE, 0.0
        return 0.0, best * _ELDC_SCALE

    def said_by_words(name: str) -> tuple[float, float]:
        return (gains[name] / root, 0.0) if name in model.listed else (0.0, most)

    return {
        name: (
            (score - top) / root,
            *said_by_words(name),
            *said_by_eldc(name),
            float(name in NEIGHBOURS),
            float(name not in MAIN | NEIGHBOURS),
        )
        for name, score in scores.items()
    }


def _with_twins(scores: dict[str, float], script: str) -> dict[str, float]:
    twins = _CYRILLIC_TWINS if script == "Cyrillic" else _TWINS
    borrowed = {
        name: scores[twin] - less
        for name, (twin, less) in twins.items()
        if script in {"Latin", "Cyrillic"} and twin in scores
    }
    return borrowed | scores


def _word_gains(words: Sequence[str], model: LanguageModel) -> Counter[str]:
    total: Counter[str] = Counter()
    for word in words:
        for name, gain in _gains_of(word, words, model):
            total[name] += gain  # type: ignore[assignment]  # a Counter of fractions
    return total


def _gains_of(word: str, words: Sequence[str], model: LanguageModel) -> Gains:
    found = model.gains_of(word)
    # In a longer text the other words tell, and taking words apart costs.
    if found or len(words) > _FEW_WORDS or not model.full_lists:
        return found
    return compound_gains(word, model.gains_of)


def known_share(words: Sequence[str], language: str, model: LanguageModel) -> float:
    """The share of ``words`` that are frequent ones of ``language``; 1 when it has no list."""
    if not words or not model.full_lists or language not in model.listed:
        return 1.0
    said = (_gains_of(word, words, model) for word in words)
    return sum(any(name == language for name, _ in gains) for gains in said) / len(words)


def log_scores(found: Mapping[str, Features], weights: Weights | GroupWeights) -> dict[str, float]:
    """The log score of each language, up to a constant."""
    numbers = _numbers(weights)
    return {name: sum(map(mul, values, numbers)) for name, values in found.items()}


@lru_cache(maxsize=64)
def _numbers(weights: Weights | GroupWeights) -> tuple[float, ...]:
    # A dozen sets of weights at most are in use; taking one apart costs more than all it weighs.
    return astuple(weights)


def inside_features(
    group: Iterable[str],
    scores: Mapping[str, float],
    words: Iterable[str],
    telling: Mapping[str, float],
    model: LanguageModel,
) -> dict[str, Features]:
    """What tells the languages of a group apart: a number for each field of ``GroupWeights``."""
    members = [name for name in sorted(group) if name in scores]
    behind = dict.fromkeys(members, 0.0)
    for word in sorted(set(words)):
        gains = {name: gain for name, gain in model.gains_of(word) if name in behind}
        top = max(gains.values(), default=0.0)
        for name in members:
            # A list that lacks a word may only be shorter; a language without a list says nothing.
            if top and name in model.listed:
                behind[name] -= min(_MOST_BEHIND, top - gains.get(name, 0.0))
    return {name: (scores[name], behind[name], telling.get(name, 0.0)) for name in members}


def regrouped(scores: Mapping[str, float], inside: Mapping[str, float]) -> dict[str, float]:
    """The log scores, with the group's chance as a whole shared out anew as ``inside`` says."""
    if not inside:
        return dict(scores)
    whole = _log_sum(scores[name] for name in inside)
    shared = _log_sum(inside.values())
    return {**scores, **{name: whole + score - shared for name, score in inside.items()}}


def _log_sum(scores: Iterable[float]) -> float:
    known = [*scores]
    top = max(known)
    return top + math.log(sum(math.exp(score - top) for score in known))


def ranked(scores: Mapping[str, float]) -> Ranked:
    """Languages with their probability (0 to 1, 1 in all), best first; names break ties."""
    if not scores:
        return ()
    top = max(scores.values())
    chances = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(chances.values())
    best_first = sorted(chances.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, chance / total) for name, chance in best_first)
