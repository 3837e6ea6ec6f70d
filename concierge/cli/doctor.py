"""`concierge doctor`: everything checked, and for each failure what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.options import Desk, Flag
from concierge.errors import ConciergeError, FaultyInput, Unavailable

if TYPE_CHECKING:
    from concierge.config import Config

_REACH = "Check [mailbox] host, port and tls, the folders it names, and the network."
#: The year this program was written in: a clock before it is wrong.
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is well, and the sentence about it."""

    what: str
    ok: bool
    words: str


def doctor(*, json: Flag = False, desk: Desk | None = None) -> int:
    """Check config, clock, store, directory, templates, mailbox login and SMTP login.

    Reads only: no mail is fetched, flagged, moved or sent. Exit code 1 when anything fails.

    Parameters
    ----------
    json
        One JSON object a line.
    """
    failed = 0
    for found in _examine(desk or Desk()):
        failed += not found.ok
        if json:
            show.data({"what": found.what, "ok": found.ok, "words": found.words})
            continue
        print(f"{'ok  ' if found.ok else 'FAIL'}  {found.what}")
        for words in found.words.splitlines():
            show.sentence(words, indent="      ", limit=1000)
    if failed and not json:
        print(f"\n{show.counted(failed, 'check')} failed.")
    return 1 if failed else 0


def _examine(desk: Desk) -> Iterator[Finding]:
    try:
        config = desk.load()
    except FaultyInput as error:
        yield Finding("config", False, str(error))
        return
    yield Finding("config", True, f"{desk.config} is good")
    yield _check("clock", _clock)
    yield _check("store", lambda: _store(config))
    yield _check("directory, templates and rules", lambda: _rulebook(config))
    yield _check("languages", _languages)
    yield _check("mailbox", lambda: _mailbox(config), _REACH)
    yield _check("outgoing mail", lambda: _courier(config))


def _check(what: str, look: Callable[[], str], remedy: str = "") -> Finding:
    """Look; ``remedy`` is said of what is out of reach, since the error knows only what it met."""
    try:
        return Finding(what, True, look())
    except Unavailable as error:
        return Finding(what, False, f"{error}\n{remedy}".strip())
    except (ConciergeError, OSError) as error:
        return Finding(what, False, str(error))


def _clock() -> str:
    now = datetime.now(UTC)
    if now < _EARLIEST:
        raise ConciergeError(f"This machine thinks it is {now:%Y-%m-%d}; set its clock.")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _store(config: Config) -> str:
    from concierge.bootstrap import open_views

    views = open_views(config)
    try:
        rows = sum(count for _, count in views.ledger_totals().by_state)
    finally:
        views.close()
    return f"{config.store.path} opens; {rows} mails in the ledger"


def _rulebook(config: Config) -> str:
    from concierge.bootstrap import rulebook_files
    from concierge.store.atlas import read_through
    from concierge.store.rulebook import read_rulebook

    read_through(read_rulebook(rulebook_files(config)).atlas)
    return "all readable; `concierge resources lint` and `concierge templates lint` say more"


def _languages() -> str:
    from concierge.bootstrap import detectors

    found = detectors()
    words = f"told by {', '.join(found)}"
    if "py3langid" not in found:
        words += (
            ". py3langid is not installed, so langdetect tells languages alone and leaves more "
            "messages undetermined"
        )
    return words


def _mailbox(config: Config) -> str:
    from concierge.bootstrap import open_mailbox

    with open_mailbox(config) as mailbox:
        counts = [f"{folder}: {mailbox.open(folder).exists}" for folder in config.mailbox.folders]
    return f"logged in at {config.mailbox.host}; mails in " + ", ".join(counts)


def _courier(config: Config) -> str:
    from concierge.bootstrap import open_courier

    courier = open_courier(config)
    try:
        courier.check()
    finally:
        courier.close()
    did = "logged in at" if config.outgoing.username else "reached without a login:"
    return f"{did} {config.outgoing.host}; nothing was sent"
