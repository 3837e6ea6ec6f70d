"""`concierge eval urgency|topics|needs|route`: how often letters are understood."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from concierge.cli import show
from concierge.cli.options import Count, FileOrStdin, Files, Flag
from concierge.errors import ConciergeError

if TYPE_CHECKING:
    from concierge.desk.evaluation_labels import Judged, Letter, Question
    from concierge.desk.triage import Rulebook

#: A share in percent.
Percent = Annotated[float, Parameter(validator=Number(gte=0, lte=100), show_default=False)]


def urgency(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False, ablate: Flag = False,
    min_found: Percent = 0.0, max_alarms: Percent = 100.0, json: Flag = False,
    files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often a letter is heard as urgently as it is, on letters whose urgency is known.

    Each line of the file is a JSON object with "body" (or "text") and "urgency": emergency, high,
    concern or routine. A "kind" and a "lang" are told apart; see docs/evaluation.md. No words of a
    letter are printed unless asked for.

    Parameters
    ----------
    file
        The letters, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    ablate
        Run it again without each part of the rule in turn, to see what each is worth.
    min_found
        End with exit code 1 when less than this percentage of the urgent letters is found.
    max_alarms
        End with exit code 1 when more than this percentage of the calm letters is taken for urgent.
    json
        One JSON object.
    """
    from concierge.cli import eval_letters_view as view
    from concierge.desk.evaluation_labels import URGENCY, heard
    from concierge.desk.evaluation_urgency import without_each

    book = _book(files)
    letters, verdicts = _judged(file, URGENCY, book)
    parts = list(without_each(letters, book)) if ablate else []
    if json:
        show.data(view.heard_as_dict(verdicts, parts, misses, text=show_text))
    else:
        view.print_heard(verdicts, parts, misses, text=show_text)
    found = heard(verdicts)
    _hold(found.found, found.urgent, min_found, "of the urgent letters are found", least=True)
    _hold(found.alarms, found.calm, max_alarms, "of the calm ones raise an alarm", least=False)


def topics(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False,
    min_found: Percent = 0.0, json: Flag = False, files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often the topics of a letter are found; each line has "body" and "topics", a list.

    Parameters
    ----------
    file
        The letters, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    min_found
        End with exit code 1 when less than this percentage of the topics is found.
    json
        One JSON object.
    """
    _labels(file, "TOPICS", misses, min_found, files, text=show_text, json=json)


def needs(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False,
    min_found: Percent = 0.0, json: Flag = False, files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often what a reply must respect is found; each line has "body" and "needs", a list.

    Parameters
    ----------
    file
        The letters, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    min_found
        End with exit code 1 when less than this percentage of the needs is found.
    json
        One JSON object.
    """
    _labels(file, "NEEDS", misses, min_found, files, text=show_text, json=json)


def route(
    file: FileOrStdin, /, *, misses: Count = 10, show_text: Flag = False,
    min_right: Percent = 0.0, json: Flag = False, files: Files | None = None,
) -> None:  # fmt: skip
    """Tell how often a letter goes to the right door; each line has "body" and "route".

    Parameters
    ----------
    file
        The letters, one JSON object a line; - reads standard input.
    misses
        So many of the worst misses, with the reasons for each.
    show_text
        Show the words of the misses too.
    min_right
        End with exit code 1 when less than this percentage of the letters goes to the right door.
    json
        One JSON object.
    """
    _labels(file, "ROUTE", misses, min_right, files, text=show_text, json=json)


def _labels(
    file: str, name: str, misses: int, least: float, files: Files | None, *, text: bool, json: bool
) -> None:
    from concierge.cli import eval_letters_view as view
    from concierge.desk import evaluation_labels
    from concierge.desk.evaluation_labels import labels

    question = getattr(evaluation_labels, name)
    _, verdicts = _judged(file, question, _book(files))
    if json:
        show.data(view.labels_as_dict(question, verdicts, misses, text=text))
    else:
        view.print_labels(question, verdicts, misses, text=text)
    found = labels(verdicts)
    _hold(found.found, found.wanted, least, f"of the {question.key} are found", least=True)


def _judged(
    file: str, question: Question, book: Rulebook
) -> tuple[Sequence[Letter], tuple[Judged, ...]]:
    from concierge.cli.eval_rows import cases_in
    from concierge.desk.evaluation_labels import judged, letter_of

    letters = cases_in(file, partial(letter_of, question))
    return letters, judged(letters, question, book)


def _book(files: Files | None) -> Rulebook:
    from concierge.store.rulebook import read_rulebook

    return read_rulebook((files or Files()).find())


def _hold(part: int, whole: int, wanted: float, what: str, *, least: bool) -> None:
    """End as a failure when a share is not what was asked for, after everything was told."""
    sys.stdout.flush()
    share = 100 * part / whole if whole else (100.0 if least else 0.0)
    if share < wanted if least else share > wanted:
        raise ConciergeError(f"Not what was asked for: {share:.2f} % {what}, {wanted:g} % asked.")
