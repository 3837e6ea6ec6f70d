"""Signs of a country beside place names: numbers, postcodes, money, institutions, addresses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from concierge.domain.message import ParsedMessage
from concierge.errors import FaultyInput
from concierge.rules.address_signs import address_signs, header_signs
from concierge.rules.currency_signs import currency_signs
from concierge.rules.institution_signs import institution_signs
from concierge.rules.phone_signs import phone_signs
from concierge.rules.place_evidence import Shares, Sign
from concierge.rules.places import SPACELESS, Places, fold
from concierge.rules.postcodes import Postcode, postcode_signs
from concierge.rules.sign_words import Phrase, SignText, phrase_of, start_of

#: Kinds a row may have; see :func:`parse_signs`.
_PHRASES: Final = frozenset({"institution", "institution_weak", "currency", "currency_shared"})
_PROVIDERS: Final = frozenset({"provider", "provider_weak"})


#: Hebrew and Arabic write "to the" into the word; a name long enough is found inside it.
_PREFIXING: Final = re.compile(r"[\u0590-\u06ff][\u0590-\u06ff ]{4}")


@dataclass(frozen=True, slots=True)
class SignTable:
    """Institutions and currencies by the first letters of their names, mail houses, postcodes."""

    institutions: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    currencies: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    #: Names of scripts without blanks between words, looked for inside a run of characters.
    unspaced: tuple[Phrase, ...] = ()
    #: Domain to the kind of sign and the countries where it is used.
    providers: dict[str, tuple[str, Shares]] = field(default_factory=dict)
    postcodes: tuple[Postcode, ...] = ()


def parse_signs(csv_text: str) -> SignTable:
    """Read the table of signs: columns kind, countries, languages, words, needs.

    ``kind`` is ``institution``, ``currency`` (each also weak: ``institution_weak``,
    ``currency_shared``), ``provider``, ``provider_weak`` or ``postcode``. ``countries`` is ``GB``
    or ``AU:0.6 US:0.4``; ``languages`` are codes, ``*`` for any. ``words`` holds names parted by
    ``|``: one in small letters is found in any case, one with capitals only so written, one that
    ends in ``*`` also longer; for a postcode it is one regular expression. ``needs`` are words of
    which one must stand in the text. :class:`~concierge.errors.FaultyInput` lists unusable rows.
    """
    table, faults = _Building(), []
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        try:
            table.take({key: (value or "").strip() for key, value in row.items() if key})
        except (KeyError, ValueError, re.error) as error:
            faults.append(f"country_signs.csv:{number}: {error}; compare the rows around it")
    if faults or not table.institutions:
        raise FaultyInput("The table of signs cannot be used.", tuple(faults) or ("no rows",))
    return table.made()


@dataclass(slots=True)
class _Building:
    institutions: dict[str, list[Phrase]] = field(default_factory=dict)
    currencies: dict[str, list[Phrase]] = field(default_factory=dict)
    unspaced: list[Phrase] = field(default_factory=list)
    providers: dict[str, tuple[str, Shares]] = field(default_factory=dict)
    postcodes: list[Postcode] = field(default_factory=list)

    def take(self, row: dict[str, str]) -> None:
        kind, shares = row["kind"], _shares(row["countries"])
        languages = frozenset(row["languages"].split()) - {"*"}
        needs = frozenset(fold(word) for word in row["needs"].split("|") if word)
        if kind == "postcode":
            self.postcodes.append(Postcode(shares, languages, re.compile(row["words"]), needs))
        elif kind in _PROVIDERS:
            self.providers.update(dict.fromkeys(row["words"].split("|"), (kind, shares)))
        elif kind in _PHRASES:
            for words in row["words"].split("|"):
                self._name(phrase_of(kind, shares, languages, words, needs))
        else:
            raise ValueError(f"{kind!r} is no kind of sign")

    def _name(self, phrase: Phrase) -> None:
        if SPACELESS.search(phrase.written) or _PREFIXING.match(phrase.written):
            self.unspaced.append(phrase)
            return
        table = self.currencies if phrase.kind.startswith("currency") else self.institutions
        table.setdefault(start_of(phrase.words[0]), []).append(phrase)

    def made(self) -> SignTable:
        return SignTable(
            {start: tuple(found) for start, found in self.institutions.items()},
            {start: tuple(found) for start, found in self.currencies.items()},
            tuple(self.unspaced),
            self.providers,
            tuple(self.postcodes),
        )


def _shares(written: str) -> Shares:
    found = []
    for pair in written.split():
        iso, _, share = pair.partition(":")
        if len(iso) != 2 or not iso.isupper():
            raise ValueError(f"{iso!r} is no country")
        found.append((iso, float(share or 1)))
    if not found or sum(share for _, share in found) > 1.001:
        raise ValueError(f"{written!r} names no countries, or more than one whole of them")
    return tuple(found)


def signs_of(
    message: ParsedMessage,
    text: str,
    signature: str,
    *,
    language: str,
    places: Places,
    table: SignTable,
    spoken_in: Callable[[], Iterable[str]],
) -> list[Sign]:
    """Every sign in the sender's own words, the signature cut from them, and the headers.

    ``language`` is "" when undetermined; ``spoken_in`` as for :func:`phone_signs`.
    """
    found: list[Sign] = []
    for piece, where in ((text, "body"), (signature, "signature")):
        if piece:
            found += _text_signs(piece, where, language, places, table)
            found += phone_signs(piece, where, spoken_in)
    return [*found, *sender_signs(message, places, table)]


def sender_signs(message: ParsedMessage, places: Places, table: SignTable) -> list[Sign]:
    """What the headers alone say: address, mail program, first server."""
    return [*address_signs(message, places, table.providers), *header_signs(message, places)]


def _text_signs(
    piece: str, where: str, language: str, places: Places, table: SignTable
) -> Iterator[Sign]:
    text = SignText(piece, language)
    yield from institution_signs(text, where, table.institutions, table.unspaced)
    yield from currency_signs(text, where, table.currencies, table.unspaced)
    yield from postcode_signs(text, where, places, table.postcodes)
