"""`concierge case`: one person's matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.case_view import as_dict, print_case
from concierge.cli.options import Desk, Flag, Id, Staff
from concierge.cli.queue import as_dict as row_as_dict
from concierge.cli.queue import print_rows
from concierge.desk.queue import in_order
from concierge.domain.case import UNRESOLVED, CaseState

#: What somebody writes may begin with a dash.
Words = Annotated[str, Parameter(allow_leading_hyphen=True)]


def show_(case_id: Id, /, *, json: Flag = False, desk: Desk | None = None) -> int:
    """Everything about a case: messages, conclusions with their reasons, drafts, clocks, history.

    Parameters
    ----------
    case_id
        The case's number.
    json
        One JSON object.
    """
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        view = views.case(case_id)
    finally:
        views.close()
    if json:
        show.data(as_dict(view))
    else:
        print_case(view, datetime.now(UTC))
    return 0


def list_(*, state: CaseState | None = None, json: Flag = False, desk: Desk | None = None) -> int:
    """Cases by state, the person in danger first; without a state, all that are not resolved.

    Parameters
    ----------
    state
        Only this state.
    json
        One JSON object a line.
    """
    from concierge.bootstrap import open_views

    views = open_views((desk or Desk()).load(secrets=False))
    try:
        rows = in_order(views.queue([state] if state else sorted(UNRESOLVED)))
    finally:
        views.close()
    now = datetime.now(UTC)
    if json:
        show.rows(row_as_dict(row, now) for row in rows)
    else:
        print_rows(rows, now, empty="No cases.")
    return 0


def claim(case_id: Id, /, *, takeover: Flag = False, staff: Staff | None = None) -> int:
    """Hold a case, so that nobody else answers it meanwhile.

    Parameters
    ----------
    case_id
        The case's number.
    takeover
        Take it from whoever holds it; that is written into its history.
    """
    work, name = _casework(staff)
    held = work.claim(case_id, name, takeover=takeover)
    until = held.claim.expires_at if held.claim else None
    print(f"Case {case_id} is yours until {show.instant(until)}.")
    return 0


def release(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Let go of a case.

    Parameters
    ----------
    case_id
        The case's number.
    """
    work, name = _casework(staff)
    work.release(case_id, name)
    print(f"Case {case_id} is free.")
    return 0


def assign(case_id: Id, to: str = "", /, *, staff: Staff | None = None) -> int:
    """Put a case into somebody's care; without a name, out of anybody's.

    Parameters
    ----------
    case_id
        The case's number.
    to
        A name of staff.
    """
    chosen = staff or Staff()
    config = chosen.load()
    who = config.staff_member(to).name if to else ""
    work, name = _casework(chosen)
    work.assign(case_id, who, name)
    print(f"Case {case_id} is {f'assigned to {who}' if who else 'not assigned to anybody'}.")
    return 0


def note(case_id: Id, words: Words, /, *, staff: Staff | None = None) -> int:
    """Write a note for colleagues; it is never sent.

    Parameters
    ----------
    case_id
        The case's number.
    words
        The note.
    """
    work, name = _casework(staff)
    work.note(case_id, words, name)
    print(f"Noted on case {case_id}.")
    return 0


def resolve(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Close a case: its clocks stop, its open draft is put away.

    Parameters
    ----------
    case_id
        The case's number.
    """
    work, name = _casework(staff)
    work.resolve(case_id, name)
    print(f"Case {case_id} is resolved. A reply of the requester reopens it.")
    return 0


def reopen(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Bring a case back before staff, with a response owed from now.

    Parameters
    ----------
    case_id
        The case's number.
    """
    work, name = _casework(staff)
    work.reopen(case_id, name)
    print(f"Case {case_id} is open again.")
    return 0


def _casework(staff: Staff | None) -> tuple[Any, str]:
    from concierge.bootstrap import make_casework, open_store

    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    return make_casework(config, open_store(config)), name
