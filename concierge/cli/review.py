"""`concierge review`: the queue, one case after another, one key each."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from concierge.cli.case_view import print_case
from concierge.cli.options import Staff
from concierge.cli.safe import line
from concierge.desk.queue import next_for
from concierge.domain.case import NEEDS_A_PERSON
from concierge.domain.draft import Draft, DraftState, RejectReason
from concierge.errors import Refused, UsageError

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.desk.approvals import Approvals
    from concierge.desk.casework import Casework
    from concierge.desk.ports.views import CaseView, QueueRow, Views

_HELP = """\
  y  approve the draft: exactly these words, to exactly this address
  e  edit the draft in your editor, then look at it again
  w  write a reply by hand (when no draft stands)
  r  reject the draft, with a reason
  n  write a note for colleagues
  d  done: resolve the case without another reply
  s  skip to the next case
  q  leave
  ?  this help"""


def review(*, staff: Staff | None = None) -> int:
    """Work through the queue: the next case that most needs a person, claimed for you.

    Keys: y approve, e edit, w write, r reject, n note, d done, s skip, q leave, ? help.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "review needs a terminal. For scripts: concierge queue --json, concierge draft "
            "show|approve|reject."
        )
    from concierge.bootstrap import make_approvals, make_casework, open_store, open_views

    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    store = open_store(config)
    views = open_views(config)
    try:
        loop = _Review(
            config, name, views, make_approvals(config, store), make_casework(config, store)
        )
        loop.run()
    finally:
        views.close()
        store.close()
    return 0


class _Review:
    """One person's walk through the queue."""

    def __init__(
        self, config: Config, name: str, views: Views, approvals: Approvals, casework: Casework
    ) -> None:
        self._config = config
        self._name = name
        self._views = views
        self._approvals = approvals
        self._casework = casework
        self._skipped: set[int] = set()
        self._over = False

    def run(self) -> None:
        while not self._over:
            row = self._next()
            if row is None:
                print("Nobody else is waiting. Thank you.")
                return
            self._one(row.case.id)

    def _next(self) -> QueueRow | None:
        rows = [
            row
            for row in self._views.queue(sorted(NEEDS_A_PERSON))
            if row.case.id not in self._skipped
        ]
        return next_for(rows, self._name, datetime.now(UTC))

    def _one(self, case_id: int) -> None:
        try:
            self._casework.claim(case_id, self._name)
        except Refused as error:
            print(error)
            self._skipped.add(case_id)
            return
        try:
            while not self._over and case_id not in self._skipped:
                view = self._views.case(case_id)
                print("\n" + "=" * 78)
                print_case(view, datetime.now(UTC))
                self._act(view)
        finally:
            self._casework.release(case_id, self._name)

    def _act(self, view: CaseView) -> None:
        key = _ask(f"\nCase {view.case.id} [y,e,w,r,n,d,s,q,?] ")
        actions = {
            "y": self._approve, "e": self._edit, "w": self._write, "r": self._reject,
            "n": self._note, "d": self._done, "s": self._skip, "q": self._quit,
        }  # fmt: skip
        action = actions.get(key)
        if action is None:
            print(_HELP)
            return
        try:
            action(view)
        except Refused as error:
            # Somebody else, or the requester, was quicker. Nothing happened; look again.
            print(f"! {error}")

    def _approve(self, view: CaseView) -> None:
        draft = _draft_of(view)
        mail = self._approvals.approve(draft.id, draft.revision, self._name)
        print(f"Approved. Mail {mail.id} goes out with the worker's next pass.")
        self._skipped.add(view.case.id)

    def _edit(self, view: CaseView) -> None:
        from concierge.cli.editing import changed_text, print_difference

        draft = _draft_of(view)
        text = changed_text(draft.text)
        if text == draft.text:
            print("The draft is unchanged.")
            return
        print_difference(draft.text, text)
        if _ask("Keep this change? [y/N] ") == "y":
            self._approvals.edit(draft.id, draft.revision, draft.subject, text, self._name)

    def _write(self, view: CaseView) -> None:
        from concierge.cli.editing import changed_text

        subject = f"Re: {view.case.subject}"
        self._approvals.write(view.case.id, subject, changed_text(""), self._name)

    def _reject(self, view: CaseView) -> None:
        draft = _draft_of(view)
        reasons = list(RejectReason)
        for number, reason in enumerate(reasons, 1):
            print(f"  {number}  {reason.value.replace('_', ' ')}")
        answer = _ask("Why? ")
        if not answer.isdecimal() or not 1 <= int(answer) <= len(reasons):
            print("Nothing was rejected.")
            return
        self._approvals.reject(draft.id, reasons[int(answer) - 1], self._name)

    def _note(self, view: CaseView) -> None:
        self._casework.note(view.case.id, input("Note: "), self._name)

    def _done(self, view: CaseView) -> None:
        if _ask("Resolve without another reply? [y/N] ") == "y":
            self._casework.resolve(view.case.id, self._name)
            self._skipped.add(view.case.id)

    def _skip(self, view: CaseView) -> None:
        self._skipped.add(view.case.id)

    def _quit(self, _: CaseView) -> None:
        self._over = True


def _draft_of(view: CaseView) -> Draft:
    for draft in view.drafts:
        if draft.state is DraftState.PROPOSED:
            return draft
    raise Refused("No draft stands; press w to write a reply.")


def _ask(question: str) -> str:
    try:
        return line(input(question)).casefold()
    except EOFError:
        return "q"
