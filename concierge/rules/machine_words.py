"""How the words of mail programs are compared: case, accents and breaks do not count."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Longer subjects and bodies are searched only where programs put their sentences.
SUBJECT_CHARACTERS = 300
BODY_CHARACTERS = 3_000
# Programs put brackets, stars and quotation marks before their words.
_BEFORE = " \t*[(<\"'«“„【[-_!#"
_PREFIX = re.compile(r"^\s*(?:\[[^\]]{0,60}\]\s*)?([^\W\d]{1,12})(?:\[\d+\]|\(\d+\))?\s*[:：]")

_NO_REPLY = re.compile(
    r"(^|[-_.+])(no|do-?not|donot|dont|ne-?pas|nicht|non)[-_.]?"
    r"(reply|respond|repondre|antworten|responder|rispondere)|^(noreply|keine-?antwort)"
)


# Kept for a handful of texts, since a dozen rules ask for the same subject and body in turn.
@lru_cache(maxsize=8)
def folded(text: str) -> str:
    """Lower case, without accents, every run of blanks one space."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_without_marks())
    return " ".join(text.split())


@lru_cache(maxsize=1)
def _without_marks() -> dict[int, None]:
    """What takes every mark that stands on a letter (category Mn) out of a text."""
    return {c: None for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) == "Mn"}


@lru_cache(maxsize=64)
def _folded_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(phrase) for phrase in phrases)


@lru_cache(maxsize=64)
def _folded_starts(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.lstrip(_BEFORE) for form in _folded_all(phrases))


def start_of(subject: str, starts: tuple[str, ...]) -> str:
    """The phrase a subject starts with; "" when it starts with none."""
    said = folded(subject[:SUBJECT_CHARACTERS]).lstrip(_BEFORE)
    wanted = _folded_starts(starts)
    if not said.startswith(wanted):
        return ""
    both = zip(starts, wanted, strict=True)
    return next(phrase for phrase, form in both if said.startswith(form))


def phrases_in(text: str, wanted: tuple[str, ...], characters: int = BODY_CHARACTERS) -> list[str]:
    """Which phrases stand in the first characters of a text, in the order they are listed."""
    said = folded(text[:characters])
    both = zip(wanted, _folded_all(wanted), strict=True)
    return [phrase for phrase, form in both if form in said]


def every(table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All phrases of a table by language."""
    return tuple(phrase for phrases in table.values() for phrase in phrases)


def answer_prefix(subject: str, prefixes: Iterable[str]) -> str:
    """The ``Re`` or ``Fwd`` a subject starts with, in any of the languages; "" when none."""
    match = _PREFIX.match(subject[:SUBJECT_CHARACTERS])
    found = match[1].casefold() if match is not None else ""
    return found if found in prefixes else ""


def takes_no_answers(address: str) -> bool:
    """Whether an address says of itself that nobody reads what is sent to it."""
    return _NO_REPLY.search(address.casefold().partition("@")[0]) is not None
