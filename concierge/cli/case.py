"""`concierge case`: one person's matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.case_view import as_dict, print_case
from concierge.cli.options import Desk, Flag, Id, Staff, confirm
from concierge.cli.queue import as_dict as row_as_dict
from concierge.cli.queue import print_rows
from concierge.cli.relations import (  # noqa: F401 - commands of this noun with a module of their own
    link,
    merge,
    redraft,
    requester,
    split,
    tell_undo,
    unlink,
    unmerge,
)
from concierge.cli.setting import set_  # noqa: F401 - another of them
from concierge.desk.queue import Shown, collapsed, in_order
from concierge.domain.case import UNRESOLVED, CaseState
from concierge.errors import Refused, UsageError

#: Case numbers that are named one by one.
_NAMED = 50
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

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    try:
        view = views.case(case_id)
    finally:
        views.close()
    if json:
        show.data(as_dict(view, config.route_plans()))
    else:
        print_case(view, datetime.now(UTC), config.route_plans())
    return 0


def list_(
    *, state: CaseState | None = None, flood: Id | None = None, json: Flag = False,
    desk: Desk | None = None,
) -> int:  # fmt: skip
    """Cases by state, the person in danger first; without a state, all that are not resolved.

    Parameters
    ----------
    state
        Only this state.
    flood
        Only the case of this number and those that repeat it.
    json
        One JSON object a line.
    """
    from concierge.bootstrap import open_views

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    try:
        rows = in_order(views.queue([state] if state else sorted(UNRESOLVED)))
    finally:
        views.close()
    if flood:
        rows = [row for row in rows if flood in {row.case.id, row.case.flood_of}]
    now = datetime.now(UTC)
    if json:
        show.rows(row_as_dict(row, now, config.route_plans()) for row in rows)
    else:
        print_rows([Shown(row) for row in rows], now, config.route_plans(), empty="No cases.")
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


def resolve(
    case_id: Id | None = None, /, *, flood: Id | None = None, yes: Flag = False,
    staff: Staff | None = None,
) -> int:  # fmt: skip
    """Close a case: its clocks stop, its open draft is put away.

    With --flood, close all cases that repeat one; what is urgent among them, or was taken up by
    somebody, or wrote again, stays and is named. So does the case they repeat.

    Parameters
    ----------
    case_id
        The case's number.
    flood
        The number of the case that the others repeat.
    yes
        Do not ask before closing a flood.
    """
    if flood and case_id:
        raise UsageError("Name a case, or --flood N for those that repeat N: one or the other.")
    if flood:
        return _resolve_flood(flood, staff or Staff(), yes=yes)
    if case_id is None:
        raise UsageError("Say which case, or --flood N for those that repeat case N.")
    work, name = _casework(staff)
    closed = work.resolve(case_id, name)
    print(f"Case {case_id} is resolved. A reply of the requester reopens it.")
    tell_undo(f"concierge case reopen {case_id}")
    if closed.attention:
        show.sentence(closed.attention)
    return 0


def unflood(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Give a case that repeats others a row of its own in the queue again.

    Parameters
    ----------
    case_id
        The case's number.
    """
    from concierge.bootstrap import SystemClock, open_store
    from concierge.desk.flood import take_out

    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    take_out(open_store(config), SystemClock(), case_id, name)
    print(f"Case {case_id} has its own row in the queue again.")
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
    print(f"Case {case_id} is open again. Propose its reply: concierge case redraft {case_id}")
    return 0


def _resolve_flood(flood: int, staff: Staff, *, yes: bool) -> int:
    from concierge.bootstrap import open_views

    work, name = _casework(staff)
    views = open_views(staff.load(secrets=False))
    try:
        views.case(flood)  # Raises where there is none of that number.
        rows = [row for row in views.queue(sorted(UNRESOLVED)) if row.case.flood_of == flood]
    finally:
        views.close()
    now = datetime.now(UTC)
    alike = [row.case for row in rows if collapsed(row, now)]
    if not alike:
        raise Refused(f"No case waits that repeats case {flood} and nothing more.")
    question = f"Resolve {show.counted(len(alike), 'case')} that repeat case {flood}?"
    if not confirm(question, yes=yes):
        print("Nothing was changed.")
        return 0
    closed = set(work.resolve_seen(alike, name))
    left = [row.case.id for row in in_order(rows) if row.case.id not in closed]
    print(f"{show.counted(len(closed), 'case')} resolved. Case {flood} keeps its own row.")
    if left:
        numbers = ", ".join(map(str, left[:_NAMED])) + (", ..." if left[_NAMED:] else "")
        show.sentence(f"Left for a look of their own: {numbers}.")
    return 0


def _casework(staff: Staff | None) -> tuple[Any, str]:
    from concierge.bootstrap import make_casework, open_store

    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    return make_casework(config, open_store(config)), name
