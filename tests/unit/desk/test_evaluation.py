"""How a conclusion is held against what was right, and how many are counted."""

from dataclasses import replace

import pytest

from concierge.desk.evaluation import (
    NONE,
    SERVED,
    Case,
    Concluded,
    judged_country,
    judged_home,
    judged_language,
    language_code,
)
from concierge.desk.evaluation_run import country_run, language_run
from concierge.desk.evaluation_scores import (
    calibration,
    confusions,
    macro,
    score,
    scores_by,
    unknowable,
    worst,
)
from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage


def case(*wanted, **more):
    given = {"id": "a", "line": 1, "bucket": "mail", "language": wanted[0]} | more
    return Case(message=ParsedMessage(), wanted=wanted, **given)


def said(value, sure=0.9):
    return Finding(value, (Evidence("language.some", "x", "body", sure),))


def unsure(*candidates, sure=0.4):
    reason = Evidence("language.some", "x", "body", sure)
    return Finding("", (reason,), undetermined=True, candidates=candidates)


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (("de",), said("de"), True),
        (("de",), said("nl"), False),
        (("de",), unsure("de"), False),
        # What a row accepts beside its answer is as right.
        (("id", "ms"), said("ms"), True),
        (("el", NONE), unsure(), True),
        (("el", NONE), said("el"), True),
        (("el", NONE), said("es"), False),
        # In no language whatever is answered is wrong.
        ((NONE,), unsure("so"), True),
        ((NONE,), said("so"), False),
        # One language under two codes, and regions and scripts beside the language.
        (("nb",), said("nn"), True),
        (("zh",), said("zh-Hant"), True),
        (("pt",), said("pt-BR"), True),
        # A language nobody serves: named rightly or left open is right, taken for one is not.
        (("cy",), said("cy"), True),
        (("cy",), unsure("en"), True),
        (("cy",), said("en"), False),
        (("bs",), said("hr"), False),
    ],
)
def test_it_judges_a_language(wanted, found, right):
    verdict = judged_language(case(*wanted), found)
    assert verdict.right is right
    assert verdict.answered is not found.undetermined


def test_it_serves_what_it_is_told_to_serve():
    assert judged_language(case("cy"), unsure("en")).right
    assert not judged_language(case("cy"), unsure("en"), SERVED | {"cy"}).right


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (("DE",), Finding("DE"), True),
        (("DE",), Finding("AT"), False),
        (("CA", "GB"), Finding("GB"), True),
        (("DE",), unsure("DE"), False),
        ((NONE,), unsure("DE"), True),
        ((NONE,), Finding("DE"), False),
    ],
)
def test_it_judges_a_country_and_a_home_alike(wanted, found, right):
    assert judged_country(case(*wanted), found).right is right
    assert judged_home(case("FR", wanted_home=wanted), found).right is right


@pytest.mark.parametrize(
    ("written", "code"),
    [("nn", "nb"), ("no", "nb"), ("zh-Hans", "zh"), ("PT_br", "pt"), ("", NONE), ("None", NONE)],
)
def test_it_folds_codes(written, code):
    assert language_code(written) == code


def test_it_takes_a_weight_that_is_no_probability_for_no_confidence():
    assert judged_language(case("de"), said("de", sure=4.6)).confidence is None
    assert judged_language(case("de"), said("de", sure=0.6)).confidence == 0.6
    # What a reason weighs for a country is no probability at all.
    assert judged_country(case("DE"), said("DE", sure=0.6)).confidence is None
    assert judged_country(case("DE"), said("DE", sure=0.6), 0.8).confidence == 0.8
    # With nothing it would have said, there is nothing to be sure of.
    assert judged_language(case(NONE), unsure()).confidence is None


def verdicts(*pairs):
    return [
        judged_language(case(*wanted, line=n), found) for n, (wanted, found) in enumerate(pairs)
    ]


def test_it_counts_answers_and_rightful_doubt_apart():
    found = score(
        verdicts(
            (("de",), said("de")),
            (("de",), said("nl")),
            (("de",), unsure("de")),
            ((NONE,), unsure()),
        )
    )
    assert (found.rows, found.answered, found.answered_right, found.right) == (4, 2, 1, 2)
    assert (found.coverage, found.precision, found.correct) == (0.5, 0.5, 0.5)
    assert score([]).coverage is None
    assert score(verdicts(((NONE,), unsure()))).precision is None


def test_it_weighs_languages_alike_however_many_rows_they_have():
    rows = verdicts(*[(("de",), said("de"))] * 9, (("fr",), said("es")))
    coverage, precision, right = macro([s for _, s in scores_by(rows, lambda v: v.wanted[0])])
    assert (coverage, precision, right) == (1.0, 0.5, 0.5)
    assert score(rows).correct == 0.9


def test_it_tells_what_was_taken_for_what():
    rows = verdicts(
        (("da",), said("nb")), (("da",), said("nb")), (("da",), unsure("nb")), (("nb",), said("da"))
    )
    assert confusions(rows) == {("da", "nb"): 2, ("nb", "da"): 1}


def test_it_holds_stated_confidence_against_first_guesses():
    found = calibration(
        verdicts(
            (("de",), said("de", 0.95)),
            (("de",), said("nl", 0.95)),
            (("de",), unsure("de", sure=0.35)),
            (("de",), said("de", 1.0)),
        )
    )
    assert found.count == 4
    assert [band.count for band in found.bands] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 3]
    top, low = found.bands[9], found.bands[3]
    assert top.confidence == pytest.approx(2.9 / 3)
    assert top.right == pytest.approx(2 / 3)
    assert (low.confidence, low.right) == (0.35, 1.0)
    assert found.error == pytest.approx((3 * 0.3 + 0.65) / 4)


def test_it_draws_no_calibration_where_nobody_says_how_sure_they_are():
    assert calibration([judged_country(case("DE"), Finding("DE"))]) is None


def test_it_puts_the_surest_wrong_answers_first_and_leaves_right_ones_out():
    rows = verdicts(
        (("de",), unsure("nl", sure=0.6)),
        (("de",), said("nl", 0.7)),
        (("de",), said("de", 1.0)),
        (("de",), said("nl", 0.99)),
    )
    assert [v.case.line for v in worst(rows, 9)] == [3, 1, 0]
    assert [v.case.line for v in worst(rows, 1)] == [3]


def test_it_counts_what_cannot_be_known_apart():
    rows = verdicts(((NONE,), said("so")), ((NONE,), unsure()), (("de",), said("de")))
    found = unknowable(rows)
    assert (found.rows, found.answered) == (2, 1)


def concluding(**found):
    nothing = Finding("", undetermined=True)
    whole = Concluded(**({"language": nothing, "country": nothing, "home": nothing} | found))
    return lambda message, book: whole


def test_it_counts_other_languages_taken_for_a_served_one():
    cases = [case("cy"), case("cy", "en"), case("de"), case(NONE)]
    run = language_run(cases, None, concluding(language=said("en")))
    assert len(run.strange()) == 2
    assert run.taken() == 1
    assert [v.wanted[0] for v in run.asked_for()] == ["de"]


@pytest.mark.parametrize(
    ("found", "answered", "right"),
    [
        (said("zh-Hant"), 1, 1),
        (said("zh-Hans"), 1, 0),
        (said("zh"), 0, 0),
        (replace(said("zh"), candidates=("zh-Hant",)), 1, 1),
        (said("ja"), 0, 0),
    ],
)
def test_it_tells_the_two_ways_of_writing_chinese_apart(found, answered, right):
    run = language_run([case("zh", variant="Hant"), case("zh")], None, concluding(language=found))
    told = run.variants()
    assert (told.rows, told.answered, told.right) == (1, answered, right)


def test_it_wants_both_places_of_whoever_is_away():
    cases = [
        case("DE", wanted_home=("GB",), line=1),
        case("GB", wanted_home=("GB",), line=2),
        case("DE", line=3),
        case("FR", wanted_home=(NONE,), line=4),
    ]
    both = country_run(cases, None, concluding(country=Finding("DE"), home=Finding("GB")))
    assert (both.away().rows, both.away().right) == (1, 1)
    one = country_run(cases, None, concluding(country=Finding("DE"), home=Finding("DE")))
    assert (one.away().rows, one.away().right) == (1, 0)
    assert len(one.now) == 4
    assert len(one.home) == 3
