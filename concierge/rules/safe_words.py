"""What a reply to somebody in danger must never say, and what it must always say, by language.

From published advice on safe messaging (docs/safe-words.md). It refuses a shipped template and
warns of a person's edit; whether words are right stays for people to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from concierge.errors import FaultyInput
from concierge.rules.folding import Folded, fold, fold_word

#: What each list holds, and what to write instead.
REMEDIES: Final[Mapping[str, str]] = {
    "method": "a method, means, dose or place; leave it out",
    "commit": "blames, or counts an attempt as success or failure; write 'died by suicide'",
    "secrecy": "promises confidentiality; say who reads it, promise nothing",
    "outcome": "promises an outcome; say what can be done now",
    "diagnosis": "a diagnosis, a level or a score; leave it out",
    "attention": "speaks of attention; take what was written seriously",
    "minimise": "blames or makes little of it; say that help is there",
    "quote": "says the disclosure back; others may read along, so leave it out",
}
#: The list of words of which one must stand in every reply to somebody in danger.
READS: Final = "reads"
#: The kinds of reply that go to somebody in danger, or to who worries about them.
IN_DANGER: Final = frozenset({"crisis", "worried"})
#: Languages whose writing puts no blanks between words: phrases are looked for anywhere.
_SPACELESS: Final = frozenset({"zh", "ja", "th"})
#: Read of a text: no draft is longer, and time must be bounded.
_READ: Final = 20_000
#: A dose in any language and script: a number beside its unit.
_DOSE: Final = re.compile(
    r"\d+(?:[.,]\d+)?\s{0,2}(?:mg|ml|milligram\w{0,4}|мг|мл|毫克|毫升|ملغ|מ\"ג|밀리그램)\b",
    re.IGNORECASE,
)
_WORD: Final = "[^ ,.]"


@dataclass(frozen=True, slots=True)
class SafeWordFault:
    """Words a reply should not hold, or lacks: their line (from 1), and what would be right."""

    line: int
    #: The words as they stand; empty for what is lacking.
    found: str
    rule: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SafeWords:
    """Every language's lists, as patterns that are searched in folded text."""

    by_language: Mapping[str, Mapping[str, re.Pattern[str]]]

    def of(self, language: str) -> Mapping[str, re.Pattern[str]]:
        """A language's lists: ``zh`` for ``zh-Hant``; English where nobody wrote any."""
        whole = self.by_language.get(language) or self.by_language.get(language.partition("-")[0])
        return whole or self.by_language.get("en", {})


def parse_safe_words(text: str) -> SafeWords:
    """Read the lists; :class:`FaultyInput` names every one that is not a list of phrases."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = f"safe_words.toml: {error}"
        raise FaultyInput("The safe words cannot be read.", (fault,)) from error
    faults = [
        f"safe_words.toml: [{language}] {rule}: not a list of phrases under a known name"
        for language, table in tables.items()
        for rule, phrases in (table.items() if isinstance(table, dict) else [("", None)])
        if rule not in {*REMEDIES, READS} or not _are_phrases(phrases)
    ]
    if faults:
        raise FaultyInput("The safe words have faults.", tuple(faults))
    return SafeWords(
        {
            language: {rule: _pattern(phrases, language) for rule, phrases in table.items()}
            for language, table in tables.items()
        }
    )


def _are_phrases(phrases: object) -> bool:
    return (
        isinstance(phrases, list)
        and bool(phrases)
        and all(isinstance(one, str) and one.strip("*~| ") for one in phrases)
    )


def _pattern(phrases: list[str], language: str) -> re.Pattern[str]:
    if language in _SPACELESS:
        # A wrapped line puts a blank where the writing has none.
        inside = (" ?".join(map(re.escape, fold_word(p.replace(" ", "")))) for p in phrases)
        return re.compile("|".join(inside))
    spaced = "|".join(_phrase(phrase.split()) for phrase in phrases)
    return re.compile(rf"(?<!{_WORD})(?:{spaced})(?!{_WORD})")


def _phrase(words: list[str]) -> str:
    """Words with one sign between; ``~`` stands for up to three words more."""
    text = ""
    for word in words:
        if word == "~":
            text += rf"(?:{_WORD}{{1,30}} ){{0,3}}"
            continue
        either = "|".join(_ended(one) for one in word.split("|"))
        text += f"(?:{either}) "
    return text.rstrip(" ")


def _ended(word: str) -> str:
    # A bound keeps a word of a million letters from costing more than its beginning.
    return re.escape(fold_word(word.rstrip("*"))) + (f"{_WORD}{{0,30}}" if "*" in word else "")


def safe_words_faults(words: SafeWords, text: str, language: str) -> tuple[SafeWordFault, ...]:
    """What a text says that no reply should, in the order of its lines.

    ``text`` is plain text (a template without its tags), ``language`` the code it is written in.
    Reads the first 20,000 characters; never raises.
    """
    text = text[:_READ]
    folded = fold(text)
    found = [*_said(words.of(language), folded), *_doses(text)]
    return tuple(sorted(set(found), key=lambda fault: (fault.line, fault.rule, fault.found)))


def _said(lists: Mapping[str, re.Pattern[str]], folded: Folded) -> Iterator[SafeWordFault]:
    for rule, pattern in lists.items():
        if rule == READS:
            continue
        for match in pattern.finditer(folded.text):
            start, _ = folded.span(*match.span())
            line = folded.original.count("\n", 0, start) + 1
            yield SafeWordFault(line, folded.found(*match.span()), rule, REMEDIES[rule])


def _doses(text: str) -> Iterator[SafeWordFault]:
    for match in _DOSE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield SafeWordFault(line, match[0], "method", REMEDIES["method"])


def lacking_words(words: SafeWords, text: str, language: str) -> tuple[SafeWordFault, ...]:
    """What a reply to somebody in danger fails to say in words: that a person reads."""
    reads = words.of(language).get(READS)
    if reads is None or reads.search(fold(text[:_READ]).text):
        return ()
    remedy = "does not say that a person reads the messages; say so, as the other replies do"
    return (SafeWordFault(1, "", READS, remedy),)


def safe_words_warnings(words: SafeWords, text: str, language: str) -> tuple[str, ...]:
    """One sentence a fault, for whoever edits a draft; it refuses nothing."""
    return tuple(
        f'line {fault.line}: "{fault.found}": {fault.remedy}'
        for fault in safe_words_faults(words, text, language)
    )
