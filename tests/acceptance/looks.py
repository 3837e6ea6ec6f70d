"""Looking at a store from outside, and what must be true of one whatever happened."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servers.dovecot import Account
from support.deployment import Deployment

from concierge.domain.case import CaseState
from concierge.domain.event import EventKind
from concierge.store.private import unseal_bytes


@dataclass(frozen=True)
class Progress:
    """How far the mail in a ledger has come."""

    rows: int
    stored: int
    unsettled: int
    cases: int

    @property
    def placed(self) -> int:
        return self.rows - self.stored


class Watcher:
    """Reads counts while a worker writes; a reader never holds it up."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)

    def progress(self) -> Progress:
        query = (
            "SELECT count(*), coalesce(sum(state = 'stored'), 0),"
            " coalesce(sum(settled = 0 AND state <> 'stored'), 0),"
            " (SELECT count(*) FROM cases) FROM ledger"
        )
        return Progress(*self._connection.execute(query).fetchone())

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        self._connection.close()


def ask(database: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(Watcher(database)) as watcher:
        return watcher.all(query, *values)


def texts_of_cases(desk: Deployment) -> dict[int, list[str]]:
    """Subject and words of every message of every case."""
    with desk.views() as views:
        found = {}
        for row in views.queue(list(CaseState)):
            readings = views.case(row.case.id).readings
            found[row.case.id] = [f"{r.subject}\n{r.text}\n{r.quoted_text}" for r in readings]
        return found


def assert_ledger_is_the_server(desk: Deployment, account: Account, *folders: str) -> None:
    """Byte for byte: what lies on the server is what the ledger holds, each as often."""
    on_server = Counter(raw for folder in folders for raw in _list(account, folder))
    stored = ask(desk.database, "SELECT raw FROM raw_mail")
    in_ledger = Counter(_as_on_disk(unseal_bytes(raw)) for (raw,) in stored)
    missing, too_many = on_server - in_ledger, in_ledger - on_server
    assert (list(missing), list(too_many)) == ([], []), (missing, too_many)


def assert_history_is_sane(desk: Deployment) -> None:
    """One beginning a case, one line a message and a draft, in order of time."""
    with desk.views() as views:
        for row in views.queue(list(CaseState)):
            case = views.case(row.case.id)
            kinds = Counter(event.kind for event in case.events)
            messages = [
                event.get("message")
                for event in case.events
                if event.kind in {EventKind.OPENED, EventKind.MESSAGE_JOINED}
                and event.get("message")
            ]
            times = [event.at for event in case.events]
            versions = [draft.case_version for draft in case.drafts]
            assert case.events[0].kind is EventKind.OPENED
            assert kinds[EventKind.OPENED] == 1
            assert times == sorted(times)
            assert len(messages) == len(set(messages)) == row.case.version
            assert len(case.readings) == len(messages), f"case {row.case.id} has no message"
            assert kinds[EventKind.DRAFTED] == len(case.drafts)
            assert len(versions) == len(set(versions)), f"two drafts for one version: {versions}"
            assert sum(draft.state == "proposed" for draft in case.drafts) <= 1


def balance(desk: Deployment) -> dict[str, Any]:
    """The reconciliation line of the report of the day."""
    done = desk.run("report", "--format", "json")
    assert done.returncode == 0, done.stderr
    import json

    return json.loads(done.stdout)["reconciliation"]


def _list(account: Account, folder: str) -> list[bytes]:
    try:
        return [_as_on_disk(raw) for raw in account.list(folder)]
    except FileNotFoundError:
        return []


def _as_on_disk(raw: bytes) -> bytes:
    """A server may keep either line end, and IMAP has no NUL: Dovecot gives 0x80 for it."""
    return raw.replace(b"\r\n", b"\n").replace(b"\0", b"\x80")


def approve_everything(desk: Deployment, staff: str = "Bo") -> int:
    """Approve every proposed draft, as ``concierge draft approve`` does; how many there were."""
    from concierge.bootstrap import make_approvals

    with desk.views() as views:
        drafts = [row.draft_id for row in views.queue(list(CaseState)) if row.draft_id]
    with desk.store() as store:
        approvals = make_approvals(desk.config, store)
        for draft_id in drafts:
            approvals.approve(draft_id, 1, staff)
    return len(drafts)
