"""The jobs of the desk around one store, one mailbox connection and one courier."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import structlog

from concierge import bootstrap
from concierge.config import Config
from concierge.desk.copies import make_copies
from concierge.desk.daily import report_if_due
from concierge.desk.ports.clock import Clock
from concierge.desk.supervision import sweep
from concierge.errors import FaultyInput, MailboxUnavailable
from concierge.worker.guard import Guard

log = structlog.get_logger(__name__)

#: Mails sent in one dispatch job, so that a full outbox does not keep the other jobs waiting.
_SENDS_A_PASS = 50


class Worker:
    """All jobs of the desk around one store, one mailbox connection and one courier."""

    def __init__(self, config: Config, clock: Clock | None = None) -> None:
        """Open everything.

        Raises:
            AlreadyRunning: another worker holds the store.
            StoreUnavailable, FaultyInput: it cannot start; the sentence says what to do.
        """
        self._config = config
        self._clock = clock or bootstrap.SystemClock()
        self._open = ExitStack()
        with ExitStack() as opening:
            opening.enter_context(bootstrap.worker_lock(config))
            self._store = bootstrap.open_store(config)
            opening.callback(self._store.close)
            self._mailbox = bootstrap.open_mailbox(config)
            opening.callback(self._mailbox.close)
            self._courier = bootstrap.open_courier(config)
            opening.callback(self._courier.close)
            rulebook = bootstrap.live_rulebook(config, self._rulebook_changed)
            self._open = opening.pop_all()
        self._intake = bootstrap.make_intake(config, self._store, self._mailbox)
        self._admission = bootstrap.make_admission(config, self._store, rulebook)
        self._dispatch = bootstrap.make_dispatch(config, self._store, self._courier)
        jobs = ("poll", "settle", "copies", "dispatch", "sweep")
        self.guards = {name: Guard(name, self._beat) for name in jobs}

    def close(self) -> None:
        """Let go of everything, the lock last."""
        self._open.close()

    def recover(self) -> None:
        """Deal with what a killed worker left behind; we hold the lock, so we are alone."""
        left = self._dispatch.recover(alone=True)
        if left.deferred or left.uncertain:
            log.warning("recovered", requeued_count=left.deferred, uncertain_count=left.uncertain)

    def pass_once(self) -> int:
        """One full pass of every job; the exit code, 0 when all went well."""
        self.poll()
        self.sweep()
        self.dispatch()
        return max(guard.failure for guard in self.guards.values())

    def poll(self) -> None:
        """Put all mail before staff; then tidy the server up, which may fail for hours alone."""
        self.guards["poll"].run(self._poll)
        if self.guards["poll"].stopped:
            # The login was refused; asking again for another job would lock the account.
            return
        self.guards["settle"].run(lambda: self._in_every_folder(self._settle))
        self.guards["copies"].run(self._copy)

    def dispatch(self) -> None:
        """Send what is approved and due, and make the copies in the Sent folder."""
        self.guards["dispatch"].run(self._send)

    def sweep(self) -> None:
        """Tell of promises at risk and broken, and mail the report of the day when it is due."""
        self.guards["sweep"].run(self._sweep)

    def _poll(self) -> None:
        # What is stored already is admitted even while the mail server is away.
        self._admit()
        self._in_every_folder(self._collect)

    def _collect(self, folder: str) -> None:
        try:
            collected = self._intake.collect(folder)
            if collected.new:
                log.info("collected", folder=folder, count=collected.new)
        finally:
            # Also what came before the trouble, such as a mail that the server will not give.
            self._admit()

    def _settle(self, folder: str) -> None:
        self._intake.settle(folder)

    def _in_every_folder(self, job: Callable[[str], None]) -> None:
        """Do it in all folders before telling of trouble: one must not hold up the others."""
        trouble: MailboxUnavailable | None = None
        for folder in self._config.mailbox.folders:
            try:
                job(folder)
            except MailboxUnavailable as error:
                trouble = trouble or error
        if trouble:
            raise trouble

    def _copy(self) -> None:
        if bootstrap.copies_to_sent(self._config):
            make_copies(self._store, self._mailbox, self._config.outgoing.sent_folder)

    def _admit(self) -> None:
        seen_failures = 0
        while True:
            done = self._admission.admit_waiting(self._config.worker.process_batch)
            for cause in done.failures:
                log.error("message_failed", cause_code=cause)
            if done.total:
                log.info("admitted", cases_count=done.cases, muted_count=done.muted,
                         quarantined_count=done.quarantined, failed=len(done.failures))  # fmt: skip
            seen_failures += len(done.failures)
            # A failing message stays stored and is tried again, up to its attempts.
            progress = done.cases + done.muted + done.quarantined
            if not progress and not done.failures:
                return
            if not progress and seen_failures > self._config.worker.process_batch * 10:
                return

    def _send(self) -> None:
        self._dispatch.recover(alone=True)
        done = self._dispatch.send_due(_SENDS_A_PASS)
        if done.sent or done.deferred or done.failed or done.uncertain:
            log.info("dispatched", sent_count=done.sent, deferred_count=done.deferred,
                     failed=done.failed, uncertain_count=done.uncertain)  # fmt: skip

    def _sweep(self) -> None:
        swept = sweep(self._store, self._clock)
        if swept.at_risk or swept.breached:
            log.warning("promises", at_risk_count=swept.at_risk, breached_count=swept.breached)
        views = bootstrap.open_views(self._config)
        try:
            sent = report_if_due(
                views,
                self._store,
                self._clock,
                self._courier,
                bootstrap.report_post(self._config),
            )
        finally:
            views.close()
        if sent:
            log.info("report_sent", count=sent)

    def _beat(self, name: str, code: str) -> None:
        with self._store.begin() as tx:
            tx.marks.beat(name, self._clock.now(), code)

    def _rulebook_changed(self, error: FaultyInput | None) -> None:
        if error is None:
            log.info("rulebook_reloaded")
        else:
            log.error("rulebook_faulty", faults_count=len(error.faults))
        self._beat("rulebook", "faulty" if error else "")
