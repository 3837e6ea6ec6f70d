"""What a declined place name may be a form of: "Варшаві" of Варшава, "Helsingissä" of Helsinki."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: A name keeps at least this many letters before its ending, or it is a chance likeness.
_KEPT: Final = 3
#: Ends of declined names, as folded, and the ends they come from. Written from the grammars of
#: the languages named; which of the candidates is a place, the gazetteer tells.
_CYRILLIC: Final = """
ові  ів -
еві  ів -
єві  ів
ова  ів
єва  ів
опілі опіль
ополі опіль
ополя опіль
зі  га
ці  ка
сі  ха
е   - а я о
і   - а я ь
и   - а я ь
ы   - а
у   - а о
ю   ь я и
ом  - о
ем  - ь
єм  ь
ою  а
ои  а
еи  я
ею  я
єю  я
ии  ия
іі  ія
ію  ія
ию  ия
ах  ы и а
ях  и
ами а
а   - о
я   ь и
ью  ь
"""
_GREEK: Final = """
σ   -
ου  ο οσ
ο   οσ
η   ησ
α   ασ
ων  α εσ
"""
#: Polish, Czech, Slovak, the South Slavic languages in Latin, Finnish, Estonian, Hungarian,
#: Lithuanian, Latvian, Turkish and Azerbaijani, Romanian.
_LATIN: Final = """
ie   - a o
iu   - en
niu  n en
u    - o
a    -
y    a -
i    - a ia
dze  ga
rze  r
cie  t ta
dzie d da
ach  e y
iach e
ce   ka
em   -
e    a o as
ze   ha
ni   en
ich  e
ou   a
ci   ka
zi   ga
om   -
ngissa nki
ngista nki
ngin  nki
russa rku
rusta rku
run   rku
hdessa hti
hdesta hti
eella e
eelta e
eelle e
eessa e
eesta e
een   e
ella  i
issa -
ista -
ssa  -
sta  -
lla  -
lta  -
lle  -
oon  o
n    -
ban  -
ben  -
bol  -
rol  -
ra   -
re   -
ba   -
be   -
nal  -
nel  -
tol  -
on   -
en   -
ott  -
ett  -
sse  -
st   -
uje  us
oje  a
iaus ius
aus  us
o    as
os   a
s    -
da   -
de   -
ta   -
te   -
dan  -
den  -
tan  -
ten  -
ya   -
ye   -
lı   -
li   -
lu   -
ului -
ei   a
"""
#: Bengali writes "in" and "of" to the end of a name; its dotted letter folds to two.
_BENGALI: Final = """
য়   -
তে  -
েতে -
ে   -
র   -
ের  -
"""
_Rules = dict[str, tuple[str, ...]]


def _rules(text: str) -> _Rules:
    rows = (line.split() for line in text.split("\n") if line)
    return {end: tuple("" if to == "-" else to for to in ends) for end, *ends in rows}


_LONGEST_END: Final = 6
_OF_SCRIPT: Final[tuple[tuple[str, _Rules], ...]] = (
    ("\u0250", _rules(_LATIN)),
    ("\u0400", _rules(_GREEK)),
    ("\u0530", _rules(_CYRILLIC)),
    ("\u0980", {}),
    ("\u0a00", _rules(_BENGALI)),
)
#: Letters that follow a name directly in Arabic and Hebrew writing: "and", "in", "to", "from".
_ARABIC: Final = ("وال", "بال", "لل", "وب", "و", "ب", "ل", "ف")
_HEBREW: Final = ("שב", "וב", "ומ", "ב", "ל", "מ", "ה", "ו")
_ARTICLE: Final = "ال"


@lru_cache(maxsize=8192)
def bases_of(word: str) -> tuple[str, ...]:
    """Names of which this folded word may be a form, the likeliest (longest ending) first."""
    first = word[:1]
    if "\u0590" <= first <= "\u05ff":
        rests = [word[len(p) :] for p in _HEBREW if _before(word, p)]
        # A first vav is doubled after a prefix: "in Warsaw" has two.
        return (*rests, *(rest[1:] for rest in rests if rest.startswith("וו")))
    if "\u0600" <= first <= "\u06ff":
        return tuple(_unprefixed(word))
    rules = next((rules for end, rules in _OF_SCRIPT if first < end), None)
    return tuple(_declined(word, rules)) if rules else ()


def _before(word: str, prefix: str) -> bool:
    return word.startswith(prefix) and len(word) - len(prefix) > 1


def _unprefixed(word: str) -> list[str]:
    found: list[str] = []
    for prefix in _ARABIC:
        if _before(word, prefix):
            rest = word[len(prefix) :]
            # "بالقاهرة" and "للقاهرة" write the article into the prefix.
            found.append(_ARTICLE + rest if prefix in ("وال", "بال", "لل") else rest)
    return found


def _declined(word: str, rules: _Rules) -> list[str]:
    found: list[str] = []
    for length in range(min(_LONGEST_END, len(word) - _KEPT), 0, -1):
        found.extend(word[:-length] + end for end in rules.get(word[-length:], ()))
    return found
