"""Whether a place is the writer's at all: somebody else's, denied, or the name of a thing."""

from __future__ import annotations

from typing import Final

from concierge.rules.place_grammar import REACH
from concierge.rules.place_items import Item
from concierge.rules.role_cues import RELATIONS

#: Words that an article, an adjective and a noun put between "I am" and the name.
NEAR: Final = 5
#: Words between a place name and the thing it names ("London Symphony Orchestra", "la banda").
_THING_NEAR: Final = 2
#: What may stand between "not" and the place without taking the "not" for itself: "I do not live
#: any more in" denies the place, "I cannot sleep in" does not.
THROUGH: Final = (
    RELATIONS
    | {"live", "lived", "be", "now", "home", "work", "i", "nomore"}
    | {
        "fill",
        "past",
        "they",
        "today",
        "origin",
    }
)
#: What makes a "not" after the name one of being there.
_WHERE: Final = frozenset({"live", "be", "home", "work"})


def is_no_place(items: list[Item], at: int, start: int, end: int, relation: str) -> bool:
    """A person of that name, a thing called after a place, a band."""
    item = items[at]
    if _names_a_thing(items, at, (start, end), relation):
        return True
    if not start:
        return False
    previous = items[start - 1]
    if previous.sentence != item.sentence:
        return False
    if "thing" in previous.kinds and relation in ("", "from") and previous.clause == item.clause:
        return True
    if relation == "from" and item.hit is not None and item.hit.ordinary:
        # "Love from Charlotte" is a person, "hi from Jordan" a country more often than not.
        return "greet" in previous.kinds and all(name.is_town for name in item.names)
    return not relation and bool(previous.kinds & {"called", "greet"})


def _names_a_thing(items: list[Item], at: int, span: tuple[int, int], relation: str) -> bool:
    """Whether a thing stands behind the name: "Chicago blues", "Boston (the band)"."""
    item = items[at]
    start, end = span
    for j in range(end + 1, min(len(items), end + 2 + _THING_NEAR)):
        if items[j].clause != item.clause or items[j].hit is not None:
            break
        if "thing" in items[j].kinds and (not relation or start < at - 1 or j == end + 1):
            return True
        if items[j].kinds - {"fill"}:
            break
    return False


def is_denied(items: list[Item], start: int, end: int, order: str) -> bool:
    """Whether a "not" of the same clause reaches the place over words that say where."""
    before = _way_to_not(items, range(start, max(-1, start - 6), -1), items[end].clause)
    if before is not None:
        return True
    after = _way_to_not(items, range(end + 1, min(len(items), end + 5)), items[end].clause)
    # "In Berlin wohne ich nicht" denies Berlin, "kann in Berlin nicht schlafen" does not.
    return after is not None and (order in ("after", "either") or bool(after & _WHERE))


def _way_to_not(items: list[Item], way: range, clause: int) -> frozenset[str] | None:
    """The kinds of what stands between a place and its "not"; ``None`` if nothing denies it."""
    passed: frozenset[str] = frozenset()
    for at in way:
        item = items[at]
        if item.clause != clause or (item.hit is not None and at != way.start):
            return None
        if "not" in item.kinds:
            return passed
        if not item.kinds & THROUGH and item.hit is None:
            return None
        passed |= item.kinds
    return None


def is_others(items: list[Item], start: int) -> bool:
    """Whether somebody else is meant: "my drummer in Osaka", "he lives in", "a friend from"."""
    at = start - 1
    sentence = items[start].sentence
    while at >= 0 and at > start - 2 * REACH and items[at].sentence == sentence:
        kinds = items[at].kinds
        if "i" in kinds and "they" not in kinds:
            return False
        if "they" in kinds:
            # "I am a harpist who settled in" is about the writer.
            return not ("who" in kinds and _self_before(items, at))
        if "person" in kinds:
            mine = at > 0 and "my" in items[at - 1].kinds
            return not (_is_mine(items, at - 1, start) if mine else _self_before(items, at))
        if "my" in kinds:
            return not _is_mine(items, at, start)
        at -= 1
    return False


def _self_before(items: list[Item], at: int) -> bool:
    """Whether a person named is the writer: "I am a friend of", "as a manager in"."""
    return any(
        item.kinds & {"i", "be"} and item.clause == items[at].clause
        for item in items[max(0, at - NEAR + 1) : at]
    )


def _is_mine(items: list[Item], at: int, start: int) -> bool:
    """Whether what is "mine" is a place or a group I am in, or a person I am with now."""
    noun = items[at + 1 : min(start, at + 4)]
    if any(item.kinds & {"ours", "home", "show", "now", "work", "i", "origin"} for item in noun):
        return True
    return at > 0 and bool(items[at - 1].kinds & {"with", "visit"})
