"""The courier over SMTP: one mail, one recipient, and an honest word on what became of it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import aiosmtplib

from concierge.desk.ports.courier import SendOutcome, SendResult
from concierge.errors import LoginRefused, Unavailable
from concierge.mail.smtp_answers import (
    TROUBLE,
    Ended,
    clean,
    code_of,
    envelope_path,
    on_the_wire,
    verdict,
    words_of,
)
from concierge.mail.smtp_settings import SmtpSettings

__all__ = ["SmtpCourier", "SmtpSettings"]

T = TypeVar("T")

#: One method and one attempt per connection: a server that counts failures counts each. PLAIN
#: first because the connection is encrypted and every server has it.
_METHODS = ("plain", "login", "cram-md5")
#: Seconds a closing session waits for the server's goodbye; nothing depends on it.
_GOODBYE = 5.0


class SmtpCourier:
    """A courier that keeps one session open between mails. Safe to share between threads.

    Only an answer about this mail (to MAIL, RCPT, DATA or the content) can refuse it. Whatever
    befalls the connection, TLS or the login defers it. A session that turns out dead, expired or
    full before DATA is replaced once within the same attempt.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        # Mail addresses stand in whatever the library may come to log below this level.
        logging.getLogger("aiosmtplib").setLevel(logging.WARNING)
        self._settings = settings
        self._lock = threading.Lock()
        self._runner: asyncio.Runner | None = None
        self._smtp: aiosmtplib.SMTP | None = None
        self._transport: asyncio.BaseTransport | None = None

    def send(
        self, *, sender: str, recipient: str, mail: bytes, before_data: Callable[[], None]
    ) -> SendOutcome:
        """Send one mail; see :class:`~concierge.desk.ports.courier.Courier`."""
        with self._lock:
            ended = self._run(self._open_transaction(sender, recipient, mail))
            if ended is not None:
                return ended
            try:
                before_data()
            except BaseException:
                self._run(self._take_back())
                raise
            return self._run(self._hand_over(mail))

    def check(self) -> None:
        """Connect and log in, and send nothing.

        Raises:
            LoginRefused: the server refused the user name or password.
            Unavailable: it cannot be reached, or its certificate is not trusted.
        """
        with self._lock:
            ended = self._run(self._try_session())
        if ended is None:
            return
        words = f"{self._settings.host}: {ended.reply or ended.phase}"
        if ended.login_refused:
            raise LoginRefused(f"{words}. Correct [outgoing] username and its password.")
        raise Unavailable(f"{words}. Check [outgoing] host, port and tls, and the network.")

    async def _try_session(self) -> SendOutcome | None:
        try:
            await self._session()
        except Ended as ended:
            return ended.outcome
        return None

    def close(self) -> None:
        """End the session; never raises. A later :meth:`send` opens a new one."""
        with self._lock:
            if self._runner is not None:
                self._run(self._say_goodbye())
                self._runner.close()
                self._runner = None

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        if self._runner is None:
            # A loop of our own that is never made the thread's loop: asyncio stays in this room.
            self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        try:
            return self._runner.run(step)
        except BaseException:
            # Interrupted: half a mail on an open session would swallow the next commands.
            self._drop()
            raise

    async def _open_transaction(
        self, sender: str, recipient: str, mail: bytes
    ) -> SendOutcome | None:
        """Come as far as an accepted RCPT; None when there, else how it ended."""
        if self._smtp is not None and not self._smtp.is_connected:
            self._drop()
        reused = self._smtp is not None
        ended = await self._envelope(sender, recipient, mail)
        if ended is not None and reused and self._smtp is None:
            ended = await self._envelope(sender, recipient, mail)
        return ended

    async def _envelope(self, sender: str, recipient: str, mail: bytes) -> SendOutcome | None:
        try:
            from_path, to_path = envelope_path("mail", sender), envelope_path("rcpt", recipient)
            smtp = await self._session()
            options = [b"SIZE=%d" % len(mail)] if smtp.supports_extension("size") else []
            if not mail.isascii() and smtp.supports_extension("8bitmime"):
                options.append(b"BODY=8BITMIME")
            await self._ask("mail", b"MAIL", b"FROM:" + from_path, *options)
            await self._ask("rcpt", b"RCPT", b"TO:" + to_path)
        except Ended as ended:
            return ended.outcome
        return None

    async def _hand_over(self, mail: bytes) -> SendOutcome:
        """Send DATA and, once the server answers 354, the content.

        Up to the 354 the server holds nothing, so a lost connection there is still certain. From
        the first byte of content on, only a well-formed answer counts.
        """
        try:
            await self._ask("data", b"DATA", wanted=range(354, 355))
            protocol = self._smtp.protocol if self._smtp else None
            if protocol is None:
                raise self._lost("data", "The connection ended before the content was sent.")
        except Ended as ended:
            return ended.outcome
        try:
            async with asyncio.timeout(self._settings.data_timeout):
                protocol.write(on_the_wire(mail))
                answer = await protocol.read_response()
        except TROUBLE as error:
            self._drop()
            return SendOutcome(SendResult.UNKNOWN, 0, words_of(error), "data")
        if 200 <= answer.code < 300:
            return SendOutcome(SendResult.ACCEPTED, answer.code, clean(answer.message), "data")
        return self._judge("data", answer, otherwise=SendResult.UNKNOWN)

    async def _take_back(self) -> None:
        try:
            await self._ask("mail", b"RSET")
        except Ended:
            self._drop()

    async def _session(self) -> aiosmtplib.SMTP:
        """The open session, reset, or a new one."""
        if self._smtp is None:
            return await self._connect()
        smtp = self._smtp
        try:
            await self._ask("connect", b"RSET")
        except Ended:
            # A server that will not reset still has something of the last mail in hand.
            self._drop()
            raise
        return smtp

    async def _connect(self) -> aiosmtplib.SMTP:
        settings = self._settings
        try:
            smtp = aiosmtplib.SMTP(
                hostname=settings.host,
                port=settings.port,
                local_hostname=settings.ehlo_name,
                timeout=None,  # asyncio.timeout bounds whole steps; this one bounds single reads
                use_tls=settings.tls == "implicit",
                start_tls=False,  # None would be opportunistic: silently plain when stripped
                tls_context=settings.tls_context(),
            )
            async with asyncio.timeout(settings.connect_timeout):
                await smtp.connect()
            self._smtp, self._transport = smtp, smtp.transport
            async with asyncio.timeout(settings.command_timeout):
                await self._greet(smtp)
        except TROUBLE as error:
            raise self._lost("connect", words_of(error), code_of(error)) from error
        await self._login(smtp)
        return smtp

    async def _greet(self, smtp: aiosmtplib.SMTP) -> None:
        if self._settings.tls == "starttls":
            await smtp.starttls()
            self._transport = smtp.transport
        try:
            await smtp.ehlo()
        except aiosmtplib.SMTPHeloError:
            await smtp.helo()

    async def _login(self, smtp: aiosmtplib.SMTP) -> None:
        name, password = self._settings.username, self._settings.password
        if not name:
            return
        method = next((m for m in _METHODS if m in smtp.server_auth_methods), "")
        if not method:
            raise self._lost("login", "The server offers no login by password.", refused=True)
        authenticate = {
            "plain": smtp.auth_plain,
            "login": smtp.auth_login,
            "cram-md5": smtp.auth_crammd5,
        }[method]
        try:
            async with asyncio.timeout(self._settings.command_timeout):
                await authenticate(name, password)
        except TROUBLE as error:
            code = code_of(error)
            raise self._lost("login", words_of(error), code, refused=code >= 500) from error

    async def _ask(self, phase: str, *words: bytes, wanted: range = range(200, 300)) -> None:
        """Send one command; raise :class:`Ended` unless the answer is the wanted one."""
        if self._smtp is None:
            raise self._lost(phase, "The connection has ended.")
        try:
            async with asyncio.timeout(self._settings.command_timeout):
                answer = await self._smtp.execute_command(*words)
        except TROUBLE as error:
            raise self._lost(phase, words_of(error)) from error
        if answer.code not in wanted:
            raise Ended(self._judge(phase, answer, otherwise=SendResult.DEFERRED))

    def _judge(
        self, phase: str, answer: aiosmtplib.SMTPResponse, *, otherwise: SendResult
    ) -> SendOutcome:
        outcome, over = verdict(phase, answer.code, answer.message, otherwise=otherwise)
        if over:
            self._drop()
        return outcome

    def _lost(self, phase: str, words: str, code: int = 0, *, refused: bool = False) -> Ended:
        self._drop()
        return Ended(SendOutcome(SendResult.DEFERRED, code, words, phase, login_refused=refused))

    def _drop(self) -> None:
        """Forget the session at once, without the goodbye a broken one might never answer."""
        smtp, transport = self._smtp, self._transport
        self._smtp = self._transport = None
        if smtp is not None:
            smtp.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()

    async def _say_goodbye(self) -> None:
        if self._smtp is not None:
            try:
                async with asyncio.timeout(_GOODBYE):
                    await self._smtp.quit()
            except TROUBLE:
                logging.getLogger(__name__).debug("The server ended the session without a goodbye.")
        self._drop()
        # Let the loop run the transports' own closing before it is closed itself.
        await asyncio.sleep(0)
