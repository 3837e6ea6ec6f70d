"""A desk to measure: the shipped rulebook, office hours as most have them, a store of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from measure import ROOT

for _place in (ROOT, ROOT / "tests"):
    if str(_place) not in sys.path:
        sys.path.insert(0, str(_place))

if TYPE_CHECKING:
    from support.deployment import Deployment

    from concierge.desk.admission import Admission
    from concierge.desk.intake import Intake
    from concierge.desk.ports.mailbox import Mailbox
    from concierge.store.sqlite import SqliteStore

_WORK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@contextmanager
def deployment(*, imap_port: int = 143, username: str = "desk", password: str = "none"
               ) -> Iterator[Deployment]:  # fmt: skip
    """A desk in a folder that goes afterwards."""
    from support.deployment import deploy

    with TemporaryDirectory(prefix="desk-") as folder:
        values: dict[tuple[str, str], Any] = {
            ("mailbox", "port"): imap_port,
            ("mailbox", "tls"): "plaintext",
            ("mailbox", "username"): username,
            ("outgoing", "port"): 25,
            # Every mail costs what it costs on a quiet day: with its draft.
            ("cases", "drafts_an_hour"): 0,
            ("office", "saturday"): [],
            ("office", "sunday"): [],
            **{("office", day): ["09:00-17:00"] for day in _WORK_DAYS},
        }
        yield deploy(Path(folder), values, mailbox_password=password)


class Clock:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@contextmanager
def fresh_store(place: Deployment) -> Iterator[SqliteStore]:
    """The desk's store, empty: a copy of one made once, since making a schema costs 0.3 s."""
    from concierge.store.upgrade import upgrade

    empty = place.folder / "empty.db"
    if not empty.exists():
        upgrade(empty)
    for path in place.folder.glob("concierge.db*"):
        path.unlink()
    shutil.copyfile(empty, place.database)
    with place.store() as store:
        yield store


def make_intake(store: SqliteStore, mailbox: Mailbox) -> Intake:
    from concierge.desk.intake import Intake, Settling

    return Intake(store, mailbox, Clock(), Settling())


def make_admission(place: Deployment, store: SqliteStore, book: Any) -> Admission:
    from concierge.bootstrap import make_admission as make

    return make(place.config, store, lambda: book)


def rulebook(place: Deployment) -> Any:
    from concierge.bootstrap import rulebook_files
    from concierge.store.rulebook import read_rulebook

    return read_rulebook(rulebook_files(place.config))


def admit_all(admission: Admission, batch: int = 50) -> int:
    """Admit until nothing waits, in batches as the worker does; how many became cases."""
    cases = 0
    while done := admission.admit_waiting(batch):
        if done.failures:
            raise RuntimeError(f"messages failed: {done.failures}")
        if not done.total:
            return cases
        cases += done.cases
    return cases
