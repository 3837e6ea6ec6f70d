"""`concierge outbox`: approved mail, and deciding what the program must not decide."""

from __future__ import annotations

from concierge.cli import show
from concierge.cli.options import Desk, Flag, Id, Staff, confirm
from concierge.desk.settling import Decision
from concierge.domain.draft import OUTBOX_FOR_A_PERSON, OUTBOX_UNFINISHED, OutboxState


def list_(*, state: OutboxState | None = None, json: Flag = False, desk: Desk | None = None) -> int:
    """Approved mail by state; without a state, what waits to leave or for a decision.

    Parameters
    ----------
    state
        Only this state.
    json
        One JSON object a line.
    """
    from concierge.bootstrap import open_views

    wanted = [state] if state else sorted(OUTBOX_UNFINISHED | OUTBOX_FOR_A_PERSON)
    views = open_views((desk or Desk()).load(secrets=False))
    try:
        mails = views.outbox([one.value for one in wanted])
    finally:
        views.close()
    if json:
        show.rows(
            {"mail_id": m.id, "case_id": m.case_id, "draft_id": m.approval.draft_id,
             "state": m.state.value, "approved_by": m.approval.staff, "attempts": m.attempts,
             "due_at": m.due_at.isoformat(), "message_id": m.message_id,
             "last_reply": m.last_reply}
            for m in mails
        )  # fmt: skip
        return 0
    show.table(
        ("mail", "case", "state", "approved by", "attempts", "next try", "the server said"),
        ([str(m.id), str(m.case_id), m.state.value, m.approval.staff, str(m.attempts),
          show.instant(m.due_at), m.last_reply[:60]] for m in mails),
        empty="The outbox is empty.",
        first_to_go=("attempts", "approved by", "next try"),
    )  # fmt: skip
    return 0


def settle(
    mail_id: Id, decision: Decision, /, *, yes: Flag = False, staff: Staff | None = None
) -> int:
    """Decide about mail that failed, bounced, or may or may not have left.

    Look first: is it in the Sent folder, does the server's log have it, has the requester
    answered? The Message-ID is in `concierge outbox list --json`.

    Parameters
    ----------
    mail_id
        The mail's number.
    decision
        arrived: it did; again: send the same bytes again, though it may arrive twice;
        withdraw: do not send it, the case goes back to staff.
    yes
        Decide without asking.
    """
    from concierge.bootstrap import SystemClock, open_store
    from concierge.desk.settling import settle as carry_out

    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    if decision is Decision.AGAIN and not confirm("It may arrive twice. Send again?", yes=yes):
        print("Nothing was decided.")
        return 2
    carry_out(open_store(config), SystemClock(), config.promises(), mail_id, decision, name)
    print(f"Mail {mail_id}: {decision.value}, decided by {name}.")
    return 0
