"""What languages are called in English, for the reasons staff read."""

from __future__ import annotations

from functools import cache

from babel import Locale


@cache
def _names() -> dict[str, str]:
    return {code: str(name) for code, name in Locale.parse("en").languages.items()}


def language_name(code: str) -> str:
    """The English name of a language, such as "German" for ``de``; the code when it has none."""
    return _names().get(code, code)
