"""A message as it was read: addresses, texts, attachments, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address with the display name its owner gave."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """The address as it is compared: folded to lower case, without surrounding space.

        Only a letter that has this one capital is folded: two addresses that differ in "ß" and
        "ss", or in the sign for Kelvin and "k", are two people's.
        """
        address = self.address.strip()
        if address.isascii():
            return address.lower()
        return "".join(c.lower() if c.lower().upper() == c else c for c in address)

    @property
    def domain(self) -> str:
        """What stands behind the last ``@``, in lower case; empty when there is none."""
        return self.key.rpartition("@")[2] if "@" in self.address else ""

    def is_one_of(self, keys: frozenset[str]) -> bool:
        """Whether this is one of these addresses (:attr:`key`), with or without a ``+tag``."""
        local, _, domain = self.key.rpartition("@")
        return self.key in keys or f"{local.partition('+')[0]}@{domain}" in keys

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with the message: named, sized, never opened."""

    name: str
    content_type: str
    size: int
    #: Why it is listed but not stored whole, such as "left on the server"; empty otherwise.
    note: str = ""
    #: What its first bytes say it is, when that is known and is not what it claims to be.
    detected_type: str = ""
    #: The words in it that staff may read without opening it: an event, a contact, a letter.
    text: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with the message that staff should know: a code and a plain sentence."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """One received mail, read as far as it can be read. Making one never fails.

    ``body`` is the whole decoded text; :func:`concierge.rules.cleaning.own_words` tells what of it
    the sender wrote. ``headers`` keeps every header in order with its decoded value. ``raw_text``
    is the raw mail as text, filled only when parsing went badly, for the urgency scan.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    #: The sender's clock offset in minutes, from the Date header; None when it gave none.
    utc_offset_minutes: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[Defect, ...] = ()
    #: Lower-case content types of every part in walking order, for rules about structure.
    part_types: tuple[str, ...] = ()
    #: Text of message/delivery-status and of the embedded original's headers, for bounces.
    report_text: str = ""
    #: True when the content is encrypted (PGP or S/MIME) and so cannot be read here.
    encrypted: bool = False
    #: True when nothing readable could be made of it; the kind becomes ``unreadable``.
    unreadable: bool = False
    raw_text: str = ""

    #: First values by name, filled when first asked for: rules ask a hundred times a message.
    _first: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def header(self, name: str) -> str:
        """The first value of a header, empty when absent. Names compare without case."""
        if not self._first:
            self._first.update((key.casefold(), value) for key, value in reversed(self.headers))
        return self._first.get(name.casefold(), "")

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in order."""
        wanted = name.casefold()
        return tuple(value for key, value in self.headers if key.casefold() == wanted)

    @property
    def answer_to(self) -> Address | None:
        """Whom a reply would go to: Reply-To when it names exactly one address, else From."""
        if len(self.reply_to) == 1:
            return self.reply_to[0]
        return self.sender
