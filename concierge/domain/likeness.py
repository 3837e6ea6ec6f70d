"""A likeness is what near-identical messages have in common, so that a flood is seen as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Likeness:
    """What one message that opened a case looks like, without its words."""

    entry_id: int
    case_id: int
    #: The first case of the flood it belongs to; its own case while it is alone.
    head_id: int
    #: The sender's domain, and the subject with everything that varies taken out. The store keeps
    #: both only as keyed hashes, so they come back from it empty.
    domain: str
    shape: str
    #: 64 bits that differ little between texts that differ little, as a signed integer.
    simhash: int
    at: datetime
