"""What a file is by its first bytes, and whether that is what it claims to be."""

from __future__ import annotations

import re

#: Bytes of a file that are looked at; the names in a zip's first entries stand within them.
HEAD_BYTES = 4_096
# First bytes and the type they mean; where two fit, the first. From the formats' specifications.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (8, b"AIFF", "audio/aiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp3g", "video/3gpp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"MThd", "audio/midi"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xfe\xed\xfa\xce", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
)
_PROGRAMS = frozenset(
    {"application/x-executable", "application/x-ms-shortcut", "application/x-script"}
)
_SCRIPT = re.compile(rb"#! ?/\S|@echo off\b|(?:<script|<\?php)\b", re.IGNORECASE)
_HTML = re.compile(rb"\s{0,200}(?:<!doctype html|<html|<head|<body)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:return-path|received|from|date|subject|delivered-to): ?\S", re.IGNORECASE)
# Inside a zip these folders tell an office document.
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
# A claim (type or name) that holds one of these words agrees with the type found.
_AGREES: dict[str, str] = {
    "application/pdf": r"pdf|postscript|\.ai$",
    "image/png": r"png",
    "image/jpeg": r"jpe?g|jfif",
    "image/gif": r"gif",
    "image/webp": r"webp",
    "image/tiff": r"tiff?$",
    "image/heic": r"hei[cf]|avif",
    "audio/wav": r"wave?$",
    "audio/aiff": r"aif",
    "audio/mp4": r"m4a|mp4|aac|m4r",
    "audio/mpeg": r"mpe?g|mp3",
    "audio/ogg": r"og[gav]|opus",
    "audio/flac": r"flac",
    "audio/midi": r"midi?$",
    "audio/amr": r"amr",
    "video/mp4": r"mp4|m4[vab]|quicktime|\.mov$|3gp",
    "video/3gpp": r"3gp|mp4",
    "video/x-msvideo": r"avi|msvideo",
    "application/x-ole-storage": r"ole|ms-?(?:word|excel|powerpoint|outlook|office)"
    r"|\.(?:doc|xls|ppt|msg|pub|dot|vsd|sib|mus)$",
    "application/vnd.rar": r"rar",
    "application/x-7z-compressed": r"7z",
    "application/gzip": r"g(?:un)?zip|\.(?:t?gz|als|mscz)$",
    "application/rtf": r"rtf|ms-?word|\.doc$",
    "text/calendar": r"calendar|\.i?cs$|\.ics$",
    "text/vcard": r"vcard|directory|\.vcf$",
    "application/ms-tnef": r"tnef|winmail|\.dat$",
    "text/html": r"html?",
    "message/rfc822": r"message/|\.(?:eml|txt|mht(?:ml)?)$|text/plain|rfc822",
    "application/zip": r"zip|officedocument|opendocument|\.(?:docx|xlsx|pptx|od[tsp]|pages|numbers|"
    r"key|epub|jar|apk|mscz|band|mxl|kmz)$|epub",
}
#: Names by which a program says that it is one.
_PROGRAM_NAMES = re.compile(
    r"\.(?:exe|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|sh|bin|run|app|dll|cpl|"
    r"py|pl|rb|elf|so)$"
)
_TWO_ENDINGS = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|rtf|mp[34]|wav|m4a|mov|zip|html?)[ ._]*"
    r"\.(?:exe|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar)$"
)


def sniffed(head: bytes) -> str:
    """The type that a file's first bytes tell; "" when they tell nothing."""
    for offset, magic, kind in _MAGIC:
        if head.startswith(magic, offset):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return next((kind for folder, kind in _OFFICE if folder in head), "application/zip")
    if head.startswith(b"MZ") and (b"PE\0\0" in head or b"DOS mode" in head):
        return "application/x-executable"
    return _sniffed_text(head)


def _sniffed_text(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(text):
        return "text/html"
    if _SCRIPT.match(text):
        return "application/x-script"
    lines = text[:1_000].splitlines()
    if len(lines) > 1 and all(map(_MAIL.match, lines[:2])):
        return "message/rfc822"
    return ""


def detected(head: bytes, content_type: str, name: str) -> str:
    """The type of a file when its bytes tell it and neither its type nor its name says so."""
    kind = sniffed(head)
    if not kind or kind == content_type:
        return ""
    if kind in _PROGRAMS:
        return "" if _PROGRAM_NAMES.search(name.lower()) else kind
    pattern = _AGREES["application/zip"] if "officedocument" in kind else _AGREES.get(kind, "")
    claims = (content_type, "." + name.lower().rpartition(".")[2])
    return "" if pattern and any(re.search(pattern, claim) for claim in claims) else kind


def is_disguised_program(kind: str, name: str) -> bool:
    """Whether a file is a program under another name: by its bytes, or "cv.pdf.exe"."""
    return kind in _PROGRAMS or bool(_TWO_ENDINGS.search(name.lower()))
