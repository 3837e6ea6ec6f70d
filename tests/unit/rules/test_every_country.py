"""No crisis draft names a wrong number: every country of the directory, in every language we write.

The directory and the templates are those the project ships, so a row or a template that goes wrong
fails here by the name of its country.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from concierge.domain.findings import Route, Urgency
from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.domain.triage import DraftText
from concierge.rules.drafting import DraftFacts, Templates, draft, parse_templates
from concierge.rules.matching import Index, Wanted, index, match
from concierge.store.directory import load_directory
from concierge.store.templates import read_templates
from tests.support.reply_words import WHOLE, WORDS

ROOT = Path(__file__).parents[3]
#: A day on which nothing is verified unless somebody did it within the year before.
TODAY = date(2026, 11, 22)
K = ResourceKind
FIRST = {K.EMERGENCY, K.CRISIS_LINE, K.DOMESTIC_VIOLENCE}
#: Countries nobody has written a row for, and the one that is not known.
ROWLESS = ("AQ", "BV", "TF", "ZZ")
UNKNOWN = ""
DISCLOSURE = "I cannot carry the weight of this any further tonight"
#: Every language meets so many countries, and every country all the languages written in whole and
#: some of the others: all of them in all countries would take half a minute.
_TURNS = 8
#: Keeps the digits of a number in their order between letters written to the left.
LEFT_TO_RIGHT = "\u200e"
#: What a reply to a person in danger must not say: how, blame, a promise nobody can keep, a
#: level, a closed matter, advertising (Samaritans' and the NSPA's advice on safe messaging).
NEVER = re.compile(
    r"\b(?:overdos\w*|pills?|bridge|rope|dos(?:e|is)|tabletten|pastillas|comprimidos|corde|"
    r"commit\w*|successful\w*|failed|selbstmord|freitod|selfish|egoist\w*|egoísta\w*|"
    r"coward\w*|stupid\w*|have it worse|"
    r"confidential\w*|vertraulich\w*|confidencial\w*|confidentiel\w*|guarantee\w*|promise\w*|"
    r"garant\w*|diagnos\w*|risk level|high risk|risk score|risikostufe|score|triage|urgency|"
    r"ticket|closed|solved|resolved|survey|umfrage|encuesta|sondage|pesquisa|"
    r"unsubscribe|newsletter|donate|utm_\w+)\b|<img|<a ",
    re.IGNORECASE,
)


@cache
def directory() -> tuple[Resource, ...]:
    return load_directory(ROOT / "data" / "resources.csv", today=TODAY)


@cache
def indexed() -> Index:
    return index(directory())


@cache
def templates() -> Templates:
    return parse_templates(read_templates(ROOT / "templates"))


@cache
def matched(country: str, language: str) -> tuple[Match, ...]:
    wanted = Wanted(
        country, "", language, Urgency.HIGH, ("suicide",), Route.CRISIS, f"{DISCLOSURE}."
    )
    return match(indexed(), wanted)


@cache
def crisis_draft(country: str, language: str) -> DraftText:
    facts = DraftFacts(
        charity="Music Care",
        staff_signature="Bo",
        today=TODAY,
        requester_name="Amina",
        their_subject=DISCLOSURE,
        country_known=bool(country),
        urgent=True,
    )
    return draft(
        templates(),
        kind_of_reply=Route.CRISIS.value,
        language=language,
        facts=facts,
        matches=matched(country, language),
    )


def of_country(country: str) -> list[Resource]:
    return [row for row in directory() if row.country == country]


def printed_rows(country: str, language: str) -> list[Resource]:
    by_id = {row.id: row for row in directory()}
    return [by_id[one] for one in crisis_draft(country, language).resource_ids]


def numbers_of(row: Resource) -> list[str]:
    """Every number a person may dial or write to, whole and as its parts."""
    fields = [field for field in (row.phone, row.sms, row.whatsapp) if field]
    return [*fields, *(part.strip() for field in fields for part in field.split(";"))]


def without(text: str, known: list[str]) -> str:
    """The text without these, longest first, so that a short number never eats a longer one."""
    for item in sorted({one for one in known if one}, key=lambda one: (-len(one), one)):
        text = re.sub(rf"(?<![\w+]){re.escape(item)}(?!\w)", "", text)
    return text


def block_of(text: str, row: Resource) -> str:
    """The lines a draft prints of one row."""
    start = text.index(f"- {row.name}\n")
    lines = text[start:].splitlines()
    return "\n".join([lines[0], *_indented(lines[1:])])


def _indented(lines: list[str]) -> list[str]:
    kept = []
    for line in lines:
        if not line.startswith("  "):
            break
        kept.append(line)
    return kept


def countries() -> list[str]:
    return sorted({row.country for row in directory()} - {"INTL"})


def languages_in(country: str) -> list[str]:
    """The languages this country's draft is looked at in."""
    at = sum(map(ord, country))
    others = [language for language in WORDS if language not in WHOLE]
    return [*WHOLE, *(language for n, language in enumerate(others) if (n + at) % _TURNS == 0)]


PLACES = pytest.mark.parametrize("country", [*countries(), *ROWLESS, UNKNOWN])


def test_it_looks_at_a_directory_worth_looking_at() -> None:
    assert len(countries()) > 200
    assert not {*ROWLESS} & {*countries()}
    assert {*WORDS} == {*templates().by_language}
    met = [language for country in countries() for language in languages_in(country)]
    assert min(met.count(language) for language in WORDS) > 20


@PLACES
def test_every_number_stands_in_a_row_of_that_country(country: str) -> None:
    """Whatever digit is left once the country's own numbers are taken out was not curated."""
    rows = [row for row in directory() if row.country in {country, "INTL"}]
    known = [number for row in rows for number in numbers_of(row)]
    known += [r.name for r in rows] + [r.hours for r in rows] + [r.cost for r in rows]
    known += [link for r in rows for link in (r.website, r.chat_url, r.email)]
    for language in languages_in(country):
        text = crisis_draft(country, language).text
        assert not re.search(r"[\d*#].*", without(text, known)), (country, language)


@PLACES
def test_no_row_of_another_country_is_printed(country: str) -> None:
    for language in languages_in(country):
        places = {row.country for row in printed_rows(country, language)}
        assert places <= ({country, "INTL"} if country else {"INTL"})


@PLACES
def test_the_emergency_number_stands_first(country: str) -> None:
    emergency = [row for row in of_country(country) if row.kind is K.EMERGENCY]
    for language in languages_in(country):
        words = WORDS[language]
        text = crisis_draft(country, language).text.replace(LEFT_TO_RIGHT, "")
        first = next(line for line in text.splitlines() if line.startswith("- "))
        if emergency:
            assert first in {f"- {words.emergency}{row.phone}" for row in emergency}
        else:
            assert first == f"- {words.local_number}"


@PLACES
def test_the_finder_of_helplines_is_there_once(country: str) -> None:
    for language in languages_in(country):
        assert crisis_draft(country, language).text.count("https://findahelpline.com") == 1


@PLACES
def test_unknown_hours_never_read_as_day_and_night(country: str) -> None:
    for language in languages_in(country):
        words = WORDS[language].always
        text = crisis_draft(country, language).text
        always = [r for r in printed_rows(country, language) if r.open_24_7 is True]
        assert text.count(words) == len(always)
        for row in printed_rows(country, language):
            if row.open_24_7 is not True and row.website != "https://findahelpline.com":
                block = block_of(text, row)
                assert words not in block
                assert "24/7" not in block.removeprefix(f"- {row.name}")


@PLACES
def test_a_caution_names_every_unverified_number_to_call_first(country: str) -> None:
    for language in languages_in(country):
        said = next((c for c in crisis_draft(country, language).cautions if "crisis n" in c), "")
        for row in printed_rows(country, language):
            if row.kind in FIRST and not row.verified(TODAY):
                assert f"({row.id})" in said


@PLACES
def test_no_number_is_printed_twice(country: str) -> None:
    for language in languages_in(country):
        rows = printed_rows(country, language)
        phones = [part.strip() for row in rows for part in row.phone.split(";") if part.strip()]
        plain = [re.sub(r"\D", "", phone) for phone in phones]
        assert len(plain) == len(set(plain)), (country, phones)


@PLACES
def test_whoever_is_printed_can_be_reached(country: str) -> None:
    for language in languages_in(country):
        for row in printed_rows(country, language):
            assert numbers_of(row) or row.chat_url or row.email or row.website, row.id


@PLACES
def test_lines_that_share_the_first_place_stand_together(country: str) -> None:
    lines = [
        row
        for row in of_country(country)
        if row.kind is K.CRISIS_LINE and row.priority is not None and "general" in row.audience
    ]
    best = min((row.priority for row in lines if row.priority), default=0)
    leading = {row.id for row in lines if row.priority == best}
    for language in languages_in(country):
        rows = printed_rows(country, language)
        after = [row.id for row in rows if row.kind is not K.EMERGENCY]
        assert set(after[: len(leading)]) == leading


@PLACES
def test_it_says_nothing_a_reply_in_a_crisis_must_not(country: str) -> None:
    names = [row.name for row in directory() if row.country in {country, "INTL"}]
    for language in languages_in(country):
        made = crisis_draft(country, language)
        said = without(f"{made.subject}\n{made.text}", names)
        assert not NEVER.search(said)
        assert DISCLOSURE not in said


def test_a_british_reply_never_names_the_american_line() -> None:
    for language in WORDS:
        assert "988" not in crisis_draft("GB", language).text


@pytest.mark.parametrize("found", ["call 116 123", "dial 911", "+1 800 273 8255", "*4141"])
def test_a_number_nobody_curated_would_be_seen(found: str) -> None:
    others = ["11", "91", "16 123", "800 273"]
    assert re.search(r"[\d*#].*", without(found, others))
