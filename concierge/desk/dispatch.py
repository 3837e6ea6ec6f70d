"""Dispatch: approved mail goes out once, and what nobody can know waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from concierge.desk import outcomes
from concierge.desk.approvals import digest
from concierge.desk.history import tell
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.courier import Courier, SendOutcome, SendResult
from concierge.desk.ports.store import Store, Transaction
from concierge.domain.draft import OutboxMail, OutboxState
from concierge.domain.event import DESK, EventKind
from concierge.domain.sla import Promises
from concierge.errors import LoginRefused, Refused, StoreUnavailable

#: The first wait after a deferral; it doubles each time. Greylisting servers ask for minutes.
FIRST_DELAY = timedelta(seconds=30)
#: No wait is longer: a person who needs an answer should not lose hours to arithmetic.
LONGEST_DELAY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """How long to hold and how long to try."""

    promises: Promises
    #: Longer than the ten minutes RFC 5321 gives a server after the final dot.
    lease: timedelta = timedelta(minutes=15)
    give_up_after: timedelta = timedelta(hours=48)
    #: Whether a copy is to be put into the Sent folder after acceptance.
    copy_to_sent: bool = False
    #: See :data:`FIRST_DELAY`; tests shorten it.
    first_delay: timedelta = FIRST_DELAY


@dataclass(frozen=True, slots=True)
class Dispatched:
    """How many mails ended how in one pass."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0


class Dispatch:
    """Sends what is approved. ``worker`` names this process in the claims it makes."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        courier: Courier,
        settings: DispatchSettings,
        *,
        worker: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._courier = courier
        self._settings = settings
        self._worker = worker

    def recover(self, *, alone: bool) -> Dispatched:
        """Deal with mail a dead worker left behind.

        Claimed but not in DATA: it certainly did not leave, so it is queued again. In DATA: nobody
        can know, so it becomes ``uncertain``. ``alone`` says that no other worker can be alive
        (the caller holds the worker lock), so that leases need not run out first.
        """
        requeued = uncertain = 0
        with self._store.begin() as tx:
            now = self._clock.now()
            for mail in tx.outbox.abandoned(now, not_by=self._worker if alone else ""):
                if mail.state is OutboxState.CLAIMED:
                    queued = outcomes.released(mail, OutboxState.QUEUED)
                    tx.outbox.save(queued, was=mail.state)
                    outcomes.hold_back_if_overtaken(tx, queued, now)
                    requeued += 1
                else:
                    why = "The program was stopped while the server held this mail."
                    outcomes.uncertain(tx, mail, why, now, self._settings.promises)
                    uncertain += 1
        return Dispatched(deferred=requeued, uncertain=uncertain)

    def send_due(self, limit: int) -> Dispatched:
        """Send up to ``limit`` mails that are due.

        Raises:
            LoginRefused: the server refused the credentials; the mail went back to the queue
                unharmed and no further mail was tried.
            StoreUnavailable: nothing was sent that is not recorded as in DATA.
        """
        done = Dispatched()
        for _ in range(limit):
            mail = self._claim()
            if mail is None:
                break
            done = self._send_one(mail, done)
        return done

    def _claim(self) -> OutboxMail | None:
        with self._store.begin() as tx:
            now = self._clock.now()
            return tx.outbox.claim_next(now, self._worker, now + self._settings.lease)

    def _send_one(self, mail: OutboxMail, done: Dispatched) -> Dispatched:
        """Send one claimed mail.

        1. Check that bytes and recipient are still those that were approved.
        2. Hand it over; just before DATA the courier has us commit ``in_data``.
        3. Commit the outcome. When that commit fails, the row stays ``in_data`` and becomes
           ``uncertain`` later, for a person, although we know better now: better asked twice
           than sent twice.
        """
        if digest(mail.mail, mail.recipient) != mail.approval.digest:
            with self._store.begin() as tx:
                why = "The stored mail differs from what was approved."
                outcomes.failed(tx, mail, why, self._clock.now(), self._settings.promises)
            return replace(done, failed=done.failed + 1)
        in_data = replace(mail, state=OutboxState.IN_DATA)

        def before_data() -> None:
            with self._store.begin() as tx:
                tx.outbox.save(in_data, was=OutboxState.CLAIMED)

        try:
            outcome = self._courier.send(
                sender=mail.sender,
                recipient=mail.recipient,
                mail=mail.mail,
                before_data=before_data,
            )
        except Refused:
            # Our lease had run out and somebody else holds the mail now; it did not leave here.
            return done
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a fault must not send mail round for ever
            outcome = self._fault(mail, error)
        return self._record(mail, outcome, done)

    def _fault(self, mail: OutboxMail, error: Exception) -> SendOutcome:
        """What a fault of the program means for the mail: before DATA it did not leave.

        Its type goes into the row, where ``concierge outbox list`` shows it; never its words.
        """
        with self._store.begin() as tx:
            certain = tx.outbox.get(mail.id).state is OutboxState.CLAIMED
        result = SendResult.DEFERRED if certain else SendResult.UNKNOWN
        return SendOutcome(result, 0, f"A fault of the program: {type(error).__name__}", "fault")

    def _record(self, mail: OutboxMail, outcome: SendOutcome, done: Dispatched) -> Dispatched:
        with self._store.begin() as tx:
            now = self._clock.now()
            held = tx.outbox.get(mail.id)
            accepted = outcome.result is SendResult.ACCEPTED
            if held.claimed_by != self._worker and not accepted:
                # Our lease ran out and somebody else decides about it. That it was accepted is
                # true whoever holds it; that ours failed says nothing of theirs.
                return done
            match outcome.result:
                case SendResult.ACCEPTED:
                    settings = self._settings
                    outcomes.sent(tx, held, outcome.reply, now, settings.promises,
                                  copy=settings.copy_to_sent)  # fmt: skip
                    return replace(done, sent=done.sent + 1)
                case SendResult.UNKNOWN:
                    why = "The connection ended before the server answered the whole mail."
                    outcomes.uncertain(tx, held, why, now, self._settings.promises)
                    return replace(done, uncertain=done.uncertain + 1)
                case SendResult.REFUSED:
                    outcomes.failed(tx, held, outcome.reply, now, self._settings.promises)
                    return replace(done, failed=done.failed + 1)
                case SendResult.DEFERRED if outcome.login_refused:
                    queued = outcomes.released(held, OutboxState.QUEUED)
                    tx.outbox.save(queued, was=held.state)
                    outcomes.hold_back_if_overtaken(tx, queued, now)
                case SendResult.DEFERRED:
                    return self._defer(tx, held, outcome, now, done)
        raise LoginRefused(
            "The outgoing mail server refused the user name or password. Nothing was sent. "
            "Check [outgoing] username and its password, then run: concierge doctor"
        )

    def _defer(
        self,
        tx: Transaction,
        mail: OutboxMail,
        outcome: SendOutcome,
        now: datetime,
        done: Dispatched,
    ) -> Dispatched:
        if now - mail.approval.at > self._settings.give_up_after:
            why = outcome.reply or "Given up after many attempts."
            outcomes.failed(tx, mail, why, now, self._settings.promises)
            return replace(done, failed=done.failed + 1)
        waits = min(self._settings.first_delay * 2 ** min(mail.attempts, 16), LONGEST_DELAY)
        later = replace(
            outcomes.released(mail, OutboxState.QUEUED),
            attempts=mail.attempts + 1,
            due_at=now + waits,
            last_reply=outcome.reply,
        )
        tx.outbox.save(later, was=mail.state)
        outcomes.hold_back_if_overtaken(tx, later, now)
        if mail.attempts == 0:
            # The first deferral is history worth telling; the hundredth is in the row.
            facts = {"mail": mail.id, "code": outcome.code, "phase": outcome.phase}
            tell(tx, mail.case_id, EventKind.SEND_DEFERRED, now, DESK, facts)
        return replace(done, deferred=done.deferred + 1)
