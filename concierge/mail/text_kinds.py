"""Plain text in the wrappings of mail programs: flowed lines, enriched and rich text."""

from __future__ import annotations

import re

# "<bold>", "</bold>"; "<<" stands for "<" (RFC 1896).
_ENRICHED = re.compile(r"<<|<(/?)([a-zA-Z-]{1,60})>")
# Newlines of enriched text count one less than they are; one alone is a blank.
_NEWLINES = re.compile(r"\n+")
# Marks of text/richtext (RFC 1341) that break the line.
_BREAKS = {"nl": "\n", "np": "\n\n", "paragraph": "\n"}


def unflowed(text: str, *, delete_space: bool) -> str:
    """Text of format=flowed with its paragraphs joined again (RFC 3676, 4.1 to 4.3).

    A line that ends in a blank goes on in the next one of the same quote depth; the signature's
    mark never does. With ``delete_space`` (DelSp=yes) that blank is not part of the text.
    """
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, words = _parted(line)
        flows = words.endswith(" ") and words != "-- "
        kept = words[:-1] if flows and delete_space else words
        if depth == open_depth and words != "-- ":
            out[-1].append(kept)
        else:
            out.append(["> " * depth, kept])
        open_depth = depth if flows else -1
    return "\n".join(map("".join, out))


def _parted(line: str) -> tuple[int, str]:
    """The quote depth of a flowed line and its words without the stuffed blank."""
    words = line.lstrip(">")
    return len(line) - len(words), words.removeprefix(" ")


def unenriched(text: str, *, old: bool = False) -> str:
    """Text of text/enriched, or with ``old`` text/richtext, without its marks."""
    if old:
        text = text.replace("\n", " ")
    else:
        text = _NEWLINES.sub(lambda m: " " if len(m[0]) == 1 else m[0][1:], text)
    out: list[str] = []
    at, silent = 0, 0
    for mark in _ENRICHED.finditer(text):
        if not silent:
            out.append(text[at : mark.start()])
        at = mark.end()
        name = (mark[2] or "").lower()
        if name in {"param", "comment"}:  # colours and fonts, and what is not for the reader
            silent = max(0, silent + (-1 if mark[1] else 1))
        elif mark[0] == "<<" or name == "lt":
            out.append("<")
        elif not mark[1] or name == "paragraph":
            out.append(_BREAKS.get(name, ""))
    # A mark that never closes must not hide the words behind it.
    out.append(text[at:])
    return "".join(out)
