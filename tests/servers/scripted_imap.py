"""An IMAP server that says what a test tells it to say, however wrong."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress
from types import TracebackType

#: In an answer: closes the line there.
HANG_UP = "\0"

_POLITE = {
    r"CAPABILITY": "* CAPABILITY {capabilities}\r\n{tag} OK done\r\n",
    r"LOGIN ": "{tag} OK in\r\n",
    r"(SELECT|EXAMINE) ": (
        "* FLAGS (\\Seen \\Deleted)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n"
        "* OK [UIDVALIDITY 7] yes\r\n* OK [UIDNEXT 3] yes\r\n{tag} OK [READ-WRITE] done\r\n"
    ),
    r'LIST "" ""': '* LIST (\\Noselect) "/" ""\r\n{tag} OK done\r\n',
    r"LIST ": '* LIST () "/" "Done"\r\n{tag} OK done\r\n',
    r"UID SEARCH ": "* SEARCH 1 2\r\n{tag} OK done\r\n",
    r"LOGOUT": "* BYE so long\r\n{tag} OK done\r\n",
    r"": "{tag} OK done\r\n",
}


class ScriptedImap:
    """Answers by pattern: ``says`` first, then what a polite server with two mails would say."""

    def __init__(
        self,
        says: dict[str, str] | None = None,
        *,
        greeting: str = "* OK ready\r\n",
        capabilities: str = "IMAP4rev1",
    ) -> None:
        self._says = {**(says or {}), **_POLITE}
        self._greeting = greeting
        self._capabilities = capabilities
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="scripted-imap")]
        self.port: int = self._listener.getsockname()[1]
        self.commands: list[str] = []
        self.connections = 0

    def __enter__(self) -> ScriptedImap:
        self._threads[0].start()
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
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                self.connections += 1
                self._lines.append(line)
                thread = threading.Thread(target=self._talk, args=(line,), name="scripted-imap")
                self._threads.append(thread)
                thread.start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as commands:
            line.sendall(self._greeting.encode())
            for command in commands:
                tag, _, rest = command.decode("utf-8", "replace").strip().partition(" ")
                self.commands.append(rest)
                answer = next(a for pattern, a in self._says.items() if re.match(pattern, rest))
                filled = answer.replace("{tag}", tag).replace("{capabilities}", self._capabilities)
                before, hang_up, _ = filled.partition(HANG_UP)
                line.sendall(before.encode())
                if hang_up:
                    return
