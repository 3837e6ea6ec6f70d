"""Witnesses switched off one by one, to learn what each is worth.

A switch changes what the rules are given, never the rules: a message without its clock, weights in
which a telephone weighs nothing. So the rules that are measured are the rules that run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from concierge.desk.evaluation import Conclude, Concluded
from concierge.desk.triage import Rulebook
from concierge.domain.message import Address, ParsedMessage
from concierge.rules.language_model import LanguageModel
from concierge.rules.place_evidence import Role
from concierge.rules.short_phrases import ShortPhrases

#: A domain that stands for no country and no provider (RFC 2606).
_NOWHERE = "example.org"
#: Headers that hint at a language or a country.
_HINTS = frozenset({"content-language", "accept-language", "received"})


@dataclass(frozen=True, slots=True)
class Switch:
    """One witness, by the name it has in tables, and how to do without it."""

    name: str
    message: Callable[[ParsedMessage], ParsedMessage] = lambda message: message
    book: Callable[[Rulebook], Rulebook] = lambda book: book

    def around(self, conclude: Conclude) -> Conclude:
        """The same conclusions, drawn without this witness."""
        # A rulebook is changed once, not for every row; the changed one stands beside its original.
        changed: list[tuple[Rulebook, Rulebook]] = []

        def without(message: ParsedMessage, book: Rulebook) -> Concluded:
            if not changed or changed[0][0] is not book:
                changed[:] = [(book, self.book(book))]
            return conclude(self.message(message), changed[0][1])

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


def _unhinted(message: ParsedMessage) -> ParsedMessage:
    return _without_clock(_without_headers(_without_domain(message)))


def _weightless(*keys: str) -> Callable[[Rulebook], Rulebook]:
    """A rulebook in which evidence of these names weighs nothing for any country."""

    def lightened(book: Rulebook) -> Rulebook:
        weights = book.atlas.weights
        light = replace(
            weights,
            model=_zeroed(weights.model, keys),
            present=_zeroed(weights.present, keys),
            home=_zeroed(weights.home, keys),
        )
        return replace(book, atlas=replace(book.atlas, weights=light))

    return lightened


def _voiceless(*witnesses: str) -> Callable[[Rulebook], Rulebook]:
    """A change after which these witnesses of a language count for nothing in any pool."""

    def silenced(book: Rulebook) -> Rulebook:
        model = book.atlas.languages
        gone = dict.fromkeys(witnesses, 0.0)
        pools = {name: replace(weights, **gone) for name, weights in model.weights.items()}
        return _with_languages(book, replace(model, weights=pools))

    return silenced


def _without_phrases(book: Rulebook) -> Rulebook:
    nothing = ShortPhrases(exact={}, plain={}, squeezed={})
    return _with_languages(book, replace(book.atlas.languages, phrases=nothing))


def _with_languages(book: Rulebook, model: LanguageModel) -> Rulebook:
    return replace(book, atlas=replace(book.atlas, languages=model))


def _zeroed(weights: Mapping[str, float], keys: tuple[str, ...]) -> Mapping[str, float]:
    return {name: 0.0 if name in keys else weight for name, weight in weights.items()}


_PLACES = tuple(role.value for role in Role)
_PHONES = ("phone", "phone_national", "phone_national_only")
#: What only people of a country write: its postcodes, its money, its health service.
_LOCAL = (
    *("postcode", "postcode_weak", "currency", "currency_shared"),
    *("institution", "institution_weak"),
)
COUNTRY_SWITCHES = (
    Switch("place names", book=_weightless(*_PLACES)),
    Switch("clock", message=_without_clock),
    Switch("language prior", book=_weightless("language")),
    Switch("phone", book=_weightless(*_PHONES)),
    Switch("address", message=_without_domain),
    Switch("local signs", book=_weightless(*_LOCAL)),
    Switch("headers", message=_without_headers),
)
LANGUAGE_SWITCHES = (
    Switch("detector", book=_voiceless("detector")),
    Switch("frequent words", book=_voiceless("words", "words_unlisted")),
    Switch("eldc", book=_voiceless("eldc", "eldc_unlisted")),
    Switch("short phrases", book=_without_phrases),
    Switch("hints", message=_unhinted),
)
