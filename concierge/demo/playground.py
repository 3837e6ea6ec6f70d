"""The playground: a folder with everything one desk needs, made for a visitor and thrown away."""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from concierge.bootstrap import shipped_folder
from concierge.config.values import shown_in_toml
from concierge.demo.letterbox import DESK_ADDRESS
from concierge.demo.servers import HOST
from concierge.errors import Unavailable, UsageError

USERNAME = "harbour-notes"
#: As long as `concierge init` makes a key.
_KEY_BYTES = 32
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
#: The member of staff the visitor is, by the login they have on this machine.
VISITOR = "Bo"
#: Who a visitor is on a machine that has no name for its user, as some containers.
_NAMELESS = "visitor"

# The worker looks and sends at the shortest intervals there are: a visitor is watching.
_CONFIG = """\
# The desk of an invented charity. The servers below live only as long as the demo.

[charity]
name = "Harbour Notes"

[mailbox]
host = {host}
port = {imap_port}
tls = "plaintext"
username = {username}
password_file = "secrets/mailbox.password"
addresses = [{address}]
poll_seconds = 5

[outgoing]
host = {host}
port = {smtp_port}
tls = "plaintext"
from_address = {address}

[[staff]]
name = {visitor}
system_user = {system_user}

[[staff]]
name = "Carla"
role = "supervisor"

[worker]
dispatch_seconds = 1

[logs]
format = "console"
level = "info"
"""


@dataclass(frozen=True, slots=True)
class Playground:
    """Where a visitor's desk is."""

    folder: Path
    #: The mailbox's password, which guards invented mail on loopback.
    password: str

    @property
    def config(self) -> Path:
        """The config file."""
        return self.folder / "config.toml"

    @property
    def sink(self) -> Path:
        """The folder that keeps every mail the desk has sent."""
        return self.folder / "sent"

    def environment(self) -> dict[str, str]:
        """The process's environment for commands of this desk, and of no other."""
        # A visitor who runs a real desk may have its password or config in the environment.
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CONCIERGE_")}
        return kept | {"CONCIERGE_CONFIG": str(self.config), "LOGNAME": system_user()}

    def write_config(self, *, imap_port: int, smtp_port: int) -> None:
        """Write a config that names these ports on loopback."""
        shown = {
            "host": HOST,
            "imap_port": imap_port,
            "smtp_port": smtp_port,
            "username": USERNAME,
            "address": DESK_ADDRESS,
            "visitor": VISITOR,
            "system_user": system_user(),
        }
        text = _CONFIG.format(**{key: shown_in_toml(value) for key, value in shown.items()})
        self.config.write_text(text, encoding="utf-8")


def system_user() -> str:
    """The visitor's login on this machine, or a stand-in on a machine that has no names."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return _NAMELESS


@contextmanager
def playground(folder: Path | None) -> Iterator[Playground]:
    """A playground laid out in ``folder``, or in a temporary one that goes when this ends.

    Raises:
        UsageError: the folder holds something already.
        Unavailable: the folder cannot be made or written.
    """
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="concierge-demo-") as made:
            yield _laid_out(Path(made))
    else:
        yield _laid_out(folder.absolute())


def _laid_out(folder: Path) -> Playground:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty; name a folder that is new for the demo.")
        made = Playground(folder, secrets.token_urlsafe(16))
        _fill(made)
    except OSError as error:
        raise Unavailable(f"The playground {folder} cannot be made: {error.strerror}.") from error
    return made


def _fill(made: Playground) -> None:
    from concierge.store.upgrade import upgrade

    made.sink.mkdir()
    private = made.folder / "secrets"
    private.mkdir(_PRIVATE_FOLDER)
    _write_private(private / "mailbox.password", made.password.encode())
    _write_private(private / "desk.key", secrets.token_bytes(_KEY_BYTES))
    # Copies, so that a visitor may change a template and see what follows.
    for name in ("templates", "data"):
        shutil.copytree(shipped_folder() / name, made.folder / name)
    upgrade(made.folder / "concierge.db")


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE), "wb") as out:
        out.write(content)
