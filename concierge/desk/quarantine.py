"""Quarantine: what is still known of a mail on which reading or a rule fails again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from concierge.domain.ledger import LedgerEntry
from concierge.domain.message import Defect, ParsedMessage

#: Reads raw bytes into a message; total. Arguments: raw, complete, size in bytes.
Reader = Callable[[bytes, bool, int], ParsedMessage]

#: Raw text kept of a message that could not be read, in bytes. Enough for any letter; a ten
#: megabyte attachment would only slow the screen down.
RAW_TEXT_LIMIT = 200_000
_DEFECT = Defect("quarantined", "Reading this message failed; this is its raw text.")


def last_reading(reader: Reader, entry: LedgerEntry, raw: bytes) -> ParsedMessage:
    """The message as far as it can be read, marked unreadable, with its text to be scanned.

    Where a rule failed and not the reader, the writer is known, so staff can answer, and the
    decoded body is there: the raw text of a base64 mail holds no word anybody could find.
    """
    try:
        message = reader(raw, entry.complete, entry.size)
    except Exception as error:  # noqa: BLE001 - the last resort must not fail on the same fault
        failed = Defect("reader_failed", f"The reader failed ({type(error).__name__}).")
        message = ParsedMessage(message_id=entry.message_id, defects=(failed,))
    raw_text = raw[:RAW_TEXT_LIMIT].decode("utf-8", "replace")
    texts = (message.subject, message.body[:RAW_TEXT_LIMIT], raw_text)
    return replace(
        message,
        raw_text="\n\n".join(text for text in texts if text),
        unreadable=True,
        defects=(_DEFECT, *message.defects),
    )


def cause_of(error: Exception) -> str:
    """Type and innermost place of an exception, as one word fit for a log.

    Its message stays out: it may quote a person's words.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "unknown"
    return f"{type(error).__name__}:{place}"
