"""The towns of the world by name, read once when a text first needs them."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.place_words import SPACELESS, Name

#: The language of a town's name that the table does not tell (BCP 47: undetermined).
TOWN: Final = "city-und"
#: What zlib takes for "find out whether gzip or zlib packed it".
_ANY_HEADER: Final = 47
#: A mail has some hundred words, and most mails have the same few thousand.
_REMEMBERED: Final = 65_536
#: People, in thousands, from which a name of two characters is found in a Chinese run: shorter
#: names of smaller towns are mostly pieces of other words.
_GREAT: Final = 1_000
#: The same for a Korean word, which begins with the name.
_LARGE: Final = 150
#: Letters of a Thai or katakana name that is found inside a run.
_LONG_ENOUGH: Final = {"thai": 4, "kana": 3, "han": 3}


@dataclass(frozen=True, slots=True)
class Town:
    """All towns of one name.

    ``people`` live in the biggest of them, in thousands; ``ordinary`` names are words or people's
    names first, and mean a town only where a word beside them says so.
    """

    people: int
    ordinary: bool
    names: tuple[Name, ...]


class Gazetteer:
    """Towns by name, as :func:`concierge.rules.place_words.fold` writes it.

    ``load`` gives the bytes of ``data/gazetteer.tsv.gz`` (or the same unpacked); it is called once,
    when the first name is asked for.
    """

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load
        self._lines: list[bytes] | None = None
        self._inner: dict[str, tuple[str, ...]] | None = None
        self._known = lru_cache(_REMEMBERED)(self._find)
        self._spot = lru_cache(_REMEMBERED)(self._begins)

    def town(self, name: str) -> Town | None:
        """The towns of this name, none when there is no such.

        Raises:
            FaultyInput: the table cannot be read.
        """
        # Pairs and triples of words are too many to remember.
        return self._find(name) if " " in name else self._known(name)

    def begins(self, word: str) -> bool:
        """Whether a name of several words begins with this one.

        Raises:
            FaultyInput: the table cannot be read.
        """
        return self._spot(word)

    def goes_on(self, first: str, second: str) -> bool:
        """Whether a name begins with these two words, the second perhaps longer.

        Raises:
            FaultyInput: the table cannot be read.
        """
        lines = self._table()
        key = f"{first} {second}".encode("utf-8", "replace")
        at = bisect_left(lines, key)
        return at < len(lines) and lines[at].startswith(key)

    def inner(self, char: str) -> tuple[str, ...]:
        """Names in scripts without blanks that begin with this character, longest first.

        Raises:
            FaultyInput: the table cannot be read.
        """
        if self._inner is None:
            self._inner = self._spaceless()
        return self._inner.get(char, ())

    def _table(self) -> list[bytes]:
        """One line a name, in the order of the bytes: a list of them is small and quick to make."""
        if self._lines is None:
            packed = self._load()
            try:
                plain = zlib.decompress(packed, _ANY_HEADER) if packed[:1] == b"\x1f" else packed
            except zlib.error as error:
                raise FaultyInput(
                    "The gazetteer cannot be used.", (f"gazetteer.tsv.gz: {error}",)
                ) from error
            self._lines = plain.split(b"\n")
        return self._lines

    def _find(self, name: str) -> Town | None:
        lines = self._table()
        key = name.encode("utf-8", "replace") + b"\t"
        at = bisect_left(lines, key)
        if at == len(lines) or not lines[at].startswith(key):
            return None
        return _town(lines[at])

    def _begins(self, word: str) -> bool:
        lines = self._table()
        key = word.encode("utf-8", "replace") + b" "
        at = bisect_left(lines, key)
        return at < len(lines) and lines[at].startswith(key)

    def _spaceless(self) -> dict[str, tuple[str, ...]]:
        """Names of Thai, Chinese, Japanese and Korean towns that may be found inside a run."""
        lines = self._table()
        by_first: dict[str, list[str]] = {}
        # Thai and everything after it in Unicode; nothing before is written without blanks.
        for line in lines[bisect_left(lines, "\u0e00".encode()) :]:
            name = line.partition(b"\t")[0].decode("utf-8")
            if SPACELESS.match(name) and _found_inside(name, line):
                by_first.setdefault(name[0], []).append(name)
        return {
            char: tuple(sorted(names, key=lambda name: (-len(name), name)))
            for char, names in by_first.items()
        }


def _found_inside(name: str, line: bytes) -> bool:
    _, people, ordinary, _ = line.split(b"\t")
    if ordinary or " " in name:
        return False
    if "\uac00" <= name[0] <= "\ud7af":
        return len(name) > 1 and (len(name) > 2 or int(people) >= _LARGE)
    script = "thai" if name[0] < "\u1780" else "kana" if name[0] < "\u3400" else "han"
    return len(name) >= _LONG_ENOUGH[script] or (script == "han" and int(people) >= _GREAT)


def _town(line: bytes) -> Town:
    """A line: ``name TAB thousands of people TAB * or nothing TAB GB91:ENG;CA8:08``."""
    try:
        _, people, ordinary, listed = line.decode("utf-8").split("\t")
        names = tuple(_name(part) for part in listed.split(";"))
        return Town(int(people), bool(ordinary), names)
    except ValueError as error:
        raise FaultyInput(
            "The gazetteer cannot be used.", (f"gazetteer.tsv.gz: {line[:60]!r}",)
        ) from error


def _name(part: str) -> Name:
    head, _, regions = part.partition(":")
    iso, share = head[:2], int(head[2:]) / 100
    return Name(iso, TOWN, share, tuple(f"{iso}-{r}" for r in regions.split(",") if r))
