"""What can go wrong, as sentences for the person who has to act on it.

Every error is raised with one sentence that says what happened and what to do. Each class owns
one process exit code, so that scripts can tell a refused login from a spelling mistake.
"""

from __future__ import annotations

from typing import ClassVar


class ConciergeError(Exception):
    """Something went wrong that a person can act on."""

    exit_code: ClassVar[int] = 1


class UsageError(ConciergeError):
    """The command was asked for something that does not exist or makes no sense."""

    exit_code = 2


class FaultyInput(ConciergeError):
    """A config, template or directory file has faults; all of them are listed.

    ``faults`` holds one line a fault: ``file:line:column: what is wrong; what would be right``.
    """

    exit_code = 2

    def __init__(self, summary: str, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join((summary, *faults)))
        self.summary = summary
        self.faults = faults


class Refused(ConciergeError):
    """The desk's own rules do not allow this now: stale draft, taken case, wrong state."""

    exit_code = 3


class StaleDraft(Refused):
    """The case has moved on since this draft was written."""


class TakenByAnother(Refused):
    """Somebody else holds the case."""


class NotStaff(Refused):
    """The person is not named as staff in the config."""

    exit_code = 4


class LoginRefused(ConciergeError):
    """The mail server refused the user name or password; trying again would lock the account."""

    exit_code = 4


class Unavailable(ConciergeError):
    """A server or the store cannot be reached now; the same call may succeed later."""

    exit_code = 5


class MailboxUnavailable(Unavailable):
    """The IMAP server dropped, stalled, or answered what it should not."""


class StoreUnavailable(Unavailable):
    """The database is locked, full, missing, or of another schema version."""


class AlreadyRunning(Unavailable):
    """Another worker holds this store."""
