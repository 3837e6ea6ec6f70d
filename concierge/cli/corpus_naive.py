"""What the desk's reader is compared with: the standard library's own parser, and each half of it.

Everything here is total and takes time that grows no faster than the mail.
"""

from __future__ import annotations

import email
import email.header
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concierge.mail.parts import Part

#: A naive reader is no help on more than this, and slow.
_NAIVE_BYTES = 2_000_000
#: A text in more parts than this is none a naive reader should judge us by.
_NAIVE_PARTS = 200
# No part of a tag may hold another "<", so that a page of nothing but "<" costs no more than one
# of words.
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile(r"<(?:style|script|head|title)\b", re.IGNORECASE)
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


def naive_text(raw: bytes) -> str:
    """A mail's words as a naive reader collects them: the larger of all plain and all HTML text.

    Empty where the standard library gives up.
    """
    try:
        return _naive(email.message_from_bytes(raw[:_NAIVE_BYTES]))
    except _RAISED:
        return ""


def page_text(raw: bytes) -> str:
    """The HTML of a mail as text, read by the desk's own reader; empty when it has none."""
    from concierge.mail import charset, html, parts

    pages = [
        html.to_text(charset.decode(part.data(), part.params.get("charset", "")).text)
        for part in _leaves(parts.tree(raw, parts.Budget()))
        if part.content_type == "text/html"
    ]
    return "\n".join(pages)


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


def _leaves(part: Part) -> Iterator[Part]:
    for child in part.children:
        yield from _leaves(child)
    if not part.children:
        yield part


def _naive(message: Message[str, str]) -> str:
    plain: list[str] = []
    marked: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= _NAIVE_PARTS:
            break
        kind, data = part.get_content_type(), part.get_payload(decode=True)
        if not isinstance(data, bytes) or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/plain":
            plain.append(_decoded(data, part))
        elif kind == "text/html":
            marked.append(_words_of(_decoded(data, part)))
    return max("\n".join(plain), "\n".join(marked), key=len)


def _words_of(markup: str) -> str:
    """A page without its tags and what no reader sees of it."""
    first, *rest = _UNSEEN.split(markup)
    seen = [first, *(piece.partition("</")[2].partition(">")[2] for piece in rest)]
    return unescape(_TAG.sub(" ", " ".join(seen)))


def _decoded(data: bytes, part: Message[str, str]) -> str:
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return data.decode("latin-1")
