import io
from datetime import UTC, datetime, timedelta

import pytest

from concierge.cli import show


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=59), "0 min"),
        (timedelta(seconds=-59), "0 min"),
        (timedelta(minutes=-1), "-1 min"),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(hours=-3, minutes=-20), "-3 h 20 min"),
        (timedelta(days=2, hours=5, minutes=59), "2 d 5 h"),
        (timedelta(days=-1), "-1 d 0 h"),
    ],
)
def test_it_says_a_span_as_people_do(delta, said):
    assert show.span(delta) == said


def test_it_says_instants_and_counts():
    assert show.instant(datetime(2026, 11, 4, 9, 5, tzinfo=UTC)) == "2026-11-04 09:05 UTC"
    assert show.instant(None) == "-"
    assert [show.counted(n, "case") for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
    assert show.counted(2, "person", "people") == "2 people"


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    def of(columns):
        monkeypatch.setenv("COLUMNS", str(columns))
        made = Screen()
        monkeypatch.setattr("sys.stdout", made)
        return made

    return of


COLUMNS = ("case", "phone", "route", "subject")
ROWS = [("1", "116 123", "care_navigation", "a long subject that goes on"), ("22", "", "x", "问题")]


def test_it_cuts_nothing_into_a_pipe(capsys):
    show.table(COLUMNS, ROWS, empty="none")
    assert capsys.readouterr().out == (
        "case  phone    route            subject\n"
        "----  -------  ---------------  ---------------------------\n"
        "1     116 123  care_navigation  a long subject that goes on\n"
        "22             x                问题\n"
    )


def test_it_leaves_columns_out_and_shortens_one_on_a_narrow_terminal(screen):
    narrow = screen(40)
    show.table(COLUMNS, ROWS, empty="none", first_to_go=("route",))
    assert narrow.getvalue().splitlines() == [
        "case  phone    subject",
        "----  -------  -------------------------",
        "1     116 123  a long subject that goes…",
        "22             问题",
    ]


def test_it_leaves_out_more_columns_where_shortening_is_not_enough(screen):
    tiny = screen(20)
    show.table(COLUMNS, ROWS, empty="none", first_to_go=("route",), last_to_go=("phone",))
    assert tiny.getvalue().splitlines() == [
        "case  subject",
        "----  --------------",
        "1     a long subjec…",
        "22    问题",
    ]
    roomy = screen(40)
    show.table(COLUMNS, ROWS, empty="none", first_to_go=("route",), last_to_go=("phone",))
    assert "116 123" in roomy.getvalue()


def test_it_never_shortens_another_column_than_the_one_that_gives_way(screen):
    tiny = screen(20)
    show.table(COLUMNS, ROWS, empty="none", first_to_go=("route",))
    assert "116 123" in tiny.getvalue()


def test_it_says_when_there_is_nothing(capsys):
    show.table(COLUMNS, [], empty="Nobody is waiting.")
    assert capsys.readouterr().out == "Nobody is waiting.\n"


def test_it_folds_by_cells_and_keeps_the_indent(screen):
    narrow = screen(24)
    show.text("问题" * 12, indent="  | ")
    show.sentence("because of one reason or another", indent="      ")
    lines = narrow.getvalue().splitlines()
    assert lines[:3] == ["  | " + "问题" * 5, "  | " + "问题" * 5, "  | " + "问题" * 2]
    assert lines[3].startswith("      because")
    assert lines[4].startswith("        ")


def test_it_writes_json_that_is_ascii_alone(capsys):
    show.data({"a": "\x1b\u202e\ud83dé"})
    show.rows([{"at": datetime(2026, 1, 1, tzinfo=UTC)}])
    out = capsys.readouterr().out
    assert out == '{"a": "\\u001b\\u202e\\ud83d\\u00e9"}\n{"at": "2026-01-01 00:00:00+00:00"}\n'
