"""Words that tell whose a named place is, by language: a table parsed once, read by word."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.places import SPACELESS, fold, tokens_of

#: What a cue says. Relations stand at the name, predicates say what the place is to somebody,
#: subjects say to whom, and the rest bounds or cancels them.
RELATIONS: Final = frozenset({"in", "from", "to", "via"})
PREDICATES: Final = frozenset(
    {
        "live",
        "lived",
        "moved",
        "moving",
        "now",
        "be",
        "home",
        "origin",
        "past",
        "future",
        "fly",
        "want",
        "write",
        "show",
        "work",
        "play",
    }
)
_OTHER: Final = frozenset(
    {
        "i",
        "they",
        "my",
        "person",
        "ours",
        "with",
        "visit",
        "not",
        "nomore",
        "but",
        "and",
        "fill",
        "called",
        "greet",
        "thing",
        "matter",
        "soon",
        "today",
        "then",
        "month",
        "never",
        "who",
    }
)
_SPELLED: Final = frozenset({"-in", "-from", "-to", "in-", "from-", "to-", "and-", "order"})
KINDS: Final = RELATIONS | PREDICATES | _OTHER | _SPELLED

#: Letters that people leave out or write otherwise, beyond what folding takes away: alef with and
#: without hamza, the Persian and Urdu forms of yeh and kaf, the joiner inside Persian verbs,
#: letters with a stroke, the Turkish dotless i.
_ALIKE: Final = str.maketrans(
    "أإآىئیکہۀڵł\u0131đøæ", "اااييىكههلlidoa", "\u200c\u200d\u200e\u200f\u0640"
)

_THAI: Final = re.compile("[\u0e00-\u0e7f]")
_KANA: Final = re.compile("[\u3041-\u30ff]")


@lru_cache(maxsize=8192)
def key_of(folded: str) -> str:
    """A word as cues are compared: folded further than names, since nothing is printed from it."""
    return folded if folded.isascii() else folded.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language."""

    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    #: First word to the lengths, in words, of the cues that begin with it, longest first.
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    #: Cues of scripts without blanks by first character, longest first.
    inner: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Endings and beginnings of a declined name, with the relation they stand for.
    endings: tuple[tuple[str, str], ...] = ()
    beginnings: tuple[tuple[str, str], ...] = ()
    #: Whether what is said of a place stands ``before`` it, ``after`` it, or on either side.
    order: str = "before"


#: Language to its cues.
RoleCues = dict[str, Cues]


def parse_role_cues(csv_text: str) -> RoleCues:
    """Read the table of cues: columns cue (one or more kinds), language, words ("|" between).

    :class:`~concierge.errors.FaultyInput` lists every row that is not so.
    """
    cues: RoleCues = {}
    faults = []
    for number, row in enumerate(csv.DictReader(io.StringIO(csv_text)), start=2):
        kinds = frozenset((row.get("cue") or "").split())
        languages = (row.get("language") or "").split()
        words = [w.strip() for w in (row.get("words") or "").split("|") if w.strip()]
        if not kinds or kinds - KINDS or not languages or not words:
            faults.append(f"place_cues.csv:{number}: not cue,language,words; see the rows around")
            continue
        for language in languages:
            cues[language] = _with(cues.get(language, Cues()), kinds, words)
    if faults or not cues:
        raise FaultyInput("The table of place cues cannot be used.", tuple(faults))
    return cues


def _with(cues: Cues, kinds: frozenset[str], words: list[str]) -> Cues:
    """The cues with one row more; a word may have several kinds, from several rows."""
    if kinds & _SPELLED:
        return _with_spelling(cues, next(iter(kinds)), words)
    for text in words:
        parts = words_of(text)
        key = " ".join(parts)
        cues.kinds[key] = cues.kinds.get(key, frozenset()) | kinds
        lengths = {*cues.lengths.get(parts[0], ()), len(parts)}
        cues.lengths[parts[0]] = tuple(sorted(lengths, reverse=True))
        if SPACELESS.search(key):
            inner = {*cues.inner.get(key[0], ()), "".join(parts)}
            cues.inner[key[0]] = tuple(sorted(inner, key=lambda cue: (-len(cue), cue)))
            cues.kinds.setdefault("".join(parts), cues.kinds[key])
    return cues


def _with_spelling(cues: Cues, kind: str, words: list[str]) -> Cues:
    endings, beginnings, order = cues.endings, cues.beginnings, cues.order
    if kind == "order":
        order = words[0]
    elif kind.startswith("-"):
        endings += tuple((key_of(fold(word)), kind[1:]) for word in words)
    else:
        beginnings += tuple((key_of(fold(word)), kind[:-1]) for word in words)
    return Cues(cues.kinds, cues.lengths, cues.inner, endings, beginnings, order)


def words_of(text: str) -> list[str]:
    """The words of a cue as they are compared."""
    return [key_of(token.folded) for token in tokens_of(text)] or [text]


def language_read(words: list[str], language: str, cues: RoleCues) -> str:
    """The language whose cues to read by: the one given, or the one most words belong to.

    A letter in one language may hold a sentence in English, and a text whose language nobody
    could tell still says "vivo en" in one of them.
    """
    language = language if language in cues else language.partition("-")[0]
    among = (language, "en") if language in cues else tuple(cues)
    counts = {name: len([word for word in words if word in cues[name].kinds]) for name in among}
    best = max(among, key=lambda name: counts[name])
    if not counts[best]:
        best = _by_script(words, cues) or best
    # English must be clearly ahead: "in", "to" and "was" are words of its neighbours too.
    if language in cues and counts.get(best, 0) < 2 * counts[language] + 2:
        return language
    return best


def _by_script(words: list[str], cues: RoleCues) -> str:
    """The language of a run of characters without blanks, which no cue is equal to as a whole."""
    runs = "".join(word for word in words if SPACELESS.search(word))
    spoken = "th" if _THAI.search(runs) else "ja" if _KANA.search(runs) else "zh" if runs else ""
    return spoken if spoken in cues else ""
