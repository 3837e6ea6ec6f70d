"""Peak memory of a pass over many mails, against a pass over few."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import desk
import letters
from measure import ROOT, Measure, Note, Result, child, peak_mb, python

from concierge.desk.ports.mailbox import Fetched, FolderStatus

_ARRIVED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


# ruff: noqa: ARG002 - the arguments belong to the port


class Generator:
    """A mailbox whose mails are made when they are fetched, and kept nowhere."""

    def __init__(self, count: int) -> None:
        self._count = count

    def open(self, folder: str) -> FolderStatus:
        return FolderStatus(folder, 1, self._count + 1, self._count)

    def uids(self) -> tuple[int, ...]:
        return tuple(range(1, self._count + 1))

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        for uid in uids:
            raw = letters.mail(uid, small=True)
            yield Fetched(uid, raw, _ARRIVED, len(raw))

    def mark_seen(self, uids: Sequence[int]) -> None: ...

    def move(self, uids: Sequence[int], folder: str) -> None: ...

    def contains(self, folder: str, message_id: str) -> bool:
        return False

    def append(self, folder: str, raw: bytes) -> None: ...

    def wait(self, seconds: float) -> bool:
        return False

    def interrupt(self) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Generator:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


def memory(*, quick: bool) -> list[Result]:
    """Peak resident memory of 20,000 mails in one pass over that of 1,000."""
    few, many = (500, 3000) if quick else (1000, 20_000)
    peaks = {}
    for count in (few, many):
        command = python(str(Path(__file__).resolve()), str(count))
        taken, said = child(command, cwd=ROOT)
        peaks[count] = (float(said), taken)
    (low, _), (high, taken) = peaks[few], peaks[many]
    return [
        Measure(
            f"memory, {many:,} mails / {few:,}", f"{high:.1f} MB", f"{low:.1f} MB", high / low, 1.1
        ),
        Note("memory pass", (f"{many:,} small mails: {taken.cpu:.0f} s CPU, {taken.wall:.0f} s",)),
    ]


def one_pass(count: int) -> None:
    """Collect, admit and settle, as the worker does."""
    with desk.deployment() as place, place.store() as store:
        intake = desk.make_intake(store, Generator(count))
        collected = intake.collect("INBOX")
        assert collected.new == count, collected
        cases = desk.admit_all(desk.make_admission(place, store, desk.rulebook(place)))
        assert cases > count * 0.9, cases
        intake.settle("INBOX")


if __name__ == "__main__":
    one_pass(int(sys.argv[1]))
    print(peak_mb())
