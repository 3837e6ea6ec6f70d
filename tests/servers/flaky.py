"""A TCP proxy that fails on command: stalls, drops, or cuts the answer after N bytes."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType


class FlakyProxy:
    """Stands between a client and a loopback server; honest until told otherwise."""

    def __init__(self, target_port: int, *, target_host: str = "127.0.0.1") -> None:
        self._target = (target_host, target_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._flowing = threading.Event()
        self._flowing.set()
        self._lock = threading.Lock()
        self._lines: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        #: Bytes the client may still receive before the line is cut; None for no end.
        self._allowance: int | None = None
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> FlakyProxy:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # shutdown, since close alone does not wake a thread that sits in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()
        self._flowing.set()
        for thread in self._threads:
            thread.join(10)

    def stall(self) -> None:
        """Keep every line open and let nothing through: the half-open connection."""
        self._flowing.clear()

    def resume(self) -> None:
        self._flowing.set()

    def drop(self) -> None:
        """Close every line now; new ones are accepted."""
        with self._lock:
            lines, self._lines = self._lines, set()
        for line in lines:
            _hang_up(line)

    def cut_after(self, count: int) -> None:
        """Let the client have ``count`` more bytes, then close its line; once."""
        with self._lock:
            self._allowance = count

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(self._target, timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._lines |= {client, server}
            self._start(self._pump, client, server, False)
            self._start(self._pump, server, client, True)

    def _pump(self, source: socket.socket, sink: socket.socket, to_client: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flowing.wait()
                data, last = self._allowed(data) if to_client else (data, False)
                sink.sendall(data)
                if last:
                    break
        with self._lock:
            self._lines -= {source, sink}
        _hang_up(source)
        _hang_up(sink)

    def _allowed(self, data: bytes) -> tuple[bytes, bool]:
        with self._lock:
            if self._allowance is None:
                return data, False
            if len(data) < self._allowance:
                self._allowance -= len(data)
                return data, False
            data, self._allowance = data[: self._allowance], None
            return data, True

    def _start(self, target, *args) -> None:
        thread = threading.Thread(target=target, args=args, name="flaky-proxy")
        self._threads.append(thread)
        thread.start()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
