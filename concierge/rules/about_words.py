"""The words that tell whether a letter is about its writer, and where they stand in a text."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.folding import Folded, fold_word

#: The lists a language has in data/about.toml.
KINDS: Final = ("worried", "my", "who", "person", "he", "i", "said")
#: Languages whose writing puts no blanks between words: phrases are looked for anywhere.
SPACELESS: Final = frozenset({"zh", "ja", "th"})
#: Words between a possessive and the person: "my very best friend".
_BETWEEN: Final = 2
#: Letters of a beginning by which words with any ending are looked up.
_HEAD: Final = 2
#: A wave of words longer than this names nobody more than its beginning does.
_MOST_HITS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of one list that stand in a folded text, from ``start`` to ``end``."""

    start: int
    end: int
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    language: str
    kind: str
    #: Each word with whether it takes any ending.
    words: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class AboutWords:
    """Every list of every language, looked up by how a phrase begins."""

    by_word: Mapping[str, tuple[_Entry, ...]]
    by_head: Mapping[str, tuple[_Entry, ...]]
    #: Phrases of scripts without blanks, by first character.
    inside: Mapping[str, tuple[tuple[str, str, str], ...]]
    languages: frozenset[str]


def parse_about(text: str) -> AboutWords:
    """Read the lists; :class:`FaultyInput` names every one that is not a list of words."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput(
            "The words of about.toml cannot be read.", (f"about.toml: {error}",)
        ) from error
    faults = [
        f"about.toml: [{language}] {kind}: not a list of words under a known name"
        for language, table in tables.items()
        for kind, words in (table.items() if isinstance(table, dict) else [("", None)])
        if kind not in KINDS or not isinstance(words, list) or not all(map(_is_phrase, words))
    ]
    if faults or not tables:
        raise FaultyInput(
            "The words of about.toml have faults.", tuple(faults or ["about.toml: empty"])
        )
    return _indexed(tables)


def _is_phrase(phrase: object) -> bool:
    return isinstance(phrase, str) and bool(phrase.replace("*", "").strip())


def _indexed(tables: Mapping[str, Mapping[str, list[str]]]) -> AboutWords:
    by_word: dict[str, list[_Entry]] = defaultdict(list)
    by_head: dict[str, list[_Entry]] = defaultdict(list)
    inside: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for language, table in tables.items():
        for kind, phrase in ((kind, one) for kind, words in table.items() for one in words):
            if language in SPACELESS:
                plain = fold_word(phrase.replace(" ", ""))
                inside[plain[0]].append((plain, language, kind))
                continue
            words = tuple((fold_word(w.rstrip("*")), w.endswith("*")) for w in phrase.split())
            first, open_ended = words[0]
            index, key = (by_head, first[:_HEAD]) if open_ended else (by_word, first)
            index[key].append(_Entry(language, kind, words))
    return AboutWords(
        {key: tuple(entries) for key, entries in by_word.items()},
        {key: tuple(entries) for key, entries in by_head.items()},
        {key: tuple(sorted(found, key=lambda p: -len(p[0]))) for key, found in inside.items()},
        frozenset(tables),
    )


def hits_in(words: AboutWords, folded: Folded) -> list[Hit]:
    """Every hit in the order of the text; a possessive with its person is one ``person``.

    Costs a look-up a word, in every language at once.
    """
    found = [*_spaced(words, folded), *_inside(words, folded.text)]
    return sorted(_joined(folded.text, found), key=lambda hit: (hit.start, -hit.end))[:_MOST_HITS]


def _spaced(words: AboutWords, folded: Folded) -> Iterator[Hit]:
    spoken, starts = folded.words, folded.starts
    for at, word in enumerate(spoken):
        for entry in (*words.by_word.get(word, ()), *words.by_head.get(word[:_HEAD], ())):
            last = at + len(entry.words) - 1
            if last < len(spoken) and all(
                said.startswith(wanted) if open_ended else said == wanted
                for said, (wanted, open_ended) in zip(
                    spoken[at : last + 1], entry.words, strict=True
                )
            ):
                yield Hit(starts[at], starts[last] + len(spoken[last]), entry.language, entry.kind)


def _inside(words: AboutWords, text: str) -> Iterator[Hit]:
    if text.isascii():
        return
    for at, sign in enumerate(text):
        for phrase, language, kind in words.inside.get(sign, ()):
            if text.startswith(phrase, at):
                yield Hit(at, at + len(phrase), language, kind)


def _joined(text: str, hits: list[Hit]) -> Iterator[Hit]:
    whom: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        if hit.kind == "who":
            whom.setdefault((hit.language, hit.start), hit)
    for hit in hits:
        if hit.kind == "my":
            if person := _person_after(text, hit, whom):
                yield person
        elif hit.kind != "who":
            yield hit


def _person_after(text: str, my: Hit, whom: Mapping[tuple[str, int], Hit]) -> Hit | None:
    at = my.end
    for _ in range(_BETWEEN + 1):
        if at >= len(text) or text[at] != " ":
            return None
        if who := whom.get((my.language, at + 1)):
            return Hit(my.start, who.end, my.language, "person")
        at = _word_end(text, at + 1)
    return None


def _word_end(text: str, at: int) -> int:
    ends = [end for mark in " ,." if (end := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))
