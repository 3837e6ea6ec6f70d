"""What staff read of where somebody is: one line of evidence a country, as "GB: lives in Leeds"."""

from __future__ import annotations

from typing import Final

from concierge.domain.findings import Evidence
from concierge.rules.place_evidence import Mention, Role, Sign

_SAID: Final = {
    Role.NOW: "now in",
    Role.LIVES: "lives in",
    Role.HOME: "home is",
    Role.FROM: "from",
    Role.BELONGS: "says",
    Role.WANTED: "wants help in",
    Role.IN: "mentions",
    Role.NAMED: "names",
    Role.PAST: "was once in",
    Role.FUTURE: "will go to",
    Role.NOT: "not in",
    Role.OTHERS: "somebody else's place,",
}
#: Rules of the evidence, by kind of sign; what is not here is named as its kind.
_RULES: Final = {
    "phone_national": "phone",
    "phone_national_only": "phone",
    "currency_shared": "currency",
    "institution_weak": "institution",
    "cctld": "domain",
    "cctld_generic": "domain",
    "provider_weak": "provider",
    "content_language_weak": "content_language",
}
#: Longer finds are shown cut; a whole sentence is nobody's evidence.
_SHOWN: Final = 40


def mention_words(mention: Mention, iso: str, weight: float) -> Evidence:
    """A place the writer named, for one country."""
    note = f"{iso}: {_SAID[mention.role]} {mention.found[:_SHOWN]}"
    if mention.where == "signature":
        note = f"{note} (signature)"
    rule = f"country.{mention.role.value}"
    return Evidence(rule, mention.found, mention.where, round(weight, 2), note)


def sign_words(sign: Sign, iso: str, weight: float) -> Evidence:
    """A sign beside the places, for one country."""
    fits = f" {iso}" if sign.note.endswith(" fits") else ""
    note = f"{iso}: {sign.note}{fits}"
    if sign.where == "signature":
        note = f"{note} (signature)"
    rule = f"country.{_RULES.get(sign.kind, sign.kind)}"
    return Evidence(rule, sign.found, sign.where, round(weight, 2), note)


def clock_words(iso: str, offset: int, weight: float) -> Evidence:
    """The sender's clock, for the likeliest country; ``offset`` in minutes east of UTC."""
    sign = "-" if offset < 0 else "+"
    clock = f"{sign}{abs(offset) // 60:02d}{abs(offset) % 60:02d}"
    note = f"{iso}: clock {clock} {'fits' if weight > 0 else 'does not fit'}"
    return Evidence("country.clock", clock, "header:Date", round(weight, 2), note)


def nothing_said() -> Evidence:
    """When there is nothing to show."""
    note = "nothing says where they are"
    return Evidence("country.nothing", "no place, number or national address", "body", 0.0, note)


def home_by_default(iso: str) -> Evidence:
    """Home, when only the present place is known."""
    note = f"{iso}: nothing says that home is elsewhere"
    return Evidence("country.home", "no other place is called home", "body", 0.0, note)
