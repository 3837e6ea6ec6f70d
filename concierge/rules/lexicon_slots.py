"""Lists of a language made from its slots, where its file does not give them itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from concierge.rules.lexicon_file import LanguageFile
from concierge.rules.units import Rule

#: Which slots stand for which list of things looked for around a sign.
_LISTS: Final = {
    "but": ("but",),
    "history": ("ago",),
    "present": ("still",),
    "well": ("well_now",),
    "time": ("soon", "now"),
    "first": ("me",),
    "other": ("person",),
    "grief": ("grief",),
    "context": ("work",),
    "fiction": ("fiction",),
}
#: Words that may stand between a "not" and what it denies.
_BETWEEN: Final = r"(\w+ ){0,2}$"


def lists_from_slots(file: LanguageFile) -> None:
    """Give a language the lists its slots can stand for; lists of its own stay alone."""
    for kind, slots in _LISTS.items():
        if kind not in file.around:
            _list(file, kind, slots)
    if "negation" not in file.around:
        between = "$" if file.script == "unspaced" else " " + _BETWEEN
        _list(file, "negation", ("neg",), between)
    _professional_phrases(file)
    if not any(unit.rule.category == "mention" for unit in file.units):
        for entry in file.words.get("suicide", ()):
            file.pattern(as_pattern(entry), Rule(file.code, "patterns", "mention", "mention"))


def _professional_phrases(file: LanguageFile) -> None:
    """ "Suicide prevention" and its like: taken out, and the rest searched again."""
    named = [as_pattern(entry) for entry in file.words.get("suicide", ())]
    work = [as_pattern(entry) for entry in file.words.get("work", ())]
    if named and work:
        between = " ~4 " if file.script == "unspaced" else " ~2 "
        for first, then in ((named, work), (work, named)):
            pattern = f"({'|'.join(first)}){between}({'|'.join(then)})"
            file.pattern(pattern, Rule(file.code, "benign"))


def _list(file: LanguageFile, kind: str, slots: tuple[str, ...], ending: str = "") -> None:
    for slot in slots:
        for entry in file.words.get(slot, ()):
            file.pattern(as_pattern(entry) + ending, Rule(file.code, kind))


def as_pattern(entry: str) -> str:
    """An entry of a slot in the language of patterns."""
    pieces = re.split(r"([()|\s]+)", entry.replace("\u200c", ""))
    written = ""
    for part in _parts(pieces):
        written += part
    return written


def _parts(pieces: Sequence[str]) -> Iterator[str]:
    """Words joined by "|" outside brackets get brackets: there "|" would part the whole pattern."""
    depth = 0
    run: list[str] = []
    for piece in (*pieces, " "):
        if piece.strip() == "|" and not depth:
            run.append("|")
        elif piece.strip(" ()|") or not piece:
            run.append(_word(piece))
        else:
            if run and "|" in run and not depth:
                run = ["(", *run, ")"]
            yield "".join(run) + (piece if depth or piece.strip() else " ")
            depth += piece.count("(") - piece.count(")")
            run = []


def _word(way: str) -> str:
    # "*" at the front: any beginning, which patterns write as a run of letters.
    bare = re.sub(r"[.'’?!,]", "", way)
    return r"\w*" + bare[1:] if bare.startswith("*") else bare
