"""Trying the desk's language and country on texts whose answer is known: one row, one verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from concierge.desk.bearings import bearings_of
from concierge.desk.triage import Rulebook
from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage
from concierge.rules.cleaning import own_words

#: What a row expects where nobody could tell.
NONE = "und"
_EUROPE = "cs da de el en es fi fr hu it nb nl pl pt ro ru sv tr uk"
_BEYOND = "ar bn fa he hi id ja ko ms th ur vi zh"
#: The languages letters are answered in or handed on in: every other one is right when it is named
#: or left open, and wrong when it is taken for one of these. They are the 32 the goals name.
SERVED = frozenset(f"{_EUROPE} {_BEYOND}".split())
#: One language under several codes: written Norwegian is answered in Bokmål, and old codes live on.
_SAME = {"nn": "nb", "no": "nb", "iw": "he", "in": "id", "fil": "tl", "": NONE, "none": NONE}


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a message, and what is right to conclude of it."""

    id: str
    #: The line of the file it stands in, from 1.
    line: int
    #: What sort of text it is, in the words of whoever made the file.
    bucket: str
    #: The language it is in (see :func:`language_code`), for the table by language.
    language: str
    message: ParsedMessage
    #: The answer first, then others that are as right; :data:`NONE` is "cannot be told".
    wanted: tuple[str, ...]
    #: The same for where they belong; empty when the row does not say.
    wanted_home: tuple[str, ...] = ()
    #: ``Hans`` or ``Hant`` where the row says which Chinese it is, else empty.
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the desk makes of one message."""

    language: Finding[str]
    country: Finding[str]
    home: Finding[str]
    #: How likely the first country and the first home are, 0 to 1; None where that is not told.
    country_chance: float | None = None
    home_chance: float | None = None


#: A message and the rules it is read by, to what is concluded of it.
Conclude = Callable[[ParsedMessage, Rulebook], Concluded]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One conclusion held against what was right."""

    case: Case
    wanted: tuple[str, ...]
    #: What was answered; :data:`NONE` when the desk would rather not say.
    got: str
    #: What it would have said: ``got``, or the first candidate; :data:`NONE` without any.
    guess: str
    right: bool
    #: How sure the desk says it is of its guess, 0 to 1; None when it does not say.
    confidence: float | None
    evidence: tuple[Evidence, ...]
    #: ``Hans`` or ``Hant``, when the desk says which Chinese it is.
    variant: str = ""

    @property
    def answered(self) -> bool:
        """Whether the desk committed itself."""
        return self.got != NONE

    @property
    def guess_right(self) -> bool:
        """Whether what it would have said is right, said or not."""
        return self.guess in self.wanted


def conclude(message: ParsedMessage, book: Rulebook) -> Concluded:
    """What the desk concludes of a message, as it does when mail comes in: cut free, then told."""
    own = own_words(message.body, book.own_addresses | book.own_names)
    found = bearings_of(message, own, book.atlas)
    return Concluded(
        found.language, found.country, found.home, found.country_chance, found.home_chance
    )


def language_code(code: str) -> str:
    """A language as verdicts compare it: without region and script, Norwegian ``nb``."""
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    return _SAME.get(short, short)


def judged_language(case: Case, found: Finding[str], served: frozenset[str] = SERVED) -> Verdict:
    """A language held against the row.

    An open answer is right where the row allows it, and for a language that is not ``served``.
    """
    got = NONE if found.undetermined else language_code(found.value)
    open_is_right = NONE in case.wanted or case.wanted[0] not in served
    right = got in case.wanted if got != NONE else open_is_right
    sure = confidence_of(found)
    verdict = _verdict(case, case.wanted, found, got, language_code, sure, right=right)
    return replace(verdict, variant=_variant_of(found)) if got == "zh" else verdict


def judged_country(case: Case, found: Finding[str], chance: float | None = None) -> Verdict:
    """Where they are now, held against the row; an open answer is right where none can be known.

    ``chance`` is how likely the desk takes its first country to be; its reasons do not say.
    """
    return _judged_place(case, case.wanted, found, chance)


def judged_home(case: Case, found: Finding[str], chance: float | None = None) -> Verdict:
    """Where they belong, held against the row."""
    return _judged_place(case, case.wanted_home, found, chance)


def _judged_place(
    case: Case, wanted: tuple[str, ...], found: Finding[str], chance: float | None
) -> Verdict:
    got = NONE if found.undetermined or not found.value else found.value
    return _verdict(case, wanted, found, got, str, chance, right=got in wanted)


def _verdict(
    case: Case,
    wanted: tuple[str, ...],
    found: Finding[str],
    got: str,
    fold: Callable[[str], str],
    sure: float | None,
    *,
    right: bool,
) -> Verdict:
    first = fold(found.candidates[0]) if found.candidates else NONE
    guess = got if got != NONE else first
    # Of no guess at all nobody can be sure.
    stated = sure if guess != NONE else None
    return Verdict(case, wanted, got, guess, right, stated, found.evidence)


def _variant_of(found: Finding[str]) -> str:
    # Said in the answer itself, or beside it as the first candidate.
    said = (one.partition("-")[2] for one in (found.value, *found.candidates[:1]))
    return next((one for one in said if one in {"Hans", "Hant"}), "")


def confidence_of(found: Finding[str]) -> float | None:
    """How sure the language rule is: its first reason weighs as much as its probability."""
    if not found.evidence:
        return None
    weight = found.evidence[0].weight
    return weight if 0.0 <= weight <= 1.0 else None
