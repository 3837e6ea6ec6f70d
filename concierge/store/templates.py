"""Reply templates on disk: read as text, and checked before any mail depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from concierge.errors import FaultyInput
from concierge.rules.drafting import parse_templates
from concierge.rules.safe_replies import reply_faults
from concierge.rules.safe_words import SafeWords, parse_safe_words
from concierge.rules.template_faults import KINDS, body_of, front_of
from concierge.store.lint import LintReport
from concierge.store.rule_files import read_text
from concierge.store.rulebook_files import SAFE_WORDS

_SUFFIX = ".txt.j2"
_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Three digits in a row, with the marks people put between them, read as a number to call.
# Numbers come from the directory alone, where each has a country, hours and a day it was checked.
# Hours such as 24/7 are no number.
_NUMBER = re.compile(r"(?!24/7)\+?\(?\d(?:[ \t().\-/]{0,2}\d){2,}")


def read_templates(folder: Path) -> dict[str, str]:
    """Read every template below a folder, by key such as ``en/crisis.txt.j2``.

    Raises :class:`FaultyInput` naming every file that cannot be read or is not UTF-8, and a
    folder without any template.
    """
    sources, faults = _read(folder)
    if faults:
        raise FaultyInput(f"The templates in {folder.name} cannot be read.", faults)
    return sources


def read_safe_words(rules: Path) -> SafeWords:
    """The words no reply may say, from the rules folder.

    Raises :class:`FaultyInput` when the file is missing or has faults.
    """
    return parse_safe_words(read_text(rules / SAFE_WORDS))


def lint_templates(folder: Path, rules: Path | None = None) -> LintReport:
    """Check every template: what the desk would refuse, and what a translator should look at.

    Errors: not UTF-8, syntax, unknown or missing variables, missing blocks, what cannot be
    printed, a phone number typed into a template, and, with the folder of the ``rules``, what safe
    messaging forbids or asks for. Warnings: a language that lacks a kind of
    reply (such mails are answered in English), texts no native speaker has reviewed.
    """
    sources, faults = _read(folder)
    errors = [*faults, *_typed_numbers(sources)]
    try:
        if sources:
            parse_templates(sources)
    except FaultyInput as error:
        errors += error.faults
    if rules is not None:
        errors += _unsafe(sources, rules)
    return LintReport(errors=tuple(errors), warnings=tuple(_warnings(sources)))


def _unsafe(sources: Mapping[str, str], rules: Path) -> tuple[str, ...]:
    try:
        return tuple(reply_faults(read_safe_words(rules), sources))
    except FaultyInput as error:
        return error.faults


def _read(folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    sources: dict[str, str] = {}
    faults: list[str] = []
    for path in sorted(folder.rglob(f"*{_SUFFIX}")):
        key = path.relative_to(folder).as_posix()
        try:
            sources[key] = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            faults.append(f"{key}:{_line(error)}: not UTF-8; save the file as UTF-8")
        except OSError as error:
            faults.append(f"{key}:1: cannot be read ({error.strerror}); check the file")
    if not sources and not faults:
        faults.append(f"{folder.name}:1: holds no *{_SUFFIX} file; check the path")
    return sources, tuple(faults)


def _line(error: UnicodeDecodeError) -> int:
    return error.object.count(b"\n", 0, error.start) + 1


def _typed_numbers(sources: Mapping[str, str]) -> Iterator[str]:
    for key, source in sources.items():
        # Tags keep their line breaks, so that the lines after them keep their numbers.
        text = _TAGS.sub(lambda tag: "\n" * tag[0].count("\n"), body_of(source))
        for number, line in enumerate(text.splitlines(), 1):
            if found := _NUMBER.search(line):
                yield (
                    f"{key}:{number}: {found[0]!r} is typed into the text; numbers come from the"
                    " directory, print lines or resources instead"
                )


def _warnings(sources: Mapping[str, str]) -> Iterator[str]:
    languages = sorted({key.partition("/")[0] for key in sources})
    for language in languages:
        lacking = [kind for kind in KINDS if f"{language}/{kind}{_SUFFIX}" not in sources]
        if lacking:
            yield f"{language}: no template for {', '.join(lacking)}; such mails get English"
        unreviewed = sum(
            key.startswith(f"{language}/") and _unreviewed(source)
            for key, source in sources.items()
        )
        if unreviewed:
            yield f"{language}: {unreviewed} templates no native speaker has reviewed"


def _unreviewed(source: str) -> bool:
    front = front_of(source)
    return not front.get("kind", "_").startswith("_") and not front.get("reviewed_by")
