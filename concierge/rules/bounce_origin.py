"""Which mail of ours a bounce is about: Message-IDs and reference tokens it brings back."""

from __future__ import annotations

import re

from concierge.domain.message import ParsedMessage

# One returned mail has one Message-ID and a few references; more is a digest or an attack.
_MOST = 50
_CHARACTERS = 200_000
# Where the address stands that the bounce came to (RFC 5321 envelope, as servers note it).
_RECIPIENT_HEADERS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")

# Programs also write "Message ID:" and "The message identifier is:" before it.
_ID_LINE = re.compile(
    r"(?im)^[>\s]{0,8}(?:x-)?(?:original-)?(?:message|msg)[- ]?id(?:entifier is)?:?\s{0,8}"
    r"(<[^<>\s]{1,998}>)"
)
_TOKEN_LINE = re.compile(r"(?im)^[>\s]{0,8}x-concierge-ref:[ \t]*([!-~]{1,100})")
_TAGGED = re.compile(r"[^\s<>\"',;:@+]{1,64}\+([^\s<>\"',;:@]{1,128})@")


def returned_ids(message: ParsedMessage) -> tuple[str, ...]:
    """Message-IDs of the original, each once: from its headers, the text, then In-Reply-To."""
    found = _ID_LINE.findall(message.report_text[:_CHARACTERS])
    found += _ID_LINE.findall(message.body[:_CHARACTERS])
    return tuple(dict.fromkeys((*found[:_MOST], *message.in_reply_to[:_MOST])))


def returned_tokens(message: ParsedMessage) -> tuple[str, ...]:
    """Reference tokens the bounce carries, unverified, each once.

    From the X-Concierge-Ref of the original, and from the ``+tag`` of the address it came to,
    where the return path had been ``local+token@``.
    """
    found = _TOKEN_LINE.findall(message.report_text[:_CHARACTERS])
    found += _TOKEN_LINE.findall(message.body[:_CHARACTERS])
    for name in _RECIPIENT_HEADERS:
        for value in message.header_all(name)[:_MOST]:
            found += _TAGGED.findall(value[:2_000])
    return tuple(dict.fromkeys(found[:_MOST]))
