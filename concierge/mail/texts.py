"""What can be read in a tree of parts: the body, a bounce's report, the attachments."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath

from concierge.domain.message import Attachment
from concierge.mail import charset, fields, html
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
_ENVELOPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_PGP_BEGIN, _PGP_END = "-----BEGIN PGP MESSAGE", "-----END PGP MESSAGE-----"
_SIGNED_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE_BEGIN, _SIGNATURE_END = "-----BEGIN PGP SIGNATURE", "-----END PGP SIGNATURE-----"
# A plain alternative with fewer letters than this may be a stub ("please use an HTML reader").
_STUB_CHARACTERS = 200


@dataclass(slots=True)
class Reading:
    """What walking the parts gave; filled once, front to back."""

    body: str = ""
    report: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    damaged: int = 0
    encrypted: bool = False


def gather(root: Part) -> Reading:
    """Read a tree of parts. Attachments are listed, never opened; ciphertext stays out."""
    reading = Reading()
    body = _text_of(root, reading, in_report=False)
    if len(body) > BODY_CHARACTERS:
        body = body[:BODY_CHARACTERS]
        reading.faults.add("body_cut")
    reading.body = _without_armour(body, reading)
    return reading


def _text_of(part: Part, reading: Reading, *, in_report: bool) -> str:
    kind = part.content_type
    reading.types.append(kind)
    if kind == "multipart/encrypted" or _enveloped(part):
        reading.encrypted = True
        return ""
    if kind in _REPORT_PARTS:
        reading.report.append(_tidy(charset.decode(part.data()).text)[:_REPORT_CHARACTERS])
        return ""
    if kind in _MESSAGES and part.children:
        return _embedded(part, reading, in_report=in_report)
    if part.children:
        report = in_report or kind == "multipart/report"
        texts = [_text_of(child, reading, in_report=report) for child in part.children]
        if kind == "multipart/alternative":
            return _preferred(part, texts)
        return "\n\n".join(text for text in texts if text.strip())
    return _leaf(part, reading)


def _enveloped(part: Part) -> bool:
    if part.content_type not in _ENVELOPED:
        return False
    return part.params.get("smime-type", "").lower() not in {"signed-data", "certs-only"}


def _leaf(part: Part, reading: Reading) -> str:
    if part.main in {"text", "multipart"} and not _is_attachment(part):
        return _letters(part, reading)
    if part.payload.strip() or part.filename:
        reading.attachments.append(_listed(part))
    if part.content_type in _ENVELOPED:
        reading.faults.add("signed_opaque")
    elif part.content_type in {"application/ms-tnef", "application/vnd.ms-tnef"}:
        reading.faults.add("tnef")
    return ""


def _is_attachment(part: Part) -> bool:
    if part.content_type in _DATA_TEXT:
        return True
    if part.disposition == "attachment":
        return bool(part.filename)
    name = part.filename.lower()
    return bool(name) and "." in name and not name.endswith((".txt", ".htm", ".html", ".text"))


def _letters(part: Part, reading: Reading) -> str:
    marked_up = part.content_type in {"text/html", "text/enriched", "text/richtext"}
    data = part.data() if marked_up else part.data()[:_PLAIN_BYTES]
    done = charset.decode(data, part.params.get("charset", ""))
    reading.damaged += done.damaged
    return _tidy(html.to_text(done.text) if marked_up else done.text)


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _CONTROLS.sub("", text) if _CONTROLS.search(text) else text


def _preferred(part: Part, texts: list[str]) -> str:
    """The plain alternative, unless it is empty or a stub beside a real letter in HTML."""
    plain = [t for c, t in zip(part.children, texts, strict=True) if c.content_type == "text/plain"]
    others = [
        t for c, t in zip(part.children, texts, strict=True) if c.content_type != "text/plain"
    ]
    first = "\n\n".join(text for text in plain if text.strip())
    longest = max(others, key=len, default="")
    if not first or (len(first) < _STUB_CHARACTERS and len(longest) > 5 * len(first)):
        return longest or first
    return first


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
    reading.attachments.append(Attachment(safe_name(name), part.content_type, len(part.payload)))
    text = _text_of(inner, reading, in_report=False)
    lines = [f"{n}: {fields.decode(inner.block.first(n.lower()))}" for n in ("From", "Date", "To")]
    return "\n".join(
        ["---------- Forwarded message ----------", *lines, f"Subject: {subject}", "", text]
    )


def _listed(part: Part) -> Attachment:
    size = len(part.payload)
    if part.encoding == "base64":
        size = (size - part.payload.count(b"\n") - part.payload.count(b"\r")) * 3 // 4
    return Attachment(safe_name(part.filename), part.content_type, size)


def safe_name(name: str) -> str:
    """A file name without path, control and direction marks; "unnamed" when nothing is left."""
    name = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    return kept.strip(" .")[:120] or "unnamed"


def _without_armour(body: str, reading: Reading) -> str:
    """Cut PGP ciphertext and signature blocks; what was signed in the clear stays."""
    if "-----BEGIN PGP" not in body:
        return body
    while (start := body.find(_PGP_BEGIN)) >= 0:
        reading.encrypted = True
        body = _cut(body, start, _PGP_END)
    signed = body.find(_SIGNED_BEGIN)
    if signed >= 0:
        blank = body.find("\n\n", signed)
        body = body[:signed] + (body[blank + 2 :] if blank >= 0 else "")
    signature = body.find(_SIGNATURE_BEGIN)
    return _cut(body, signature, _SIGNATURE_END) if signature >= 0 else body


def _cut(body: str, start: int, mark: str) -> str:
    end = body.find(mark, start)
    # Armour that never ends was cut on its way: all that follows is still ciphertext.
    return body[:start] + (body[end + len(mark) :] if end >= 0 else "")
