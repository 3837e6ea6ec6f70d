"""`concierge draft`: look at, change, approve or reject a proposed reply."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.case_view import draft_as_dict, print_draft
from concierge.cli.options import Desk, Staff, confirm
from concierge.domain.draft import Draft, RejectReason
from concierge.errors import UsageError

if TYPE_CHECKING:
    from concierge.desk.approvals import Approvals


def show_(draft_id: int, *, json: bool = False, desk: Desk | None = None) -> int:
    """A draft as it would be sent.

    Parameters
    ----------
    draft_id
        The draft's number.
    json
        One JSON object.
    """
    draft = _read(draft_id, desk or Desk())
    if json:
        show.data(draft_as_dict(draft))
    else:
        print_draft(draft)
    return 0


def edit(
    draft_id: int,
    *,
    body_file: str = "",
    subject: str = "",
    yes: bool = False,
    staff: Staff | None = None,
) -> int:
    """Change a draft's words in $VISUAL or $EDITOR, or take them from a file.

    An empty text, or an editor that fails, leaves the draft as it was.

    Parameters
    ----------
    draft_id
        The draft's number.
    body_file
        Take the text from this file instead; - reads standard input.
    subject
        A new subject; the old one stays when this is empty.
    yes
        Keep the change without asking.
    """
    from concierge.cli.editing import changed_text, print_difference

    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    draft = _read(draft_id, chosen)
    draft.check_open()
    text = _from_file(body_file) if body_file else changed_text(draft.text)
    new_subject = subject or draft.subject
    if (text, new_subject) == (draft.text, draft.subject) or not text.strip():
        print("The draft is unchanged.")
        return 0
    print_difference(draft.text, text)
    if not confirm("Keep this change?", yes=yes):
        print("The draft is unchanged.")
        return 2
    edited = approvals.edit(draft_id, draft.revision, new_subject, text, name)
    print(f"Draft {draft_id} is now at revision {edited.revision}. Nothing was sent.")
    return 0


def write(
    case_id: int, *, subject: str = "", body_file: str = "", staff: Staff | None = None
) -> int:
    """Write a reply by hand where no draft stands, such as after a rejection.

    Parameters
    ----------
    case_id
        The case's number.
    subject
        The reply's subject; without it, "Re:" and the case's.
    body_file
        Take the text from this file instead of your editor; - reads standard input.
    """
    from concierge.bootstrap import open_views
    from concierge.cli.editing import changed_text

    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    views = open_views(chosen.load(secrets=False))
    try:
        case = views.case(case_id).case
    finally:
        views.close()
    text = _from_file(body_file) if body_file else changed_text("")
    draft = approvals.write(case_id, subject or f"Re: {case.subject}", text, name)
    print(f"Draft {draft.id} stands. Read it and approve: concierge draft approve {draft.id}")
    return 0


def approve(
    draft_id: int, *, revision: int | None = None, yes: bool = False, staff: Staff | None = None
) -> int:
    """Freeze a draft's exact bytes and recipient; the worker sends them, once.

    Parameters
    ----------
    draft_id
        The draft's number.
    revision
        The revision you read. On a terminal the draft is shown first; without one this makes
        sure that you approve what you have seen.
    yes
        Approve without asking.
    """
    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    draft = _read(draft_id, chosen)
    if not yes:
        print_draft(draft)
    if not confirm(f"Send this to {draft.recipient.address}?", yes=yes):
        print("Nothing was approved.")
        return 2
    mail = approvals.approve(draft_id, revision or draft.revision, name)
    print(f"Approved by {name}. Mail {mail.id} goes out with the worker's next pass.")
    return 0


def reject(
    draft_id: int, reason: RejectReason, *, note: str = "", staff: Staff | None = None
) -> int:
    """Say no to a draft; its case stays open and its clocks run on.

    Parameters
    ----------
    draft_id
        The draft's number.
    reason
        Why; counted in the daily report.
    note
        More words for colleagues.
    """
    approvals, name = _approvals(staff or Staff())
    draft = approvals.reject(draft_id, reason, name, note)
    print(f"Draft {draft_id} is rejected. Case {draft.case_id} still waits for an answer: "
          f"concierge draft write {draft.case_id}")  # fmt: skip
    return 0


def _approvals(staff: Staff) -> tuple[Approvals, str]:
    from concierge.bootstrap import make_approvals, open_store

    config = staff.load()
    name = staff.name(config)
    return make_approvals(config, open_store(config)), name


def _read(draft_id: int, desk: Desk) -> Draft:
    from concierge.bootstrap import open_views

    views = open_views(desk.load(secrets=False))
    try:
        return views.draft(draft_id)
    finally:
        views.close()


def _from_file(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} cannot be read as UTF-8 text ({type(error).__name__}).") from None
