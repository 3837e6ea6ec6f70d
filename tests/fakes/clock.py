"""The clock without time: it stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta


class FrozenClock:
    """Tells the instant it was set to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_(self, **by: float) -> datetime:
        """Let time pass: the arguments of a timedelta."""
        self.at += timedelta(**by)
        return self.at
