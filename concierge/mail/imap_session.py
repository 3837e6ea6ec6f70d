"""Connecting and logging in to an IMAP server, and what its refusals mean."""

from __future__ import annotations

import imaplib
import ipaddress
import logging
import re
import socket
import ssl
from dataclasses import dataclass, field
from typing import Final, Literal

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]

from concierge.errors import LoginRefused, MailboxUnavailable

TlsMode = Literal["implicit", "starttls", "plaintext"]

#: Everything a lost connection or a server's nonsense surfaces as. The last line is what
#: imaplib's and imapclient's parsers raise on answers they did not expect (huge literal counts,
#: deep nesting and missing fields included), measured with broken servers.
FAILURES: Final = (
    *(OSError, imaplib.IMAP4.error, EOFError),
    *(ValueError, TypeError, AttributeError, LookupError, AssertionError),
    *(RecursionError, MemoryError, OverflowError),
)

#: RFC 5530 codes (and RFC 9051's LIMIT) that say "not now" rather than "not you".
_TEMPORARY_CODES: Final = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
#: What servers without RFC 5530 codes say when it is not the password's fault.
_TEMPORARY_WORDS: Final = re.compile(
    r"tempor|try again|too many|not available|unavailable|timed? ?out|internal error|overload",
    re.IGNORECASE,
)
#: How imapclient and imaplib word a tagged NO or BAD; only then is the rest the server's words.
_REFUSAL: Final = re.compile(r"^\w+ (?:failed|command error)\b", re.IGNORECASE)
#: A server's sentence is worth a line in a log, not a page.
_WORDS_SHOWN = 200
#: These log whole mails at DEBUG.
_TALKATIVE_LOGGERS: Final = ("imaplib", "imapclient", "imapclient.imapclient", "imapclient.imaplib")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """Where the mailbox is, how to get in, and how much to take at once."""

    host: str
    port: int
    #: ``plaintext`` works to loopback only.
    tls: TlsMode
    username: str
    password: str = field(repr=False)
    #: A mail larger than this (bytes) comes as headers and text part only.
    size_limit: int
    #: A PEM file of authorities to trust instead of the system's; "" for the system's.
    ca_file: str = ""
    #: Seconds for the TCP connection and the greeting.
    connect_timeout: float = 10.0
    #: Seconds for each read and write; a stalled server is given up after this.
    read_timeout: float = 30.0
    #: Bytes of text taken from a mail over the limit: more than anybody types, little to hold.
    excerpt_bytes: int = 262_144
    #: Bytes of mail held at once while fetching.
    batch_bytes: int = 8_000_000


def connect(settings: ImapSettings) -> IMAPClient:
    """Connect, verify the certificate, and log in.

    Raises:
        LoginRefused: the server refused the credentials, or plaintext would leave this machine.
        MailboxUnavailable: it says it cannot take a login now.
        Exception: one of :data:`FAILURES` for everything else; nothing stays open.
    """
    quieten_loggers()
    if settings.tls == "plaintext":
        _require_loopback(settings)
    client = _dial(settings)
    try:
        if settings.tls == "starttls":
            client.starttls(_tls_context(settings))
        _log_in(client, settings)
    except BaseException:
        hang_up(client)
        raise
    return client


def hang_up(client: IMAPClient) -> None:
    """Close the socket without a word to the server; never raises."""
    try:
        client.shutdown()
    except FAILURES as error:
        # It was broken already, which is why we hang up; the class is enough to know.
        logging.getLogger(__name__).debug("closing a broken connection: %s", type(error).__name__)


def quieten_loggers() -> None:
    """Keep imapclient from logging mails: it writes every line it reads at DEBUG."""
    for name in _TALKATIVE_LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def is_refusal(error: BaseException) -> bool:
    """Whether the server answered NO or BAD to one command and the connection goes on."""
    return isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort)


def is_temporary(words: str) -> bool:
    """Whether a server's refusal says "not now" (RFC 5530 codes first, then the wording)."""
    upper = words.upper()
    return any(code in upper for code in _TEMPORARY_CODES) or bool(_TEMPORARY_WORDS.search(words))


def explain(error: BaseException) -> str:
    """What happened, in words that cannot hold a mail's content.

    imaplib quotes the line it stumbled over, and that line may be somebody's mail, so the text
    of an error is shown only where it is the system's or a tagged refusal's.
    """
    words = _printable(str(error))
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, OSError):
        return words or type(error).__name__
    if isinstance(error, imaplib.IMAP4.abort):
        return "it closed the connection or lost its place"
    if is_refusal(error) and _REFUSAL.match(words):
        return words
    return f"it answered what could not be understood ({type(error).__name__})"


def _dial(settings: ImapSettings) -> IMAPClient:
    """Open the connection; the certificate is checked here for implicit TLS."""
    implicit = settings.tls == "implicit"
    client = IMAPClient(
        settings.host,
        port=settings.port,
        ssl=implicit,
        ssl_context=_tls_context(settings) if implicit else None,
        timeout=SocketTimeout(settings.connect_timeout, settings.read_timeout),
    )
    # The default gives naive local times, which mean another instant on the next machine.
    client.normalise_times = False
    # imapclient has imaplib write every line it reads, mails and all, to a logger: two thirds of
    # the time a fetch takes, and nothing a log may hold.
    client._imap.debug = 0
    return client


def _tls_context(settings: ImapSettings) -> ssl.SSLContext:
    """Certificate and host name are always checked; there is no switch to turn it off."""
    return ssl.create_default_context(cafile=settings.ca_file or None)


def _require_loopback(settings: ImapSettings) -> None:
    """Refuse before connecting when a password would cross a network in the clear."""
    found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    addresses = {str(entry[4][0]).partition("%")[0] for entry in found}
    if not all(ipaddress.ip_address(address).is_loopback for address in addresses):
        raise LoginRefused(
            f"plaintext IMAP to {settings.host} would send the password in the clear; "
            "use tls = implicit or starttls (plaintext is for loopback only)"
        )


def _log_in(client: IMAPClient, settings: ImapSettings) -> None:
    """Authenticate; PLAIN where offered, since LOGIN cannot carry non-ASCII passwords."""
    try:
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(settings.username, settings.password)
        else:
            client.login(settings.username, settings.password)
    except imaplib.IMAP4.error as error:
        # imapclient makes a LoginError of everything, a lost connection included.
        if isinstance(error.__context__ or error, imaplib.IMAP4.abort):
            raise imaplib.IMAP4.abort("connection lost while logging in") from None
        words = _printable(str(error)).replace(settings.password or "\0", "***")
        raise _login_failure(settings, words) from None
    except UnicodeEncodeError:
        raise LoginRefused(
            f"{settings.host} offers LOGIN only, which cannot carry this user name or password: "
            "it has characters outside ASCII"
        ) from None


def _login_failure(settings: ImapSettings, words: str) -> LoginRefused | MailboxUnavailable:
    """The error for a refused login: only a plain "not you" stops the retries."""
    if is_temporary(words):
        return MailboxUnavailable(f"{settings.host} takes no logins now; it said: {words}")
    return LoginRefused(
        f"{settings.host} refused the login of {settings.username}; it said: {words}; "
        "correct the user name or password"
    )


def _printable(words: str) -> str:
    """One line, without control characters, cut to a sensible length."""
    line = "".join(char if char.isprintable() else " " for char in words)
    return " ".join(line.split())[:_WORDS_SHOWN]
