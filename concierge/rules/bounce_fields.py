"""The fields of a delivery report (RFC 3464) or a complaint (RFC 5965), wherever they stand."""

from __future__ import annotations

import re

from concierge.domain.message import ParsedMessage
from concierge.rules.bounce_words import server_words

# A status part of a reply to one person has ten lines; what is longer repeats itself.
_CHARACTERS = 40_000
_LINES = 1_000
_VALUE_CHARACTERS = 2_000

_FIELD = re.compile(r"[ \t>]{0,8}([A-Za-z][A-Za-z-]{2,40})[ \t]{0,2}:[ \t]*(.*)")
_WANTED = frozenset({
    "final-recipient", "original-recipient", "x-actual-recipient", "action", "status",
    "diagnostic-code", "will-retry-until", "feedback-type", "original-rcpt-to",
    "removal-recipient", "x-hmxmroriginalrecipient",
})  # fmt: skip
# A complaint in the form Hotmail used before RFC 5965 has nothing but this header.
_COMPLAINING = ("feedback-type", "x-hmxmroriginalrecipient")
_TELLING = ("action", "status", "diagnostic-code", "final-recipient", *_COMPLAINING)
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?!\d)")
# RFC 3464, 2.3.3; "error" is what OpenSMTPD has said.
_FAILED = frozenset({"failed", "failure", "fail", "error", "expired"})
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})

Fields = dict[str, str]


def recipient_fields(message: ParsedMessage) -> Fields:
    """The fields of the recipient that matters: failed before delayed before anything else.

    Names are in lower case. Empty when the mail holds no such fields, in a report part or, from
    programs that write them out, in its text.
    """
    found = groups(message.report_text) or groups(server_words(message.body))
    # A report that a relay returned as text inside its own has both, whatever stands around it.
    found = found or [f for f in groups(message.body) if "action" in f and recipient_of(f)]
    return min(found, key=_rank, default={})


def groups(text: str) -> list[Fields]:
    """The groups of fields that tell what became of a recipient, in order."""
    found: list[Fields] = [{}]
    last = ""
    for line in text[:_CHARACTERS].splitlines()[:_LINES]:
        match = _FIELD.fullmatch(line)
        name = match[1].lower() if match is not None else ""
        if match is not None and name in _WANTED:
            if name in found[-1]:
                found.append({})
            found[-1][name] = match[2].strip()[:_VALUE_CHARACTERS]
            last = name
        elif last and line[:1] in {" ", "\t"} and line.strip():
            found[-1][last] = f"{found[-1][last]} {line.strip()}"[:_VALUE_CHARACTERS]
        else:
            last = ""
            if not line.strip() and found[-1]:
                found.append({})
    return [_checked(fields) for fields in found if any(name in fields for name in _TELLING)]


def _checked(fields: Fields) -> Fields:
    """Without a ``Status: RO`` that an archive wrote, and with an action that is one word."""
    status = _STATUS.match(fields.get("status", "").strip("\"' "))
    kept = {name: value for name, value in fields.items() if name != "status"}
    if status is not None:
        kept["status"] = status[1]
    if "action" in fields:
        kept["action"] = re.split(r"[^a-z]", fields["action"].lower().lstrip("\"' "), maxsplit=1)[0]
    return kept


def _rank(fields: Fields) -> int:
    action = fields.get("action", "")
    if action in _FAILED or any(name in fields for name in _COMPLAINING):
        return 0
    if action == "delayed":
        return 1
    return 4 if action in _ARRIVED else 2 if "status" in fields else 3


def has_failed(fields: Fields) -> bool:
    """Whether the server says that it has given up on this recipient."""
    return fields.get("action", "") in _FAILED


def has_arrived(fields: Fields) -> bool:
    """Whether the report says that the mail was delivered or passed on."""
    return fields.get("action", "") in _ARRIVED


def recipient_of(fields: Fields) -> str:
    """The address a group of fields is about, without its ``rfc822;``; "" when none."""
    for name in (
        "final-recipient", "original-recipient", "original-rcpt-to", "removal-recipient",
        "x-hmxmroriginalrecipient",
    ):  # fmt: skip
        address = fields.get(name, "").rpartition(";")[2].strip(" <>\"'\t")
        if "@" in address and " " not in address:
            return address[:320]
    return ""
