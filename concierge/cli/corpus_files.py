"""A corpus on disk: mail of any sort, with labels and expectations where an index names them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concierge.cli.mail_files import raw_mails
from concierge.desk.corpus import Quoted
from concierge.desk.corpus_truth import Sample
from concierge.errors import UsageError

INDEX, QUOTES = "index.jsonl", "quotes.jsonl"
#: So much of a file tells whether it is a mail.
_HEAD_BYTES = 16_384
#: What a file without a mail's ending must begin with to be taken for one: some field, and one of
#: those that every mail has some of. An mbox begins with "From ".
_FIELD = re.compile(rb"[!-9;-~]{1,76}:")
_OF_MAIL = re.compile(
    rb"(?mi)^(?:received|return-path|from|to|date|subject|message-id|delivered-to|mime-version):"
)
#: Folders of a Maildir that hold mail under names of any sort, and one of mail half delivered.
_MAILDIR, _HALF_DELIVERED = frozenset({"cur", "new"}), "tmp"


def samples(place: Path) -> Iterator[Sample]:
    """The mails of a folder, Maildir, mbox or file; with an index.jsonl those it names.

    A folder gives, in order of their paths, its .eml files, what lies in a Maildir, mboxes, and
    files of other names that begin as a mail does; whatever else lies there is passed over. A line
    of the index is an object with ``path``, relative to the folder, and optionally ``label``,
    ``subtype`` and ``expected``.

    Raises:
        UsageError: nothing is there, or a line of the index is none.
    """
    index = place / INDEX
    if index.is_file():
        yield from _labelled(place, index)
        return
    if not place.is_dir():
        yield from _mails(place)
        return
    found = False
    for path in _files(place):
        found = True
        yield from _mails(path)
    if not found:
        raise UsageError(f"{place}: no mail is in it.")


def quotes(place: Path) -> list[Quoted]:
    """The quoted replies beside an index, as text; empty when there is no quotes.jsonl.

    A line is an object with ``src``, ``name``, ``text`` and ``want``; lines of another ``kind``
    than text or signature are left out.
    """
    path = place / QUOTES
    if not path.is_file():
        return []
    found = []
    for number, one in _lines(path):
        if one.get("kind", "text") not in {"text", "signature"}:
            continue
        text, wanted = one.get("text"), one.get("want")
        if not isinstance(text, str) or not isinstance(wanted, str):
            raise UsageError(f"{path}, line {number}: no text or want.")
        found.append(Quoted(f"{one.get('src', '')}/{one.get('name', '')}", text, wanted))
    return found


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder, and of those within, that hold mail."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and _is_mail(path))


def _is_mail(path: Path) -> bool:
    within = path.parent.name
    if within == _HALF_DELIVERED and (path.parent.parent / "cur").is_dir():
        return False
    if path.suffix.casefold() == ".eml" or within in _MAILDIR:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return True  # It is told as one that could not be read, rather than passed over.
    return head.startswith(b"From ") or bool(_FIELD.match(head) and _OF_MAIL.search(head))


def _mails(path: Path) -> Iterator[Sample]:
    for raw in raw_mails([str(path)]):
        yield Sample(raw.name, raw.data, trouble=raw.trouble)


def _labelled(place: Path, index: Path) -> Iterator[Sample]:
    for number, row in _lines(index):
        name = row.get("path")
        if not isinstance(name, str) or not name:
            raise UsageError(f"{index}, line {number}: no path.")
        try:
            raw = (place / name).read_bytes()
        except OSError as error:
            raise UsageError(f"{place / name} cannot be read ({error.strerror}).") from None
        expected = row.get("expected")
        yield Sample(
            name,
            raw,
            str(row.get("label", "")),
            str(row.get("subtype", "")),
            expected if isinstance(expected, dict) else {},
        )


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its number, one in memory at a time."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, _object(line, f"{path}, line {number}")


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UsageError(f"{where}: not a JSON object.")
    return found
