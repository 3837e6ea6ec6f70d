"""Part what a sender wrote from what their mail program added, by structure, in any language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from concierge.rules import cleaning_lines as lines_of

# Weak cuts (a closing that only looks like a signature) may take this share of the words that
# stand outside clear quotes; beyond it the sender's own words are at stake and all is kept.
_WEAK_SHARE = 0.2
# A reply line is wrapped over at most this many lines; a wider window would swallow the
# sender's last sentence.
_WINDOW = 3
# A signature longer than this is a letter written under a dash.
_SIGNATURE_LINES = 12


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What of a body the sender wrote, what it quotes, and each piece that was cut.

    ``cut`` holds (label, text) in order; labels are ``quote``, ``reply``, ``forward``,
    ``signature``, ``device`` and ``disclaimer``.
    """

    text: str
    quoted: str = ""
    cut: tuple[tuple[str, str], ...] = ()


def own_words(body: str) -> OwnWords:
    """Find the sender's own words, never cutting into them when in doubt.

    1. Lines under ">" are quotes wherever they stand; what is between them stays.
    2. A reply line, a header block or a separator of a mail program with nothing marked under it
       quotes all that follows.
    3. From the end: device lines, disclaimers, the signature under "--".
    A body without any own words, such as a bare forward, is returned whole.
    """
    lines = body.replace("\r\n", "\n").split("\n")
    marks = [""] * len(lines)
    _mark_quotes(lines, marks)
    _mark_replies(lines, marks)
    for rule in (_device, _disclaimer, _signature, _device):
        _mark_end(lines, marks, rule)
    text = "\n".join(line for line, mark in zip(lines, marks, strict=True) if not mark).strip()
    if not lines_of.has_words(text):
        return OwnWords(body.strip())
    cut = _pieces(lines, marks)
    quoted = "\n".join(piece for label, piece in cut if label in {"quote", "reply", "forward"})
    return OwnWords(_squeezed(text), quoted, cut)


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text)


def _mark_quotes(lines: list[str], marks: list[str]) -> None:
    for index, line in enumerate(lines):
        if lines_of.QUOTED.match(line):
            marks[index] = "quote"


def _mark_replies(lines: list[str], marks: list[str]) -> None:
    """Mark reply lines above quotes, and all that follows one with nothing marked under it."""
    index = 0
    while index < len(lines):
        if not marks[index] and lines[index].strip():
            label, first, last = _opening(lines, marks, index)
            if label:
                bare = not _quote_follows(marks, lines, last + 1)
                if bare and last > first and not _own_above(lines, marks, first):
                    return  # a bare forward: what is forwarded is all there is
                marks[first : last + 1] = [label] * (last + 1 - first)
                if bare:
                    _mark_rest(lines, marks, last + 1, label, first)
                    return
                index = last
        index += 1


def _mark_rest(lines: list[str], marks: list[str], start: int, label: str, first: int) -> None:
    """Mark all that follows, unless nothing of the sender's own stands above.

    A reply line at the very top is followed by the answer: some clients drop the quote itself.
    """
    if not _own_above(lines, marks, first):
        return
    for index in range(start, len(lines)):
        marks[index] = marks[index] or label


def _own_above(lines: list[str], marks: list[str], first: int) -> bool:
    return any(not marks[i] and lines_of.has_words(lines[i]) for i in range(first))


def _opening(lines: list[str], marks: list[str], index: int) -> tuple[str, int, int]:
    """The label and the lines of what opens a quote here; an empty label when nothing does."""
    label = lines_of.separator(lines, index)
    if label:
        return label, index, lines_of.block_end(lines, index + 1)
    if lines_of.is_header_block(lines, index):
        return "reply", index, lines_of.block_end(lines, index)
    if lines_of.ENDING.search(lines[index]) is None:
        return "", index, index
    first = _reply_start(lines, marks, index)
    return ("reply", first, index) if first >= 0 else ("", index, index)


def _reply_start(lines: list[str], marks: list[str], last: int) -> int:
    """Where the reply line that ends here starts, -1 when it is none.

    The shortest window with a date and an address wins; a line with only one of them is a reply
    line right above a marked quote.
    """
    above_quote = _quote_follows(marks, lines, last + 1)
    weak, joined = -1, ""
    for first in range(last, max(-1, last - _WINDOW), -1):
        line = lines[first].strip()
        if not line or marks[first] or (first < last and line.endswith((".", "!", "?", "。"))):
            break
        joined = f"{line} {joined}".strip()
        strength = lines_of.reply_strength(joined)
        if strength == 2:
            return first
        if weak < 0 and above_quote and strength:
            weak = first
    return weak


def _quote_follows(marks: list[str], lines: list[str], index: int) -> bool:
    for at in range(index, min(index + 4, len(lines))):
        if lines[at].strip():
            return marks[at] == "quote"
    return False


_Rule = Callable[[list[str]], tuple[str, int, bool]]


def _mark_end(lines: list[str], marks: list[str], rule: _Rule) -> None:
    """Apply a rule to the own lines; it tells the label, the first line cut, and whether clear."""
    own = [i for i, mark in enumerate(marks) if not mark]
    while own and not lines[own[-1]].strip():
        own.pop()
    label, start, clear = rule([lines[i] for i in own])
    if not label:
        return
    if not clear:
        taken = sum(len(lines[i].split()) for i in own[start:])
        if taken > _WEAK_SHARE * sum(len(lines[i].split()) for i in own):
            return
    for i in own[start:]:
        marks[i] = label


def _device(own: list[str]) -> tuple[str, int, bool]:
    found = bool(own) and lines_of.is_device_line(own[-1])
    return ("device", len(own) - 1, True) if found else ("", 0, False)


def _disclaimer(own: list[str]) -> tuple[str, int, bool]:
    """The last paragraph when it speaks a lawyer's language; never the only paragraph."""
    start = len(own)
    while start > 0 and own[start - 1].strip():
        start -= 1
    if start > 0 and lines_of.is_disclaimer(" ".join(own[start:])):
        return "disclaimer", start, True
    return "", 0, False


def _signature(own: list[str]) -> tuple[str, int, bool]:
    for start in range(len(own) - 1, max(-1, len(own) - _SIGNATURE_LINES - 2), -1):
        if lines_of.SIGNATURE.match(own[start]):
            below = own[start + 1 :]
            return "signature", start, not any(map(lines_of.is_sentence, below))
    return "", 0, False


def _pieces(lines: list[str], marks: list[str]) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, list[str]]] = []
    last = ""
    for line, mark in zip(lines, marks, strict=True):
        if mark and mark == last:
            pieces[-1][1].append(line)
        elif mark:
            pieces.append((mark, [line]))
        last = mark
    return tuple((label, "\n".join(found).strip("\n")) for label, found in pieces)
