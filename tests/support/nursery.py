"""Starts commands of the desk without importing everything anew: a process that forks.

The worker spends a second or two importing modules and reading the rulebook. A test that kills it
sixty times keeps one nursery, which has done both and forks a fresh process for each run: its own
memory, connections and locks, ended by a real SIGKILL. Run as a script, this file is that process.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

_READY = "ready"
#: Modules the worker imports on the way; importing them once is what the nursery is for.
_PRELOADED = (
    "concierge.cli.app",
    "concierge.cli.worker",
    "concierge.config.loading",
    "concierge.worker",
    "concierge.store.sqlite",
    "concierge.store.rulebook",
    "concierge.store.views",
    "concierge.mail.imap",
    "concierge.mail.smtp",
    "concierge.mail.mime",
    "concierge.mail.compose",
    "concierge.desk.admission",
    "concierge.desk.dispatch",
    "concierge.desk.intake",
    "concierge.desk.report_text",
)


class Run:
    """One command under way."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._ended = Event()
        self.pid = 0
        #: As a shell sees it: the exit code, or minus the signal that ended it.
        self.code: int | None = None

    @property
    def alive(self) -> bool:
        return not self._ended.is_set()

    def kill(self) -> bool:
        """End it with SIGKILL and wait until it is gone; whether it had still been alive."""
        self._nursery.say({"kill": self.pid})
        self.wait()
        return self.code == -signal.SIGKILL

    def wait(self, seconds: float = 60.0) -> int:
        assert self._ended.wait(seconds), "the process does not end"
        assert self.code is not None
        return self.code

    def over(self, code: int) -> None:
        self.code = code
        self._ended.set()


class Nursery:
    """In the test: forks commands, one at a time."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder
        self.log = folder / "commands.log"
        self._run: Run | None = None
        self._born = Event()

    def __enter__(self) -> Nursery:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self.log)],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == _READY
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._listener.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def start(self, *words: str) -> Run:
        """Start a command; the one before must have ended."""
        self._born.clear()
        self._run = Run(self)
        self.say({"run": words})
        assert self._born.wait(30), "nothing was forked"
        return self._run

    def say(self, what: dict[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            assert self._run is not None
            if "pid" in told:
                self._run.pid = told["pid"]
                self._born.set()
            else:
                self._run.over(told["code"])


def _serve(log: str) -> None:
    """In the nursery itself: fork what is asked for, kill what is asked for, tell of the end."""
    import importlib

    for module in _PRELOADED:
        importlib.import_module(module)
    _know_the_rules()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _tell(_READY)
    child = 0
    rest = b""
    while True:
        readable, _, _ = select.select([0, woken], [], [])
        if woken in readable:
            os.read(woken, 100)
            child = _reap(child)
        if 0 not in readable:
            continue
        heard = os.read(0, 65536)
        if not heard:
            break
        *lines, rest = (rest + heard).split(b"\n")
        for line in lines:
            child = _obey(json.loads(line), child, log)
    if child:
        os.kill(child, signal.SIGKILL)


def _know_the_rules() -> None:
    """Read the rulebook and use it once, so that every child inherits what the rules load late.

    The files do not change while a test runs, and the rules are functions without a memory.
    """
    from datetime import date

    from concierge import bootstrap
    from concierge.config import load
    from concierge.desk.triage import compose_draft, triage
    from concierge.mail.mime import read
    from concierge.store import rulebook

    read_once = rulebook.read_rulebook
    kept: list[Any] = []

    def keeping(files: Any) -> Any:
        # Every command of a nursery runs under the same config.
        if not kept:
            kept.append(read_once(files))
        return kept[0]

    rulebook.read_rulebook = keeping
    config = load(Path(os.environ["CONCIERGE_CONFIG"]))
    book = rulebook.read_rulebook(bootstrap.rulebook_files(config))
    message = read("From: a@example.org\r\n\r\nJe voudrais savoir, меня интересует".encode())
    compose_draft(message, triage(message, book), book, date(2026, 11, 22), reference="")


def _obey(asked: dict[str, object], child: int, log: str) -> int:
    if "run" in asked:
        pid = os.fork()
        if pid == 0:
            _be_the_command(asked["run"], log)
        _tell(json.dumps({"pid": pid}))
        return pid
    # Only a child that is not reaped yet: its number cannot be anybody else's.
    if child and asked["kill"] == child:
        os.kill(child, signal.SIGKILL)
    return child


def _reap(child: int) -> int:
    if not child:
        return 0
    pid, status = os.waitpid(child, os.WNOHANG)
    if pid == 0:
        return child
    _tell(json.dumps({"code": os.waitstatus_to_exitcode(status)}))
    return 0


def _be_the_command(words: object, log: str) -> None:
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with Path(log).open("ab") as output, Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        from concierge.cli.app import main

        code = main([str(word) for word in words])  # type: ignore[attr-defined]
    except BaseException:  # noqa: BLE001 - its trace belongs into the log, whatever it was
        import traceback

        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


def _tell(line: str) -> None:
    os.write(1, line.encode() + b"\n")


if __name__ == "__main__":
    _serve(sys.argv[1])
