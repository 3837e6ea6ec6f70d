"""What a reply must respect: cannot phone, must not be called, somebody reads along ..."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.errors import FaultyInput
from concierge.rules.folding import fold_word
from concierge.rules.language_names import language_name
from concierge.rules.need_ages import ages_in
from concierge.rules.phrases import PhraseHit, TopicPhrases, all_hits, parse_phrases

#: Characters read of the beginning and the end: what a reply must respect often stands last.
_READ: Final = 6_000
_READ_LAST: Final = 3_000
_READ_SUBJECT: Final = 300
_SHOWN: Final = 4
_WEIGHT: Final = 1.0
#: Words after "on tour until" that say when.
_WHEN_WORDS: Final = 5
#: How far around a wish for a language its name is sought, in characters.
_AROUND: Final = 60
#: Languages whose names are looked up beside those of the letter's own language.
_NAMED: Final = """
en es fr de pt it nl pl tr sv da nb fi ru uk cs ro hu el he ar fa hi ur bn pa ta id ms vi th
ja ko zh yue tl sw am so ti ku hy ka sq sr hr bg lt lv et ca eu gl is ga se rom
"""
#: Names people use beside those of the CLDR: spoken Arabic, spellings, sign languages (`sgn`).
_ALSO_NAMED: Final[dict[str, str]] = {
    "darija": "ar", "الدارجة": "ar", "بالدارجة": "ar", "عربي": "ar", "بالعربي": "ar",
    "انجليزي": "en", "فرنسي": "fr", "हिंदी": "hi", "राजस्थानी": "raj", "मराठी": "mr", "पंजाबी": "pa",
    "libras": "sgn", "sign language": "sgn", "bsl": "sgn", "asl": "sgn", "gebärden": "sgn",
    "langue des signes": "sgn", "lengua de señas": "sgn", "lengua de signos": "sgn",
    "lingua dei segni": "sgn", "gebarentaal": "sgn", "teckenspråk": "sgn", "migow": "sgn",
    "жестов": "sgn", "işaret dili": "sgn", "لغة الاشارة": "sgn", "手話": "sgn", "手语": "sgn",
    "수어": "sgn", "수화": "sgn", "castellano": "es", "普通话": "zh", "中文": "zh", "粤语": "yue",
    "英文": "en", "우리말": "ko", "한국말": "ko",
}  # fmt: skip
#: CLDR has no name for them all together.
_SIGN: Final = ("sgn", "a sign language")
#: Written on to the name ("the Arabic"), or as a word before it ("the tongue of ...").
_BEFORE_NAME: Final = re.compile(r"^(?:ال|tiếng )", re.IGNORECASE)
#: Shorter stems of names would be found in other words.
_NAME_FROM: Final = 4

#: Each need in words for staff, and what it asks of the reply.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "cannot_phone": ("cannot phone", "They cannot phone: offer chat, text or e-mail."),
    "do_not_call": ("asks not to be called", "They ask not to be called."),
    "do_not_mail_elsewhere": (
        "asks for mail to this address only",
        "They ask for no mail to any other address.",
    ),
    "partner_reads": (
        "somebody else may read the mailbox",
        "Somebody else may read their mail: keep the subject and the text discreet.",
    ),
    "minor": ("a minor", "They may be under 18: use services for young people."),
    "deaf": ("deaf or hard of hearing", "They are deaf or hard of hearing: no phone lines."),
    "no_hotlines": ("wants no hotlines", "They want no list of hotlines."),
    "has_therapist": ("already has a therapist", "They already have a therapist."),
    "wants_gender": ("asks for a person of a certain gender", "They ask for {}."),
    "wants_language": ("asks for a certain language", "They ask for {}."),
    "wants_identity": ("asks for somebody who shares their background", "They ask for {}."),
    "cannot_pay": ("cannot pay", "They cannot pay: name what is free."),
    "on_the_road": ("is on the road", "They are on the road{}."),
}
NEEDS: Final = tuple(_WORDS)


@dataclass(frozen=True, slots=True)
class NeedPhrases:
    """The table of needs, ready to be looked up. Made by :func:`parse_needs`; empty, it finds
    ages alone.
    """

    table: TopicPhrases = field(default_factory=TopicPhrases)


def parse_needs(csv_text: str) -> NeedPhrases:
    """Read the table of needs: columns need, lang, phrase, detail (a gender, else empty).

    :class:`~concierge.errors.FaultyInput` lists every row that cannot be used.
    """
    table = parse_phrases(csv_text, "need", "needs.csv")
    unknown = sorted(table.topics - set(NEEDS))
    if unknown:
        faults = tuple(f"needs.csv: {name} is no need; use {', '.join(NEEDS)}" for name in unknown)
        raise FaultyInput("The table needs.csv cannot be used.", faults)
    return NeedPhrases(table)


def needs_of(phrases: NeedPhrases, text: str, subject: str = "") -> tuple[Finding[str], ...]:
    """The needs and limits a letter tells, in the order of :data:`NEEDS`; empty when none.

    The evidence's note says which: the gender, the language (ISO 639-1), the identity, until when,
    the age. Never raises; the cost is linear in the length.
    """
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for where, part in (("subject", subject[:_READ_SUBJECT]), ("body", _read(text))):
        for hit in all_hits(phrases.table, part):
            item = None if hit.typo else _evidence(hit, where, part)
            if item is not None:
                found[hit.phrase.topic].setdefault(item.found, item)
        for words, age in ages_in(part):
            note = f"a minor: {age} years old" if age else "a minor: at school"
            item = Evidence("needs.age.minor", words, where, _WEIGHT, note)
            found["minor"].setdefault(words, item)
    return tuple(
        Finding(need, tuple(found[need].values())[:_SHOWN]) for need in NEEDS if need in found
    )


def need_cautions(needs: Iterable[Finding[str]]) -> tuple[str, ...]:
    """What staff must know before they approve a reply to somebody with these needs."""
    return tuple(_caution(need) for need in needs if need.value in _WORDS)


def _caution(need: Finding[str]) -> str:
    words = _WORDS[need.value][1]
    if "{}" not in words:
        return words
    notes = [e.note.partition(": ")[2] for e in need.evidence]
    which = next((note for note in notes if note), "")
    if need.value == "on_the_road":
        return words.format(f" ({which})" if which else "")
    if need.value == "wants_language" and which:
        return words.format(_SIGN[1] if which == _SIGN[0] else language_name(which))
    return words.format(which or _WORDS[need.value][0].removeprefix("asks for "))


def _read(text: str) -> str:
    if len(text) <= _READ + _READ_LAST:
        return text
    return f"{text[:_READ]}\n\n{text[-_READ_LAST:]}"


def _evidence(hit: PhraseHit, where: str, part: str) -> Evidence | None:
    need = hit.phrase.topic
    which = _which(hit, part)
    if need == "wants_language" and not which:
        return None
    note = f"{_WORDS[need][0]}: {which}" if which else _WORDS[need][0]
    return Evidence(f"needs.{hit.phrase.lang}.{need}", hit.written, where, _WEIGHT, note)


def _which(hit: PhraseHit, part: str) -> str:
    need = hit.phrase.topic
    if need == "wants_gender":
        return f"a {hit.phrase.detail}" if hit.phrase.detail else ""
    if need == "wants_identity":
        return hit.written
    if need == "wants_language":
        return _language_near(hit, part)
    return _until(hit, part) if need == "on_the_road" else ""


def _place(hit: PhraseHit, part: str) -> int:
    return max(0, part.lower().find(hit.written.split(" ")[0]))


def _until(hit: PhraseHit, part: str) -> str:
    start = part.lower().find(hit.written)
    if start < 0:
        return hit.written
    after = re.split(r"[.,;!?\n。、，]", part[start + len(hit.written) :][:80])[0]
    return " ".join((hit.written, *after.split()[:_WHEN_WORDS]))


def _language_near(hit: PhraseHit, part: str) -> str:
    start = part.lower().find(hit.written)
    at = start if start >= 0 else _place(hit, part)
    near = fold_text(part[max(0, at - _AROUND) : at + len(hit.written) + _AROUND])
    names = {**_names("en"), **_names(hit.phrase.lang)}
    best = max((name for name in names if name in near), key=len, default="")
    if best:
        return names[best]
    # "In my language" is the one the letter is written in; "somebody who speaks" asks for none.
    return "" if "&" in hit.phrase.text else hit.phrase.lang


def fold_text(text: str) -> str:
    """Words folded and joined by blanks, one before each: names are sought where one begins."""
    return "".join(f" {fold_word(word)}" for word in text.split())


@lru_cache(maxsize=64)
def _names(lang: str) -> dict[str, str]:
    """Beginnings of the names of languages, as this language calls them, to their codes."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang).languages
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    told = [(str(names.get(code, "")), code) for code in _NAMED.split()]
    for written, code in (*told, *_ALSO_NAMED.items()):
        bare = _BEFORE_NAME.sub("", written)
        whole = written in _ALSO_NAMED
        name = fold_text(bare).strip() if whole else fold_word(bare.split(" ")[0])
        if name:
            # Endings change ("po ukraińsku"); in ja, ko, zh a name has none and stands anywhere.
            running = name[0] > "\u2e80"
            cut = len(name) if whole else max(_NAME_FROM, len(name) - 2)
            stem = name if running else f" {name[:cut]}"
            found.setdefault(stem, code)
    return found
