"""`concierge eval`: how often language and country are right, on texts whose answer is known.

What is asked of whole letters (urgency, topics, needs, route) stands in ``eval_letters``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.eval_letters import Percent, needs, route, topics, urgency
from concierge.cli.options import Count, FileOrStdin, Files, Flag
from concierge.errors import ConciergeError

if TYPE_CHECKING:
    from concierge.desk.evaluation import Case
    from concierge.desk.evaluation_run import Without
    from concierge.desk.evaluation_scores import Score
    from concierge.desk.triage import Rulebook

#: A line on the terminal after so many rows says that it still works.
_TOLD_EVERY = 500

__all__ = ["country", "language", "needs", "route", "topics", "urgency"]


def language(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False, served: str = "",
    ablate: Flag = False, min_right: Percent = 0.0, min_answered: Percent = 0.0,
    json: Flag = False, files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often the language of a mail is right, on rows that say which it is.

    Each line of the file is a JSON object with "text" and "lang" (a code, "und" for none); see
    docs/evaluation.md. Every row is read as a mail and concluded as the desk does it. No words of
    a row are printed unless asked for.

    Parameters
    ----------
    file
        The rows, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    served
        Codes of the languages that are served, with commas, instead of the 32 that are.
    ablate
        Run it again without each witness in turn, to see what each is worth.
    min_right
        End with exit code 1 when less than this percentage of the answers is right.
    min_answered
        End with exit code 1 when less than this percentage of the rows is answered.
    json
        One JSON object.
    """
    from concierge.cli import eval_view as view
    from concierge.cli.eval_rows import cases_in
    from concierge.desk import evaluation_run as runs
    from concierge.desk.evaluation import SERVED, language_code
    from concierge.desk.evaluation_ablation import LANGUAGE_SWITCHES
    from concierge.desk.evaluation_rows import language_case
    from concierge.desk.evaluation_scores import score

    codes = frozenset(language_code(one) for one in served.split(",") if one.strip()) or SERVED
    cases = cases_in(file, language_case)
    book = _book(files)
    run = runs.language_run(_told(cases), book, served=codes)
    found = score(run.verdicts)
    switches = LANGUAGE_SWITCHES if ablate else ()
    without = runs.language_without(cases, book, switches, _told, codes)
    whole = runs.Without("(with all)", found)
    if json:
        told = view.language_as_dict(run, misses, text=show_text)
        show.data(told | _ablated(whole, without, ablate=ablate))
    else:
        view.print_language(run, misses, text=show_text)
        if ablate:
            view.print_without(whole, without)
    _hold(found, min_right, min_answered)


def country(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False, ablate: Flag = False,
    min_right: Percent = 0.0, min_answered: Percent = 0.0, json: Flag = False,
    files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often the country somebody is in, and the one they belong to, is right.

    Each line of the file is a JSON object with "body" and "country" (two letters, null where it
    cannot be known), and what else the mail had; see docs/evaluation.md. Every row is read as a
    mail and concluded as the desk does it. No words of a row are printed unless asked for.

    Parameters
    ----------
    file
        The rows, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    ablate
        Run it again without each witness in turn, to see what each is worth.
    min_right
        End with exit code 1 when less than this percentage of the answers is right.
    min_answered
        End with exit code 1 when less than this percentage of the rows is answered.
    json
        One JSON object.
    """
    from concierge.cli import eval_view as view
    from concierge.cli.eval_rows import cases_in
    from concierge.desk import evaluation_run as runs
    from concierge.desk.evaluation_ablation import COUNTRY_SWITCHES
    from concierge.desk.evaluation_rows import country_case
    from concierge.desk.evaluation_scores import score

    cases = cases_in(file, country_case)
    book = _book(files)
    run = runs.country_run(_told(cases), book)
    found = score(run.now)
    switches = COUNTRY_SWITCHES if ablate else ()
    without = runs.country_without(cases, book, switches, _told)
    whole = runs.Without("(with all)", found, score(run.home))
    if json:
        told = view.country_as_dict(run, misses, text=show_text)
        show.data(told | _ablated(whole, without, ablate=ablate))
    else:
        view.print_country(run, misses, text=show_text)
        if ablate:
            view.print_without(whole, without)
    _hold(found, min_right, min_answered)


def _book(files: Files | None) -> Rulebook:
    from concierge.store.rulebook import read_rulebook

    return read_rulebook((files or Files()).find())


def _told(cases: Sequence[Case]) -> Iterator[Case]:
    """The same rows, with a word on the terminal now and then."""
    for count, case in enumerate(cases, 1):
        if count % _TOLD_EVERY == 0 and sys.stderr.isatty():
            print(f"{count} of {len(cases)} rows ...", file=sys.stderr)
        yield case


def _ablated(whole: Without, without: Iterable[Without], *, ablate: bool) -> dict[str, object]:
    from concierge.cli.eval_view import without_as_dict

    if not ablate:
        return {}
    return {"ablation": [without_as_dict(one) for one in (whole, *without)]}


def _hold(found: Score, min_right: float, min_answered: float) -> None:
    """End as a failure when a share is below what was asked for, after everything was told."""
    sys.stdout.flush()
    below = [
        f"{100 * (share or 0.0):.2f} % {what}, {wanted:g} % asked for"
        for share, wanted, what in (
            (found.precision, min_right, "of the answers are right"),
            (found.coverage, min_answered, "of the rows are answered"),
        )
        if 100 * (share or 0.0) < wanted
    ]
    if below:
        raise ConciergeError(f"Below what was asked for: {'; '.join(below)}.")
