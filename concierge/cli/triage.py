"""`concierge triage`: a dry run that explains; it needs no mailbox and no store."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.options import FileOrStdin, Files, Flag
from concierge.errors import UsageError

if TYPE_CHECKING:
    from concierge.desk.triage import Rulebook
    from concierge.domain.message import ParsedMessage
    from concierge.domain.triage import Triage


def triage(
    *paths: Annotated[str, Parameter(allow_leading_hyphen=True)],
    jsonl: FileOrStdin = "",
    json: Flag = False,
    files: Files | None = None,
) -> int:
    """What the desk would conclude of mails, with the reasons and the draft it would propose.

    Answers for every message, whatever is wrong with it, in the order of the input. With a
    config its directory and templates are used, without one those that ship with the program.
    Nothing is stored or sent; it needs neither mailbox nor store. The exit code is 0 when every
    message was answered for, whatever was wrong with it.

    Parameters
    ----------
    paths
        .eml files, folders (their .eml files, those of folders within too), Maildirs, mbox files,
        or - for a mail or an mbox on standard input.
    jsonl
        A file of JSON objects, one a line, instead of mail: {"id","from","date","subject","body",
        "headers"}, each optional; - reads standard input.
    json
        One JSON object a line; without it, a short summary a person can read.
    """
    from concierge.cli.json_mails import json_lines
    from concierge.cli.mail_files import mails
    from concierge.store.rulebook import read_rulebook

    if jsonl and paths:
        raise UsageError("--jsonl stands instead of paths; name one or the other.")
    book = read_rulebook((files or Files()).find())
    given = json_lines(jsonl) if jsonl else mails(paths)
    for path, identity, message in given:
        answer = {"path": path, **identity, **explain(message, book)}
        if json:
            show.data(answer)
        else:
            _summary(answer)
        # Whoever reads along, or ends us after the first thousand, has every answer so far.
        sys.stdout.flush()
    return 0


def explain(message: ParsedMessage, book: Rulebook) -> dict[str, Any]:
    """One message's triage and draft as plain data; never fails, whatever a rule meets."""
    from concierge.cli.case_view import told_apart
    from concierge.desk.readings import attachments_as_dicts, defects_as_dicts
    from concierge.desk.triage import bare_triage
    from concierge.desk.triage import triage as conclude
    from concierge.desk.triage_view import as_dict

    fault: list[dict[str, str]] = []
    try:
        found = conclude(message, book)
    except Exception as error:  # noqa: BLE001 - the promise is an answer for every message
        found = bare_triage(message, book)
        fault.append({"code": "triage_failed", "detail": type(error).__name__})
    draft, undrafted = _draft(message, found, book)
    return {
        "message_id": message.message_id,
        **told_apart(as_dict(found)),
        "from": str(message.sender) if message.sender else None,
        "subject": message.subject,
        "text": found.text,
        "quoted_text": found.quoted_text,
        "attachments": attachments_as_dicts(message),
        "defects": [*defects_as_dicts(message, found), *fault, *undrafted],
        "draft": draft,
    }


def _draft(
    message: ParsedMessage, found: Triage, book: Rulebook
) -> tuple[dict[str, str] | None, list[dict[str, str]]]:
    """The draft as plain data, and what went wrong with it: one of the two."""
    from concierge.desk.triage import compose_draft

    try:
        made = compose_draft(message, found, book, datetime.now(UTC).date())
    except Exception as error:  # noqa: BLE001 - what was concluded is worth telling without it
        return None, [{"code": "draft_failed", "detail": type(error).__name__}]
    return {"language": made.language, "subject": made.subject, "text": made.text}, []


def _summary(answer: dict[str, Any]) -> None:
    from concierge.cli.case_view import print_finding, print_match, print_said

    show.sentence(f"{answer['path']}: {answer['subject']}")
    for name in ("urgency", "kind", "language", "country", "home", "route"):
        print_finding(name, answer[name])
    print_said(answer)
    for match in answer["matches"]:
        print_match(match)
    for defect in answer["defects"]:
        show.sentence(f"defect: {defect['detail']}", indent="  ")
    draft = answer["draft"]
    if draft:
        show.sentence(f'draft: in {draft["language"]}, "{draft["subject"]}"', indent="  ")
    print()
