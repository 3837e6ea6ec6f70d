"""A submission server on loopback that misbehaves at the moment it is told to.

In a test::

    with SmtpServer() as server:
        server.plan(ACCEPT, reply_at("rcpt", "450 4.2.0 later"), drop_at("dot", stored=True))
        ...
        assert [mail.raw for mail in server.delivered] == [...]

One behaviour is taken per MAIL command, over all connections; when the plan is used up, `decide`
is asked (it accepts unless given). Behaviours of a connection (greeting, ehlo, auth) come from
`plan_connections`. With `folder`, what was delivered also lies there for other processes to read.
"""

from __future__ import annotations

import base64
import contextlib
import json
import random
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Moments a behaviour may strike at, in the order they come.
MOMENTS = ("greeting", "ehlo", "auth", "mail", "rcpt", "data", "content", "dot")


@dataclass(frozen=True)
class Behaviour:
    """What the server does at one moment; `stored` keeps the mail all the same."""

    at: str = ""
    action: str = "accept"
    reply: str = ""
    stored: bool = False


ACCEPT = Behaviour()


def reply_at(at: str, reply: str, *, stored: bool = False) -> Behaviour:
    """Answer this line instead of the usual one."""
    return Behaviour(at, "reply", reply, stored)


def drop_at(at: str, *, stored: bool = False) -> Behaviour:
    """End the connection instead of answering; `content` drops halfway through the mail."""
    return Behaviour(at, "drop", stored=stored)


def reset_at(at: str, *, stored: bool = False) -> Behaviour:
    """End the connection by a TCP reset instead of answering."""
    return Behaviour(at, "reset", stored=stored)


def stall_at(at: str, *, stored: bool = False) -> Behaviour:
    """Never answer; the connection stays open until the server stops."""
    return Behaviour(at, "stall", stored=stored)


def seeded(seed: int, *, trouble: float = 0.5) -> Callable[[int], Behaviour]:
    """A decider that misbehaves with probability `trouble`, alike on every run of one seed."""
    source = random.Random(seed)
    choices = [
        reply
        for at in ("mail", "rcpt", "data", "dot")
        for reply in (
            reply_at(at, "451 4.3.0 try later"),
            reply_at(at, "550 5.7.1 not here"),
            drop_at(at),
        )
    ]
    choices += [drop_at("content"), drop_at("dot", stored=True), reset_at("dot", stored=True)]
    return lambda _number: source.choice(choices) if source.random() < trouble else ACCEPT


@dataclass(frozen=True)
class Delivered:
    """One mail the server holds. `answered` is False when the client was never told."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    tls: bool
    user: str
    answered: bool


@dataclass(frozen=True)
class TlsFiles:
    """A server context and the authority that vouches for it on 127.0.0.1 and localhost."""

    context: ssl.SSLContext
    ca_file: str


def make_tls(folder: Path) -> TlsFiles:
    """A certificate for loopback, fresh from its own authority."""
    import trustme

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return TlsFiles(context, str(ca_file))


def read_delivered(folder: Path) -> list[Delivered]:
    """What a server with this folder has delivered so far, in order; for another process."""
    found = []
    for path in sorted(folder.glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        facts["recipients"] = tuple(facts["recipients"])
        found.append(Delivered(raw=path.with_suffix(".eml").read_bytes(), **facts))
    return found


class SmtpServer:
    """The server: a thread that accepts, and one per connection."""

    def __init__(
        self,
        *,
        decide: Callable[[int], Behaviour] | None = None,
        tls: TlsFiles | None = None,
        implicit_tls: bool = False,
        users: dict[str, str] | None = None,
        methods: tuple[str, ...] = ("PLAIN", "LOGIN"),
        mails_per_connection: int = 0,
        folder: Path | None = None,
        size_limit: int = 0,
    ) -> None:
        self.decide = decide or (lambda _number: ACCEPT)
        self.tls, self.implicit_tls = tls, implicit_tls
        self.users, self.methods = users or {}, methods
        self.mails_per_connection, self.size_limit = mails_per_connection, size_limit
        self.folder = folder
        self.host = "127.0.0.1"
        self.port = 0
        #: Every mail held, in the order it was stored.
        self.delivered: list[Delivered] = []
        #: Every command line of every connection, without its content.
        self.commands: list[str] = []
        self.connections = 0
        self.transactions = 0
        self._plan: deque[Behaviour] = deque()
        self._connection_plan: deque[Behaviour] = deque()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def plan(self, *behaviours: Behaviour) -> None:
        """Behaviours of the next transactions, before `decide` is asked."""
        self._plan.extend(behaviours)

    def plan_connections(self, *behaviours: Behaviour) -> None:
        """Behaviours of the next connections, at greeting, ehlo or auth."""
        self._connection_plan.extend(behaviours)

    def __enter__(self) -> SmtpServer:
        self._listener = socket.create_server((self.host, self.port))
        self.port = self._listener.getsockname()[1]
        self._stopping.clear()
        self._start(self._accept)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stopping.set()
        # Closing alone leaves accept() waiting; shutting down wakes it.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop_connections()
        for thread in self._threads:
            thread.join(timeout=10)

    def drop_connections(self) -> None:
        """Hang up on everybody, as a server does that restarts."""
        with self._lock:
            sockets = list(self._open)
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def next_connection(self) -> Behaviour:
        with self._lock:
            self.connections += 1
            return self._connection_plan.popleft() if self._connection_plan else ACCEPT

    def next_transaction(self) -> Behaviour:
        with self._lock:
            self.transactions += 1
            return self._plan.popleft() if self._plan else self.decide(self.transactions)

    def store(self, mail: Delivered) -> None:
        with self._lock:
            self.delivered.append(mail)
            if self.folder is not None:
                self._write(self.folder / f"{len(self.delivered):06}", mail)

    def stall(self) -> None:
        self._stopping.wait()

    @staticmethod
    def _write(stem: Path, mail: Delivered) -> None:
        stem.with_suffix(".eml").write_bytes(mail.raw)
        facts = {key: value for key, value in vars(mail).items() if key != "raw"}
        unfinished = stem.with_suffix(".part")
        unfinished.write_text(json.dumps(facts), "utf-8")
        unfinished.replace(stem.with_suffix(".json"))

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        conversation = _Conversation(self, connection)
        try:
            conversation.run()
        except (OSError, EOFError, _HangUp):
            pass  # the client, or the plan, ended it
        finally:
            conversation.close()
            with self._lock:
                self._open.discard(connection)


class _HangUp(Exception):
    """The plan says: end the connection now."""


class _Conversation:
    """One connection, command by command."""

    def __init__(self, server: SmtpServer, connection: socket.socket) -> None:
        self.server, self.socket = server, connection
        self.secure, self.user = False, ""
        self.of_connection = server.next_connection()
        self.behaviour = ACCEPT
        self.mails = 0
        self._clear()

    def _clear(self) -> None:
        self.sender: str | None = None
        self.recipients: list[str] = []

    def run(self) -> None:
        if self.server.implicit_tls:
            self._secure()
        self.reader = self.socket.makefile("rb")
        self._answer("greeting", "220 test ESMTP")
        while True:
            line = self._line()
            self.server.commands.append(line)
            verb = line.split(" ", 1)[0].upper()
            command = getattr(self, f"do_{verb.lower()}", None)
            if command is None:
                self._send("500 5.5.1 unknown command")
            else:
                command(line[len(verb) :].strip())

    def close(self) -> None:
        with contextlib.suppress(OSError):
            if hasattr(self, "reader"):
                self.reader.close()
        self.socket.close()

    def _secure(self) -> None:
        assert self.server.tls is not None
        # No answer to a client's close_notify is awaited: suppress_ragged_eofs is the default.
        plain = self.socket
        self.socket = self.server.tls.context.wrap_socket(plain, server_side=True)
        with self.server._lock:
            self.server._open.discard(plain)
            self.server._open.add(self.socket)
        self.secure = True

    def _line(self) -> str:
        line = self.reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.rstrip(b"\r\n").decode("utf-8", "replace")

    def _send(self, *lines: str) -> None:
        self.socket.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def _answer(self, at: str, *usual: str) -> bool:
        """Answer as planned for this moment; True when it was the usual answer."""
        plan = self.behaviour if at in MOMENTS[3:] else self.of_connection
        if plan.at != at:
            self._send(*usual)
            return True
        if plan.action == "reply":
            self._send(plan.reply)
            return plan.reply[:3] == usual[0][:3]
        if plan.action == "stall":
            self.server.stall()
        elif plan.action == "reset":
            linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        raise _HangUp

    def do_ehlo(self, _name: str) -> None:
        offers = ["250-test", "250-8BITMIME", f"250-SIZE {self.server.size_limit}"]
        if self.server.tls and not self.secure:
            offers.append("250-STARTTLS")
        if self.server.users:
            offers.append("250-AUTH " + " ".join(self.server.methods))
        self._answer("ehlo", *offers, "250 ENHANCEDSTATUSCODES")

    def do_helo(self, _name: str) -> None:
        self._send("250 test")

    def do_starttls(self, _rest: str) -> None:
        self._send("220 2.0.0 go ahead")
        self.reader.close()
        self._secure()
        self.reader = self.socket.makefile("rb")

    def do_auth(self, rest: str) -> None:
        method, _, initial = rest.partition(" ")
        if method.upper() == "PLAIN":
            _, user, password = base64.b64decode(initial).decode().split("\0")
        else:
            user = base64.b64decode(initial).decode()
            self._send("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self._line()).decode()
        if self.server.users.get(user) != password:
            self._send("535 5.7.8 authentication failed")
        elif self._answer("auth", "235 2.7.0 welcome"):
            self.user = user

    def do_mail(self, rest: str) -> None:
        if self.server.users and not self.user:
            self._send("530 5.7.0 authentication required")
            return
        if self.sender is not None:
            self._send("503 5.5.1 nested MAIL command")
            return
        limit = self.server.mails_per_connection
        if limit and self.mails >= limit:
            self._send("452 4.5.3 too many mails on this connection")
            return
        self.behaviour = self.server.next_transaction()
        self.mails += 1
        if self._answer("mail", "250 2.1.0 ok"):
            self.sender = rest[rest.index("<") + 1 : rest.index(">")]

    def do_rcpt(self, rest: str) -> None:
        if self._answer("rcpt", "250 2.1.5 ok"):
            self.recipients.append(rest[rest.index("<") + 1 : rest.index(">")])

    def do_data(self, _rest: str) -> None:
        if not self.recipients:
            self._send("503 5.5.1 need RCPT")
            return
        if not self._answer("data", "354 go ahead"):
            return
        if self.behaviour.at == "content":
            self.reader.readline()
            self._answer("content", "")
        raw = self._content()
        plan = self.behaviour
        told = plan.at != "dot" or plan.reply[:1] == "2"
        if told or plan.stored:
            self._store(raw, told)
        self._clear()
        self._answer("dot", "250 2.0.0 queued")

    def _content(self) -> bytes:
        lines = []
        while (line := self.reader.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise EOFError
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _store(self, raw: bytes, told: bool) -> None:
        self.server.store(
            Delivered(self.sender or "", tuple(self.recipients), raw, self.secure, self.user, told)
        )

    def do_rset(self, _rest: str) -> None:
        self._clear()
        self._send("250 2.0.0 flushed")

    def do_noop(self, _rest: str) -> None:
        self._send("250 2.0.0 ok")

    def do_quit(self, _rest: str) -> None:
        self._send("221 2.0.0 bye")
        raise _HangUp
