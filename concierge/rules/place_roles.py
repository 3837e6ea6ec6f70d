"""What a place in a row of items is to the writer: the words around it, read clause by clause."""

from __future__ import annotations

from typing import Final, NamedTuple

from concierge.rules.place_evidence import Role
from concierge.rules.place_items import Item
from concierge.rules.role_cues import PREDICATES, RELATIONS, Cues, key_of

#: Items between a place and what is said of it; a longer way leads into another thought.
_REACH: Final = 9
#: Words that an article, an adjective and a noun put between "I am" and the name.
_NEAR: Final = 5
#: Words between a place name and the thing it names ("London Symphony Orchestra", "la banda").
_THING_NEAR: Final = 2
#: What may stand between "not" and the place without taking the "not" for itself: "I do not live
#: any more in" denies the place, "I cannot sleep in" does not.
_THROUGH: Final = (
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
_LIGHT: Final = RELATIONS | {"fill", "and", "month"}
#: Roles that are somebody else's when somebody else is the subject.
OWN: Final = frozenset({Role.NOW, Role.LIVES, Role.HOME, Role.FROM, Role.BELONGS, Role.IN})
#: What a predicate makes of a place, by the relation at its name ("" for none).
_MEANS: Final[dict[str, dict[str, Role]]] = {
    "live": {"": Role.LIVES, "in": Role.LIVES, "from": Role.FROM, "to": Role.LIVES},
    "work": {"in": Role.LIVES, "from": Role.FROM, "to": Role.LIVES},
    "lived": {"": Role.PAST, "in": Role.PAST, "from": Role.PAST, "to": Role.PAST},
    "moved": {"": Role.LIVES, "in": Role.LIVES, "from": Role.PAST, "to": Role.LIVES},
    "moving": {"": Role.FUTURE, "in": Role.FUTURE, "from": Role.LIVES, "to": Role.FUTURE},
    "now": {"": Role.NOW, "in": Role.NOW, "from": Role.FROM, "to": Role.NOW, "via": Role.NOW},
    "write": {"in": Role.NOW, "from": Role.NOW, "": Role.NOW, "to": Role.NOW},
    "home": {"": Role.HOME, "in": Role.LIVES, "from": Role.FROM, "to": Role.HOME},
    "origin": {"": Role.FROM, "in": Role.FROM, "from": Role.FROM, "to": Role.FROM},
    "past": {"": Role.PAST, "in": Role.PAST, "from": Role.PAST, "to": Role.PAST, "via": Role.PAST},
    "fly": {"": Role.PAST, "in": Role.PAST, "from": Role.PAST, "to": Role.PAST, "via": Role.PAST},
    "future": {"": Role.FUTURE, "in": Role.FUTURE, "from": Role.FROM, "to": Role.FUTURE}
    | {"via": Role.FUTURE},
    "want": {"in": Role.WANTED, "to": Role.WANTED, "from": Role.FROM, "via": Role.WANTED},
    "be": {"from": Role.FROM},
    "play": {"in": Role.IN, "": Role.NAMED, "from": Role.FROM},
    "show": {"in": Role.PAST, "": Role.PAST, "to": Role.PAST},
}
_BARE: Final = {"in": Role.IN, "from": Role.FROM, "to": Role.NAMED, "via": Role.PAST}
#: Predicates that a word of time moves: "we play Tokyo" is next week's or last year's.
_TIMED: Final = frozenset({"", "be", "play", "show", "work", "fly"})


class Reading(NamedTuple):
    """The role of one place, with what it was read from."""

    role: Role
    relation: str
    #: The predicate found, "" for none.
    predicate: str
    #: First and last item read as belonging to the place: relation, fillers and name.
    start: int
    end: int


def readings_of(items: list[Item], cues: Cues) -> dict[int, Reading]:
    """The reading of every place in the row, by its index; places that are none are left out."""
    readings: dict[int, Reading] = {}
    before = -1
    for at, item in enumerate(items):
        if item.hit is None:
            continue
        reading = _reading(items, at, cues)
        if reading is None:
            continue
        if before >= 0:
            reading = _carried(items, before, readings[before], at, reading)
        readings[at] = reading
        before = at
    return readings


def _reading(items: list[Item], at: int, cues: Cues) -> Reading | None:
    relation, start, end = relation_of(items, at, cues)
    if _is_no_place(items, at, start, end, relation):
        return None
    predicate, said = _predicate(items, start, end, relation, cues)
    role = _role(items, at, (start, end), relation, predicate, said)
    if role is not Role.NAMED and _denied(items, start, end):
        role = Role.NOT
    elif role in OWN and _is_others(items, start, said):
        role = Role.OTHERS
    return Reading(role, relation, predicate, start, end)


def relation_of(items: list[Item], at: int, cues: Cues) -> tuple[str, int, int]:
    """The relation at a name, with the first and the last item that belong to it."""
    end, after = at, ""
    if at + 1 < len(items) and items[at + 1].sentence == items[at].sentence:
        after = _first(items[at + 1].kinds & RELATIONS) if cues.order != "before" else ""
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


def _is_no_place(items: list[Item], at: int, start: int, end: int, relation: str) -> bool:
    """A person of that name, a thing called after a place, a band."""
    item = items[at]
    for j in range(end + 1, min(len(items), end + 2 + _THING_NEAR)):
        if items[j].clause != item.clause or items[j].hit is not None:
            break
        if "thing" in items[j].kinds and (not relation or start < at - 1 or j == end + 1):
            return True
        if items[j].kinds - {"fill"}:
            break
    if not start:
        return False
    previous = items[start - 1]
    if previous.sentence != item.sentence:
        return False
    if "thing" in previous.kinds and relation in ("", "from") and previous.clause == item.clause:
        return True
    return not relation and bool(previous.kinds & {"called", "greet"})


def _predicate(
    items: list[Item], start: int, end: int, relation: str, cues: Cues
) -> tuple[str, int]:
    """What is said of the place, and at which item; ("", -1) when nothing is."""
    before = _look(items, range(start - 1, max(-1, start - 1 - _REACH), -1), start, relation)
    after = _look(items, range(end + 1, min(len(items), end + 1 + _REACH)), end, relation)
    if cues.order == "before" or not after[0]:
        return before if before[0] else after
    if cues.order == "after" or not before[0]:
        return after
    return before if start - before[1] <= after[1] - end else after


def _look(items: list[Item], way: range, edge: int, relation: str) -> tuple[str, int]:
    """The nearest predicate along a way that stays in the clause."""
    clause = items[edge].clause
    forward = way.step > 0
    for steps, at in enumerate(way):
        item = items[at]
        if item.clause != clause:
            break
        if item.hit is not None and (forward or not relation):
            break
        if forward and steps and item.kinds & RELATIONS and not item.kinds & PREDICATES:
            # What follows the next preposition is said of something else.
            if at + 1 < len(items) and items[at + 1].hit is not None:
                break
        found = item.kinds & PREDICATES
        if found and (relation or _is_near(steps, item)):
            return _strongest(found), at
        if not relation and not item.kinds & {"fill"}:
            if steps >= 2 or not forward:
                break
    return "", -1


def _is_near(steps: int, item: Item) -> bool:
    """Without "in" or "from" only the word next to a name speaks of it: "toured Japan"."""
    return steps <= 2


def _strongest(kinds: frozenset[str]) -> str:
    order = ("lived", "moving", "moved", "live", "now", "home", "origin", "future", "past", "fly")
    return next((kind for kind in order if kind in kinds), "") or min(kinds)


def _role(
    items: list[Item], at: int, span: tuple[int, int], relation: str, predicate: str, said: int
) -> Role:
    start, end = span
    if _is_belonging(items, at, start, relation):
        return Role.BELONGS
    if predicate == "be" and relation in ("in", "via", ""):
        beside = said in (start - 1, end + 1, end) or _only_light(items, said, start)
        predicate = "now" if beside and relation else ""
    timed = _time(items, at)
    if predicate in _TIMED and timed is not None and relation in ("", "in", "to", "via"):
        if relation or predicate:
            return timed
    if predicate == "now" and timed is Role.FUTURE and _soon_before(items, said):
        return Role.FUTURE
    role = _MEANS[predicate].get(relation) if predicate else None
    if role is None:
        role = _BARE.get(relation, Role.NAMED)
    if role is Role.FROM and not predicate and _matter_before(items, start):
        return Role.NAMED
    return role


def _only_light(items: list[Item], said: int, start: int) -> bool:
    """Whether nothing of weight stands between what is said and the place: "I'm still in"."""
    return 0 <= said < start and all(
        item.kinds & _THROUGH for item in items[said + 1 : start] if item.hit is None
    )


def _is_belonging(items: list[Item], at: int, start: int, relation: str) -> bool:
    """Whether a nationality is said of oneself: "I am a Nigerian singer", "Aussie muso here"."""
    if relation or not any(name.lang.startswith("demonym-") for name in items[at].names):
        return False
    for j in range(at - 1, max(-1, at - 1 - _NEAR), -1):
        kinds = items[j].kinds
        if items[j].clause != items[at].clause or "they" in kinds or "my" in kinds:
            return False
        if kinds & {"i", "be"}:
            return True
        if kinds & (PREDICATES | RELATIONS | {"person"}):
            return False
    after = items[at + 1 : at + 4]
    return any("now" in item.kinds or "be" in item.kinds for item in after) and (
        at == 0 or items[at - 1].clause != items[at].clause
    )


def _time(items: list[Item], at: int) -> Role | None:
    """The time the clause speaks of, where it says one."""
    clause = [item for item in _around(items, at) if item.clause == items[at].clause]
    for kind, role in (("soon", Role.FUTURE), ("today", Role.NOW), ("then", Role.PAST)):
        if any(kind in item.kinds for item in clause):
            return role
    return None


def _around(items: list[Item], at: int) -> list[Item]:
    return items[max(0, at - _REACH) : at + _REACH]


def _soon_before(items: list[Item], said: int) -> bool:
    return said > 0 and any("soon" in item.kinds for item in items[max(0, said - 3) : said])


def _matter_before(items: list[Item], start: int) -> bool:
    """Whether a thing comes from there and not the writer: "a call from London"."""
    return start > 0 and "matter" in items[start - 1].kinds


def _denied(items: list[Item], start: int, end: int) -> bool:
    """Whether a "not" of the same clause reaches the place over words that say where."""
    clause = items[end].clause
    for j in range(start - 1, max(-1, start - 6), -1):
        if items[j].clause != clause:
            break
        if "not" in items[j].kinds:
            return True
        if not items[j].kinds & _THROUGH or items[j].hit is not None:
            break
    for j in range(end + 1, min(len(items), end + 5)):
        if items[j].clause != clause or items[j].hit is not None:
            break
        if "not" in items[j].kinds:
            return True
        if not items[j].kinds & _THROUGH:
            break
    return False


def _is_others(items: list[Item], start: int, said: int) -> bool:
    """Whether somebody else is meant: "my drummer in Osaka", "he lives in", "a friend from"."""
    at = start - 1
    sentence = items[start].sentence
    while at >= 0 and at > start - 2 * _REACH and items[at].sentence == sentence:
        kinds = items[at].kinds
        if "i" in kinds and "they" not in kinds:
            return False
        if "they" in kinds:
            return True
        if "person" in kinds:
            return not _self_before(items, at)
        if "my" in kinds:
            return not _is_mine(items, at, start)
        at -= 1
    return False


def _self_before(items: list[Item], at: int) -> bool:
    """Whether a person named is the writer: "I am a friend of", "as a manager in"."""
    return any(
        item.kinds & {"i", "be"} and item.clause == items[at].clause
        for item in items[max(0, at - _NEAR + 1) : at]
    )


def _is_mine(items: list[Item], at: int, start: int) -> bool:
    """Whether what is "mine" is a place or a group I am in, or a person I am with now."""
    noun = items[at + 1 : min(start, at + 4)]
    if any(item.kinds & {"ours", "home", "show", "now", "work", "i", "origin"} for item in noun):
        return True
    return at > 0 and bool(items[at - 1].kinds & {"with", "visit"})


def _carried(
    items: list[Item], before: int, earlier: Reading, at: int, reading: Reading
) -> Reading:
    """A place in a list has the role of the list: "in London, Paris and Milan"."""
    if items[before].sentence != items[at].sentence:
        return reading
    between = items[earlier.end + 1 : reading.start]
    if not all(_is_light(item) for item in between):
        return reading
    if earlier.role is Role.NOT and reading.relation and not reading.predicate:
        meant = _MEANS[earlier.predicate].get(reading.relation) if earlier.predicate else None
        return reading._replace(role=meant or Role.NOW)
    listed = reading.relation in ("", earlier.relation) or earlier.role is Role.PAST
    if listed and reading.role in (Role.NAMED, Role.IN, Role.FROM, Role.PAST) and not _own(reading):
        return reading._replace(role=earlier.role, predicate=earlier.predicate)
    return reading


def _own(reading: Reading) -> bool:
    return reading.predicate not in ("", "be")


def _is_light(item: Item) -> bool:
    """A word that keeps a list going: "and", a preposition, a date, a town nobody knows."""
    if item.kinds:
        return bool(item.kinds & (_LIGHT | {"but"}))
    return item.word.isdigit() or (item.cased and item.capital)
