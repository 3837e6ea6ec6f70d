"""Approvals: the only way a draft becomes outgoing mail is a named person's yes to its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from concierge.desk import loops
from concierge.desk.history import tell
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.composer import Composer, Letter
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.rereading import standing
from concierge.domain.case import TRANSITIONS, Case, Trigger
from concierge.domain.draft import (
    Approval,
    Draft,
    DraftState,
    OutboxMail,
    OutboxState,
    RejectReason,
)
from concierge.domain.event import EventKind
from concierge.domain.reference import Reference, message_id, sign
from concierge.errors import Refused


def digest(mail: bytes, recipient: str) -> str:
    """What an approval freezes: SHA-256, hex, over the recipient and the exact bytes."""
    return hashlib.sha256(recipient.encode() + b"\0" + mail).hexdigest()


class Approvals:
    """Edit, approve and reject drafts."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        composer: Composer,
        *,
        key: bytes,
        domain: str,
        own_addresses: frozenset[str],
        nonce: Callable[[], str],
    ) -> None:
        self._store = store
        self._clock = clock
        self._composer = composer
        self._key = key
        self._domain = domain
        self._own_addresses = own_addresses
        self._nonce = nonce

    def approve(self, draft_id: int, revision: int, staff: str) -> OutboxMail:
        """Freeze a draft's exact bytes and recipient and put them into the outbox.

        1. Check, in one transaction, that the draft is open, that it answers the case as it is
           now, that it is the revision the person read, and that nobody else holds the case.
        2. Build the whole mail and freeze its digest with the approver's name.
        3. Move draft and case, and write the event, in the same transaction.

        Raises:
            StaleDraft: the case or the draft moved on; nothing was approved.
            TakenByAnother: somebody else holds the case.
            Refused: the draft cannot be sent as it is.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            draft, case = self._open_draft(tx, draft_id, staff, now)
            draft.check_answers(case.version, revision)
            self._check_recipient(draft)
            mail = tx.outbox.add(self._freeze(draft, staff, now))
            tx.drafts.save(replace(draft, state=DraftState.APPROVED), was=draft)
            moved = replace(case.after(Trigger.REPLY_APPROVED), attention="", claim=None)
            tx.cases.save(moved, was=case)
            _tell(tx, draft, EventKind.APPROVED, now, staff, mail=mail.id, revision=revision)
        return mail

    def edit(self, draft_id: int, revision: int, subject: str, text: str, staff: str) -> Draft:
        """Replace a draft's words; the next approval must name the new revision.

        Raises:
            StaleDraft, TakenByAnother, Refused: as for :meth:`approve`; an empty text is refused.
        """
        if not text.strip():
            raise Refused("An empty reply was not kept. The draft is unchanged.")
        now = self._clock.now()
        with self._store.begin() as tx:
            draft, case = self._open_draft(tx, draft_id, staff, now)
            draft.check_answers(case.version, revision)
            edited = replace(
                draft, subject=subject, text=text, revision=draft.revision + 1, edited=True
            )
            tx.drafts.save(edited, was=draft)
            _tell(tx, draft, EventKind.DRAFT_EDITED, now, staff, revision=edited.revision)
        return edited

    def reject(self, draft_id: int, reason: RejectReason, staff: str, note: str = "") -> Draft:
        """Say no to a draft; the case stays open and its clocks run on.

        Raises:
            StaleDraft, TakenByAnother, Refused: as for :meth:`approve`.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            draft, _ = self._open_draft(tx, draft_id, staff, now)
            rejected = replace(draft, state=DraftState.REJECTED)
            tx.drafts.save(rejected, was=draft)
            _tell(tx, draft, EventKind.DRAFT_REJECTED, now, staff, note, reason=reason.value)
        return rejected

    def write(self, case_id: int, subject: str, text: str, staff: str) -> Draft:
        """A draft written by hand where none stands, such as after a rejection.

        Raises:
            Refused: a proposed draft stands already, nobody is known to answer to, or what is
                written could not be approved while the case stands where it does.
        """
        if not text.strip():
            raise Refused("An empty reply was not kept.")
        now = self._clock.now()
        with self._store.begin() as tx:
            case = tx.cases.get(case_id)
            case.may_be_acted_on_by(staff, now)
            if (case.state, Trigger.REPLY_APPROVED) not in TRANSITIONS:
                raise Refused(
                    f"Case {case_id} is {case.state}, so no further reply can be approved. Wait "
                    "until the last one is sent, or reopen the case if it is resolved."
                )
            if not case.requester.address:
                raise Refused(f"Nobody to answer to is known for case {case_id}.")
            draft = tx.drafts.add(self._by_hand(tx, case, subject, text, now))
            _tell(tx, draft, EventKind.DRAFTED, now, staff, template="by_hand")
        return draft

    @staticmethod
    def _by_hand(tx: Transaction, case: Case, subject: str, text: str, now: datetime) -> Draft:
        # What is parked in the case is no letter that anybody wants an answer to.
        rows = standing(tx, case.id)
        last = tx.ledger.reading(rows[-1].id) if rows else None
        return Draft(
            id=0,
            case_id=case.id,
            case_version=case.version,
            revision=1,
            state=DraftState.PROPOSED,
            recipient=case.requester,
            language=case.language,
            subject=subject,
            text=text,
            template="by_hand",
            created_at=now,
            edited=True,
            cautions=loops.cautions(tx, case.requester, now),
            in_reply_to=last.message_id if last else "",
            references=(*last.references, last.message_id) if last and last.message_id else (),
        )

    @staticmethod
    def _open_draft(
        tx: Transaction, draft_id: int, staff: str, now: datetime
    ) -> tuple[Draft, Case]:
        draft = tx.drafts.get(draft_id)
        draft.check_open()
        case = tx.cases.get(draft.case_id)
        case.may_be_acted_on_by(staff, now)
        return draft, case

    def _check_recipient(self, draft: Draft) -> None:
        if draft.recipient.is_one_of(self._own_addresses):
            raise Refused("This reply would go to our own address. Nothing was approved.")
        if loops.of_a_server(draft.recipient):
            raise Refused(
                "This reply would go to a mail server's own address. Nothing was approved."
            )

    def _freeze(self, draft: Draft, staff: str, now: datetime) -> OutboxMail:
        reference = Reference(draft.case_id, draft.id)
        own_id = message_id(self._key, reference, self._nonce(), self._domain)
        composed = self._composer.compose(
            Letter(
                to=draft.recipient,
                subject=draft.subject,
                text=draft.text,
                message_id=own_id,
                reference=sign(self._key, reference),
                in_reply_to=draft.in_reply_to,
                references=draft.references,
                date=now,
            )
        )
        recipient = draft.recipient.address
        frozen = digest(composed.mail, recipient)
        return OutboxMail(
            id=0,
            case_id=draft.case_id,
            approval=Approval(draft.id, draft.revision, staff, now, frozen),
            state=OutboxState.QUEUED,
            sender=composed.sender,
            recipient=recipient,
            mail=composed.mail,
            message_id=own_id,
            attempts=0,
            due_at=now,
        )


def _tell(
    tx: Transaction,
    draft: Draft,
    kind: EventKind,
    at: datetime,
    by: str,
    words: str = "",
    **data: object,
) -> None:
    facts = {
        "draft": draft.id,
        "template": draft.template,
        "language": draft.language,
        "edited": "yes" if draft.edited else "no",
    }
    tell(tx, draft.case_id, kind, at, by, facts | data, words=words)
