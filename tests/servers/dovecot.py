"""A private Dovecot: own config, own ports, own Maildir, in a directory that goes when it stops."""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from servers.imap_eye import ImapEye

USERNAME = "desk"
PASSWORD = "dovecot-secret"

_CONFIG = """\
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
listen = 127.0.0.1
protocols = imap
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 1
mail_uid = {mail_uid}
mail_gid = {mail_gid}
mail_location = maildir:{root}/mail/%u
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
ssl_dh =
mail_max_userip_connections = 50
auth_failure_delay = 0
shutdown_clients = yes
namespace inbox {{
  inbox = yes
  prefix = {prefix}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {root}/users/%u
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={root}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def missing() -> str:
    """Why Dovecot cannot run here, as a sentence; "" when it can."""
    return "" if _binary() else "no dovecot binary: install dovecot-imapd to run these tests"


class Dovecot:
    """One Dovecot; works as root and as anybody else.

    Starting costs 0.1 s and stopping 1 s, so a test session shares one: each test takes a fresh
    :meth:`account`. ``account()`` without a name is the one named :data:`USERNAME`.
    """

    def __init__(self, *, prefix: str = "") -> None:
        self._prefix = prefix
        self._process: subprocess.Popen[bytes] | None = None
        self._accounts: set[str] = set()
        self.owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.port, self.tls_port = _free_ports(2)

    def __enter__(self) -> Dovecot:
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.ca_file = str(self.root / "ca.pem")
        self._lay_out()
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self.root)

    def account(self, name: str = USERNAME) -> Account:
        """An account of this name, made when it is new; the password is :data:`PASSWORD`."""
        if name not in self._accounts:
            self._accounts.add(name)
            # A file each, since Dovecot notices a change of one file a second late.
            (self.root / "users" / name).write_text(f"{name}:{PASSWORD}\n")
            for place in ("", "new", "cur", "tmp"):
                self.give(self.root / "mail" / name / place)
        return Account(self, name)

    def start(self) -> None:
        command = [_binary(), "-F", "-c", str(self.root / "dovecot.conf")]
        with (self.root / "console.log").open("ab") as console:
            self._process = subprocess.Popen(
                # Its own process group: Dovecot leaves busy children behind when it ends.
                command,
                stdout=console,
                stderr=console,
                start_new_session=True,
            )
        self._await_greeting()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def kick(self, username: str = USERNAME) -> None:
        """Throw an account's sessions out."""
        subprocess.run(
            ["doveadm", "-c", str(self.root / "dovecot.conf"), "kick", username],
            check=True,
            capture_output=True,
            env={"PATH": _PATH},
        )

    def give(self, folder: Path) -> None:
        """Make a folder that belongs to the account the mail is kept under."""
        folder.mkdir(exist_ok=True)
        os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def log(self) -> str:
        """What Dovecot wrote, for a failing test's message."""
        files = (self.root / "console.log", self.root / "dovecot.log")
        return "\n".join(path.read_text(errors="replace") for path in files if path.exists())

    def _lay_out(self) -> None:
        """Write everything Dovecot needs, readable by the account its mail belongs to."""
        import trustme

        self.root.chmod(0o755)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        certificate.private_key_pem.write_to_path(self.root / "key.pem")
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(self.root / "cert.pem", append=True)
        (self.root / "users").mkdir(0o755)
        (self.root / "dovecot.conf").write_text(self._config())
        self.give(self.root / "mail")
        self.account()

    def _config(self) -> str:
        as_root = os.getuid() == 0
        return _CONFIG.format(
            root=self.root,
            internal="dovecot" if as_root else self.owner.pw_name,
            internal_group="dovecot" if as_root else grp.getgrgid(self.owner.pw_gid).gr_name,
            login="dovenull" if as_root else self.owner.pw_name,
            mail_uid=self.owner.pw_uid,
            mail_gid=self.owner.pw_gid,
            port=self.port,
            tls_port=self.tls_port,
            prefix=self._prefix,
        )

    def _await_greeting(self, seconds: float = 10.0) -> None:
        """Return when both ports greet; a connection refused means "not yet"."""
        deadline = time.monotonic() + seconds
        trusting = ssl.create_default_context(cafile=self.ca_file)
        while True:
            try:
                for port, context in ((self.port, None), (self.tls_port, trusting)):
                    _read_greeting(port, context)
            except OSError as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError(f"dovecot did not start:\n{self.log()}") from error
                time.sleep(0.02)
            else:
                return


class Account:
    """One mailbox on a :class:`Dovecot`."""

    _serial = itertools.count(1)

    def __init__(self, server: Dovecot, username: str) -> None:
        self.server = server
        self.username = username
        self.eye = ImapEye(server.port, username, PASSWORD)
        self._maildir = server.root / "mail" / username

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a mail in the Maildir as an MTA would: byte for byte, NULs and all."""
        home = self._folder(folder)
        name = f"{int(time.time())}.M{next(self._serial):06d}P{os.getpid()}.test"
        draft = home / "tmp" / name
        draft.write_bytes(raw)
        os.chown(draft, self.server.owner.pw_uid, self.server.owner.pw_gid)
        draft.rename(home / "new" / name)

    def list(self, folder: str = "INBOX") -> list[bytes]:
        """The raw mails in the Maildir, in the order of delivery, without asking the server.

        Lines end as they were written: Dovecot stores what is appended with LF alone.
        """
        home = self._folder(folder)
        files = [path for place in ("new", "cur") for path in (home / place).iterdir()]
        return [path.read_bytes() for path in sorted(files, key=lambda path: path.name)]

    def renumber(self) -> None:
        """Give INBOX another UIDVALIDITY, as a restore from backup would; restarts the server."""
        self.server.stop()
        for path in self._maildir.glob("dovecot[-.]*"):
            # Dovecot keeps the highest UIDVALIDITY ever given in a file of this name.
            if not path.name.startswith("dovecot-uidvalidity"):
                path.unlink(missing_ok=True)
        self.server.start()

    def kick(self) -> None:
        self.server.kick(self.username)

    def _folder(self, folder: str) -> Path:
        return (
            self._maildir if folder == "INBOX" else self._maildir / f".{folder.replace('/', '.')}"
        )


#: Where servers' binaries live, also for an account whose PATH leaves them out.
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/usr/local/sbin"))


def _binary() -> str | None:
    return shutil.which("dovecot", path=_PATH)


def _read_greeting(port: int, context: ssl.SSLContext | None) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        line = context.wrap_socket(plain, server_hostname="localhost") if context else plain
        try:
            if not line.recv(100).startswith(b"* OK"):
                raise ConnectionError("no greeting")
        finally:
            line.close()


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on now; held together so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [held.getsockname()[1] for held in sockets]
    finally:
        for held in sockets:
            held.close()
