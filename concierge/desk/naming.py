"""Naming: which country or language is meant by what staff type, as a code or as a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from concierge.errors import UsageError
from concierge.rules.language_names import language_name
from concierge.rules.places import Places, fold, tokens_of

#: How staff say that nobody can tell, after :func:`_clean`; ISO 639 has codes for it as well.
UNDETERMINED = frozenset({
    "", "?", "??", "-", "--", "undetermined", "unknown", "not known", "none", "nobody", "null",
    "n/a", "nobody knows", "nobody can tell", "cannot tell", "can't tell", "can’t tell", "no idea",
    "don't know", "don’t know", "dont know", "dunno", "not sure", "unsure", "unclear",
})  # fmt: skip
_NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx"})
#: Codes in use that are none of today's (ISO 639 withdrew iw and in), or name a group we part.
_OTHER_CODES = {
    "no": "nb", "iw": "he", "in": "id", "fil": "tl", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant",
}  # fmt: skip
_CHINESE = ("zh-Hans", "zh-Hant")
#: What people call a language and the Unicode tables do not; of several ones the person decides.
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "farsi": ("fa",), "dari": ("fa",), "flemish": ("nl",), "castilian": ("es",),
    "castellano": ("es",), "brazilian": ("pt",), "brazilian portuguese": ("pt",),
    "moldovan": ("ro",), "valencian": ("ca",), "montenegrin": ("sr",), "bahasa": ("id", "ms"),
    "bahasa indonesia": ("id",), "mandarin": _CHINESE, "simplified": ("zh-Hans",),
    "traditional": ("zh-Hant",), "繁體中文": ("zh-Hant",), "serbo-croatian": ("bs", "hr", "sr"),
    "serbocroatian": ("bs", "hr", "sr"), "sh": ("bs", "hr", "sr"), "hbs": ("bs", "hr", "sr"),
    "zho": _CHINESE, "chi": _CHINESE, "cmn": _CHINESE, "filipino": ("tl",),
}  # fmt: skip
#: Names that mean another country about as often as the one that is called so: the state of the
#: USA, two Koreas, and islands that share a name. A wrong crisis line costs more than a question.
_ALSO_MEANT: dict[str, tuple[str, ...]] = {
    "georgia": ("US",), "korea": ("KP",), "virgin islands": ("VG", "VI"), "saint martin": ("SX",),
    "st martin": ("SX",), "samoa": ("AS",),
}  # fmt: skip
#: Known by the directory and by babel, but by no time zone of its own: Kosovo.
_WITHOUT_CLOCK = frozenset({"XK"})
#: A code as our own screens show it, with its name behind: "DE (Germany)".
_SHOWN = re.compile(r"([a-z]{2,3}(?:-[a-z]{4})?) \(.*\)")
#: Dots between single letters: U.S.A.
_DOTS = re.compile(r"(?<=\b\w)\.(?=\w\b|$|\s)")
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
    if len(word) == 2 and word.isascii() and _is_country(word.upper(), places):
        return word.upper()
    names = _countries(places)
    # "The Netherlands" is in the tables without its article, "the States" with it.
    whole = _key(word)
    key = whole if whole in names else _key(word.removeprefix("the "))
    exact = names.get(key, frozenset()).union(_ALSO_MEANT.get(key, ()))
    # "Congo" is one country in Spanish and two in English: what begins so is meant as well. Two
    # letters are a code that nobody has, and no beginning of El Salvador.
    english = _english(places)
    if key not in english and len(key) > len("el"):
        exact = exact.union(*(isos for n, isos in english.items() if n.startswith(f"{key} ")))
    # England is no country here, and means one.
    exact = exact or _inside(key, places, "region-")
    return _chosen(typed, "country", exact, lambda: _near(key, names), _inside(key, places))


def _key(word: str) -> str:
    return " ".join(token.folded for token in tokens_of(word))


def _is_country(code: str, places: Places) -> bool:
    return code in places.clocks or code in _WITHOUT_CLOCK


def _inside(key: str, places: Places, kind: str = "city-") -> frozenset[str]:
    """The countries that have a town, or with ``region-`` a region, of that name."""
    named = list(places.names.get(key, ()))
    if kind == "city-" and places.towns is not None and (town := places.towns.town(key)):
        named += town.names
    return frozenset(name.iso for name in named if name.lang.startswith(kind))


def language_code(typed: str) -> str:
    """The code of a language typed as a code or a name; empty for nobody knows.

    Raises:
        UsageError: no language is meant by it, or more than one; with the choices.
    """
    cleaned = _clean(typed)
    word = cleaned.replace("_", "-")
    base = word.partition("-")[0]
    if cleaned in UNDETERMINED or base in _NO_LANGUAGE:
        return ""
    if word == "zh" or cleaned in _ALSO_CALLED:
        return _chosen(typed, "language", frozenset(_ALSO_CALLED.get(cleaned, _CHINESE)), list)
    code = _code(word, base)
    if code:
        return code
    key = fold(cleaned)
    names = _languages()
    exact = names.get(key, frozenset())
    return _chosen(typed, "language", exact, lambda: _near(key, names), _spoken_in(word))


def _code(word: str, base: str) -> str:
    """The language of a tag such as nb-NO or deu, as we write it; empty when it is none."""
    from babel.core import get_global

    # With three letters ISO 639-2 and 639-3 name the same languages; 639-1 is what we keep.
    short = str(get_global("language_aliases").get(base) or base) if len(base) == 3 else base
    for code in (word, base, short):
        if code in _OTHER_CODES:
            return _OTHER_CODES[code]
    if short == "zh" or not 2 <= len(base) <= 3 or language_name(short) == short:
        return ""
    return short.partition("_")[0]


def _spoken_in(word: str) -> frozenset[str]:
    """What is spoken in the country whose code was typed for a language: dk, cz, jp."""
    from babel.languages import get_official_languages

    if len(word) != 2 or not word.isascii():
        return frozenset()
    tags = get_official_languages(word.upper(), de_facto=True)
    return frozenset(_OTHER_CODES.get(tag, tag) for tag in tags if tag != "zh")


def called(name: str, code: str) -> str:
    """A code with its English name: "DE (Germany)"; "undetermined" for none."""
    if not code:
        return "undetermined"
    english = _territory(code) if name != "language" else language_name(code.replace("-", "_"))
    return f"{code} ({english})" if english != code else code


def _clean(typed: str) -> str:
    word = " ".join(unicodedata.normalize("NFC", typed).split())[:_LONGEST].casefold()
    word = _DOTS.sub("", word).rstrip(" .,;!") or word
    shown = _SHOWN.fullmatch(word)
    return shown[1] if shown else word


def _chosen(
    typed: str,
    what: str,
    exact: frozenset[str],
    near: Callable[[], list[tuple[str, float]]],
    related: frozenset[str] = frozenset(),
) -> str:
    """The one code that is meant; ``related`` are asked about before what is spelt alike."""
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        raise UsageError(f"“{_shown(typed)}” may be {_listed(what, exact)}. Type the code.")
    close = [(code, 0.0) for code in related] or near()
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
        key: frozenset(n.iso for n in names if n.lang.isalpha() and _is_country(n.iso, places))
        for key, names in places.names.items()
    }
    known = {key: isos for key, isos in plain.items() if isos}
    for name, isos in _english(places).items():
        known[name] = known.get(name, frozenset()) | isos
    return known


def _english(places: Places) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for code, name in _territories().items():
        if _is_country(code, places):
            names.setdefault(_key(name), set()).add(code)
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
