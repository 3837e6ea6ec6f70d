"""Reading mail, against the standard library doing the same; and seconds on mails made to hurt."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import os
import sys
import time
from pathlib import Path

import letters
from measure import ROOT, Measure, Note, Result, interleaved, middle


def _mails(count: int) -> list[bytes]:
    """The demo's letters, or every file of a folder of real mail named in READING_MAIL."""
    folder = os.environ.get("READING_MAIL")
    if folder:
        return [path.read_bytes() for path in sorted(Path(folder).rglob("*.eml"))]
    return list(letters.mails(count))


def _shown(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, email.errors.MessageError):
        return value


def _bare(mail: bytes) -> None:
    """Subject, sender and every text of a mail, as short as the standard library allows."""
    parsed = email.message_from_bytes(mail, policy=email.policy.compat32)
    _shown(str(parsed["subject"] or ""))
    _shown(str(parsed["from"] or ""))
    for part in parsed.walk():
        if part.get_content_maintype() == "text":
            data = part.get_payload(decode=True) or b""
            try:
                data.decode(part.get_content_charset() or "utf-8", "replace")
            except LookupError:
                data.decode("latin-1")


def reading(*, quick: bool) -> list[Result]:
    """CPU of reading mail, against compat32 with subject, sender and texts decoded."""
    from concierge.mail import mime

    mails = _mails(200 if quick else 1000)

    def bare() -> None:
        for mail in mails:
            _bare(mail)

    def ours() -> None:
        for mail in mails:
            mime.read(mail)

    ours()
    base, taken = interleaved(3 if quick else 7, bare, ours)
    per = 1e6 / len(mails)
    return [
        Measure(
            "reading mail (CPU)",
            f"{middle([o.cpu for o in taken]) * per:.0f} us/mail",
            f"{middle([b.cpu for b in base]) * per:.0f} us/mail",
            middle([o.cpu / b.cpu for o, b in zip(taken, base, strict=True)]),
            2.5,
        ),
        Note("seconds on mails made to hurt", _hostile()),
    ]


def _hostile() -> tuple[str, ...]:
    from concierge.mail import mime

    sys.path.insert(0, str(ROOT / "tests"))
    from support.nasty_mails import NASTY

    lines = []
    for name, made in NASTY.items():
        mail = made()
        started = time.process_time()
        message = mime.read(mail)
        seconds = time.process_time() - started
        codes = ", ".join(defect.code for defect in message.defects)
        lines.append((seconds, f"{name:<34}{len(mail) / 1e6:5.1f} MB {seconds:6.2f} s  {codes}"))
    return tuple(line for _, line in sorted(lines, reverse=True))
