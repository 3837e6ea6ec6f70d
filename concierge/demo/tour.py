"""The tour: letters come in and a reply goes out, each step done by the real program."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from concierge.demo.guide import Guide, StepFailed, command, failure
from concierge.demo.letterbox import letters
from concierge.demo.playground import USERNAME, VISITOR, Playground, playground
from concierge.demo.servers import HOST, Delivered, Servers

#: How long a worker may finish what it is doing when the tour ends.
_WORKER_SECONDS = 10.0
#: The headers of a reply that a person understands, or that keep it in its thread.
_HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To")
_GOODBYE = "Goodbye."


def tour(folder: Path | None, *, pause: bool) -> int:
    """Show the whole way of a mail; the exit code.

    Raises:
        StepFailed: a step went wrong; the sentence names its command.
        UsageError: the folder is not empty, or the demo's servers are not installed.
    """
    visited = sys.stdin.isatty() and sys.stdout.isatty()
    with _leaving_on_signals(), ExitStack() as open_:
        try:
            place = open_.enter_context(playground(folder))
            servers = open_.enter_context(Servers(USERNAME, place.password, place.sink))
            place.write_config(imap_port=servers.imap_port, smtp_port=servers.smtp_port)
            guide = Guide(place, pause=pause and visited)
            _welcome(guide)
            _story(guide, servers)
            if visited:
                _stay(guide)
            _farewell(guide, kept=folder is not None)
        except KeyboardInterrupt:
            print(f"\n{_GOODBYE}", flush=True)
            raise
    return 0


def _welcome(guide: Guide) -> None:
    guide.say("This is the desk of Harbour Notes, an invented charity for people who make music.")
    guide.tell(f"You are {VISITOR}, one of its staff. Every person in it is invented too.")
    print(f"The playground is {guide.place.folder}")
    guide.tell("Two mail servers run for it on this machine alone; no mail leaves it.")
    guide.say("To use its desk from another terminal meanwhile:")
    activate = Path(sys.prefix, "bin", "activate")
    if shutil.which("concierge") is None and activate.is_file():
        # `make demo` calls the program by its path; a visitor's shell does not know it yet.
        print(f"  $ . {shlex.quote(str(activate))}")
    print(f"  $ export CONCIERGE_CONFIG={shlex.quote(str(guide.place.config))}")


def _story(guide: Guide, servers: Servers) -> None:
    count = _deliver(servers.imap_port, guide.place.password)
    guide.say(f"{count} letters have just come into the mailbox, from many countries.")
    guide.show("The worker reads the mailbox and prepares a case for each.", "worker", "--once")
    guide.show("The queue puts the person in danger first.", "queue")
    case_id, draft_id = _most_urgent(guide)
    guide.show("This is the most urgent case, with the reasons.", "case", "show", case_id)
    guide.show("The desk proposes this reply. Nothing is sent yet.", "draft", "show", draft_id)
    revision = str(guide.ask("draft", "show", draft_id)[0]["revision"])
    guide.show(
        f"{VISITOR} has read it and approves these exact words.",
        *("draft", "approve", draft_id, "--revision", revision, "--yes"),
    )
    guide.show("The worker sends what is approved, once.", "worker", "--once")
    guide.say("* This is the reply as it arrived.")
    _print_mail(guide, _arrived(servers))
    guide.wait()
    today = datetime.now(UTC).date().isoformat()
    guide.show("Carla, the supervisor, reads the report of the day.", "report", "--date", today)


def _deliver(port: int, password: str) -> int:
    """Put every sample letter into the mailbox, as a mail server would; how many there are."""
    from imapclient import IMAPClient  # type: ignore[import-untyped]

    sample = letters()
    with IMAPClient(HOST, port, ssl=False, timeout=30) as mailbox:
        mailbox.login(USERNAME, password)
        for letter in sample:
            mailbox.append("INBOX", letter.raw)
    return len(sample)


def _most_urgent(guide: Guide) -> tuple[str, str]:
    """Case and draft at the head of the queue.

    Raises:
        StepFailed: nobody waits, or the first has no draft, so there is nothing to tell.
    """
    rows = guide.ask("queue")
    if not rows or not rows[0]["draft_id"]:
        raise StepFailed("The demo stopped: the queue has no case with a draft at its head.")
    return str(rows[0]["case_id"]), str(rows[0]["draft_id"])


def _arrived(servers: Servers) -> Delivered:
    if not servers.delivered:
        raise StepFailed("The demo stopped: the approved reply did not arrive.")
    return servers.delivered[-1]


def _print_mail(guide: Guide, mail: Delivered) -> None:
    message = BytesParser(policy=policy.default).parsebytes(mail.raw)
    print(f"  (kept in {mail.file})\n")
    for name in _HEADERS:
        if message[name]:
            guide.tell(f"{name}: {message[name]}", "    ")
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    print()
    guide.tell(text, "    ")


def _stay(guide: Guide) -> None:
    """Leave the visitor at the review screen, with a worker that sends what they approve."""
    guide.say("* Now it is your turn: work through the queue. The worker sends what you approve.")
    guide.tell(f"  It is kept in {guide.place.sink}")
    guide.tell("  The key ? shows all keys, q ends the demo.")
    print("  $ concierge review", flush=True)
    guide.wait()
    with _worker(guide.place):
        ended = subprocess.run(command("review"), env=guide.place.environment(), check=False)
    if ended.returncode:
        raise StepFailed(failure(("review",), ended.returncode))


@contextmanager
def _worker(place: Playground) -> Iterator[None]:
    """A worker in the background; it stands outside the terminal's Ctrl-C and ends with us."""
    with (place.folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command("worker"),
            env=place.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(_WORKER_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _farewell(guide: Guide, *, kept: bool) -> None:
    if kept:
        guide.say(f"The servers end now; the playground stays: {guide.place.folder}")
        print("Read on there with: concierge queue, concierge case show, concierge report.")
    else:
        guide.say("The servers end now and the playground is removed; --folder NAME keeps one.")
    print("To set up a desk of your own: concierge init", flush=True)


@contextmanager
def _leaving_on_signals() -> Iterator[None]:
    """Make a closed terminal or a request to end leave by the same door as Ctrl-C.

    Otherwise the temporary folder and the background worker would stay behind.
    """
    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP"):
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
