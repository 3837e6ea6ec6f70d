"""`concierge review`: the queue, one case after another, one key each."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.case_view import open_draft, print_case
from concierge.cli.options import Staff, on_terminal
from concierge.cli.setting import ASKED, changes, make_setting
from concierge.desk.queue import collapsed, next_for
from concierge.domain.case import NEEDS_A_PERSON
from concierge.domain.draft import Draft, RejectReason
from concierge.errors import ConciergeError, Refused, StaleDraft, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from concierge.desk.approvals import Approvals
    from concierge.desk.casework import Casework
    from concierge.desk.ports.views import CaseView, QueueRow, Views
    from concierge.desk.setting import Setting
    from concierge.domain.routes import RoutePlans

#: What a closed terminal and an orderly shutdown send.
_ENDINGS = (signal.SIGHUP, signal.SIGTERM)

_HELP = """\
  y  approve the draft: exactly these words, to exactly this address
  e  edit the draft in your editor, then look at it again
  w  write a reply by hand (when no draft stands)
  l  set the language, c the country where they are, h their home; a new draft follows
  r  reject the draft, with a reason
  n  write a note for colleagues
  d  done: resolve the case without another reply
  s  skip to the next case
  q  leave
  ?  this help"""


def review(*, staff: Staff | None = None) -> int:
    """Work through the queue: the next case that most needs a person, claimed for you.

    A case is yours while you look at it and free again when you go on or leave. Keys, each
    followed by Enter: y approve, e edit, w write, r reject, l language, c country, h home, n note,
    d done, s skip, q leave, ? help.
    """
    if not on_terminal():
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
    for ending in _ENDINGS:
        signal.signal(ending, _hung_up)
    try:
        work = make_casework(config, store)
        setting = make_setting(config, store)
        plans = config.route_plans()
        approvals, rules = make_approvals(config, store), config.rules.path
        _Review(name, views, approvals, work, setting, plans, rules).run()
    finally:
        views.close()
        store.close()
    return 0


class _Review:
    """One person's walk through the queue."""

    def __init__(
        self,
        name: str,
        views: Views,
        approvals: Approvals,
        casework: Casework,
        setting: Setting,
        plans: RoutePlans,
        rules: Path,
    ) -> None:
        self._name = name
        self._views = views
        self._approvals = approvals
        self._casework = casework
        self._setting = setting
        self._plans = plans
        #: Where the words are that an edit is checked by.
        self._rules = rules
        self._skipped: set[int] = set()
        #: Floods of which one case was shown: the others say the same.
        self._floods: set[int] = set()
        self._over = False

    def run(self) -> None:
        while not self._over:
            row = self._next()
            if row is None:
                print(self._farewell())
                return
            self._one(row.case.id)

    def _next(self) -> QueueRow | None:
        now = datetime.now(UTC)
        rows = [row for row in self._waiting() if not self._repeats_shown(row, now)]
        row = next_for(rows, self._name, now)
        if row and collapsed(row, now):
            flood = row.case.flood_of
            self._floods.add(flood)
            print(f"\nThe next case repeats case {flood}; those like it are not shown one by one.")
        return row

    def _waiting(self) -> list[QueueRow]:
        rows = self._views.queue(sorted(NEEDS_A_PERSON))
        return [row for row in rows if row.case.id not in self._skipped]

    def _repeats_shown(self, row: QueueRow, now: datetime) -> bool:
        return row.case.flood_of in self._floods and collapsed(row, now)

    def _farewell(self) -> str:
        now = datetime.now(UTC)
        alike = sum(self._repeats_shown(row, now) for row in self._waiting())
        if not alike:
            return "Nobody else is waiting. Thank you."
        floods = ", ".join(map(str, sorted(self._floods)))
        return (
            f"Beside {show.counted(alike, 'case')} that repeat others (concierge case list --flood "
            f"N, N being {floods}), nobody else is waiting. Thank you."
        )

    def _one(self, case_id: int) -> None:
        try:
            self._casework.claim(case_id, self._name)
        except Refused as error:
            print(error)
            self._skipped.add(case_id)
            return
        try:
            self._work_on(case_id)
        finally:
            self._casework.release(case_id, self._name)

    def _work_on(self, case_id: int) -> None:
        changed = True
        while not self._over and case_id not in self._skipped:
            if changed:
                view = self._views.case(case_id)
                print("\n" + "=" * min(show.width(), 78))
                print_case(view, datetime.now(UTC), self._plans)
            changed = self._act(view)

    def _act(self, view: CaseView) -> bool:
        """Ask for a key and do it; whether the case must be looked at anew."""
        key = _ask(f"\nCase {view.case.id} [y,e,w,r,l,c,h,n,d,s,q,?] ", at_end="q")
        actions: dict[str, Callable[[CaseView], bool]] = {
            "y": self._approve, "e": self._edit, "w": self._write, "r": self._reject,
            "l": partial(self._set, "language"), "c": partial(self._set, "country"),
            "h": partial(self._set, "home"), "n": self._note, "d": self._done,
            "s": self._skip, "q": self._quit,
        }  # fmt: skip
        action = actions.get(key)
        if action is None:
            # The case above stays in sight: help must not scroll it away by printing it again.
            print(_HELP)
            return False
        try:
            return action(view)
        except StaleDraft as error:
            # Somebody else, or the requester, was quicker. Nothing happened; look again.
            print(f"! {error}")
            return True
        except ConciergeError as error:
            print(f"! {error}")
            return False

    def _approve(self, view: CaseView) -> bool:
        draft = _draft_of(view)
        mail = self._approvals.approve(draft.id, draft.revision, self._name)
        print(f"Approved. Mail {mail.id} goes out with the worker's next pass.")
        self._skipped.add(view.case.id)
        return True

    def _edit(self, view: CaseView) -> bool:
        from concierge.cli.editing import changed_text, print_difference, print_unsafe_words

        draft = _draft_of(view)
        text = changed_text(draft.text)
        if text == draft.text:
            print("The draft is unchanged.")
            return False
        print_difference(draft.text, text)
        print_unsafe_words(draft.text, text, draft.language, self._rules)
        if _ask("Keep this change? [y/N] ") not in {"y", "yes"}:
            print("The draft is unchanged.")
            return False
        self._approvals.edit(draft.id, draft.revision, draft.subject, text, self._name)
        return True

    def _write(self, view: CaseView) -> bool:
        from concierge.cli.draft import answer_subject
        from concierge.cli.editing import changed_text

        if open_draft(view):
            raise Refused("A draft stands; press e to edit it, or r to reject it first.")
        subject = answer_subject(view.case.subject)
        self._approvals.write(view.case.id, subject, changed_text(""), self._name)
        return True

    def _reject(self, view: CaseView) -> bool:
        draft = _draft_of(view)
        reasons = list(RejectReason)
        for number, reason in enumerate(reasons, 1):
            print(f"  {number}  {reason.value.replace('_', ' ')}")
        answer = _ask("Why? ")
        if answer not in map(str, range(1, len(reasons) + 1)):
            print("Nothing was rejected.")
            return False
        self._approvals.reject(draft.id, reasons[int(answer) - 1], self._name)
        print("Rejected; the case still waits for an answer: w writes one, d is done with it.")
        return True

    def _set(self, name: str, view: CaseView) -> bool:
        answer = _words(ASKED[name])
        if not answer:
            print("Nothing was set.")
            return False
        wanted = {name: answer}
        settled = self._setting.set(view.case.id, self._name, **wanted, version=view.case.version)
        for words in changes(settled):
            show.sentence(words)
        return True

    def _note(self, view: CaseView) -> bool:
        self._casework.note(view.case.id, _words("Note: "), self._name)
        print("Noted.")
        return False

    def _done(self, view: CaseView) -> bool:
        if _ask("Resolve without another reply? [y/N] ") in {"y", "yes"}:
            self._casework.resolve(view.case.id, self._name)
            self._skipped.add(view.case.id)
        return False

    def _skip(self, view: CaseView) -> bool:
        self._skipped.add(view.case.id)
        return False

    def _quit(self, _: CaseView) -> bool:
        self._over = True
        return False


def _draft_of(view: CaseView) -> Draft:
    draft = open_draft(view)
    if draft is None:
        raise Refused("No draft stands; press w to write a reply.")
    return draft


def _ask(question: str, *, at_end: str = "") -> str:
    """One key, in lower case; ``at_end`` at the end of the input."""
    return _words(question, at_end=at_end).casefold()


def _words(question: str, *, at_end: str = "") -> str:
    try:
        return input(question).strip()
    except EOFError:
        print()
        return at_end


def _hung_up(number: int, _frame: object) -> None:
    """The terminal is gone or we are asked to end: unwind, so that the case is let go of."""
    for ending in _ENDINGS:
        # A second one must not interrupt the letting go.
        signal.signal(ending, signal.SIG_IGN)
    raise SystemExit(128 + number)
