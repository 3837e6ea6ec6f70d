"""Mails from files: .eml, folders, Maildirs, mbox and JSON lines, each read as a message."""

from __future__ import annotations

import json
import mailbox
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from concierge.domain.message import Defect, ParsedMessage
from concierge.errors import UsageError
from concierge.mail.mime import read

#: Where the message lies, what else identifies it, the message.
Found = tuple[str, dict[str, Any], ParsedMessage]


def mails(paths: Iterable[str]) -> Iterator[Found]:
    """Every mail in the given places, in order, folders sorted by name.

    Raises:
        UsageError: a place does not exist, or none was named.
    """
    named = list(paths)
    if not named:
        raise UsageError("Name a file, a folder, a Maildir or an mbox, or - for standard input.")
    for name in named:
        if name == "-":
            yield "-", {}, read(sys.stdin.buffer.read())
            continue
        path = Path(name)
        if not path.exists():
            raise UsageError(f"{name} is not there.")
        yield from _place(path)


def json_lines(path: Path) -> Iterator[Found]:
    """Messages given as JSON objects, one a line; a line that is none still gets its answer.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        content = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    for number, text in enumerate(content.splitlines(), 1):
        if not text.strip():
            continue
        where = f"{path}:{number}"
        try:
            given = json.loads(text)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            defect = Defect("not_json", "This line is not a JSON object.")
            yield where, {"id": None}, ParsedMessage(raw_text=text, unreadable=True,
                                                     defects=(defect,))  # fmt: skip
            continue
        yield where, {"id": given.get("id")}, read(_as_mail(given))


def _place(path: Path) -> Iterator[Found]:
    if path.is_dir() and (path / "cur").is_dir():
        for sub in ("cur", "new"):
            yield from _files(path / sub, "*")
    elif path.is_dir():
        yield from _files(path, "*.eml")
    elif _is_mbox(path):
        yield from _mbox(path)
    else:
        yield str(path), {}, read(path.read_bytes())


def _files(folder: Path, pattern: str) -> Iterator[Found]:
    for file in sorted(p for p in folder.glob(pattern) if p.is_file()):
        yield str(file), {}, read(file.read_bytes())


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From " and path.suffix.casefold() != ".eml"


def _mbox(path: Path) -> Iterator[Found]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield f"{path}#{key}", {}, read(box.get_bytes(key))
    finally:
        box.close()


def _as_mail(given: dict[str, Any]) -> bytes:
    """A mail from its JSON description, as raw as mail comes: UTF-8 headers and all."""
    headers = given.get("headers")
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or [])
    for name, key in (("From", "from"), ("Date", "date"), ("Subject", "subject")):
        if given.get(key):
            pairs.append((name, given[key]))
    lines = [f"{name}: {_one_line(value)}" for name, value in pairs if _is_name(str(name))]
    lines += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    head = "\r\n".join(lines)
    return f"{head}\r\n\r\n{given.get('body') or ''}".encode("utf-8", "replace")


def _is_name(name: str) -> bool:
    return name.replace("-", "").replace("_", "").isalnum() and name.isascii()


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
