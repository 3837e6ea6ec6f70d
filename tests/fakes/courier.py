"""The courier without a network: keeps what it was given, ends as it is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from concierge.desk.ports.courier import SendOutcome, SendResult

ACCEPTED = SendOutcome(SendResult.ACCEPTED, 250, "2.0.0 queued", "data")
DEFERRED = SendOutcome(SendResult.DEFERRED, 450, "4.2.0 try later", "rcpt")
REFUSED = SendOutcome(SendResult.REFUSED, 550, "5.1.1 no such user", "rcpt")
UNKNOWN = SendOutcome(SendResult.UNKNOWN, 0, "Connection lost", "data")
DEFERRED_AFTER_DATA = SendOutcome(SendResult.DEFERRED, 451, "4.3.0 try later", "data")
REFUSED_AFTER_DATA = SendOutcome(SendResult.REFUSED, 554, "5.7.1 looks like spam", "data")
LOGIN_REFUSED = SendOutcome(
    SendResult.DEFERRED, 535, "5.7.8 authentication failed", "login", login_refused=True
)


@dataclass(frozen=True)
class Sent:
    """One mail the fake server holds."""

    sender: str
    recipient: str
    mail: bytes


class FakeCourier:
    """Ends each send with the next outcome of the plan; accepts when the plan is used up.

    An outcome of phase `data` calls `before_data` first, as the port demands; others never do.
    `delivered` holds accepted mails, and those that ended UNKNOWN when `keeps_unknown` is True.
    """

    def __init__(self, *plan: SendOutcome, keeps_unknown: bool = False) -> None:
        self._plan = deque(plan)
        self.keeps_unknown = keeps_unknown
        self.delivered: list[Sent] = []
        self.attempts = 0
        self.closed = 0

    def plan(self, *outcomes: SendOutcome) -> None:
        """Outcomes of the next sends."""
        self._plan.extend(outcomes)

    def send(
        self, *, sender: str, recipient: str, mail: bytes, before_data: Callable[[], None]
    ) -> SendOutcome:
        self.attempts += 1
        outcome = self._plan.popleft() if self._plan else ACCEPTED
        if outcome.phase != "data":
            return outcome
        before_data()
        held = outcome.result is SendResult.ACCEPTED or (
            outcome.result is SendResult.UNKNOWN and self.keeps_unknown
        )
        if held:
            self.delivered.append(Sent(sender, recipient, mail))
        return outcome

    def close(self) -> None:
        self.closed += 1
