"""The schedule: when each job runs, what wakes it, and how it all comes to an end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from concierge import bootstrap, service
from concierge.config import Config
from concierge.errors import LoginRefused, Unavailable
from concierge.mail.backoff import delays
from concierge.worker.jobs import Worker

log = structlog.get_logger(__name__)

#: Seconds after which a poll that has not come to an end counts as hung. Every socket gives up
#: after 30 s, so only a fault in the program, or fetching a very large backlog, takes this long.
_HUNG_AFTER = 900.0


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
    threading.excepthook = thread_failed
    worker = Worker(config)
    try:
        log.info("effective_config", config=config.redacted())
        log.info("detectors_found", component=bootstrap.detectors())
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


def thread_failed(died: threading.ExceptHookArgs) -> None:
    """Tell of a thread that died of something no guard knows.

    Python itself would print the error's words, and they may quote a mail or its writer.
    """
    log.error("thread_failed", job=died.thread.name if died.thread else "", exc_info=died.exc_value)


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
