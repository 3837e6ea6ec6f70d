"""The urgency lexicon as it stands in its files: read whole, every fault listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concierge.errors import FaultyInput
from concierge.rules.concept_search import ConceptBook, book_of
from concierge.rules.concept_words import SlotWords
from concierge.rules.concepts import ConceptFault, ConceptTable, concepts_of
from concierge.rules.lexicon_file import Faults, LanguageFile, parsed, words_of_pattern
from concierge.rules.lexicon_slots import lists_from_slots
from concierge.rules.pattern_index import Index, TextSigns
from concierge.rules.spelling import Speller
from concierge.rules.units import Unit

#: The file that tells the concepts; every other one is a language's.
CONCEPTS = "concepts.toml"


@dataclass(slots=True)
class Lexicon:
    """Everything the urgency rule knows. Made by :func:`parse_lexicon`; read-only after that."""

    meaning: Mapping[str, str]
    #: Signs and everyday phrases, behind the index.
    index: Index[Unit]
    #: What is told in slots, for all languages at once.
    concepts: ConceptBook
    #: Per language and list: what is looked for around a sign.
    around: dict[tuple[str, str], tuple[Unit, ...]]
    languages: tuple[str, ...]
    #: Words of three letters or more that occur in patterns: what a spelling may be repaired to.
    vocabulary: frozenset[str]
    speller: Speller = field(repr=False)
    table: ConceptTable = field(default_factory=ConceptTable, repr=False)

    def first_match(
        self, language: str, kind: str, text: str, signs: TextSigns | None = None
    ) -> str | None:
        """The words of the first match of one of the language's lists in folded text.

        ``signs`` are those of a text that ``text`` is a part of; they spare vain searches.
        """
        fenced = f" {text} "
        for unit in self.around.get((language, kind), ()):
            if signs is not None and not signs.hold(unit.needs):
                continue
            for start, end in unit.find(fenced):
                return fenced[start:end]
        return None

    def speaks(self, language: str) -> bool:
        """Whether it has words of a language, by its ISO 639-1 code with or without a script."""
        base = language.partition("-")[0]
        return any(code.partition("-")[0] == base for code in self.languages)

    def known(self, word: str) -> bool:
        """Whether a repaired spelling is a word the lexicon uses."""
        return word in self.vocabulary


def parse_lexicon(sources: Mapping[str, str]) -> Lexicon:
    """Read the lexicon from the text of its files, by name: ``concepts.toml``, ``en.toml`` ...

    Raises :class:`~concierge.errors.FaultyInput` listing every fault of every file. Reads and
    checks every pattern, compiles none.
    """
    faults: list[str] = []
    table = _concepts(sources, faults)
    slots = SlotWords()
    files = [
        _language(name, source, table, slots, faults)
        for name, source in sorted(sources.items())
        if name != CONCEPTS
    ]
    if not files:
        faults.append("urgency:1:1: there is no language; add a file such as en.toml")
    if faults:
        summary = f"The urgency lexicon has {len(faults)} fault(s)."
        raise FaultyInput(summary, tuple(faults))
    return _assembled(table, files, slots)


def _concepts(sources: Mapping[str, str], faults: list[str]) -> ConceptTable:
    source = sources.get(CONCEPTS)
    if source is None:
        faults.append(f"{CONCEPTS}:1:1: the file is missing; `concierge init` writes it")
        return ConceptTable((), {}, {})
    found = Faults(source, CONCEPTS)
    tree: Mapping[str, Any] = parsed(found)
    wrong: list[ConceptFault] = []
    table = concepts_of(tree, wrong)
    for one in wrong:
        found.add(one.near, one.what, one.remedy)
    faults += found.lines
    return table


def _language(
    name: str, source: str, table: ConceptTable, slots: SlotWords, faults: list[str]
) -> LanguageFile:
    found = Faults(source, name)
    # "de.own.toml" holds a charity's own words of the language "de".
    read = LanguageFile(name.partition(".")[0], found, table, slots)
    read.read(parsed(found))
    if not found.lines and read.words:
        lists_from_slots(read)
    faults += found.lines
    return read


def _assembled(table: ConceptTable, files: Sequence[LanguageFile], words: SlotWords) -> Lexicon:
    around: dict[tuple[str, str], list[Unit]] = {}
    for file in files:
        for kind, units in file.around.items():
            around.setdefault((file.code, kind), []).extend(units)
    vocabulary = frozenset(_vocabulary(files, words))
    return Lexicon(
        meaning=dict(table.meaning or {}),
        index=Index((unit, unit.clauses()) for file in files for unit in file.units),
        concepts=book_of(
            table.concepts, words, {file.code: file.little for file in files if file.little}
        ),
        around={key: tuple(units) for key, units in around.items()},
        languages=tuple(dict.fromkeys(file.code for file in files)),
        vocabulary=vocabulary,
        speller=Speller(
            {file.faults.name: file.keywords for file in files},
            {file.faults.name: file.common for file in files},
            vocabulary,
        ),
        table=table,
    )


def _vocabulary(files: Iterable[LanguageFile], words: SlotWords) -> Iterable[str]:
    for file in files:
        for pattern in file.patterns:
            yield from words_of_pattern(pattern)
        yield from file.little
    for spoken in words.vocabulary.values():
        yield from (word for word in spoken if len(word) > len("no"))
