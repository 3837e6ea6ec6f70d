"""Words that tell which door a message knocks at: their file, and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from concierge.errors import FaultyInput

#: Written without blanks between words, so that an entry is sought at every character.
_RUNNING: Final = frozenset({"ja", "zh", "th"})
#: Words carry others before and after them without a blank.
_GLUED: Final = frozenset({"ar", "fa", "he", "ko"})
#: Letters that Arabic and Hebrew write before a word: and, in, to, from, the ...
_PREFIXES: Final = frozenset("والبكلفسهמשהכבלו")
#: No more of them are read over: a longer beginning is another word.
_MOST_PREFIXES: Final = 3
#: First letter of the scripts whose entries are sought inside (Hebrew; before it come spaced ones).
_FIRST_INNER: Final = "\u0590"
#: Devanagari stands among them but parts its words with blanks.
_DEVANAGARI: Final = re.compile("[\u0900-\u097f]")
#: Other words that may stand between the words of one entry ("help me with paying").
_GAP: Final = 2
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0900-\u0d7f\u0e00-\u0eff])+")
#: Signs above and below letters: Latin, Hebrew and Arabic ones only, as in Hindi or Thai they are
#: vowels; with them what has no width.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]"
)
#: Letters people and keyboards use for one another.
_ALIKE: Final = str.maketrans("أإآٱىةکیıłđøßåæ", "اااايهكيildosaa")
#: What takes an entry's words back.
_MINUS: Final = "!"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file: its words, each perhaps open at either end."""

    slot: str
    lang: str
    words: tuple[tuple[str, bool, bool], ...]
    #: It takes back what it covers.
    minus: bool = False


@dataclass(frozen=True, slots=True)
class SlotHit:
    """An entry found: from ``start`` to ``end`` of the folded text."""

    slot: str
    lang: str
    start: int
    end: int
    minus: bool = False


@dataclass(frozen=True, slots=True)
class DoorWords:
    """The file ready to be looked up; made by :func:`parse_doors`. Empty, it finds nothing."""

    whole: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    begins: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    #: By the first two characters (one of an entry that has one) of what is sought inside words.
    inside: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()


def fold(text: str) -> str:
    """Case, accents and the ways to write one letter taken away; vowels of Hindi and Thai stay."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart)).translate(_ALIKE)


def words_of(folded: str) -> list[str]:
    """The words of a folded text; an apostrophe parts two."""
    return _WORD.findall(folded)


def parse_doors(toml_text: str, name: str = "doors.toml") -> DoorWords:
    """Read the file: a table a language, a line a slot, entries parted by ``|``.

    :class:`~concierge.errors.FaultyInput` names the line of everything that cannot be used.
    """
    try:
        tables = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput("The door words cannot be used.", (_syntax(name, error),)) from error
    words, faults = _Making(), []
    for lang, slots in tables.items():
        if not isinstance(slots, dict):
            faults.append(_told(name, toml_text, lang, "stands outside a [language]; move it"))
            continue
        for slot, line in slots.items():
            try:
                words.take(lang, slot, line)
            except ValueError as error:
                faults.append(_told(name, toml_text, slot, str(error), lang))
    if faults or not tables:
        raise FaultyInput("The door words cannot be used.", tuple(faults))
    return words.made()


def _syntax(name: str, error: tomllib.TOMLDecodeError) -> str:
    at = re.search(r"line (\d+)", str(error))
    return f'{name}:{at[1] if at else 1}: {error}; a line reads slot = "word | two words"'


def _told(name: str, text: str, key: str, what: str, lang: str = "") -> str:
    """The fault with the line of its key, which stands under its language's heading."""
    lines = text.splitlines()
    heading = f"[{lang}]"
    start = next((i for i, one in enumerate(lines) if one.strip() == heading), 0) if lang else 0
    number = next(
        (i for i, one in enumerate(lines[start:], start + 1) if one.lstrip().startswith(key)), 1
    )
    return f"{name}:{number}: {key}: {what}"


class _Making:
    """The tables while they grow."""

    def __init__(self) -> None:
        self._whole: dict[str, list[Entry]] = {}
        self._begins: dict[str, list[Entry]] = {}
        self._inside: dict[str, list[Entry]] = {}

    def take(self, lang: str, slot: str, line: object) -> None:
        if not isinstance(line, str) or not line.strip():
            raise ValueError('is no text; write entries in quotes: "word | two words"')
        for written in line.split("|"):
            entry = _entry(lang, slot, written.strip())
            if entry is None:
                raise ValueError(f"holds an empty entry ({written!r}); take one | out")
            self._file(entry)

    def _file(self, entry: Entry) -> None:
        first, open_start, open_end = entry.words[0]
        if open_start:
            self._inside.setdefault(first[:2], []).append(entry)
        elif open_end:
            self._begins.setdefault(first, []).append(entry)
        else:
            self._whole.setdefault(first, []).append(entry)

    def made(self) -> DoorWords:
        tables = ({k: tuple(v) for k, v in t.items()} for t in
                  (self._whole, self._begins, self._inside))  # fmt: skip
        whole, begins, inside = tables
        return DoorWords(whole, begins, inside, tuple(sorted({len(key) for key in begins})))


def _entry(lang: str, slot: str, written: str) -> Entry | None:
    minus = written.startswith(_MINUS)
    plain = fold(written.removeprefix(_MINUS))
    if lang in _RUNNING | _GLUED and plain >= _FIRST_INNER:
        text = " ".join(words_of(plain))
        return Entry(slot, lang, ((text, True, True),), minus) if text else None
    words: list[tuple[str, bool, bool]] = []
    for chunk in plain.split():
        parts = words_of(chunk)
        for number, part in enumerate(parts):
            begins = chunk.startswith("*") and number == 0
            ends = chunk.endswith("*") and number == len(parts) - 1
            words.append((part, begins, ends))
    return Entry(slot, lang, tuple(words), minus) if words else None


def hits_in(doors: DoorWords, words: list[str]) -> Iterator[SlotHit]:
    """Every entry found in these folded words, placed in the text they make joined by blanks."""
    at = 0
    starts = []
    for word in words:
        starts.append(at)
        at += len(word) + 1
    for number, word in enumerate(words):
        for entry in _beginning(doors, word):
            last = _last(entry, words, number)
            if last is not None:
                end = starts[last] + len(words[last])
                yield SlotHit(entry.slot, entry.lang, starts[number], end, entry.minus)
    if doors.inside:
        yield from _inner(doors, " ".join(words))


def _beginning(doors: DoorWords, word: str) -> Iterator[Entry]:
    yield from doors.whole.get(word, ())
    for length in doors.lengths:
        if length > len(word):
            return
        yield from doors.begins.get(word[:length], ())


def _last(entry: Entry, words: list[str], first: int) -> int | None:
    """The index of the word its last one is; None when they do not all stand there."""
    here = first
    for text, open_start, open_end in entry.words[1:]:
        near = range(here + 1, min(here + 2 + _GAP, len(words)))
        found = next((i for i in near if _is(words[i], text, open_start, open_end)), None)
        if found is None:
            return None
        here = found
    return here


def _is(word: str, text: str, open_start: bool, open_end: bool) -> bool:
    if open_start:
        return text in word if open_end else word.endswith(text)
    return word.startswith(text) if open_end else word == text


def _inner(doors: DoorWords, text: str) -> Iterator[SlotHit]:
    begun = 0
    for at, letter in enumerate(text):
        if letter == " ":
            begun = at + 1
            continue
        found = (*doors.inside.get(text[at : at + 2], ()), *doors.inside.get(letter, ()))
        for entry in found:
            sought, _, open_end = entry.words[0]
            end = at + len(sought)
            if text.startswith(sought, at) and _may_stand(entry, text, begun, at, end, open_end):
                yield SlotHit(entry.slot, entry.lang, at, end, entry.minus)


def _may_stand(
    entry: Entry,
    text: str,
    begun: int,
    at: int,
    end: int,
    open_end: bool,
) -> bool:
    if entry.lang in _RUNNING:
        return True
    if entry.lang == "ko":
        return end - at > 1 or at == begun
    if entry.lang in _GLUED:
        before = text[begun:at]
        return len(before) <= _MOST_PREFIXES and _PREFIXES.issuperset(before)
    return open_end or end == len(text) or text[end] == " "
