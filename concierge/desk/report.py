"""The daily report: one day of the desk in figures, each with its formula, nobody named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concierge.desk.ports.views import ArrivalCount, LedgerTotals, QueueRow, Views
from concierge.desk.queue import in_order
from concierge.domain.case import NEEDS_A_PERSON, UNRESOLVED
from concierge.domain.draft import OUTBOX_FOR_A_PERSON
from concierge.domain.event import Event, EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.sla import CaseClock, ClockKind, Standing

#: How "nobody can tell" stands in the history (empty values are left out of it).
NOBODY_KNOWS = "undetermined"
#: A name and how many, most first.
Tally = tuple[tuple[str, int], ...]

_DECISIONS = (
    EventKind.APPROVED,
    EventKind.DRAFT_REJECTED,
    EventKind.DRAFTED,
    EventKind.RESOLVED,
    EventKind.UNPARKED,
    EventKind.FLOODED,
    EventKind.DRAFT_WITHHELD,
    EventKind.CONCLUSION_SET,
)
#: What stops clocks without any answer: closing a case, or parking again the mail it was owed for.
_ENDS_UNANSWERED = frozenset({EventKind.RESOLVED, EventKind.UNPARKED})
_AGES = ((timedelta(hours=4), "under 4 h"), (timedelta(hours=24), "4 to 24 h"),
         (timedelta(days=3), "1 to 3 days"))  # fmt: skip
_OLDEST = "over 3 days"


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """First-response times of one urgency, in minutes of wall time.

    ``n`` first responses were accepted by the server on the day; ``kept`` of them within the
    promise; a case closed without an answer is no response. Of the cases that came by the end of
    the day, ``waiting`` still wait when the report is made, ``late`` of these past their promise.
    """

    urgency: str
    n: int
    median: float | None
    p90: float | None
    kept: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether every mail the server showed us is accounted for, since the desk began.

    ``server`` comes from the server's own counters (UIDs listed and given out), the rest from
    the ledger, so that the two can disagree.
    """

    server: int
    ledger: int
    in_cases: int
    muted: int
    quarantined: int
    duplicates: int
    unprocessed: int
    unfetched: int

    @property
    def vanished(self) -> int:
        """Mails the server gave a UID to and that were gone before the desk could read them:
        moved or deleted by somebody else, by a rule on the server, or a UID it skipped."""
        return max(0, self.server - self.ledger - self.unfetched)

    @property
    def balanced(self) -> bool:
        """Server messages = ledger rows = the sum of what became of them, nothing left over."""
        placed = self.in_cases + self.muted + self.quarantined + self.duplicates
        return self.server == self.ledger == placed


@dataclass(frozen=True, slots=True)
class DayReport:
    """The figures of one local day. Case numbers only; no name, address or word of anybody."""

    day: date
    zone: str
    made_at: datetime
    arrived: int
    by_kind: Tally
    by_language: Tally
    by_country: Tally
    by_home: Tally
    by_urgency: Tally
    by_route: Tally
    #: (urgency, ((age, count), ...)) of what needs a person now.
    waiting: tuple[tuple[str, Tally], ...]
    oldest_case: int
    #: Cases that wait for a person of which nobody knows the language or the country.
    undetermined: Tally
    #: What staff set on the day, and in how many of these the desk had answered otherwise.
    set_by_staff: Tally
    corrected: Tally
    responses: tuple[ResponseTimes, ...]
    breached_cases: tuple[int, ...]
    at_risk_cases: tuple[int, ...]
    approved_unchanged: int
    approved_edited: int
    rejected: Tally
    #: Cases that got no draft because so many were written within the hour, and because they
    #: repeat another case.
    drafts_withheld: int
    flooded: int
    #: (case, state) of mail that waits for a person's decision.
    troubled_sends: tuple[tuple[int, str], ...]
    #: By "language / country": drafts for which no template stood in the language wanted, and
    #: drafts that could name no resource of the country.
    missing_templates: Tally
    missing_resources: Tally
    reconciliation: Reconciliation


def build(views: Views, day: date, zone: ZoneInfo, now: datetime) -> DayReport:
    """The report of one local day, from midnight to midnight in ``zone``, as seen at ``now``.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    # What was seen before is in the reconciliation line; it did not come in again.
    arrivals = [row for row in views.arrivals(start, end) if row.state is not LedgerState.DUPLICATE]
    rows = views.queue(sorted(UNRESOLVED))
    clocks = views.clocks(start, end)
    events = views.events([kind.value for kind in _DECISIONS], start, end)
    closed = {(event.case_id, event.at) for event in events if event.kind in _ENDS_UNANSWERED}
    answered = [clock for clock in clocks if (clock.case_id, clock.met_at) not in closed]
    waiting = [row for row in rows if row.case.state in NEEDS_A_PERSON]
    approvals = [event for event in events if event.kind is EventKind.APPROVED]
    edited = sum(event.get("edited") == "yes" for event in approvals)
    return DayReport(
        day=day,
        zone=zone.key,
        made_at=now,
        arrived=sum(row.count for row in arrivals),
        by_kind=_by(arrivals, "kind"),
        by_language=_by(arrivals, "language"),
        by_country=_by(arrivals, "country"),
        by_home=_by(arrivals, "home"),
        by_urgency=_by(arrivals, "urgency"),
        by_route=_by(arrivals, "route"),
        waiting=_waiting(waiting, now),
        oldest_case=_oldest(waiting),
        undetermined=tuple(
            (name, sum(not getattr(row.case, name) for row in waiting))
            for name in ("language", "country")
        ),
        set_by_staff=_tally(_set(event) for event in events),
        corrected=_tally(_set(event) for event in events if _other_answer(event)),
        responses=tuple(_responses(urgency, answered, now) for urgency in Urgency),
        breached_cases=_with_standing(clocks, Standing.BREACHED, now),
        at_risk_cases=_with_standing(clocks, Standing.AT_RISK, now),
        approved_unchanged=len(approvals) - edited,
        approved_edited=edited,
        rejected=_tally(e.get("reason") for e in events if e.kind is EventKind.DRAFT_REJECTED),
        drafts_withheld=sum(e.kind is EventKind.DRAFT_WITHHELD for e in events),
        flooded=sum(e.kind is EventKind.FLOODED and not e.get("decision") for e in events),
        troubled_sends=tuple(
            (mail.case_id, mail.state.value)
            for mail in views.outbox([state.value for state in OUTBOX_FOR_A_PERSON])
        ),
        missing_templates=_tally(_missing_template(event) for event in events),
        missing_resources=_tally(_missing_resource(event) for event in events),
        reconciliation=reconcile(views.ledger_totals()),
    )


def reconcile(totals: LedgerTotals) -> Reconciliation:
    """The reconciliation line from the ledger and what the last look at each folder found."""
    counts = dict(totals.by_state)
    ledger = sum(counts.values())
    return Reconciliation(
        server=sum(folder.server_count for folder in totals.folders),
        ledger=ledger,
        in_cases=counts.get(LedgerState.CASE, 0),
        muted=counts.get(LedgerState.MUTED, 0),
        quarantined=counts.get(LedgerState.QUARANTINED, 0),
        duplicates=counts.get(LedgerState.DUPLICATE, 0),
        unprocessed=counts.get(LedgerState.STORED, 0),
        unfetched=sum(folder.unfetched for folder in totals.folders),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the smallest value that ``share`` of all do not exceed."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _by(arrivals: Iterable[ArrivalCount], label: str) -> Tally:
    counts: Counter[str] = Counter()
    for row in arrivals:
        counts[getattr(row.labels, label) or "undetermined"] += row.count
    return _most_first(counts)


def _tally(names: Iterable[str]) -> Tally:
    return _most_first(Counter(name for name in names if name))


def _most_first(counts: Counter[str]) -> Tally:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _waiting(rows: Iterable[QueueRow], now: datetime) -> tuple[tuple[str, Tally], ...]:
    by_urgency: dict[Urgency, Counter[str]] = {urgency: Counter() for urgency in Urgency}
    for row in rows:
        by_urgency[row.case.urgency][_age(now - row.case.last_message_at)] += 1
    names = [*(name for _, name in _AGES), _OLDEST]
    return tuple(
        (urgency.value, tuple((name, counts[name]) for name in names))
        for urgency, counts in by_urgency.items()
    )


def _age(age: timedelta) -> str:
    return next((name for limit, name in _AGES if age < limit), _OLDEST)


def _oldest(rows: Sequence[QueueRow]) -> int:
    if not rows:
        return 0
    return min(in_order(rows), key=lambda row: row.case.last_message_at).case.id


def _responses(urgency: Urgency, clocks: Iterable[CaseClock], now: datetime) -> ResponseTimes:
    first = [c for c in clocks if c.kind is ClockKind.FIRST_RESPONSE and c.urgency is urgency]
    met = [(c, (c.met_at - c.started_at).total_seconds() / 60) for c in first if c.met_at]
    minutes = [taken for _, taken in met]
    open_ones = [c for c in first if c.met_at is None]
    return ResponseTimes(
        urgency=urgency.value,
        n=len(met),
        median=percentile(minutes, 0.5),
        p90=percentile(minutes, 0.9),
        kept=sum(c.met_at is not None and c.met_at <= c.due_at for c, _ in met),
        waiting=len(open_ones),
        late=sum(c.standing(now) is Standing.BREACHED for c in open_ones),
    )


def _with_standing(
    clocks: Iterable[CaseClock], standing: Standing, now: datetime
) -> tuple[int, ...]:
    return tuple(
        sorted({c.case_id for c in clocks if c.met_at is None and c.standing(now) is standing})
    )


def _missing_template(event: Event) -> str:
    wanted = event.get("fallback_from")
    return _pair(wanted, event) if wanted and event.kind is EventKind.DRAFTED else ""


def _missing_resource(event: Event) -> str:
    if event.kind is not EventKind.DRAFTED or event.get("local_resources") != "0":
        return ""
    return _pair(event.get("fallback_from") or event.get("language"), event)


def _set(event: Event) -> str:
    return event.get("field") if event.kind is EventKind.CONCLUSION_SET else ""


def _other_answer(event: Event) -> bool:
    """Whether the desk had answered, and a person says otherwise."""
    return event.get("desk") not in {"", NOBODY_KNOWS, event.get("now")}


def _pair(language: str, event: Event) -> str:
    return f"{language or 'undetermined'} / {event.get('country') or 'undetermined'}"
