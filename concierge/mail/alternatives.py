"""Which of a letter's alternatives is shown: the plain one, unless another holds more of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# A plain alternative beside another this many times as long, and longer by more than a signature,
# leaves out words of the letter: a stub, or a letter cut short by the mail program.
_LOSSY_TIMES, _LOSSY_LETTERS = 1.5, 40
# Another that holds all its words (but one in fifty, which two renderings spell differently) and
# so many more, says something that the plain one does not.
_SAME_SHARE, _MORE_WORDS = 0.98, 4
# What is said in one alternative alone is added to the other, from this share of its words on:
# below it two programs have spelled a link or a bullet differently.
_ALONE_SHARE = 0.02
_ADDED_LINES = 200
_COMPARED = 200_000
_LINK_NOTE = re.compile(r" \[[^\]\n]{0,253}\]|https?://\S+")
_WORD = re.compile(r"\w+")


def preferred(plain: str, others: Sequence[str]) -> str:
    """The text to show of a letter written several times over.

    The plain one is what its writer's program made for readers like us: line ends and quotes stand
    as they stood. It gives way to another that is far longer, or that holds all it says and more;
    where each says something of its own, the other's lines of that sort stand under it.
    """
    longest = max(others, key=len, default="")
    if not plain or not longest:
        return plain or longest
    # Most letters say the same twice, which blanks alone tell in a tenth of the time.
    if len(set(longest.split()) - set(plain.split())) < _MORE_WORDS:
        return plain
    ours, theirs = _words(plain), _words(longest)
    shown, more = sum(map(len, ours)), sum(map(len, theirs))
    if more > _LOSSY_TIMES * shown and more - shown > _LOSSY_LETTERS:
        return longest
    known = frozenset(ours)
    if sum(word not in known for word in theirs) < _MORE_WORDS:
        return plain
    if more > shown and _holds_more(ours, theirs):
        return longest
    alone = _said_alone(longest, known)
    return "{}\n\n{}".format(plain.rstrip("\n"), alone) if alone else plain


def _words(text: str) -> list[str]:
    """The words of a text without the addresses of its links, which only one alternative shows."""
    return _WORD.findall(_LINK_NOTE.sub("", text[:_COMPARED]).lower())


def _holds_more(ours: list[str], theirs: list[str]) -> bool:
    kept = (Counter(ours) & Counter(theirs)).total()
    return kept >= _SAME_SHARE * len(ours) and len(theirs) - kept >= _MORE_WORDS


def _said_alone(other: str, known: frozenset[str]) -> str:
    """The lines of the other alternative with words the plain one does not have; "" for a few."""
    lines = [(line, _words(line)) for line in other[:_COMPARED].splitlines()]
    new = sum(word not in known for _, words in lines for word in words)
    if new < max(_MORE_WORDS, _ALONE_SHARE * sum(len(words) for _, words in lines)):
        return ""
    said = [line for line, words in lines if any(word not in known for word in words)]
    return "\n".join(said[:_ADDED_LINES])
