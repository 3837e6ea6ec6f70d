"""Naming: which country or language is meant by what staff type, as a code or as a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from concierge.errors import UsageError
from concierge.rules.language_names import language_name
from concierge.rules.places import Places, fold, tokens_of

#: How staff say that nobody can tell.
UNDETERMINED = frozenset({"", "?", "-", "undetermined", "unknown", "none"})
#: Codes in use that are none of today's (ISO 639 withdrew iw and in), or name a group we part.
_OTHER_CODES = {
    "no": "nb", "iw": "he", "in": "id", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant",
}  # fmt: skip
_CHINESE = ("zh-Hans", "zh-Hant")
#: In whose languages names of languages are known: those the desk answers in, and a few more.
_NAMED_IN = (
    "en", "es", "pt", "fr", "de", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro",
    "tr", "id", "vi", "ru", "uk", "ar", "fa", "ur", "hi", "ja", "ko", "zh", "th", "el", "he",
    "ca", "sk", "hr", "bg", "sr", "sl", "lt", "lv", "et", "bn",
)  # fmt: skip
#: rapidfuzz, 0 to 100: a slip of one letter in a word of five is worth 80, in one of ten 90.
_NEAR, _SURE = 80.0, 90.0
#: Shorter words are a slip away from too many names.
_SHORTEST = 5
#: Suggestions that can be read at a glance.
_MOST = 5
#: Beyond this it is no name; comparing grows with the length.
_LONGEST = 60


def country_code(typed: str, places: Places) -> str:
    """The ISO 3166-1 alpha-2 code of a country typed as a code or a name; empty for nobody knows.

    Raises:
        UsageError: no country is meant by it, or more than one; with the choices.
    """
    word = _clean(typed)
    if word in UNDETERMINED:
        return ""
    if len(word) == 2 and word.isascii() and word.upper() in places.clocks:
        return word.upper()
    key = " ".join(token.folded for token in tokens_of(word))
    names = _countries(places)
    exact = names.get(key, frozenset())
    # "Congo" is one country in Spanish and two in English: what begins so is meant as well.
    english = _english(places)
    longer = (
        []
        if key in english
        else [isos for name, isos in english.items() if name.startswith(f"{key} ")]
    )
    return _chosen(typed, "country", exact.union(*longer), lambda: _near(key, names))


def language_code(typed: str) -> str:
    """The code of a language typed as a code or a name; empty for nobody knows.

    Raises:
        UsageError: no language is meant by it, or more than one; with the choices.
    """
    word = _clean(typed).replace("_", "-")
    if word in UNDETERMINED:
        return ""
    if word in _OTHER_CODES:
        return _OTHER_CODES[word]
    base = word.partition("-")[0]
    if base != "zh" and 2 <= len(base) <= 3 and language_name(base) != base:
        return base
    key = fold(_clean(typed))
    if word == "zh":
        return _chosen(typed, "language", frozenset(_CHINESE), list)
    names = _languages()
    return _chosen(typed, "language", names.get(key, frozenset()), lambda: _near(key, names))


def called(name: str, code: str) -> str:
    """A code with its English name: "DE (Germany)"; "undetermined" for none."""
    if not code:
        return "undetermined"
    english = _territory(code) if name != "language" else language_name(code.replace("-", "_"))
    return f"{code} ({english})" if english != code else code


def _clean(typed: str) -> str:
    return " ".join(unicodedata.normalize("NFC", typed).split())[:_LONGEST].casefold()


def _chosen(
    typed: str, what: str, exact: frozenset[str], near: Callable[[], list[tuple[str, float]]]
) -> str:
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        raise UsageError(f"“{_shown(typed)}” may be {_listed(what, exact)}. Type the code.")
    close = near()
    sure = [code for code, score in close if score >= _SURE]
    if len(close) == 1 and sure:
        return sure[0]
    hint = f" Did you mean {_listed(what, [code for code, _ in close])}?" if close else ""
    example = "DE or Germany" if what == "country" else "de or German"
    raise UsageError(
        f"No {what} is called “{_shown(typed)}”.{hint} Type a code or a name, such as {example}, "
        "or undetermined."
    )


def _near(key: str, names: Mapping[str, frozenset[str]]) -> list[tuple[str, float]]:
    """Codes whose names are a slip away, with how near, best first."""
    from rapidfuzz import fuzz, process

    if len(key) < _SHORTEST:
        return []
    best: dict[str, float] = {}
    for name, score, _ in process.extract(
        key, names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=40
    ):
        for code in names[name]:
            best.setdefault(code, score)
    return list(best.items())[:_MOST]


def _listed(what: str, codes: Iterable[str]) -> str:
    return " or ".join(called(what, code) for code in sorted(codes)[:_MOST])


def _shown(typed: str) -> str:
    return _clean(typed) if len(typed) > _LONGEST else typed.strip()


def _countries(places: Places) -> dict[str, frozenset[str]]:
    """Names of countries, without their towns, regions and institutions."""
    plain = {
        key: frozenset(n.iso for n in names if n.lang.isalpha() and n.iso in places.clocks)
        for key, names in places.names.items()
    }
    known = {key: isos for key, isos in plain.items() if isos}
    for name, isos in _english(places).items():
        known[name] = known.get(name, frozenset()) | isos
    return known


def _english(places: Places) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for code, name in _territories().items():
        if code in places.clocks:
            names.setdefault(" ".join(t.folded for t in tokens_of(name)), set()).add(code)
    return {name: frozenset(codes) for name, codes in names.items()}


@cache
def _territories() -> dict[str, str]:
    from babel import Locale

    return {code: str(name) for code, name in Locale.parse("en").territories.items()}


def _territory(code: str) -> str:
    return _territories().get(code, code)


@cache
def _languages() -> dict[str, frozenset[str]]:
    """Names of languages in English and in the languages the desk meets."""
    from babel import Locale

    names: dict[str, set[str]] = {}
    for spoken in _NAMED_IN:
        for code, name in Locale.parse(spoken).languages.items():
            # Variants such as en_GB are not told apart, and Chinese is by its script alone.
            codes = {"zh": _CHINESE, "zh_Hans": ("zh-Hans",), "zh_Hant": ("zh-Hant",),
                     "no": ("nb",)}.get(code, () if "_" in code else (code,))  # fmt: skip
            names.setdefault(fold(str(name)), set()).update(codes)
    return {name: frozenset(codes) for name, codes in names.items() if codes}
