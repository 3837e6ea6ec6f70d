"""What is kept of a message that was read: labels to count by, and the reading staff see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from concierge.desk.origin import Origin
from concierge.desk.origin import as_dict as origin_as_dict
from concierge.desk.triage import Rulebook
from concierge.desk.triage_view import as_dict
from concierge.domain.ledger import Labels, LedgerEntry, Reading
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage


def not_to_us(message: ParsedMessage, book: Rulebook) -> ParsedMessage:
    """The message without our own addresses in Reply-To, as forms and relays put them there."""
    others = tuple(a for a in message.reply_to if not a.is_one_of(book.own_addresses))
    return replace(message, reply_to=others)


def labels_of(found: Triage) -> Labels:
    """The conclusions of a triage as the ledger counts them."""
    return Labels(
        kind=found.kind.value.value,
        language=found.language.value,
        country=found.country.value,
        urgency=found.urgency.value.value,
        route=found.route.value.value,
        home=found.home.value,
    )


def reading_of(
    entry: LedgerEntry, message: ParsedMessage, found: Triage, origin: Origin | None = None
) -> Reading:
    """What staff see of a message: its words, and every conclusion with its evidence."""
    shown = as_dict(found) | (origin_as_dict(origin) if origin else {})
    shown["attachments"] = attachments_as_dicts(message)
    shown["defects"] = defects_as_dicts(message, found)
    return Reading(
        entry_id=entry.id,
        sender=message.sender,
        subject=message.subject,
        text=found.text or message.raw_text,
        quoted_text=found.quoted_text,
        message_id=message.message_id,
        references=message.references,
        triage=shown,
        received_at=entry.received_at,
    )


def defects_as_dicts(message: ParsedMessage, found: Triage) -> list[dict[str, str]]:
    """What was wrong with a message, and why its words are shown uncut, as plain data."""
    defects = [{"code": d.code, "detail": d.detail} for d in message.defects]
    if found.text_note:
        detail = f"What may be a quotation is shown as the sender's words: {found.text_note}."
        defects.append({"code": "full_text", "detail": detail})
    return defects


def attachments_as_dicts(message: ParsedMessage) -> list[dict[str, Any]]:
    """Attachments as plain data for screens and `--json`."""
    return [
        {
            "name": a.name,
            "content_type": a.content_type,
            "size": a.size,
            "note": a.note,
            "detected_type": a.detected_type,
            "text": a.text,
        }
        for a in message.attachments
    ]
