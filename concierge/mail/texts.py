"""What can be read in a tree of parts: the body, a bounce's report, the attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concierge.domain.message import Attachment, Defect
from concierge.mail import (
    alternatives,
    attachments,
    charset,
    crypto_marks,
    fields,
    html,
    parts,
    text_kinds,
)
from concierge.mail.attachments import safe_name
from concierge.mail.parts import Part

# Longer than any letter; a longer body is cut and staff are told.
BODY_CHARACTERS = 200_000
# Bytes that are more than that many characters in any charset.
_PLAIN_BYTES = 1_000_000
# A bounce's status part and the headers it returns; what is longer is the original's content.
_REPORT_CHARACTERS = 20_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
# text/* that is data for a program, not words for a reader.
_DATA_TEXT = frozenset(
    {
        "text/calendar",
        "text/x-vcard",
        "text/vcard",
        "text/directory",
        "text/csv",
        "text/xml",
        "text/css",
        "text/javascript",
        "text/x-amp-html",
        "text/watch-html",
        "text/rtf",
    }
)
_REPORT_PARTS = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/feedback-report",
        "message/disposition-notification",
        "text/rfc822-headers",
        "message/global-headers",
    }
)
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
# Attachments whose words are read: more would cost time, and nobody would read them.
_TOLD = 10
# A letter signed twice is as much as a person needs.
_LIFTS = 2
# A signed letter's parts; beyond them it is no letter.
_LIFTED_PARTS = 50


@dataclass(slots=True)
class Reading:
    """What walking the parts gave; filled once, front to back."""

    body: str = ""
    report: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    #: Where each attachment's bytes are: its part, and its number within that part.
    sources: list[tuple[Part, int]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    #: What staff should know that needs a number or a name in its sentence.
    notes: list[Defect] = field(default_factory=list)
    #: Words of the page that no reader of it sees; the urgency scan reads them all the same.
    hidden: str = ""
    damaged: int = 0
    encrypted: bool = False
    #: Letters in attachments, the mail's own when it has none; signed letters opened; HTML left.
    letters: list[str] = field(default_factory=list)
    lifts: int = _LIFTS
    html_room: int = html.HTML_CHARACTERS


def gather(root: Part) -> Reading:
    """Read a tree of parts. Attachments are listed, never opened; ciphertext stays out.

    A mail without words of its own takes those of its text attachments or of its winmail.dat:
    phones and Outlook send letters so.
    """
    reading = Reading()
    body = _text_of(root, reading, in_report=False)
    if not body.strip() and reading.letters:
        body = "\n\n".join(reading.letters)
    if len(body) > BODY_CHARACTERS:
        body = body[:BODY_CHARACTERS]
        reading.faults.add("body_cut")
    reading.body, armoured = crypto_marks.without_armour(body)
    reading.encrypted |= armoured
    if reading.hidden:
        words = len(reading.hidden.split())
        detail = f"Hidden text was left out: {words} word{'s' * (words != 1)} no reader would see."
        reading.notes.append(Defect("hidden_text", detail))
    return reading


def attached(raw: bytes) -> list[tuple[Attachment, bytes]]:
    """Every attachment of a mail with its bytes, in the order in which a reading lists them."""
    reading = gather(parts.tree(raw, parts.Budget()))
    pairs = zip(reading.attachments, reading.sources, strict=True)
    return [(one, attachments.content(*source)) for one, source in pairs]


def _text_of(part: Part, reading: Reading, *, in_report: bool) -> str:
    kind = part.content_type
    reading.types.append(kind)
    if kind in {"multipart/encrypted", "application/pgp-encrypted"}:
        reading.encrypted = True
        return ""
    if kind in _SMIME or part.filename.lower().endswith(".p7m"):
        return _smime(part, reading, in_report=in_report)
    if kind in _REPORT_PARTS:
        reading.report.append(_tidy(charset.decode(part.data()).text)[:_REPORT_CHARACTERS])
        return ""
    if kind in _MESSAGES and part.children:
        return _embedded(part, reading, in_report=in_report)
    if part.children:
        return _joined(part, reading, in_report=in_report)
    return _leaf(part, reading)


def _joined(part: Part, reading: Reading, *, in_report: bool) -> str:
    report = in_report or part.content_type == "multipart/report"
    before = reading.hidden
    texts = [_text_of(child, reading, in_report=report) for child in part.children]
    if part.content_type != "multipart/alternative":
        return "\n\n".join(text for text in texts if text.strip())
    chosen = _preferred(part, texts)
    if chosen == _plain_of(part, texts):
        reading.hidden = before  # it hid nothing of what staff are shown
    return chosen


def _smime(part: Part, reading: Reading, *, in_report: bool) -> str:
    """An S/MIME part: encrypted, or signed and then read as far as its letter can be lifted."""
    data = part.data()
    enveloped = crypto_marks.is_enveloped(data)
    stated = part.params.get("smime-type", "").lower()
    if enveloped or (enveloped is None and stated not in {"signed-data", "certs-only"}):
        reading.encrypted = True
        return ""
    content = crypto_marks.signed_content(data) if reading.lifts > 0 else b""
    if not content:
        reading.faults.add("signed_opaque")
        _list(part, attachments.listed(part, with_words=False)[0], reading)
        return ""
    reading.lifts -= 1
    inner = parts.tree(content, parts.Budget(parts=_LIFTED_PARTS))
    return _text_of(inner, reading, in_report=in_report)


def _leaf(part: Part, reading: Reading) -> str:
    if part.main in {"text", "multipart"} and not _is_attachment(part):
        return _letters(part, reading)
    if part.payload.strip() or part.filename:
        told = len(reading.attachments) < _TOLD
        found, notes, letter = attachments.listed(part, with_words=told)
        _list(part, found, reading)
        reading.notes += notes
        if letter:
            reading.letters.append(letter)
    return ""


def _list(part: Part, found: list[Attachment], reading: Reading) -> None:
    reading.attachments += found
    reading.sources += [(part, number) for number in range(len(found))]


def _is_attachment(part: Part) -> bool:
    if part.content_type in _DATA_TEXT:
        return True
    if part.disposition == "attachment":
        return bool(part.filename)
    name = part.filename.lower()
    return bool(name) and "." in name and not name.endswith((".txt", ".htm", ".html", ".text"))


def _letters(part: Part, reading: Reading) -> str:
    marked_up = part.content_type == "text/html"
    data = part.data() if marked_up else part.data()[:_PLAIN_BYTES]
    done = charset.decode(data, part.params.get("charset", ""))
    reading.damaged += done.damaged
    return _of_page(done.text, reading) if marked_up else _plain(part, _tidy(done.text))


def _of_page(markup: str, reading: Reading) -> str:
    if reading.html_room <= 0:
        reading.faults.add("body_cut")
        return ""
    reading.html_room -= len(markup)
    page = html.read(markup)
    if page.cut:
        reading.faults.add("body_cut")
    reading.hidden = "\n".join(text for text in (reading.hidden, page.hidden) if text)
    return _tidy(page.text)


def _plain(part: Part, text: str) -> str:
    if part.content_type in _ENRICHED:
        return text_kinds.unenriched(text, old=part.content_type == "text/richtext")
    if part.params.get("format", "").lower() == "flowed":
        delete = part.params.get("delsp", "").lower() == "yes"
        text = text_kinds.unflowed(text, delete_space=delete)
    return text


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _CONTROLS.sub("", text) if _CONTROLS.search(text) else text


def _plain_of(part: Part, texts: list[str]) -> str:
    plain = [t for c, t in zip(part.children, texts, strict=True) if c.content_type == "text/plain"]
    return "\n\n".join(text for text in plain if text.strip())


def _preferred(part: Part, texts: list[str]) -> str:
    """The alternative that is shown; see :mod:`concierge.mail.alternatives`."""
    named = zip(part.children, texts, strict=True)
    others = [text for child, text in named if child.content_type != "text/plain"]
    return alternatives.preferred(_plain_of(part, texts), others)


def _embedded(part: Part, reading: Reading, *, in_report: bool) -> str:
    """A message inside the message: its headers to the report, its text to a forward's body."""
    inner = part.children[0]
    shown = "\n".join(f"{name}: {fields.decode(value)}" for name, value in inner.block.fields[:200])
    reading.report.append(shown[:_REPORT_CHARACTERS])
    if in_report:
        reading.types.append(inner.content_type)
        return ""
    subject = fields.decode(inner.block.first("subject"))
    name = f"{subject or 'message'}.eml"
    _list(part, [Attachment(safe_name(name), part.content_type, len(part.payload))], reading)
    text = _text_of(inner, reading, in_report=False)
    lines = [f"{n}: {fields.decode(inner.block.first(n.lower()))}" for n in ("From", "Date", "To")]
    return "\n".join(
        ["---------- Forwarded message ----------", *lines, f"Subject: {subject}", "", text]
    )
