"""`concierge urgency`: why a mail is as urgent as it is, and the lexicon that says so."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.lint_view import print_lint
from concierge.cli.options import FileOrStdin, Files, Flag
from concierge.errors import ConciergeError, FaultyInput, UsageError

if TYPE_CHECKING:
    from concierge.desk.triage import Rulebook
    from concierge.domain.message import ParsedMessage
    from concierge.rules.lexicon import Lexicon
    from concierge.rules.lexicon_lint import Alarm

#: Letters of a calm text that are shown with an alarm.
_SHOWN = 120


def explain(
    *paths: Annotated[str, Parameter(allow_leading_hyphen=True)],
    jsonl: FileOrStdin = "",
    json: Flag = False,
    files: Files | None = None,
) -> int:
    """Tell everything that was found in mails, what it counts and why it was lowered.

    A triage shows the strongest reasons; this shows all of them, weak and lowered ones too.
    "No signal found" is not "safe": a person reads every message.

    Parameters
    ----------
    paths
        .eml files, folders, Maildirs, mbox files, or - for a mail on standard input.
    jsonl
        A file of JSON objects with "subject" and "body", one a line; - reads standard input.
    json
        One JSON object a line.
    """
    from concierge.cli.json_mails import json_lines
    from concierge.cli.mail_files import mails
    from concierge.store.rulebook import read_rulebook

    if jsonl and paths:
        raise UsageError("--jsonl stands instead of paths; name one or the other.")
    book = read_rulebook((files or Files()).find())
    for path, _, message in json_lines(jsonl) if jsonl else mails(paths):
        told = _explained(message, book)
        if json:
            show.data({"path": path, **told})
        else:
            _print(path, told)
    return 0


def lint(*, json: Flag = False, files: Files | None = None) -> int:
    """Check the lexicon: faults, what stands twice, what a language cannot say, false alarms.

    Errors are faults that keep the lexicon from being used and calm mail it takes for urgent.
    Exit code 2 on errors.

    Parameters
    ----------
    json
        One JSON object with both lists.
    """
    from concierge.store.lint import LintReport

    folder, rules = _folders(files)
    try:
        errors, warnings = _checked(folder, rules)
    except FaultyInput as error:
        errors, warnings = list(error.faults), []
    return print_lint(LintReport(tuple(errors), tuple(warnings)), json=json)


def add(
    phrase: str, /, *, lang: str, level: Literal["emergency", "high", "concern"],
    category: str = "ideation", note: str = "", anyway: Flag = False, files: Files | None = None,
) -> int:  # fmt: skip
    """Add a phrase to the charity's own lexicon, after trying it on the calm sample.

    It is refused when calm mail would raise an alarm because of it. The worker takes the new
    lexicon by itself within seconds. Never add a person's own sentence: a few words are enough.

    Parameters
    ----------
    phrase
        The words as people write them; "word*" stands for any ending, "~2" for up to two words.
    lang
        The code of the language, such as de.
    level
        What the phrase says by itself.
    category
        What sort of sign it is; `concierge urgency lint` names a wrong one with the right ones.
    note
        What staff read beside it.
    anyway
        Add it although calm mail raises an alarm.
    """
    from concierge.rules.lexicon import parse_lexicon
    from concierge.rules.lexicon_lint import alarms
    from concierge.store.lexicon_files import (
        lexicon_sources,
        own_name,
        read_calm,
        with_phrase,
        write_own,
    )

    folder, rules = _folders(files)
    sources = lexicon_sources(folder)
    if f"{lang}.toml" not in sources:
        known = " ".join(sorted(name.partition(".")[0] for name in sources))
        raise UsageError(f"The lexicon has no language {lang!r}; it has {known}.")
    told = note or f"added {datetime.now(UTC).date()}"
    entry = {"l": level, "c": category, "p": phrase, "n": told}
    name = own_name(lang)
    changed = with_phrase(sources.get(name, ""), entry)
    sample = read_calm(rules)
    before = {one.calm for one in alarms(parse_lexicon(sources), sample)}
    lexicon = parse_lexicon({**sources, name: changed})
    if not _fires(lexicon, phrase, told):
        raise UsageError(f"Not added: {phrase!r} would never be found; write words alone.")
    new = [one for one in alarms(lexicon, sample) if one.calm not in before]
    if new and not anyway:
        words = "; ".join(_alarm(one) for one in new[:5])
        what = f"{show.counted(len(new), 'calm text')} would raise an alarm"
        raise ConciergeError(f"Not added: {what}: {words}. Narrow it, or give --anyway.")
    path = write_own(folder, lang, changed)
    print(f"Added to {path.name}; {len(sample)} calm texts stay calm but for {len(new)}.")
    return 0


def _fires(lexicon: Lexicon, phrase: str, note: str) -> bool:
    """Whether the phrase is found in its own words: signs of writing would keep it from that."""
    from concierge.rules.urgency import UrgencyTexts, reasons_of

    words = re.sub(r"~\d+|[*|()?]", " ", phrase)
    return any(note in one.note for one in reasons_of(lexicon, UrgencyTexts("", words)))


def _folders(files: Files | None) -> tuple[Path, Path]:
    from concierge.store.rulebook_files import LEXICON

    rules = (files or Files()).find().rules
    return rules / LEXICON, rules


def _checked(folder: Path, rules: Path) -> tuple[list[str], list[str]]:
    from concierge.rules.lexicon import parse_lexicon
    from concierge.rules.lexicon_lint import alarms, duplicates, holes, silent_categories
    from concierge.store.lexicon_files import lexicon_sources, read_calm

    sources = lexicon_sources(folder)
    lexicon = parse_lexicon(sources)
    errors = [_alarm(one) for one in alarms(lexicon, read_calm(rules))]
    warnings = list(duplicates(sources))
    for language, categories in silent_categories(lexicon).items():
        warnings.append(f"{language}.toml: nothing of the category {', '.join(categories)}")
    for language, concepts in holes(lexicon).items():
        warnings.append(f"{language}.toml: cannot say {', '.join(concepts)}; fill their slots")
    return errors, warnings


def _alarm(one: Alarm) -> str:
    calm = one.calm
    found = f"{one.because.rule} finds {one.because.found!r}"
    return f"{calm.language}: {found} in the calm text {calm.text[:_SHOWN]!r}"


def _explained(message: ParsedMessage, book: Rulebook) -> dict[str, Any]:
    from concierge.desk.triage import triage, urgency_texts
    from concierge.desk.triage_view import evidence_as_dict
    from concierge.rules.urgency import reasons_of

    found = triage(message, book).urgency
    every = reasons_of(book.lexicon, urgency_texts(message, book))
    silence = [one for one in found.evidence if one.rule.startswith("urgency.silence")]
    return {
        "subject": message.subject,
        "urgency": str(found.value),
        "worth_a_look": list(found.candidates),
        "reasons": [evidence_as_dict(one) for one in (*silence, *every)],
    }


def _print(path: str, told: dict[str, Any]) -> None:
    show.heading(f"{path}: {told['subject']}")
    print(f"urgency: {told['urgency']}")
    if told["worth_a_look"]:
        show.sentence(f"worth a look: close to {', '.join(told['worth_a_look'])}")
    if not told["reasons"]:
        print("no signal found; that is not the same as safe")
        return
    show.table(
        ("weight", "where", "found", "meaning", "rule"),
        (
            (f"{one['weight']:g}", one["where"], one["found"], one["note"], one["rule"])
            for one in told["reasons"]
        ),
        empty="",
        gives_way="found",
        first_to_go=("rule",),
    )
