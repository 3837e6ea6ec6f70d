"""An evaluation from end to end: every row concluded and judged, and what is told of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from concierge.desk import evaluation as rows
from concierge.desk.evaluation import NONE, SERVED, Case, Conclude, Verdict
from concierge.desk.evaluation_ablation import Switch
from concierge.desk.evaluation_scores import Score, score
from concierge.desk.triage import Rulebook

#: Watches the rows go by, so that a terminal can say how far it is.
Watch = Callable[[Sequence[Case]], Iterable[Case]]


@dataclass(frozen=True, slots=True)
class LanguageRun:
    """The verdicts of a file about language."""

    verdicts: tuple[Verdict, ...]
    served: frozenset[str] = SERVED

    def asked_for(self) -> tuple[Verdict, ...]:
        """The rows in a language that is served."""
        return tuple(v for v in self.verdicts if v.wanted[0] in self.served)

    def strange(self) -> tuple[Verdict, ...]:
        """The rows in a language that is not served; texts in none are left out."""
        return tuple(v for v in self.verdicts if v.wanted[0] not in {*self.served, NONE})

    def taken(self) -> int:
        """How many rows of other languages were taken for a served one."""
        return sum(v.got in self.served and not v.right for v in self.strange())

    def variants(self) -> Score:
        """The two ways of writing Chinese told apart, of the rows that say which it is."""
        told = [v for v in self.verdicts if v.case.variant]
        said = [v for v in told if v.variant]
        right = sum(v.variant == v.case.variant for v in said)
        return Score(len(told), len(said), right, right)


@dataclass(frozen=True, slots=True)
class CountryRun:
    """The verdicts of a file about where people are: now, and at home."""

    now: tuple[Verdict, ...]
    #: One for each row that says where home is; the same case as in ``now``.
    home: tuple[Verdict, ...]

    def away(self) -> Score:
        """The rows of people who are elsewhere than at home: right when both places are."""
        home = {v.case.line: v for v in self.home}
        pairs = [(v, home[v.case.line]) for v in self.now if _away(v.case)]
        answered = [(a, b) for a, b in pairs if a.answered and b.answered]
        right = sum(a.right and b.right for a, b in answered)
        return Score(len(pairs), len(answered), right, right)


@dataclass(frozen=True, slots=True)
class Without:
    """A run with one witness switched off."""

    witness: str
    score: Score
    #: Of homes; None in a run about language.
    home: Score | None = None


def language_run(
    cases: Iterable[Case],
    book: Rulebook,
    conclude: Conclude = rows.conclude,
    served: frozenset[str] = SERVED,
) -> LanguageRun:
    """Every row concluded and judged, in order."""
    verdicts = (
        rows.judged_language(case, conclude(case.message, book).language, served) for case in cases
    )
    return LanguageRun(tuple(verdicts), served)


def country_run(
    cases: Iterable[Case], book: Rulebook, conclude: Conclude = rows.conclude
) -> CountryRun:
    """Every row concluded and judged, in order."""
    now, home = [], []
    for case in cases:
        found = conclude(case.message, book)
        now.append(rows.judged_country(case, found.country, found.country_chance))
        if case.wanted_home:
            home.append(rows.judged_home(case, found.home, found.home_chance))
    return CountryRun(tuple(now), tuple(home))


def language_without(
    cases: Sequence[Case],
    book: Rulebook,
    switches: Sequence[Switch],
    watch: Watch = iter,
    served: frozenset[str] = SERVED,
) -> Iterator[Without]:
    """The run again and again, each time with another witness switched off."""
    for switch in switches:
        run = language_run(watch(cases), book, switch.around(rows.conclude), served)
        yield Without(switch.name, score(run.verdicts))


def country_without(
    cases: Sequence[Case], book: Rulebook, switches: Sequence[Switch], watch: Watch = iter
) -> Iterator[Without]:
    """The run again and again, each time with another witness switched off."""
    for switch in switches:
        run = country_run(watch(cases), book, switch.around(rows.conclude))
        yield Without(switch.name, score(run.now), score(run.home))


def _away(case: Case) -> bool:
    told = case.wanted[0], *case.wanted_home[:1]
    return len(told) == 2 and NONE not in told and told[0] != told[1]
