"""Setting: staff say what a requester speaks and where they are, and the reply follows at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from concierge.desk.conclusions import came_close, concluded
from concierge.desk.history import tell
from concierge.desk.in_thread import for_requester, relearned, thread_of
from concierge.desk.naming import country_code, language_code
from concierge.desk.permission import taken_up
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.store import Store, Transaction
from concierge.desk.redrafting import Proposing, Redrafted
from concierge.desk.report import NOBODY_KNOWS
from concierge.desk.rereading import Fresh, Rereader, newest_answerable
from concierge.desk.said import hints_of
from concierge.desk.triage import rematched
from concierge.desk.triage_view import as_dict
from concierge.domain.case import NEEDS_A_PERSON, SETTABLE, TRANSITIONS, Case, Trigger
from concierge.domain.draft import OUTBOX_UNFINISHED, OutboxState
from concierge.domain.event import DESK, Event, EventKind
from concierge.domain.ledger import LedgerState
from concierge.errors import Refused, UsageError


@dataclass(frozen=True, slots=True)
class Settled:
    """A case of which staff have set something, and what became of its reply."""

    case: Case
    was: Case
    #: One for each value that was set.
    events: tuple[Event, ...]
    draft: Redrafted
    #: A reply that knows nothing of the change and is left as it is; empty when there is none.
    left_alone: str = ""


class Setting:
    """Sets the language, the country and the home of a case."""

    def __init__(self, store: Store, clock: Clock, rereader: Rereader) -> None:
        self._store = store
        self._clock = clock
        self._rereader = rereader

    def set(
        self,
        case_id: int,
        by: str,
        language: str | None = None,
        country: str | None = None,
        home: str | None = None,
        *,
        version: int = 0,
    ) -> Settled:
        """Set what is given, as a code or a name; "undetermined" says that nobody can tell.

        "desk" takes back what was set: the desk's own conclusion stands again, and later messages
        may change it. A set value wins over everything the desk finds later, until it is set anew.
        The case is matched anew and, before staff, its reply proposed anew; an approved or sent
        reply stays.
        ``version`` is the case as the person saw it; 0 takes it as it stands.

        Raises:
            UsageError: nothing was given, or no or more than one country or language is meant.
            TakenByAnother: somebody else holds the case.
            Refused: it was merged away, has moved on since it was seen, or has these set already.
        """
        fresh = self._rereader.ahead(self._store, case_id)
        wanted = _wanted(fresh, language, country, home)
        now = self._clock.now()
        with self._store.begin() as tx:
            case = taken_up(tx, case_id, by, now)
            if version not in {0, case.version}:
                raise Refused(
                    f"Case {case_id} has moved on since you read it. Look at it again; nothing "
                    "was set."
                )
            changed = _changed(case, wanted)
            set_ = _with(tx, case, _resolved(tx, case, changed), changed, by)
            tx.cases.save(set_, was=case)
            events = _tell(tx, case, set_, changed, by, now)
            _match_anew(tx, set_, fresh)
            draft = _redraft(Proposing(tx, fresh, self._rereader.key, by, now), set_)
            return Settled(tx.cases.get(case_id), case, events, draft, _left_alone(tx, case_id))


#: For a value: nobody sets it, the desk concludes it.
_LEFT: Final = None
_Wanted = dict[str, str | None]


def _wanted(fresh: Fresh, language: str | None, country: str | None, home: str | None) -> _Wanted:
    def code(name: str, typed: str) -> str | None:
        if typed.strip().casefold() == DESK:
            return _LEFT
        places = fresh.book.atlas.places
        return language_code(typed) if name == "language" else country_code(typed, places)

    given = {"language": language, "country": country, "home": home}
    wanted = {name: code(name, typed) for name, typed in given.items() if typed is not None}
    if not wanted:
        raise UsageError("Say what to set: a language, a country or a home.")
    return wanted


def _changed(case: Case, wanted: _Wanted) -> _Wanted:
    """What is not set so already; who set the rest stays named for it."""

    def stands(name: str, value: str | None) -> bool:
        by_staff = bool(getattr(case, f"{name}_by"))
        return not by_staff if value is _LEFT else by_staff and getattr(case, name) == value

    changed = {name: value for name, value in wanted.items() if not stands(name, value)}
    if not changed:
        raise Refused(f"Case {case.id} has that set already. Nothing was changed.")
    return changed


def _resolved(tx: Transaction, case: Case, changed: _Wanted) -> dict[str, str]:
    """The values the case gets: those that are left to the desk as its requester's mail tells."""
    left = [name for name, value in changed.items() if value is _LEFT]
    values = {name: value for name, value in changed.items() if value is not None}
    if not left:
        return values
    bare = {f"{name}{by}": "" for name in left for by in ("", "_by")}
    again = relearned(tx, replace(case, **bare), tx.ledger.entries(case.id))  # type: ignore[arg-type]
    readings = tx.ledger.readings(case.id)
    # Through a form, or forwarded by a colleague, no message is under the requester's own address.
    theirs = any(r.sender and r.sender.key == case.requester.key for r in readings)
    told = {name: "" if theirs else concluded(readings, name) for name in left}
    return values | {name: getattr(again, name) or told[name] for name in left}


def _with(tx: Transaction, case: Case, values: dict[str, str], changed: _Wanted, by: str) -> Case:
    names = values | {f"{n}_by": "" if v is _LEFT else by for n, v in changed.items()}
    # A reply that was approved answers this version of the case and goes out as it is; growing
    # the version would hold it back as overtaken.
    under_way = any(
        mail.state in OUTBOX_UNFINISHED
        and tx.drafts.get(mail.approval.draft_id).case_version == case.version
        for mail in tx.outbox.of_case(case.id)
    )
    return replace(case, version=case.version + (not under_way), **names)  # type: ignore[arg-type]


def _tell(
    tx: Transaction, case: Case, set_: Case, changed: _Wanted, by: str, now: datetime
) -> tuple[Event, ...]:
    """One line of history for each value: what a correction is made into an example from."""
    readings = tx.ledger.readings(case.id)
    newest = newest_answerable(tx, case.id)
    told = []
    for name in (each for each in SETTABLE if each in changed):
        facts = {
            "field": name,
            "was": getattr(case, name) or NOBODY_KNOWS,
            "now": getattr(set_, name) or NOBODY_KNOWS,
            "left_to": DESK if changed[name] is _LEFT else "",
            "was_by": getattr(case, f"{name}_by"),
            "desk": concluded(readings, name) or NOBODY_KNOWS,
            "close": ",".join(came_close(readings, name)),
            "message": newest.id if newest else "",
        }
        tell(tx, case.id, EventKind.CONCLUSION_SET, now, by, facts)
        told.append(tx.events.of_case(case.id)[-1])
    return tuple(told)


def _match_anew(tx: Transaction, case: Case, fresh: Fresh) -> None:
    """The newest message shows the resources that fit what is known now."""
    entry = newest_answerable(tx, case.id)
    if entry is None or entry.state is not LedgerState.CASE or fresh.failed(tx, entry):
        return
    reading = tx.ledger.reading(entry.id)
    if reading is None:
        return
    read, thread = fresh.of(tx, entry), thread_of(tx, case, entry)
    said = for_requester(read.found, read.message, fresh.book, case, thread)
    found = rematched(said, fresh.book, hints_of(case))
    matches = {"matches": as_dict(found)["matches"]}
    tx.ledger.keep_reading(replace(reading, triage=reading.triage | matches))


def _redraft(proposing: Proposing, case: Case) -> Redrafted:
    """A new draft before staff, or where one stood that was made without knowing this."""
    stood = proposing.tx.drafts.open_of(case.id) is not None
    allowed = (case.state, Trigger.REPLY_APPROVED) in TRANSITIONS
    if allowed and (stood or case.state in NEEDS_A_PERSON):
        return proposing.anew(case)
    return proposing.as_it_stands(case)


def _left_alone(tx: Transaction, case_id: int) -> str:
    for mail in reversed(tx.outbox.of_case(case_id)):
        if mail.state in OUTBOX_UNFINISHED:
            return f"The approved reply (mail {mail.id}) goes out as it is."
        if mail.state is OutboxState.SENT:
            return f"The reply that was sent (mail {mail.id}) is left as it is."
    return ""
