"""Every place a text names, and what each is to the person who writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from concierge.rules.place_evidence import Mention, Role, Shares
from concierge.rules.place_items import Item, items_of
from concierge.rules.place_roles import OWN, Reading, readings_of
from concierge.rules.places import SIGN, SPACELESS, Hit, Name, Places, fold, hits_of, tokens_of
from concierge.rules.role_cues import RoleCues, key_of, language_read

#: Characters read: people say early where they are, and the cost must be bounded.
_READ: Final = 4_000
#: A short quotation is a title; "Berlin" in it is a song or a band.
_TITLE: Final = re.compile(r"[\"“„«‟][^\"”“»\n]{1,40}[\"”“»]")
#: A dash between blanks and a colon end a thought as a comma does.
_BREAK: Final = re.compile(r"\s[-–—]+\s|:(?=\s)|\s[|/]\s")
#: In scripts without capitals a town needs this many letters, for it may be a common word.
_UNCASED_TOWN: Final = 4
#: Letters of a name in small letters that a preposition alone makes up for.
_SMALL_NAME: Final = 4
#: How wide a name is, for one name to explain another.
_TOWN, _REGION, _COUNTRY = range(3)
#: Share of words in capitals from which capitals mean nothing.
_SHOUTING: Final = 0.7
#: Roles that only words around the name can give; they make up for a missing capital.
_SAID: Final = OWN - {Role.IN} | {Role.NOT, Role.WANTED, Role.PAST, Role.FUTURE, Role.OTHERS}
#: Predicates that are about places; beside others a word in small letters is a word.
_PLAIN: Final = frozenset(
    {"live", "lived", "now", "be", "home", "origin", "write", "moved", "moving", "work", "want"}
)
#: What a place in a signature may be by words of its own; else it is an address at most.
_SIGNED: Final = frozenset({Role.NOW, Role.LIVES, Role.HOME, Role.FROM, Role.BELONGS})


def mentions_of(
    text: str, language: str, places: Places, *, cues: RoleCues, where: str = "body"
) -> list[Mention]:
    """Every place named in a text, in its order, with its role for the writer.

    ``language`` is the text's language, "" when undetermined: then the cues tell the language to
    read by. ``where`` is ``body``, ``subject`` or ``signature``. Reads the first 4,000
    characters; never raises.
    """
    plain = _BREAK.sub(" , ", _TITLE.sub(" × ", text[:_READ]))
    tokens = tokens_of(plain)
    hits = list(hits_of(places, tokens))
    if not hits:
        return []
    read = language_read([key_of(token.folded) for token in tokens], language, cues)
    items = items_of(tokens, hits, places, cues[read])
    if not any(item.hit for item in items):
        return []
    shouting = sum(t.shouted for t in tokens) > _SHOUTING * len(tokens)
    readings = readings_of(items, cues[read])
    return list(_mentions(items, readings, language, plain, where, shouting))


def _mentions(
    items: list[Item],
    readings: dict[int, Reading],
    language: str,
    text: str,
    where: str,
    shouting: bool,
) -> Iterator[Mention]:
    written = _Written(text)
    kept = {
        at: names
        for at, reading in readings.items()
        if (names := _meant(items, at, reading, language, shouting))
    }
    skip = -1
    for at, after in zip_longest(kept, list(kept)[1:]):
        if at == skip:
            continue
        names = kept[at]
        found = written.words(items[at])
        if after is not None and _side_by_side(items, at, after):
            joint = _joint(names, kept[after])
            if joint:
                names, skip = joint, after
                found = f"{found}, {written.words(items[after])}"
        elif at + 1 < len(items):
            code = written.words(items[at + 1])
            within = _in_state(names, code) if items[at + 1].hit is None else ()
            names, found = (within, f"{found}, {code}") if within else (names, found)
        role = _role_where(items, at, readings[at], where)
        yield Mention(found, _shares(names), role, _kind(names), where)


def _role_where(items: list[Item], at: int, reading: Reading, where: str) -> Role:
    role = reading.role
    if where == "signature":
        return role if role in _SIGNED and reading.predicate else Role.IN
    alone = not any(
        item.clause == items[at].clause
        for item in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
    )
    if role is Role.NAMED and alone and (where == "subject" or items[at].clause == 0):
        return Role.IN  # "Help - Dublin", or the date line of a letter
    return role


class _Written:
    """Words as they were written, found again by how they are compared."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_fold: dict[str, str] = {}

    def words(self, item: Item) -> str:
        words = item.hit.words if item.hit else item.word
        if not self._by_fold:
            self._by_fold = {fold(w): w for w in re.findall(r"[^\s,.;:!?()'’\"-]+", self._text)}
        return " ".join(self._by_fold.get(word, word) for word in words.split())


def _meant(
    items: list[Item], at: int, reading: Reading, language: str, shouting: bool
) -> tuple[Name, ...]:
    """The names that may be meant here: of this language or English, and written like a name."""
    item = items[at]
    spoken = (language, "en", SIGN)
    names = tuple(
        n
        for n in item.names
        if n.iso != "ZZ" and (n.lang.rpartition("-")[2] in spoken or n.is_town or not language)
    )
    towns = tuple(n for n in names if n.is_town)
    if any(_rank(name) == _COUNTRY for name in names):
        names = tuple(n for n in names if not n.is_town)
    if not names:
        return ()
    hit = item.hit
    words = hit.words if hit else ""
    said = reading.role in _SAID and reading.predicate in _PLAIN
    said = said and (reading.role is not Role.FROM or reading.predicate in ("be", "origin"))
    if hit is None or (hit.ordinary and not _is_meant(hit, item, reading, shouting)):
        return ()
    if not item.cased:
        short = len(words) < _UNCASED_TOWN and not SPACELESS.search(words)
        return () if short and towns and not said else names
    capital = hit.capital and not shouting
    if len(words) == 2 and not (capital and (said or reading.relation or _after_filler(items, at))):
        return ()
    demonym = any(n.lang.startswith("demonym-") for n in names)
    if capital or said or (demonym and reading.role is Role.BELONGS):
        return () if _is_called_so(items, at, reading, names) else names
    # Many write "in birmingham": after its preposition a sure name needs no capital.
    said = not hit.ordinary and reading.relation in ("in", "from") and len(words) >= _SMALL_NAME
    return names if said or (shouting and reading.relation) else ()


def _is_meant(hit: Hit, item: Item, reading: Reading, shouting: bool) -> bool:
    """Whether a word or a given name is the place here: "in Reading", never "Reading this"."""
    if not item.cased:
        return bool(reading.relation and reading.predicate)
    where = bool(reading.relation) or reading.predicate == "live"  # "live in" is one cue
    return where and hit.capital and not shouting


def _after_filler(items: list[Item], at: int) -> bool:
    return at > 0 and "fill" in items[at - 1].kinds


def _is_called_so(items: list[Item], at: int, reading: Reading, names: tuple[Name, ...]) -> bool:
    """Whether the writer bears the name: "I'm India, a backing singer", "this is Jordan"."""
    if reading.relation or any(name.lang.startswith("demonym-") for name in names):
        return False
    before = items[at - 1] if at else None
    return before is not None and "be" in before.kinds and before.sentence == items[at].sentence


def _side_by_side(items: list[Item], at: int, after: int) -> bool:
    """Whether two places stand side by side, a comma apart at most: "Cork, Ireland"."""
    near = items[after].clause - items[at].clause <= 1
    return after == at + 1 and near and items[after].sentence == items[at].sentence


def _joint(first: tuple[Name, ...], second: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names of one place said twice, the wider one telling which: none for two places."""
    ranks = max(map(_rank, first)), max(map(_rank, second))
    if any(n.lang.startswith("demonym-") for n in (*first, *second)):
        return ()
    narrow, wide = (first, second) if ranks[0] <= ranks[1] else (second, first)
    telling = [name for name in wide if _rank(name) == max(ranks)]
    if ranks[0] == ranks[1] < _COUNTRY:
        return ()
    if max(ranks) == _COUNTRY:
        isos = {name.iso for name in telling}
        return _alone(name for name in narrow if name.iso in isos)
    codes = {code for name in telling for code in name.regions}
    within = _alone(name for name in narrow if codes & {*name.regions})
    # A region explains the town before it even where our list lacks it: "Paris, Texas".
    return within or (_alone(telling) if wide is second else ())


def _in_state(names: tuple[Name, ...], code: str) -> tuple[Name, ...]:
    """The towns in the state of that code: "Cambridge, MA"."""
    if len(code) != len("MA") or not code.isupper():
        return ()
    return _alone(name for name in names if f"US-{code}" in name.regions)


def _alone(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names that are left when the others are ruled out; what they say, they say in full."""
    left = tuple(names)
    total = sum({name.iso: name.share for name in left}.values())
    return tuple(replace(name, share=name.share / total) for name in left) if total else ()


def _rank(name: Name) -> int:
    """How wide a name is: a town, a region, a country (or a word for its people)."""
    return _TOWN if name.is_town else _REGION if name.regions else _COUNTRY


def _shares(names: tuple[Name, ...]) -> Shares:
    """Each country's part of the name; the greatest of several languages, at most 1 in all."""
    parts: dict[str, float] = {}
    for name in names:
        parts[name.iso] = max(parts.get(name.iso, 0.0), name.share)
    total = max(1.0, sum(parts.values()))
    return tuple(
        (iso, round(part / total, 4))
        for iso, part in sorted(parts.items(), key=lambda p: (-p[1], p[0]))
    )


def _kind(names: tuple[Name, ...]) -> str:
    lang = names[0].lang
    if lang == SIGN:
        return "institution"
    if all(name.is_town for name in names):
        return "town"
    head = lang.rpartition("-")[0]
    return head if head in ("region", "demonym") else "country"
