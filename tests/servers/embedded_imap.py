"""An IMAP server inside the test process: pymap, in memory, on a loopback port."""

from __future__ import annotations

import asyncio
import threading
import uuid
from argparse import Namespace
from contextlib import suppress
from types import TracebackType

from servers.imap_eye import ImapEye

USERNAME = "desk"
PASSWORD = "embedded-secret"


class EmbeddedImap:
    """pymap in a thread of its own; all mail is lost when it stops.

    Known limits: no custom keywords, no CONDSTORE; ENVELOPE and BODYSTRUCTURE of nasty mails
    drop the connection.
    """

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._connections: dict[asyncio.Task, asyncio.StreamWriter] = {}
        self._thread = threading.Thread(target=self._run, name="embedded-imap")
        self._finish: asyncio.Event
        self.port = 0

    def __enter__(self) -> EmbeddedImap:
        self._thread.start()
        if not self._ready.wait(10) or not self.port:
            raise RuntimeError("the embedded IMAP server did not start")
        self.eye = ImapEye(self.port, USERNAME, PASSWORD)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._finish.set)
        self._thread.join(10)

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        self.eye.deliver(raw, folder)

    def list(self, folder: str = "INBOX") -> list[bytes]:
        return self.eye.list(folder)

    def lose_connections(self) -> None:
        """Close every connection, as a restart would, but keep the mail."""
        asyncio.run_coroutine_threadsafe(self._close_connections(), self._loop).result(10)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        callback = await _imap_callback()
        self._finish = asyncio.Event()

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            self._connections[task] = writer
            try:
                with suppress(ConnectionError, EOFError):
                    await callback(reader, writer)
            finally:
                del self._connections[task]

        server = await asyncio.start_server(handle, host="127.0.0.1", port=0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._finish.wait()
        server.close()
        await self._close_connections()
        await server.wait_closed()

    async def _close_connections(self) -> None:
        tasks = dict(self._connections)
        for writer in tasks.values():
            writer.transport.abort()
        if tasks:
            await asyncio.wait(tasks, timeout=5)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _imap_callback():
    """pymap's protocol handler on a fresh in-memory store.

    Called directly rather than through its PROXY-protocol reader, which would leave each
    connection to a task nobody holds.
    """
    from proxyprotocol.result import ProxyResultLocal
    from proxyprotocol.sock import SocketInfo
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPServer
    from pysasl.hashing import BuiltinHash

    args = Namespace(
        host=None,
        port=0,
        debug=False,
        cert=None,
        key=None,
        tls=False,
        passlib_cfg=None,
        proxy_protocol=None,
        inherited_sockets=None,
        demo_data=False,
        demo_user=USERNAME,
        demo_password=PASSWORD,
    )
    # The default of 500,000 rounds would cost every login a quarter of a second.
    quick = BuiltinHash(rounds=1)
    backend, config = await DictBackend.init(args, invalid_user_sleep=0.0, hash_context=quick)
    config.apply_context()
    server = IMAPServer(backend.login, config)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        info = SocketInfo.get(writer, ProxyResultLocal(), unique_id=uuid.uuid4().bytes)
        await server(reader, writer, info)

    return serve
