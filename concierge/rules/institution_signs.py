"""Institutions that give a country away: health services, insurers, lines, societies of authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concierge.rules.place_evidence import Sign
from concierge.rules.sign_words import Phrase, SignText, found_at


def institution_signs(
    text: SignText,
    where: str,
    table: Mapping[str, tuple[Phrase, ...]],
    unspaced: tuple[Phrase, ...],
) -> Iterator[Sign]:
    """Each institution named, once."""
    seen: set[tuple[str, ...]] = set()
    for at in range(len(text.folded)):
        for phrase, _ in found_at(text, at, table):
            if phrase.words not in seen and text.needs_met(phrase.needs):
                seen.add(phrase.words)
                yield _sign(phrase, where)
    if not text.text.isascii():
        for phrase in unspaced:
            known = phrase.kind.startswith("institution") and text.spoken(phrase.languages)
            if known and phrase.written in text.text and text.needs_met(phrase.needs):
                yield _sign(phrase, where)


def _sign(phrase: Phrase, where: str) -> Sign:
    return Sign(phrase.kind, phrase.written, phrase.shares, where, f"names {phrase.written}")
