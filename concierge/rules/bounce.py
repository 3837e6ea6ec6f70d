"""What a bounce tells: whether our mail is lost, why in plain words, to whom, and which mail.

Evidence that the writer is a server, and so would answer an answer of ours with another bounce:
everything this module reads. A bounce, a delay, a complaint are never answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from concierge.domain.findings import Evidence
from concierge.domain.message import ParsedMessage
from concierge.rules.bounce_fields import Fields, has_arrived, recipient_fields, recipient_of
from concierge.rules.bounce_origin import returned_ids, returned_tokens
from concierge.rules.bounce_phrases import REASONS
from concierge.rules.bounce_reading import has_given_up, is_delayed, is_temporary, status_of
from concierge.rules.bounce_signs import is_bounce
from concierge.rules.bounce_words import answer_in, named_addresses, server_words
from concierge.rules.machine_words import phrases_in

_FOUND_CHARACTERS = 200
# A server's own words may stand below those of its administrators, in several languages.
_WORDS_CHARACTERS = 6_000
_COMPLAINT = re.compile(r'\\?"notificationtype\\?"\s*:\s*\\?"complaint', re.IGNORECASE)


class BounceKind(StrEnum):
    """What becomes of the mail that bounced.

    ``permanent`` is lost and would be lost again; ``transient`` is lost or late for a cause that
    may pass; ``delayed`` is still in a server's queue; ``complaint`` arrived and was called spam.
    """

    PERMANENT = "permanent"
    TRANSIENT = "transient"
    DELAYED = "delayed"
    COMPLAINT = "complaint"


class BounceReason(StrEnum):
    """Why, as far as the server says."""

    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED_AS_SPAM = "refused_as_spam"
    TOO_LARGE = "too_large"
    HOST_UNREACHABLE = "host_unreachable"
    RELAY_DENIED = "relay_denied"
    POLICY = "policy"
    EXPIRED = "expired"
    COMPLAINT = "complaint"
    OTHER = "other"


_SENTENCES = {
    BounceReason.NO_SUCH_ADDRESS: "the address does not exist or is no longer in use",
    BounceReason.MAILBOX_FULL: "the mailbox is full",
    BounceReason.REFUSED_AS_SPAM: "the other server took the mail for spam",
    BounceReason.TOO_LARGE: "the mail is larger than the other server takes",
    BounceReason.HOST_UNREACHABLE: "the other mail server could not be found or reached",
    BounceReason.RELAY_DENIED: "the server asked does not take mail for that address",
    BounceReason.POLICY: "the other server's rules do not let the mail in",
    BounceReason.EXPIRED: "the other server did not take the mail for so long that it was given up",
    BounceReason.COMPLAINT: "the reader marked the mail as spam",
    BounceReason.OTHER: "the server gives no reason that is known",
}
_BECOMES = {
    BounceKind.PERMANENT: "it was not delivered",
    BounceKind.TRANSIENT: "it was not delivered, and sending it again later may work",
    BounceKind.DELAYED: "it is late and the server still tries",
    BounceKind.COMPLAINT: "it was delivered",
}
# Subject and detail of an enhanced status (RFC 3463 and the registry of its codes).
_BY_STATUS = {
    "1.0": BounceReason.NO_SUCH_ADDRESS, "1.1": BounceReason.NO_SUCH_ADDRESS,
    "1.2": BounceReason.HOST_UNREACHABLE, "1.3": BounceReason.NO_SUCH_ADDRESS,
    "1.4": BounceReason.NO_SUCH_ADDRESS, "1.6": BounceReason.NO_SUCH_ADDRESS,
    "1.7": BounceReason.POLICY, "1.8": BounceReason.POLICY,
    "1.10": BounceReason.NO_SUCH_ADDRESS,
    "2.1": BounceReason.NO_SUCH_ADDRESS, "2.2": BounceReason.MAILBOX_FULL,
    "2.3": BounceReason.TOO_LARGE, "3.1": BounceReason.MAILBOX_FULL,
    "3.2": BounceReason.HOST_UNREACHABLE,
    "3.4": BounceReason.TOO_LARGE, "4.0": BounceReason.HOST_UNREACHABLE,
    "4.1": BounceReason.HOST_UNREACHABLE, "4.2": BounceReason.HOST_UNREACHABLE,
    "4.3": BounceReason.HOST_UNREACHABLE, "4.4": BounceReason.HOST_UNREACHABLE,
    "4.5": BounceReason.HOST_UNREACHABLE, "4.6": BounceReason.HOST_UNREACHABLE,
    "4.7": BounceReason.EXPIRED, "7.0": BounceReason.POLICY, "7.1": BounceReason.POLICY,
    "7.2": BounceReason.POLICY,
}  # fmt: skip
# These say more than the words beside them, which are often a server's stock sentence.
_EXACT = re.compile(r"[45]\.(1\.[78]|2\.[23]|3\.4|7\.(?:[89]|2\d))$")
# These are used for everything, so that words are more exact.
_VAGUE = frozenset({"1.0", "4.0", "4.1", "7.0", "7.1"})


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says of one mail of ours; of several recipients, the one who failed."""

    kind: BounceKind
    reason: BounceReason
    #: The reason and what it means, in plain words for staff.
    sentence: str
    #: False while the server still tries, when it does not say, and after a complaint.
    given_up: bool
    #: The enhanced status code (RFC 3463) such as ``5.1.1``; "" when the server gave none.
    status: str = ""
    #: Who could not be reached, or who complained; "" when nobody is named.
    recipient: str = ""
    #: Message-IDs of the mail that bounced, likeliest first.
    message_ids: tuple[str, ...] = ()
    #: Reference tokens of ours it carries, unverified.
    tokens: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def bounce_of(message: ParsedMessage) -> Bounce | None:
    """What this bounce tells; None when the mail is no bounce or reports that all went well.

    Whether a mail is a bounce at all is :func:`concierge.rules.kind.kind_of`'s to say; this reads
    one that is. Never raises; the time is linear in bounded slices of the text.
    """
    fields = recipient_fields(message)
    complained = _complaint(message, fields)
    if has_arrived(fields) or not (complained or _tells(message, fields)):
        return None
    status = "" if complained else status_of(message, fields)
    reason, found = _reason(message, fields, status, complained=bool(complained))
    given_up = not complained and has_given_up(message, fields)
    kind = BounceKind.COMPLAINT if complained else _kind(message, fields, reason)
    recipient = _recipient(message, fields)
    return Bounce(
        kind=kind,
        reason=reason,
        sentence=f"{_SENTENCES[reason]}; {_BECOMES[kind]}".capitalize() + ".",
        given_up=given_up,
        status=status,
        recipient=recipient,
        message_ids=returned_ids(message),
        tokens=returned_tokens(message),
        evidence=tuple(_evidence(fields, status, recipient, found)),
    )


def _tells(message: ParsedMessage, fields: Fields) -> bool:
    """Whether anything in it speaks of a delivery that failed or waits."""
    return bool(fields) or is_bounce(message)


def _kind(message: ParsedMessage, fields: Fields, reason: BounceReason) -> BounceKind:
    if is_delayed(message, fields):
        return BounceKind.DELAYED
    # An address that was unknown until the server gave up stays unknown, whatever code it sent.
    known = reason is not BounceReason.NO_SUCH_ADDRESS or not has_given_up(message, fields)
    return BounceKind.TRANSIENT if is_temporary(message, fields) and known else BounceKind.PERMANENT


def _complaint(message: ParsedMessage, fields: Fields) -> str:
    """What says that a reader called the mail spam (RFC 5965 and the forms before it)."""
    if "feedback-type" in fields:
        return fields["feedback-type"] or "feedback"
    if "message/feedback-report" in message.part_types:
        return "feedback"
    if "x-hmxmroriginalrecipient" in fields:
        return "X-HmXmrOriginalRecipient"
    return "complaint" if _COMPLAINT.search(message.body[:_WORDS_CHARACTERS]) else ""


def _reason(
    message: ParsedMessage, fields: Fields, status: str, *, complained: bool
) -> tuple[BounceReason, Evidence]:
    """The reason, from the most exact source that gives one: the answer, the code, the text."""
    if complained:
        return _of_complaint(fields)
    by_status = _BY_STATUS.get(status[2:], BounceReason.POLICY if status[2:4] == "7." else None)
    if by_status is not None and _EXACT.match(status):
        return by_status, _coded(by_status, status)
    answer, said = _by_words(fields.get("diagnostic-code", ""))
    if said:
        return answer, _said(answer, said, "attachment")
    told = server_words(message.body)
    words, said = _by_words(answer_in(told))
    if not said:
        words, said = _by_words(told)
    if said and (by_status is None or status[2:] in _VAGUE):
        return words, _said(words, said, "body")
    if by_status is not None:
        return by_status, _coded(by_status, status)
    note = "no word or code in it names a known reason"
    return BounceReason.OTHER, Evidence("bounce.reason.unknown", status, "body", 0.0, note)


def _coded(reason: BounceReason, status: str) -> Evidence:
    note = f"the code {status} means: {_SENTENCES[reason]}"
    return Evidence("bounce.reason.status", status, "attachment", 2.0, note)


def _of_complaint(fields: Fields) -> tuple[BounceReason, Evidence]:
    said = fields.get("feedback-type", "").lower()[:_FOUND_CHARACTERS]
    if said == "auth-failure":
        note = "a report that the mail failed a check of its sender"
        return BounceReason.POLICY, Evidence("bounce.complaint", said, "attachment", 3.0, note)
    if said == "not-spam":
        note = "the reader says that the mail is no spam"
        return BounceReason.OTHER, Evidence("bounce.complaint", said, "attachment", 3.0, note)
    note = "a provider passes on a reader's complaint"
    return BounceReason.COMPLAINT, Evidence("bounce.complaint", said, "attachment", 3.0, note)


def _by_words(text: str) -> tuple[BounceReason, str]:
    for code, phrases in REASONS:
        if found := phrases_in(text, phrases, _WORDS_CHARACTERS):
            return BounceReason(code), found[0]
    return BounceReason.OTHER, ""


def _said(reason: BounceReason, phrase: str, where: str) -> Evidence:
    note = f"the server's words mean: {_SENTENCES[reason]}"
    return Evidence(f"bounce.reason.{reason.value}", phrase, where, 2.0, note)


def _recipient(message: ParsedMessage, fields: Fields) -> str:
    if named := recipient_of(fields):
        return named
    failed = message.header("X-Failed-Recipients")
    ours = {address.key for address in message.to}
    ours |= {message.sender.key} if message.sender is not None else set()
    named_in = (*named_addresses(failed), *named_addresses(server_words(message.body)))
    return next((one for one in named_in if one.casefold() not in ours), "")


def _evidence(fields: Fields, status: str, recipient: str, found: Evidence) -> Iterator[Evidence]:
    if action := fields.get("action"):
        note = "what the server says it did"
        yield Evidence("bounce.action", action, "attachment", 3.0, note)
    if status:
        where = "attachment" if "status" in fields else "body"
        yield Evidence("bounce.status", status, where, 2.0, "the code the server gave")
    if answer := fields.get("diagnostic-code"):
        note = "the answer of the other server"
        yield Evidence("bounce.answer", answer[:_FOUND_CHARACTERS], "attachment", 1.0, note)
    if recipient:
        note = "who could not be reached, or who complained"
        yield Evidence("bounce.recipient", recipient, "attachment", 1.0, note)
    yield found
