"""What a template may print: cleaned names and subjects, and resources as curated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from concierge.domain.resource import Resource, ResourceKind

# A greeting wants a name; whatever is longer is something else.
_NAME_LENGTH = 60
# Subjects are cut here: RFC 5322 asks for lines under 998 bytes, and lists show some 150 signs.
_SUBJECT_LENGTH = 150
# A name with these would put an address, a link or markup of a stranger into our mail.
_NOT_A_NAME = re.compile(r"[@<>{}\[\]\\/|]|www\.|\d{3}", re.IGNORECASE)
# Reply and forward marks in the languages mail programs write them in, once or piled up.
_REPLY_MARKS = re.compile(
    r"^(?:\s*(?:re|aw|sv|vs|antw|rif|res|ref|fwd?|wg|tr|rv|enc)(?:\[\d+\])?\s*:)+", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
# "Text HOME to 741741": the keyword lives in the curator's notes, the number in its own column.
_KEYWORD = re.compile(r"\b[Tt]ext '?([A-Za-z]{2,12})\b'? (?:to|for)\b")
# A curator wrote that nobody asked the line which languages it speaks.
_ASSUMED = "languages: assumed"
_REACHABLE = ("phone", "sms", "whatsapp", "chat_url")


@dataclass(frozen=True, slots=True)
class Printed:
    """One resource as a template prints it; every number stands as curated."""

    name: str
    emergency: bool
    phone: str
    sms: str
    #: The word to send to the ``sms`` number; empty when any word will do.
    keyword: str
    whatsapp: str
    chat: str
    email: str
    website: str
    #: Open day and night, as curated. Never true for unknown hours.
    always: bool
    hours: str
    #: Somebody answers, and nobody knows when: prints as "hours not confirmed".
    hours_unknown: bool
    free: bool
    cost: str
    #: Languages in the words of the reply's language; empty when only assumed.
    languages: str


def printed(resource: Resource, language_names: Mapping[str, str]) -> Printed:
    """Turn a row into what a template may print of it."""
    reachable = any(getattr(resource, way) for way in _REACHABLE)
    always = resource.open_24_7 is True
    hours = "" if always else resource.hours
    keyword = _KEYWORD.search(resource.notes) if resource.sms else None
    return Printed(
        name=resource.name,
        emergency=resource.kind is ResourceKind.EMERGENCY,
        phone=resource.phone,
        sms=resource.sms,
        keyword=keyword.group(1) if keyword else "",
        whatsapp=resource.whatsapp,
        chat=resource.chat_url,
        email=resource.email,
        website=resource.website,
        always=always,
        # "24/7" beside an unknown open_24_7 is a contradiction, and unknown wins.
        hours="" if hours == "24/7" else hours,
        hours_unknown=reachable and not always and hours in {"", "24/7"},
        free=resource.cost == "free",
        cost="" if resource.cost == "free" else resource.cost,
        languages=_languages(resource, language_names),
    )


def _languages(resource: Resource, names: Mapping[str, str]) -> str:
    # Nobody asked an emergency number which languages it speaks, whatever its row says.
    if _ASSUMED in resource.notes or resource.kind is ResourceKind.EMERGENCY:
        return ""
    return ", ".join(str(names.get(code, code)) for code in resource.languages)


def clean_line(text: str) -> str:
    """One line without control, invisible or direction-changing characters."""
    spaced = _SPACES.sub(" ", text)
    kept = (ch for ch in spaced if unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return "".join(kept).strip()


def clean_name(name: str) -> str:
    """A name to greet with, or nothing when it is none: too long, an address, a link."""
    line = clean_line(name[: _NAME_LENGTH * 4])
    return "" if len(line) > _NAME_LENGTH or _NOT_A_NAME.search(line) else line


def reply_subject(theirs: str) -> str:
    """``Re:`` and their subject without the marks it piled up; empty when they gave none."""
    line = _REPLY_MARKS.sub("", clean_line(theirs[: _SUBJECT_LENGTH * 4])).strip()
    if not line:
        return ""
    subject = f"Re: {line}"
    if len(subject) <= _SUBJECT_LENGTH:
        return subject
    return subject[: _SUBJECT_LENGTH - 1].rstrip() + "…"
