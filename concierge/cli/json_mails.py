"""Mails described as JSON, one object a line, as evaluation sets come."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from concierge.cli.mail_files import STDIN, Found
from concierge.domain.message import Defect, ParsedMessage
from concierge.errors import UsageError
from concierge.mail.mime import read

#: The body is given as text, so what its headers say of its bytes no longer holds.
_NO_LONGER_TRUE = frozenset({"content-type", "content-transfer-encoding", "mime-version"})
#: Top-level keys that become headers; they win over what ``headers`` says.
_KEYS = (("from", "From"), ("date", "Date"), ("subject", "Subject"))


def json_lines(name: str) -> Iterator[Found]:
    """A message for every line that is not blank; a line that is no object gets its answer too.

    Raises:
        UsageError: the file cannot be read.
    """
    if name == STDIN:
        yield from _messages(name, sys.stdin.buffer)
        return
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - `-` and /dev/fd names are not paths
            yield from _messages(name, file)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from None


def _messages(name: str, lines: Iterable[bytes]) -> Iterator[Found]:
    for number, raw in enumerate(lines, 1):
        text = raw.decode("utf-8", "replace").lstrip("\ufeff")
        if not text.strip():
            continue
        where = f"{name}:{number}"
        given = _object(text)
        if given is None:
            defect = Defect("not_json", "This line is not a JSON object.")
            message = ParsedMessage(raw_text=text, unreadable=True, defects=(defect,))
            yield where, {"id": None}, message
        else:
            yield where, {"id": given.get("id")}, read(_as_mail(given))


def _object(text: str) -> dict[str, Any] | None:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def _as_mail(given: dict[str, Any]) -> bytes:
    """A mail from its JSON description, as raw as mail comes: UTF-8 headers and all."""
    own = [(header, given[key]) for key, header in _KEYS if given.get(key)]
    told = {header.casefold() for header, _ in own} | _NO_LONGER_TRUE
    pairs = [(name, value) for name, value in _pairs(given.get("headers"))
             if _is_name(name) and name.casefold() not in told]  # fmt: skip
    html = any(name.casefold() == "content-type" and "html" in str(value).casefold()
               for name, value in _pairs(given.get("headers")))  # fmt: skip
    lines = [f"{name}: {_one_line(value)}" for name, value in (*own, *pairs)]
    lines += [
        "MIME-Version: 1.0",
        f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    head = "\r\n".join(lines)
    return f"{head}\r\n\r\n{given.get('body') or ''}".encode("utf-8", "replace")


def _pairs(headers: object) -> list[tuple[str, object]]:
    """Headers given as an object or as pairs; anything else in their place is passed over."""
    if isinstance(headers, dict):
        return [
            (str(name), one)
            for name, value in headers.items()
            for one in (value if isinstance(value, list) else [value])
        ]
    if not isinstance(headers, list):
        return []
    return [
        (str(pair[0]), pair[1]) for pair in headers if isinstance(pair, list) and len(pair) == 2
    ]


def _is_name(name: str) -> bool:
    return name.replace("-", "").replace("_", "").isalnum() and name.isascii()


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
