"""Which of the two ways of writing Chinese a text uses, simplified or traditional."""

from __future__ import annotations

from functools import cache
from typing import Final

from concierge.rules.chinese_characters import ONLY_SIMPLIFIED, ONLY_TRADITIONAL
from concierge.rules.place_evidence import CountryChances

SIMPLIFIED: Final = "zh-Hans"
TRADITIONAL: Final = "zh-Hant"
_NAMES: Final = {SIMPLIFIED: "simplified", TRADITIONAL: "traditional"}
#: Characters read at all; a megabyte of text says no more.
_READ: Final = 4_000
#: Words and marks made of characters both write, that one way of writing uses for the thing:
#: only asked when no character tells. Taiwan and Hong Kong quote in corner brackets.
_SIMPLIFIED_WORDS: Final = ("保存", "字符", "打印", "公交", "短信", "周末", "咋", "啥", "俺")
_TRADITIONAL_WORDS: Final = (
    "信箱",
    "「",
    "『",
    "捷運",
    "早安",
    "巴士",
    "的士",
    "尋日",
    "今日",
    "聽日",
)
#: Particles of written Cantonese, which is written in traditional characters far more often.
_CANTONESE: Final = frozenset("嘅咗唔啲喺冇佢哋嘢乜咁嗰嚟噉咩喇㗎嗌瞓俾畀攰")
#: Where traditional characters are the ones of school and street, and where simplified are.
_TRADITIONAL_COUNTRIES: Final = frozenset({"TW", "HK", "MO"})
_SIMPLIFIED_COUNTRIES: Final = frozenset({"CN", "SG", "MY"})
#: Characters shown as what told; more would not convince staff more.
_SHOWN: Final = 6


def way_of_writing(text: str, countries: CountryChances) -> tuple[str, str]:
    """``zh-Hans`` or ``zh-Hant`` for a text in Chinese, and a plain note of what told.

    In this order: characters only one way has (the more wins, for a quoted word may be of the
    other), Cantonese particles, telling words of shared characters, the country chances. When
    nothing tells it is ``zh-Hans``, which most writers use, and the note says so. Never raises.
    """
    read = text[:_READ]
    return (
        _by_characters(read)
        or _by_cantonese(read)
        or _by_words(read)
        or _by_country(countries)
        or (SIMPLIFIED, "all its characters are written in both ways; simplified is commoner")
    )


def _by_characters(read: str) -> tuple[str, str] | None:
    simplified, traditional = _only()
    told = {
        SIMPLIFIED: [char for char in read if char in simplified],
        TRADITIONAL: [char for char in read if char in traditional],
    }
    if len(told[SIMPLIFIED]) == len(told[TRADITIONAL]):
        return None
    way = max(told, key=lambda name: len(told[name]))
    shown = "".join(dict.fromkeys(told[way]))[:_SHOWN]
    return way, f"written in {_NAMES[way]} characters: {shown}"


@cache
def _only() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(ONLY_SIMPLIFIED), frozenset(ONLY_TRADITIONAL)


def _by_cantonese(read: str) -> tuple[str, str] | None:
    found = "".join(dict.fromkeys(char for char in read if char in _CANTONESE))[:_SHOWN]
    return (TRADITIONAL, f"written Cantonese: {found}") if found else None


def _by_words(read: str) -> tuple[str, str] | None:
    simplified = [word for word in _SIMPLIFIED_WORDS if word in read]
    traditional = [word for word in _TRADITIONAL_WORDS if word in read]
    if bool(simplified) == bool(traditional):
        return None
    if simplified:
        return SIMPLIFIED, f"a word or mark of simplified writing: {simplified[0]}"
    return TRADITIONAL, f"a word or mark of traditional writing: {traditional[0]}"


def _by_country(countries: CountryChances) -> tuple[str, str] | None:
    simplified = sum(countries.get(code, 0.0) for code in _SIMPLIFIED_COUNTRIES)
    traditional = sum(countries.get(code, 0.0) for code in _TRADITIONAL_COUNTRIES)
    if traditional > simplified:
        return TRADITIONAL, "its characters are written in both ways; the country decides"
    if simplified > traditional:
        return SIMPLIFIED, "its characters are written in both ways; the country decides"
    return None
