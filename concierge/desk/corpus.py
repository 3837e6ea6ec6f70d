"""Trying the desk on a folder of mail: what was read, what it is taken for, what went wrong.

Nothing is stored and no word of a mail is kept: names of files, codes and numbers are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from concierge.desk import corpus_scores as scores
from concierge.desk.corpus_tally import TOO_LONG_SECONDS, Checked, Tally
from concierge.desk.corpus_truth import PEOPLE, Sample, count_expected, count_kind
from concierge.desk.quarantine import cause_of
from concierge.domain.findings import Kind
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage
from concierge.rules.cleaning import OwnWords, own_words
from concierge.rules.kind import kind_of

#: Of the new words so many may be cut without a word.
_NEW_SHARE = 0.8
#: What the reader says of a header block that others end too early.
_BROKEN_HEAD = frozenset({"junk_header_line", "no_blank_line"})
#: Its truths were written to its own stripper's rules; the goal is set for the texts of others.
_UNJUDGED = "mailgun/talon/"


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
    #: The HTML of a mail as text, as the desk reads it; total.
    page: Callable[[bytes], str]
    #: The whole triage; without it only the kind is concluded.
    triage: Callable[[ParsedMessage], Triage] | None = None


def check(samples: Iterable[Sample], tools: Tools) -> Tally:
    """Read every mail of a corpus and count; one mail is in memory at a time.

    What reading or triage raises is counted with its type and place, and the next mail is read.
    """
    tally = Tally()
    for sample in samples:
        failed = _check_one(tally, sample, tools)
        tally.count("mails that could not be read", sample.name, hit=failed, fault=True)
    return tally


def check_quotes(tally: Tally, quotes: Iterable[Quoted]) -> None:
    """Count in how many replies exactly the writer's own words were found, but for white space."""
    for quoted in quotes:
        found = own_words(quoted.text).text
        goal = "own words exact (quoted replies)"
        if quoted.name.startswith(_UNJUDGED):
            goal = "own words exact (Talon's replies)"
        tally.count(goal, quoted.name, hit=scores.same_text(quoted.wanted, found))


def _check_one(tally: Tally, sample: Sample, tools: Tools) -> bool:
    """Read and count one mail; whether that failed."""
    if sample.trouble:
        tally.failed.append((sample.name, sample.trouble))
        return True
    start = tools.now()
    try:
        message = tools.read(sample.raw)
        own = own_words(message.body)
        found = tools.triage(message) if tools.triage else None
        kind = found.kind if found else kind_of(message, own.text, own_addresses=frozenset())
    except Exception as error:  # noqa: BLE001 - what is raised here is what is looked for
        tally.failed.append((sample.name, cause_of(error)))
        return True
    seconds = tools.now() - start
    codes = tuple(defect.code for defect in message.defects)
    tally.checked.append(Checked(sample.name, len(sample.raw), seconds, kind.value.value, codes))
    late = seconds > TOO_LONG_SECONDS
    tally.count("mails that took over 2 s", sample.name, hit=late, fault=True)
    if found:
        _count_triage(tally, found)
    _count_reading(tally, sample, message, own)
    _count_lost(tally, sample, message, kind.value, tools)
    count_kind(tally, sample, message, kind.value)
    count_expected(tally, sample, message, tools.page)
    return False


def _count_triage(tally: Tally, found: Triage) -> None:
    tally.concluded["urgency"][found.urgency.value.value] += 1
    tally.concluded["route"][found.route.value.value] += 1
    tally.concluded["language"][found.language.value or "undetermined"] += 1
    tally.concluded["country"][found.country.value or "undetermined"] += 1


def _count_reading(tally: Tally, sample: Sample, message: ParsedMessage, own: OwnWords) -> None:
    tally.encrypted += message.encrypted
    tally.unreadable += message.unreadable
    tally.empty += not message.body.strip()
    tally.ruled += own.full_rules
    if sample.label in PEOPLE and not message.encrypted:
        goal = "human mail losing over a fifth of its new text unruled"
        tally.count(goal, sample.name, hit=_cut_too_far(message.body, own), fault=True)


def _count_lost(
    tally: Tally, sample: Sample, message: ParsedMessage, kind: Kind, tools: Tools
) -> None:
    """Count mail of which a naive reader finds over twice as much; see :func:`corpus_scores.lost`.

    Ciphertext is left out on purpose, and so is what a bounce returns.
    """
    if message.encrypted or kind is Kind.BOUNCE:
        return
    read = message.body
    if any(defect.code in _BROKEN_HEAD for defect in message.defects):
        # A naive reader takes headers behind a broken line for text; what we read as such is there.
        read = "\n".join((read, *(value for _, value in message.headers)))
    lost = scores.lost(tools.naive(sample.raw), read)
    if lost:
        tally.lose(sample.name)
    if sample.label in PEOPLE:
        goal = "human mail that lost over half its text"
        tally.count(goal, sample.name, hit=lost, fault=True)


def _cut_too_far(body: str, own: OwnWords) -> bool:
    """Whether trimming took over a fifth of the new words and the full text does not rule.

    New words are the unquoted ones above the signature's mark.
    """
    above = above_signature(body)
    new = [line for line in above if not line.lstrip().startswith(">")]
    share = scores.kept("\n".join(new), own.text)
    return not own.full_rules and share is not None and share < _NEW_SHARE


def above_signature(body: str) -> list[str]:
    """The lines of a body above its ``-- `` line (RFC 3676, 4.3)."""
    lines = body.splitlines()
    end = next((i for i, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    return lines[:end]
