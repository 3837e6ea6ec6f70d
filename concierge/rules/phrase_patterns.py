"""One phrase of a table, read: its words, how far apart they may stand, and in which order.

A blank lets one other word stand between, ``~`` up to four; ``word*`` takes any ending, ``a/b``
is one or the other, and `` & `` joins parts that stand near each other in one sentence in any
order. A phrase that begins with ``?`` is weak: it speaks for a topic only beside something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from concierge.rules.folding import fold_word

#: Languages whose words are written without blanks, or with so many endings and such free
#: blanks (Korean) that a phrase is sought inside a run of characters.
RUNNING: Final = frozenset({"ja", "ko", "th", "zh"})
#: Languages that write "and", "in", "the" on to the front of a word and owners on to its end.
GLUED: Final = frozenset({"ar", "fa", "he"})
#: Other words between two words of a phrase: "I feel so alone" is "feel alone".
_BLANK: Final = 1
_WIDE: Final = 4
#: The same for running text, in characters.
_WIDE_RUN: Final = 12
#: A glued word of so many letters may take any ending without saying so; a shorter one two letters.
_OPEN_FROM: Final = 4
_WORD: Final = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\u0e00-\u0eff'’*/])+|~|&"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or, in running text, a run of characters; ``open`` takes any ending."""

    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One of these pieces, after at most ``gap`` other words (characters in running text)."""

    pieces: tuple[Piece, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as it is sought: parts in any order, each some steps in theirs."""

    parts: tuple[tuple[Step, ...], ...]
    running: bool = False
    weak: bool = False

    @property
    def several(self) -> bool:
        """Whether it says more than a single word does."""
        return self.running or sum(map(len, self.parts)) > 1

    @property
    def fixed(self) -> bool:
        """Whether no word of it takes other endings."""
        return not any(piece.open for part in self.parts for step in part for piece in step.pieces)

    @property
    def key(self) -> Step:
        """The step that is met least by chance: the one whose shortest piece is longest."""
        steps = [step for part in self.parts for step in part]
        return max(steps, key=lambda step: min(len(piece.text) for piece in step.pieces))


def read_phrase(text: str, lang: str) -> Pattern | None:
    """Read one phrase of a table; ``None`` when there is no word in it."""
    weak = text.startswith("?")
    # Apostrophes would part words otherwise; folding deletes them from the text as well.
    bare = text.removeprefix("?").strip()
    running = lang in RUNNING
    parts = [_run(part) if running else _steps(part, lang) for part in bare.split("&")]
    if not all(parts):
        return None
    return Pattern(tuple(parts), running, weak)


def _steps(part: str, lang: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = 0
    for word in _WORD.findall(part):
        if word in "~&":
            gap = _WIDE
            continue
        pieces = [_piece(one, lang) for one in word.split("/")]
        kept = tuple(piece for piece in pieces if piece.text)
        if kept:
            steps.append(Step(kept, gap))
            gap = _BLANK
    return tuple(steps)


def _piece(word: str, lang: str) -> Piece:
    bare = fold_word(word.rstrip("*"))
    glued = lang in GLUED and len(bare) >= _OPEN_FROM
    return Piece(bare, word.endswith("*") or glued)


def _run(part: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    for at, run in enumerate(part.split("~")):
        pieces = dict.fromkeys(form for one in run.split("/") for form in _spellings(one.strip()))
        kept = tuple(Piece(piece) for piece in pieces if piece)
        if kept:
            steps.append(Step(kept, _WIDE_RUN if at else 0))
    return tuple(steps)


def _spellings(run: str) -> tuple[str, str]:
    """As written and without its blanks, which Korean leaves out as often as not."""
    words = [fold_word(word) for word in run.rstrip("*").split()]
    return " ".join(words), "".join(words)
