"""How soon a person must answer: from the sender's words in any of the languages, with reasons.

It does not ask what language the message is in, what kind of mail it is, or whether parsing went
well. It names a response priority. Finding nothing means "no signal found", never "safe".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from concierge.domain.findings import URGENT, Evidence, Finding, Urgency
from concierge.rules.lexicon import Lexicon
from concierge.rules.raw_mail import readable
from concierge.rules.urgency_context import Judged, judge
from concierge.rules.urgency_signs import scan
from concierge.rules.urgency_weighing import Sum, add_up, ladder

#: Characters of a text that are searched, about ten pages: a bound keeps a crafted mail from
#: holding up the desk, and what is longer is looked at by a person soon.
OWN_HEAD, OWN_TAIL = 40_000, 10_000
#: Quoted text is somebody's earlier mail and was searched when it came.
QUOTED_HEAD, QUOTED_TAIL = 3_000, 1_000
#: Raw mail begins with kilobytes of headers.
RAW_HEAD, RAW_TAIL = 24_000, 4_000
#: Attachment names searched, and characters of each.
_NAMES, _NAME_LENGTH = 20, 200
#: Reasons shown; the strongest come first and staff read a few.
_SHOWN = 12
#: Words a person puts above a mail they pass on ("please see below").
_FORWARD_WORDS = 25
#: Words above a quote that say nothing by themselves, in a mail that is not a reply.
_BARE_WORDS = 6

_WEIGHT = {"emergency": 3.0, "high": 2.0, "concern": 1.0, "mention": 0.0}
_VALUE = {
    "emergency": Urgency.EMERGENCY,
    "high": Urgency.HIGH,
    "concern": Urgency.CONCERN,
    "mention": Urgency.ROUTINE,
}
#: Different sorts of concern in one message that make it worth a second look.
_SEVERAL = 3
#: Subject prefixes of forwards and of replies in the mail programs of many languages.
_FORWARD = re.compile(
    r"\s*(fwd?|wg|tr|rv|enc|i|doorst|vs|vl|pd|továbbítva|转发|轉寄|転送|전달)\s*[:：]",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"\s*(re|aw|sv|antw|odp|ynt|res|ref|rif|r|vá|回复|回覆|返信|답장)\s*(\[\d+\])?[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UrgencyTexts:
    """The texts of one message. ``body`` is the sender's own words, ``quoted`` what was cut.

    ``raw`` is the raw mail as text, given when parsing failed or found nothing to read.
    """

    subject: str
    body: str
    quoted: str = ""
    attachment_names: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class _Reason:
    """One piece of evidence in the making, with where its words stand in the original."""

    evidence: Evidence
    level: str
    span: tuple[int, int]


def urgency_of(
    lexicon: Lexicon, texts: UrgencyTexts, *, use_index: bool = True
) -> Finding[Urgency]:
    """How urgent a message is, and because of which words, the strongest reason first.

    1. Subject, own words and attachment names count as they are.
    2. Quoted words count as concern at most, unless the message is hardly more than the quote.
    3. Raw mail, when given, is unwrapped as far as possible and searched too.

    ``use_index`` is for tests: without it every pattern is run, with the same result.
    """
    reasons = _weighed(lexicon, texts, use_index=use_index)
    level = reasons[0].level if reasons else "mention"
    shown = tuple(one.evidence for one in reasons[:_SHOWN])
    return Finding(_VALUE[level], shown, candidates=_close(_VALUE[level], reasons))


def reasons_of(lexicon: Lexicon, texts: UrgencyTexts) -> tuple[Evidence, ...]:
    """Everything found in a message, the strongest first, weak and lowered signs too."""
    return tuple(one.evidence for one in _weighed(lexicon, texts, use_index=True))


def _weighed(lexicon: Lexicon, texts: UrgencyTexts, *, use_index: bool) -> list[_Reason]:
    reasons: list[_Reason] = []
    for where, text in _sources(texts):
        reasons += _reasons(lexicon, text, where, use_index=use_index)
    reasons = _distinct(reasons)
    if texts.quoted and not _hardly_more_than_quote(texts):
        reasons = [_as_quoted(one) if one.evidence.where == "quoted" else one for one in reasons]
    reasons.sort(key=lambda one: -_WEIGHT[one.level])
    return reasons


def _close(level: Urgency, reasons: list[_Reason]) -> tuple[str, ...]:
    """Worth a look: what is not urgent, but for something that lowered it, or nearly is.

    A sign that its surroundings lowered, or several different concerns together. It orders a
    second list and never pages anybody.
    """
    if level in URGENT:
        return ()
    lowered = any(
        "lowered" in one.evidence.note or "quoted" in one.evidence.note for one in reasons
    )
    concerns = {one.evidence.rule.rpartition(".")[2] for one in reasons if one.level == "concern"}
    close = lowered or len(concerns) >= _SEVERAL
    return (str(Urgency.HIGH),) if close else ()


def bounded(text: str, head: int, tail: int) -> str:
    """The beginning and the end of a text, a blank line between them where something is cut."""
    return text if len(text) <= head + tail else f"{text[:head]}\n\n{text[-tail:]}"


def _sources(texts: UrgencyTexts) -> Iterator[tuple[str, str]]:
    yield "subject", bounded(texts.subject, 1_000, 200)
    yield "body", bounded(texts.body, OWN_HEAD, OWN_TAIL)
    if texts.quoted:
        yield "quoted", bounded(texts.quoted, QUOTED_HEAD, QUOTED_TAIL)
    for name in texts.attachment_names[:_NAMES]:
        yield "attachment", bounded(name, _NAME_LENGTH, 20)
    if texts.raw:
        yield "raw", bounded(readable(bounded(texts.raw, RAW_HEAD, RAW_TAIL)), RAW_HEAD, RAW_TAIL)


def _reasons(lexicon: Lexicon, text: str, where: str, *, use_index: bool) -> list[_Reason]:
    reasons: list[_Reason] = []
    for scanned in scan(lexicon, text, use_index=use_index):
        judged = judge(lexicon, scanned)
        reasons += [_of_sign(lexicon, one, where) for one in judged]
        reasons += [_of_sum(lexicon, one, where) for one in ladder(lexicon, judged)]
        if total := add_up(scanned):
            reasons.append(_of_sum(lexicon, total, where))
    return reasons


def _of_sign(lexicon: Lexicon, one: Judged, where: str) -> _Reason:
    rule, folded = one.sign.rule, one.scanned.folded
    said = [rule.note or lexicon.meaning[rule.category]]
    if one.why:
        said.append(f"{rule.level}, lowered: {one.why}" if one.lowered else one.why)
    if one.sign.repaired:
        said.append("misspelt")
    name = f"urgency.{rule.language}.{rule.category}"
    found = folded.found(one.sign.start, one.sign.end)
    evidence = Evidence(name, found, where, _WEIGHT[one.level], "; ".join(said))
    return _Reason(evidence, one.level, folded.span(one.sign.start, one.sign.end))


def _of_sum(lexicon: Lexicon, one: Sum, where: str) -> _Reason:
    folded = one.scanned.folded
    found = " … ".join(folded.found(start, end) for start, end in sorted(one.places))
    note = f"{lexicon.meaning[one.category]}: {one.why}"
    name = f"urgency.{one.language}.{one.category}"
    evidence = Evidence(name, found, where, _WEIGHT[one.level], note)
    start, end = min(one.places)[0], max(end for _, end in one.places)
    return _Reason(evidence, one.level, folded.span(start, end))


def _distinct(reasons: list[_Reason]) -> list[_Reason]:
    """Without reasons that say of the same words what a stronger or equal one says already.

    The word "suicid..." alone is the same in a dozen languages. A lowered reason goes only when
    one of the same sort over the same words stands, so nothing lowered is hidden by silence.
    """
    kept: list[_Reason] = []
    ordered = sorted(
        reasons, key=lambda one: (-_WEIGHT[one.level], one.span[0] - one.span[1], one.span)
    )
    seen: set[tuple[str, str, str]] = set()
    for one in ordered:
        said = (one.evidence.where, one.evidence.rule, one.evidence.found.casefold())
        if said in seen:
            # The same words again, or the same mail pasted twice, are not another reason.
            continue
        seen.add(said)
        sort = (one.evidence.where, one.evidence.rule.rpartition(".")[2])
        covered = any(
            sort == (other.evidence.where, other.evidence.rule.rpartition(".")[2])
            and other.span[0] <= one.span[0]
            and one.span[1] <= other.span[1]
            for other in kept
        )
        if not covered:
            kept.append(one)
    return kept


def _hardly_more_than_quote(texts: UrgencyTexts) -> bool:
    """Whether what is quoted is what the person sends: nothing of their own, or a bare forward."""
    words = len(re.findall(r"\w+", texts.body[:OWN_HEAD]))
    if words == 0:
        return True
    if _FORWARD.match(texts.subject):
        return words <= _FORWARD_WORDS
    return words <= _BARE_WORDS and not _REPLY.match(texts.subject)


def _as_quoted(one: _Reason) -> _Reason:
    # What was a concern in an earlier mail was counted when that came.
    level = "concern" if one.level in ("emergency", "high") else "mention"
    note = f"{one.evidence.note}; quoted"
    return _Reason(replace(one.evidence, weight=_WEIGHT[level], note=note), level, one.span)
