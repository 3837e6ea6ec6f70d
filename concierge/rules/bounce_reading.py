"""What a bounce says became of our mail: still under way, given up, or complained about."""

from __future__ import annotations

from collections.abc import Iterator

from concierge.domain.message import ParsedMessage
from concierge.rules.bounce_fields import Fields, has_arrived, has_failed
from concierge.rules.bounce_phrases import DELAYED, GIVEN_UP
from concierge.rules.bounce_subjects import BOUNCE_SUBJECTS, DELAYED_SUBJECTS
from concierge.rules.bounce_words import first_code, first_digit, server_words
from concierge.rules.machine_words import (
    SUBJECT_CHARACTERS,
    every,
    folded,
    phrases_in,
    start_of,
)

_SUBJECTS = every(BOUNCE_SUBJECTS)
# A server's warning stands above its transcript.
_WARNING_CHARACTERS = 2_000


def status_of(message: ParsedMessage, fields: Fields) -> str:
    """The enhanced status code (RFC 3463), such as ``5.1.1``; "" when none.

    The recipient's Status, unless it is the empty ``5.0.0`` and the server's answer says more;
    else the first code of that answer, of the text, of the rest of the report.
    """
    status, answer = fields.get("status", ""), fields.get("diagnostic-code", "")
    if not status:
        return first_code(answer, server_words(message.body), message.report_text)
    told = first_code(answer, server_words(message.body))
    says_more = status.endswith(".0.0") and told[:1] == status[:1]
    return told if says_more else status


def is_temporary(message: ParsedMessage, fields: Fields) -> bool:
    """Whether the code that counts begins with 4: it may pass, even after the server gave up.

    Without any code, whether the server calls it temporary.
    """
    words = server_words(message.body)
    digit = first_digit(fields.get("status", ""), fields.get("diagnostic-code", ""), words)
    if digit:
        return digit == "4"
    said = folded(words[:_WARNING_CHARACTERS])
    return "temporar" in said and "permanent" not in said


def is_delayed(message: ParsedMessage, fields: Fields) -> bool:
    """Whether the server still tries: it says so, and does not say that it has given up."""
    if action := fields.get("action"):
        return action == "delayed"
    words = server_words(message.body)
    if phrases_in(words, GIVEN_UP, _WARNING_CHARACTERS):
        return False
    if phrases_in(_own_subject(message.subject), DELAYED_SUBJECTS):
        return True
    return bool(phrases_in(words, DELAYED, _WARNING_CHARACTERS))


def _own_subject(subject: str) -> str:
    """A bounce's subject without the one it repeats, which may speak of a delayed train."""
    said = folded(subject[:SUBJECT_CHARACTERS])
    start = start_of(subject, _SUBJECTS)
    if not start:
        return said
    rest = said.partition(folded(start))[2]
    return start if rest.lstrip().startswith((":", "-")) else said


def has_given_up(message: ParsedMessage, fields: Fields) -> bool:
    """Whether the mail server no longer tries, so that the mail has not arrived and will not.

    What it says it did decides (RFC 3464, Action): a mail that waited in a queue for days and
    then came back says ``failed`` with the temporary status of its last try, such as 4.4.1.
    """
    if has_failed(fields):
        return True
    if has_arrived(fields) or is_delayed(message, fields):
        return False
    if message.header("X-Failed-Recipients") or not is_temporary(message, fields):
        return True
    return any(_given_up_words(message))


def _given_up_words(message: ParsedMessage) -> Iterator[str]:
    yield from phrases_in(server_words(message.body), GIVEN_UP, _WARNING_CHARACTERS)
    subject = _own_subject(message.subject)
    yield from (word for word in ("return", "undeliver", "failure", "failed") if word in subject)
