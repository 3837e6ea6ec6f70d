"""Money as people write it: a sign or a word beside a number, or a word that is nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from concierge.rules.place_evidence import Sign
from concierge.rules.sign_words import Phrase, SignText, found_at

#: Signs stuck to a number part words: "£40", "150zł", "R$80".
_AMOUNT: Final = re.compile(r"\d[\d.,'’ ]{0,14}")
#: Words that may stand between the number and its currency: "50 mil pesos", "5 lakh rupees".
_BETWEEN: Final = 2
#: Amounts looked at; a bound on the cost.
_AMOUNTS: Final = 12
#: Letters and signs before an amount, and what follows it, in characters.
_BEFORE: Final = 6
_AFTER: Final = 32


def currency_signs(
    text: SignText,
    where: str,
    table: Mapping[str, tuple[Phrase, ...]],
    unspaced: tuple[Phrase, ...],
) -> Iterator[Sign]:
    """Each currency of which a sum is named; a word that means only money needs no sum.

    A phrase that needs ``#`` must stand beside a number.
    """
    seen: set[tuple[str, tuple[tuple[str, float], ...]]] = set()
    for phrase in (*_beside_numbers(text, table), *_alone(text, table, unspaced)):
        if (phrase.kind, phrase.shares) not in seen:
            seen.add((phrase.kind, phrase.shares))
            yield Sign(
                phrase.kind, phrase.written, phrase.shares, where, f"pays in {phrase.written}"
            )


def _beside_numbers(text: SignText, table: Mapping[str, tuple[Phrase, ...]]) -> Iterator[Phrase]:
    for count, match in enumerate(_AMOUNT.finditer(text.plain)):
        if count >= _AMOUNTS:
            return
        before = text.text[max(0, match.start() - _BEFORE) : match.start()]
        yield from _last_of(before, text.language, table)
        after = SignText(text.text[match.end() : match.end() + _AFTER], text.language)
        for at in range(min(len(after.folded), _BETWEEN + 1)):
            found = [phrase for phrase, _ in found_at(after, at, table)]
            yield from found
            if found:
                break


def _last_of(
    before: str, language: str, table: Mapping[str, tuple[Phrase, ...]]
) -> Iterator[Phrase]:
    piece = before.rstrip()
    # The whole word must be there: in "sessions $50" the cut begins inside one.
    whole = piece.split()[-1:] if len(before) < _BEFORE or " " in before else [piece]
    words = SignText(whole[0] if whole else "", language)
    if words.folded:
        for phrase, end in found_at(words, len(words.folded) - 1, table):
            if end == len(words.folded):
                yield phrase


def _alone(
    text: SignText, table: Mapping[str, tuple[Phrase, ...]], unspaced: tuple[Phrase, ...]
) -> Iterator[Phrase]:
    for at in range(len(text.folded)):
        for phrase, _ in found_at(text, at, table):
            if "#" not in phrase.needs and text.needs_met(phrase.needs):
                yield phrase
    if text.text.isascii():
        return
    for phrase in unspaced:
        if phrase.kind.startswith("currency") and _after_number(text, phrase):
            yield phrase


def _after_number(text: SignText, phrase: Phrase) -> bool:
    at = text.text.find(phrase.written)
    before = text.plain[max(0, at - 4) : at].rstrip()
    # "3万円" and "五千円" are sums; "円" in "円満" is none.
    return at > 0 and bool(re.search(r"[\d万千百億만천백억萬仟]$", before))
