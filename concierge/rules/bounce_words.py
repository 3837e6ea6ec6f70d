"""What a mail server writes in plain text: its own words, the codes in them, whom they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Servers say what happened before they return the mail, and no server needs more words.
_CHARACTERS = 20_000
_ADDRESS_CHARACTERS = 320
# An answer of a server is a line or three.
_ANSWER_CHARACTERS = 240

# The line under which a server copies the mail it could not deliver, or that mail's first header.
_RETURNED = re.compile(
    r"(?im)^[ \t>|*#=_-]{0,80}(?:"
    r"(?:begin )?(?:the )?(?:original|returned|unsent|undelivered|undeliverable|forwarded)"
    r" (?:message|mail)\b(?: headers?)?(?: follows?)?[ \t:.=_*#-]*$"
    r"|(?:this is|here is|below is|below this line is)?[^\n]{0,30}"
    r"\b(?:a )?copy of (?:the|your)(?: original)? message"
    r"|message (?:headers?|text|body)(?: and body)? follows?"
    r"|(?:original|returned|unsent) message follows"
    r"|(?:message|mail) (?:included|returned) below"
    r"|return-path:|received:[ \t]*(?:from|by|\(|for|with)?"
    r"|dkim-signature:|x-google-smtp-source:"
    r")"
)
_SUBJECT = re.compile(
    r"(?im)^[ \t>]{0,8}(?:the )?(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|"
    r"emne|aihe|temat|předmět|predmet|tárgy|subiect|тема|θέμα|konu|件名|主题|主旨|제목)"
    r"(?: of the message is)?[ \t]{0,4}[:：][^\n]*"
)
# An enhanced status (RFC 3463) that is no success; an IP address has one number more.
_ENHANCED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)")
# A reply code (RFC 5321, 4.2) where servers quote one; a number of bytes or days is none.
_REPLY = re.compile(
    r"(?:^|[\s(<'\"\[:;,=])(4[2-5]\d|5[0-57]\d)(?=[\s\-:,;)\]]|$)"
    r"(?!\s*(?:seconds?|minutes?|hours?|days?|bytes?|[km]b|attempts?|messages?)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:@]{1,128}@[A-Za-z0-9][A-Za-z0-9.-]{0,190}[A-Za-z0-9]")
_NO_RECIPIENT = re.compile(
    r"^(?:mailer-daemon|postmaster|support|abuse|help|helpdesk|admin|administrator)@", re.IGNORECASE
)


def server_words(body: str) -> str:
    """The text up to the mail that is returned in it; all of it when nothing stands before.

    Lines that repeat the subject of that mail are left out: it may speak of anything.
    """
    head = _SUBJECT.sub("", body[:_CHARACTERS])
    for match in _RETURNED.finditer(head):
        if head[: match.start()].strip(" \t\n>|*#=_-"):
            return head[: match.start()]
    return head


def first_code(*texts: str) -> str:
    """The first enhanced status in these texts, earlier texts first; "" when none."""
    for text in texts:
        if found := _ENHANCED.search(text[:_CHARACTERS]):
            return found[1]
    return ""


def first_digit(*texts: str) -> str:
    """``4`` or ``5``: what the first status or reply code in these texts begins with, or "".

    The first decides: what stands below it is the history of earlier attempts.
    """
    codes = (_first(text[:_CHARACTERS]) for text in texts)
    return next((code[1][0] for code in codes if code is not None), "")


def answer_in(words: str) -> str:
    """The words around the first code: the answer that decided, without later attempts."""
    code = _first(words[:_CHARACTERS])
    if code is None:
        return ""
    start = words.rfind("\n", 0, code.start(1)) + 1
    rest = words[code.end(1) : code.end(1) + _ANSWER_CHARACTERS]
    first, _, more = rest.partition("\n")
    following = _first(more)
    if following is not None:
        more = more[: more.rfind("\n", 0, following.start(1)) + 1]
    return f"{words[max(start, code.start(1) - _ANSWER_CHARACTERS) : code.end(1)]}{first}\n{more}"


def _first(text: str) -> re.Match[str] | None:
    found = [m for m in (_ENHANCED.search(text), _REPLY.search(text)) if m is not None]
    return min(found, key=lambda match: match.start(1), default=None)


def named_addresses(words: str) -> Iterator[str]:
    """The addresses a server names, in order, without its own."""
    for match in _ADDRESS.finditer(words[:_CHARACTERS]):
        if not _NO_RECIPIENT.match(match[0]):
            yield match[0][:_ADDRESS_CHARACTERS]
