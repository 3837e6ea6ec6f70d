"""Intake: every mail on the server becomes a ledger row with its raw bytes, before anything else.

The poll is the truth, IDLE only wakes it. UIDs are compared with the ledger one by one, so a
message that staff have opened, or that appears under an old UID, is taken all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from concierge.desk.fingerprint import fingerprint, message_id
from concierge.desk.ports.clock import Clock
from concierge.desk.ports.mailbox import Fetched, FolderStatus, Mailbox
from concierge.desk.ports.store import Store
from concierge.domain.ledger import FolderMemory, Incoming, LedgerEntry, LedgerState
from concierge.errors import MailboxUnavailable

#: Rows a commit: large enough that the disk's flush is shared, small enough that a kill makes
#: few mails be fetched again (measured: 45 us a row at 50, 290 us at 1).
BATCH_ROWS = 50
#: Bytes held in memory before a commit, so that memory stays flat whatever people attach.
BATCH_BYTES = 8_000_000
#: Even when the server's counters have not moved, all UIDs are compared this often.
COMPARE_EVERY = timedelta(minutes=10)
#: Rows settled on the server in one command.
SETTLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Settling:
    """What happens on the server to mail that is safely in the store.

    ``after`` is ``move`` (to ``handled``, or ``parked`` for what is not before staff), ``flag``
    (mark as seen) or ``leave``.
    """

    after: str = "move"
    handled: str = "Handled"
    parked: str = "Parked"


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look at a folder brought."""

    new: int = 0
    #: On the server and still not in the ledger, because it vanished while we fetched.
    unfetched: int = 0


@dataclass(slots=True)
class _Kept:
    """How much of one look is safe so far."""

    fetched: int = 0
    new: int = 0


class Intake:
    """Collects mail from the server and settles it there once it is safe."""

    def __init__(self, store: Store, mailbox: Mailbox, clock: Clock, settling: Settling) -> None:
        self._store = store
        self._mailbox = mailbox
        self._clock = clock
        self._settling = settling

    def collect(self, folder: str) -> Collected:
        """Bring everything in a folder into the ledger.

        1. Open the folder; when its counters stand where they stood and all UIDs were compared
           lately, there is nothing to do.
        2. Compare all UIDs of the server with the ledger's under this UIDVALIDITY.
        3. Fetch what is missing without marking it, and commit raw bytes and rows in batches.
        4. Remember the counters, last, so that a kill anywhere makes the next look repeat it; so
           does whatever was not fetched.

        Raises:
            MailboxUnavailable: what was fetched before the trouble is in the ledger.
            LoginRefused, StoreUnavailable: nothing is half done.
        """
        status = self._mailbox.open(folder)
        now = self._clock.now()
        with self._store.begin() as tx:
            memory = tx.ledger.folder(folder)
        if memory and _unmoved(memory, status, now):
            return Collected()
        listed = self._mailbox.uids()
        missing = self._missing(folder, status.uidvalidity, listed)
        status = replace(status, uidnext=_next_uid(status, listed))
        kept = _Kept()
        trouble: MailboxUnavailable | None = None
        try:
            self._keep(folder, status.uidvalidity, missing, kept)
        except MailboxUnavailable as error:
            # What is kept may be moved away before the next look, and would then be missing in
            # the server's count: so the counters are remembered all the same.
            trouble = error
        unfetched = len(missing) - kept.fetched
        with self._store.begin() as tx:
            tx.ledger.remember_folder(_memory(memory, status, listed, missing, unfetched, now))
        if trouble:
            raise trouble
        return Collected(new=kept.new, unfetched=unfetched)

    def _missing(self, folder: str, uidvalidity: int, listed: Sequence[int]) -> list[int]:
        if not listed:
            return []
        # Nothing below the lowest UID still there: moved mail would make every look cost more.
        with self._store.begin() as tx:
            known = tx.ledger.known_uids(folder, uidvalidity, since=listed[0])
        return [uid for uid in listed if uid not in known]

    def _keep(self, folder: str, uidvalidity: int, missing: Sequence[int], kept: _Kept) -> None:
        for batch in _batches(self._mailbox.fetch(missing)):
            rows = [self._incoming(folder, uidvalidity, mail) for mail in batch]
            with self._store.begin() as tx:
                kept.new += tx.ledger.record(rows)
            kept.fetched += len(rows)

    def settle(self, folder: str) -> int:
        """Flag or move on the server what is processed; how many rows were settled.

        Comes last and may be repeated: a row is marked only after the server said yes, and mail
        that is gone from the folder by then is no error.
        """
        status = self._mailbox.open(folder)
        total = 0
        while rows := self._unsettled(folder, status.uidvalidity):
            for target, group in self._targets(rows):
                self._apply(group, target)
            with self._store.begin() as tx:
                tx.ledger.mark_settled([row.id for row in rows])
            total += len(rows)
        return total

    def _unsettled(self, folder: str, uidvalidity: int) -> tuple[LedgerEntry, ...]:
        with self._store.begin() as tx:
            return tx.ledger.unsettled(folder, uidvalidity, SETTLE_ROWS)

    def _targets(self, rows: Iterable[LedgerEntry]) -> Iterator[tuple[str, list[int]]]:
        groups: dict[str, list[int]] = {}
        for row in rows:
            muted = row.state is LedgerState.MUTED
            target = self._settling.parked if muted else self._settling.handled
            groups.setdefault(target, []).append(row.uid)
        yield from groups.items()

    def _apply(self, uids: list[int], target: str) -> None:
        match self._settling.after:
            case "move":
                self._mailbox.move(uids, target)
            case "flag":
                self._mailbox.mark_seen(uids)
            case _:
                return

    def _incoming(self, folder: str, uidvalidity: int, mail: Fetched) -> Incoming:
        now = self._clock.now()
        return Incoming(
            mailbox=folder,
            uidvalidity=uidvalidity,
            uid=mail.uid,
            raw=mail.raw,
            fingerprint=fingerprint(mail.raw),
            message_id=message_id(mail.raw),
            # A server whose clock runs ahead must not give a promise a later start.
            received_at=min(mail.received_at or now, now),
            fetched_at=now,
            size=mail.size,
            complete=mail.complete,
        )


def _unmoved(memory: FolderMemory, status: FolderStatus, now: datetime) -> bool:
    """Whether nothing can have come since the last look. A server that hides UIDNEXT always may."""
    return (
        (memory.uidvalidity, memory.uidnext, memory.exists)
        == (status.uidvalidity, status.uidnext, status.exists)
        and status.uidnext > 0
        and memory.unfetched == 0
        and now - memory.compared_at < COMPARE_EVERY
    )


def _next_uid(status: FolderStatus, listed: Sequence[int]) -> int:
    """The server's next UID, counting mail that came between opening and listing the folder.

    0 when the server hides it.
    """
    if status.uidnext == 0 or not listed:
        return status.uidnext
    return max(status.uidnext, listed[-1] + 1)


def _memory(
    before: FolderMemory | None,
    status: FolderStatus,
    listed: Sequence[int],
    missing: Sequence[int],
    unfetched: int,
    now: datetime,
) -> FolderMemory:
    return FolderMemory(
        mailbox=status.folder,
        uidvalidity=status.uidvalidity,
        uidnext=status.uidnext,
        exists=status.exists,
        unfetched=unfetched,
        server_count=_server_count(before, status, listed, missing),
        looked_at=now,
        compared_at=now,
    )


def _server_count(
    before: FolderMemory | None,
    status: FolderStatus,
    listed: Sequence[int],
    missing: Sequence[int],
) -> int:
    """How many mails the server has shown in all, by its own counters.

    This is the independent side of the reconciliation line: a mail that got a UID and was moved
    or deleted by somebody else before we could read it is counted here and missing in the ledger.
    """
    if before is None:
        return len(listed)
    if before.uidvalidity != status.uidvalidity:
        return before.server_count + len(listed)
    if status.uidnext == 0:
        return before.server_count + max(0, len(missing) - before.unfetched)
    late = sum(uid < before.uidnext for uid in missing)
    given_out = max(0, status.uidnext - before.uidnext)
    return before.server_count + given_out + max(0, late - before.unfetched)


def _batches(mails: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    batch: list[Fetched] = []
    held = 0
    try:
        for mail in mails:
            batch.append(mail)
            held += len(mail.raw)
            if len(batch) >= BATCH_ROWS or held >= BATCH_BYTES:
                yield batch
                batch, held = [], 0
    except MailboxUnavailable:
        # What was given before the trouble is kept, or one mail the server will not give would
        # keep the others from staff, poll after poll.
        if batch:
            yield batch
        raise
    if batch:
        yield batch
