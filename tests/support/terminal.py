"""A command in a terminal of its own, typed at and read as a person does."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

#: Seconds until a command is taken for hung; a busy machine needs several to start one.
PATIENCE = 60.0


class Terminal:
    """A pseudo-terminal with ``concierge`` running on it."""

    def __init__(
        self,
        *words: str,
        cwd: Path,
        env: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "concierge", *words],
            cwd=cwd,
            env={"TERM": "xterm", "LC_ALL": "C.UTF-8", **env},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            # A session of its own with this as its terminal, so that hanging up reaches it.
            preexec_fn=_own_terminal,  # noqa: PLW1509 - two system calls, no Python locks
        )
        os.close(slave)
        #: Everything it has said.
        self.said = ""
        self._read_to = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._master >= 0:
            os.close(self._master)

    def until(self, pattern: str) -> str:
        """Wait until it says this; what it said since the last wait."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.compile(pattern).search(self.said, self._read_to)):
            if not self._more(deadline):
                raise AssertionError(f"{pattern!r} was never said in:\n{self.said}")
        heard = self.said[self._read_to : found.end()]
        self._read_to = found.end()
        return heard

    def type(self, words: str, *, enter: bool = True) -> None:
        """Type, and press Enter."""
        os.write(self._master, words.encode() + (b"\n" if enter else b""))

    def end_of_input(self) -> None:
        """Press Ctrl-D."""
        os.write(self._master, b"\x04")

    def hang_up(self) -> None:
        """Close the terminal: what is left running on it gets SIGHUP."""
        os.close(self._master)
        self._master = -1

    def end_by(self, number: signal.Signals) -> int:
        """Send a signal until it has ended; its exit code.

        One alone may come just before it begins to wait for a key, and C's read knows nothing of
        it then.
        """
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < deadline:
            self._process.send_signal(number)
            self._more(time.monotonic() + 0.2)
        return self.code()

    def code(self) -> int:
        """Wait for its end; its exit code, minus the signal when one killed it."""
        deadline = time.monotonic() + PATIENCE
        while self._master >= 0 and self._more(deadline):
            pass
        return self._process.wait(max(deadline - time.monotonic(), 1))

    def _more(self, deadline: float) -> bool:
        """Read more; False when there is no more to come."""
        readable, _, _ = select.select([self._master], [], [], max(deadline - time.monotonic(), 0))
        if not readable:
            return False
        try:
            heard = os.read(self._master, 65536)
        except OSError:
            # Linux's way of saying that nobody holds the other end any more.
            return False
        self.said += heard.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(heard)


def _own_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
