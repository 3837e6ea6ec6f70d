"""Silence is not safety: what nobody and nothing has read is looked at before routine mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from concierge.domain.findings import Evidence, Finding, Kind, Urgency
from concierge.domain.message import ParsedMessage
from concierge.rules.urgency import OWN_HEAD, OWN_TAIL

#: Kinds a person may have written; what a machine says of itself is not silence.
_OF_PEOPLE = frozenset({Kind.HUMAN, Kind.MACHINE_LOOKING, Kind.UNREADABLE})
#: Fewer letters than this tell no language; beside pictures, the pictures say it.
_FEW_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of a message, as far as silence is concerned."""

    message: ParsedMessage
    kind: Kind
    #: The sender's own words.
    text: str
    language: Finding[str]
    #: Whether the urgency rule knows a language, by its code.
    knows: Callable[[str], bool]


def not_silent(found: Finding[Urgency], heard: Heard) -> Finding[Urgency]:
    """Urgency with a floor: at least ``concern`` for what could not be read or understood."""
    if found.value is not Urgency.ROUTINE or heard.kind not in _OF_PEOPLE:
        return found
    reasons = tuple(_silences(heard))
    if not reasons:
        return found
    return replace(found, value=Urgency.CONCERN, evidence=(*reasons, *found.evidence))


def _silences(heard: Heard) -> Iterator[Evidence]:
    message = heard.message
    if message.encrypted:
        yield _silence("encrypted", "body", "it is encrypted, so nobody has read it yet")
    elif message.unreadable or heard.kind is Kind.UNREADABLE:
        yield _silence("unreadable", "body", "it could not be read")
    if len(heard.text) > OWN_HEAD + OWN_TAIL:
        yield _silence("long", "body", "its middle was not read, it is too long")
    letters = sum(char.isalpha() for char in heard.text[:OWN_HEAD])
    if letters < _FEW_LETTERS and (names := [one.name for one in message.attachments]):
        note = "what it says stands in what is attached, which nothing has read"
        yield _silence("attached", "attachment", note, ", ".join(filter(None, names))[:80])
    if letters < _FEW_LETTERS:
        # "Ok, thanks!" is everybody's language, not an unknown one.
        return
    if heard.language.undetermined or not heard.language.value:
        yield _silence("language", "body", "its language could not be told")
    elif not heard.knows(heard.language.value):
        note = "the urgency lexicon has no words of its language"
        yield _silence("language", "body", note, heard.language.value)


def _silence(name: str, where: str, note: str, found: str = "") -> Evidence:
    return Evidence(f"urgency.silence.{name}", found or name, where, 1.0, note)
