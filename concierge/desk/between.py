"""Answers typed between the lines of our own letter, where nothing marks what is quoted.

Outlook quotes without marks, and people answer point by point inside what they are answering. The
text alone cannot tell their lines from ours, but the desk knows every word it has sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from concierge.desk.ports.store import Transaction
from concierge.desk.triage import Rulebook
from concierge.domain.draft import OutboxState
from concierge.domain.findings import Evidence, Finding, Urgency
from concierge.domain.triage import Triage
from concierge.rules.urgency import UrgencyTexts, urgency_of

#: Words in a row that prove a line ours: three are enough to be no chance, and survive a program
#: that folds lines anew.
_RUN = 3
#: Of the runs of a line so many must be ours; the rest may be a name or a link put in.
_OURS = 0.5
#: Lines looked at; a longer quotation is not one letter of ours.
_LINES = 1_000
#: Mails of a case that may be quoted: the latest.
_LETTERS = 5
_LEFT = frozenset({OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.BOUNCED})
_WORD = re.compile(r"\w+")


def heard(tx: Transaction, case_ids: Iterable[int], found: Triage, book: Rulebook) -> Triage:
    """The triage with the urgency of what was typed between the lines of our letters, if higher.

    ``case_ids`` are those the message may answer. What is typed is read as the writer's own words;
    a line of ours that staff wrote by hand is known as well.
    """
    letters = [text for each in case_ids for text in _sent(tx, each)] if found.quoted_text else []
    typed = typed_between(found.quoted_text, letters) if letters else ""
    if not typed:
        return found
    between = urgency_of(book.lexicon, UrgencyTexts(subject="", body=typed))
    if between.value.rank >= found.urgency.value.rank:
        return found
    return replace(found, urgency=_raised(found.urgency, between))


def typed_between(quoted: str, letters: Iterable[str]) -> str:
    """The lines of a quotation between lines of our letters that stand in none of them.

    Lines marked with ">" are somebody's mail program's, and what stands above the first and below
    the last line of ours belongs to another mail or a signature.
    """
    ours = frozenset(run for letter in letters for run in _runs(letter))
    lines = [line for line in quoted.splitlines()[:_LINES] if line.strip()]
    known = [_is_ours(line, ours) for line in lines]
    if True not in known:
        return ""
    first, last = known.index(True), len(known) - known[::-1].index(True)
    inside = zip(lines[first:last], known[first:last], strict=True)
    return "\n".join(line for line, own in inside if not own and not line.lstrip().startswith(">"))


def _is_ours(line: str, ours: frozenset[tuple[str, ...]]) -> bool:
    runs = _runs(line)
    if not runs:
        return False
    return sum(run in ours for run in runs) >= _OURS * len(runs)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        return []
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _sent(tx: Transaction, case_id: int) -> list[str]:
    left = [mail for mail in tx.outbox.of_case(case_id) if mail.state in _LEFT]
    return [tx.drafts.get(mail.approval.draft_id).text for mail in left[-_LETTERS:]]


def _raised(before: Finding[Urgency], between: Finding[Urgency]) -> Finding[Urgency]:
    note = "typed between the lines of our letter"
    reason = Evidence("urgency.between_lines", "", "quoted", 1.0, note)
    return replace(before, value=between.value, evidence=(reason, *between.evidence))
