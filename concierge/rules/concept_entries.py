"""The entries of a slot as they are written in a language's file, read into words and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from concierge.rules.folding import fold_word

#: What may stand in a word as people write it and is no part of it when folded.
_NO_LETTER = re.compile(r"[*.,!?;:\"“”„«»]")
#: In brackets of single words nothing needs to be multiplied.
_SINGLE = re.compile(r"(?<![^ ])\(([^()\s]*)\)(?![^ ])")
#: An entry is read by its words; a gap stands for up to so many others.
_GAP = re.compile(r"~(\d)")
#: One entry with many alternatives stands for as many phrases; more are a mistake.
_MOST_WAYS: Final = 400
#: Alternatives of several words stand in brackets.
_GROUP = re.compile(r"\(([^()]*)\)")
#: A beginning or an ending shorter than this is found in too many words.
SHORTEST_STEM: Final = 2


class BadEntry(ValueError):
    """A word or phrase of a slot cannot be used."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase, in any of several forms, after at most ``gap`` other words."""

    exact: frozenset[str]
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    gap: int = 0

    def fits(self, word: str) -> bool:
        """Whether a folded word is one of its forms."""
        if word in self.exact:
            return True
        if self.begins and word.startswith(self.begins):
            return True
        if self.ends and word.endswith(self.ends):
            return True
        return bool(self.inside) and any(piece in word for piece in self.inside)


def ways_glued(entry: str) -> Iterator[tuple[str, str]]:
    """How each alternative begins, and what follows as an expression; "|" parts the entry.

    Without spaces an entry is a piece of text, found anywhere; its gaps are characters.
    Raises :class:`BadEntry`.
    """
    for alternative in _apart(entry):
        pieces = _GROUP.split(alternative)
        if any(sign in piece for piece in pieces[0::2] for sign in "()"):
            raise BadEntry("has a bracket without its other half")
        leads, rest = [pieces[0]], _followed(pieces[1:], group=True)
        if not pieces[0].strip() and len(pieces) > 1:
            leads, rest = pieces[1].split("|"), _followed(pieces[2:], group=False)
        for lead in leads:
            first, gap, more = lead.strip().partition("~")
            head = _fold_glued(first)
            if not head:
                raise BadEntry("is empty, or begins with a gap")
            yield head, _expressed(gap + more) + rest


def _apart(entry: str) -> Iterator[str]:
    """The alternatives of an entry, at every "|" that stands in no brackets."""
    depth, begin = 0, 0
    for at, char in enumerate(entry):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth <= 0:
            yield entry[begin:at]
            begin = at + 1
    yield entry[begin:]


def _followed(pieces: Sequence[str], *, group: bool) -> str:
    """The rest of an entry as an expression; every other piece is a group of alternatives."""
    written = ""
    for piece in pieces:
        if group:
            written += f"(?:{'|'.join(map(_expressed, piece.split('|')))})"
        else:
            written += _expressed(piece)
        group = not group
    return written


def _expressed(piece: str) -> str:
    parts = _GAP.split(piece)
    gaps = [f"[^.,]{{0,{number}}}" for number in parts[1::2]]
    words = [re.escape(_fold_glued(part)) for part in parts[0::2]]
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _fold_glued(text: str) -> str:
    return "".join(fold_word(part) for part in _NO_LETTER.sub("", text).split())


def ways(entry: str) -> Iterator[str]:
    """The phrases an entry stands for: one for each choice of the alternatives in brackets."""
    # People type the joiner of Persian as a space, or leave it out.
    entry = entry.replace("-", " ")
    for spelling in sorted({entry.replace("\u200c", ""), entry.replace("\u200c", " ")}):
        pieces = _GROUP.split(_SINGLE.sub(r"\1", spelling))
        if any(sign in piece for piece in pieces[0::2] for sign in "()"):
            raise BadEntry("has a bracket without its other half")
        choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
        count = 1
        for choice in choices:
            count *= len(choice)
        if not spelling.strip() or count > _MOST_WAYS:
            raise BadEntry("is empty, or has too many alternatives in brackets")
        yield from ("".join(chosen) for chosen in product(*choices))


def parts_of(phrase: str) -> Iterator[Part]:
    """The words of a phrase, each with its forms. Raises :class:`BadEntry`."""
    gap, first = 0, True
    for word in phrase.split():
        if found := _GAP.fullmatch(word):
            gap = int(found[1])
            continue
        if first and gap:
            raise BadEntry("begins with a gap")
        yield _part(word, gap)
        gap, first = 0, False
    if first or gap:
        raise BadEntry("is empty, or ends with a gap")


@lru_cache(maxsize=65_536)
def _part(word: str, gap: int) -> Part:
    forms: dict[str, list[str]] = {"exact": [], "begins": [], "ends": [], "inside": []}
    for form in word.split("|"):
        bare = fold_word(_NO_LETTER.sub("", form))
        before, after = form.startswith("*"), form.endswith("*")
        if not bare or ((before or after) and len(bare) < SHORTEST_STEM):
            raise BadEntry(f"has {form!r}, of which too little is left")
        both = "inside" if before else "begins"
        forms[both if after else "ends" if before else "exact"].append(bare)
    return Part(
        frozenset(forms["exact"]),
        tuple(forms["begins"]),
        tuple(forms["ends"]),
        tuple(forms["inside"]),
        gap,
    )
