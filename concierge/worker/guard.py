"""A guard keeps one job from harming the others or hammering a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog

from concierge.errors import ConciergeError, LoginRefused, Unavailable
from concierge.mail.backoff import delays

log = structlog.get_logger(__name__)

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
