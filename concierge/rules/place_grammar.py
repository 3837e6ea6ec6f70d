"""What is said of a place in a row of items: the relation at its name and the predicate."""

from __future__ import annotations

from typing import Final

from concierge.rules.place_items import Item
from concierge.rules.role_cues import PREDICATES, RELATIONS, Cues, key_of

#: Items between a place and what is said of it; a longer way leads into another thought.
REACH: Final = 9
#: Kinds that keep a list going.
_LIGHT: Final = RELATIONS | {"fill", "and", "month"}
#: What a participle at the end of a German or Dutch clause may say over "am" at its beginning.
_PARTICIPLES: Final = frozenset({"moved", "origin", "past", "lived", "fly"})


def relation_of(items: list[Item], at: int, cues: Cues) -> tuple[str, int, int]:
    """The relation at a name, with the first and the last item that belong to it."""
    end, after = at, ""
    if at + 1 < len(items) and items[at + 1].sentence == items[at].sentence:
        after = _first(items[at + 1].kinds & RELATIONS) if cues.order in ("after", "either") else ""
        end = at + 1 if after else at
    start = at
    while start and items[start - 1].clause == items[at].clause and _filling(items[start - 1]):
        start -= 1
    kinds = items[start - 1].kinds & RELATIONS if start else frozenset()
    if start and kinds and items[start - 1].clause == items[at].clause:
        return after or _first(kinds), start - 1, end
    return after or _spelled(items[at], cues), start, end


def _first(kinds: frozenset[str]) -> str:
    """One relation of several: "to" before "in" where a word is both (a move is the rarer one)."""
    return next((kind for kind in ("in", "from", "to", "via") if kind in kinds), "")


def _filling(item: Item) -> bool:
    return "fill" in item.kinds and not item.kinds & RELATIONS


def _spelled(item: Item, cues: Cues) -> str:
    """The relation a declined or prefixed name carries in itself."""
    word = key_of(item.hit.words) if item.hit else ""
    for ending, kind in cues.endings:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return kind
    for beginning, kind in cues.beginnings:
        if kind in RELATIONS and word.startswith(beginning) and len(word) - len(beginning) > 1:
            return kind
    return ""


def predicate_of(
    items: list[Item], start: int, end: int, relation: str, cues: Cues
) -> tuple[str, int]:
    """What is said of the place, and at which item; ("", -1) when nothing is."""
    for edge in {start, end}:
        said = items[edge].kinds & PREDICATES
        if said and items[edge].hit is None:
            return _strongest(said), edge
    before = _look(items, range(start - 1, max(-1, start - 1 - REACH), -1), start, relation)
    over = cues.order == "last"
    after = _look(items, range(end + 1, min(len(items), end + 1 + REACH)), end, relation, over)
    if over and after[0] in _PARTICIPLES and before[0] in ("", "be", "now"):
        return after
    if cues.order in ("before", "last") or not after[0]:
        return before if before[0] else after
    if cues.order == "after" or not before[0]:
        return after
    return before if start - before[1] <= after[1] - end else after


def head_of(items: list[Item], start: int) -> str:
    """What the head of a list says of its first place: "Tour dates: 3 May Paris"."""
    at = start - 1
    sentence = items[start].sentence
    while at >= 0 and items[at].sentence == sentence and is_light(items[at]):
        at -= 1
    head = items[at] if at >= 0 and items[at].sentence == sentence else None
    return "future" if head is not None and "future" in head.kinds else ""


def _look(
    items: list[Item], way: range, edge: int, relation: str, over: bool = False
) -> tuple[str, int]:
    """The nearest predicate along a way that stays in the clause, ``over`` other places if so."""
    clause = items[edge].clause
    forward = way.step > 0
    for steps, at in enumerate(way):
        item = items[at]
        stops = item.hit is not None and (forward or not relation) and not (over and relation)
        if item.clause != clause or stops:
            break
        if forward and not over and steps and _begins_another(items, at):
            break
        found = item.kinds & PREDICATES
        if found and (relation or _is_near(steps, found, forward)):
            return _strongest(found), at
        far = not relation and "fill" not in item.kinds and steps >= (4 if forward else 1)
        if far:
            break
    return "", -1


def _begins_another(items: list[Item], at: int) -> bool:
    """Whether a preposition here belongs to the next place: what follows is said of that one."""
    kinds = items[at].kinds
    follows = at + 1 < len(items) and items[at + 1].hit is not None
    return follows and bool(kinds & RELATIONS) and not kinds & PREDICATES


def _is_near(steps: int, found: frozenset[str], forward: bool) -> bool:
    """Without "in" or "from" only what stands next to a name speaks of it: "toured Japan".

    "Leeds is where I live" and "my home is Leeds" may be further off.
    """
    return (steps <= 2 and forward) or not steps or bool(found & {"live", "home"})


def _strongest(kinds: frozenset[str]) -> str:
    order = ("lived", "moving", "moved", "live", "now", "home", "origin", "future", "past", "fly")
    return next((kind for kind in order if kind in kinds), "") or min(kinds)


def is_light(item: Item) -> bool:
    """A word that keeps a list going: "and", a preposition, a date, a town nobody knows."""
    if item.kinds:
        return bool(item.kinds & (_LIGHT | {"but"}))
    return item.word.isdigit() or (item.cased and item.capital)
