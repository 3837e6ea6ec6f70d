"""The urgency lexicon on disk: a folder with the concepts and a file or two a language."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from concierge.errors import FaultyInput
from concierge.rules.lexicon import Lexicon, parse_lexicon
from concierge.rules.lexicon_lint import Calm
from concierge.store.rule_files import read_text

#: The calm sample, beside the lexicon's folder: ordinary mail that must raise no alarm.
CALM = "calm.jsonl"
#: A charity's own phrases stand apart from the shipped ones, so that an update keeps them.
_OWN = "{language}.own.toml"
_HEAD = (
    "# The charity's own phrases for the urgency lexicon, written by `concierge urgency add`.\n"
    "# No native and no clinical review unless a note says so.\n"
)


def lexicon_sources(folder: Path) -> dict[str, str]:
    """The text of every file of the lexicon, by name.

    Raises :class:`FaultyInput` naming every file that cannot be read; a folder that is not there
    has no files, which the lexicon itself refuses.
    """
    sources: dict[str, str] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            sources[path.name] = read_text(path)
        except FaultyInput as error:
            faults += error.faults
    if faults:
        raise FaultyInput("The urgency lexicon cannot be read.", tuple(faults))
    return sources


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder; :class:`FaultyInput` lists every fault of every file."""
    return parse_lexicon(lexicon_sources(folder))


def read_calm(rules: Path) -> tuple[Calm, ...]:
    """The calm sample of a rules folder, one JSON object with ``lang`` and ``text`` a line.

    Raises :class:`FaultyInput` naming each line that cannot be used.
    """
    texts, faults = [], []
    for number, line in enumerate(read_text(rules / CALM).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            texts.append(Calm(str(row["lang"]), str(row["text"])))
        except (ValueError, TypeError, KeyError):
            faults.append(f"{CALM}:{number}: not a line with lang and text; mend or remove it")
    if faults:
        raise FaultyInput("The calm sample cannot be used.", tuple(faults))
    return tuple(texts)


def own_name(language: str) -> str:
    """The file a charity's own phrases of a language stand in."""
    return _OWN.format(language=language)


def with_phrase(source: str, entry: Mapping[str, str]) -> str:
    """The text of an own file with one more pattern; ``source`` may be empty.

    ``entry`` holds the keys ``l``, ``c``, ``p`` and ``n`` of a pattern.
    """
    patterns = [*tomllib.loads(source).get("patterns", []), entry]
    # A JSON string without exotic escapes is a TOML string too.
    lines = [
        "  {" + ", ".join(f"{key} = {_quoted(value)}" for key, value in one.items()) + "},"
        for one in patterns
    ]
    return _HEAD + "\n".join(["patterns = [", *lines, "]", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_own(folder: Path, language: str, source: str) -> Path:
    """Put an own file in place at once: a worker reads the old one or the new one, never half."""
    path = folder / own_name(language)
    beside = path.with_suffix(".new")
    beside.write_text(source, encoding="utf-8")
    beside.replace(path)
    return path
