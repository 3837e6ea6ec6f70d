"""The composer turns an approved draft into the exact bytes that will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from concierge.domain.message import Address


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a reply's bytes depend on."""

    to: Address
    subject: str
    text: str
    #: Our own, with angle brackets.
    message_id: str
    #: The signed token of case and draft, for X-Concierge-Ref.
    reference: str
    in_reply_to: str
    references: tuple[str, ...]
    date: datetime


@dataclass(frozen=True, slots=True)
class Composed:
    """The frozen bytes and the envelope sender they go out under."""

    mail: bytes
    sender: str


class Composer(Protocol):
    """Builds a whole mail once, at approval, so that nothing can blow up when it is sent."""

    def compose(self, letter: Letter) -> Composed:
        """The same letter always gives the same bytes.

        Raises:
            Refused: the address or a header cannot be sent; the sentence says which and why.
        """
