"""langdetect's own profiles, read whole instead of by random samples.

langdetect draws n-grams at random, so its answer depends on a seed and its probability says
nothing (0.99999 while wrong). Summing every n-gram of the text is repeatable and faster, and
tempered by the text's length it gives a confidence that means something.
"""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from typing import Any, Final

#: langdetect's smoothing (ALPHA_DEFAULT / BASE_FREQ): the chance of an n-gram a profile lacks.
_FLOOR: Final = 0.5 / 10_000
#: langdetect calls Norwegian "no"; its profile is Bokmål.
_RENAMED: Final = {"no": "nb"}
_LATIN: Final = (
    "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr vi"
)
#: The profiles used. Languages with a script of their own are told by script and need none.
PROFILED: Final = frozenset(
    [*_LATIN.split(), "ru", "uk", "bg", "mk", "ar", "fa", "ur", "hi", "mr", "ne"]
)

#: The names of :data:`PROFILED` as we use them; the table counts by their place in here.
NAMES: Final = tuple(sorted(_RENAMED.get(name, name) for name in PROFILED))

#: One number for each of :data:`NAMES`, in their order.
Gains = tuple[float, ...]


class _Normal(dict[int, str]):
    """langdetect's own character folding, remembered per code point for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        from langdetect.utils.ngram import NGram

        untyped: Any = NGram  # langdetect carries no types
        normal: str = untyped.normalize(chr(code))
        if len(self) < 20_000:  # a bound, should somebody send every code point there is
            self[code] = normal
        return normal


_normal = _Normal()


@lru_cache(maxsize=1)
def gains() -> dict[str, Gains]:
    """For each n-gram, by how much (natural log) it speaks for each language; 0 where unknown.

    Built from the profiles on first use (about 0.4 s, 40 MB) and kept.
    """
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    DetectorFactory.seed = 0  # for whoever uses langdetect's own sampling beside this table
    untyped: Any = DetectorFactory  # langdetect carries no types
    factory = untyped()
    factory.load_profile(PROFILES_DIRECTORY)
    ours = {_RENAMED.get(name, name): i for i, name in enumerate(factory.langlist)}
    kept = [ours[name] for name in NAMES]
    table: dict[str, Gains] = {}
    for gram, chances in factory.word_lang_prob_map.items():
        # One shared zero, since most languages do not know most n-grams.
        row = tuple([math.log1p(chances[i] / _FLOOR) if chances[i] else 0.0 for i in kept])
        if any(row):
            table[gram] = row
    return table


@lru_cache(maxsize=8192)
def _word_scores(word: str) -> array[float]:
    """What one word adds for each of :data:`NAMES`; nothing when no profile knows its n-grams.

    n-grams never run over a blank, so a text's score is the sum of its words'; and most words of
    a mail are the same few thousand. Kept as packed numbers: 3 MB at most.
    """
    known = filter(None, map(gains().get, _grams(word)))
    # Turned on its side, so that the engine adds up each language's column by itself.
    return array("d", map(sum, zip(*known, strict=True)))


def _grams(word: str) -> list[str]:
    """The 1- to 3-grams of a word as langdetect cuts them: a blank stands at both ends."""
    # langdetect skips words in capitals; people in need write them, so they are lowered.
    plain = word.capitalize() if len(word) > 1 and word.isupper() else word
    padded = f" {plain} "
    last = len(padded)
    return [
        *plain,
        *(padded[i : i + 2] for i in range(last - 1)),
        *(padded[i : i + 3] for i in range(last - 2)),
    ]


def log_scores(text: str) -> dict[str, float]:
    """How well each language's profile explains ``text``, as log likelihood over the floor.

    Differences between languages are what counts; a language that knows nothing of the text is
    missing. Cost grows with the length: cut the text first.
    """
    rows = filter(None, map(_word_scores, text.translate(_normal).split()))
    return {
        name: total
        for name, column in zip(NAMES, zip(*rows, strict=True), strict=False)
        if (total := sum(column))
    }
