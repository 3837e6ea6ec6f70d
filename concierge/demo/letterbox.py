"""The sample letters that ship with the program, as raw mails.

Every person, band and address in them is invented; all domains are reserved ones (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: Whom the sample letters are addressed to; the playground reads the mail of this address.
DESK_ADDRESS = "help@harbour-notes.example.org"

_FOLDER = Path(__file__).parent / "letters"


@dataclass(frozen=True, slots=True)
class Letter:
    """One sample mail: its file name without ending, and its bytes as a server would hold them."""

    name: str
    raw: bytes


def letters() -> tuple[Letter, ...]:
    """All sample letters in the order they are delivered: a first mail before its follow-up."""
    return tuple(Letter(path.stem, path.read_bytes()) for path in sorted(_FOLDER.glob("*.eml")))
