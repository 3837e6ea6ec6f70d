"""A proxy that tells when so and so many bytes have crossed, before it lets the last ones pass."""

from __future__ import annotations

from collections.abc import Callable

from servers.flaky import FlakyProxy


class Tap(FlakyProxy):
    """Calls back, once, in the middle of a server's answer."""

    def __init__(self, target_port: int) -> None:
        super().__init__(target_port)
        #: Bytes the server has said since :meth:`strike_after`.
        self.crossed = 0
        self._limit: int | None = None
        self._strike: Callable[[], object] = lambda: None

    def strike_after(self, count: int | None, strike: Callable[[], object] = lambda: None) -> None:
        """Call ``strike`` when the server has said ``count`` more bytes; None takes it back."""
        self.crossed = 0
        self._strike = strike
        self._limit = count

    def _allowed(self, data: bytes) -> tuple[bytes, bool]:
        self.crossed += len(data)
        if self._limit is not None and self.crossed >= self._limit:
            self._limit = None
            self._strike()
        return super()._allowed(data)
