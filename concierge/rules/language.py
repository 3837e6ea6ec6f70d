"""Which language a person wrote in, and an honest "undetermined" when the text is too thin.

The order of witnesses: whole short phrases, the script, then detectors pooled with frequent words,
langdetect as the second voice, and for neighbours what tells them apart.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.rules import calibration, chinese, detectors, language_text, neighbours, scripts
from concierge.rules.calibration import Features, Ranked
from concierge.rules.language_hints import LanguageHints
from concierge.rules.language_model import MINIMAL, LanguageModel
from concierge.rules.language_names import language_name
from concierge.rules.language_priors import gains_of_hints, plain_code

#: Characters the detectors see: from 200 letters on accuracy stays the same.
_DETECTED: Final = 240
#: Fewer letters of a shared script are no text: initials, "OK", a band's name.
_MIN_LETTERS: Final = 4
#: Letters of a script with one language; a single one is as often a symbol.
_MIN_SCRIPT_LETTERS: Final = 2
#: A sentence with fewer letters (a greeting, a name) is not judged by itself.
_SENTENCE_FROM: Final = 12
#: A sentence counts as another language's from this probability.
_SENTENCE_SURE: Final = 0.9
#: Sentences judged; more would not change what a mail is mostly written in.
_SENTENCES: Final = 12
#: Below this share of frequent words a text is strange: names, mash, romanised text.
_STRANGE: Final = 0.25
#: Languages detectors confuse, decided inside the group.
_GROUPS: Final = tuple(
    frozenset(group.split()) for group in ("hr sr bs", "id ms", "da nb", "pt gl", "cs sk")
)
#: A neighbour with less chance than this is no rival.
_FAR: Final = 0.05
_CHINESE: Final = "zh"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text of a shared script as the pool judges it."""

    ranked: Ranked
    letters: int
    second: str
    #: Share of frequent words of the best language; and what told neighbours apart.
    known: float
    telling: tuple[str, ...]
    #: Looks like a name, or like words without vowels.
    odd: bool = False

    @property
    def best(self) -> str:
        return self.ranked[0][0]

    @property
    def sure(self) -> float:
        return self.ranked[0][1]


def language_of(
    text: str,
    *,
    subject: str = "",
    hint: str = "",
    hints: LanguageHints | None = None,
    model: LanguageModel = MINIMAL,
) -> Finding[str]:
    """The language of a person's own words: ISO 639-1, Norwegian ``nb``; "" if undetermined.

    Chinese is ``zh-Hans`` or ``zh-Hant``. ``text`` holds no quotes or signature any more. Evidence
    ``language.also`` names another language the person wrote whole sentences in. ``hint`` stands
    for ``hints.header``. Never raises; under a millisecond or so once warm.
    """
    hints = hints or LanguageHints(header=hint)
    clean, where = language_text.prepared(text, subject, model.phrases)
    if phrase := model.phrases.language_of(clean):
        shown = " ".join(clean.split())
        how = f"a phrase in {language_name(phrase)}"
        value = phrase if phrase != _CHINESE else _chinese(clean, hints)[0]
        return Finding(value, (Evidence("language.short_phrase", shown, where, 1.0, how),))
    counted = scripts.count_scripts(clean)
    script = scripts.main_script(counted)
    if script in scripts.SCRIPT_LANGUAGE:
        return _with_others(_by_script(clean, script, counted, hints, where), clean, where, model)
    words = language_text.words_of(clean)
    if counted[script] < _MIN_LETTERS or language_text.is_repetition(words):
        note = "too few letters or different words to tell a language"
        weak = Evidence("language.too_short", f"{counted[script]} letters", where, 0.0, note)
        return Finding("", (weak,), undetermined=True)
    reading = _read(clean, script, hints, model)
    return _with_others(_judged(reading, where, model), clean, where, model)


def features_of(text: str, *, subject: str, model: LanguageModel) -> dict[str, Features]:
    """What the witnesses say of each language, for fitting; empty where the script decides."""
    clean, _ = language_text.prepared(text, subject, model.phrases)
    script = scripts.main_script(scripts.count_scripts(clean))
    if not script or script in scripts.SCRIPT_LANGUAGE:
        return {}
    return _features(clean, script, model)


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


def _read(clean: str, script: str, hints: LanguageHints, model: LanguageModel) -> _Reading:
    found = _features(clean, script, model)
    scores = calibration.log_scores(found, model.weights[calibration.pool_name()])
    for name, gain in gains_of_hints(hints).items():
        if name in scores:
            scores[name] += gain
    ranked = calibration.ranked(scores)
    seen = " ".join(clean[:_DETECTED].split())
    letters = scripts.count_scripts(seen)[script]
    if not ranked:
        return _Reading((("", 0.0),), letters, "", 0.0, ())
    telling: tuple[str, ...] = ()
    if group := next((group for group in _GROUPS if ranked[0][0] in group), None):
        leaning = neighbours.leaning(group & scores.keys(), clean, hints.countries)
        scores |= {name: scores[name] + gain for name, gain in leaning.gains.items()}
        ranked, telling = calibration.ranked(scores), leaning.words
    words = language_text.words_of(seen)
    known = calibration.known_share(words, ranked[0][0], model)
    second = detectors.second_voice(_lowered(seen), script)
    return _Reading(ranked, letters, second, known, telling, language_text.is_odd(seen))


def _judged(reading: _Reading, where: str, model: LanguageModel) -> Finding[str]:
    best, sure = reading.best, reading.sure
    bars = model.bars
    agreed = reading.second == best
    bar = bars.agreed if agreed else bars.alone
    if reading.known < _STRANGE or reading.odd:
        bar = bars.strange
    elif _rival(reading) and reading.sure < 1 - _FAR:
        bar = max(bar, bars.near)
    group = next((group for group in _GROUPS if best in group), frozenset({best}))
    near = [(name, chance) for name, chance in reading.ranked[:4] if chance >= 0.05]
    if best and sure >= bar:
        voices = "both detectors agree" if agreed else "the detectors differ"
        told = f"; told by {', '.join(reading.telling[:3])}" if reading.telling else ""
        note = f"reads as {language_name(best)} ({voices}), {reading.letters} letters{told}"
        said = Evidence("language.detectors", _shown(near), where, round(sure, 3), note)
        return Finding(best, (said,), candidates=tuple(name for name, _ in near[1:3]))
    names = " or ".join(f"{language_name(name)} ({chance:.2f})" for name, chance in near[:2])
    note = f"may be {names}" if names else "no language fits"
    doubt = Evidence("language.unsure", _shown(near), where, round(sure, 3), note)
    together = sum(chance for name, chance in reading.ranked if name in group)
    listed = [name for name, _ in reading.ranked if name in group] if together >= bar else []
    candidates = listed if len(listed) > 1 else [name for name, _ in reading.ranked[:2] if name]
    return Finding("", (doubt,), undetermined=True, candidates=tuple(candidates))


def _rival(reading: _Reading) -> bool:
    """Whether the next language is a neighbour of the best."""
    pair = {name for name, _ in reading.ranked[:2]}
    return len(pair) > 1 and any(pair <= group for group in _GROUPS)


def _shown(near: list[tuple[str, float]]) -> str:
    return ", next ".join(f"{name} {chance:.2f}" for name, chance in near[:2])


def _by_script(
    clean: str, script: str, counted: Counter[str], hints: LanguageHints, where: str
) -> Finding[str]:
    letters = counted[script]
    said = f"{letters} letters in {script} script"
    value = scripts.SCRIPT_LANGUAGE[script]
    if letters < _MIN_SCRIPT_LETTERS:
        weak = Evidence("language.too_short", said, where, 0.0, "too few letters to tell")
        return Finding("", (weak,), True, (value,))
    known = {plain_code(hints.thread), plain_code(hints.header)}
    if value == _CHINESE and "ja" in known and letters <= 10:
        # A short Japanese subject may hold no Kana; the thread knows better.
        note = f"goes on in {language_name('ja')}"
        return Finding("ja", (Evidence("language.hint", said, where, 1.0, note),))
    note = f"reads as {language_name(value)}"
    if value == _CHINESE:
        value, way = _chinese(clean, hints)
        note = f"{note}, {way}"
    return Finding(value, (Evidence("language.script", said, where, 1.0, note),))


def _chinese(clean: str, hints: LanguageHints) -> tuple[str, str]:
    return chinese.way_of_writing(clean, hints.countries)


def _with_others(
    finding: Finding[str], clean: str, where: str, model: LanguageModel
) -> Finding[str]:
    """The finding, weighed against sentences the person wrote in another language.

    The language of most letters is the language of the request; sentences in another are named.
    """
    letters, sentences = _by_sentence(clean, finding, model)
    if not letters:
        return finding
    value = finding.value
    most = max(letters, key=lambda name: (letters[name], name))
    rest = sum(letters.values()) - letters[most]
    # What reads as one language is turned over by three times the letters only.
    needed = 1.5 if finding.undetermined else 3.0
    if most != value and len(letters) > 1 and letters[most] > needed * rest:
        value = _chinese(clean, LanguageHints())[0] if most == _CHINESE else most
    others = [name for name in letters if name != value]
    if not value or not others:
        return finding
    notes = tuple(
        Evidence(
            "language.also",
            name,
            where,
            0.0,
            f"{sentences[name]} sentence{'s' * (sentences[name] > 1)} in {language_name(name)}",
        )
        for name in others
    )
    evidence = finding.evidence
    if finding.value != value:
        note = f"most sentences are {language_name(value)}"
        evidence = (Evidence("language.sentences", value, where, 0.8, note),)
    candidates = dict.fromkeys((*others, *(c for c in finding.candidates if c != value)))
    return Finding(value, (*evidence, *notes), candidates=tuple(candidates))


def _by_sentence(
    clean: str, finding: Finding[str], model: LanguageModel
) -> tuple[Counter[str], Counter[str]]:
    """Letters and sentences by language, where a text may hold more than one."""
    letters: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    parts = language_text.sentences_of(clean)[:_SENTENCES]
    if len(parts) < 2:
        return letters, sentences
    for part in parts:
        name = _of_sentence(part, finding, model)
        if name:
            letters[name] += sum(map(str.isalpha, part))
            sentences[name] += 1
    return letters, sentences


def _of_sentence(part: str, finding: Finding[str], model: LanguageModel) -> str:
    counted = scripts.count_scripts(part)
    script = scripts.main_script(counted)
    if script in scripts.SCRIPT_LANGUAGE:
        value = scripts.SCRIPT_LANGUAGE[script]
        return finding.value if value == _CHINESE and finding.value[:2] == "zh" else value
    if counted[script] < _SENTENCE_FROM:
        return ""
    words = language_text.words_of(part)
    if finding.value and not _looks_other(words, finding.value, model):
        return finding.value
    reading = _read(part, script, LanguageHints(), model)
    near = next((group for group in _GROUPS if reading.best in group), frozenset())
    if finding.value in near or reading.sure < _SENTENCE_SURE or reading.known < _STRANGE:
        return ""
    return reading.best


def _looks_other(words: list[str], value: str, model: LanguageModel) -> bool:
    """Whether a sentence's frequent words are another language's; cheap, asked of each."""
    total: Counter[str] = Counter()
    for word in words:
        total.update({name: round(gain * 100) for name, gain in model.gains_of(word)})
    if not total:
        return False
    best = max(total, key=lambda name: total[name])
    # Near languages share half their words, so a little more says nothing.
    return total[best] > 1.5 * total[value] + math.log(20) * 100
