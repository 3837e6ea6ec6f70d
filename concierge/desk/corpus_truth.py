"""What a corpus says of a mail against what was read and concluded of it, counted goal by goal.

The labels are ``human``, ``human_list``, ``auto_reply``, ``bounce`` (of which ``subtype`` may say
``permanent`` or ``transient``), ``bulk`` and ``spam``; any other says only that it is mail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concierge.desk import corpus_scores as scores
from concierge.desk.corpus_tally import Tally
from concierge.domain.findings import Kind
from concierge.domain.message import ParsedMessage
from concierge.rules.bounce import BounceKind, bounce_of

#: Labels of mail a person wrote.
PEOPLE = frozenset({"human", "human_list"})
_MUTED = frozenset({Kind.AUTO_REPLY, Kind.BOUNCE, Kind.BULK, Kind.OWN})
#: Labels that say what a mail is; the others say only that it can be parsed.
_TOLD = PEOPLE | {"bounce", "auto_reply", "bulk", "spam"}
_TRANSIENT = frozenset({BounceKind.TRANSIENT, BounceKind.DELAYED})


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail of a corpus, with what is known of it."""

    name: str
    raw: bytes
    label: str = ""
    subtype: str = ""
    #: By the project it comes from: ``zammad`` and ``stalwart`` say what is to be read.
    expected: Mapping[str, Any] = field(default_factory=dict)
    #: Why the file could not be read; empty when it was.
    trouble: str = ""


def count_kind(tally: Tally, sample: Sample, message: ParsedMessage, kind: Kind) -> None:
    """Count the kind a mail was given against its label.

    Muted is a person's mail taken for an automatic reply, a bounce, bulk or our own. Precision:
    of the labelled mail called a bounce, that labelled so; recall: of that labelled so, the found.
    A delayed bounce counts as transient.
    """
    if not sample.label:
        return
    tally.confusion[sample.label, kind.value] += 1
    name, muted = sample.name, kind in _MUTED
    if sample.label == "human":
        tally.count("people who wrote themselves, muted", name, hit=muted, fault=True)
    elif sample.label == "human_list":
        tally.count("people who wrote through a list, muted", name, hit=muted, fault=True)
    elif sample.label == "auto_reply":
        tally.count("automatic replies found", name, hit=kind is Kind.AUTO_REPLY)
    if sample.label in _TOLD and kind is Kind.BOUNCE:
        tally.count("bounce: precision", name, hit=sample.label == "bounce")
    if sample.label == "bounce":
        tally.count("bounce: recall", name, hit=kind is Kind.BOUNCE)
        _count_bounce(tally, sample, message)


def count_expected(
    tally: Tally, sample: Sample, message: ParsedMessage, page: Callable[[bytes], str]
) -> None:
    """Count subject, sender and text against what Zammad's and Stalwart's own tests expect.

    Subjects are equal without their white space, senders in lower case. ``page`` gives the HTML
    of a mail as text.
    """
    zammad = sample.expected.get("zammad")
    if zammad:
        subject, sender = zammad.get("subject"), zammad.get("from_email")
        if subject is not None:
            hit = "".join(str(subject).split()) == "".join(message.subject.split())
            tally.count("subject as expected (Zammad)", sample.name, hit=hit)
        if sender:
            hit = message.sender is not None and message.sender.key == sender.casefold()
            tally.count("sender as expected (Zammad)", sample.name, hit=hit)
        _count_text(tally, sample, "Zammad", zammad.get("body") or "", message, page)
    stalwart = sample.expected.get("stalwart")
    if stalwart:
        texts = stalwart.get("text") or stalwart.get("html") or []
        _count_text(tally, sample, "Stalwart", "\n".join(texts), message, page)


def _count_bounce(tally: Tally, sample: Sample, message: ParsedMessage) -> None:
    found = bounce_of(message)
    told = found.kind if found else None
    if sample.subtype == "permanent":
        hit = told is BounceKind.PERMANENT
        tally.count("bounce: permanent known as such", sample.name, hit=hit)
    elif sample.subtype == "transient":
        tally.count("bounce: transient known as such", sample.name, hit=told in _TRANSIENT)


def _count_text(
    tally: Tally, sample: Sample, source: str, text: str, message: ParsedMessage,
    page: Callable[[bytes], str],
) -> None:  # fmt: skip
    """Read as expected: 98 % of the expected words, or equal texts but for white space.

    The goal is judged by the text staff are shown. Where a mail says a thing twice and not quite
    alike, they are shown the plain one and the expectation was written from the HTML: a second
    line, without a goal, counts either.
    """
    text = scores.without_marks(text)
    # Zammad writes this where a mail holds no text.
    if not scores.words(text) or text.strip() == "no visible content":
        return
    shown = scores.read_as(text, message.body)
    tally.count(f"text as expected ({source})", sample.name, hit=shown)
    either = shown or scores.read_as(text, page(sample.raw))
    tally.count(f"... or as expected in its HTML ({source})", sample.name, hit=either)
