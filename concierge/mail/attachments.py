"""What came with a message: named safely, sized, told by its first bytes, never opened or kept.

The bytes stay in the stored raw mail. Of events, contacts, texts and Outlook's winmail.dat the
words are told, because a person may have said there what matters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

from concierge.domain.message import Attachment, Defect
from concierge.mail import calendars, charset, crypto_marks, html, sniffing, tnef
from concierge.mail.parts import Part, decoded

# Characters of an attachment's words that are kept; a letter is shorter, a log is longer.
TEXT_CHARACTERS = 20_000
# Bytes of it that are read for them.
_TEXT_BYTES = 100_000
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_CALENDARS = frozenset({"text/calendar", "application/ics"})
_CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
# Text for programs; its words say nothing to staff.
_NO_WORDS = frozenset({"text/css", "text/javascript", "text/xml", "text/x-amp-html", "text/rtf"})


def listed(part: Part, *, with_words: bool) -> tuple[list[Attachment], list[Defect], str]:
    """An attachment (with those inside a winmail.dat), what staff should know, and its letter.

    The letter is what a winmail.dat or a text file holds; it is the mail's when there is no other.
    """
    name = safe_name(part.filename)
    head = decoded(part.payload[: 2 * sniffing.HEAD_BYTES], part.encoding)[: sniffing.HEAD_BYTES]
    kind = sniffing.detected(head, part.content_type, name)
    one = Attachment(name, part.content_type, _size(part), detected_type=kind)
    defects: list[Defect] = []
    if sniffing.is_disguised_program(kind, name):
        defects.append(_disguised(name))
    if not with_words:
        return [one], defects, ""
    if part.content_type in _TNEF or kind in _TNEF or name.lower() == "winmail.dat":
        return _outlook(one, part, defects)
    words, is_letter = _words(part, name.lower(), kind or part.content_type)
    words = words.strip()[:TEXT_CHARACTERS]
    return [replace(one, text=words)], defects, words if is_letter else ""


def content(part: Part, number: int) -> bytes:
    """The bytes of what :func:`listed` tells of a part, by its place there; the part itself is 0.

    Raises:
        tnef.NotRead, IndexError: there is no such thing in it.
    """
    data = decoded(part.payload, part.encoding)
    return tnef.read(data[: tnef.LARGEST]).files[number - 1][1] if number else data


def safe_name(name: str) -> str:
    """A file name without path, control and direction marks; "unnamed" when nothing is left."""
    name = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    return kept.strip(" .")[:120] or "unnamed"


def _size(part: Part) -> int:
    size = len(part.payload)
    if part.encoding == "base64":
        size = (size - part.payload.count(b"\n") - part.payload.count(b"\r")) * 3 // 4
    return size


def _disguised(name: str) -> Defect:
    detail = f"The attachment {name!r} is a program, not what its name says. Do not open it."
    return Defect("program_disguised", detail)


def _outlook(
    one: Attachment, part: Part, defects: list[Defect]
) -> tuple[list[Attachment], list[Defect], str]:
    try:
        inside = tnef.read(part.data())
    except tnef.NotRead:
        detail = "An attachment is in Outlook's own format (winmail.dat) and cannot be read."
        return [one], [*defects, Defect("tnef", detail)], ""
    if not inside.whole:
        detail = "An attachment in Outlook's own format (winmail.dat) is damaged; parts may miss."
        defects = [*defects, Defect("tnef_damaged", detail)]
    letter = inside.body.replace("\r\n", "\n").strip()[:TEXT_CHARACTERS]
    note = "its letter cannot be read here" if inside.in_rtf and not letter else ""
    found = [replace(one, text=letter, note=note)]
    for name, content in inside.files:
        safe, claimed = safe_name(name), "application/octet-stream"
        kind = sniffing.detected(content[: sniffing.HEAD_BYTES], claimed, safe)
        found.append(Attachment(safe, claimed, len(content), "in winmail.dat", kind))
        if sniffing.is_disguised_program(kind, safe):
            defects = [*defects, _disguised(safe)]
    return found, defects, letter


def _words(part: Part, name: str, kind: str) -> tuple[str, bool]:
    """The words of an attachment, and whether they may be the letter itself."""
    if kind in _CALENDARS or name.endswith((".ics", ".vcs")):
        return calendars.event_text(_text(part)), False
    if kind in _CARDS or name.endswith(".vcf"):
        return calendars.contact_text(_text(part)), False
    if kind == "text/html" or name.endswith((".htm", ".html")):
        return html.to_text(_text(part)), True
    if kind in _NO_WORDS or not (kind.startswith("text/") or name.endswith(".txt")):
        return "", False
    text = _text(part)
    # Data under the name of a text: a fax, a key, a spreadsheet saved wrong.
    if "\0" in text[:1_000]:
        return "", False
    words, _ = crypto_marks.without_armour(text)
    return words, kind == "text/plain" or name.endswith(".txt")


def _text(part: Part) -> str:
    data = decoded(part.payload[: 2 * _TEXT_BYTES], part.encoding)[:_TEXT_BYTES]
    text = charset.decode(data, part.params.get("charset", "")).text
    return text.replace("\r\n", "\n").replace("\r", "\n")
