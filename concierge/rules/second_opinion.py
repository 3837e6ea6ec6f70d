"""A second opinion learned from a charity's own letters: it may raise urgency, never lower it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from concierge.domain.findings import Evidence, Finding, Urgency
from concierge.errors import FaultyInput
from concierge.rules.folding import fold_word

#: Characters read; who writes more has said it by then.
READ = 8_000
#: Lengths of the pieces words are cut into, with their edges: longer ones are whole words.
_SIZES = range(2, 6)
#: Longer runs of letters are encoded data.
_LONGEST_WORD = 40
#: Words shown as the reason; the strongest explain it.
_SHOWN = 3
_WORD = re.compile(r"[^\W\d_]+")
_RAISED = frozenset({Urgency.CONCERN, Urgency.ROUTINE})


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A linear model over pieces of words.

    ``weights`` and ``intercept`` give natural-log odds that a letter is urgent; from ``threshold``
    on it speaks up. ``letters`` is how many it was trained on.
    """

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    letters: int


def pieces(text: str) -> Iterator[str]:
    """The pieces of a text's words, each word with a space at either edge."""
    for word in _WORD.findall(text[:READ]):
        yield from _pieces(fold_word(word[:_LONGEST_WORD]))


def _pieces(word: str) -> Iterator[str]:
    fenced = f" {word} "
    for size in _SIZES:
        for at in range(len(fenced) - size + 1):
            yield fenced[at : at + size]


def log_odds(opinion: SecondOpinion, text: str) -> float:
    """How likely the letter is urgent, in natural-log odds; each known piece counts once."""
    known = {piece for piece in pieces(text) if piece in opinion.weights}
    if not known:
        return opinion.intercept
    weight = sum(opinion.weights[piece] for piece in known)
    return opinion.intercept + weight / math.sqrt(len(known))


def raised(found: Finding[Urgency], opinion: SecondOpinion | None, text: str) -> Finding[Urgency]:
    """Urgency raised to ``high`` where the second opinion speaks up; otherwise as it was."""
    if opinion is None or found.value not in _RAISED:
        return found
    odds = log_odds(opinion, text)
    if odds < opinion.threshold:
        return found
    note = f"a second opinion learned from {opinion.letters} letters raised it"
    words = ", ".join(_telling(opinion, text))
    reason = Evidence("urgency.second_opinion", words, "body", round(odds, 2), note)
    return replace(found, value=Urgency.HIGH, evidence=(reason, *found.evidence), candidates=())


def _telling(opinion: SecondOpinion, text: str) -> list[str]:
    """The words that spoke for it most."""
    words = dict.fromkeys(_WORD.findall(text[:READ]))
    weights = {
        word: sum(opinion.weights.get(one, 0.0) for one in set(pieces(word))) for word in words
    }
    return sorted(weights, key=lambda word: -weights[word])[:_SHOWN]


def parse_second_opinion(text: str) -> SecondOpinion:
    """Read the model as its trainer writes it; :class:`FaultyInput` says what is wrong."""
    try:
        tree = json.loads(text)
        weights = {str(piece): float(weight) for piece, weight in tree["weights"].items()}
        numbers = float(tree["intercept"]), float(tree["threshold"]), int(tree["letters"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        fault = f"second_opinion.json:1:1: not what the trainer writes ({error}); train it again"
        raise FaultyInput("The second opinion cannot be used.", (fault,)) from error
    if not all(map(math.isfinite, (*weights.values(), *numbers))):
        fault = "second_opinion.json:1:1: holds a number that is none; train it again"
        raise FaultyInput("The second opinion cannot be used.", (fault,))
    return SecondOpinion(weights, *numbers)
