"""`concierge parked`: mail that is not before staff, and why."""

from __future__ import annotations

from concierge.cli import show
from concierge.cli.options import Count, Desk, Flag, Id, Staff
from concierge.cli.quarantine import in_words, parked_rows
from concierge.desk.ports.views import ParkedRow
from concierge.domain.ledger import LedgerState

#: A parked mail's kind in words that fit behind "looks like".
_LOOKS = {
    "auto_reply": "an automatic reply",
    "bounce": "a bounce",
    "bulk": "bulk mail",
    "own": "mail of our own",
}


def list_(*, limit: Count = 100, json: Flag = False, desk: Desk | None = None) -> int:
    """Muted and quarantined mail, newest first, each with its cause. Nothing here is purged.

    Parameters
    ----------
    limit
        No more than this many; 0 shows all.
    json
        One JSON object a line.
    """
    shown, more = parked_rows(desk, limit)
    if json:
        show.rows(
            {"entry_id": row.entry_id, "state": row.state.value, "kind": row.labels.kind,
             "urgency": row.labels.urgency, "case_id": row.case_id or None,
             "received_at": row.received_at.isoformat(), "because": _because(row),
             "subject": row.reading.subject if row.reading else ""}
            for row in shown
        )  # fmt: skip
        return 0
    show.table(
        ("entry", "state", "kind", "urgency", "case", "received", "subject", "because"),
        ([str(row.entry_id), row.state.value, row.labels.kind, row.labels.urgency,
          str(row.case_id or "-"), show.instant(row.received_at),
          row.reading.subject[:40] if row.reading else "", _because(row)] for row in shown),
        empty="Nothing is parked.",
        first_to_go=("received", "case", "urgency"),
        last_to_go=("state", "subject"),
    )  # fmt: skip
    show.left_out(more)
    if any(row.state is LedgerState.MUTED for row in shown):
        print("A muted mail that a person wrote: concierge parked release ENTRY")
    return 0


def release(entry: Id, /, *, staff: Staff | None = None) -> int:
    """Put a parked mail before staff as if a person had written it.

    It goes into the case it belongs to or into a new one, with a draft, and with a clock that
    counts from when it came. A mail in quarantine has a case already: see `concierge quarantine`.

    Parameters
    ----------
    entry
        The mail's number in the ledger, as the list shows it.
    """
    from concierge.cli.relations import bench, tell_undo

    desk, name = bench(staff)
    done = desk.parking().release(entry, name)
    case = done.case
    looks = _LOOKS.get(done.kind, done.kind.replace("_", " "))
    print(f"Mail {entry}, which looks like {looks}, stands in case {case.id} ({case.urgency}).")
    if done.draft_id:
        print(f"Draft {done.draft_id} answers it. Read it: concierge draft show {done.draft_id}")
    else:
        print(f"No draft was written for it. Write one: concierge draft write {case.id}")
    tell_undo(f"concierge parked return {entry}")
    return 0


def return_(entry: Id, /, *, staff: Staff | None = None) -> int:
    """Park a mail again that was taken out, as long as no reply was approved since.

    A case that was opened for it alone is resolved; one that it joined stands as it did before.

    Parameters
    ----------
    entry
        The mail's number in the ledger.
    """
    from concierge.cli.relations import bench, tell_draft, tell_undo

    desk, name = bench(staff)
    case, drafted = desk.parking().return_(entry, name)
    print(f"Mail {entry} is parked again. Case {case.id} is {case.state}.")
    if drafted.draft or drafted.note:
        tell_draft(case.id, drafted)
    tell_undo(f"concierge parked release {entry}")
    return 0


def _because(row: ParkedRow) -> str:
    if row.cause:
        return in_words(row.cause)
    found = row.reading.triage.get("kind", {}).get("evidence", []) if row.reading else []
    return "; ".join(item["note"] or item["rule"] for item in found[:3])
