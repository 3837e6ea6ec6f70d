"""What holds for every message ever read, whatever its bytes were."""

from __future__ import annotations

from concierge.domain.message import ParsedMessage
from concierge.mail import addresses, fields, mime, parts, texts


def assert_in_bounds(message: ParsedMessage) -> None:
    """Sizes within their limits, one line where one line is promised, and letters that can be
    stored; and it was our reader that made it, not the net below it."""
    codes = [defect.code for defect in message.defects]
    assert "reader_failed" not in codes
    assert len(codes) == len(set(codes))
    assert len(message.body) <= texts.BODY_CHARACTERS
    assert len(message.raw_text) <= mime.RAW_TEXT_BYTES
    assert len(message.subject) <= mime.SUBJECT_CHARACTERS
    assert len(message.headers) <= fields.HEADER_COUNT
    assert len(message.part_types) <= 2 * parts.PARTS + 2
    assert len(message.attachments) <= 2 * parts.PARTS + 2
    assert len(message.references) <= addresses.REFERENCES
    for people in (message.to, message.cc, message.reply_to):
        assert len(people) <= addresses.ADDRESSES
    _assert_lines(message)
    _assert_storable(message)


def _assert_lines(message: ParsedMessage) -> None:
    people = (*message.to, *message.cc, *message.reply_to, message.sender)
    lines = [message.subject, message.message_id, *message.in_reply_to, *message.references]
    lines += [value for _, value in message.headers]
    lines += [str(one) for one in people if one is not None]
    lines += [attachment.name for attachment in message.attachments]
    assert max(map(len, lines), default=0) <= fields.VALUE_BYTES
    assert not any("\n" in line or "\r" in line or "\0" in line for line in lines)


def _assert_storable(message: ParsedMessage) -> None:
    everything = (
        message.subject, message.body, message.report_text, message.raw_text,
        *(str(one) for one in message.attachments), *(value for _, value in message.headers),
        str(message.sender), *map(str, message.to), *map(str, message.defects),
    )  # fmt: skip
    for text in everything:
        text.encode("utf-8")  # a lone surrogate would raise here, and later in the store
    assert "\r" not in message.body
    assert "\0" not in message.body
