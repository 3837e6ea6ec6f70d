"""The worker: schedule and signals; calls the desk, nothing else.

One process, a few jobs, each safe to repeat and each behind a guard: a server that is away is
tried again with growing waits, a refused login is not tried again at all until the worker is
started anew, and neither ever stops the other jobs.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

import structlog

from concierge import bootstrap, service
from concierge.config import Config
from concierge.desk.copies import make_copies
from concierge.desk.daily import report_if_due
from concierge.desk.ports.clock import Clock
from concierge.desk.supervision import sweep
from concierge.errors import (
    ConciergeError,
    FaultyInput,
    LoginRefused,
    MailboxUnavailable,
    Unavailable,
)
from concierge.mail.backoff import delays

log = structlog.get_logger(__name__)

#: Mails sent in one dispatch job, so that a full outbox does not keep the other jobs waiting.
_SENDS_A_PASS = 50
#: Seconds after which a poll that has not come to an end counts as hung. Every socket gives up
#: after 30 s, so only a fault in the program, or fetching a very large backlog, takes this long.
_HUNG_AFTER = 900.0
#: Seconds between two heartbeats of a job that goes well, so that an idle desk writes little.
_BEAT_EVERY = 60.0


@dataclass(slots=True)
class Guard:
    """Keeps one job from harming the others or hammering a server.

    ``failure`` is the exit code of the last failure, 0 after a success.
    """

    name: str
    beat: Callable[[str, str], None]
    failure: int = 0
    stopped: bool = False
    _not_before: float = 0.0
    _waits: Iterator[float] | None = None
    _last_beat: float | None = None
    #: Monotonic seconds when the job last came to an end, well or not.
    ended: float = 0.0

    def run(self, job: Callable[[], None]) -> None:
        """Run the job now unless it is waiting out a failure or was stopped by a refusal."""
        if self.stopped or time.monotonic() < self._not_before:
            self.ended = time.monotonic()
            return
        try:
            job()
        except LoginRefused as error:
            self.stopped = True
            self._tell(error, "login_refused")
            log.error("login_refused", job=self.name)  # noqa: TRY400 - no trace is of use
        except Unavailable as error:
            self._waits = self._waits or delays(base=2.0)
            wait = next(self._waits)
            self._not_before = time.monotonic() + wait
            self._tell(error, type(error).__name__)
            log.warning("unavailable", job=self.name, code=type(error).__name__, wait_seconds=wait)
        else:
            self._went_well()
        finally:
            self.ended = time.monotonic()

    def _went_well(self) -> None:
        now = time.monotonic()
        if self.failure or self._last_beat is None or now - self._last_beat >= _BEAT_EVERY:
            self._last_beat = now
            self._remember(self.name, "")
        self._waits, self._not_before, self.failure = None, 0.0, 0

    def _tell(self, error: ConciergeError, code: str) -> None:
        self.failure = error.exit_code
        self._remember(f"{self.name}_failed", code)

    def _remember(self, name: str, code: str) -> None:
        try:
            self.beat(name, code)
        except Unavailable as error:
            # The store itself is away: the log line is all that can be left behind.
            log.warning("unavailable", job="heartbeat", code=type(error).__name__)


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


def run_once(config: Config) -> int:
    """One full pass in the foreground; the exit code of the worst that happened."""
    worker = Worker(config)
    try:
        worker.recover()
        return worker.pass_once()
    finally:
        worker.close()


def run_for_ever(config: Config) -> int:
    """Run on schedule until SIGTERM or SIGINT; finish the job under way, then stop."""
    from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
    from apscheduler.schedulers.background import BackgroundScheduler

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker = Worker(config)
    try:
        log.info("effective_config", config=config.redacted())
        worker.recover()
        # A tick that comes late is still wanted, a pile of them is one: the jobs catch up from
        # the store, not from ticks. (The library's default drops a tick that is a second late.)
        scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        scheduler.add_listener(
            _scheduler_event, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES
        )
        soon = datetime.now(scheduler.timezone)
        every = config.worker
        for job, seconds in (
            (worker.poll, config.mailbox.poll_seconds),
            (worker.dispatch, every.dispatch_seconds),
            (worker.sweep, every.sweep_seconds),
        ):
            scheduler.add_job(job, "interval", seconds=seconds, id=job.__name__, next_run_time=soon)
        scheduler.start()
        watcher = _Watcher(config, lambda: scheduler.modify_job("poll", next_run_time=_now()))
        if config.mailbox.idle:
            watcher.start()
        _watch(worker, stop)
        watcher.stop()
        scheduler.shutdown(wait=True)
    finally:
        worker.close()
    log.info("stopped")
    return 0


def _now() -> datetime:
    return bootstrap.SystemClock().now()


def _watch(worker: Worker, stop: threading.Event) -> None:
    """Wait for the end, telling the service manager that we live while polls come to an end.

    A server that is away or a refused login is no reason to be started anew: the guards know of
    it and `concierge health` tells it. A poll that hangs is.
    """
    service.ready()
    started = time.monotonic()
    while not stop.wait(5.0):
        if time.monotonic() - max(started, worker.guards["poll"].ended) < _HUNG_AFTER:
            service.alive()
    service.stopping()


def _scheduler_event(event: object) -> None:
    """A job that was skipped, or died of something no guard knows: never silent."""
    job = str(getattr(event, "job_id", ""))
    error = getattr(event, "exception", None)
    if isinstance(error, BaseException):
        log.error("job_failed", job=job, exc_info=error)
    else:
        log.warning("job_skipped", job=job)


class _Watcher(threading.Thread):
    """IDLE on a connection of its own; wakes the poll, and is never the truth."""

    def __init__(self, config: Config, wake: Callable[[], object]) -> None:
        super().__init__(name="idle-watcher", daemon=True)
        self._config = config
        self._mailbox = bootstrap.open_mailbox(config)
        self._wake = wake
        self._over = threading.Event()

    def run(self) -> None:
        waits = delays(base=2.0)
        while not self._over.is_set():
            try:
                self._mailbox.open(self._config.mailbox.folders[0])
                self._wake()
                while not self._over.is_set():
                    if self._mailbox.wait(float(self._config.mailbox.poll_seconds)):
                        self._wake()
                    waits = delays(base=2.0)
            except LoginRefused:
                # The poll says so where people look; asking twice would lock the account.
                return
            except Unavailable:
                self._over.wait(next(waits))
        self._mailbox.close()

    def stop(self) -> None:
        """Ask the thread to end and wait a little for it."""
        self._over.set()
        self._mailbox.interrupt()
        if self.is_alive():
            self.join(timeout=5.0)
