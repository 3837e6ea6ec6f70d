"""Where the person is whom somebody else writes about: the places that are told as theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from concierge.domain.findings import Evidence, Finding
from concierge.rules.mentions import mentions_of
from concierge.rules.place_evidence import Mention, Role
from concierge.rules.places import Places, fold
from concierge.rules.role_cues import Cues, RoleCues, key_of

#: Part of all that is told of others which one country needs: a number of the wrong country
#: reaches nobody, so two countries side by side are no answer.
_ANSWER: Final = 0.7
#: A name shared by places in many countries, none of them likely, tells nothing.
_LEAST: Final = 0.5
_SUBJECT: Final = 200


def their_country_of(
    text: str, subject: str, language: str, places: Places, *, cues: RoleCues
) -> Finding[str]:
    """The country the person in danger is said to be in, as ISO 3166-1 alpha-2.

    Read only of a letter that is about somebody else: "my son is in Leeds". Where somebody belongs
    is no word of where they are. Undetermined is "" with the candidates. Never raises.
    """
    kinds = (cues.get(language) or cues.get(language.partition("-")[0]) or Cues()).kinds
    told = [
        mention
        for piece, where in ((subject[:_SUBJECT], "subject"), (text, "body"))
        if piece.strip()
        for mention in mentions_of(piece, language, places, cues=cues, where=where)
        if mention.role is Role.OTHERS
        and mention.kind != "demonym"
        and not _is_origin(piece, mention.found, kinds)
    ]
    weights: dict[str, float] = defaultdict(float)
    for mention in told:
        for iso, share in mention.shares:
            weights[iso] += share
    ranked = sorted(weights, key=lambda iso: (-weights[iso], iso))
    total = sum(weights.values())
    evidence = tuple(_shown(mention) for mention in told)
    if ranked and weights[ranked[0]] >= max(_LEAST, _ANSWER * total):
        return Finding(ranked[0], evidence, candidates=tuple(ranked[1:3]))
    return Finding("", evidence, undetermined=True, candidates=tuple(ranked[:3]))


def _is_origin(text: str, found: str, kinds: Mapping[str, frozenset[str]]) -> bool:
    """Whether the word before a place says that they come from there: "my friend from Ghana"."""
    before = text[: max(0, text.find(found))].split()[-1:]
    said = kinds.get(key_of(fold(before[0])), frozenset()) if before else frozenset()
    return "from" in said and "in" not in said


def _shown(mention: Mention) -> Evidence:
    iso, share = mention.shares[0]
    note = f"{iso}: the person in danger is said to be in {mention.found[:40]}"
    return Evidence("their_country.told", mention.found, mention.where, round(share, 2), note)
