"""What each piece of evidence weighs for where somebody is and for where they belong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from concierge.errors import FaultyInput

#: Scores are summed and multiplied by ``scale``; probability = exp(score) over the sum of all
#: countries and ``cannot_tell``. The model and its first numbers were measured on written mails.
_MODEL: Final = {
    "scale": 1.95,
    "cannot_tell": 0.9,
    "answer_from": 0.6,
    #: The least direct evidence an answer needs; a home country named with "from" is the weakest
    #: that may stand alone.
    "direct_from": 1.2,
    "language": 0.3245,
    "rarest": -3.5,
    #: A town or region speaks a little less than its country, since towns share their names.
    "town": 0.92,
    "region": 0.96,
    #: What a second piece of the same sort adds.
    "again": 0.25,
    #: A signature may be the firm's: at most this for a town, a country, a telephone.
    "signature_town": 1.6,
    "signature_country": 2.6,
    "signature_phone": 2.8,
    #: Numbers and addresses count this much of themselves when the words say "I am elsewhere now".
    "beside_now": 0.35,
    "beside_lives": 0.6,
    #: So do "lives in" and "from" when they name another country, and the clock.
    "words_beside_now": 0.25, "clock_beside_now": 0.4,
    #: An origin says little of where somebody on tour is, or of home where that is said.
    #: A traveller's number and address are those of home.
    "brought_abroad": 1.4,
    "origin_on_tour": 0.3, "origin_beside_home": 0.5,
    #: What somebody who is away merely names, beside where they are, is mostly home.
    "named_when_away": 2.0,
}  # fmt: skip
_PRESENT: Final = {
    "now": 5.0, "lives": 4.5, "home": 2.2, "from": 1.6, "belongs": 2.6, "wanted": 3.6,
    "in": 3.4, "named": 1.7, "past": 0.1, "future": 0.1, "not": -2.5, "others": 0.1,
    "phone": 4.0, "phone_national": 1.5, "phone_national_only": 2.5, "postcode": 2.6,
    "postcode_weak": 1.6,
    "currency": 2.6, "currency_shared": 0.6, "institution": 2.8, "institution_weak": 1.2,
    "cctld": 2.6, "cctld_generic": 0.3, "provider": 2.2, "provider_weak": 0.6,
    "content_language": 2.3, "content_language_weak": 1.0, "received": 1.8, "thread": 2.2,
    "clock_fits": 1.76, "clock_differs": -3.95, "clock_other_season": -0.6,
    "clock_utc_fits": 0.70, "clock_utc_differs": -0.99,
}  # fmt: skip
_HOME: Final = {
    "now": 0.1, "lives": 2.6, "home": 5.0, "from": 5.0, "belongs": 4.6, "wanted": 0.6,
    "in": 2.2, "named": 1.0, "past": 0.1, "future": 0.1, "not": -2.0, "others": 0.0,
    "phone": 2.6, "phone_national": 1.0, "phone_national_only": 1.6, "postcode": 2.0,
    "postcode_weak": 1.2,
    "currency": 1.6, "currency_shared": 0.4, "institution": 2.2, "institution_weak": 0.9,
    "cctld": 2.2, "cctld_generic": 0.2, "provider": 2.2, "provider_weak": 0.6,
    "content_language": 2.2, "content_language_weak": 1.0, "received": 1.0, "thread": 1.2,
    "clock_fits": 0.5, "clock_differs": -0.3, "clock_other_season": 0.0,
    "clock_utc_fits": 0.3, "clock_utc_differs": -0.2,
}  # fmt: skip


def _frozen(values: dict[str, float]) -> Mapping[str, float]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True, slots=True)
class CountryWeights:
    """The scoring model's numbers, and which set they were fitted on.

    ``model`` holds the shape of the model, ``present`` and ``home`` what a role of a named place, a
    sign or a clock weighs for each conclusion; the keys are those of ``data/country.toml``.
    """

    model: Mapping[str, float] = field(default_factory=lambda: _frozen(_MODEL))
    present: Mapping[str, float] = field(default_factory=lambda: _frozen(_PRESENT))
    home: Mapping[str, float] = field(default_factory=lambda: _frozen(_HOME))
    #: ``2026-11-23``, the set's name and how many messages it held; empty when never fitted.
    fitted: str = ""
    fitted_on: str = ""
    cases: int = 0


def parse_country_weights(toml_text: str) -> CountryWeights:
    """Read the fitted numbers: tables ``model``, ``present`` and ``home``, and where they are from.

    A key left out keeps the number it has without a file; an unknown key, a word for a number or a
    weight beyond 20 is named in :class:`~concierge.errors.FaultyInput`.
    """
    try:
        read = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput("The weights of countries cannot be read.", (str(error),)) from error
    faults: list[str] = []
    tables = {
        name: _table(read, name, known, faults)
        for name, known in (("model", _MODEL), ("present", _PRESENT), ("home", _HOME))
    }
    if faults:
        raise FaultyInput("The weights of countries cannot be used.", tuple(faults))
    about = read.get("about", {})
    return CountryWeights(
        **tables,
        fitted=str(about.get("fitted", "")),
        fitted_on=str(about.get("set", "")),
        cases=int(about.get("cases", 0)),
    )


def _table(
    read: dict[str, Any], name: str, known: dict[str, float], faults: list[str]
) -> Mapping[str, float]:
    values = dict(known)
    for key, value in read.get(name, {}).items():
        if key not in known:
            faults.append(f"country.toml: [{name}] {key} is not known")
        elif isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 20:
            faults.append(f"country.toml: [{name}] {key} must be a number of at most 20")
        else:
            values[key] = float(value)
    return _frozen(values)
