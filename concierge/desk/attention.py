"""Attention: what staff should know of a new case before they trust its draft."""

from __future__ import annotations

from concierge.desk import threading
from concierge.domain.findings import Kind
from concierge.domain.ledger import LedgerEntry
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage


def attention_for(
    entry: LedgerEntry, message: ParsedMessage, found: Triage, where: threading.Placement
) -> str:
    """What staff should know before they trust the draft, in plain sentences."""
    notes = []
    if found.kind.value not in {Kind.HUMAN, Kind.UNREADABLE}:
        notes.append(f"Looks like {found.kind.value} mail; no draft was written.")
    if where.possible:
        numbers = ", ".join(str(case_id) for case_id in where.possible)
        notes.append(f"Possible follow-up of case {numbers}: {where.because}.")
    if where.linked:
        numbers = ", ".join(str(case_id) for case_id in where.linked)
        notes.append(f"Goes on from case {numbers}: {where.because}.")
    if entry.same_id_as:
        notes.append("Another message came with the same Message-ID and other content.")
    notes.extend(defect.detail for defect in message.defects[:3])
    return " ".join(notes)
