"""The clock is a port: the desk asks what time it is and tests decide."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Cannot fail."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
