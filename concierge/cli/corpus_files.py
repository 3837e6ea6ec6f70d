"""A corpus on disk: mail of any sort, with labels and expectations where an index names them."""

from __future__ import annotations

import email
import email.header
import json
import re
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.message import Message
from html import unescape
from pathlib import Path
from typing import Any

from concierge.cli.mail_files import raw_mails
from concierge.desk.corpus import Quoted, Sample
from concierge.errors import UsageError

_INDEX, _QUOTES = "index.jsonl", "quotes.jsonl"
_MARK = re.compile(r"<(?:style|script|head|title)\b.*?</(?:style|script|head|title)|<[^>]*>",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
#: A naive reader is no help on more than this, and slow.
_NAIVE_BYTES = 2_000_000
# What the standard library's own parser was seen to raise on real mail.
_RAISED = (
    MessageError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
    AssertionError,
)


def samples(place: Path) -> Iterator[Sample]:
    """The mails of a folder, Maildir, mbox or file; with an index.jsonl those it names.

    A line of the index is an object with ``path``, relative to the folder, and optionally
    ``label``, ``subtype`` and ``expected``.

    Raises:
        UsageError: nothing is there, or a line of the index is none.
    """
    index = place / _INDEX
    if not index.is_file():
        return _unlabelled(place)
    return _labelled(place, [_line(text, index) for text in _lines(index)])


def quotes(place: Path) -> list[Quoted]:
    """The quoted replies beside an index, as text; empty when there is no quotes.jsonl."""
    path = place / _QUOTES
    if not path.is_file():
        return []
    found = [_line(text, path) for text in _lines(path)]
    kinds = [one for one in found if one.get("kind", "text") in {"text", "signature"}]
    return [
        Quoted(f"{one.get('src', '')}/{one.get('name', '')}", one["text"], one["want"])
        for one in kinds
    ]


def naive_text(raw: bytes) -> str:
    """A mail's words as a naive reader collects them: the larger of all plain and all HTML text."""
    try:
        return _naive(email.message_from_bytes(raw[:_NAIVE_BYTES]))
    except _RAISED:
        return ""


def compat32_work(raw: bytes) -> None:
    """What is measured against: the standard library parses, and decodes subject, sender, text."""
    try:
        message = email.message_from_bytes(raw)
        for name in ("subject", "from"):
            str(email.header.make_header(email.header.decode_header(message.get(name, ""))))
        for part in message.walk():
            if part.get_content_maintype() == "text":
                data = part.get_payload(decode=True)
                if isinstance(data, bytes):
                    data.decode(part.get_content_charset("utf-8"), "replace")
    except _RAISED:
        return  # It gives up early on such mail, which only makes the comparison harder on us.


def _naive(message: Message[str, str]) -> str:
    plain: list[str] = []
    marked: list[str] = []
    for part in message.walk():
        kind, data = part.get_content_type(), part.get_payload(decode=True)
        if not isinstance(data, bytes) or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/plain":
            plain.append(_decoded(data, part))
        elif kind == "text/html":
            marked.append(unescape(_MARK.sub(" ", _decoded(data, part))))
    return max("\n".join(plain), "\n".join(marked), key=len)


def _decoded(data: bytes, part: Message[str, str]) -> str:
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return data.decode("latin-1")


def _unlabelled(place: Path) -> Iterator[Sample]:
    for raw in raw_mails([str(place)]):
        if raw.trouble:
            raise UsageError(f"{raw.name} cannot be read ({raw.trouble}).")
        yield Sample(raw.name, raw.data)


def _labelled(place: Path, rows: Iterable[dict[str, Any]]) -> Iterator[Sample]:
    for row in rows:
        name = str(row.get("path", ""))
        path = place / name
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror}).") from None
        expected = row.get("expected")
        yield Sample(
            name,
            raw,
            str(row.get("label", "")),
            str(row.get("subtype", "")),
            expected if isinstance(expected, dict) else {},
        )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8") as file:
        yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _line(numbered: tuple[int, str], path: Path) -> dict[str, Any]:
    number, text = numbered
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UsageError(f"{path}, line {number}: not a JSON object.")
    return found
