"""Drafts say what a reply must say, never what it must not, and stay the same word for word.

The golden files hold whole drafts. After a wanted change run the tests with UPDATE_GOLDEN=1 and
read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.findings import Kind, Route, Urgency
from concierge.domain.resource import Match, Resource, ResourceKind
from concierge.domain.triage import DraftText
from concierge.errors import FaultyInput, UsageError
from concierge.rules.drafting import DraftFacts, Templates, draft, parse_templates, reply_kind
from concierge.rules.matching import Wanted, index, match
from concierge.rules.template_faults import KINDS, WORRIED
from concierge.store.templates import read_templates

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "drafts"
LANGUAGES = ("en", "es", "fr", "de", "pt")
TODAY = date(2026, 11, 22)
K = ResourceKind
EMERGENCY = Resource(
    "ie-emergency", "Emergency services (Ireland)", K.EMERGENCY, "IE", phone="112", cost="free",
    open_24_7=True, languages=("en", "ga"), audience=("general",), priority=1,
)  # fmt: skip
LINE = Resource(
    "ie-samaritans", "Samaritans", K.CRISIS_LINE, "IE", phone="116 123", open_24_7=True,
    cost="free", languages=("en",), audience=("general",), topics=("suicide",), priority=1,
    verified_on=date(2026, 5, 31), verified_by="bo",
)  # fmt: skip
TEXT_LINE = Resource(
    "ie-text", "Text Line", K.CRISIS_LINE, "IE", sms="50808", open_24_7=None,
    languages=("en",), audience=("general",), topics=("suicide",), priority=1,
    notes="Text HELLO to 50808. languages: assumed (official languages).",
)  # fmt: skip
MUSIC = Resource(
    "ie-minding", "Minding Music", K.MUSIC_INDUSTRY, "IE", phone="+353 1 518 0277",
    hours="Mon-Fri 09:00-17:00", open_24_7=False, cost="members", languages=("en", "fr"),
    audience=("music",), topics=("therapy", "suicide"), website="https://minding.example",
)  # fmt: skip
FINDER = Resource(
    "intl-finder", "Finder", K.DIRECTORY, "INTL", website="https://finder.example",
    languages=("en",), audience=("general",), topics=("referral", "crisis"), priority=1,
)  # fmt: skip
FACTS = DraftFacts(
    charity="Music Care",
    staff_signature="Bo",
    today=TODAY,
    requester_name="Amina",
    their_subject="Need some help",
    reference="Ref: C-12-ABCD",
    promise="Mon-Fri 09:00-17:00 UTC",
    country_known=True,
)
DIRECTORY = index((EMERGENCY, LINE, TEXT_LINE, MUSIC, FINDER))


@cache
def shipped() -> Templates:
    return parse_templates(read_templates(ROOT / "templates"))


def found(urgency: Urgency = Urgency.ROUTINE, country: str = "IE") -> tuple[Match, ...]:
    asking = Wanted(country, "", "en", urgency, ("suicide",), Route.CARE_NAVIGATION, "")
    return match(DIRECTORY, asking)


def made(
    kind: str = "care_navigation",
    language: str = "en",
    matches: tuple[Match, ...] | None = None,
    facts: DraftFacts = FACTS,
) -> DraftText:
    rows = found() if matches is None else matches
    return draft(shipped(), kind_of_reply=kind, language=language, facts=facts, matches=rows)


URGENT = replace(FACTS, urgent=True)
UNKNOWN = replace(URGENT, country_known=False)
CASES = {
    "crisis_en_ireland": ("crisis", "en", found(Urgency.HIGH), URGENT),
    "crisis_de_country_unknown": ("crisis", "de", found(Urgency.HIGH, ""), UNKNOWN),
    "crisis_es_no_line_in_country": ("crisis", "es", found(Urgency.HIGH, "XK"), URGENT),
    "care_navigation_fr": ("care_navigation", "fr", found(), FACTS),
    "therapy_fund_es_nothing_found": (
        "therapy_fund",
        "es",
        (),
        replace(FACTS, promise="", questions=("work", "ambassador")),
    ),
    "partnerships_pt_br": ("partnerships", "pt-BR", found(), FACTS),
    "unreadable_undetermined": ("unreadable", "", (), DraftFacts("Music Care", "Bo", TODAY)),
    "events_but_urgent_fr": ("events", "fr", found(Urgency.EMERGENCY), URGENT),
    "crisis_tr_ireland": ("crisis", "tr", found(Urgency.HIGH), URGENT),
    "crisis_ja_country_unknown": ("crisis", "ja", found(Urgency.HIGH, ""), UNKNOWN),
    "crisis_ar_ireland": ("crisis", "ar", found(Urgency.HIGH), URGENT),
    "crisis_ru_no_line_in_country": ("crisis", "ru", found(Urgency.HIGH, "XK"), URGENT),
    "crisis_hi_ireland": ("crisis", "hi", found(Urgency.HIGH), URGENT),
    "crisis_zh_hans_ireland": ("crisis", "zh-Hans", found(Urgency.HIGH), URGENT),
    "guide_tr_in_english": ("guide", "tr", found(), FACTS),
    "worried_tr_their_country_unknown": ("worried", "tr", found(Urgency.HIGH), URGENT),
    "worried_ar_their_country_known": (
        "worried",
        "ar",
        found(Urgency.HIGH),
        replace(URGENT, about_other=True, their_country_known=True),
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_it_writes_the_same_draft_word_for_word(name: str) -> None:
    kind, language, matches, facts = CASES[name]
    d = made(kind, language, matches, facts)
    head = [
        f"Subject: {d.subject}",
        f"Language: {d.language} (wanted: {d.fallback_from or d.language})",
        f"Resources: {', '.join(d.resource_ids)}",
        *(f"Caution: {caution}" for caution in d.cautions),
    ]
    text = "\n".join(head) + "\n\n" + d.text
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_draft_begins_with_the_numbers_and_prints_them_as_curated(language: str) -> None:
    d = made("crisis", language, found(Urgency.HIGH), URGENT)
    first = d.text.split("\n\n")[2]
    assert "112" in first
    assert "116 123" in first
    assert "50808" in first
    assert "HELLO" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_draft_guesses_no_number_for_an_unknown_country(language: str) -> None:
    # Even when somebody hands over rows of a country.
    d = made("crisis", language, found(Urgency.HIGH), UNKNOWN)
    assert not re.search(r"\d{3}", d.text.replace("C-12-ABCD", ""))
    assert "https://finder.example" in d.text
    assert set(d.resource_ids) == {"intl-finder"}
    assert any("country is not known" in caution for caution in d.cautions)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_draft_names_the_charity_the_hours_and_no_forbidden_word(
    kind: str, language: str
) -> None:
    secret = "a bridge and forty pills"
    facts = replace(FACTS, their_subject=secret, discreet=True)
    for urgent in (False, True):
        d = made(kind, language, found(Urgency.HIGH), replace(facts, urgent=urgent))
        assert "Music Care" in d.text
        assert FACTS.promise in d.text
        assert "https://finder.example" in d.text
        assert secret not in d.text + d.subject
        assert d.language == language
        assert d.template.startswith(f"{language}/")
        forbidden = r"committed|attempt|stupid|ticket|guarantee|confidential|urgency|diagnos"
        assert not re.search(forbidden, d.text, re.IGNORECASE)
        assert "\n\n\n" not in d.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Hours not confirmed"),
        ("es", "Horario sin confirmar"),
        ("fr", "Horaires non confirmés"),
        ("de", "Zeiten nicht bestätigt"),
        ("pt", "Horário não confirmado"),
    ],
)
def test_unknown_hours_never_read_as_day_and_night(language: str, words: str) -> None:
    d = made("crisis", language, (Match(TEXT_LINE, 1.0),), URGENT)
    assert words in d.text
    contradiction = Match(replace(TEXT_LINE, hours="24/7"), 1.0)
    d = made("crisis", language, (contradiction,), URGENT)
    assert words in d.text
    assert "24/7" not in d.text


def test_it_prints_languages_only_when_somebody_asked_the_line() -> None:
    d = made("care_navigation", "de", (Match(MUSIC, 1.0), Match(TEXT_LINE, 1.0)))
    assert d.text.count("Sprachen: ") == 1
    assert "Sprachen: Englisch, Französisch" in d.text


def test_it_marks_numbers_nobody_verified() -> None:
    d = made("crisis", "en", found(Urgency.HIGH), URGENT)
    assert "(2): Emergency services (Ireland) (ie-emergency), Text Line" in d.cautions[0]
    assert "ie-samaritans" not in d.cautions[0]
    late = replace(URGENT, today=date(2027, 6, 1))
    assert made("crisis", "en", found(Urgency.HIGH), late).cautions[0].count("(3): ") == 1


@pytest.mark.parametrize(
    ("asked", "language", "fallback", "caution"),
    [
        ("fr", "fr", "", ""),
        ("pt-BR", "pt", "pt-BR", ""),
        ("zh-Hans", "en", "zh-Hans", "no template in zh-Hans"),
        ("", "en", "undetermined", "language of the mail is not known"),
    ],
)
def test_it_falls_back_to_a_language_it_has(
    asked: str, language: str, fallback: str, caution: str
) -> None:
    d = made("other", asked)
    assert (d.language, d.fallback_from) == (language, fallback)
    assert d.template == f"{language}/other.txt.j2"
    said = [line for line in d.cautions if "language" in line or "template" in line]
    assert [caution in line for line in said] == ([True] if caution else [])


@pytest.mark.parametrize(
    ("theirs", "subject"),
    [
        ("Need help", "Re: Need help"),
        ("RE: Aw: Fwd: Need help", "Re: Need help"),
        ("Re[2]: Need help", "Re: Need help"),
        ("Reference letter", "Re: Reference letter"),
        ("hello\r\nBcc: dee@example.org", "Re: hello Bcc: dee@example.org"),
        ("\u202egnp.exe", "Re: gnp.exe"),
        ("", "Your message to Music Care"),
        (" re: ", "Your message to Music Care"),
    ],
)
def test_it_answers_under_their_subject(theirs: str, subject: str) -> None:
    assert made(facts=replace(FACTS, their_subject=theirs)).subject == subject


def test_it_bounds_the_subject() -> None:
    subject = made(facts=replace(FACTS, their_subject="x" * 5000)).subject
    assert len(subject) == 150
    assert subject.endswith("…")


@pytest.mark.parametrize("facts", [replace(FACTS, urgent=True), replace(FACTS, discreet=True)])
def test_it_takes_a_neutral_subject_when_theirs_may_be_the_disclosure(facts: DraftFacts) -> None:
    loud = replace(facts, their_subject="I cannot go on")
    assert made("other", facts=loud).subject == "Your message to Music Care"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Amina", "Hello Amina,"),
        ("Zoë  van\nden Berg", "Hello Zoë van den Berg,"),
        ("", "Hello,"),
        ("amina@example.org", "Hello,"),
        ("www.example.org", "Hello,"),
        ("Call 0900 123", "Hello,"),
        ("x" * 61, "Hello,"),
        ("\u202eanimA\u200b", "Hello animA,"),
        ("{{ 7 * 7 }}", "Hello,"),
    ],
)
def test_it_greets_with_a_name_and_nothing_else(name: str, greeting: str) -> None:
    assert made(facts=replace(FACTS, requester_name=name)).text.splitlines()[0] == greeting


@given(name=st.text(max_size=100), subject=st.text(max_size=300))
def test_a_strangers_words_are_never_a_template_and_never_break_a_line(
    name: str, subject: str
) -> None:
    d = made("other", facts=replace(FACTS, requester_name=name, their_subject=subject))
    assert d.text.splitlines()[2].startswith("Thank you for writing to us.")
    assert d.subject.isprintable()
    assert "\n" not in d.subject
    assert len(d.subject) <= 150


def test_it_prints_a_subject_that_looks_like_a_template_as_it_is() -> None:
    facts = replace(FACTS, their_subject="{{ charity.__class__ }}")
    assert made("other", facts=facts).subject == "Re: {{ charity.__class__ }}"


def test_an_urgent_mail_gets_the_crisis_reply_and_staff_are_told() -> None:
    d = made("therapy_fund", "en", found(Urgency.HIGH), URGENT)
    assert d.template == "en/crisis.txt.j2"
    assert "bank details" not in d.text
    assert any("therapy fund) is not answered yet" in caution for caution in d.cautions)


def test_an_urgent_mail_nobody_can_read_is_asked_for_again_below_the_numbers() -> None:
    d = made("unreadable", "en", found(Urgency.HIGH), URGENT)
    assert d.text.index("116 123") < d.text.index("plain text")


def test_it_prints_no_list_for_a_partnership_and_says_so_in_resource_ids() -> None:
    assert made("partnerships").resource_ids == ("intl-finder",)


def test_it_warns_when_the_directory_has_nothing_here() -> None:
    only = (Match(FINDER, 1.0),)
    assert any("no emergency number" in c for c in made("crisis", "en", only, URGENT).cautions)
    more = (Match(replace(MUSIC, country="INTL"), 1.0), *only)
    assert any("no resource for this country" in c for c in made(matches=more).cautions)


@pytest.mark.parametrize(
    ("route", "kind", "reply"),
    [
        (Route.CRISIS, Kind.HUMAN, "crisis"),
        (Route.THERAPY_FUND, Kind.HUMAN, "therapy_fund"),
        (Route.OTHER, Kind.UNREADABLE, "unreadable"),
    ],
)
def test_the_route_decides_the_kind_of_reply(route: Route, kind: Kind, reply: str) -> None:
    assert reply_kind(route, kind) == reply


def test_there_is_a_reply_for_every_route() -> None:
    assert {reply_kind(r, k) for r in Route for k in Kind} | {WORRIED} == set(KINDS)


SIGNATURE = "{% if staff_signature %}\n{{ staff_signature }}\n{% endif %}\n"


def broken(key: str, old: str, new: str) -> dict[str, str]:
    languages = ("en/", key.partition("/")[0])
    shelf = read_templates(ROOT / "templates")
    sources = {name: text for name, text in shelf.items() if name.startswith(languages)}
    assert old in sources[key]
    return {**sources, key: sources[key].replace(old, new, 1)}


CRISIS = "en/crisis.txt.j2"


@pytest.mark.parametrize(
    ("sources", "fault"),
    [
        (broken(CRISIS, "{% if resources %}", "{% if %}"), f"{CRISIS}:23: "),
        (broken(CRISIS, "{% block subject %}", "{{ phone }}{% block subject %}"),
         f"{CRISIS}:8: phone is not known"),
        (broken(CRISIS, '"en/_layout', '"en/_lay'), f"{CRISIS}:7: no template 'en/_lay.txt.j2'"),
        (broken(CRISIS, '"en/_layout.txt.j2"', "charity"), f"{CRISIS}:7: no template ''"),
        (broken(CRISIS, "block subject", "block subjekt"), f"{CRISIS}:1: no subject block"),
        (broken(CRISIS, "---\n", ""), f"{CRISIS}:1: no front matter"),
        (broken(CRISIS, "kind: crisis", "kind: other"), f"{CRISIS}:2: kind or language"),
        (broken(CRISIS, "reviewed_by:\n", ""), f"{CRISIS}:1: the front matter lacks reviewed_by"),
        (broken("en/_closing.txt.j2", SIGNATURE, ""),
         f"{CRISIS}:1: never prints staff_signature"),
        (broken("fr/_resources.txt.j2", "row.sms", "row.fax"), "fr/_resources.txt.j2:"),
        (broken("fr/_resources.txt.j2", "row.sms", "row.__class__"), "fr/_resources.txt.j2:"),
        (broken("de/other.txt.j2", "Danke,", "{{ charity.__class__.mro() }}"), "de/other.txt.j2:"),
        ({"crisis.j2": ""}, "crisis.j2:1: not a template's name"),
        ({"en/gossip.txt.j2": "---\nkind: gossip\n---\n"}, "en/gossip.txt.j2:1: no reply is of"),
    ],
)  # fmt: skip
def test_it_names_a_fault_of_a_template_with_its_line(sources: dict[str, str], fault: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_templates(sources)
    assert any(line.startswith(fault) for line in caught.value.faults), caught.value.faults


def test_it_needs_every_kind_in_english_and_none_elsewhere() -> None:
    sources = read_templates(ROOT / "templates")
    del sources["fr/guide.txt.j2"]
    parsed = parse_templates(sources)
    d = draft(parsed, kind_of_reply="guide", language="fr", facts=FACTS, matches=())
    assert (d.language, d.fallback_from) == ("en", "fr")
    del sources["en/guide.txt.j2"]
    with pytest.raises(FaultyInput, match=r"en/guide\.txt\.j2:1: missing"):
        parse_templates(sources)


def test_it_says_which_kinds_of_reply_there_are() -> None:
    with pytest.raises(UsageError, match="care_navigation"):
        made("gossip")


def test_it_prints_nobody_who_cannot_be_reached() -> None:
    bare = Match(replace(MUSIC, id="ie-bare", name="Bare Name", phone="", website=""), 80.0)
    for facts in (FACTS, URGENT):
        d = made(matches=(bare, *found()), facts=facts)
        assert "Bare Name" not in d.text
        assert "ie-bare" not in d.resource_ids


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cost", ["grant", "members", "paid"])
def test_it_says_what_help_costs_in_the_language_of_the_draft(language: str, cost: str) -> None:
    row = replace(MUSIC, name="Row", cost=cost)
    text = made(language=language, matches=(Match(row, 80.0),)).text
    assert not re.search(rf"\b{cost}$", text, re.MULTILINE) or language == "en"
    plain = made(language=language, matches=(Match(replace(row, cost=""), 80.0),)).text
    assert len(text.splitlines()) == len(plain.splitlines()) + 1


@pytest.mark.parametrize(
    ("guesses", "first", "second"),
    [
        (("pt", "gl"), "pt", "en"),
        (("gl", "pt"), "pt", "en"),
        (("de", "fr"), "de", "fr"),
        (("da", "nb", "fr"), "fr", "en"),
        (("zh-Hant",), "en", "es"),
        (("en",), "en", "es"),
        ((), "en", "es"),
    ],
)
def test_it_answers_an_unknown_language_in_the_two_likeliest(
    guesses: tuple[str, ...], first: str, second: str
) -> None:
    d = draft(
        shipped(),
        kind_of_reply="care_navigation",
        language="",
        facts=replace(FACTS, country_known=False, their_subject=""),
        matches=found(),
        guesses=guesses,
    )
    alone = {code: made("care_navigation", code, found(), replace(FACTS, country_known=False)) for
             code in (first, second)}  # fmt: skip
    assert d.language == first
    top, _, bottom = d.text.partition("\n* * *\n\n")
    assert top.endswith(alone[first].text)
    assert bottom == alone[second].text
    assert d.subject.count(" / ") == 1


def test_it_keeps_to_one_language_when_it_is_known() -> None:
    d = draft(
        shipped(),
        kind_of_reply="other",
        language="fr",
        facts=FACTS,
        matches=(),
        guesses=("de", "es"),
    )
    assert "* * *" not in d.text
