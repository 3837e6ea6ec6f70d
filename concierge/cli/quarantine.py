"""`concierge quarantine`: mail that could not be read, each a case with a clock all the same."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from concierge.cli import show
from concierge.cli.options import Count, Desk, Flag, Id, Staff
from concierge.desk.ports.views import MailView, ParkedRow
from concierge.domain.ledger import LedgerState
from concierge.errors import Refused, UsageError

if TYPE_CHECKING:
    from concierge.desk.rescue import Rescue

#: Characters of the raw mail shown; the whole is had with `concierge message raw`.
_SHOWN = 20_000
_CAUSE = re.compile(r"(\w+):([^:]+):(\d+)")


def list_(*, limit: Count = 100, json: Flag = False, desk: Desk | None = None) -> int:
    """Mail in quarantine, newest first: what failed, and the case that stands for it.

    Parameters
    ----------
    limit
        No more than this many; 0 shows all.
    json
        One JSON object a line.
    """
    shown, more = parked_rows(desk, limit, LedgerState.QUARANTINED)
    if json:
        show.rows(_row_as_dict(row) for row in shown)
        return 0
    show.table(
        ("entry", "case", "urgency", "received", "what failed"),
        ([str(row.entry_id), str(row.case_id), row.labels.urgency, show.instant(row.received_at),
          in_words(row.cause)] for row in shown),
        empty="Nothing is in quarantine.",
        first_to_go=("received",),
    )  # fmt: skip
    show.left_out(more)
    return 0


def show_(entry: Id, /, *, json: Flag = False, desk: Desk | None = None) -> int:
    """One mail in quarantine: what failed and where, and its raw text.

    Parameters
    ----------
    entry
        The mail's number in the ledger, as the list shows it.
    json
        One JSON object.
    """
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        mail = views.mail(entry)
    finally:
        views.close()
    if mail.entry.state is not LedgerState.QUARANTINED:
        raise Refused(f"Mail {entry} is not in quarantine. See it: concierge message show {entry}")
    if json:
        show.data(_as_dict(mail))
    else:
        _print(mail)
    return 0


def retry(entry: Id | None = None, /, *, all: Flag = False, staff: Staff | None = None) -> int:
    """Read a mail again, after the program or its files were mended, and propose a reply.

    Its case keeps its number, its clocks and its urgency, which only ever rises.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    all
        Every mail in quarantine, instead of one.
    """
    from concierge.bootstrap import make_rescue, open_store, open_views

    if all == (entry is not None):
        raise UsageError("Name a mail by its number or say --all: one or the other.")
    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    views = open_views(config)
    try:
        waiting = views.parked(sys.maxsize, LedgerState.QUARANTINED) if all else []
    finally:
        views.close()
    wanted = [row.entry_id for row in reversed(waiting)] if all else [entry] if entry else []
    if not wanted:
        print("Nothing is in quarantine.")
    rescue = make_rescue(config, open_store(config))
    failed = [number for number in wanted if not _retried(rescue, number, name, tell=all)]
    return 1 if failed else 0


def release(entry: Id, /, *, staff: Staff | None = None) -> int:
    """Take a mail as it is: nobody waits for it to be read any more. Its case stays open.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    """
    from concierge.bootstrap import make_rescue, open_store

    chosen = staff or Staff()
    config = chosen.load()
    case_id = make_rescue(config, open_store(config)).release(entry, chosen.name(config))
    print(
        f"Mail {entry} is out of quarantine as it is. Case {case_id} still waits for a reply: "
        f"concierge draft write {case_id}"
    )
    return 0


def _retried(rescue: Rescue, entry: int, staff: str, *, tell: bool) -> bool:
    """Whether reading went well; with ``tell`` a failure is printed and the next one is tried."""
    try:
        done = rescue.retry(entry, staff)
    except Refused as refused:
        if not tell:
            raise
        show.sentence(str(refused))
        return False
    draft = done.drafted.draft
    what = f"draft {draft.id} is proposed" if draft else f"no draft: {done.drafted.because}"
    show.sentence(f"Mail {entry} is read. Case {done.case_id}: {what}.")
    if done.drafted.note:
        show.sentence(done.drafted.note)
    return True


def parked_rows(
    desk: Desk | None, limit: int, state: LedgerState | None = None
) -> tuple[list[ParkedRow], bool]:
    """Parked mail, all of it or only one sort, and whether there is more than ``limit``."""
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        rows = views.parked(show.one_more(limit), state)
    finally:
        views.close()
    shown = rows[: limit or None]
    return shown, len(rows) > len(shown)


def in_words(cause: str) -> str:
    """The type and place of a failure as a sentence; what is not of that shape as it is."""
    found = _CAUSE.fullmatch(cause)
    return f"{found[1]} in {found[2]}, line {found[3]}" if found else cause


def _row_as_dict(row: ParkedRow) -> dict[str, Any]:
    return {
        "entry_id": row.entry_id,
        "case_id": row.case_id,
        "urgency": row.labels.urgency,
        "received_at": row.received_at.isoformat(),
        "cause": row.cause,
    }


def _as_dict(mail: MailView) -> dict[str, Any]:
    entry = mail.entry
    return {
        "entry_id": entry.id,
        "case_id": entry.case_id,
        "urgency": mail.labels.urgency,
        "received_at": entry.received_at.isoformat(),
        "size": entry.size,
        "complete": entry.complete,
        "attempts": entry.attempts,
        "cause": mail.cause,
        "defects": mail.reading.triage.get("defects", []) if mail.reading else [],
        "raw": mail.raw.decode("utf-8", "replace"),
    }


def _print(mail: MailView) -> None:
    entry = mail.entry
    print(f"Mail {entry.id} · {entry.size} bytes · case {entry.case_id} · {mail.labels.urgency}")
    show.sentence(f"It failed {show.counted(entry.attempts, 'time')}, last: {in_words(mail.cause)}")
    for defect in mail.reading.triage.get("defects", []) if mail.reading else []:
        show.sentence(f"! {defect['detail']}")
    show.heading("As it came")
    raw = mail.raw.decode("utf-8", "replace")
    show.text(raw[:_SHOWN], indent="  | ")
    if len(raw) > _SHOWN:
        whole = f"concierge message raw {entry.id} --to FILE"
        print(f"  | [{len(raw) - _SHOWN} more characters: {whole}]")
    show.heading("What to do")
    print(f"  concierge quarantine retry {entry.id}    after the program was mended")
    print(f"  concierge quarantine release {entry.id}  take it as it is")
    print(f"  concierge case show {entry.case_id}           its case")
