"""What a message's address, its mail program and its way here say of a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from concierge.domain.message import ParsedMessage
from concierge.rules.place_evidence import Shares, Sign
from concierge.rules.places import Places
from concierge.rules.served_as import served_as

#: Country domains that the world buys for their sound.
_SOLD: Final = (
    "io co me fm tv ai ly to gg cc ws la sh ac im je ms vc gl pw st ag bz sc tk ml ga cf gq nu "
    "su cx am tm dj"
)
_GENERIC: Final = frozenset(_SOLD.split())
#: Mail houses of the world under a country's ending: a choice at sign-up, kept when one moves.
_MAIL_HOUSES: Final = frozenset(
    ("yahoo", "hotmail", "outlook", "live", "msn", "ymail", "aol", "gmx")
)
_REGION: Final = re.compile(r"\s*[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})\b")
_HOST: Final = re.compile(r"(?:from|\()\s*\[?([A-Za-z0-9.-]{4,200})")


def address_signs(
    message: ParsedMessage, places: Places, providers: Mapping[str, tuple[str, Shares]]
) -> Iterator[Sign]:
    """The ending of the sender's address, or the mail house it is kept with.

    ``providers`` maps a domain to the kind of sign (``provider`` or ``provider_weak``) and the
    countries where it is used.
    """
    domain = message.sender.domain if message.sender else ""
    where = "header:From"
    known = next((d for d in (domain, domain.partition(".")[2]) if d in providers), "")
    if known:
        kind, shares = providers[known]
        yield Sign(kind, domain, shares, where, f"mail at {known}")
        return
    iso, ending = country_of_ending(domain, places)
    if not iso:
        return
    note = f"address ends in .{ending}"
    kind = "cctld_generic" if ending in _GENERIC else "cctld"
    if domain.partition(".")[0] in _MAIL_HOUSES:
        kind = "provider"
    yield Sign(kind, domain, ((iso, 1.0),), where, note)


def country_of_ending(domain: str, places: Places) -> tuple[str, str]:
    """The country of a domain's last label and that label; empty when it is none's."""
    ending = domain.rpartition(".")[2].lower()
    iso = "GB" if ending == "uk" else ending.upper()
    if len(ending) != 2 or not ending.isascii() or iso not in places.clocks:
        return "", ""
    return served_as(iso), ending


def header_signs(message: ParsedMessage, places: Places) -> Iterator[Sign]:
    """The language a mail program is set to, and the country of the first server of the way."""
    name = "Content-Language" if message.header("Content-Language") else "Accept-Language"
    value = message.header(name)
    match = _REGION.match(value)
    iso = match.group(1).upper() if match else ""
    # Programs are sold set to American English; it says nothing of the person.
    if iso in places.clocks and not value.strip().lower().startswith("en-us"):
        note = f"mail program set to {value.strip()[:12]}"
        # Britain's English is what half the world sets; Swedish for Sweden is a Swede's.
        english = value.strip().lower().startswith("en")
        kind = "content_language_weak" if english else "content_language"
        yield Sign(kind, value, ((served_as(iso), 1.0),), f"header:{name}", note)
    yield from _received(message, places)


def _received(message: ParsedMessage, places: Places) -> Iterator[Sign]:
    hops = message.header_all("Received")
    if not hops:
        return
    # Each server writes its line above the others: the last is the first of the way.
    for host in _HOST.findall(hops[-1].partition(" by ")[0][:400]):
        iso, ending = country_of_ending(host.rstrip("."), places)
        if iso and ending not in _GENERIC:
            note = f"sent through a server under .{ending}"
            yield Sign("received", host, ((iso, 1.0),), "header:Received", note)
            return
