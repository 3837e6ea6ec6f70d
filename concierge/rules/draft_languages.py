"""In which languages a reply is written, and by which kind of template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError
from jinja2 import Template

from concierge.domain.findings import Route
from concierge.rules.template_faults import LAST_RESORT, WORRIED

#: Compiled templates by language and kind of reply.
Shelf = Mapping[str, Mapping[str, Template]]

#: Beside English, when nothing tells the language: of our templates' languages the most spoken.
_SECOND_RESORT = "es"
#: Between the two languages of a reply to nobody knows whom.
_DIVIDER = "* * *"


def chosen(
    shelf: Shelf,
    wanted: str,
    language: str,
    guesses: Sequence[str],
    *,
    urgent: bool,
    worried: bool,
) -> tuple[str, tuple[str, ...]]:
    """The kind of reply that is written, and its languages.

    A language without the reply to the worried gets the one it would have got otherwise: the
    numbers in their language come before the better words in another.
    """
    kind = Route.CRISIS.value if urgent and wanted != WORRIED else wanted
    languages = _spoken(shelf, language, guesses, kind)
    if worried:
        written = _spoken(shelf, language, guesses, WORRIED)
        # English may be only what a missing template left: then the better words are in theirs.
        if written[0] in {languages[0], language, language.partition("-")[0]}:
            return WORRIED, written
    return kind, languages


def _spoken(shelf: Shelf, language: str, guesses: Sequence[str], kind: str) -> tuple[str, ...]:
    """The languages of the reply: one, or the two likeliest when nobody knows."""

    def written(*codes: str) -> list[str]:
        whole = [part for code in codes for part in (code, code.partition("-")[0])]
        return list(dict.fromkeys(code for code in whole if kind in shelf.get(code, {})))

    if language:
        return (*written(language), LAST_RESORT)[:1]
    return tuple(written(*guesses, LAST_RESORT, _SECOND_RESORT)[:2])


def under_each_other(languages: Sequence[str], texts: Sequence[str]) -> str:
    """One text, or both with a line on top that tells where the other language stands."""
    if len(texts) == 1:
        return texts[0]
    first, second = texts
    return f"({_own_name(languages[1])}: ↓)\n\n{first}\n{_DIVIDER}\n\n{second}"


def _own_name(language: str) -> str:
    """What a language calls itself, as its speakers look for it: Español, 中文 (简体)."""
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        name = language
    return name[:1].upper() + name[1:]


@cache
def language_names(language: str) -> dict[str, str]:
    """What a language calls other languages, by ISO 639-1 code; empty for one nobody described."""
    try:
        return dict(Locale.parse(language, sep="-").languages)
    except (UnknownLocaleError, ValueError):
        return {}
