"""Who is offered what: the right country, risk first, and a reason for each row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.findings import URGENT, Route, Urgency
from concierge.domain.resource import Resource, ResourceKind
from concierge.rules.matching import Index, Wanted, because, index, match
from concierge.store.directory import load_directory

K = ResourceKind


def row(name: str, kind: ResourceKind, country: str, **rest: object) -> Resource:
    plain: dict[str, object] = {
        "audience": ("general",), "languages": ("en",), "website": "https://row.example",
    }  # fmt: skip
    fields = {"id": f"{country.lower()}-{name.lower().replace(' ', '-')}", "name": name}
    return Resource(**(plain | fields | {"kind": kind, "country": country} | rest))  # type: ignore[arg-type]


MUSIC = {"audience": ("music", "crew")}
ROWS = (
    row("Emergency services (Ireland)", K.EMERGENCY, "IE", phone="112", priority=1),
    row("Samaritans", K.CRISIS_LINE, "IE", topics=("suicide",), priority=1, open_24_7=True),
    row("Pieta", K.CRISIS_LINE, "IE", topics=("suicide",), priority=2),
    row("Minding Music", K.MUSIC_INDUSTRY, "IE", topics=("therapy",), cost="free", **MUSIC),
    row("Debt Advice", K.LEGAL_ADVICE, "IE", topics=("financial_hardship",)),
    row("Cork Counselling", K.THERAPY, "IE", topics=("therapy",), region="Cork"),
    row("Kids Line", K.YOUTH, "IE", topics=("suicide",), audience=("youth",)),
    row("Safe Home", K.DOMESTIC_VIOLENCE, "IE", topics=("abuse",), audience=("women",)),
    row("Emergency services (Belgium)", K.EMERGENCY, "BE", phone="112"),
    row("Zelfmoordlijn", K.CRISIS_LINE, "BE", languages=("nl",), priority=1),
    row("Prévention", K.CRISIS_LINE, "BE", languages=("fr",), priority=1),
    row("988 Lifeline", K.CRISIS_LINE, "US", topics=("suicide",), priority=1),
    row("Finder", K.DIRECTORY, "INTL", topics=("referral", "crisis"), priority=1),
    row("Befriending", K.DIRECTORY, "INTL", topics=("crisis",), priority=2),
    row("Music Therapists (MTC)", K.THERAPY, "INTL", topics=("therapy",), **MUSIC),
)
INDEX = index(ROWS)
ASKING = Wanted("IE", "", "en", Urgency.ROUTINE, ("find_therapist",), Route.CARE_NAVIGATION, "")


def ids(wanted: Wanted, *, among: Index = INDEX, limit: int = 5) -> list[str]:
    return [item.resource.id for item in match(among, wanted, limit=limit)]


@pytest.mark.parametrize("urgency", [Urgency.EMERGENCY, Urgency.HIGH])
def test_it_puts_the_emergency_number_and_the_crisis_line_first(urgency: Urgency) -> None:
    found = match(INDEX, replace(ASKING, urgency=urgency))
    assert [item.resource.id for item in found[:2]] == [
        "ie-emergency-services-(ireland)",
        "ie-samaritans",
    ]
    assert found[0].score == 100.0
    assert because(found[1]).startswith("because Ireland, crisis line")


def test_it_puts_music_before_topic_and_the_finder_last() -> None:
    assert ids(ASKING) == [
        "ie-minding-music",
        "intl-music-therapists-(mtc)",
        "ie-cork-counselling",
        "ie-samaritans",
        "intl-finder",
    ]


def test_it_scores_in_the_order_it_proposes() -> None:
    for urgency in Urgency:
        scores = [item.score for item in match(INDEX, replace(ASKING, urgency=urgency))]
        assert scores == sorted(scores, reverse=True)


def test_it_keeps_a_crisis_line_at_concern_and_shows_no_emergency_number() -> None:
    found = ids(replace(ASKING, urgency=Urgency.CONCERN), limit=3)
    assert found == ["ie-minding-music", "ie-samaritans", "intl-finder"]


@given(
    country=st.sampled_from(["IE", "BE", "US", "DE", "", "INTL", "xx"]),
    home=st.sampled_from(["", "US", "IE"]),
    urgency=st.sampled_from(list(Urgency)),
    route=st.sampled_from(list(Route)),
    text=st.text(max_size=40) | st.sampled_from(["988 Lifeline in America", "Samaritans"]),
    limit=st.integers(0, 8),
)
def test_it_never_proposes_another_country_and_always_a_finder(
    country: str, home: str, urgency: Urgency, route: Route, text: str, limit: int
) -> None:
    wanted = Wanted(country, home, "en", urgency, (), route, text)
    found = match(INDEX, wanted, limit=limit)
    near = [item for item in found if item.evidence[0].rule != "matching.from_home"]
    assert {item.resource.country for item in near} <= {country, "INTL"}
    for item in (item for item in found if item not in near):
        assert item.resource.country == home != country
        assert item.resource.kind in {K.MUSIC_INDUSTRY, K.FINANCIAL_AID}
        assert country and urgency not in URGENT
    assert "intl-finder" in {item.resource.id for item in found}
    assert all(item.evidence and 0 <= item.score <= 100 for item in found)
    assert len({item.resource.id for item in found}) == len(found)


def test_it_offers_only_what_serves_any_country_when_it_knows_none() -> None:
    found = ids(replace(ASKING, country="", home="US", urgency=Urgency.EMERGENCY))
    assert found[0] == "intl-finder"
    assert all(name.startswith("intl-") for name in found)


def test_it_shows_lines_that_share_a_priority_together() -> None:
    wanted = replace(ASKING, country="BE", language="fr", urgency=Urgency.HIGH)
    assert ids(wanted, limit=2) == [
        "be-emergency-services-(belgium)",
        "be-prévention",
        "be-zelfmoordlijn",
        "intl-finder",
    ]


def test_it_lifts_what_the_mail_names() -> None:
    wanted = replace(ASKING, text="The samaritans told me about debt advice")
    found = match(INDEX, wanted)
    # "Debt Advice" counts only with its capitals: the words are everyday words.
    assert [item.resource.id for item in found][:2] == ["ie-samaritans", "ie-minding-music"]
    assert "Samaritans" in because(found[0])
    named = replace(ASKING, text="I was sent to Debt Advice")
    assert ids(named)[0] == "ie-debt-advice"


def test_it_lifts_a_regional_service_when_the_region_is_named() -> None:
    def score(text: str) -> float:
        found = match(INDEX, replace(ASKING, text=text), limit=9)
        return next(m.score for m in found if m.resource.id == "ie-cork-counselling")

    assert score("I live in cork") > score("I live in Galway")


def test_it_offers_lines_for_some_people_only_to_them() -> None:
    urgent = replace(ASKING, urgency=Urgency.HIGH)
    assert "ie-kids-line" not in ids(urgent, limit=20)
    assert "ie-safe-home" not in ids(urgent, limit=20)
    violent = replace(urgent, topics=("domestic_violence",))
    assert "ie-safe-home" in ids(violent, limit=3)


def test_it_offers_a_narrow_line_where_a_country_has_no_other() -> None:
    rows = tuple(r for r in ROWS if r.kind is not K.CRISIS_LINE)
    found = ids(replace(ASKING, urgency=Urgency.HIGH), among=index(rows), limit=20)
    assert "ie-kids-line" in found


def test_it_sends_no_crisis_lines_to_who_asks_for_a_partnership() -> None:
    wanted = replace(ASKING, topics=(), route=Route.PARTNERSHIPS)
    assert ids(wanted) == ["intl-finder"]


def test_it_breaks_ties_by_id() -> None:
    twins = tuple(replace(ROWS[3], id=name) for name in ("ie-b", "ie-a", "ie-c"))
    assert ids(ASKING, among=index(twins)) == ["ie-a", "ie-b", "ie-c"]


def test_it_says_why_in_words_staff_read() -> None:
    (first, *_) = match(INDEX, ASKING)
    assert because(first) == "because Ireland, therapy, music, en, free"


def test_it_tells_staff_that_rows_from_home_were_left_out() -> None:
    last = match(INDEX, replace(ASKING, country="BE", home="IE"))[-1]
    assert "home is Ireland" in because(last)
    assert "numbers of Ireland were left out" in last.evidence[-1].note


def test_it_proposes_what_pays_from_home_to_whoever_is_on_tour() -> None:
    fund = row("Benevolent Fund", K.FINANCIAL_AID, "IE", topics=("therapy",), website="https://x")
    clinic = row("Clinic", K.THERAPY, "IE", topics=("therapy",), website="https://y")
    among = index((*ROWS, fund, clinic))
    away = replace(ASKING, country="BE", home="IE")
    assert "ie-benevolent-fund" in ids(away, among=among)
    assert "ie-clinic" not in ids(away, among=among)
    assert "ie-benevolent-fund" not in ids(replace(away, urgency=Urgency.HIGH), among=among)
    assert "ie-benevolent-fund" not in ids(replace(away, country=""), among=among)


def test_it_finds_a_name_in_a_script_without_spaces() -> None:
    line = row("いのちの電話 (Inochi no Denwa)", K.CRISIS_LINE, "JP", topics=("suicide",))
    other = row("A Clinic", K.THERAPY, "JP", topics=("therapy",), **MUSIC)
    wanted = replace(ASKING, country="JP", text="昨日いのちの電話にかけました")
    assert ids(wanted, among=index((line, other)))[0] == line.id


def test_it_works_without_any_directory() -> None:
    assert match(index(()), ASKING) == ()


def test_every_country_of_the_shipped_directory_gets_a_dialable_answer() -> None:
    rows = load_directory(Path(__file__).parents[3] / "data" / "resources.csv")
    shipped = index(rows)
    for country in sorted({r.country for r in rows} - {"INTL"}):
        found = match(shipped, replace(ASKING, country=country, urgency=Urgency.EMERGENCY))
        assert {item.resource.country for item in found} <= {country, "INTL"}
        assert found[-1].resource.id == "intl-find-a-helpline-throughline"
        emergency = {r.id for r in rows if r.country == country and r.kind is K.EMERGENCY}
        assert emergency <= {item.resource.id for item in found}


def test_it_gives_no_place_to_a_row_nobody_can_reach_unless_the_mail_names_it() -> None:
    bare = row("Quiet Harbour Society", K.THERAPY, "IE", topics=("therapy",), website="")
    among = index([*ROWS, bare])
    assert bare.id not in ids(ASKING, among=among, limit=20)
    named = replace(ASKING, text="I was told to ask the Quiet Harbour Society.")
    assert ids(named, among=among)[0] == bare.id


def test_at_concern_it_keeps_a_line_that_can_be_called_in_their_language() -> None:
    lines = (
        row("Text Line", K.CRISIS_LINE, "IE", topics=("anxiety",), sms="50808", priority=1),
        row("Voice", K.CRISIS_LINE, "IE", topics=("suicide",), phone="116 123", priority=1),
        row("Guth", K.CRISIS_LINE, "IE", topics=("anxiety",), phone="116 124", priority=1,
            languages=("ga",)),
    )  # fmt: skip
    wanted = replace(ASKING, urgency=Urgency.CONCERN, topics=("housing",))
    among = index([*lines, *ROWS[-3:]])
    assert ids(wanted, among=among, limit=2) == ["ie-voice", "intl-finder"]
    irish = replace(wanted, language="ga")
    assert ids(irish, among=among, limit=2) == ["ie-guth", "intl-finder"]


def test_it_offers_nothing_far_away_that_is_for_another_matter() -> None:
    wanted = replace(ASKING, country="XK", topics=("financial_hardship",))
    assert ids(wanted) == ["intl-befriending", "intl-finder"]
    assert "intl-music-therapists-(mtc)" in ids(replace(wanted, topics=("find_therapist",)))
