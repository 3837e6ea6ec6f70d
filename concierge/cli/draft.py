"""`concierge draft`: look at, change, approve or reject a proposed reply."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.case_view import draft_as_dict, print_draft
from concierge.cli.options import Desk, FileOrStdin, Flag, Id, Staff, confirm, on_terminal
from concierge.domain.draft import Draft, RejectReason
from concierge.errors import UsageError

if TYPE_CHECKING:
    from concierge.desk.approvals import Approvals


def show_(draft_id: Id, /, *, json: Flag = False, desk: Desk | None = None) -> int:
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
    draft_id: Id,
    /,
    *,
    body_file: FileOrStdin = "",
    subject: str = "",
    yes: Flag = False,
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
    from concierge.cli.editing import changed_text, print_difference, print_unsafe_words

    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    draft = _read(draft_id, chosen)
    draft.check_open()
    text = _from_file(body_file) if body_file else changed_text(draft.text)
    new_subject = " ".join(subject.split()) or draft.subject
    if (text, new_subject) == (draft.text, draft.subject) or not text.strip():
        print("The draft is unchanged.")
        return 0
    before, after = _whole(draft.subject, draft.text), _whole(new_subject, text)
    print_difference(before, after)
    print_unsafe_words(before, after, draft.language, chosen.load(secrets=False).rules.path)
    if not confirm("Keep this change?", yes=yes):
        print("The draft is unchanged.")
        return 2
    edited = approvals.edit(draft_id, draft.revision, new_subject, text, name)
    print(f"Draft {draft_id} is now at revision {edited.revision}. Nothing was sent.")
    return 0


def write(
    case_id: Id, /, *, subject: str = "", body_file: FileOrStdin = "", staff: Staff | None = None
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
    from concierge.cli.editing import changed_text, print_unsafe_words

    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    config = chosen.load(secrets=False)
    views = open_views(config)
    try:
        case = views.case(case_id).case
    finally:
        views.close()
    text = _from_file(body_file) if body_file else changed_text("")
    new_subject = " ".join(subject.split()) or answer_subject(case.subject)
    draft = approvals.write(case_id, new_subject, text, name)
    print_unsafe_words("", text, draft.language, config.rules.path)
    print(f"Draft {draft.id} stands. Read it and approve: concierge draft approve {draft.id}")
    return 0


def approve(
    draft_id: Id, /, *, revision: int | None = None, yes: Flag = False, staff: Staff | None = None
) -> int:
    """Freeze a draft's exact bytes and recipient; the worker sends them, once.

    Parameters
    ----------
    draft_id
        The draft's number.
    revision
        The revision you read, as `draft show` says it; refused when it was edited since.
    yes
        Approve without being shown the draft and asked. Needs --revision: what nobody has read
        nobody can approve.
    """
    if yes and revision is None:
        raise UsageError(
            f"--yes approves what you have read before: say which revision that was, as `concierge "
            f"draft show {draft_id}` shows it, with --revision. Nothing was approved."
        )
    if not yes and not on_terminal():
        raise UsageError(
            f"There is no terminal to show the draft on and ask. Read it with `concierge draft "
            f"show {draft_id}`, then say --revision N --yes. Nothing was approved."
        )
    chosen = staff or Staff()
    approvals, name = _approvals(chosen)
    read = revision
    if not yes:
        draft = _read(draft_id, chosen)
        draft.check_open()
        print_draft(draft)
        if not confirm(f"Send this to {draft.recipient.address}?", yes=False):
            print("Nothing was approved.")
            return 2
        read = draft.revision if revision is None else revision
    mail = approvals.approve(draft_id, read or 0, name)
    print(f"Approved by {name}. Mail {mail.id} goes out with the worker's next pass.")
    return 0


def reject(
    draft_id: Id, reason: RejectReason, /, *, note: str = "", staff: Staff | None = None
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


def answer_subject(subject: str) -> str:
    """The subject of a reply to a mail of that subject; one "Re:" is enough."""
    plain = subject.strip()
    return plain if plain.casefold().startswith("re:") else f"Re: {plain}".strip()


def _whole(subject: str, text: str) -> str:
    return f"Subject: {subject}\n\n{text}"


def _from_file(name: str) -> str:
    try:
        # utf-8-sig: a mark some editors put in front is none of the reply's words.
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise UsageError(f"{name} is not there.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} cannot be read as UTF-8 text ({type(error).__name__}).") from None
