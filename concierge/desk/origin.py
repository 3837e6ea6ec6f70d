"""Origin: who vouches for a message's sender, and whose letter it is when it was forwarded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from concierge.desk.triage import Rulebook
from concierge.desk.triage_view import evidence_as_dict
from concierge.domain.findings import Finding
from concierge.domain.message import Address, ParsedMessage
from concierge.rules.authentication import Authentication, authentication_of
from concierge.rules.forwarded import forwarded_from

#: Whose case it is when no sender could be read, or none who may be answered.
UNKNOWN_REQUESTER = Address("")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from."""

    authentication: Finding[Authentication]
    #: Who wrote the letter inside; for staff to confirm, never addressed by the desk itself.
    forwarded: Finding[Address | None]

    def joined(self) -> Origin:
        """The same for a message that joins a case: whose case it is is known there."""
        return replace(self, forwarded=Finding(None))


#: Of a message that could not be read.
NOTHING_KNOWN = Origin(Finding(Authentication.NONE, undetermined=True), Finding(None))


def origin_of(message: ParsedMessage, book: Rulebook) -> Origin:
    """Where a message comes from. Pure."""
    return Origin(
        authentication_of(message, book.authserv_ids),
        forwarded_from(message, book.own_addresses | book.staff_addresses),
    )


def requester_of(message: ParsedMessage, origin: Origin, book: Rulebook) -> Address:
    """Whose case a new message opens: its writer's.

    Nobody's when we wrote it ourselves, or when one of the staff forwards somebody's letter: an
    answer would go to a colleague, who is told whom to name instead.
    """
    writer = message.answer_to
    if writer is None or writer.is_one_of(book.own_addresses):
        return UNKNOWN_REQUESTER
    if origin.forwarded.value and writer.is_one_of(book.staff_addresses):
        return UNKNOWN_REQUESTER
    return writer


def forwarded_note(case_id: int, origin: Origin) -> str:
    """What staff read on top of a case that a forwarded letter opened; empty for others."""
    writer = origin.forwarded.value
    if writer is None:
        return ""
    return (
        f"Forwarded: the letter inside is from {writer}; confirm with: concierge case requester "
        f"{case_id} --forwarded"
    )


def as_dict(origin: Origin) -> dict[str, Any]:
    """The origin as it is kept beside a message's triage."""
    told = origin.authentication
    plain: dict[str, Any] = {
        "authentication": {
            "value": told.value.value,
            "evidence": [evidence_as_dict(item) for item in told.evidence],
        }
    }
    writer = origin.forwarded.value
    if writer:
        notes = (item.note for item in origin.forwarded.evidence)
        plain["forwarded"] = {
            "address": writer.address,
            "name": writer.name,
            "because": next(notes, ""),
            "others": list(origin.forwarded.candidates),
        }
    return plain
