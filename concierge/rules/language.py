"""Which language a person wrote in, and an honest "undetermined" when the text is too thin.

The order of witnesses: whole short phrases, the script, then detectors pooled with frequent words,
langdetect as the second voice, and for neighbours what tells them apart.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.rules import calibration, chinese, language_text, scripts
from concierge.rules.language_hints import LanguageHints
from concierge.rules.language_model import MINIMAL, Bars, LanguageModel
from concierge.rules.language_names import language_name
from concierge.rules.language_priors import plain_code
from concierge.rules.language_reading import Reading, group_of, read

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
#: A subject line or a phrase.
_SHORT: Final = 30
#: Below this share of frequent words a text is strange: names, mash, romanised text.
_STRANGE: Final = 0.25
#: A neighbour with less chance than this is no rival.
_FAR: Final = 0.05
#: Twenty to one (natural log): words that say less for another language say nothing.
_LITTLE_MORE: Final = math.log(20)
_CHINESE: Final = "zh"
_NO_HINTS: Final = LanguageHints()


def language_of(
    text: str,
    *,
    subject: str = "",
    hints: LanguageHints = _NO_HINTS,
    model: LanguageModel = MINIMAL,
) -> Finding[str]:
    """The language of a person's own words: ISO 639-1, Norwegian ``nb``; "" if undetermined.

    Chinese is ``zh-Hans`` or ``zh-Hant``. ``text`` holds no quotes or signature any more. Evidence
    ``language.also`` names another language the person wrote whole sentences in. Never raises;
    under a millisecond or so once warm.
    """
    clean, where = language_text.prepared(text, subject, model.phrases)
    if phrase := _phrase(clean, hints, model):
        shown = " ".join(clean.split())
        value = phrase if phrase != _CHINESE else _chinese(clean, hints)[0]
        how = f"a phrase in {language_name(phrase)}"
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
    reading = read(clean, script, hints, model)
    return _with_others(_judged(reading, where, model), clean, where, model)


def _phrase(clean: str, hints: LanguageHints, model: LanguageModel) -> str:
    """The language of a whole phrase we know; of several languages', the thread's."""
    thread = plain_code(hints.thread)
    if thread and thread in model.phrases.candidates_of(clean):
        return thread
    return model.phrases.language_of(clean)


def _judged(reading: Reading, where: str, model: LanguageModel) -> Finding[str]:
    best, sure = reading.best, reading.sure
    agreed = reading.second == best
    bar = _bar(reading, model.bars, agreed=agreed)
    group = group_of(best, dict(reading.ranked))
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
    listed = [name for name, chance in near if name in group] if together >= bar else []
    candidates = listed if len(listed) > 1 else [name for name, _ in reading.ranked[:2] if name]
    return Finding("", (doubt,), undetermined=True, candidates=tuple(candidates))


def _bar(reading: Reading, bars: Bars, *, agreed: bool) -> float:
    """The probability from which this reading is an answer."""
    if reading.odd:
        return bars.name
    bar = bars.strange if reading.known < _STRANGE else _usual(reading, bars, agreed=agreed)
    if reading.letters <= _SHORT and reading.best not in calibration.MAIN:
        return max(bar, bars.rare)
    return bar


def _usual(reading: Reading, bars: Bars, *, agreed: bool) -> float:
    whole = reading.known == 1
    if agreed:
        bar = bars.whole if whole else bars.agreed
    else:
        bar = bars.alone_whole if whole else bars.alone
    if reading.rival and reading.sure < 1 - _FAR:
        return max(bar, bars.near_whole if whole and agreed else bars.near)
    return bar


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
        value = _chinese(clean, _NO_HINTS)[0] if most == _CHINESE else most
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
    reading = read(part, script, _NO_HINTS, model)
    if (
        finding.value in group_of(reading.best)
        or reading.sure < _SENTENCE_SURE
        or reading.known < _STRANGE
    ):
        return ""
    return reading.best


def _looks_other(words: list[str], value: str, model: LanguageModel) -> bool:
    """Whether a sentence's frequent words are another language's; cheap, asked of each."""
    total: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for name, gain in model.gains_of(word):
            total[name] += gain
    # Near languages share half their words, so a little more says nothing.
    return max(total.values(), default=0.0) > 1.5 * total[value] + _LITTLE_MORE
