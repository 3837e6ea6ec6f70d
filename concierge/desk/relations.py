"""Relations: staff say which cases have to do with each other, and whom a case belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from concierge.desk.history import tell
from concierge.desk.origin import UNKNOWN_REQUESTER
from concierge.desk.permission import nothing_under_way, taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.redrafting import Proposing, Redrafted
from concierge.desk.rereading import Rereader, standing
from concierge.domain.case import TRANSITIONS, Case, Trigger
from concierge.domain.event import EventKind
from concierge.domain.message import Address
from concierge.errors import Refused

#: What a mail server takes as one address and no header can be broken with: no spaces, quotes,
#: brackets or lists. Lengths are those of RFC 5321.
_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>\"',;:()\[\]\\@]{1,253}")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
#: Characters of a display name; more is no name.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """A case whose requester staff have set."""

    case: Case
    #: Whose it was before.
    was: Address
    draft: Redrafted


class Relations:
    """Links between cases, and a case's requester."""

    def __init__(self, store: Store, clock: Clock, rereader: Rereader) -> None:
        self._store = store
        self._clock = clock
        self._rereader = rereader

    def link(self, case_id: int, other_id: int, staff: str) -> None:
        """Say that two cases have to do with each other; nothing else changes.

        Raises:
            TakenByAnother: somebody else holds one of them.
            Refused: they are one case, linked already, or one of them was merged away.
        """
        if case_id == other_id:
            raise Refused("A case is not linked with itself. Name two cases.")
        now = self._clock.now()
        with self._store.begin() as tx:
            for number in (case_id, other_id):
                taken_up(tx, number, staff, now)
            if not tx.links.add(case_id, other_id, now):
                raise Refused(f"Cases {case_id} and {other_id} are linked already.")
            tell(tx, case_id, EventKind.LINKED, now, staff, {"case": other_id})
            tell(tx, other_id, EventKind.LINKED, now, staff, {"case": case_id})

    def unlink(self, case_id: int, other_id: int, staff: str) -> None:
        """Take a link back.

        Raises:
            TakenByAnother: somebody else holds one of them.
            Refused: they are not linked.
        """
        now = self._clock.now()
        with self._store.begin() as tx:
            for number in (case_id, other_id):
                tx.cases.get(number).may_be_acted_on_by(staff, now)
            if not tx.links.remove(case_id, other_id):
                raise Refused(f"Cases {case_id} and {other_id} are not linked.")
            tell(tx, case_id, EventKind.UNLINKED, now, staff, {"case": other_id})
            tell(tx, other_id, EventKind.UNLINKED, now, staff, {"case": case_id})

    def set_requester(self, case_id: int, requester: Address, staff: str) -> Handed:
        """Say whose case it is: the next reply goes to that address, and a new draft says so.

        An empty address says that nobody is known. Who it was stays in the history.

        Raises:
            TakenByAnother: somebody else holds the case.
            Refused: it is no address, one of our own, the same as before, or a reply to the
                former one is under way.
        """
        fresh = self._rereader.ahead(self._store, case_id)
        wanted = _checked(requester, fresh.book.own_addresses)
        now = self._clock.now()
        with self._store.begin() as tx:
            case = taken_up(tx, case_id, staff, now)
            nothing_under_way(tx, case)
            if case.requester == wanted:
                raise Refused(f"Case {case_id} has that requester already.")
            handed = replace(case, requester=wanted, version=case.version + 1)
            tx.cases.save(handed, was=case)
            words = f"{_named(wanted)}; before: {_named(case.requester)}"
            tell(tx, case_id, EventKind.REQUESTER_SET, now, staff, words=words)
            proposing = Proposing(tx, fresh, self._rereader.key, staff, now)
            return Handed(handed, case.requester, _next_draft(proposing, handed))

    def forwarded(self, case_id: int) -> Address:
        """Who wrote the mail that was forwarded into a case, as its newest reading has found.

        Raises:
            Refused: nobody was found in any of its messages.
        """
        with self._store.begin() as tx:
            tx.cases.get(case_id)
            found = forwarded_in(tx, case_id)
        if found is None:
            raise Refused(
                f"No forwarded writer was found in case {case_id}. Name the address: concierge "
                f"case requester {case_id} ADDRESS"
            )
        return found


def forwarded_in(tx: Transaction, case_id: int) -> Address | None:
    """The candidate in the newest message before staff that has one.

    Not in what is parked there: anybody can write a report that returns a mail of ours.
    """
    for entry in reversed(standing(tx, case_id)):
        reading = tx.ledger.reading(entry.id)
        candidate = reading.triage.get("forwarded") if reading else None
        if candidate and candidate.get("address"):
            return Address(str(candidate["address"]), str(candidate.get("name") or ""))
    return None


def _next_draft(proposing: Proposing, case: Case) -> Redrafted:
    """A draft to the new requester wherever a reply could be approved now."""
    if (case.state, Trigger.REPLY_APPROVED) in TRANSITIONS:
        return proposing.anew(case)
    return proposing.as_it_stands(case)


def _named(requester: Address) -> str:
    return str(requester) if requester.address else "nobody"


def _checked(requester: Address, ours: frozenset[str]) -> Address:
    address = requester.address.strip()
    if not address:
        return UNKNOWN_REQUESTER
    domain = address.rpartition("@")[2]
    if not (_ADDRESS.fullmatch(address) and _DOMAIN.fullmatch(domain)):
        raise Refused("That is no mail address; write only name@example.org. Nothing was changed.")
    name = " ".join("".join(c if c.isprintable() else " " for c in requester.name).split())
    wanted = Address(address, name[:_LONGEST_NAME])
    if wanted.is_one_of(ours):
        raise Refused("That is one of our own addresses; nobody is answered there.")
    return wanted
