"""How well mail was read and told apart, against what a corpus says of it: pure arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

#: Of the expected words so many must be there for a text to count as read.
TEXT_SHARE = 0.98
#: So few words are no text that could be lost by half.
_FEW_WORDS = 5

# Base64 that a naive reader takes for text.
_NO_WORD = re.compile(r"[A-Za-z0-9+/=]{60,}")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")
# Inline marks stand within words ("l<b>o</b>ve"), the others between them.
_INLINE = re.compile(
    r"</?(?:b|i|u|em|strong|a|font|span|sup|sub|big|small|tt|code|s)\b[^>]*>", re.IGNORECASE
)
_LOOKS_MARKED_UP = re.compile(r"<(?:div|p|br|span|table|html|body|b|a)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Goal:
    """A rate that is demanded: so many of so many, and whether more is worse.

    Where nothing is demanded, ``of`` is 0: the rate is told and not judged.
    """

    name: str
    wanted: int = 0
    of: int = 0
    #: True where the rate is a share of faults that may be made at most.
    faults: bool = False

    def met(self, score: Score) -> bool | None:
        """Whether a score reaches it, as a rate; None when nothing was counted or demanded."""
        if not score.of or not self.of:
            return None
        if self.faults:
            return score.hits * self.of <= self.wanted * score.of
        return score.hits * self.of >= self.wanted * score.of


@dataclass(slots=True)
class Score:
    """So many of so many, and the names of those that missed."""

    hits: int = 0
    of: int = 0

    def count(self, *, hit: bool) -> None:
        """Count one more."""
        self.of += 1
        self.hits += hit


#: What is demanded of the desk on public mail: sets of another size are judged by the rate.
GOALS = (
    Goal("mails that could not be read", 0, 1, faults=True),
    Goal("mails that took over 2 s", 0, 1, faults=True),
    Goal("subject as expected (Zammad)", 104, 106),
    Goal("sender as expected (Zammad)", 98, 102),
    Goal("text as expected (Zammad)", 85, 91),
    Goal("... or as expected in its HTML (Zammad)"),
    Goal("text as expected (Stalwart)", 82, 86),
    Goal("... or as expected in its HTML (Stalwart)"),
    Goal("human mail that lost over half its text", 0, 1, faults=True),
    Goal("own words exact (quoted replies)", 95, 113),
    Goal("own words exact (Talon's replies)"),
    Goal("human mail losing over a fifth of its new text unruled", 2, 100, faults=True),
    Goal("people who wrote themselves, muted", 0, 1, faults=True),
    Goal("people who wrote through a list, muted", 2, 1000, faults=True),
    Goal("bounce: precision", 995, 1000),
    Goal("bounce: recall", 95, 100),
    Goal("bounce: permanent known as such", 420, 456),
    Goal("bounce: transient known as such", 55, 64),
    Goal("automatic replies found", 9, 10),
)
#: Our reader may take so many times the CPU of the standard library's parser on the same mail.
SPEED_RATIO = 2.5


def words(text: str) -> Counter[str]:
    """The words of a text, folded to lower case, with how often each stands there."""
    return Counter(_WORD.findall(text.lower()))


def kept(expected: str, got: str) -> float | None:
    """The share of expected words that are in a text, in any order; None when none is expected."""
    wanted = words(expected)
    if not wanted:
        return None
    return (wanted & words(got)).total() / wanted.total()


def lost(naive: str, got: str) -> bool:
    """Whether over half of what a naive reader finds is missing, in words and in letters.

    By words alone a page with spaced-out letters or a charset the naive reader gets wrong would
    count, by letters alone a mail that holds another text of the same length.
    """
    naive = _NO_WORD.sub(" ", naive)
    share = kept(naive, got)
    if share is None or share >= 0.5 or words(naive).total() < _FEW_WORDS:
        return False
    return 2 * sum(map(str.isalnum, got)) < sum(map(str.isalnum, naive))


def read_as(expected: str, got: str) -> bool:
    """Whether a text was read: 98 % of the expected words, or all but white space."""
    return (kept(expected, got) or 0.0) >= TEXT_SHARE or same_text(expected, got)


def same_text(expected: str, got: str) -> bool:
    """Whether two texts are equal but for white space."""
    return expected.split() == got.split()


def without_marks(text: str) -> str:
    """An expected text in HTML as plain words; other text as it is."""
    if not _LOOKS_MARKED_UP.search(text):
        return text
    return unescape(_TAG.sub(" ", _INLINE.sub("", text)))


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted values lies; 0 when there are none."""
    if not seconds:
        return 0.0
    return seconds[min(len(seconds) - 1, int(share * len(seconds)))]
