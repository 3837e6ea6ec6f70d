"""What the pool of witnesses makes of a text in a script that several languages share."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concierge.rules import calibration, detectors, language_text, neighbours, scripts
from concierge.rules.calibration import Features, Ranked
from concierge.rules.language_hints import LanguageHints
from concierge.rules.language_model import GroupWeights, LanguageModel
from concierge.rules.language_priors import gains_of_hints

#: Characters the detectors see: from 200 letters on accuracy stays the same.
_DETECTED: Final = 240
#: Languages detectors confuse, decided inside the group.
GROUPS: Final = tuple(
    frozenset(group.split())
    for group in ("hr sr bs", "id ms", "da nb", "es gl pt", "cs sk", "ar fa ur", "bg mk ru sr uk")
)
_NOTHING: Final[tuple[str, ...]] = ()
#: So many words without a frequent one among them are no language's.
_IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of a shared script as the pool judges it."""

    ranked: Ranked
    letters: int
    second: str
    #: Share of frequent words of the best language; and what told neighbours apart.
    known: float
    telling: tuple[str, ...]
    #: Looks like a name, or like words without vowels, or knows no frequent word at all.
    odd: bool = False

    @property
    def best(self) -> str:
        """The likeliest language; "" when no witness knows any."""
        return self.ranked[0][0]

    @property
    def rival(self) -> bool:
        """Whether the next language is a neighbour of the best."""
        pair = {name for name, _ in self.ranked[:2]}
        return len(pair) > 1 and any(pair <= group for group in GROUPS)

    @property
    def sure(self) -> float:
        """How likely it is, 0 to 1."""
        return self.ranked[0][1]


def features_of(text: str, *, subject: str, model: LanguageModel) -> dict[str, Features]:
    """What the witnesses say of each language, for fitting; empty where the script decides."""
    clean, _ = language_text.prepared(text, subject, model.phrases)
    script = scripts.main_script(scripts.count_scripts(clean))
    if not script or script in scripts.SCRIPT_LANGUAGE:
        return {}
    return _features(clean, script, model)


def inside_features_of(
    text: str, *, subject: str, group: frozenset[str], model: LanguageModel
) -> dict[str, Features]:
    """What tells the languages of ``group`` apart in a text, for fitting; empty if others win."""
    found = features_of(text, subject=subject, model=model)
    scores = calibration.log_scores(found, model.weights[calibration.pool_name()])
    if max(scores, key=lambda name: scores[name], default="") not in group:
        return {}
    clean, _ = language_text.prepared(text, subject, model.phrases)
    words = language_text.words_of(" ".join(clean[:_DETECTED].split()))
    return _inside(group, scores, clean, words, model)[0]


def _features(clean: str, script: str, model: LanguageModel) -> dict[str, Features]:
    seen = " ".join(clean[:_DETECTED].split())
    letters = scripts.count_scripts(seen)[script]
    words = language_text.words_of(seen)
    found = calibration.features(_lowered(seen), script, letters, words, model)
    allowed = scripts.languages_by_letters(clean, script)
    return {name: values for name, values in found.items() if name in allowed} or found


def _lowered(text: str) -> str:
    # Detectors take text in capitals for another language, and people in need write it.
    capitals = sum(map(str.isupper, text))
    return text.lower() if 2 * capitals > sum(map(str.isalpha, text)) else text


def read(clean: str, script: str, hints: LanguageHints, model: LanguageModel) -> Reading:
    """A prepared text judged by all witnesses; neighbours are told apart inside their group."""
    found = _features(clean, script, model)
    scores = calibration.log_scores(found, model.weights[calibration.pool_name()])
    seen = " ".join(clean[:_DETECTED].split())
    letters = scripts.count_scripts(seen)[script]
    if not scores:
        return Reading((("", 0.0),), letters, "", 0.0, ())
    words = language_text.words_of(seen)
    best = max(scores, key=lambda name: scores[name])
    group, telling = group_of(best, scores), _NOTHING
    if len(group) > 1:
        inside, telling = _inside(group, scores, clean, words, model)
        weights = model.groups.get(" ".join(sorted(group)), GroupWeights())
        scores = calibration.regrouped(scores, calibration.log_scores(inside, weights))
    for name, gain in _by_hints(group, hints):
        if name in scores:
            scores[name] += gain
    ranked = calibration.ranked(scores)
    known = calibration.known_share(words, ranked[0][0], model)
    second = detectors.second_voice(_lowered(seen), script)
    # Of three words in a row one is frequent, unless a hand was dropped on the keys.
    odd = language_text.is_odd(seen) or (known == 0 and len(words) >= _IN_A_ROW)
    return Reading(ranked, letters, second, known, telling, odd)


def group_of(language: str, among: Container[str] | None = None) -> frozenset[str]:
    """The neighbours of a language and itself; only itself when it has none.

    With ``among`` only those in there: Serbian in Cyrillic has others than in Latin letters.
    """
    for group in GROUPS:
        present = group if among is None else frozenset(n for n in group if n in among)
        if language in present and len(present) > 1:
            return group
    return frozenset({language})


def _inside(
    group: frozenset[str],
    scores: Mapping[str, float],
    clean: str,
    words: Sequence[str],
    model: LanguageModel,
) -> tuple[dict[str, Features], tuple[str, ...]]:
    told = neighbours.leaning(group & scores.keys(), clean, {})
    return calibration.inside_features(group, scores, words, told.gains, model), told.words


def _by_hints(group: frozenset[str], hints: LanguageHints) -> Iterator[tuple[str, float]]:
    yield from gains_of_hints(hints).items()
    if len(group) > 1 and hints.countries:
        # Between neighbours the country counts once more: where one is, the other is rare.
        yield from neighbours.leaning(group, "", hints.countries).gains.items()
