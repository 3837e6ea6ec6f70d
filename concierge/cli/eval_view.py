"""How an evaluation is told: tables for people, plain data for programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from concierge.cli import show
from concierge.desk.evaluation import NONE, Verdict
from concierge.desk.evaluation_run import CountryRun, LanguageRun, Without
from concierge.desk.evaluation_scores import (
    Calibration,
    Score,
    calibration,
    confusions,
    macro,
    score,
    scores_by,
    unknowable,
    worst,
)

#: Cells of the bar that draws a share of 1.
_BAR = 30
#: What a language was taken for: more than three nobody reads.
_TAKEN_FOR = 3
#: Letters of a text that are shown with --show-text.
_TEXT = 300
#: Reasons of a miss that are shown; those after them seldom explain it.
_REASONS = 8
#: Numbers in a reason may be somebody's.
_DIGITS = re.compile(r"\d[\d ()./-]{2,}")
_COLUMNS = ("rows", "answered %", "right of those %", "all right %")


def print_language(run: LanguageRun, misses: int, *, text: bool) -> None:
    """Print everything a file about language tells."""
    show.sentence(f"Served: {' '.join(sorted(run.served))}")
    show.heading("By kind of text")
    groups = scores_by(run.verdicts, lambda v: v.case.bucket)
    _scores("bucket", [*groups, ("all rows", score(run.verdicts))])
    languages = scores_by(run.asked_for(), lambda v: v.wanted[0])
    if languages:
        means = macro([one for _, one in languages])
        print(f"Served languages, each counting alike: {_shares(means)}.")
        print(f"Served languages, row by row:          {_shares(_triple(score(run.asked_for())))}.")
    strange = len(run.strange())
    if strange:
        share = f"{100 * run.taken() / strange:.1f} %"
        print(f"Other languages taken for a served one: {run.taken()} of {strange} ({share}).")
    _unknowable(run.verdicts, "Texts in no language")
    if run.variants().rows:
        print(f"Simplified and traditional Chinese: {_shares(_triple(run.variants()))}.")
    show.heading("By language")
    _languages(run.verdicts)
    _calibration(calibration(run.verdicts))
    _misses(run.verdicts, misses, text=text)


def print_country(run: CountryRun, misses: int, *, text: bool) -> None:
    """Print everything a file about countries tells."""
    for title, verdicts in (("Where they are now", run.now), ("Where they belong", run.home)):
        if verdicts:
            show.heading(title)
            groups = scores_by(verdicts, lambda v: v.case.bucket)
            _scores("category", [*groups, ("all rows", score(verdicts))])
            _unknowable(verdicts, "Places that cannot be known")
    away = run.away()
    if away.rows:
        print(f"Away from home, both places right: {away.right} of {away.rows}.")
    show.heading("By language of the mail (where they are now)")
    _scores("language", sorted(scores_by(run.now, lambda v: v.case.language)))
    _confusions(run.now)
    _calibration(calibration(run.now))
    _misses(run.now, misses, text=text)


def print_without(whole: Without, without: Iterable[Without]) -> None:
    """Print what each witness is worth: the run with all of them, and without each in turn.

    Rows are printed as they come, since each is a run of its own.
    """
    show.heading("Without one witness")
    names = ("without", *_COLUMNS[1:])
    head = names if whole.home is None else (*names, "home right %")
    rows = [(one.witness, *_cells(one.score)[1:], *_home(one)) for one in (whole, *without)]
    show.table(head, rows, empty="")


def language_as_dict(run: LanguageRun, misses: int, *, text: bool) -> dict[str, Any]:
    """Everything a file about language tells, as plain data; shares are 0 to 1."""
    languages = scores_by(run.asked_for(), lambda v: v.wanted[0])
    taken = confusions(run.verdicts)
    return {
        "served": sorted(run.served),
        "all": _score(score(run.verdicts)),
        "served_micro": _score(score(run.asked_for())),
        "served_macro": _macro(macro([one for _, one in languages])),
        "other_taken": {"rows": len(run.strange()), "taken": run.taken()},
        "no_language": _score(unknowable(run.verdicts)),
        "variants": _score(run.variants()),
        "buckets": _named(scores_by(run.verdicts, lambda v: v.case.bucket)),
        "languages": _named(scores_by(run.verdicts, lambda v: v.wanted[0])),
        "confusions": _pairs(taken),
        "calibration": _calibrated(calibration(run.verdicts)),
        "misses": [_miss(one, text=text) for one in worst(run.verdicts, misses)],
    }


def country_as_dict(run: CountryRun, misses: int, *, text: bool) -> dict[str, Any]:
    """Everything a file about countries tells, as plain data; shares are 0 to 1."""
    return {
        "now": _places(run.now),
        "home": _places(run.home),
        "away": _score(run.away()),
        "languages": _named(scores_by(run.now, lambda v: v.case.language)),
        "confusions": _pairs(confusions(run.now)),
        "calibration": _calibrated(calibration(run.now)),
        "misses": [_miss(one, text=text) for one in worst(run.now, misses)],
        "home_misses": [_miss(one, text=text) for one in worst(run.home, misses)],
    }


def without_as_dict(one: Without) -> dict[str, Any]:
    """One witness and the run without it, as plain data."""
    home = {"home": _score(one.home)} if one.home is not None else {}
    return {"without": one.witness, **_score(one.score), **home}


def _scores(name: str, groups: Sequence[tuple[str, Score]]) -> None:
    show.table((name, *_COLUMNS), [(group, *_cells(one)) for group, one in groups], empty="")


def _cells(one: Score) -> tuple[str, ...]:
    return (str(one.rows), *(_percent(share) for share in _triple(one)))


def _home(one: Without) -> tuple[str, ...]:
    return () if one.home is None else (_percent(one.home.correct),)


def _triple(one: Score) -> tuple[float | None, float | None, float | None]:
    return one.coverage, one.precision, one.correct


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _shares(three: tuple[float | None, float | None, float | None]) -> str:
    answered, precise, _ = map(_percent, three)
    return f"{answered} % answered, {precise} % of those right"


def _unknowable(verdicts: Iterable[Verdict], what: str) -> None:
    found = unknowable(verdicts)
    if found.rows:
        print(f"{what}: {found.answered} of {found.rows} answered all the same.")


def _languages(verdicts: Sequence[Verdict]) -> None:
    taken = confusions(verdicts)
    groups = sorted(scores_by(verdicts, lambda v: v.wanted[0]))
    rows = [(name, *_cells(one), _taken_for(name, taken)) for name, one in groups]
    # Narrower heads than elsewhere: what it was taken for needs the room.
    show.table(("", "rows", "answered", "right", "all right", "taken for"), rows, empty="")


def _taken_for(name: str, taken: Counter[tuple[str, str]]) -> str:
    for_it = Counter({got: count for (want, got), count in taken.items() if want == name})
    return ", ".join(f"{got} {count}" for got, count in for_it.most_common(_TAKEN_FOR))


def _confusions(verdicts: Iterable[Verdict]) -> None:
    taken = confusions(verdicts)
    if taken:
        show.heading("Taken for another")
        rows = [(_word(want), got, str(n)) for (want, got), n in taken.most_common()]
        show.table(("right", "answered", "rows"), rows, empty="")


def _calibration(found: Calibration | None) -> None:
    show.heading("How sure it says it is, and how often its first guess is right")
    if found is None:
        print("It does not say how sure it is.")
        return
    for band in found.bands:
        bar = ("#" * round(_BAR * band.right)).ljust(_BAR, ".") if band.count else ""
        means = f"{band.confidence:.3f}  {band.right:.3f}" if band.count else "    -      -"
        print(f"{band.low:.1f}-{band.high:.1f} {band.count:6}  {means}  {bar}".rstrip())
    print(f"Expected calibration error {found.error:.3f} over {found.count} guesses "
          "(columns: stated, right).")  # fmt: skip


def _misses(verdicts: Iterable[Verdict], count: int, *, text: bool) -> None:
    found = worst(verdicts, count)
    if not found:
        return
    show.heading("Worst misses, the surest first")
    for one in found:
        sure = "" if one.confidence is None else f", {one.confidence:.2f} sure"
        guess = "" if one.answered else f" (first guess {_word(one.guess)})"
        wanted = " or ".join(_word(code) for code in dict.fromkeys(one.wanted))
        where = f"{one.case.id}, {one.case.bucket}, line {one.case.line}"
        show.sentence(f"{where}: {wanted} expected, {_word(one.got)} concluded{guess}{sure}")
        if text:
            show.sentence(_words(one), indent="  ", limit=_TEXT)
        for reason in _reasons(one, text=text)[:_REASONS]:
            show.sentence(reason, indent="  because ")


def _reasons(one: Verdict, *, text: bool) -> list[str]:
    """The reasons of a verdict; without ``text`` nothing in them is a person's words."""
    if text:
        return [f"{e.rule}: {e.note} [{e.found}] {e.weight:+.2f}" for e in one.evidence]
    return [f"{e.rule}: {_hidden(e.note, e.found)} {e.weight:+.2f}" for e in one.evidence]


def _hidden(note: str, found: str) -> str:
    """A reason without what was found, which may be a person's own words or number."""
    kept = note.replace(found, "\u2026") if len(found) > 1 else note
    return _DIGITS.sub("\u2026", kept)


def _words(one: Verdict) -> str:
    message = one.case.message
    return f"{message.subject}: {message.body}" if message.subject else message.body


def _word(code: str) -> str:
    return "nothing" if code == NONE else code


def _score(one: Score) -> dict[str, Any]:
    return {
        "rows": one.rows,
        "answered": one.answered,
        "answered_right": one.answered_right,
        "right": one.right,
        **_macro(_triple(one)),
    }


def _macro(three: tuple[float | None, float | None, float | None]) -> dict[str, float | None]:
    return dict(zip(("coverage", "precision", "correct"), three, strict=True))


def _named(groups: Iterable[tuple[str, Score]]) -> list[dict[str, Any]]:
    return [{"name": name, **_score(one)} for name, one in groups]


def _places(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {
        "all": _score(score(verdicts)),
        "unknowable": _score(unknowable(verdicts)),
        "categories": _named(scores_by(verdicts, lambda v: v.case.bucket)),
    }


def _pairs(taken: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"right": want, "answered": got, "rows": count}
        for (want, got), count in taken.most_common()
    ]


def _calibrated(found: Calibration | None) -> dict[str, Any] | None:
    if found is None:
        return None
    bands = [
        {"low": b.low, "high": b.high, "count": b.count, "stated": b.confidence, "right": b.right}
        for b in found.bands
    ]
    return {"error": found.error, "count": found.count, "bands": bands}


def _miss(one: Verdict, *, text: bool) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "line": one.case.line,
        "bucket": one.case.bucket,
        "wanted": list(one.wanted),
        "got": one.got,
        "guess": one.guess,
        "confidence": one.confidence,
        "evidence": _reasons(one, text=text),
        **({"text": _words(one)} if text else {}),
    }
