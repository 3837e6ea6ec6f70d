"""Read any bytes as a mail: total, bounded, and honest about what was wrong with it."""

from __future__ import annotations

from concierge.domain.message import Address, Defect, ParsedMessage
from concierge.mail import addresses, charset, damage, fields, parts, texts

# The start of the raw mail kept for the urgency scan when reading went badly.
RAW_TEXT_BYTES = 200_000
# A subject longer than this helps nobody; the longest honest one seen had 400 characters.
SUBJECT_CHARACTERS = 1_000

_SENTENCES = {
    "headers_cut": "The headers are larger than any honest mail's and were cut.",
    "no_blank_line": "No blank line ends the headers; the text starts at the first odd line.",
    "junk_header_line": "Lines among the headers are no headers and were left out.",
    "missing_boundary": "The parts are not separated as the mail says; some may be missing.",
    "too_deep": f"Parts nested deeper than {parts.DEPTH} levels were not opened.",
    "too_many_parts": f"Parts beyond the first {parts.PARTS} were not read.",
    "body_cut": f"The text was cut after {texts.BODY_CHARACTERS} characters.",
    "signed_opaque": "The text is wrapped in an S/MIME signature and cannot be read here.",
    "encrypted": "The mail is encrypted and cannot be read here.",
    "no_text": "The mail holds no text.",
    "no_sender": "The mail names no sender.",
    "sender_guessed": "The mail has no usable From; the sender is taken from another header.",
    "several_senders": "The mail names several senders; the first is taken.",
    "reader_failed": "Reading the mail failed; only its raw text is kept.",
}
# After these the body may lack words that the raw mail still holds.
_LOSSY = frozenset({"headers_cut", "too_deep", "too_many_parts", "body_cut", "missing_boundary"})
# What a fault in our own reading could raise. The reader is total for the desk, and a fault must
# become a visible defect with the raw text kept, not a mail that blocks the queue.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError)


def read(raw: bytes, *, complete: bool = True, size: int | None = None) -> ParsedMessage:
    """Read one mail; never raises, for any bytes.

    ``complete`` is False when only headers and text were fetched; ``size`` is then the whole
    mail's size in bytes as the server states it. Depth, parts, headers and text are bounded, each
    cut leaves a defect, and ``raw_text`` is filled whenever words may have been lost.
    """
    try:
        return _read(raw, complete=complete, size=size)
    except (*_FAULTS, MemoryError):
        defects = (_defect("reader_failed"), *_left(complete=complete, size=size))
        # Nothing of ours is trusted here: whatever failed might fail again.
        rough = raw[:RAW_TEXT_BYTES].decode("utf-8", "replace")
        return ParsedMessage(defects=defects, unreadable=True, raw_text=rough)


def _read(raw: bytes, *, complete: bool, size: int | None) -> ParsedMessage:
    budget = parts.Budget()
    root = parts.tree(raw, budget)
    reading = texts.gather(root)
    block, declared = root.block, damage.declared_charset(root)
    eight_bit = fields.eight_bit_codec(block, declared)
    hint = eight_bit.codec if eight_bit is not None else declared
    sender, sender_fault = _sender(block, hint)
    faults = budget.faults | reading.faults | sender_fault
    empty = not reading.body.strip()
    unreadable = _is_unreadable(raw, root, reading) if empty else False
    if empty:
        faults.add("no_text")
    if reading.encrypted:
        faults.add("encrypted")
    date, offset = addresses.sent_at(block.first("date"))
    ids = addresses.message_ids(block.first("message-id"))
    return ParsedMessage(
        message_id=ids[0] if ids else "",
        in_reply_to=addresses.message_ids(block.first("in-reply-to")),
        references=addresses.message_ids(block.first("references")),
        sender=sender,
        reply_to=addresses.addresses(block.first("reply-to"), hint),
        to=addresses.addresses(block.first("to"), hint),
        cc=addresses.addresses(block.first("cc"), hint),
        subject=fields.decode(block.first("subject"), hint)[:SUBJECT_CHARACTERS],
        date=date,
        utc_offset_minutes=offset,
        headers=tuple((name, fields.decode(value, hint)) for name, value in block.fields),
        body=_storable(reading.body),
        attachments=tuple(reading.attachments),
        defects=(
            *map(_defect, sorted(faults)),
            *reading.notes,
            *damage.defects(root, eight_bit, reading.damaged),
            *_left(complete=complete, size=size),
        ),
        part_types=tuple(reading.types),
        report_text="\n\n".join(reading.report),
        encrypted=reading.encrypted,
        unreadable=unreadable,
        # Words hidden from a reader are none of the body, but they are scanned like the rest.
        raw_text=_raw_text(raw) if unreadable or faults & _LOSSY else reading.hidden,
    )


def _storable(body: str) -> str:
    """The last gate: whatever part or page the words came from, no NUL and no bare return."""
    return body.replace("\0", "").replace("\r", "\n") if "\0" in body or "\r" in body else body


def _is_unreadable(raw: bytes, root: parts.Part, reading: texts.Reading) -> bool:
    """Whether there was something to read and none of it could be.

    A mail of attachments under a good header is readable and empty; encrypted mail is not.
    """
    if reading.encrypted or "signed_opaque" in reading.faults:
        return True
    if not root.block.fields:
        return bool(raw.strip())
    return _has_content(root) and not reading.attachments and not reading.report


def _has_content(part: parts.Part) -> bool:
    """Whether any part holds bytes besides blanks; the lines between parts are no content."""
    if part.children:
        return any(map(_has_content, part.children))
    return bool(part.payload.strip())


def _sender(block: fields.Block, hint: str) -> tuple[Address | None, set[str]]:
    named = addresses.addresses(block.first("from"), hint)
    if named:
        return named[0], {"several_senders"} if len(named) > 1 else set()
    for other in ("sender", "return-path"):
        if found := addresses.addresses(block.first(other), hint):
            return found[0], {"sender_guessed"}
    return None, {"no_sender"}


def _defect(code: str) -> Defect:
    return Defect(code, _SENTENCES[code])


def _left(*, complete: bool, size: int | None) -> tuple[Defect, ...]:
    if complete:
        return ()
    whole = "" if size is None else f" of {size} bytes"
    detail = f"The mail{whole} is over the limit; its attachments were left on the server."
    return (Defect("left_on_server", detail),)


def _raw_text(raw: bytes) -> str:
    head = raw[:RAW_TEXT_BYTES]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return charset.decode(head).text
