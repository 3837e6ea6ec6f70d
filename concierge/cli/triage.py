"""`concierge triage`: a dry run that explains; it needs no mailbox and no store."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.options import Files

if TYPE_CHECKING:
    from concierge.desk.triage import Rulebook
    from concierge.domain.message import ParsedMessage


def triage(
    *paths: Annotated[str, Parameter(allow_leading_hyphen=True)],
    jsonl: Path | None = None,
    json: bool = False,
    files: Files | None = None,
) -> int:
    """What the desk would conclude of mails, with the reasons and the draft it would propose.

    Answers for every message, whatever is wrong with it, in the order of the input. With a
    config its directory and templates are used, without one those that ship with the program.

    Parameters
    ----------
    paths
        .eml files, folders of them, Maildirs, mbox files, or - for one mail on standard input.
    jsonl
        A file of JSON objects {"id","from","date","subject","body","headers"} instead of mail.
    json
        One JSON object a line; without it, a short summary a person can read.
    """
    from concierge.cli.mail_files import json_lines, mails
    from concierge.store.rulebook import read_rulebook

    book = read_rulebook((files or Files()).find())
    given = json_lines(jsonl) if jsonl else mails(paths)
    for path, identity, message in given:
        answer = {"path": path, **identity, **explain(message, book)}
        if json:
            show.data(answer)
        else:
            _summary(answer)
    sys.stdout.flush()
    return 0


def explain(message: ParsedMessage, book: Rulebook) -> dict[str, Any]:
    """One message's triage and draft as plain data; never fails, whatever a rule meets."""
    from concierge.desk.caseload import attachments_as_dicts
    from concierge.desk.triage import as_dict, bare_triage, compose_draft
    from concierge.desk.triage import triage as conclude

    defects = [{"code": d.code, "detail": d.detail} for d in message.defects]
    draft: dict[str, str] | None = None
    try:
        found = conclude(message, book)
        text = compose_draft(message, found, book, datetime.now(UTC).date())
        draft = {"language": text.language, "subject": text.subject, "text": text.text}
    except Exception as error:  # noqa: BLE001 - the promise is an answer for every message
        found = bare_triage(message, book)
        defects.append({"code": "triage_failed", "detail": type(error).__name__})
    return {
        "message_id": message.message_id,
        **as_dict(found),
        "from": str(message.sender) if message.sender else None,
        "subject": message.subject,
        "text": found.text,
        "quoted_text": found.quoted_text,
        "attachments": attachments_as_dicts(message),
        "defects": defects,
        "draft": draft,
    }


def _summary(answer: dict[str, Any]) -> None:
    from concierge.cli.case_view import print_finding, why_matched
    from concierge.cli.safe import indented, line

    print(line(f"{answer['path']}: {answer['subject']}"))
    for name in ("urgency", "kind", "language", "country", "route"):
        print_finding(name, answer[name])
    for topic in answer["topics"]:
        print_finding("topic", topic)
    for match in answer["matches"]:
        because = "; ".join(why_matched(match["evidence"]))
        print(indented(f"resource {match['name']} because {because}"))
    for defect in answer["defects"]:
        print(indented(f"defect: {defect['detail']}"))
    print()
