"""How old a writer says they are: "I'm 15", "tengo 16 años", "15歳です"; not "15 years ago"."""

# ruff: noqa: E501 - one expression a language a line is easier to check
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

#: Minors who write by themselves; a younger child does not, an older person is none.
_YOUNGEST: Final = 12
_OLDEST: Final = 17

_N: Final = r"(1[2-7])"
#: After an English "I'm 15" anything but the end of the thought makes it a measure or a count.
_END: Final = (
    r"(?=\s*(?:[.,;:!?)\n-]|$|y/?o\b|yrs?\b|years? old|and\b|but\b|so\b|from\b|now\b|in\b|the\b))"
)
#: An age as it is written about oneself, per language. Each has one bounded gap at most.
_SAID: Final[dict[str, str]] = {
    "en": rf"\b(?:i['’]?m|i am|im)(?: only| just| still| a)? {_N}{_END}|\b(?:i['’]?m|i am|im) (?:a |only |just )?{_N}[- ]?(?:years?|yrs?|yo|y/o|year)[- ]?(?:s)?[- ]?old"
    rf"|\bas a {_N}[- ]year[- ]old|\baged? {_N}\b|\bturn(?:ed|ing)? {_N}\b|\b(?:i['’]?m|i am|im) {_N}\s?(?:yo|y/o|f|m)\b",
    "es": rf"\b(?:tengo|cumplí|cumpli|con|recién cumplí)(?: solo| sólo| apenas)? {_N} (?:años|anos|añitos)(?!\s+(?:de|tocando|en|cantando))",
    "pt": rf"\b(?:tenho|fiz|com)(?: só| apenas)? {_N} anos(?!\s+(?:de|a|tocando))",
    "fr": rf"\bj['’]ai(?: que| seulement)? {_N} ans(?!\s+(?:de|d['’]))|\bje n['’]ai que {_N} ans",
    "de": rf"\b(?:ich bin|bin)(?: erst| gerade| noch)? {_N}\b(?!\s*(?:jahre (?:dabei|musiker|im)|tage|wochen|stunden|minuten|kilometer|km|konzert|mal|kilo))|\b{_N}[- ]jährig|\b{_N} jahre alt",
    "it": rf"\bho(?: solo| appena)? {_N} anni(?!\s+(?:di|da))",
    "nl": rf"\b(?:ik ben|ben)(?: pas| nog maar| net)? {_N}\b(?!\s*(?:dagen|weken|uur|minuten|keer|kilometer|jaar (?:bezig|muzikant)))|\b{_N} jaar oud",
    "pl": rf"\b(?:mam|skończyłam|skończyłem)(?: dopiero| tylko)? {_N} lat(?!\s+(?:doświadcz|stażu|na))",
    "sv": rf"\b(?:jag är|är)(?: bara| precis)? {_N}(?: år\b(?! (?:sedan|senare))|{_END})|\b{_N} år gammal",
    "da": rf"\b(?:jeg er|er)(?: kun| lige)? {_N}(?: år\b(?! siden)|{_END})|\b{_N} år gammel",
    "nb": rf"\b(?:jeg er|er)(?: bare| kun)? {_N}(?: år\b(?! siden)|{_END})|\b{_N} år gammel",
    "fi": rf"\b(?:olen|oon|täytin)(?: vasta| vain)? {_N}(?:[- ]?vuotias|\s*v\b|{_END})|\b{_N}[- ]vuotias",
    "cs": rf"\b(?:je mi|mám|bylo mi)(?: teprve| jen)? {_N}(?: let\b(?! prax)|{_END})",
    "ro": rf"\bam(?: doar| numai)? {_N} ani(?!\s+(?:de|în))",
    "hu": rf"\b{_N} éves (?:vagyok|lány|fiú)|\b(?:vagyok|csak) {_N} éves",
    "tr": rf"\b{_N} yaş(?:ında(?:yım|y[ıi]m)|ındayım|ima|ıma|ım)\b|\byaşım {_N}\b|\b{_N} yaşında bir\b",
    "id": rf"\b(?:umur|usia|berumur|berusia)(?: saya| aku| gue| baru| masih)* {_N}\b|\b(?:saya|aku) (?:baru |masih )?{_N} tahun(?! (?:lalu|yang))",
    "ru": rf"\bмне(?: всего| только| сейчас)? {_N}(?: лет\b(?! назад)|{_END})",
    "uk": rf"\bмені(?: всього| лише| тільки| зараз)? {_N}(?: рок\w*\b(?! тому)|{_END})",
    "el": rf"\bείμαι(?: μόνο)? {_N}(?: χρον| ετών|{_END})",
    "ar": rf"(?:عمري|سني|عندي|ابلغ|أبلغ)(?: فقط| بس)? {_N}(?: (?:سنة|سنه|عام|عاما|عامًا)(?! (?:من|في))|{_END})",
    "he": rf"(?:אני )?(?:בן|בת) {_N}(?!\s*(?:שנים|ש))",
    "fa": rf"{_N} (?:سالمه|ساله هستم|سال دارم|سالم است|سال سن)|سنم {_N}",
    "hi": rf"(?:मेरी उम्र|उम्र|मैं)(?: सिर्फ| केवल)? {_N}|{_N} साल (?:का|की) (?:हूँ|हूं)|\b(?:main|mai|meri umar|age) {_N}\b",
    "ja": rf"{_N}\s?(?:歳|才)(?!の(?:時|頃|とき|ころ|娘|息子|子|生徒)|から|で(?:始|ピアノ|ギター))",
    "ko": rf"{_N}\s?(?:살|세)(?:입니다|이에요|이고|인데|예요|이에|이며|\s?(?:학생|고등|중학|여자|남자|이라))",
    "zh": rf"我(?:今年|才|只有|现在|現在|是){{0,2}}\s?{_N}\s?(?:岁|歲)(?!(?:的时候|時|那年|开始|開始))",
    "vi": rf"(?:em|tôi|mình|cháu|con)(?: năm nay| mới| chỉ)* {_N} tuổi",
    "th": rf"อายุ(?:แค่|เพียง)?\s?{_N}(?!\s?ปีที่แล้ว)",
}  # fmt: skip
#: School years of those ages, where they are told by number.
_SCHOOL: Final = (
    r"\bin der (?:[6-9]|10|11)\. ?klasse|\bin (?:the )?(?:[7-9]|10|11)th grade|\ben (?:3|4|5)(?:e|ème)\b|"
    r"\bw (?:[78]|[12]) ?klasie|\b(?:8|9|10)\. ?klasse|\b(?:[89]|10)\. ?sınıf|\bв (?:[7-9]|10|11)(?:-м)? классе|"
    r"\bу (?:[7-9]|10|11)(?:-му)? класі|(?:中|高)(?:学|校)?[1-3一二三]年?生|(?:中|高)[123]です"
)
_AGES: Final = re.compile("|".join(f"(?:{said})" for said in _SAID.values()), re.IGNORECASE)
_CLASSES: Final = re.compile(_SCHOOL, re.IGNORECASE)
#: Someone else's age: these before it in the same breath.
_OTHERS: Final = re.compile(
    r"\b(?:my|our|her|his) (?:son|daughter|kid|child|brother|sister|student|nephew|niece|dog|car)"
    r"\b[^.!?\n]{0,20}$|\bwhen\b[^.!?\n]{0,12}$|\bsince\b[^.!?\n]{0,12}$|\bals\b[^.!?\n]{0,12}$|"
    r"\b(?:cuando|desde que|quando|depuis que|lorsque|quand)\b[^.!?\n]{0,12}$",
    re.IGNORECASE,
)
_LOOKED_BACK: Final = 48


def ages_in(text: str) -> Iterator[tuple[str, str]]:
    """Each place where the writer tells an age of 12 to 17: the words, and the age or ``""``."""
    plain = unicodedata.normalize("NFKC", text)
    for match in _AGES.finditer(plain):
        age = next((group for group in match.groups() if group), "")
        before = plain[max(0, match.start() - _LOOKED_BACK) : match.start()]
        if age and _YOUNGEST <= int(age) <= _OLDEST and not _OTHERS.search(before):
            yield match[0].strip(), age
    for match in _CLASSES.finditer(plain):
        yield match[0].strip(), ""
