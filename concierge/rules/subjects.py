"""Whether two subjects are of one matter, whatever mail programs and lists put before them."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

from concierge.rules.kind_phrases import ANSWER_PREFIXES

#: Characters of a subject that can tell its matter; also bounds the time.
_CHARACTERS = 300
#: Of a hundred: one corrected word or ending in a subject of usual length stays above it, two
#: subjects that share half their words stay below.
_ALIKE = 80
#: The shortest subject that means something inside a longer one where words have no spaces.
_SHORTEST_PART = 4
_PREFIX = re.compile(r"\s*([^\W\d_]{1,12})\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]")
#: Lists, gateways and filters mark subjects so: "[tour-list]", "[EXT]", "***SPAM***".
_TAG = re.compile(r"\s*(?:\[[^\[\]]{1,40}\]|\*{2,5}[\w ]{1,20}\*{2,5}|【[^【】]{1,20}】)")
_TOKEN = re.compile(
    r"[\[(]?\s*(?:ref:?\s*)?C-\d{1,18}-\d{1,18}-[0-9A-Z]{10}\s*[\])]?", re.IGNORECASE
)
_FORWARDED = re.compile(r"\s*\((?:fwd|forwarded)\)\s*$")
_WORD = re.compile(r"\w+")


def matter_of(subject: str) -> str:
    """A subject without answer prefixes, our tokens, tags of lists, case and extra spaces."""
    rest = unicodedata.normalize("NFKC", subject[:_CHARACTERS]).casefold()
    rest = _FORWARDED.sub("", _TOKEN.sub(" ", rest))
    while True:
        prefix = _PREFIX.match(rest)
        if prefix and prefix[1] in ANSWER_PREFIXES:
            rest = rest[prefix.end() :]
        elif tag := _TAG.match(rest):
            rest = rest[tag.end() :]
        else:
            return " ".join(_WORD.findall(rest))


def same_matter(subject: str, earlier: str) -> bool:
    """Whether a subject goes on with an earlier one: the same, corrected, shortened, extended.

    An empty subject is not a new one, and one given to a thread without any names its matter.
    """
    one, other = matter_of(subject), matter_of(earlier)
    if not one or not other or one == other:
        return True
    if fuzz.ratio(one, other) >= _ALIKE:
        return True
    words, others = set(one.split()), set(other.split())
    shorter, longer = sorted((one, other), key=len)
    return (
        words <= others or others <= words or (len(shorter) >= _SHORTEST_PART and shorter in longer)
    )
