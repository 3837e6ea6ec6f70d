"""Whose letter was forwarded to us: the writer of the outermost mail inside, for staff to confirm.

A forward is known by its form, as every mail program writes it: a line that announces it over a
block of the letter's headers, in any language; such a block under a subject that says so; a letter
attached whole, which the reader renders the same way. An answer quotes with the same blocks, so a
block that nothing announces counts only under a subject like "Fwd:", "WG:" or "TR:".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import Address, ParsedMessage
from concierge.rules import cleaning_lines as line_of
from concierge.rules import cleaning_replies as replies
from concierge.rules import cleaning_words as words_of

#: A forwarder's own words above a letter are few; a mail of many megabytes must not cost seconds.
_LINES = 600
_LINE_CHARACTERS = 1_000
#: Letters inside letters; more is a chain nobody can sort out without reading it.
_MOST = 5
_NAME_CHARACTERS = 200
_PREFIX = re.compile(r"\s*(?:\[[^\[\]]{1,40}\]\s*)*([^\W\d_]{1,12})\s?(?:\[\d{1,3}\])?\s?[:：]")
#: What stands before the colon of a forwarded subject, and never of an answered one.
_FORWARDED = frozenset({
    "fwd", "fw", "fwds", "wg", "tr", "rv", "enc", "i", "vb", "doorst", "pd", "vl", "videre",
    "vidarebefordrat", "továbbítás", "továbbítva", "tov", "πρθ", "πρώθ", "inoltra", "ilt", "yml",
    "trs", "fs", "пересл", "пд", "转发", "轉寄", "轉發", "転送", "전달", "전송", "הועבר", "ส่งต่อ",
    "chuyển", "bls", "penerusan",
})  # fmt: skip
_LABEL = re.compile(
    r"[\s*_>|]{0,8}([^\W\d_][^:：\n]{0,24}?)\s?[*_]{0,2}\s?[:：][*_]{0,2}\s{0,9}(.*)"
)
_ADDRESS = re.compile(r"[^\s<>@\"'(\[;,:]{1,64}@[^\s<>@\"')\];,*]{1,255}")
#: What mail programs put around an address: "<a@b>", "[mailto:a@b]", "(a@b)".
_AROUND = re.compile(r"[<(\[]\s?(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,255}[>)\]]?.*|mailto:\S*")
#: Mail servers write as these; a bounce that somebody forwards has no writer to answer.
_SERVER = re.compile(r"(mailer-daemon|mail-daemon|postmaster|bounces?)([+=-].*)?@")


def forwarded_from(
    message: ParsedMessage, own_addresses: frozenset[str] = frozenset()
) -> Finding[Address | None]:
    """Who wrote the letter that this mail forwards; None when it forwards nothing of a person.

    ``own_addresses`` are the desk's, in lower case: our own letters coming back have another
    writer above or below them. The outermost letter's writer is named, since that is whose letter
    the forwarder got; writers further inside are candidates. Nobody may be addressed on the
    strength of this: text can be written by anyone. Never raises; time is linear in the mail.
    """
    if resent := message.header("Resent-From"):
        note = "passed on unchanged by another; the sender is the writer"
        reason = Evidence(
            "forwarded.resent", resent[:_NAME_CHARACTERS], "header:resent-from", 0.0, note
        )
        return Finding(None, (reason,))
    here = {a.key for a in (message.sender, message.answer_to) if a}
    found: list[Evidence] = []
    writers: list[Address] = []
    for writer, line, note in _letters(message):
        if writer.key in here or writer.is_one_of(own_addresses) or _SERVER.match(writer.key):
            continue
        if writer.key not in {known.key for known in writers}:
            writers.append(writer)
            found.append(Evidence("forwarded.block", line, "body", 2.0, note))
        if len(writers) == _MOST:
            break
    if not writers:
        return Finding(None)
    others = tuple(writer.address for writer in writers[1:])
    return Finding(writers[0], tuple(found), undetermined=bool(others), candidates=others)


def _letters(message: ParsedMessage) -> Iterator[tuple[Address, str, str]]:
    """Writer, line and reason of each header block, from the outermost inwards."""
    prefixed = _says_forwarded(message.subject)
    lines = [
        line_of.QUOTE_MARKS.sub("", line[:_LINE_CHARACTERS])
        for line in message.body.split("\n", _LINES)[:_LINES]
    ]
    unmarked = [False] * len(lines)
    inside, at = prefixed, 0
    while at < len(lines):
        opened = replies.opening(lines, unmarked, at)
        if opened is None:
            at += 1
            continue
        announced = opened.label == "forward"
        if opened.block and (announced or inside):
            inside = True
            note = _note(announced=announced, whole=_attached(message))
            for line in lines[opened.first : opened.last + 1]:
                if writer := _writer(line):
                    yield writer, line.strip()[:_NAME_CHARACTERS], note
                    break
        at = max(opened.last, at) + 1


def _note(*, announced: bool, whole: bool) -> str:
    if announced and whole:
        return "a letter is attached whole, and this stands in its From"
    if announced:
        return "a line announces a forwarded letter, and this stands in its From"
    return "the subject says forwarded, and this stands over the letter inside"


def _attached(message: ParsedMessage) -> bool:
    return "message/rfc822" in message.part_types


def _says_forwarded(subject: str) -> bool:
    found = _PREFIX.match(subject)
    return found is not None and found[1].casefold() in _FORWARDED


def _writer(line: str) -> Address | None:
    label = _LABEL.match(line)
    if label is None or label[1].strip(" *_").casefold() not in words_of.FROM_WORDS:
        return None
    value = label[2]
    found = _ADDRESS.search(value.replace("mailto:", ""))
    if found is None:
        return None
    name = " ".join(_AROUND.sub("", value).replace(found[0], "").split()).strip(" \"'<>()[]*_,;")
    return Address(found[0].strip(".*_"), name[:_NAME_CHARACTERS])
