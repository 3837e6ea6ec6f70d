"""`concierge message`: one received mail as it was read, and its bytes into files of one's own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concierge.cli import show
from concierge.cli.options import Desk, Flag, Id
from concierge.desk.ports.views import MailView
from concierge.domain.ledger import LedgerState
from concierge.domain.message import Attachment, ParsedMessage
from concierge.errors import Refused, UsageError

if TYPE_CHECKING:
    from concierge.rules.cleaning import OwnWords

#: Characters of a text, and of what is told of an attachment, that are shown.
_SHOWN, _TOLD = 50_000, 2_000
_LABELS = {
    "quote": "Quoted from an earlier mail",
    "reply": "The mail this answers",
    "forward": "Passed on from somebody else",
    "signature": "Signature",
    "device": "Added by their device",
    "footer": "Added by a list",
    "disclaimer": "Added by their organisation",
}
#: Only these letters of a sender's file name reach the disk; letters beyond them go.
_UNSAFE = re.compile(r"[^A-Za-z0-9_]+")
_NAME_LENGTH = 60
#: Endings that a program opens and follows orders from; these are written as plain text or data.
_MARKUP = re.compile(r"\.(?:x?html?|shtml|svg|xml|mht(?:ml)?|hta)$", re.IGNORECASE)
_HARMLESS = re.compile(
    r"pdf|txt|csv|rtf|docx?|odt|xlsx?|ods|pptx?|odp|png|jpe?g|gif|webp|heic|tiff?|mp[34]|wav|m4a|ogg"
    r"|flac|aiff?|midi?|mov|ics|vcf|eml|zip"
)


def show_(entry: Id, /, *, json: Flag = False, desk: Desk | None = None) -> int:
    """One mail as it was read: headers, the sender's own words, quotes, defects, attachments.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    json
        One JSON object.
    """
    from concierge.rules.cleaning import own_words

    mail = _mail(entry, desk)
    message = _read(mail)
    own = own_words(message.body)
    if json:
        show.data(_as_dict(mail, message, own))
    else:
        _print(mail, message, own)
    return 0


def raw(entry: Id, /, *, to: Path, desk: Desk | None = None) -> int:
    """Write a mail's bytes, as they came, into a new file that only you can read.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    to
        The file to make; one that is there is never touched.
    """
    mail = _mail(entry, desk)
    _write(to, mail.raw)
    show.sentence(f"Mail {entry}, {show.counted(len(mail.raw), 'byte')}, is in {to}.")
    return 0


def attachment(entry: Id, number: Id, /, *, to: Path, desk: Desk | None = None) -> int:
    """Write one attachment into a folder, under a safe name, for you alone; it is never opened.

    Pages and drawings that could run are written as text, programs as data.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    number
        The attachment's number, as `concierge message show` lists it.
    to
        The folder to write into.
    """
    from concierge.mail.texts import attached

    found = attached(_mail(entry, desk).raw)
    if number > len(found):
        has = show.counted(len(found), "attachment") if found else "no attachments"
        raise UsageError(f"Mail {entry} has {has}; see concierge message show {entry}.")
    if not to.is_dir():
        raise UsageError(f"{to} is no folder.")
    one, content = found[number - 1]
    path = to / f"mail-{entry}-{number}-{file_name(one)}"
    _write(path, content)
    show.sentence(f"{show.counted(len(content), 'byte')} in {path}. Nothing was opened.")
    return 0


def file_name(one: Attachment) -> str:
    """The name an attachment gets on disk: plain letters, and an ending nothing is run by."""
    stem, dot, ending = one.name.rpartition(".")
    stem, ending = (stem, ending.lower()) if dot else (ending, "")
    stem = _UNSAFE.sub("-", stem).strip("-")[:_NAME_LENGTH] or "unnamed"
    is_page = {one.content_type, one.detected_type} & {"text/html", "image/svg+xml"}
    if _MARKUP.search(one.name) or is_page:
        return f"{stem}.txt"
    return f"{stem}.{ending}" if _HARMLESS.fullmatch(ending) else f"{stem}.bin"


def _mail(entry: int, desk: Desk | None) -> MailView:
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        mail = views.mail(entry)
    finally:
        views.close()
    if not mail.raw:
        raise Refused(f"The bytes of mail {entry} are no longer kept.")
    return mail


def _read(mail: MailView) -> ParsedMessage:
    from concierge.mail.mime import read

    return read(mail.raw, complete=mail.entry.complete, size=mail.entry.size)


def _write(path: Path, content: bytes) -> None:
    """Make a new file for its owner alone; what is there already, links too, is left alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{path} is there already and was left alone.") from None
    except FileNotFoundError:
        raise UsageError(f"{path.parent} is no folder.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _print(mail: MailView, message: ParsedMessage, own: OwnWords) -> None:
    entry = mail.entry
    where = [f"case {entry.case_id}"] if entry.case_id else []
    where += [] if entry.state is LedgerState.CASE else [entry.state.value]
    print(" · ".join([f"Mail {entry.id}", f"{entry.size} bytes", *where]))
    for name, value in _headers(message):
        show.sentence(f"{name}: {value}", indent="  ")
    for defect in message.defects:
        show.sentence(f"! {defect.detail}")
    show.heading("The sender's own words")
    _print_text(own.text or "(none)", indent="  ")
    if own.full_rules:
        show.sentence(f"Conclusions are drawn from the full text: {own.reason}.")
    for label, words in own.cut:
        show.heading(_LABELS.get(label, label))
        _print_text(words, indent="  | ")
    if message.attachments:
        show.heading("Attachments")
    for number, one in enumerate(message.attachments, start=1):
        _print_attachment(number, one)
    if message.attachments:
        print(f"  concierge message attachment {entry.id} NUMBER --to FOLDER")


def _headers(message: ParsedMessage) -> list[tuple[str, str]]:
    named = (
        ("From", str(message.sender or "")),
        ("Reply-To", ", ".join(map(str, message.reply_to))),
        ("To", ", ".join(map(str, message.to))),
        ("Cc", ", ".join(map(str, message.cc))),
        ("Date", message.header("Date")),
        ("Subject", message.subject),
        ("Message-ID", message.message_id),
        ("In-Reply-To", " ".join(message.in_reply_to)),
        ("Auto-Submitted", message.header("Auto-Submitted")),
        ("List-Id", message.header("List-Id")),
    )
    return [(name, value) for name, value in named if value]


def _print_text(words: str, *, indent: str, limit: int = _SHOWN) -> None:
    show.text(words[:limit], indent=indent)
    if len(words) > limit:
        print(f"{indent}[{len(words) - limit} more characters]")


def _print_attachment(number: int, one: Attachment) -> None:
    really = f", really {one.detected_type}" if one.detected_type else ""
    note = f", {one.note}" if one.note else ""
    show.sentence(
        f"{number}. {one.name} · {one.content_type}{really} · {one.size} bytes{note}", indent="  "
    )
    if one.text:
        _print_text(one.text, indent="     | ", limit=_TOLD)


def _as_dict(mail: MailView, message: ParsedMessage, own: OwnWords) -> dict[str, Any]:
    from concierge.desk.readings import attachments_as_dicts

    return {
        "entry_id": mail.entry.id,
        "case_id": mail.entry.case_id,
        "state": mail.entry.state,
        "headers": dict(_headers(message)),
        "own_words": own.text,
        "cut": [{"label": label, "text": words} for label, words in own.cut],
        "full_text": message.body,
        "full_rules": own.full_rules,
        "attachments": attachments_as_dicts(message),
        "defects": [{"code": d.code, "detail": d.detail} for d in message.defects],
    }
