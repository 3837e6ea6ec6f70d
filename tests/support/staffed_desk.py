"""A desk at which staff put things right, around the store in memory or the real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from concierge.desk.admission import AdmissionSettings
from concierge.desk.casework import Casework
from concierge.desk.dispatch import Dispatch, DispatchSettings
from concierge.desk.fingerprint import fingerprint, message_id
from concierge.desk.merging import Merging
from concierge.desk.parking import Parking
from concierge.desk.redrafting import Redrafting
from concierge.desk.relations import Relations
from concierge.desk.rereading import Rereader
from concierge.desk.splitting import Splitting
from concierge.domain.case import Case
from concierge.domain.draft import Draft, OutboxMail
from concierge.domain.event import Event, EventKind
from concierge.domain.ledger import Incoming, LedgerEntry
from concierge.domain.sla import CaseClock, ClockKind
from concierge.errors import UsageError
from support import desk_fixtures
from support.desk_fixtures import AMINA, DEE, KEY, OURS, PROMISES, ROUTINE, Desk, letter, token

#: What a machine that answers for somebody writes above its mail.
ABSENT = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
RESPONSES = {ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE}


class StaffedDesk(Desk):
    """Looks at its store through the port alone, so that any store will do."""

    def __init__(self, store=None, **more) -> None:
        super().__init__(**more)
        if store is not None:
            self._around(store)
        self._mids = count(1)
        rereader = Rereader(self._read, self._book, KEY)
        tools = (self.store, self.clock)
        self.redrafting = Redrafting(*tools, rereader)
        self.relations = Relations(*tools, rereader)
        self.merging = Merging(*tools, PROMISES, rereader)
        self.splitting = Splitting(*tools, PROMISES, rereader)
        self.parking = Parking(*tools, rereader, AdmissionSettings(PROMISES, KEY))

    def _around(self, store) -> None:
        """The same services around another store."""
        self.store = store
        settings = AdmissionSettings(PROMISES, KEY)
        self.admission = desk_fixtures.Admission(
            store, self.clock, self._read, self._book, settings
        )
        nonces = count(1)
        self.approvals = desk_fixtures.Approvals(
            store,
            self.clock,
            desk_fixtures.PlainComposer(),
            key=KEY,
            domain="desk.example.org",
            own_addresses=frozenset({OURS}),
            nonce=lambda: f"n{next(nonces)}",
        )
        self.casework = Casework(store, self.clock, PROMISES, claim_for=timedelta(minutes=30))
        self.dispatch = Dispatch(
            store, self.clock, self.courier, DispatchSettings(PROMISES), worker="w1"
        )

    # Arrivals.

    def keep(self, raw: bytes, *, received_at: datetime | None = None) -> LedgerEntry:
        now = self.clock.now()
        uid = next(self._uid)
        mail = Incoming(
            "INBOX", 7, uid, raw, fingerprint(raw), message_id(raw), received_at or now, now,
            len(raw), True,
        )  # fmt: skip
        with self.store.begin() as tx:
            tx.ledger.record([mail])
        return self.entry(uid)

    def arrive(self, raw: bytes, *, received_at: datetime | None = None) -> Case | None:
        entry = self.keep(raw, received_at=received_at)
        done = self.admit()
        assert done.failures == ()
        case_id = self.entry(entry.id).case_id
        return self.case(case_id) if case_id else None

    def write(self, text=ROUTINE, *, sender=AMINA, **more) -> int:
        """A letter; the number of the case it stands in."""
        mid = f"<{next(self._mids)}@x.example>"
        return self.arrive(letter(text, sender=sender, mid=mid, **more)).id

    def again(self, case_id: int, text: str, sender: str = AMINA) -> int:
        """Another letter in a case; its number in the ledger."""
        assert self.write(text, sender=sender, subject=f"Re: {token(case_id)}") == case_id
        return self.standing(case_id)[-1]

    def park(self, text="I am out of the office.", *, sender=DEE, headers=ABSENT, **more) -> int:
        """A machine's mail; its number in the ledger."""
        mid = f"<{next(self._mids)}@x.example>"
        entry = self.keep(letter(text, sender=sender, headers=headers, mid=mid, **more))
        assert self.admit().failures == ()
        assert self.entry(entry.id).state == "muted"
        return entry.id

    # What was written.

    def case(self, case_id: int) -> Case:
        with self.store.begin() as tx:
            return tx.cases.get(case_id)

    def cases(self) -> list[Case]:
        return list(self._all(self.case))

    def entry(self, entry_id: int) -> LedgerEntry:
        with self.store.begin() as tx:
            return tx.ledger.entry(entry_id)

    def ledger(self) -> list[LedgerEntry]:
        return list(self._all(self.entry))

    def standing(self, case_id: int) -> list[int]:
        """The numbers of the rows that stand in a case."""
        with self.store.begin() as tx:
            return [entry.id for entry in tx.ledger.entries(case_id)]

    def drafts(self) -> list[Draft]:
        return list(self._all(self._draft))

    def mail(self, mail_id: int) -> OutboxMail:
        with self.store.begin() as tx:
            return tx.outbox.get(mail_id)

    def mails(self) -> list[OutboxMail]:
        return list(self._all(self.mail))

    def clocks(self, case_id: int, kind: ClockKind | None = None) -> list[CaseClock]:
        with self.store.begin() as tx:
            return [c for c in tx.clocks.of_case(case_id) if kind in {None, c.kind}]

    def unmet(self, case_id: int) -> list[CaseClock]:
        return [clock for clock in self.clocks(case_id) if clock.met_at is None]

    def owed(self, case_id: int) -> CaseClock:
        """The clock of the response that is owed."""
        (clock,) = (clock for clock in self.unmet(case_id) if clock.kind in RESPONSES)
        return clock

    def events(self, case_id: int, kind: EventKind | None = None) -> list[Event]:
        with self.store.begin() as tx:
            return [e for e in tx.events.of_case(case_id) if kind in {None, e.kind}]

    def known(self, address: str) -> set[int]:
        """The cases in which an address is known."""
        with self.store.begin() as tx:
            return {case.id for case in tx.cases.with_sender(address, 1_000)}

    def linked(self, case_id: int) -> set[int]:
        with self.store.begin() as tx:
            return set(tx.links.of_case(case_id))

    def picture(self, case_id: int):
        """What undoing has to bring back."""
        draft = self.draft(case_id)
        return (
            replace(self.case(case_id), version=0, claim=None, attention=""),
            sorted(self.unmet(case_id), key=lambda clock: clock.id),
            self.standing(case_id),
            (draft.text, draft.recipient, draft.in_reply_to) if draft else None,
            {address: case_id in self.known(address) for address in (AMINA, DEE)},
            self.linked(case_id),
        )

    def _draft(self, draft_id: int) -> Draft:
        with self.store.begin() as tx:
            return tx.drafts.get(draft_id)

    @staticmethod
    def _all(get):
        for number in count(1):
            try:
                yield get(number)
            except UsageError:
                return
