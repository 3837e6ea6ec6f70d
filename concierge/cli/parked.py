"""`concierge parked`: mail that is not before staff, and why."""

from __future__ import annotations

from concierge.cli import show
from concierge.cli.options import Count, Desk, Flag
from concierge.desk.ports.views import ParkedRow


def list_(*, limit: Count = 100, json: Flag = False, desk: Desk | None = None) -> int:
    """Muted and quarantined mail, newest first, each with its cause. Nothing here is purged.

    Parameters
    ----------
    limit
        No more than this many.
    json
        One JSON object a line.
    """
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        parked = views.parked(limit)
    finally:
        views.close()
    if json:
        show.rows(
            {"entry_id": row.entry_id, "state": row.state.value, "kind": row.labels.kind,
             "urgency": row.labels.urgency, "case_id": row.case_id or None,
             "received_at": row.received_at.isoformat(), "because": _because(row),
             "subject": row.reading.subject if row.reading else ""}
            for row in parked
        )  # fmt: skip
        return 0
    show.table(
        ("entry", "state", "kind", "urgency", "case", "received", "subject", "because"),
        ([str(row.entry_id), row.state.value, row.labels.kind, row.labels.urgency,
          str(row.case_id or "-"), show.instant(row.received_at),
          row.reading.subject[:40] if row.reading else "", _because(row)] for row in parked),
        empty="Nothing is parked.",
        first_to_go=("received", "case", "urgency"),
    )  # fmt: skip
    return 0


def _because(row: ParkedRow) -> str:
    if row.cause:
        return row.cause
    found = row.reading.triage.get("kind", {}).get("evidence", []) if row.reading else []
    return "; ".join(item["note"] or item["rule"] for item in found[:3])
