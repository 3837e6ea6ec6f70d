"""Country names as people write them, looked up word by word, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from concierge.rules.gazetteer import Gazetteer, Town
from concierge.rules.place_forms import bases_of
from concierge.rules.place_table import SIGN, STEM, Places, parse_places
from concierge.rules.place_words import SPACELESS, Name, Token, fold, tokens_of

__all__ = [
    "SIGN",
    "SPACELESS",
    "Hit",
    "Name",
    "Places",
    "Token",
    "fold",
    "hits_of",
    "inner_name",
    "parse_places",
    "tokens_of",
]

#: Letters of the shortest name believed with an ending taken off or put on.
_SHORTEST: Final = 3
#: An ending has at most this many letters.
_ENDING: Final = 4
_KATAKANA: Final = re.compile(r"[\u30a1-\u30ff]")

#: How many words a name may have, longest first.
_LENGTHS: Final = (4, 3, 2, 1)
#: Letters of the longest word looked up; a longer one is no name, and must cost nothing.
_LONGEST_WORD: Final = 64
#: Words remembered as no names; a desk meets some ten thousand, an attack any number.
_PLAIN_WORDS: Final = 32_768
#: Characters of a run without blanks that are searched, for the same reason.
_RUN_READ: Final = 2_000
#: People, in thousands, of a town that is found when written small.
_SMALL: Final = 60
#: People, in thousands, of a town whose declined form is believed: at home where names decline,
#: and elsewhere, where a likeness by chance is likelier.
_AT_HOME: Final = 60
_ABROAD: Final = 700
#: A town is at home in a country that has more than this of its name.
_MOSTLY: Final = 0.5
#: Share of a name that its world-known town has at least; the others stay possible.
_KNOWN: Final = 0.9
#: Below this share the name is as well known elsewhere: Valencia, Newcastle.
_CONTESTED: Final = 0.45
#: Names of two great towns, none of which is the one the world means.
_SHARED: Final = frozenset({"santiago", "cordoba"})
#: Countries in whose languages the names of towns decline.
_DECLINES: Final = "RU UA BY BG MK RS HR BA ME SI PL CZ SK FI EE LV LT HU RO MD TR AZ GR CY KZ"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the words as compared, where (first token, one past the last), and for whom."""

    words: str
    start: int
    end: int
    names: tuple[Name, ...]
    #: A word of the name is written with a capital, or its script has none.
    capital: bool = True
    #: It is a word or a person's name first, and a place only where a word beside it says so.
    ordinary: bool = False


def hits_of(places: Places, tokens: list[Token]) -> Iterator[Hit]:
    """Every name in the text, longest first at each word, never overlapping.

    Names in small letters are found too (``Hit.capital`` is false), ordinary words only where
    they are written like a name (``Hit.ordinary``); the reader of the hits decides.
    """
    at = 0
    while at < len(tokens):
        token = tokens[at]
        # Most words of a mail are the same few thousand, and no name begins with them.
        if token.folded in (places.plain_names if token.capital else places.plain):
            at += 1
            continue
        hit = _hit_at(places, tokens, at)
        if hit is None:
            _learn_plain(places, token)
            at += 1
        else:
            yield hit
            at = hit.end
            code = _code_after(places, tokens, hit)
            if code is not None:
                yield code
                at = code.end


def _learn_plain(places: Places, token: Token) -> None:
    """Remember a word that begins no name, whatever follows it."""
    word = token.folded
    if not token.cased or len(word) > _LONGEST_WORD or word in places.lengths:
        return
    if places.towns is None or not places.towns.begins(word):
        known = places.plain_names if token.capital else places.plain
        if len(known) >= _PLAIN_WORDS:
            known.clear()
        known.add(word)


def _code_after(places: Places, tokens: list[Token], town: Hit) -> Hit | None:
    """The abbreviated state right after a town: "Austin TX", "Cambridge, MA"."""
    token = tokens[town.end] if town.end < len(tokens) else None
    if token is None or not token.shouted or token.sentence != tokens[town.start].sentence:
        return None
    isos = {name.iso for name in town.names if name.is_town}
    names = tuple(n for n in places.codes.get(token.folded, ()) if n.iso in isos)
    return Hit(token.folded, town.end, town.end + 1, names) if names else None


def _hit_at(places: Places, tokens: list[Token], at: int) -> Hit | None:
    first = tokens[at]
    known = places.lengths.get(first.folded, ())
    towns = places.towns
    if len(first.folded) > _LONGEST_WORD:
        return _by_form(places, tokens, at)
    if towns is not None:
        known = _lengths(towns, tokens, at, known)
    for length in known:
        # Names never run over a comma; "Paris, Texas" are two.
        if at + length > len(tokens) or tokens[at + length - 1].clause != first.clause:
            continue
        words = tokens[at : at + length]
        key = first.folded if length == 1 else " ".join(token.folded for token in words)
        found = _named(places, key, any(word.capital for word in words))
        if found:
            return Hit(key, at, at + length, *found)
    # Without a capital only a whole name can be one, and English does not decline.
    return _by_form(places, tokens, at)


def _lengths(
    towns: Gazetteer, tokens: list[Token], at: int, known: tuple[int, ...]
) -> tuple[int, ...]:
    """How many words a name that begins here may have, by the towns and by ``known``."""
    first = tokens[at].folded
    if not towns.begins(first):
        return known or (1,)
    # "The", "in" and "new" begin some town's name, and hardly ever go on like one.
    if at + 1 < len(tokens) and towns.goes_on(first, tokens[at + 1].folded):
        return _LENGTHS
    return (*(length for length in known if length > 1), 1)


def _named(places: Places, key: str, capital: bool) -> tuple[tuple[Name, ...], bool, bool] | None:
    """The names of a key, with capital and ordinary: the table's countries before any town."""
    names = places.names.get(key, ())
    town = places.towns.town(key) if places.towns else None
    if town and not capital and (town.ordinary or town.people < _SMALL):
        town = None
    if not names and not town:
        return None
    ordinary = key in places.ordinary
    regions = tuple(name for name in names if name.regions)
    if town and all(name.is_town or name.regions for name in names):
        # Towns of the table have no shares: they are the ones the world knows by that name.
        # A region is meant before a town that is no sure name.
        known = {name.iso for name in names if name.is_town and key not in _SHARED}
        alone = regions and town.ordinary
        names = regions if alone else (*regions, *_leaning(town.names, known))
        ordinary = ordinary or (town.ordinary and not regions)
    return names, capital, ordinary


def _leaning(towns: tuple[Name, ...], known: set[str]) -> tuple[Name, ...]:
    """Towns of one name with the one the world knows by it believed first: Athens is in Greece.

    How many people live in each says too little of which is meant.
    """
    mine = sum(name.share for name in towns if name.iso in known)
    # The gazetteer may know only a namesake: Manchester in Hindi is not the one in the US.
    if known and not mine:
        return tuple(Name(iso, "city-und", _KNOWN) for iso in sorted(known))
    if not _CONTESTED < mine < _KNOWN:
        return towns
    rest = (1 - _KNOWN) / (1 - mine)
    return tuple(
        replace(name, share=round(name.share * (_KNOWN / mine if name.iso in known else rest), 4))
        for name in towns
    )


def _by_form(places: Places, tokens: list[Token], at: int) -> Hit | None:
    """A declined, prefixed or inner name."""
    token = tokens[at]
    word = token.folded
    if not token.capital or len(word) > _LONGEST_WORD:
        return _inside(places, word, at) if token.capital and SPACELESS.search(word) else None
    for cut in range(1, _ENDING + 1):
        names = places.stems.get(word[:-cut]) if len(word) - cut >= STEM else None
        if names:
            return Hit(word, at, at + 1, names, ordinary=word in places.ordinary)
    if not token.cased and SPACELESS.search(word):
        return _inside(places, word, at)
    return _prefixed(places, tokens, at) or _declined(places, token, at)


def _prefixed(places: Places, tokens: list[Token], at: int) -> Hit | None:
    """A name of two words with a letter before it: "in Tel Aviv" is two words in Hebrew."""
    if tokens[at].cased or at + 1 == len(tokens):
        return None
    for base in bases_of(tokens[at].folded):
        key = f"{base} {tokens[at + 1].folded}"
        found = _named(places, key, True)
        if found:
            return Hit(key, at, at + 2, *found)
    return None


def _declined(places: Places, token: Token, at: int) -> Hit | None:
    word = token.folded
    if word in places.ordinary or len(word) < STEM:
        return None
    for base in bases_of(word):
        if len(base) < _SHORTEST:
            continue
        names = () if token.cased else places.names.get(base, ())
        town = places.towns.town(base) if places.towns else None
        unsure = base in places.ordinary
        if not names and town and not town.ordinary and town.people >= _AT_HOME:
            names = town.names
            # A likeness by chance is a place only where a word beside it says so.
            unsure = unsure or not _declines(town, token)
        if names:
            return Hit(word, at, at + 1, names, ordinary=unsure)
    return None


def _declines(town: Town, token: Token) -> bool:
    """Whether the ending is worth believing: the town is large, or at home where names decline."""
    home = town.names[0].iso in _DECLINES and town.names[0].share > _MOSTLY
    least = _AT_HOME if home or not token.cased else _ABROAD
    return town.people >= (least if token.folded.isascii() or home else _AT_HOME)


def _inside(places: Places, word: str, at: int) -> Hit | None:
    """The first name inside a run of characters without blanks."""
    for i in range(min(len(word), _RUN_READ)):
        name, names = inner_name(places, word, i)
        if names:
            around = word[max(0, i - 6) : i + len(name) + 6]
            return Hit(around, at, at + 1, names)
    return None


def inner_name(places: Places, word: str, at: int) -> tuple[str, tuple[Name, ...]]:
    """The longest name that begins at ``at`` inside a run without blanks; empty when none does."""
    char = word[at]
    known = next((n for n in places.inner.get(char, ()) if _stands(word, n, at)), "")
    town = ""
    # Korean puts blanks between words: a town inside one is a piece of another word.
    if places.towns and (at == 0 or not "\uac00" <= char <= "\ud7af"):
        town = next((n for n in places.towns.inner(char) if _stands(word, n, at)), "")
    if places.towns and len(town) > len(known):
        found = places.towns.town(town)
        return town, found.names if found else ()
    return known, places.names.get(known, ())


def _stands(word: str, name: str, at: int) -> bool:
    return word.startswith(name, at) and not _splits_katakana(word, at, at + len(name))


def _splits_katakana(word: str, start: int, end: int) -> bool:
    """Whether the name is cut out of a longer foreign word ("voucher" begins like Bauchi)."""
    inside, around = word[start:end], word[max(0, start - 1) : start] + word[end : end + 1]
    return bool(_KATAKANA.match(inside)) and bool(_KATAKANA.search(around))
