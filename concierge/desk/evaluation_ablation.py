"""Witnesses switched off one by one, to learn what each is worth.

A switch changes what the rules are given, never the rules: a message without its clock, a rulebook
without its clocks. So the rules that are measured are the rules that run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from concierge.desk.evaluation import Conclude, Concluded
from concierge.desk.triage import Rulebook
from concierge.domain.message import Address, ParsedMessage

#: A domain that stands for no country and no provider (RFC 2606).
_NOWHERE = "example.org"
#: Headers that hint at a language or a country.
_HINTS = frozenset({"content-language", "accept-language", "received"})
#: As many digits as a telephone number has at least, with what people write between them.
_NUMBER = re.compile(r"\+?\d(?:[ ()./-]{0,2}\d){6,19}")


@dataclass(frozen=True, slots=True)
class Switch:
    """One witness, by the name it has in tables, and how to do without it."""

    name: str
    message: Callable[[ParsedMessage], ParsedMessage] = lambda message: message
    book: Callable[[Rulebook], Rulebook] = lambda book: book

    def around(self, conclude: Conclude) -> Conclude:
        """The same conclusions, drawn without this witness."""
        # A rulebook is changed once, not for every row.
        changed: dict[int, Rulebook] = {}

        def without(message: ParsedMessage, book: Rulebook) -> Concluded:
            if id(book) not in changed:
                changed[id(book)] = self.book(book)
            return conclude(self.message(message), changed[id(book)])

        return without


def _without_clock(message: ParsedMessage) -> ParsedMessage:
    return replace(message, utc_offset_minutes=None)


def _without_headers(message: ParsedMessage) -> ParsedMessage:
    kept = tuple((name, value) for name, value in message.headers if name.lower() not in _HINTS)
    return replace(message, headers=kept)


def _without_domain(message: ParsedMessage) -> ParsedMessage:
    if message.sender is None:
        return message
    local = message.sender.address.rpartition("@")[0] or "somebody"
    headers = tuple(pair for pair in message.headers if pair[0].lower() not in {"from", "reply-to"})
    sender = Address(f"{local}@{_NOWHERE}", message.sender.name)
    return replace(message, sender=sender, reply_to=(), headers=headers)


def _without_numbers(message: ParsedMessage) -> ParsedMessage:
    return replace(
        message,
        body=_NUMBER.sub(" ", message.body),
        subject=_NUMBER.sub(" ", message.subject),
    )


def _without_names(book: Rulebook) -> Rulebook:
    return replace(book, places=replace(book.places, names={}, lengths={}, stems={}, inner={}))


def _without_speakers(book: Rulebook) -> Rulebook:
    return replace(book, places=replace(book.places, speakers={}))


def _unhinted(message: ParsedMessage) -> ParsedMessage:
    return _without_clock(_without_headers(_without_domain(message)))


COUNTRY_SWITCHES = (
    Switch("place names", book=_without_names),
    Switch("clock", message=_without_clock),
    Switch("language prior", book=_without_speakers),
    Switch("phone", message=_without_numbers),
    Switch("address", message=_without_domain),
    Switch("headers", message=_without_headers),
)
LANGUAGE_SWITCHES = (Switch("hints", message=_unhinted),)
