"""Silence is not safety: what was not read or understood is at least a concern."""

from __future__ import annotations

import pytest

from concierge.desk.silence import Heard, not_silent
from concierge.domain.findings import Evidence, Finding, Kind, Urgency
from concierge.domain.message import Attachment, ParsedMessage

ROUTINE: Finding[Urgency] = Finding(Urgency.ROUTINE)
ENGLISH, NOBODY_KNOWS = Finding("en"), Finding("", undetermined=True)
LONG = "a text of more than a dozen letters"


def heard(
    message: ParsedMessage | None = None,
    kind: Kind = Kind.HUMAN,
    text: str = LONG,
    language: Finding[str] = ENGLISH,
) -> Heard:
    return Heard(message or ParsedMessage(), kind, text, language, lambda code: code == "en")


def picture() -> Attachment:
    return Attachment(name="scan.jpg", content_type="image/jpeg", size=9)


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        (heard(ParsedMessage(encrypted=True)), "encrypted"),
        (heard(ParsedMessage(unreadable=True), Kind.UNREADABLE, ""), "unreadable"),
        (heard(ParsedMessage(attachments=(picture(),)), text="see this"), "attached"),
        (heard(language=NOBODY_KNOWS), "language"),
        (heard(language=Finding("cy")), "language"),
        (heard(text="calm words " * 9_000), "long"),
        (heard(kind=Kind.MACHINE_LOOKING, language=NOBODY_KNOWS), "language"),
    ],
)
def test_it_is_concern_when_nothing_was_understood(what: Heard, rule: str) -> None:
    found = not_silent(ROUTINE, what)
    assert found.value is Urgency.CONCERN
    assert found.evidence[0].rule == f"urgency.silence.{rule}"
    assert found.evidence[0].note


@pytest.mark.parametrize(
    "what",
    [
        heard(),
        heard(text="Ok, thanks!", language=NOBODY_KNOWS),
        heard(kind=Kind.BULK, language=NOBODY_KNOWS),
        heard(ParsedMessage(encrypted=True), Kind.AUTO_REPLY),
        heard(ParsedMessage(attachments=(picture(),))),
    ],
)
def test_it_leaves_what_was_understood_and_what_no_person_wrote(what: Heard) -> None:
    assert not_silent(ROUTINE, what) is ROUTINE


def test_it_takes_nothing_from_what_was_found() -> None:
    reason = Evidence("urgency.en.ideation", "words", "subject", 2.0, "thoughts of suicide")
    found = Finding(Urgency.HIGH, (reason,))
    assert not_silent(found, heard(ParsedMessage(encrypted=True))) is found
