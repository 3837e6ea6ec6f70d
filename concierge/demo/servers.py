"""The playground's mail servers: an IMAP server and an SMTP sink on loopback, in one thread."""

from __future__ import annotations

import asyncio
import threading
import uuid
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from concierge.errors import Unavailable, UsageError

HOST = "127.0.0.1"
#: A busy small machine starts both in a tenth of this many seconds.
_READY_SECONDS = 30.0
#: Connections that were hung up on end at once; this is for one that does not.
_LAST_WORDS_SECONDS = 2.0

_Stream = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Delivered:
    """One mail that left the desk: its envelope, its bytes, and the file that keeps it."""

    recipients: tuple[str, ...]
    raw: bytes
    file: Path


def check_installed() -> None:
    """Raise UsageError unless the packages of the playground's servers are there."""
    from importlib import import_module

    try:
        for name in ("aiosmtpd.smtp", "pymap.imap", "pymap.backend.dict"):
            import_module(name)
    except ImportError as error:
        raise UsageError(
            f"The demo's mail servers are not installed ({error.name} is missing). "
            'Run: pip install "concierge-desk[demo]"'
        ) from None


@dataclass(slots=True)
class _Doors:
    """What is open while the servers run."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    #: Each IMAP conversation with the line it is held on.
    talks: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)
    #: Each SMTP conversation ever begun.
    posts: list[Any] = field(default_factory=list)


class Servers:
    """Both servers, from ``with`` to its end. Mail in the mailbox is held in memory only."""

    def __init__(self, username: str, password: str, sink: Path) -> None:
        """``sink`` is the folder that keeps what was delivered; it must exist."""
        self._account = (username, password)
        self._sink = sink
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo-servers", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._doors: _Doors | None = None
        self.imap_port = 0
        self.smtp_port = 0
        #: Everything the sink has taken, in order.
        self.delivered: list[Delivered] = []

    def __enter__(self) -> Self:
        check_installed()
        self._thread.start()
        # Both ports listen before the event is set, so nobody has to wait for luck.
        if not self._started.wait(_READY_SECONDS) or not self.smtp_port:
            raise Unavailable("The demo's mail servers did not start on this machine's loopback.")
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._loop is not None and self._doors is not None:
            # A thread that died on its own has closed its loop already.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._doors.stop.set)
        self._thread.join(_LAST_WORDS_SECONDS * 2)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._doors = asyncio.get_running_loop(), _Doors()
        imap = await self._open_imap(self._doors)
        smtp = await self._open_smtp(self._doors)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._started.set()
        await self._doors.stop.wait()
        imap.close()
        smtp.close()
        await _hang_up(self._doors)

    async def _open_imap(self, doors: _Doors) -> asyncio.Server:
        converse = await _imap_conversation(*self._account)

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is None:
                return
            doors.talks[task] = writer
            try:
                with suppress(ConnectionError, EOFError):
                    await converse(reader, writer)
            finally:
                del doors.talks[task]

        return await asyncio.start_server(talk, HOST, 0)

    async def _open_smtp(self, doors: _Doors) -> asyncio.Server:
        from aiosmtpd.smtp import SMTP

        loop = asyncio.get_running_loop()

        def converse() -> Any:
            post = SMTP(self, hostname="sink.example.org", enable_SMTPUTF8=True, loop=loop)
            doors.posts.append(post)
            return post

        return await loop.create_server(converse, HOST, 0)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one mail in the folder and in memory; aiosmtpd asks for this name."""
        file = self._sink / f"{len(self.delivered) + 1:03}.eml"
        file.write_bytes(envelope.content)
        self.delivered.append(Delivered(tuple(envelope.rcpt_tos), envelope.content, file))
        return "250 2.0.0 kept"


async def _imap_conversation(username: str, password: str) -> _Stream:
    """What answers one IMAP connection: pymap on a mailbox in memory.

    Its own listener reads a PROXY header first and leaves each connection to a task that nobody
    holds, so the conversation is called directly.
    """
    from proxyprotocol.result import ProxyResultLocal
    from proxyprotocol.sock import SocketInfo
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPServer

    nothing = dict.fromkeys(("host", "cert", "key", "passlib_cfg", "proxy_protocol"))
    off = dict.fromkeys(("debug", "tls", "demo_data"), False)
    arguments = Namespace(
        **nothing, **off, port=0, inherited_sockets=None, demo_user=username, demo_password=password
    )
    backend, config = await DictBackend.init(arguments, invalid_user_sleep=0.0)
    config.apply_context()
    server = IMAPServer(backend.login, config)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = SocketInfo.get(writer, ProxyResultLocal(), unique_id=uuid.uuid4().bytes)
        await server(reader, writer, peer)

    return converse


async def _hang_up(doors: _Doors) -> None:
    """End every conversation, so that the loop closes without complaints."""
    for post in doors.posts:
        if post.transport is not None:
            post.transport.abort()
    talks = dict(doors.talks)
    for writer in talks.values():
        writer.transport.abort()
    if talks:
        await asyncio.wait(talks, timeout=_LAST_WORDS_SECONDS)
