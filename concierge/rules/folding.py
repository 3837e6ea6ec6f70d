"""Folding makes spellings comparable: one form for every way a word was typed, and the way back.

Folded text knows only word characters and three separators: a space, ``,`` for any mark inside a
sentence, ``.`` for the end of a sentence or paragraph. It begins and ends with one separator.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, repeat

#: Marks the regular expression engine does not count as part of a word although they are:
#: Latin, Cyrillic, Hebrew, Arabic and Devanagari marks, the kana voicing marks, and the vowel
#: signs of the scripts of India and South East Asia.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u3099\u309a"
    # Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala.
    "\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2\u09e3\u09fe\u0a01-\u0a03\u0a3c-\u0a4d\u0a51\u0a70"
    "\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c"
    "\u0b3e-\u0b4d\u0b55-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c56"
    "\u0c62\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b\u0d3c\u0d3e-\u0d4d"
    "\u0d57\u0d62\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0df2\u0df3"
    # Thai, Lao, Burmese, Khmer.
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059"
    "\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u17b4-\u17d3\u17dd"
)
#: Zero-width and direction characters, soft hyphen, variation selectors, the Arabic stretcher:
#: they change how a word looks, not what it says.
_INVISIBLE = "\u00ad\u034f\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_APOSTROPHES = "'`´’‘ʼʻ′＇"
_LETTER = rf"[^\W_{_INVISIBLE}]"
# Possessive, so that a word is taken in one step and not letter by letter.
_WORD = rf"(?:[^\W_]++|[{_MARKS}{_INVISIBLE}]++)"
#: Signs used for letters ("k!ll", "@lone"); taken as such only when the word is then known.
_SIGNS = "@$!"
_TOKEN = re.compile(
    # k.i.l.l, s-u-i-c-i-d-e: at least three single letters, or it is an abbreviation.
    rf"((?<![^\W_]){_LETTER}(?:[.\-*_]{_LETTER}){{2,}}(?![^\W_])"
    rf"|{_WORD}+(?:[{_APOSTROPHES}]+{_WORD}+)*)"
)
_SIGNED = re.compile(rf"(?<![^\W_])[{_SIGNS}]?\w+(?:[{_SIGNS}]\w+)+(?![^\W_])|(?<!\w)[@$]\w+")
#: Marks removed from Latin, Greek, Cyrillic, Hebrew and Arabic. Devanagari and kana marks make
#: other words and stay, except the nukta, which writers leave out.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c"
    + _INVISIBLE
    + _APOSTROPHES
    + "]"
)
#: Letters that do not decompose but are typed without their mark, and Arabic and Devanagari
#: spellings that writers use for each other. Not ø: Danish "dø" would become English "do".
_SAME = str.maketrans("ıłىیکةँς", "ilييكهंσ")
_DOTS = re.compile(r"[.\-*_]")
_NOT_FOLDED = re.compile(r"[ ,.\s]")
_LONG_RUN = re.compile(r"([^\W\d_\u3000-\u9fff\uac00-\ud7a3])\1{2,}")
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_LEET_L = str.maketrans("0134578@$!", "oleastbasi")
#: What ends a sentence, in the scripts the desk reads; a blank line does too.
_SENTENCE_END = re.compile(r"[.!?…。！？｡؟۔।॥]|\n\s*\n|\n\s*[-*•>]")
_PAUSE = re.compile(r"[,;:()\[\]{}\"“”„«»–—、，；：،؛|/]| - |--")


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word without case, compatibility forms, apostrophes, or marks where that is safe."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    wide = unicodedata.normalize("NFKC", word).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", wide))
    return _NOT_FOLDED.sub("", unicodedata.normalize("NFKC", bare).translate(_SAME))


def _shortened(word: str, known: Callable[[str], bool]) -> str:
    """``diiie`` to ``die``; ``killll`` to ``kill`` because that is a known word."""
    double = _LONG_RUN.sub(r"\1\1", word)
    return double if double == word or known(double) else _LONG_RUN.sub(r"\1", word)


def _unleeted(word: str, known: Callable[[str], bool]) -> str:
    """``k1ll`` to ``kill`` when that is a known word; otherwise the word as it is."""
    for table in (_LEET, _LEET_L):
        plain = word.translate(table)
        if known(plain):
            return plain
    return word


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where each of its words stands in the original.

    ``original`` is the text as given, in Unicode NFC (the same characters to a reader).
    ``starts`` are the offsets of the words in ``text``, ``spans`` their ranges in ``original``.
    """

    original: str
    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that ``text[start:end]`` came from, whole words at least.

        Exact to the character where a word kept its length, which Chinese and Japanese need:
        there a "word" is a whole clause.
        """
        if not self.words:
            return 0, 0
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        return self._edge(first, start, 0), self._edge(last, end, 1)

    def found(self, start: int, end: int) -> str:
        """The words as they stand in the original, on one line."""
        begin, stop = self.span(start, end)
        return " ".join(self.original[begin:stop].split())

    def _edge(self, word: int, offset: int, side: int) -> int:
        begin, stop = self.spans[word]
        inside = offset - self.starts[word]
        if stop - begin == len(self.words[word]) and 0 <= inside <= stop - begin:
            return begin + inside
        return (begin, stop)[side]


@lru_cache(maxsize=4096)
def _separator(between: str) -> str:
    if _SENTENCE_END.search(between):
        return "."
    return "," if _PAUSE.search(between) else " "


@lru_cache(maxsize=65536)
def _normal(word: str, known: Callable[[str], bool]) -> str:
    """One word folded, unstretched and unleeted."""
    plain = fold_word(_DOTS.sub("", word))
    if _LONG_RUN.search(plain):
        plain = _shortened(plain, known)
    if not plain.isalpha() and not plain.isdigit():
        plain = _unleeted(plain, known)
    return plain


def _signs_read(text: str, known: Callable[[str], bool]) -> str:
    """Signs used as letters become letters where that makes a known word; the length stays."""

    def plain(match: re.Match[str]) -> str:
        word = match[0].lower()
        read = _unleeted(word, known)
        # The offsets of everything after it must stay true.
        return read if read != word and len(read) == len(match[0]) else match[0]

    return _SIGNED.sub(plain, text)


def join(words: Sequence[str], separators: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Words with a separator before each and one at the end, as folded text and offsets."""
    text = "".join(chain.from_iterable(zip(separators, words, strict=False))) + separators[-1]
    lengths = accumulate((len(word) + 1 for word in words), initial=1)
    return text, tuple(lengths)[:-1]


def fold(text: str, known: Callable[[str], bool] = lambda _: False) -> Folded:
    """Fold a text. ``known`` tells whether a repaired spelling is a word worth repairing to.

    Never raises. A line break is a space, a blank line the end of a sentence: mail is wrapped.
    """
    # Composed and decomposed letters are the same text; one form makes offsets meaningful.
    original = unicodedata.normalize("NFC", text)
    readable = (
        _signs_read(original, known) if any(sign in original for sign in _SIGNS) else original
    )
    # Splitting by a captured pattern yields what is between, a word, what is between, ...
    parts = _TOKEN.split(readable)
    words = list(map(_normal, parts[1::2], repeat(known)))
    ends = list(accumulate(map(len, parts)))
    spans = list(zip(ends[0::2], ends[1::2], strict=False))
    between = parts[0::2]
    if not all(words):
        words, spans, between = _without_empty(words, spans, between)
    if not words:
        return Folded(original, ".", (), (), ())
    # A long stretch of marks is not worth remembering; its beginning tells what it is.
    separators = [_separator(marks[:64]) for marks in between]
    separators[0] = separators[-1] = "."
    joined, starts = join(words, separators)
    return Folded(original, joined, tuple(words), starts, tuple(spans))


def _without_empty(
    words: list[str], spans: list[tuple[int, int]], between: list[str]
) -> tuple[list[str], list[tuple[int, int]], list[str]]:
    """Drop words of which folding left nothing; what stood around them becomes one stretch."""
    kept = [at for at, word in enumerate(words) if word]
    marks = [between[0]]
    for at, word in enumerate(words):
        if word:
            marks.append(between[at + 1])
        else:
            marks[-1] += between[at + 1]
    return [words[at] for at in kept], [spans[at] for at in kept], marks
