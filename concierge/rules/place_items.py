"""A text as a row of items: the places it names, the cues around them, and other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from concierge.rules.places import SPACELESS, Hit, Name, Places, Token, inner_name
from concierge.rules.role_cues import PREDICATES, Cues, key_of

#: Cues that are never a place, with a capital either: "in March", the Polish "z Tobą".
_NEVER: Final = frozenset({"month", "never"})
_NOTHING: Final[frozenset[str]] = frozenset()


class Item(NamedTuple):
    """A cue, a place or another word, and where it stands."""

    word: str
    kinds: frozenset[str]
    names: tuple[Name, ...]
    hit: Hit | None
    capital: bool
    #: Its script has capitals.
    cased: bool
    clause: int
    sentence: int


def items_of(tokens: list[Token], hits: list[Hit], places: Places, cues: Cues) -> list[Item]:
    """Items in order; a clause ends at a comma, at the end of a sentence and before a "but"."""
    found = {hit.start: hit for hit in hits if _may_be(hit, tokens, cues)}
    items: list[Item] = []
    at = 0
    extra = 0
    while at < len(tokens):
        token = tokens[at]
        hit = found.get(at)
        if SPACELESS.search(token.folded) and not token.folded.isascii():
            run = _run(token, places, cues, extra)
            items.extend(run)
            at += 1
            continue
        if hit is not None:
            items.append(_item(hit.words, _NOTHING, token, extra, hit))
            at = hit.end
            continue
        length, kinds = _cue_at(tokens, at, cues, found)
        # "lebe aber in Köln": after its verb a "but" does not begin a thought.
        extra += "but" in kinds and not (items and items[-1].kinds & PREDICATES)
        words = (
            token.folded if length == 1 else " ".join(t.folded for t in tokens[at : at + length])
        )
        items.append(_item(words, kinds, token, extra, None))
        at += length
    return items


def _item(word: str, kinds: frozenset[str], token: Token, extra: int, hit: Hit | None) -> Item:
    names = hit.names if hit else ()
    clause = token.clause + extra
    return Item(word, kinds, names, hit, token.capital, token.cased, clause, token.sentence)


def _may_be(hit: Hit, tokens: list[Token], cues: Cues) -> bool:
    """Whether a name found may be one: "или" is an "or" first and an English town last."""
    token = tokens[hit.start]
    kinds = cues.kinds.get(key_of(token.folded)) if hit.end - hit.start == 1 else None
    if kinds is None:
        return True
    first = not hit.start or tokens[hit.start - 1].sentence != token.sentence
    written = token.capital and token.cased and not first and len(token.folded) > 3
    return written and not kinds & _NEVER


def _cue_at(
    tokens: list[Token], at: int, cues: Cues, found: dict[int, Hit]
) -> tuple[int, frozenset[str]]:
    """The longest cue that begins here, never running into a name or over a sentence."""
    first = tokens[at]
    key = key_of(first.folded)
    for length in cues.lengths.get(key, ()):
        last = at + length
        if length == 1:
            return 1, cues.kinds[key]
        if last > len(tokens) or tokens[last - 1].sentence != first.sentence:
            continue
        if any(i in found for i in range(at + 1, last)):
            continue
        kinds = cues.kinds.get(" ".join(key_of(t.folded) for t in tokens[at:last]))
        if kinds:
            return length, kinds
    return 1, _behind_and(key, cues)


def _behind_and(key: str, cues: Cues) -> frozenset[str]:
    """The kinds of a word that Arabic or Hebrew wrote together with an "and"."""
    for beginning, kind in cues.beginnings:
        if kind == "and" and key.startswith(beginning) and len(key) - len(beginning) > 1:
            kinds = cues.kinds.get(key[len(beginning) :])
            if kinds:
                return kinds
    return _NOTHING


def _run(token: Token, places: Places, cues: Cues, extra: int) -> Iterator[Item]:
    """The items inside a run of characters without blanks: the longest known word at each."""
    word = token.folded
    at = unknown = 0
    while at < len(word):
        name, names = inner_name(places, word, at)
        cue = _longest(cues.inner.get(word[at], ()), word, at)
        length = max(len(name), len(cue))
        if not length:
            at += 1
            continue
        if at > unknown:
            yield _item(word[unknown:at], _NOTHING, token, extra, None)
        if names and len(name) >= len(cue):
            hit = Hit(name, 0, 1, names)
            yield _item(name, _NOTHING, token, extra, hit)
        else:
            extra += "but" in cues.kinds[cue]
            yield _item(cue, cues.kinds[cue], token, extra, None)
        at += length
        unknown = at
    if at > unknown:
        yield _item(word[unknown:at], _NOTHING, token, extra, None)


def _longest(known: tuple[str, ...], word: str, at: int) -> str:
    return next((text for text in known if word.startswith(text, at)), "")
