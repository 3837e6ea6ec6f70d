"""A text cut into sentences of folded words, as phrases are sought in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from concierge.rules.folding import Folded, fold, fold_word
from concierge.rules.song_titles import without_titles

#: Scripts written without blanks, or (Korean) with endings on every word.
RUNNING_SCRIPT: Final = re.compile(
    r"[\u0e00-\u0eff\u1100-\u11ff\u3041-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]"
)
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_THAI: Final = re.compile(r"[\u0e00-\u0eff]")
#: A line of Chinese or Japanese is wrapped with a blank nobody wrote.
_WRAPPED: Final = re.compile(r"(?<=[\u3041-\u9fff]) +(?=[\u3041-\u9fff])")
#: A longer thought without a full stop is cut here, so that the cost stays linear.
_MOST_WORDS: Final = 60
_MOST_RUN: Final = 400
#: Words that begin a clause of their own: what was denied ends before them.
_BUT_WORDS: Final = """
but pero sino mas mais aber sondern ma bensì però maar men utan uden mutta vaan ale lecz jen
tylko nur solo sólo só only just но а але ama fakat ancak sadece αλλά dar ci hanem לכן אבל אלא
رק لكن بل بس لیکن اما بلکه ولی लेकिन मगर बल्कि tapi tetapi melainkan namun nhưng mà because
weil porque parce
"""
_BUT: Final = frozenset(map(fold_word, _BUT_WORDS.split()))
#: After an elided article a word begins: "l'alcool", "dell'ansia", "j'angoisse".
_ELIDED: Final = re.compile(r"^\w{1,7}['’‘ʼ](?=\w)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one sentence; of running text the characters as well.

    ``clauses`` is the number of the clause of each word; ``others`` the same word without an
    elided article where it has one, else empty.
    """

    folded: Folded
    first: int
    words: tuple[str, ...]
    others: tuple[str, ...]
    clauses: tuple[int, ...]
    run: str = ""

    def found(self, start: int, end: int) -> str:
        """The words as the person wrote them, in lower case, on one line."""
        starts, words = self.folded.starts, self.folded.words
        last = self.first + end - 1
        begin, stop = starts[self.first + start], starts[last] + len(words[last])
        return self.folded.found(begin, stop).lower()

    def around(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of the same clause before and after."""
        clause, last = self.clauses[start], self.clauses[end - 1]
        before = [w for at, w in enumerate(self.words[:start]) if self.clauses[at] == clause]
        after = [w for at, w in enumerate(self.words[end:], start=end) if self.clauses[at] == last]
        return tuple(before), tuple(after)


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of a text, names of songs and bands taken out. Never raises."""
    folded = fold(without_titles(text))
    first = 0
    for at in range(1, len(folded.words) + 1):
        over = at == len(folded.words) or folded.text[folded.starts[at] - 1] == "."
        if over or at - first >= _MOST_WORDS:
            yield _sentence(folded, first, at)
            first = at


def _sentence(folded: Folded, first: int, end: int) -> Sentence:
    clause, clauses, others = 0, [], []
    for at in range(first, end):
        if folded.text[folded.starts[at] - 1] == "," or folded.words[at] in _BUT:
            clause += 1
        clauses.append(clause)
        begin, stop = folded.spans[at]
        others.append(_elided(folded.original[begin : min(stop, begin + 40)]))
    words = folded.words[first:end]
    last = folded.starts[end - 1] + len(folded.words[end - 1])
    run = folded.text[folded.starts[first] : last]
    return Sentence(folded, first, words, tuple(others), tuple(clauses), _run(run))


def _elided(written: str) -> str:
    match = _ELIDED.match(written)
    return fold_word(written[match.end() :]) if match else ""


def _run(text: str) -> str:
    if not RUNNING_SCRIPT.search(text):
        return ""
    if _HANGUL.search(text) or _THAI.search(text):
        return text
    return _WRAPPED.sub("", text)


def runs_of(run: str) -> Iterator[str]:
    """A run in bounded pieces."""
    for start in range(0, len(run), _MOST_RUN):
        yield run[start : start + _MOST_RUN]
