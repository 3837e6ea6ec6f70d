"""The arithmetic by which a corpus is judged, and what is counted of each mail."""

from __future__ import annotations

import json
from itertools import count

import pytest

from concierge.desk import corpus, corpus_scores
from concierge.desk.corpus import Quoted, Tools
from concierge.desk.corpus_scores import GOALS, Goal, Score
from concierge.desk.corpus_truth import Sample
from concierge.domain.findings import Finding, Kind, Route, Urgency
from concierge.domain.triage import Triage
from concierge.mail.mime import read

LETTER = (
    b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: The guide\r\n\r\n"
    b"Dear team, where can I find the guide for touring musicians? Thank you so much.\r\n"
)
VACATION = (
    b"From: dee@example.net\r\nTo: help@desk.example.org\r\nSubject: Automatic reply: hello\r\n"
    b"Auto-Submitted: auto-replied\r\n\r\nI am out of the office.\r\n"
)
LONG = "A long letter of which next to nothing was found again anywhere at all. " * 3


def checked(
    *samples, reader=read, naive=lambda raw: "", seconds=0.0, page=lambda raw: "", triage=None
):
    ticks = count()
    tools = Tools(reader, naive, lambda: next(ticks) * seconds, page, triage)
    return corpus.check(samples, tools)


@pytest.mark.parametrize(
    ("expected", "got", "share"),
    [
        ("one two", "two ONE three", 1.0),
        ("one one", "one", 0.5),
        ("one two three four", "one two three", 0.75),
        ("", "one", None),
        ("... !", "one", None),
    ],
)
def test_it_tells_the_share_of_expected_words(expected, got, share):
    assert corpus_scores.kept(expected, got) == share


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>l<b>o</b>ve &amp; more</p>", "love & more"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("one<br>two", "one two"),
    ],
)
def test_it_takes_marks_out_of_expected_html_alone(text, plain):
    assert corpus_scores.without_marks(text).split() == plain.split()


@pytest.mark.parametrize(
    ("goal", "score", "met"),
    [
        (Goal("g", 95, 100), Score(19, 20), True),
        (Goal("g", 95, 100), Score(18, 20), False),
        (Goal("g", 0, 1, faults=True), Score(0, 50), True),
        (Goal("g", 0, 1, faults=True), Score(1, 50), False),
        (Goal("g", 2, 1000, faults=True), Score(1, 500), True),
        (Goal("g", 95, 100), Score(0, 0), None),
        (Goal("g"), Score(3, 5), None),
    ],
)
def test_it_judges_by_the_rate(goal, score, met):
    assert goal.met(score) is met


def test_it_names_each_goal_once():
    names = [goal.name for goal in GOALS]
    assert len(set(names)) == len(names)


def test_it_counts_kinds_against_labels():
    tally = checked(
        Sample("a.eml", LETTER, "human"),
        Sample("b.eml", VACATION, "auto_reply"),
        Sample("c.eml", VACATION, "human"),
    )
    assert tally.confusion == {
        ("human", "human"): 1,
        ("auto_reply", "auto_reply"): 1,
        ("human", "auto_reply"): 1,
    }
    goals = {goal.name: (score.hits, score.of) for goal, score in tally.goals()}
    assert goals["people who wrote themselves, muted"] == (1, 2)
    assert goals["automatic replies found"] == (1, 1)
    assert tally.missed["people who wrote themselves, muted"] == ["c.eml"]


def test_it_counts_what_was_expected_of_the_reader():
    expected = {
        "zammad": {
            "subject": "The  guide",
            "from_email": "Amina@example.org",
            "body": "<p>Dear team, where can I find the guide for touring musicians?</p>",
        },
        "stalwart": {"text": ["Nothing of this was ever written there"]},
    }
    tally = checked(Sample("a.eml", LETTER, "", "", expected))
    found = {goal.name: score.hits for goal, score in tally.goals()}
    assert found["subject as expected (Zammad)"] == 1
    assert found["sender as expected (Zammad)"] == 1
    assert found["text as expected (Zammad)"] == 1
    assert found["text as expected (Stalwart)"] == 0


def test_it_sees_a_person_whose_text_was_lost():
    tally = checked(Sample("a.eml", LETTER, "human"), naive=lambda raw: LONG)
    assert tally.missed["human mail that lost over half its text"] == ["a.eml"]


HEADERS = "Subject The guide to touring From Amina amina example org Received by mx example net"


@pytest.mark.parametrize(("broken", "hits"), [(b"no header at all\r\n", 0), (b"", 1)])
def test_it_counts_headers_as_read_only_where_others_take_them_for_text(broken, hits):
    raw = b"From: amina@example.org\r\n" + broken + b"Subject: The guide to touring\r\n"
    raw += b"Received: from amina@example.org by mx.example.net\r\n\r\nYes.\r\n"
    tally = checked(Sample("a.eml", raw, "human"), naive=lambda raw: HEADERS)
    assert tally.scores["human mail that lost over half its text"].hits == hits


@pytest.mark.parametrize(
    ("naive", "got", "lost"),
    [
        ("one two three four five six", "one two", True),
        ("one two three four five six", "one two three", False),
        ("one two three", "", False),
        # One word of spaced-out letters, and letters in another charset.
        ("g u i d e s o n t o u r", "guides on tour", False),
        ("ñåãîäíÿ ÿ ïèøó âàì ïèñüìî", "сегодня я пишу вам письмо", False),
        # The reader opened what a naive one takes for text.
        ("See below. " + "\n".join(["QUJD" * 19] * 20), "See below. ABC", False),
        ("", "one", False),
    ],
)
def test_it_tells_lost_text_from_text_read_otherwise(naive, got, lost):
    assert corpus_scores.lost(naive, got) is lost


def test_it_does_not_miss_what_a_bounce_returns_nor_ciphertext():
    bounce = (
        b"From: MAILER-DAEMON@mx.example.org\r\nReturn-Path: <>\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nX-Failed-Recipients: dee@example.net\r\n"
        b"\r\nIt could not be delivered.\r\n"
    )
    cipher = b"From: a@example.org\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n"
    tally = checked(
        Sample("b.eml", bounce), Sample("c.eml", cipher), Sample("a.eml", LETTER),
        naive=lambda raw: LONG,
    )  # fmt: skip
    assert (tally.lost, tally.lost_names) == (1, ["a.eml"])


def test_it_counts_the_html_beside_the_plain_text_without_a_goal():
    expected = {"zammad": {"body": "Only the page says this"}}
    tally = checked(
        Sample("a.eml", LETTER, "", "", expected), page=lambda raw: "Only the page says this"
    )
    found = {goal.name: (score.hits, goal.met(score)) for goal, score in tally.goals()}
    assert found["text as expected (Zammad)"] == (0, False)
    assert found["... or as expected in its HTML (Zammad)"] == (1, None)


def test_it_takes_the_kind_from_triage_and_counts_its_conclusions():
    def triage(message):
        return Triage(
            kind=Finding(Kind.BULK),
            language=Finding("", undetermined=True),
            country=Finding("DE"),
            urgency=Finding(Urgency.CONCERN),
            topics=(),
            route=Finding(Route.OTHER),
            matches=(),
            text="",
            quoted_text="",
        )

    tally = checked(Sample("a.eml", LETTER), triage=triage)
    assert tally.checked[0].kind == "bulk"
    assert tally.concluded == {
        "urgency": {"concern": 1},
        "route": {"other": 1},
        "language": {"undetermined": 1},
        "country": {"DE": 1},
    }


def test_it_counts_a_file_that_could_not_be_opened_as_failed():
    tally = checked(Sample("x.eml", b"", trouble="Permission denied"), Sample("a.eml", LETTER))
    assert tally.failed == [("x.eml", "Permission denied")]
    assert tally.missed["mails that could not be read"] == ["x.eml"]
    assert [one.name for one in tally.checked] == ["a.eml"]


def test_it_judges_own_words_by_the_texts_the_goal_was_set_for():
    tally = checked()
    quoted = [Quoted(f"{src}/q", "Yes.\n\n> No?\n", "Yes.") for src in ("us", "mailgun/talon")]
    corpus.check_quotes(tally, quoted)
    assert {name: score.of for name, score in tally.scores.items()} == {
        "own words exact (quoted replies)": 1,
        "own words exact (Talon's replies)": 1,
    }


def test_it_goes_on_after_a_mail_that_cannot_be_read_and_quotes_nothing():
    def reader(raw):
        if raw == b"poison":
            raise ValueError("a person's words")
        return read(raw)

    tally = checked(Sample("p.eml", b"poison"), Sample("a.eml", LETTER), reader=reader)
    ((name, cause),) = tally.failed
    assert (name, len(tally.checked)) == ("p.eml", 1)
    assert cause.startswith("ValueError:")
    assert "words" not in json.dumps(tally.failed)


def test_it_names_mails_that_took_too_long():
    assert [one.name for one in checked(Sample("a", LETTER), seconds=3.0).slow()] == ["a"]
    assert checked(Sample("a", LETTER), seconds=0.1).slow() == []


def test_it_names_the_slowest_first():
    ticks = iter([0.0, 0.1, 1.0, 1.5, 2.0, 2.2])
    tools = Tools(read, lambda raw: "", lambda: next(ticks), lambda raw: "")
    tally = corpus.check([Sample(name, LETTER) for name in ("a", "b", "c")], tools)
    assert [one.name for one in tally.slowest(2)] == ["b", "c"]


def test_it_shows_the_mails_most_was_wrong_with_first():
    tally = checked(
        Sample("fine", LETTER), Sample("broken", b"junk\r\n\xff\xfe"), Sample("none", b"")
    )
    worst = [one.name for one in tally.worst(5)]
    assert "fine" not in worst
    assert set(worst) == {"broken", "none"}
    assert len(tally.worst(1)) == 1


def test_it_counts_own_words_of_quoted_replies():
    tally = checked()
    corpus.check_quotes(
        tally,
        [
            Quoted("good", "Yes.\n\n> No?\n", "Yes."),
            Quoted("bad", "Yes.\n\n> No?\n", "Something else."),
        ],
    )
    assert tally.missed == {"own words exact (quoted replies)": ["bad"]}
