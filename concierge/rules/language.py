"""Which language a person wrote in, and an honest "undetermined" when the text is too thin.

The order of witnesses: the script, then letters only some languages have, then whole short
phrases, then langdetect's profiles read whole together with frequent little words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.rules import scripts
from concierge.rules.common_words import common_words, short_phrases
from concierge.rules.language_names import language_name
from concierge.rules.profiles import log_scores

#: Characters read at all (a megabyte of text says no more), and characters the profiles see:
#: from 200 letters on accuracy stays the same, while the cost grows with every letter.
_READ: Final = 2_000
_PROFILED: Final = 240
#: A body with fewer letters borrows the subject; a subject alone is a poor witness.
_THIN_BODY: Final = 40
#: Fewer letters of a shared script are no text: initials, "OK", a band's name.
_MIN_LETTERS: Final = 4
#: Letters of a script with one language; a single one is as often a symbol.
_MIN_SCRIPT_LETTERS: Final = 2
#: The confidence from which we answer, fitted on a development set for 99.5 % right on mails.
_ANSWER_FROM: Final = 0.7
#: Log scores are multiplied by this over the root of the letters, which turns a sum of dependent
#: n-grams into a probability that holds (fitted on the same set).
_TEMPER: Final = 0.7
#: One frequent little word speaks this much (log), eight at most are counted.
_WORD_GAIN: Final = 1.2
_WORDS_COUNTED: Final = 8
#: The thread's earlier language or Content-Language triples a language's chance: worth having on
#: short text, too weak to beat clear text.
_HINT: Final = math.log(3)
#: Prior of languages by how often a world-wide address meets them: main, their neighbours, rest.
_MAIN_CODES: Final = "en es pt fr de it nl pl sv da nb fi cs hu ro tr id vi ru uk ar fa ur hi"
_MAIN: Final = frozenset(_MAIN_CODES.split())
_NEIGHBOURS: Final = frozenset({"ca", "sk", "hr", "bg"})
_NEIGHBOUR_PRIOR: Final = -0.5
_RARE_PRIOR: Final = -1.6
#: A rare language is answered from this many letters on: "hahaha" looks Somali, and Arabic or
#: Persian in Latin letters looks Welsh.
_RARE_FROM: Final = 25
#: Languages langdetect has no profile for borrow their twin's, so much less likely; only their own
#: little words and letters can lift them over it.
_TWINS: Final = {"ms": ("id", -1.5), "gl": ("pt", -1.5), "sr": ("hr", -1.0)}
#: Serbian in Cyrillic borrows Macedonian's profile and has more writers.
_CYRILLIC_TWIN: Final = ("mk", 0.5)

_NO_DIGITS: Final = str.maketrans("0123456789", " " * 10)
_LINK: Final = frozenset("@/\\")
#: People of every language close with these and a name or a company's lines; what follows is no
#: witness, and neither are they.
_CLOSING: Final = re.compile(
    r"\n[ \t]*(?:(?:kind|best|warm)(?:est)? regards|regards|best(?: wishes)?|cheers|sincerely"
    r"|many thanks|thanks|thank you)[,.!]?[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
#: Letters that have to stand before a closing for it to be one.
_BEFORE_CLOSING: Final = 12
_REPLY_MARK: Final = re.compile(r"^\s*(?:\w{2,4}\s?:\s*)+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ALIAS: Final = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "fil": "tl"}
#: Characters only one way of writing Chinese has, in pairs: simplified, traditional.
_HANS: Final = frozenset(
    "们这说时对会来个为没还过开关谢请问题难给让经乐压烦听见钱学现样吗儿么头疗诊"
)
_HANT: Final = frozenset(
    "們這說時對會來個為沒還過開關謝請問題難給讓經樂壓煩聽見錢學現樣嗎兒麼頭療診"
) - {"題"}


@dataclass(frozen=True, slots=True)
class _Guess:
    """Languages by calibrated probability, best first."""

    ranked: tuple[tuple[str, float], ...]
    letters: int


def language_of(text: str, *, subject: str = "", hint: str = "") -> Finding[str]:
    """The language of a person's own words as ISO 639-1 (Norwegian ``nb``); "" if undetermined.

    ``text`` holds no quotes or signature any more. ``hint`` is the thread's earlier language or
    Content-Language. Never raises, whatever the text; costs under a millisecond once warm.
    """
    clean, where = _joined(text, subject)
    hint = _plain_code(hint)
    phrase = " ".join(_WORD.findall(clean.lower().replace("’", "'"))) if len(clean) < 60 else ""
    if phrase in short_phrases():
        return _found(
            short_phrases()[phrase], "language.short_phrase", phrase, where, "a phrase in"
        )
    counted = scripts.count_scripts(clean)
    script = scripts.main_script(counted)
    if script in scripts.SCRIPT_LANGUAGE:
        return _by_script(clean, script, counted, hint, where)
    letters = counted[script]
    if letters < _MIN_LETTERS:
        note = "too few letters to tell a language"
        weak = Evidence("language.too_short", f"{letters} letters", where, 0.0, note)
        return Finding("", (weak,), undetermined=True)
    return _by_profiles(clean[:_PROFILED], script, hint, where)


def _joined(text: str, subject: str) -> tuple[str, str]:
    clean = _letters_only(_before_closing(text[:_READ]))
    if sum(map(str.isalpha, clean[:200])) >= _THIN_BODY:
        return clean, "body"
    title = _letters_only(_REPLY_MARK.sub("", subject[:500]))
    if not title:
        return clean, "body"
    # A phrase we know whole in the body is clearer without the subject.
    if clean and " ".join(_WORD.findall(clean.lower())) in short_phrases():
        return clean, "body"
    return (f"{clean} . {title}", "body and subject") if clean else (title, "subject")


def _before_closing(text: str) -> str:
    closing = _CLOSING.search(text)
    if closing and sum(map(str.isalpha, text[: closing.start()])) >= _BEFORE_CLOSING:
        return text[: closing.start()]
    return text


def _letters_only(text: str) -> str:
    """The text without addresses, links and digits, in one line.

    Word by word instead of one pattern: a long run without blanks (Japanese, an attack) would
    make ``\\S*@\\S*`` search it again from every character.
    """
    plain = unicodedata.normalize("NFC", text[:_READ]).translate(_NO_DIGITS)
    words = plain.split()
    if _LINK.isdisjoint(plain) and "www." not in plain:
        return " ".join(words)
    return " ".join(word for word in words if not _LINK.intersection(word) and word[:4] != "www.")


def _plain_code(code: str) -> str:
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    return _ALIAS.get(short, short)


def _found(value: str, rule: str, found: str, where: str, how: str = "reads as") -> Finding[str]:
    return Finding(value, (Evidence(rule, found, where, 1.0, f"{how} {language_name(value)}"),))


def _by_script(
    clean: str, script: str, counted: Counter[str], hint: str, where: str
) -> Finding[str]:
    letters = counted[script]
    said = f"{letters} letters in {script} script"
    if letters < _MIN_SCRIPT_LETTERS:
        weak = Evidence("language.too_short", said, where, 0.0, "too few letters to tell")
        return Finding("", (weak,), True, (scripts.SCRIPT_LANGUAGE[script],))
    value = scripts.SCRIPT_LANGUAGE[script]
    if value == "zh" and hint == "ja" and letters <= 10:
        # A short Japanese subject may hold no Kana; the thread knows better.
        return _found("ja", "language.hint", f"{said}, the thread is in ja", where, "goes on in")
    finding = _found(value, "language.script", said, where)
    if value != "zh":
        return finding
    return Finding(value, finding.evidence, candidates=_way_of_chinese(clean))


def _way_of_chinese(clean: str) -> tuple[str, ...]:
    present = set(clean)
    simplified, traditional = len(present & (_HANS - _HANT)), len(present & (_HANT - _HANS))
    if simplified > 2 * traditional:
        return ("zh-Hans",)
    return ("zh-Hant",) if traditional > 2 * simplified else ()


def _by_profiles(clean: str, script: str, hint: str, where: str) -> Finding[str]:
    guess = _guess(clean, script, hint)
    if not guess.ranked:
        weak = Evidence(
            "language.unknown", f"{guess.letters} letters", where, 0.0, "no language fits"
        )
        return Finding("", (weak,), undetermined=True)
    said = ", next ".join(f"{name} {p:.2f}" for name, p in guess.ranked[:2])
    best, sure = guess.ranked[0]
    found = f"{said} on {guess.letters} letters" + (f", hint {hint}" if hint else "")
    others = tuple(name for name, _ in guess.ranked)
    rare = best not in _MAIN | _NEIGHBOURS and guess.letters < _RARE_FROM and script == "Latin"
    unsure = sure < _ANSWER_FROM or rare
    note = f"{'may be' if unsure else 'reads as'} {language_name(best)}"
    evidence = (Evidence("language.langdetect", found, where, round(sure, 3), note),)
    if unsure:
        return Finding("", evidence, undetermined=True, candidates=others[:2])
    return Finding(best, evidence, candidates=tuple(n for n, p in guess.ranked[1:3] if p > 0.05))


def _guess(clean: str, script: str, hint: str) -> _Guess:
    letters = max(1, scripts.count_scripts(clean)[script])
    factor = _TEMPER / math.sqrt(letters)
    scores = {name: score * factor + _prior(name) for name, score in log_scores(clean).items()}
    _add_twins(scores, script)
    allowed = scripts.languages_by_letters(clean, script)
    scores = _restricted(scores, script, allowed)
    for name, gain in _word_gains(clean).items():
        if name in scores:
            scores[name] += gain
    if hint in scores:
        scores[hint] += _HINT
    return _Guess(_softmax(scores), letters)


def _prior(name: str) -> float:
    if name in _MAIN:
        return 0.0
    return _NEIGHBOUR_PRIOR if name in _NEIGHBOURS else _RARE_PRIOR


def _add_twins(scores: dict[str, float], script: str) -> None:
    twins = {"sr": _CYRILLIC_TWIN} if script == "Cyrillic" else _TWINS
    for name, (twin, penalty) in twins.items():
        if twin in scores:
            scores[name] = scores[twin] + penalty


def _restricted(scores: dict[str, float], script: str, allowed: frozenset[str]) -> dict[str, float]:
    """Languages of the script only, and of them those whose letters fit."""
    shared = scripts.SCRIPT_CANDIDATES.get(script)
    if shared is None:
        foreign = frozenset().union(*scripts.SCRIPT_CANDIDATES.values()) - {"sr"}
        return {name: score for name, score in scores.items() if name not in foreign}
    known = {name: scores[name] for name in allowed or shared if name in scores}
    # Letters that only languages without a profile have (Belarusian, Pashto) decide alone.
    return known or dict.fromkeys(allowed, 0.0)


def _word_gains(clean: str) -> dict[str, float]:
    known = common_words()
    words = set(_WORD.findall(clean.lower().replace("’", "'")))
    hits = Counter(chain.from_iterable(known.get(word, ()) for word in words))
    return {name: _WORD_GAIN * min(n, _WORDS_COUNTED) for name, n in hits.items()}


def _softmax(scores: dict[str, float]) -> tuple[tuple[str, float], ...]:
    if not scores:
        return ()
    top = max(scores.values())
    weights = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(weights.values())
    # The name breaks ties, so that the order never depends on a dictionary's history.
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, weight / total) for name, weight in ranked[:5])
