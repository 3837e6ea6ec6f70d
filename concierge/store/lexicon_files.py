"""The urgency lexicon on disk: a folder with the concepts and a file a language."""

from __future__ import annotations

from pathlib import Path

from concierge.errors import FaultyInput
from concierge.rules.lexicon import Lexicon, parse_lexicon
from concierge.store.rule_files import read_text


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
