"""Proposals: the one place where a draft is composed, added and told of, or put away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import loops
from concierge.desk.bearings import Hints
from concierge.desk.history import tell
from concierge.desk.ports.store import Transaction
from concierge.desk.triage import Rulebook, compose_draft
from concierge.domain.case import Case
from concierge.domain.draft import Draft, DraftState
from concierge.domain.event import EventKind
from concierge.domain.message import Address, ParsedMessage
from concierge.domain.reference import Reference, sign
from concierge.domain.triage import DraftText, Triage


@dataclass(frozen=True, slots=True)
class Proposals:
    """Drafts for one transaction, at one instant, in one name."""

    tx: Transaction
    book: Rulebook
    key: bytes
    by: str
    now: datetime

    def add(
        self,
        case: Case,
        message: ParsedMessage,
        found: Triage,
        to: Address,
        hints: Hints,
        caution: str = "",
    ) -> Draft:
        """A draft to ``to`` that answers the message, with its event.

        ``caution`` is what staff read first: why the reply does not go to whom they may expect.
        """
        text = compose_draft(
            message,
            found,
            self.book,
            self.now.date(),
            reference=sign(self.key, Reference(case.id, 0)),
            hints=hints,
        )
        cautions = (caution, *text.cautions, *loops.cautions(self.tx, to, self.now, message))
        text = replace(text, cautions=tuple(filter(None, cautions)))
        draft = self.tx.drafts.add(_as_draft(case, message, text, to, self.now))
        facts = {
            "draft": draft.id,
            "language": text.language,
            "fallback_from": text.fallback_from,
            "country": case.country,
            "local_resources": sum(m.resource.country == case.country for m in found.matches),
        }
        tell(self.tx, case.id, EventKind.DRAFTED, self.now, self.by, facts)
        return draft


def put_away(tx: Transaction, case_id: int, by: str, now: datetime) -> int:
    """Supersede a case's open draft; its number when a person had worked on it, else 0."""
    old = tx.drafts.open_of(case_id)
    if old is None:
        return 0
    tx.drafts.save(replace(old, state=DraftState.SUPERSEDED), was=old)
    tell(tx, case_id, EventKind.DRAFT_SUPERSEDED, now, by, {"draft": old.id})
    return old.id if old.edited else 0


def note_of(draft_id: int) -> str:
    """Where a person's words went that were put away; empty for draft 0, which is none."""
    if not draft_id:
        return ""
    return (
        f"Draft {draft_id}, which a colleague had worked on, was put away: "
        f"concierge draft show {draft_id}"
    )


def tell_of_words(tx: Transaction, case_id: int, draft_id: int) -> Case:
    """The case, with a word on top of it where a person's words went that were put away."""
    case = tx.cases.get(case_id)
    if not draft_id:
        return case
    told = replace(case, attention=f"{case.attention} {note_of(draft_id)}".strip())
    tx.cases.save(told, was=case)
    return told


def _as_draft(
    case: Case, message: ParsedMessage, text: DraftText, to: Address, now: datetime
) -> Draft:
    return Draft(
        id=0,
        case_id=case.id,
        case_version=case.version,
        revision=1,
        state=DraftState.PROPOSED,
        recipient=to,
        language=text.language,
        subject=text.subject,
        text=text.text,
        template=text.template,
        created_at=now,
        fallback_from=text.fallback_from,
        cautions=text.cautions,
        resource_ids=text.resource_ids,
        in_reply_to=message.message_id,
        references=tuple(filter(None, (*message.references, message.message_id))),
    )
