"""A whole desk in a folder: config, secrets, store; and its commands run as processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concierge.config import explained_toml, load

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.store.sqlite import SqliteStore
    from concierge.store.views import SqliteViews

ROOT = Path(__file__).resolve().parents[2]
#: The charity's address in every test deployment.
DESK_ADDRESS = "help@desk.example.org"
KEY = b"0123456789abcdef0123456789abcdef"
#: Seconds any one-shot command may take; generous, since the machine may be shared.
PATIENCE = 120.0

_ALWAYS = ["00:00-24:00"]
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STAFF = """
[[staff]]
name = "Carla"
role = "supervisor"
"""

Values = Mapping[tuple[str, str], Any]


class Deployment:
    """A desk in a folder. Bo and Carla (supervisor) are its staff."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config_file = folder / "config.toml"
        self.database = folder / "concierge.db"

    @property
    def config(self) -> Config:
        """The config as it is in the folder now."""
        return load(self.config_file, env={})

    def configure(self, values: Values) -> None:
        """Write the config anew with these values over the tests' own."""
        self.config_file.write_text(explained_toml(_common(values)) + _STAFF, encoding="utf-8")

    @contextmanager
    def store(self) -> Iterator[SqliteStore]:
        """The store, for a test that acts as staff or looks at rows."""
        from concierge.bootstrap import open_store

        store = open_store(self.config)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def views(self) -> Iterator[SqliteViews]:
        """The store for reading."""
        from concierge.bootstrap import open_views

        views = open_views(self.config)
        try:
            yield views
        finally:
            views.close()

    def start(self, *words: str, through: Sequence[str] = ()) -> subprocess.Popen[str]:
        """A command of the desk as a process of its own.

        ``through`` is a command that runs it, such as one that limits what it may use.
        """
        return subprocess.Popen(
            [*through, sys.executable, "-m", "concierge", *words],
            cwd=self.folder,
            env=environment(self.config_file),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *words: str, through: Sequence[str] = (), seconds: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        """A command of the desk, to its end."""
        process = self.start(*words, through=through)
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"{words} took over {seconds} s:\n{out}\n{err}") from None
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def ask(self, *words: str) -> list[dict[str, Any]]:
        """What a command prints with ``--json``: its objects, one a line."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


def deploy(
    folder: Path, values: Values, *, mailbox_password: str, smtp_password: str = ""
) -> Deployment:
    """A desk in ``folder``, with its secrets and an empty store of this program's schema.

    ``values`` must say where the servers are: ``("mailbox", "host")``, ``("outgoing", "port")``
    and so on, as :func:`concierge.config.explained_toml` takes them.
    """
    from concierge.store.upgrade import upgrade

    secrets = folder / "secrets"
    secrets.mkdir()
    _write_secret(secrets / "desk.key", KEY)
    _write_secret(secrets / "mailbox.password", mailbox_password.encode())
    if smtp_password:
        _write_secret(secrets / "outgoing.password", smtp_password.encode())
    desk = Deployment(folder)
    desk.configure(values)
    upgrade(desk.database)
    return desk


def _common(values: Values) -> dict[tuple[str, str], Any]:
    return {
        ("charity", "name"): "Backline Care",
        ("mailbox", "host"): "127.0.0.1",
        ("mailbox", "username"): "desk",
        ("mailbox", "password_file"): "secrets/mailbox.password",
        ("mailbox", "addresses"): [DESK_ADDRESS],
        # A test says when there is something to look at.
        ("mailbox", "idle"): False,
        ("mailbox", "poll_seconds"): 5,
        ("outgoing", "host"): "127.0.0.1",
        ("outgoing", "tls"): "plaintext",
        ("outgoing", "from_address"): DESK_ADDRESS,
        ("directory", "path"): str(ROOT / "data" / "resources.csv"),
        ("templates", "path"): str(ROOT / "templates"),
        ("rules", "path"): str(ROOT / "data"),
        ("staff", "name"): "Bo",
        ("logs", "format"): "json",
        **{("office", day): _ALWAYS for day in _DAYS},
        **values,
    }


def _write_secret(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def environment(config_file: Path) -> dict[str, str]:
    """For a process of the desk: nothing of the tester's own desk leaks in."""
    wanted = ("PATH", "HOME", "LANG", "TMPDIR")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return kept | {
        "CONCIERGE_CONFIG": str(config_file),
        "CONCIERGE_STAFF": "Bo",
        "CONCIERGE_TRACE": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }
