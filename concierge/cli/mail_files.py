"""Mails from files: .eml, folders, Maildirs and mbox, each read as a message."""

from __future__ import annotations

import mailbox
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concierge.domain.message import Defect, ParsedMessage
from concierge.errors import UsageError
from concierge.mail.mime import read

#: Where the message lies, what else identifies it, the message.
Found = tuple[str, dict[str, Any], ParsedMessage]

#: The name of standard input.
STDIN = "-"
#: A mail server takes no larger mail; of a larger file this much is read, and the answer says so.
_LARGEST = 50_000_000
#: How an mbox begins each mail, and how its writers escape a line of a mail that begins so.
_FROM = b"From "
_ESCAPED_FROM = re.compile(rb"(?m)^>(>*From )")


@dataclass(frozen=True, slots=True)
class Raw:
    """One mail as bytes, from a file."""

    #: Where it lies.
    name: str
    data: bytes = b""
    #: Why the file could not be read; empty when it was.
    trouble: str = ""

    def message(self) -> ParsedMessage:
        """The mail as it is read; what cannot be read still gives an answer."""
        if self.trouble:
            detail = f"The file cannot be read ({self.trouble})."
            return ParsedMessage(unreadable=True, defects=(Defect("file_not_read", detail),))
        return read(self.data[:_LARGEST], complete=len(self.data) <= _LARGEST)


def mails(paths: Iterable[str]) -> Iterator[Found]:
    """Every mail in the given places, read; see :func:`raw_mails`."""
    return ((raw.name, {}, raw.message()) for raw in raw_mails(paths))


def raw_mails(paths: Iterable[str]) -> Iterator[Raw]:
    """Every mail in the given places, in order.

    A folder gives its .eml files, those of folders within it too, sorted by path. A Maildir gives
    what is in its cur, then its new, sorted by name.

    Raises:
        UsageError: before anything is read, when none was named, one does not exist, or a folder
            holds no mail.
    """
    named = list(paths)
    if not named:
        raise UsageError("Name a file, a folder, a Maildir or an mbox, or - for standard input.")
    missing = [name for name in named if name != STDIN and not Path(name).exists()]
    if missing:
        raise UsageError(f"{', '.join(missing)}: not there.")
    empty = [name for name in named if _holds_nothing(Path(name))]
    if empty:
        raise UsageError(f"{', '.join(empty)}: no .eml file is in it, and it is no Maildir.")
    return _all(named)


def _all(named: Iterable[str]) -> Iterator[Raw]:
    for name in named:
        yield from _stdin() if name == STDIN else _place(Path(name))


def _place(path: Path) -> Iterator[Raw]:
    if not path.is_dir():
        yield from _file(path)
    elif _is_maildir(path):
        for sub in ("cur", "new"):
            for file in sorted((path / sub).glob("*")):
                yield from _one(file)
    else:
        for file in sorted(_eml_files(path)):
            yield from _one(file)


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() or (path / "new").is_dir()


def _eml_files(path: Path) -> Iterator[Path]:
    return (p for p in path.rglob("*") if p.suffix.casefold() == ".eml" and p.is_file())


def _holds_nothing(path: Path) -> bool:
    """Whether it is a folder in which no mail can be found: most likely the wrong one."""
    return path.is_dir() and not _is_maildir(path) and next(_eml_files(path), None) is None


def _file(path: Path) -> Iterator[Raw]:
    try:
        is_mbox = path.is_file() and path.suffix.casefold() != ".eml" and _begins_as_mbox(path)
    except OSError:
        is_mbox = False
    yield from _mbox(path, str(path)) if is_mbox else _one(path)


def _one(path: Path) -> Iterator[Raw]:
    try:
        with path.open("rb") as file:
            yield Raw(str(path), file.read(_LARGEST + 1))
    except OSError as error:
        yield Raw(str(path), trouble=error.strerror or type(error).__name__)


def _stdin() -> Iterator[Raw]:
    raw = sys.stdin.buffer.read(_LARGEST + 1)
    if not raw.startswith(_FROM):
        yield Raw(STDIN, raw)
        return
    with tempfile.TemporaryDirectory(prefix="concierge-") as private:
        path = Path(private) / "mbox"
        with path.open("wb") as file:
            file.write(raw)
            while more := sys.stdin.buffer.read(_LARGEST):
                file.write(more)
        yield from _mbox(path, STDIN)


def _begins_as_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_FROM)) == _FROM


def _mbox(path: Path, name: str) -> Iterator[Raw]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield Raw(f"{name}#{key}", _ESCAPED_FROM.sub(rb"\1", box.get_bytes(key)))
    finally:
        box.close()
