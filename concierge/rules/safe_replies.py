"""Whether reply templates keep to the safe words: what each says, and what none in danger lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from concierge.rules.safe_words import IN_DANGER, SafeWords, lacking_words, safe_words_faults
from concierge.rules.template_faults import body_of, template_name

_TAGS: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_USED: Final = re.compile(r"\{%-?\s*(?:extends|include)\s+\"([^\"]+)\"")
#: What a reply to somebody in danger prints, itself or in a part it uses, and why.
_PRINTS: Final = (
    (re.compile(r"selectattr\(\"emergency\"\)"), "the emergency number of where they are"),
    (re.compile(r"rows\s*=\s*lines"), "the crisis lines"),
    (re.compile(r"finder\.website"), "a way to a helpline where no line is known"),
    (re.compile(r"\{\{\s*promise\s*\}\}"), "when people are there"),
)


def reply_faults(words: SafeWords, sources: Mapping[str, str]) -> Iterator[str]:
    """Every fault, as ``file:line: what is wrong; what would be right``.

    ``sources`` are whole template files by key; what is no template's name is left to other checks.
    """
    for key in sorted(sources):
        try:
            name = template_name(key)
        except ValueError:
            continue
        text = _plain(sources[key])
        for fault in safe_words_faults(words, text, name.language):
            yield f"{key}:{fault.line}: {fault.found!r}: {fault.remedy}"
        if name.kind in IN_DANGER and not name.partial:
            for fault in lacking_words(words, text, name.language):
                yield f"{key}:{fault.line}: {fault.remedy}"
            yield from _missing(key, sources)


def _plain(source: str) -> str:
    """A template's own words; tags keep their line breaks, so lines keep their numbers."""
    return _TAGS.sub(lambda tag: "\n" * tag[0].count("\n"), body_of(source))


def _missing(key: str, sources: Mapping[str, str]) -> Iterator[str]:
    whole = "\n".join(_whole(key, sources, set()))
    for pattern, what in _PRINTS:
        if not pattern.search(whole):
            yield f"{key}:1: never prints {what}; use the shared parts, as the other replies do"


def _whole(key: str, sources: Mapping[str, str], seen: set[str]) -> Iterator[str]:
    """A template's source and that of every part it uses."""
    if key in seen or key not in sources:
        return
    seen.add(key)
    yield sources[key]
    for other in _USED.findall(sources[key]):
        yield from _whole(other, sources, seen)
