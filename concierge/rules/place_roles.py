"""What a place in a row of items is to the writer: the words around it, read clause by clause."""

from __future__ import annotations

from typing import Final, NamedTuple

from concierge.rules.place_evidence import Role
from concierge.rules.place_grammar import REACH, head_of, is_light, predicate_of, relation_of
from concierge.rules.place_items import Item
from concierge.rules.place_owners import NEAR, THROUGH, is_denied, is_no_place, is_others
from concierge.rules.role_cues import PREDICATES, RELATIONS, Cues

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
    "want": {"in": Role.WANTED, "to": Role.WANTED, "via": Role.WANTED},
    "be": {"from": Role.FROM},
    "play": {"in": Role.IN, "": Role.NAMED, "from": Role.FROM},
    "show": {"in": Role.PAST, "": Role.PAST, "to": Role.PAST},
}
_BARE: Final = {"in": Role.IN, "from": Role.FROM, "to": Role.NAMED, "via": Role.PAST}
#: Predicates that a word of time moves: "we play Tokyo" is next week's or last year's.
_TIMED: Final = frozenset({"", "be", "play", "show", "work"})


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
    if is_no_place(items, at, start, end, relation):
        return None
    predicate, said = predicate_of(items, start, end, relation, cues)
    if predicate == "now" and not relation and cues.endings:
        predicate = ""  # where names decline, one without an ending says nothing of "where"
    if relation == "from" and not predicate and start and "greet" in items[start - 1].kinds:
        predicate = "write"  # "hi from Jordan" is where the letter is written
    if not predicate and not relation:
        predicate = head_of(items, start)
    role = _role(items, at, (start, end), relation, predicate, said)
    if role is not Role.NAMED and is_denied(items, start, end, cues.order):
        role = Role.NOT
    elif role in OWN and is_others(items, start):
        role = Role.OTHERS
    return Reading(role, relation, predicate, start, end)


def _role(
    items: list[Item], at: int, span: tuple[int, int], relation: str, predicate: str, said: int
) -> Role:
    start, end = span
    if _is_belonging(items, at, relation):
        return Role.BELONGS
    if not relation and _is_demonym(items[at]):
        return Role.NAMED
    if predicate == "be" and relation in ("in", "via", ""):
        beside = said in (start - 1, start, end + 1, end) or _only_light(items, said, start)
        predicate = "now" if beside and relation else ""
    timed = _time(items, at, predicate)
    timeless = predicate in _TIMED or (said >= 0 and "play" in items[said].kinds)
    if timeless and timed is not None and relation != "from" and (relation or predicate):
        return timed
    if predicate == "now" and timed is Role.FUTURE and _soon_before(items, said):
        return Role.FUTURE
    return _meaning(items, at, start, relation, predicate)


def _meaning(items: list[Item], at: int, start: int, relation: str, predicate: str) -> Role:
    """What relation and predicate make of the place, no word of time aside."""
    if predicate == "want" and not items[at].cased and not relation:
        return Role.WANTED  # scripts without capitals leave out the "in" as well
    role = _MEANS[predicate].get(relation) if predicate else None
    if role is None:
        role = _BARE.get(relation, Role.NAMED)
    if role is Role.FROM and not predicate and _matter_before(items, start):
        return Role.NAMED
    return role


def _only_light(items: list[Item], said: int, start: int) -> bool:
    """Whether nothing of weight stands between what is said and the place: "I'm still in"."""
    return 0 <= said < start and all(
        item.kinds & THROUGH for item in items[said + 1 : start] if item.hit is None
    )


def _is_belonging(items: list[Item], at: int, relation: str) -> bool:
    """Whether a nationality is said of oneself: "I am a Nigerian singer", "Aussie muso here"."""
    if relation or not _is_demonym(items[at]):
        return False
    for j in range(at - 1, max(-1, at - 1 - NEAR), -1):
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


def _is_demonym(item: Item) -> bool:
    return any(name.lang.startswith("demonym-") for name in item.names)


def _time(items: list[Item], at: int, predicate: str) -> Role | None:
    """The time the clause speaks of, where it says one before it names another place."""
    around = _around(items, at)
    for item in around:
        for kind, role in (("soon", Role.FUTURE), ("today", Role.NOW), ("then", Role.PAST)):
            if kind in item.kinds:
                return role
    kinds = {kind for item in around for kind in item.kinds}
    return Role.NOW if predicate in ("play", "show") and "now" in kinds else None


def _around(items: list[Item], at: int) -> list[Item]:
    """The items of a place's clause up to the next place: those before it first, nearest first."""
    found = []
    for way in (
        range(at - 1, max(-1, at - REACH), -1),
        range(at + 1, min(len(items), at + REACH)),
    ):
        for j in way:
            if items[j].hit is not None or items[j].clause != items[at].clause:
                break
            if j > at + 1 and "and" in items[j].kinds:
                break  # "today we are in Lyon and tomorrow" speaks of the next place already
            found.append(items[j])
    return found


def _soon_before(items: list[Item], said: int) -> bool:
    return said > 0 and any("soon" in item.kinds for item in items[max(0, said - 3) : said])


def _matter_before(items: list[Item], start: int) -> bool:
    """Whether a thing comes from there and not the writer: "a call from London"."""
    return start > 0 and "matter" in items[start - 1].kinds


def _carried(
    items: list[Item], before: int, earlier: Reading, at: int, reading: Reading
) -> Reading:
    """A place in a list has the role of the list: "in London, Paris and Milan"."""
    if items[before].sentence != items[at].sentence:
        return reading
    between = items[earlier.end + 1 : reading.start]
    if not all(is_light(item) for item in between):
        return reading
    if earlier.role is Role.NOT and reading.relation and not reading.predicate:
        meant = _MEANS[earlier.predicate].get(reading.relation) if earlier.predicate else None
        return reading._replace(role=meant or Role.NOW)
    listed = reading.relation in ("", earlier.relation) or earlier.role is Role.PAST
    if listed and reading.role in (Role.NAMED, Role.IN, Role.FROM, Role.PAST) and not _own(reading):
        relation = reading.relation or earlier.relation
        return reading._replace(role=earlier.role, relation=relation, predicate=earlier.predicate)
    return reading


def _own(reading: Reading) -> bool:
    return reading.predicate not in ("", "be")
