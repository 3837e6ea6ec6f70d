"""What a server's answers mean for the mail, and how a mail is written on the wire."""

from __future__ import annotations

import re

import aiosmtplib

from concierge.desk.ports.courier import SendOutcome, SendResult
from concierge.errors import Refused
from concierge.mail.headers import ascii_address

#: Everything the library, the resolver and the TLS layer are known to raise.
TROUBLE = (aiosmtplib.SMTPException, OSError, EOFError, ValueError, RuntimeError)
#: The server wants a login (RFC 4954). It says nothing about this mail, so the mail waits.
_LOGIN_WANTED = frozenset({530, 535, 538})
#: 421 closes the session (RFC 5321, 3.8); 452 is how OpenSMTPD ends it after 100 mails, and a new
#: session is welcome.
_SESSION_OVER = frozenset({421, 452})
#: Characters of the server's words that are kept for staff.
_LONGEST_REPLY = 500

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Ended(Exception):
    """The attempt is over, with this outcome; carries it from a step to the courier's door."""

    def __init__(self, outcome: SendOutcome) -> None:
        super().__init__(outcome.phase)
        self.outcome = outcome


def verdict(
    phase: str, code: int, message: str, *, otherwise: SendResult
) -> tuple[SendOutcome, bool]:
    """What an unwelcome answer means for the mail, and whether the session is over with it.

    ``otherwise`` is the result of an answer that is neither 4xx nor 5xx. It cannot be an answer
    to this step, so the session is over too: what is read from now on could belong to anything.
    """
    reply = clean(message)
    if code in _LOGIN_WANTED:
        return SendOutcome(SendResult.DEFERRED, code, reply, phase, login_refused=True), True
    if 400 <= code < 500:
        return SendOutcome(SendResult.DEFERRED, code, reply, phase), code in _SESSION_OVER
    if 500 <= code < 600:
        return SendOutcome(SendResult.REFUSED, code, reply, phase), False
    return SendOutcome(otherwise, code, reply, phase), True


def envelope_path(phase: str, address: str) -> bytes:
    """The address between brackets as MAIL and RCPT take it, its domain in the IDNA form.

    An empty sender gives the null path of RFC 5321, 4.5.5. Raises :class:`Ended` with a refusal
    when SMTP has no way to write the address.
    """
    try:
        null_path = phase == "mail" and not address
        return b"<>" if null_path else b"<%s>" % ascii_address(address).encode("ascii")
    except Refused as refused:
        raise Ended(SendOutcome(SendResult.REFUSED, 0, str(refused), phase)) from refused


def on_the_wire(mail: bytes) -> bytes:
    """The content with CRLF line ends and doubled leading dots, closed by the final dot.

    A mail composed here has CRLF already; a bare LF let through could end the mail early on a
    server that takes it for a line end (SMTP smuggling).
    """
    lines = _LINE_END.sub(b"\r\n", mail)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines) + b".\r\n"


def code_of(error: BaseException) -> int:
    """The SMTP status an exception carries, 0 when it carries none."""
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
    return code if 200 <= code < 600 else 0


def words_of(error: BaseException) -> str:
    """What an exception says, for staff."""
    if isinstance(error, TimeoutError):
        return "The server did not answer in time."
    return clean(getattr(error, "message", "") or str(error) or type(error).__name__)


def clean(reply: str) -> str:
    """The server's words on one printable line of bounded length."""
    line = " ".join(reply.encode("utf-8", "replace").decode().split())
    return "".join(c if c.isprintable() else "?" for c in line)[:_LONGEST_REPLY]
