"""Composing the mails we send: frozen bytes that no server can choke on, alike for like input."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from concierge.domain.message import Address
from concierge.errors import Refused
from concierge.mail.bodies import Part, html_part, text_part
from concierge.mail.headers import (
    address_header,
    ascii_address,
    message_ids,
    subject_header,
    token_header,
)

#: A thread's ids kept in References: the first say what it is about, the last where it stands.
#: RFC 5322 sets no bound, but long threads have made headers that relays refuse.
_IDS_KEPT_AT_EACH_END = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingReply:
    """A reply as it was approved, ready to become bytes.

    ``text`` is plain text. ``message_id`` and ``in_reply_to`` carry angle brackets;
    ``references`` are those of the message being answered, oldest first. ``date`` is aware.
    ``reference`` is the signed token of :mod:`concierge.domain.reference`. With ``reply_to_plus``
    answers come to ``local+token@domain``; else to ``reply_to``, or to ``from_`` without one.
    ``envelope_sender`` is where bounces go (empty: ``from_``); it is not part of the bytes.
    """

    from_: Address
    to: Address
    subject: str
    text: str
    message_id: str
    date: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reference: str = ""
    reply_to: Address | None = None
    reply_to_plus: bool = False
    envelope_sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingNotice:
    """A notice to staff, or the report of the day. ``html`` may be empty: then text alone."""

    from_: Address
    to: Address
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str = ""


def compose_reply(reply: OutgoingReply) -> bytes:
    """The reply as bytes with CRLF line ends, pure ASCII, no line over 998 characters.

    No Auto-Submitted: a person approved it. Out-of-office answers to it are declined.

    Raises :class:`~concierge.errors.Refused` with a sentence for staff when the address, the
    subject or the text cannot be sent as they stand, or when the desk would write to itself.
    """
    if reply.to.key == reply.from_.key:
        raise Refused("This reply would go to the desk's own address.")
    if reply.envelope_sender:
        ascii_address(reply.envelope_sender)
    headers = [
        ("From", address_header("From", reply.from_)),
        ("To", address_header("To", reply.to)),
        ("Reply-To", _reply_to(reply)),
        *_common(reply),
        ("In-Reply-To", "".join(message_ids((reply.in_reply_to,)))),
        ("References", "\r\n ".join(_references(reply))),
        ("X-Concierge-Ref", token_header(reply.reference)),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ]
    return _assembled(headers, text_part(reply.text))


def compose_notice(notice: OutgoingNotice) -> bytes:
    """The notice as bytes: text, with HTML as the alternative when there is any.

    Marked auto-generated (RFC 3834), so that nobody's machine answers it. Raises
    :class:`~concierge.errors.Refused` as :func:`compose_reply` does.
    """
    headers = [
        ("From", address_header("From", notice.from_)),
        ("To", address_header("To", notice.to)),
        *_common(notice),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    part = text_part(notice.text)
    if notice.html:
        part = _alternative(notice.message_id, part, html_part(notice.html))
    return _assembled(headers, part)


def _common(mail: OutgoingReply | OutgoingNotice) -> list[tuple[str, str]]:
    if mail.date.utcoffset() is None:
        raise Refused("The date of this mail has no time zone.")
    own_id = message_ids((mail.message_id,))
    if not own_id:
        raise Refused("The Message-ID of this mail is not one that can be sent.")
    return [
        ("Subject", subject_header(mail.subject)),
        ("Date", format_datetime(mail.date)),
        ("Message-ID", own_id[0]),
        ("MIME-Version", "1.0"),
    ]


def return_path(sender: Address, reference: str = "") -> str:
    """Where bounces go: with the reference in it, a bounce names its mail whatever it drops."""
    if not reference:
        return sender.address
    local, _, domain = sender.address.strip().rpartition("@")
    return f"{local}+{token_header(reference).lower()}@{domain}"


def _reply_to(reply: OutgoingReply) -> str:
    if reply.reply_to_plus and reply.reference:
        base = reply.reply_to or reply.from_
        local, _, domain = base.address.strip().rpartition("@")
        plus = f"{local}+{token_header(reply.reference).lower()}@{domain}"
        return address_header("Reply-To", Address(plus, base.name))
    return address_header("Reply-To", reply.reply_to) if reply.reply_to else ""


def _references(reply: OutgoingReply) -> tuple[str, ...]:
    """The thread so far, the message being answered last, bounded in the middle."""
    parent = message_ids((reply.in_reply_to,))
    earlier = tuple(i for i in message_ids(reply.references) if i not in parent)
    thread = earlier + parent
    if len(thread) <= 2 * _IDS_KEPT_AT_EACH_END:
        return thread
    return thread[:_IDS_KEPT_AT_EACH_END] + thread[-_IDS_KEPT_AT_EACH_END:]


def _alternative(seed: str, *parts: Part) -> Part:
    content = b"".join(part.rendered() for part in parts)
    # Derived from the content, so that the same notice always gives the same bytes. "=_" can
    # stand in neither quoted-printable nor base64 (RFC 2045, 6.7).
    boundary = "=_" + hashlib.sha256(seed.encode("utf-8", "replace") + content).hexdigest()[:32]
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + part.rendered() for part in parts) + line + b"--\r\n"
    return Part((("Content-Type", f'multipart/alternative; boundary="{boundary}"'),), body)


def _assembled(headers: list[tuple[str, str]], part: Part) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers if value or name == "Subject")
    return lines.encode("ascii") + part.rendered()
