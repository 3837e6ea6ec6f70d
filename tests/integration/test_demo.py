"""The demo as a visitor runs it: another process, the real program, servers on loopback."""

import json
import os
import pty
import select
import signal
import smtplib
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing

import pytest
from imapclient import IMAPClient

from concierge.config import load
from concierge.demo.letterbox import letters
from concierge.demo.playground import playground
from concierge.demo.servers import Servers, check_installed
from concierge.demo.tour import tour
from concierge.errors import FaultyInput, UsageError

#: A busy two-core machine needs ten seconds; a step that hangs must not hold up the suite.
PATIENCE = 120


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "concierge", "demo", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "playground"
    # What a visitor with a desk of their own has set must not reach the playground's.
    ended = run("--folder", str(folder), CONCIERGE_STAFF="Dee", CONCIERGE_CONFIG="elsewhere.toml")
    return ended, folder


def test_it_runs_through_without_a_terminal(kept):
    ended, _ = kept
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "milestone",
    [
        f"{len(letters())} letters",
        "$ concierge worker --once",
        "$ concierge queue",
        "$ concierge case show ",
        "urgency: emergency",
        "$ concierge draft show ",
        "$ concierge draft approve ",
        "Approved by Bo.",
        "In-Reply-To: <6d3c-9911@mail.example.org>",
        "    To: drummer.k@mail.example.org",
        "$ concierge report --date ",
        f"balanced: server {len(letters())} ",
    ],
)
def test_it_passes_every_milestone(kept, milestone):
    ended, _ = kept
    assert milestone in ended.stdout


def test_it_shows_the_emergency_first(kept):
    ended, _ = kept
    queue = ended.stdout.partition("$ concierge queue")[2]
    first = next(line for line in queue.splitlines() if line.strip()[:1].isdigit())
    assert "emergency" in first


def test_it_keeps_the_folder_it_was_given(kept):
    _, folder = kept
    assert [file.name for file in (folder / "sent").iterdir()] == ["001.eml"]
    assert stat.S_IMODE((folder / "secrets" / "desk.key").stat().st_mode) == 0o600
    with closing(sqlite3.connect(folder / "concierge.db")) as store:
        (answered,) = store.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()
    assert answered == 1


def test_its_playground_answers_after_the_tour(kept):
    _, folder = kept
    asked = subprocess.run(
        [sys.executable, "-m", "concierge", "queue", "--json"],
        env={**os.environ, "CONCIERGE_CONFIG": str(folder / "config.toml")},
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    rows = [json.loads(line) for line in asked.stdout.splitlines()]
    # Four letters are a program's, one is a follow-up, one was answered.
    assert len(rows) == len(letters()) - 4 - 1 - 1


def test_it_refuses_a_folder_that_holds_something(tmp_path):
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        tour(tmp_path, pause=False)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_it_names_the_command_that_stopped_it(tmp_path):
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import sys\nif 'report' in sys.argv:\n    raise SystemExit(7)\n", encoding="utf-8"
    )
    ended = run(PYTHONPATH=f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert ended.returncode == 1
    assert "The demo stopped at `concierge report" in ended.stderr


def test_it_leaves_nothing_behind_when_the_visitor_leaves(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "concierge", "demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:
        for line in process.stdout:
            if "$ concierge worker --once" in line:
                assert list(tmp_path.iterdir())
                process.send_signal(signal.SIGTERM)
                break
        rest, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Goodbye." in rest
    assert "Traceback" not in complaints
    assert list(tmp_path.iterdir()) == []


def test_it_hands_the_desk_to_a_visitor_at_a_terminal(tmp_path):
    """Enter through the steps, approve the next case in the review screen, and leave."""
    screen = Screen(tmp_path)
    try:
        for _ in range(9):
            screen.answer("Enter to go on", "\n")
        screen.answer("[y,e,w,r,l,c,h,n,d,s,q,?]", "y\n")
        sent = next(tmp_path.glob("concierge-demo-*/sent"))
        screen.wait_for(lambda: len(list(sent.iterdir())) == 2)
        screen.answer("[y,e,w,r,l,c,h,n,d,s,q,?]", "q\n")
        assert screen.ended() == 0, screen.seen
    finally:
        screen.close()
    assert list(tmp_path.iterdir()) == []


def test_its_config_is_one_the_desk_takes(tmp_path):
    with playground(tmp_path / "new") as place:
        place.write_config(imap_port=1143, smtp_port=1025)
        config = load(place.config, env={})
    assert config.mailbox.password.text() == place.password
    assert config.staff_member("bo").role == "staff"
    assert config.staff_member("carla").role == "supervisor"


def test_its_playground_is_no_desk_before_the_servers_stand(tmp_path):
    with playground(tmp_path / "new") as place, pytest.raises(FaultyInput):
        load(place.config, env={})


def test_its_servers_take_mail_and_let_go(tmp_path):
    with Servers("desk", "secret", tmp_path) as servers:
        with IMAPClient("127.0.0.1", servers.imap_port, ssl=False, timeout=10) as mailbox:
            mailbox.login("desk", "secret")
            mailbox.append("INBOX", letters()[0].raw)
            assert mailbox.select_folder("INBOX")[b"EXISTS"] == 1
            left_open = smtplib.SMTP("127.0.0.1", servers.smtp_port, timeout=10)
            left_open.sendmail("help@example.org", ["amina@example.org"], b"Subject: x\r\n\r\ny")
        assert [mail.recipients for mail in servers.delivered] == [("amina@example.org",)]
        assert servers.delivered[0].file.read_bytes() == servers.delivered[0].raw
    left_open.close()
    with pytest.raises(OSError):
        smtplib.SMTP("127.0.0.1", servers.smtp_port, timeout=10)


@pytest.mark.parametrize("package", ["pymap.imap", "aiosmtpd.smtp"])
def test_it_says_how_to_install_what_is_missing(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=r'pip install "concierge-desk\[demo\]"'):
        check_installed()


class Screen:
    """The demo on a terminal of its own."""

    def __init__(self, folder):
        self.seen = ""
        self._read = 0
        self._line, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "concierge", "demo"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder), "TERM": "dumb", "EDITOR": "true"},
        )
        os.close(theirs)
        self._deadline = time.monotonic() + PATIENCE

    def answer(self, prompt, words):
        """Wait for the prompt to come once more, and type."""
        self.wait_for(lambda: prompt in self.seen[self._read :])
        self._read = self.seen.index(prompt, self._read) + len(prompt)
        os.write(self._line, words.encode())

    def wait_for(self, happened):
        while not happened():
            assert time.monotonic() < self._deadline, self.seen[-2000:]
            assert self._take() or happened(), self.seen[-2000:]

    def ended(self):
        while self._take():
            assert time.monotonic() < self._deadline, self.seen[-2000:]
        return self._process.wait(PATIENCE)

    def close(self):
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)
        os.close(self._line)

    def _take(self):
        """Read what is there, waiting a moment for it; False when the terminal is closed."""
        ready, _, _ = select.select([self._line], [], [], 0.1)
        if not ready:
            return True
        try:
            got = os.read(self._line, 65536)
        except OSError:
            return False
        self.seen += got.decode("utf-8", "replace")
        return bool(got)
