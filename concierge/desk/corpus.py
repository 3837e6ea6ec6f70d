"""Trying the desk on a folder of mail: what was read, what it is taken for, what went wrong.

Nothing is stored and no word of a mail is kept: names of files, codes and numbers are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concierge.desk import corpus_scores as scores
from concierge.desk.corpus_scores import GOALS, Goal, Score
from concierge.desk.quarantine import cause_of
from concierge.domain.findings import Kind
from concierge.domain.message import ParsedMessage
from concierge.rules.bounce import BounceKind, bounce_of
from concierge.rules.cleaning import own_words
from concierge.rules.kind import kind_of

#: A mail that takes longer keeps others waiting.
TOO_LONG_SECONDS = 2.0
#: So few words are no text that could be lost by half.
_FEW_WORDS = 5
#: Of the new words so many may be cut without a word.
_NEW_SHARE = 0.8
_PEOPLE = frozenset({"human", "human_list"})
_MUTED = frozenset({Kind.AUTO_REPLY, Kind.BOUNCE, Kind.BULK, Kind.OWN})
#: Labels that say what a mail is; the others say only that it can be parsed.
_TOLD = _PEOPLE | {"bounce", "auto_reply", "bulk", "spam"}
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


@dataclass(frozen=True, slots=True)
class Quoted:
    """A reply with what it quotes, as text, and the words its writer added."""

    name: str
    text: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What the check needs from outside, so that it stays pure."""

    read: Callable[[bytes], ParsedMessage]
    #: All text of a mail as a naive reader collects it; total.
    naive: Callable[[bytes], str]
    #: Seconds on a clock that only goes forward.
    now: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Checked:
    """One mail as it was read."""

    name: str
    size: int
    seconds: float
    kind: str
    defects: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What was counted so far."""

    checked: list[Checked] = field(default_factory=list)
    #: Name of the file, and type and place of what was raised.
    failed: list[tuple[str, str]] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    scores: dict[str, Score] = field(default_factory=dict)
    #: Names of the files that missed a goal.
    missed: dict[str, list[str]] = field(default_factory=dict)
    encrypted: int = 0
    unreadable: int = 0
    empty: int = 0

    def count(self, goal: str, name: str, *, hit: bool, fault: bool = False) -> None:
        """Count one mail towards a goal; ``fault`` where a hit is what must not be."""
        self.scores.setdefault(goal, Score()).count(hit=hit)
        if hit is fault:
            self.missed.setdefault(goal, []).append(name)

    def slow(self) -> list[Checked]:
        """Mails that took too long."""
        return [one for one in self.checked if one.seconds > TOO_LONG_SECONDS]

    def worst(self, count: int) -> list[Checked]:
        """The mails most was wrong with, then the slowest."""
        by = sorted(self.checked, key=lambda one: (len(one.defects), one.seconds), reverse=True)
        return [one for one in by[:count] if one.defects]

    def goals(self) -> list[tuple[Goal, Score]]:
        """The goals something was counted for."""
        return [(goal, self.scores[goal.name]) for goal in GOALS if goal.name in self.scores]


def check(samples: Iterable[Sample], tools: Tools) -> Tally:
    """Read every mail of a corpus and count; one mail is in memory at a time."""
    tally = Tally()
    for sample in samples:
        start = tools.now()
        try:
            message = tools.read(sample.raw)
            kind = kind_of(message, own_words(message.body).text, own_addresses=frozenset())
        except Exception as error:  # noqa: BLE001 - what is raised here is what is looked for
            tally.failed.append((sample.name, cause_of(error)))
            continue
        seconds = tools.now() - start
        codes = tuple(defect.code for defect in message.defects)
        size = len(sample.raw)
        tally.checked.append(Checked(sample.name, size, seconds, kind.value.value, codes))
        _count_reading(tally, sample, message, tools)
        _count_kind(tally, sample, message, kind.value)
        _count_expected(tally, sample, message)
    return tally


def check_quotes(tally: Tally, quotes: Iterable[Quoted]) -> None:
    """Count in how many replies exactly the writer's own words were found."""
    for quoted in quotes:
        found = own_words(quoted.text).text
        hit = scores.same_text(quoted.wanted, found)
        tally.count("own words exact (quoted replies)", quoted.name, hit=hit)


def _count_reading(tally: Tally, sample: Sample, message: ParsedMessage, tools: Tools) -> None:
    tally.encrypted += message.encrypted
    tally.unreadable += message.unreadable
    tally.empty += not message.body.strip()
    if sample.label not in _PEOPLE or message.encrypted:
        return
    naive = tools.naive(sample.raw)
    # A naive reader takes headers behind a broken line for text; what we read as such is not lost.
    headers = "\n".join(value for _, value in message.headers)
    share = scores.kept(naive, f"{message.body}\n{headers}")
    lost = share is not None and share < 0.5 and scores.words(naive).total() >= _FEW_WORDS
    goal = "human mail that lost over half its text"
    tally.count(goal, sample.name, hit=lost, fault=True)
    goal = "human mail losing over a fifth of its new text unruled"
    tally.count(goal, sample.name, hit=_cut_too_far(message.body), fault=True)


def _cut_too_far(body: str) -> bool:
    """Whether trimming took over a fifth of the new words and the full text does not rule.

    New words are the unquoted ones above the signature's mark.
    """
    own = own_words(body)
    above = above_signature(body)
    new = [line for line in above if not line.lstrip().startswith(">")]
    share = scores.kept("\n".join(new), own.text)
    return not own.full_rules and share is not None and share < _NEW_SHARE


def above_signature(body: str) -> list[str]:
    """The lines of a body above its ``-- `` line (RFC 3676, 4.3)."""
    lines = body.splitlines()
    end = next((i for i, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    return lines[:end]


def _count_kind(tally: Tally, sample: Sample, message: ParsedMessage, kind: Kind) -> None:
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


def _count_bounce(tally: Tally, sample: Sample, message: ParsedMessage) -> None:
    found = bounce_of(message)
    told = found.kind if found else None
    if sample.subtype == "permanent":
        hit = told is BounceKind.PERMANENT
        tally.count("bounce: permanent known as such", sample.name, hit=hit)
    elif sample.subtype == "transient":
        tally.count("bounce: transient known as such", sample.name, hit=told in _TRANSIENT)


def _count_expected(tally: Tally, sample: Sample, message: ParsedMessage) -> None:
    zammad = sample.expected.get("zammad")
    if zammad:
        subject, sender = zammad.get("subject"), zammad.get("from_email")
        if subject is not None:
            hit = "".join(str(subject).split()) == "".join(message.subject.split())
            tally.count("subject as expected (Zammad)", sample.name, hit=hit)
        if sender:
            hit = message.sender is not None and message.sender.key == sender.casefold()
            tally.count("sender as expected (Zammad)", sample.name, hit=hit)
        _count_text(tally, sample.name, "Zammad", zammad.get("body") or "", message)
    stalwart = sample.expected.get("stalwart")
    if stalwart:
        texts = stalwart.get("text") or stalwart.get("html") or []
        _count_text(tally, sample.name, "Stalwart", "\n".join(texts), message)


def _count_text(tally: Tally, name: str, source: str, text: str, message: ParsedMessage) -> None:
    text = scores.without_marks(text)
    share = scores.kept(text, message.body)
    # Zammad writes this where a mail holds no text.
    if share is None or text.strip() == "no visible content":
        return
    hit = share >= scores.TEXT_SHARE or scores.same_text(text, message.body)
    tally.count(f"text as expected ({source})", name, hit=hit)
