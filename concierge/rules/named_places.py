"""What a text says of the countries it names: lives there, comes from there, was there, is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from concierge.domain.findings import Evidence
from concierge.rules.place_cues import FILLERS, Cue, cue_ends, cues
from concierge.rules.places import SIGN, SPACELESS, Hit, Name, Places, Token, hits_of, tokens_of

#: An institution that gives the country away (NHS, CVV); from the measured scoring model.
_SIGN_WEIGHT: Final = 2.8
#: A town speaks a little less than its country, since towns share their names.
_TOWN: Final = 0.92
#: After these words no town is meant: it is a band, or a person of that name.
_NO_TOWN: Final = frozenset({Cue.NONE, Cue.AM, Cue.NAME})
#: In scripts without capitals a town needs this many letters, for it may be a common word.
_UNCASED_TOWN: Final = 4
_PRESENT: Final = frozenset({Cue.NOW, Cue.LIVE})
_PLACED: Final = frozenset({Cue.NOW, Cue.LIVE, Cue.FROM, Cue.NOT, Cue.AM})
#: Share of words in capitals from which capitals mean nothing.
_SHOUTING: Final = 0.7
#: Countries that are given names as well; they count only where a cue says "place".
_GIVEN_NAMES: Final = frozenset({"jordan", "chad", "georgia", "india", "israel", "cuba", "kenya"})
#: A cue may stand this many words before the name, fillers and listed names between.
_REACH: Final = 8
_LONGEST_CUE: Final = 4

#: A country and the evidence for it.
Found = tuple[str, Evidence]


def named(text: str, language: str, places: Places) -> Iterator[Found]:
    """Each country a text names, with the strongest evidence for it (and against it).

    ``language`` is the text's language, "" when undetermined: a name counts in its own language
    or in English only, since "или" is a Russian "or" and an English town.
    """
    tokens = tokens_of(text)
    shouting = sum(t.shouted for t in tokens) > _SHOUTING * len(tokens)
    strongest: dict[tuple[str, bool], Found] = {}
    hits = list(hits_of(places, tokens))
    elsewhere = _lives_elsewhere(tokens, hits)
    for hit in _without_explained_towns(tokens, hits):
        cue = _cue_before(tokens, hit)
        if elsewhere and cue in (Cue.AM, Cue.FROM):
            cue = Cue.NONE  # "I am a Nigerian singer living in Leeds": not there now
        names = _meant(hit, tokens, cue, language, shouting)
        for iso in dict.fromkeys(name.iso for name in names):
            weight = _weight(hit, names, cue)
            evidence = Evidence("country.name", hit.words, "body", weight, _said(iso, cue))
            key = (iso, weight < 0)
            if iso != "ZZ" and (key not in strongest or weight > strongest[key][1].weight):
                strongest[key] = (iso, evidence)
    yield from strongest.values()


def _without_explained_towns(tokens: list[Token], hits: list[Hit]) -> Iterator[Hit]:
    """Leave out a town whose country or state follows it: "London, Ontario" is not in Britain."""
    for hit, after in zip_longest(hits, hits[1:]):
        adjacent = after is not None and after.start == hit.end
        explained = (
            adjacent
            and all(name.is_town for name in hit.names)
            and not any(name.is_town for name in after.names)
            and tokens[after.start].sentence == tokens[hit.start].sentence
        )
        if not explained:
            yield hit


def _lives_elsewhere(tokens: list[Token], hits: list[Hit]) -> bool:
    """Whether the text says "live in" or "now in" before a name we do not know."""
    named = {at for hit in hits for at in range(hit.start, hit.end)}
    return any(
        token.capital and token.cased and at not in named and _cue_ending(tokens, at) in _PRESENT
        for at, token in enumerate(tokens)
    )


def _said(iso: str, cue: Cue) -> str:
    words = {
        Cue.NOW: "is now in",
        Cue.LIVE: "lives in",
        Cue.FROM: "comes from",
        Cue.PAST: "was once in",
        Cue.NOT: "is not in",
        Cue.AM: "says they belong to",
    }
    return f"{words.get(cue, 'mentions a place of')} {iso}"


def _weight(hit: Hit, names: tuple[Name, ...], cue: Cue) -> float:
    if any(name.lang == SIGN for name in names):
        return _SIGN_WEIGHT
    if cue is Cue.NONE and hit.words in _GIVEN_NAMES:
        return 0.0
    town = all(name.is_town for name in names) and cue.value > Cue.FROM.value
    return round(cue.value * _TOWN, 2) if town else cue.value


def _meant(
    hit: Hit, tokens: list[Token], cue: Cue, language: str, shouting: bool
) -> tuple[Name, ...]:
    """The names that may be meant here: of this language or English, and written like a name."""
    spoken = (language, "en", SIGN)
    names = tuple(n for n in hit.names if n.lang in spoken or n.is_town or not language)
    towns = tuple(n for n in names if n.is_town)
    described = language == "en" and hit.start and tokens[hit.start - 1].folded in ("a", "an")
    if cue in _NO_TOWN or described or len(towns) < len(names):  # "a Boston tribute band"
        names = tuple(n for n in names if not n.is_town)
    words = tokens[hit.start : hit.end]
    if not words[-1].cased:
        short = len(hit.words) < _UNCASED_TOWN and not SPACELESS.search(hit.words)
        return () if short and towns == names else names
    # "České republice", "la Réunion": any word of the name may carry the capital.
    capital = not shouting and any(word.capital for word in words)
    if len(hit.words) == 2:
        # "us", "no", "CONTACT US": two letters need a capital and a word that says "place".
        return names if capital and (cue in _PLACED or _after_the(tokens, hit, cue)) else ()
    return names if capital or cue in _PLACED else ()


def _after_the(tokens: list[Token], hit: Hit, cue: Cue) -> bool:
    before = tokens[hit.start - 1].folded if hit.start else ""
    return before in FILLERS or cue is Cue.IN


def _cue_before(tokens: list[Token], hit: Hit) -> Cue:
    """The nearest cue in front of a name, in its sentence; lists share their cue."""
    at = hit.start
    lowest = max(0, at - _REACH)
    while at > lowest and tokens[at - 1].sentence == tokens[hit.start].sentence:
        cue = _cue_ending(tokens, at)
        if cue is not None and _reaches(cue, tokens, at, hit):
            return cue
        at -= 1
    # Scripts without capitals mostly put the cue behind the name or into the same word; there a
    # name that stands anywhere counts like one after "in".
    return Cue.NONE if tokens[hit.start].cased else Cue.IN


def _cue_ending(tokens: list[Token], end: int) -> Cue | None:
    # Most words end no cue; asking that first spares putting words together.
    if end == 0 or tokens[end - 1].folded not in cue_ends():
        return None
    for length in range(min(_LONGEST_CUE, end), 0, -1):
        words = " ".join(token.folded for token in tokens[end - length : end])
        cue = cues().get(words)
        if cue is not None:
            return cue
    return None


def _reaches(cue: Cue, tokens: list[Token], end: int, hit: Hit) -> bool:
    """Whether a cue that ends at ``end`` speaks of the name.

    Past travel covers a whole list; "I am a" waits for its adjective; the rest stands right before
    the name, fillers aside, or before the town of "in Leeds, England".
    """
    if cue is Cue.PAST:
        return True
    clause = tokens[hit.start].clause
    between = tokens[end : hit.start]
    if tokens[end - 1].clause == clause:
        words = [token.folded for token in between]
        if cue is Cue.AM:
            return len(words) <= 3
        return not words if cue is Cue.NAME else all(word in FILLERS for word in words)
    return (
        cue in _PLACED | {Cue.IN}
        and cue is not Cue.AM
        and tokens[end - 1].clause == clause - 1
        and all(token.capital and token.clause == clause - 1 for token in between)
    )
