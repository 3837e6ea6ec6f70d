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
    if not plain:
        return longest
    one, other = _bare(plain), _bare(longest)
    shown, more = _letters(one), _letters(other)
    if more > _LOSSY_TIMES * shown and more - shown > _LOSSY_LETTERS:
        return longest
    if more > shown and _holds_more(one, other):
        return longest
    added = _said_alone(other, one)
    return "\n\n".join([plain.rstrip("\n"), *added]) if added else plain


def _bare(text: str) -> str:
    """A text without the addresses of its links, which only one alternative shows."""
    return _LINK_NOTE.sub("", text[:_COMPARED])


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _holds_more(one: str, other: str) -> bool:
    ours, theirs = Counter(_WORD.findall(one.lower())), Counter(_WORD.findall(other.lower()))
    kept = (ours & theirs).total()
    return kept >= _SAME_SHARE * ours.total() and theirs.total() - kept >= _MORE_WORDS


def _said_alone(other: str, plain: str) -> list[str]:
    """What the other alternative says in words the plain one does not have, as one block."""
    known = frozenset(_WORD.findall(plain.lower()))
    lines = [(line, _WORD.findall(line.lower())) for line in other.splitlines()]
    new = sum(word not in known for _, words in lines for word in words)
    if new < max(_MORE_WORDS, _ALONE_SHARE * sum(len(words) for _, words in lines)):
        return []
    said = [line for line, words in lines if any(word not in known for word in words)]
    return ["\n".join(said[:_ADDED_LINES])]
