"""Waiting for new mail with IDLE (RFC 2177), on a connection that may be dead without saying so."""

from __future__ import annotations

import imaplib
import threading
import time
from collections.abc import Iterable
from typing import Any, Final

from imapclient import IMAPClient  # type: ignore[import-untyped]

#: RFC 2177 allows 29 minutes, imapclient's manual says ten; routers forget sooner than either.
RENEW_AFTER: Final = 9 * 60.0
#: Seconds between looks at the interrupt; it must be noticed within about one.
_LOOK_EVERY: Final = 0.5
#: poll() counts whole milliseconds, so an honest time-out may come this much early.
_EARLY: Final = 0.05
#: Seconds to leave IDLE in when interrupted: whoever interrupts is not to wait for a dead line.
_LEAVE_TIMEOUT: Final = 1.0
_NEWS: Final = (b"EXISTS", b"RECENT")


def wait(client: IMAPClient, deadline: float, interrupted: threading.Event) -> bool:
    """Wait on the selected folder until ``deadline`` (of the monotonic clock).

    True when the server told of new mail; False when time is up or ``interrupted`` was set. A
    dead line is noticed when IDLE ends at the latest. Without IDLE only the time passes.
    """
    if not client.has_capability("IDLE"):
        interrupted.wait(max(deadline - time.monotonic(), 0.0))
        return False
    while not interrupted.is_set() and time.monotonic() < deadline:
        if _one_idle(client, min(deadline, time.monotonic() + RENEW_AFTER), interrupted):
            return True
    return False


def has_newer(client: IMAPClient, highest: int) -> bool:
    """Whether the selected folder holds a UID above ``highest``; ``n:*`` always matches one."""
    client.noop()
    newer = client.search(["UID", f"{highest + 1}:*"] if highest else "ALL")
    return any(uid > highest for uid in newer)


def _one_idle(client: IMAPClient, until: float, interrupted: threading.Event) -> bool:
    """One IDLE command from start to DONE."""
    line = client.socket()
    usual = line.gettimeout()
    client.idle()
    news = False
    while not news and not interrupted.is_set():
        left = until - time.monotonic()
        if left <= 0:
            break
        news = _look(client, min(left, _LOOK_EVERY))
    if interrupted.is_set():
        line.settimeout(_LEAVE_TIMEOUT)
    _, rest = client.idle_done()
    line.settimeout(usual)
    return news or _is_news(rest)


def _look(client: IMAPClient, seconds: float) -> bool:
    """Whether news came within ``seconds``.

    imapclient gives an empty list at once, for ever, when the line is closed: nothing heard
    before the time is up means that nothing will ever be.
    """
    started = time.monotonic()
    responses = client.idle_check(timeout=seconds)
    if not responses and time.monotonic() - started < seconds - _EARLY:
        raise imaplib.IMAP4.abort("the line is closed")
    if any(response and response[0] == b"BYE" for response in responses):
        raise imaplib.IMAP4.abort("the server said goodbye")
    return _is_news(responses)


def _is_news(responses: Iterable[Any]) -> bool:
    return any(len(response) > 1 and response[1] in _NEWS for response in responses)
