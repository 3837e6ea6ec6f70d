"""What one place means beside the others a writer names: "now in" outweighs "lives in"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from concierge.rules.place_evidence import Mention, Role

#: A town's country counts as said from this share of its people on.
_MEANT: Final = 0.3
#: Roles that leave open what the place is to the writer.
_UNSAID: Final = frozenset({Role.IN, Role.NAMED, Role.WANTED})
#: Origin: home for who says no more, and no word of the present place for who travels.
_ORIGIN: Final = frozenset({Role.FROM, Role.BELONGS})
#: Words for the place a traveller left behind.
_LEFT_BEHIND: Final = frozenset({Role.LIVES, Role.HOME, *_ORIGIN})
#: "On tour" in the languages we serve: they are away now, wherever that is. What is over is said
#: otherwise ("after the tour").
_SPACED: Final = (
    r"(?:still )?on tour|mid tour|during (?:a|this|our|the) tour|on the road (?:with|in|for|until)|"
    r"(?:on|doing) (?:the|a|our|this) (?:\w+ )?(?:leg|run of (?:shows|dates))|touring (?:with|in)|"
    r"cruise ship|(?:de|en) gira|en tournée|auf tour(?:nee)?|in tourn[ée]e|in tour|em turnê|"
    r"em digressão|de turnê|op tour(?:nee)?|på turn[ée]|(?:w|na) tras(?:ie|ę)|na turné|turnén|"
    r"în turneu|kiertueella|keikkareissulla|na turneji|σε περιοδεία|turnede\w*|на гастрол(?:ях|і)|"
    r"[ву] турі|в туре|на турне|на турнеји"
)
#: Scripts that write no blanks, or write more into the word: no border is asked for.
_UNSPACED: Final = (
    "בסיבוב הופעות|في جولة|دورے پر|टूर पर|दौरे पर|ট্যুরে|lưu diễn|ออกทัวร์|ツアー中|ツアーで|"
    "투어 중|투어중|투어 때문|巡演|巡回演出|巡迴演出"
)
_ON_TOUR: Final = re.compile(rf"\b(?:{_SPACED})\b|{_UNSPACED}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The countries the writer says to be in, to live in, to call home; all of one letter."""

    now: frozenset[str]
    lives: frozenset[str]
    home: frozenset[str]
    on_tour: bool


def is_on_tour(text: str) -> bool:
    """Whether the writer is said to be travelling as they write, in any language we serve."""
    return _ON_TOUR.search(text) is not None


def said_in(mentions: Iterable[Mention], *, on_tour: bool) -> Said:
    """What one letter says of its places, before any of it is weighed."""
    found: dict[Role, set[str]] = {Role.NOW: set(), Role.LIVES: set(), Role.HOME: set()}
    for mention in mentions:
        if mention.role in found and mention.where != "signature":
            meant = [iso for iso, share in mention.shares if share >= _MEANT]
            found[mention.role].update(meant or [iso for iso, _ in mention.shares[:1]])
    frozen = {role: frozenset(isos) for role, isos in found.items()}
    return Said(frozen[Role.NOW], frozen[Role.LIVES], frozen[Role.HOME], on_tour)


def present_weight(
    mention: Mention, iso: str, said: Said, table: Mapping[str, float], model: Mapping[str, float]
) -> float:
    """What a named place weighs for the present place, beside the others.

    Whoever says where they are now has answered the question: where they live, belong or come from
    is then home. On tour an origin says least of all where they are.
    """
    weight = table[mention.role.value]
    if said.now and iso not in said.now and mention.role in _LEFT_BEHIND:
        return weight * model["words_beside_now"]
    if said.on_tour and not said.now and mention.role in _ORIGIN:
        return weight * model["origin_on_tour"]
    return weight


def home_weight(
    mention: Mention, iso: str, said: Said, table: Mapping[str, float], model: Mapping[str, float]
) -> float:
    """What a named place weighs for home, beside the others.

    Where somebody lives is home when they are elsewhere now, before where they come from; without
    such a word it is the present place, and an origin is the home.
    """
    away_from = said.lives - said.now if said.now else frozenset()
    if mention.role is Role.LIVES and iso in away_from:
        return table["home"]
    if mention.role in _ORIGIN and iso not in (said.home | away_from) and (said.home or away_from):
        return table[mention.role.value] * model["origin_beside_home"]
    if iso in said.now and mention.role in _UNSAID:
        # "On tour in Tokyo" below the subject "Tokyo": no word of a home.
        return 0.0
    if mention.role is Role.NAMED and (said.now or said.on_tour):
        # Who is away and names one more place, or their nation ("Welsh lad, docked in Dubai"),
        # mostly names where they belong.
        known = table["belongs"] if mention.kind == "demonym" else table["named"]
        return known * model["named_when_away"]
    return table[mention.role.value]


def listed_places(mentions: Iterable[Mention]) -> bool:
    """Whether places of several countries are merely listed, as in "London · Lagos · L.A."."""
    return len({m.shares[0][0] for m in mentions if is_listed(m) and m.shares}) > 1


def is_listed(mention: Mention) -> bool:
    """Whether nothing says what the place is to the writer: it may be one of a list."""
    return mention.role is Role.NAMED or mention.where == "signature"
