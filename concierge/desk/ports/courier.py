"""The courier hands one mail to the submission server, and knows what it does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class SendResult(StrEnum):
    """How one attempt ended."""

    #: The server accepted responsibility after the final dot.
    ACCEPTED = "accepted"
    #: Certainly not accepted, and another attempt may succeed (4xx, or gone before DATA).
    DEFERRED = "deferred"
    #: Certainly not accepted, and another attempt would be refused alike (5xx).
    REFUSED = "refused"
    #: Nobody can know: the connection ended while the server held the whole mail.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """The result of one attempt and the server's words about it.

    ``reply`` may quote an address, so it is private: stored through the private column type and
    shown to staff, never logged. ``code`` is the SMTP status, 0 when there was none.
    """

    result: SendResult
    code: int = 0
    reply: str = ""
    #: Where it ended: connect, login, mail, rcpt, data.
    phase: str = ""
    #: True when the server refused the login: pause the whole outbox and tell the operator.
    login_refused: bool = False


class Courier(Protocol):
    """Hands over frozen bytes. Never raises: every failure is an outcome."""

    def send(
        self, *, sender: str, recipient: str, mail: bytes, before_data: Callable[[], None]
    ) -> SendOutcome:
        """Send one mail to one recipient.

        1. Connect (or reuse the open connection), MAIL FROM, RCPT TO.
        2. Call ``before_data``; it commits "from here on nobody can know" to the store. When it
           raises, reset the transaction, send nothing, and let the exception through.
        3. DATA; a definite answer gives ACCEPTED, DEFERRED or REFUSED, anything else UNKNOWN.
        """

    def close(self) -> None:
        """End the session; never raises."""
