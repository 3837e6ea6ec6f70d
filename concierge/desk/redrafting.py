"""Redrafting: a case's newest message is read anew, and the reply to it proposed once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from concierge.desk import loops, proposals
from concierge.desk.bearings import Hints
from concierge.desk.in_thread import for_requester, thread_of
from concierge.desk.permission import taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.rereading import Fresh, Reread, Rereader, newest_answerable
from concierge.desk.said import hints_of
from concierge.desk.triage import rematched
from concierge.domain.case import NEEDS_A_PERSON, TRANSITIONS, Case, Trigger
from concierge.domain.draft import Draft
from concierge.domain.findings import KINDS_ANSWERED, Kind
from concierge.domain.ledger import LedgerEntry, LedgerState
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage
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
        return proposals.note_of(self.put_away)


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
        return proposals.put_away(self.tx, case.id, self.staff, self.now)

    def tell_of_words(self, case: Case, done: Redrafted) -> None:
        """Say on top of the case where a person's words went."""
        proposals.tell_of_words(self.tx, case.id, done.put_away)

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
        return self._draft(case, entry), ""

    def _draft(self, case: Case, entry: LedgerEntry) -> Draft:
        read = self.fresh.of(self.tx, entry)
        message, found = self._addressed(case, read, thread_of(self.tx, case, entry))
        add = proposals.Proposals(self.tx, self.fresh.book, self.key, self.staff, self.now).add
        return add(
            case, message, found, case.requester, hints_of(case), _caution(case, read.message)
        )

    def _addressed(self, case: Case, read: Reread, thread: Hints) -> tuple[ParsedMessage, Triage]:
        """The message as if the requester had written it, under the case's own urgency.

        Staff decide whose case it is and what counts as a person's message; the greeting and the
        address follow them, not the mail's headers.
        """
        said = for_requester(read.found, read.message, self.fresh.book, case, thread)
        found = rematched(said, self.fresh.book, hints_of(case))
        kind = found.kind.value if found.kind.value in KINDS_ANSWERED else Kind.HUMAN
        return (
            replace(read.message, reply_to=(case.requester,)),
            replace(
                found,
                urgency=replace(found.urgency, value=case.urgency),
                kind=replace(found.kind, value=kind),
            ),
        )


def _caution(case: Case, message: ParsedMessage) -> str:
    writer = message.answer_to
    if writer is None or writer.key == case.requester.key:
        return ""
    return f"It answers what {writer.address} wrote, and goes to {case.requester.address}."
