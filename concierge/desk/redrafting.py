"""Redrafting: a case's newest message is read anew, and the reply to it proposed once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import loops
from concierge.desk.history import tell
from concierge.desk.permission import taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.rereading import Fresh, Reread, Rereader, newest_answerable
from concierge.desk.triage import Hints, compose_draft, rematched
from concierge.domain.case import NEEDS_A_PERSON, TRANSITIONS, Case, Trigger
from concierge.domain.draft import Draft, DraftState
from concierge.domain.event import EventKind
from concierge.domain.findings import KINDS_ANSWERED, Kind
from concierge.domain.ledger import LedgerState
from concierge.domain.message import ParsedMessage
from concierge.domain.reference import Reference, sign
from concierge.domain.triage import DraftText, Triage
from concierge.errors import Refused


@dataclass(frozen=True, slots=True)
class Redrafted:
    """What became of a case's draft."""

    #: The draft that stands now; None with the reason in ``because``.
    draft: Draft | None = None
    because: str = ""
    #: The number of a draft with a person's words that was put away; 0 when there was none.
    put_away: int = 0

    @property
    def note(self) -> str:
        """What staff should know of the words that were put away; empty when there are none."""
        if not self.put_away:
            return ""
        return (
            f"Draft {self.put_away}, which a colleague had worked on, was put away: "
            f"concierge draft show {self.put_away}"
        )


@dataclass(frozen=True, slots=True)
class Parted:
    """Two cases that were one a moment ago, and what became of their drafts."""

    case: Case
    draft: Redrafted
    other: Case
    other_draft: Redrafted


class Redrafting:
    """Proposes a reply anew when staff ask for it."""

    def __init__(self, store: Store, clock: Clock, rereader: Rereader) -> None:
        self._store = store
        self._clock = clock
        self._rereader = rereader

    def redraft(self, case_id: int, staff: str) -> Redrafted:
        """Read the newest message of a case again and propose a reply to its requester.

        Raises:
            TakenByAnother: somebody else holds the case.
            Refused: no reply could be approved while it stands where it does.
        """
        fresh = self._rereader.ahead(self._store, case_id)
        now = self._clock.now()
        with self._store.begin() as tx:
            case = taken_up(tx, case_id, staff, now)
            if (case.state, Trigger.REPLY_APPROVED) not in TRANSITIONS:
                raise Refused(
                    f"Case {case_id} is {case.state}, so no reply can be approved now. Wait until "
                    f"the last one is sent, or reopen it: concierge case reopen {case_id}"
                )
            return Proposing(tx, fresh, self._rereader.key, staff, now).anew(case)


@dataclass(frozen=True, slots=True)
class Proposing:
    """Putting drafts away and proposing new ones, inside one transaction at one instant."""

    tx: Transaction
    fresh: Fresh
    key: bytes
    staff: str
    now: datetime

    def anew(self, case: Case, among: frozenset[int] | None = None) -> Redrafted:
        """Put the open draft away and propose another, to the newest message.

        ``among`` limits which rows may be answered. What a person wrote into the old draft stays
        readable in it, and the case says where.
        """
        put_away = self.put_away(case)
        draft, because = self._propose(case, among)
        done = Redrafted(draft, because, put_away)
        self.tell_of_words(case, done)
        return done

    def as_it_stands(self, case: Case, among: frozenset[int] | None = None) -> Redrafted:
        """A new draft for a case before staff; elsewhere the old one is only put away."""
        if case.state in NEEDS_A_PERSON:
            return self.anew(case, among)
        done = Redrafted(because=f"it is {case.state}", put_away=self.put_away(case))
        self.tell_of_words(case, done)
        return done

    def put_away(self, case: Case) -> int:
        """Supersede the open draft; its number when a person had worked on it, else 0."""
        old = self.tx.drafts.open_of(case.id)
        if old is None:
            return 0
        self.tx.drafts.save(replace(old, state=DraftState.SUPERSEDED), was=old)
        self._tell(case, EventKind.DRAFT_SUPERSEDED, {"draft": old.id})
        return old.id if old.edited else 0

    def tell_of_words(self, case: Case, done: Redrafted) -> None:
        """Say on top of the case where a person's words went."""
        stands = self.tx.cases.get(case.id)
        if done.note:
            attention = f"{stands.attention} {done.note}".strip()
            self.tx.cases.save(replace(stands, attention=attention), was=stands)

    def _propose(self, case: Case, among: frozenset[int] | None) -> tuple[Draft | None, str]:
        entry = newest_answerable(self.tx, case.id, among)
        by_hand = f"write a reply by hand: concierge draft write {case.id}"
        if entry is None:
            return None, f"no message of a person waits there; {by_hand}"
        if entry.state is LedgerState.QUARANTINED:
            return None, f"its newest message could not be read; {by_hand}"
        if not case.requester.address or case.requester.is_one_of(self.fresh.book.own_addresses):
            return None, (
                f"nobody to answer to is known: concierge case requester {case.id} ADDRESS"
            )
        if loops.of_a_server(case.requester):
            return None, (
                f"{case.requester.address} is a mail server's own address; name a person: "
                f"concierge case requester {case.id} ADDRESS"
            )
        failed = self.fresh.failed(self.tx, entry)
        if failed:
            return None, f"its newest message could not be read anew ({failed}); {by_hand}"
        return self._draft(case, self.fresh.of(self.tx, entry)), ""

    def _draft(self, case: Case, read: Reread) -> Draft:
        message, found = self._addressed(case, read)
        text = compose_draft(
            message,
            found,
            self.fresh.book,
            self.now.date(),
            reference=sign(self.key, Reference(case.id, 0)),
            hints=Hints(case.language, case.country),
        )
        told = loops.cautions(self.tx, case.requester, self.now, message)
        text = replace(text, cautions=(*_caution(case, read.message), *text.cautions, *told))
        draft = self.tx.drafts.add(_as_draft(case, message, text, self.now))
        local = sum(match.resource.country == case.country for match in found.matches)
        facts = {
            "draft": draft.id,
            "language": text.language,
            "fallback_from": text.fallback_from,
            "country": case.country,
            "local_resources": local,
        }
        self._tell(case, EventKind.DRAFTED, facts)
        return draft

    def _addressed(self, case: Case, read: Reread) -> tuple[ParsedMessage, Triage]:
        """The message as if the requester had written it, under the case's own urgency.

        Staff decide whose case it is and what counts as a person's message; the greeting and the
        address follow them, not the mail's headers.
        """
        found = rematched(read.found, self.fresh.book, Hints(case.language, case.country))
        kind = found.kind.value if found.kind.value in KINDS_ANSWERED else Kind.HUMAN
        return (
            replace(read.message, reply_to=(case.requester,)),
            replace(
                found,
                urgency=replace(found.urgency, value=case.urgency),
                kind=replace(found.kind, value=kind),
            ),
        )

    def _tell(self, case: Case, kind: EventKind, facts: dict[str, object]) -> None:
        tell(self.tx, case.id, kind, self.now, self.staff, facts)


def _caution(case: Case, message: ParsedMessage) -> tuple[str, ...]:
    writer = message.answer_to
    if writer is None or writer.key == case.requester.key:
        return ()
    return (f"It answers what {writer.address} wrote, and goes to {case.requester.address}.",)


def _as_draft(case: Case, message: ParsedMessage, text: DraftText, now: datetime) -> Draft:
    own = (message.message_id,) if message.message_id else ()
    return Draft(
        id=0,
        case_id=case.id,
        case_version=case.version,
        revision=1,
        state=DraftState.PROPOSED,
        recipient=case.requester,
        language=text.language,
        subject=text.subject,
        text=text.text,
        template=text.template,
        created_at=now,
        fallback_from=text.fallback_from,
        cautions=text.cautions,
        resource_ids=text.resource_ids,
        in_reply_to=message.message_id,
        references=(*message.references, *own),
    )
