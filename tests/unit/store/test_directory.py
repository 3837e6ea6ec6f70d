"""The directory is read whole or not at all, and every fault is named with its place."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concierge.domain.resource import ResourceKind
from concierge.errors import FaultyInput
from concierge.store.directory import COLUMNS, lint_directory, load_directory

_CELL = st.text(st.characters(codec="utf-8"), max_size=12)
SHIPPED = Path(__file__).parents[3] / "data" / "resources.csv"
TODAY = date(2026, 11, 22)
GOOD = {
    "id": "ie-line",
    "name": "A line",
    "kind": "crisis_line",
    "country": "IE",
    "languages": "en;ga",
    "audience": "general",
    "topics": "suicide;crisis",
    "phone": "116 123; 1800 111 222",
    "hours": "24/7",
    "open_24_7": "yes",
    "active": "yes",
    "confidence": "high",
}


def written(tmp_path: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "resources.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_it_reads_a_row_as_curated(tmp_path: Path) -> None:
    checked = GOOD | {"verified_on": "2026-05-31", "verified_by": "bo", "priority": "1"}
    (row,) = load_directory(written(tmp_path, checked), today=TODAY)
    assert row.kind is ResourceKind.CRISIS_LINE
    assert row.phone == "116 123; 1800 111 222"
    assert row.languages == ("en", "ga")
    assert row.topics == ("suicide", "crisis")
    assert row.open_24_7 is True
    assert row.remote is None
    assert row.priority == 1
    assert row.verified(TODAY)


def test_it_reads_unknown_hours_as_unknown(tmp_path: Path) -> None:
    unknown = GOOD | {"hours": "", "open_24_7": "unknown"}
    (row,) = load_directory(written(tmp_path, unknown), today=TODAY)
    assert row.open_24_7 is None


@pytest.mark.parametrize("active", ["no", "paused"])
def test_it_leaves_out_rows_that_are_not_active(tmp_path: Path, active: str) -> None:
    assert load_directory(written(tmp_path, GOOD | {"active": active}), today=TODAY) == ()


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"id": ""}, "id", "id is empty"),
        ({"name": " "}, "name", "name is empty"),
        ({"kind": "hotline"}, "kind", "crisis_line"),
        ({"country": "UK"}, "country", "GB, not UK"),
        ({"country": "YD"}, "country", "ISO 3166-1"),
        ({"languages": "en;eng"}, "languages", "'eng'"),
        ({"languages": ""}, "languages", "what the line speaks"),
        ({"audience": "everyone"}, "audience", "general"),
        ({"topics": "Suicide, crisis"}, "topics", "anxiety;grief"),
        ({"phone": "0800 SAMARI"}, "phone", "not a number"),
        ({"phone": "0800 (309"}, "phone", "bracket"),
        ({"phone": "0800"}, "phone", "cut off"),
        ({"phone": "11"}, "phone", "cut off"),
        ({"sms": "HOME to 741741"}, "sms", "belong in notes"),
        ({"phone": ""}, "phone", "nobody can reach"),
        ({"hours": "Mon-Fri 09:00-17:00"}, "open_24_7", "closing times"),
        ({"open_24_7": ""}, "open_24_7", "yes, no or unknown"),
        ({"active": "true"}, "active", "paused"),
        ({"confidence": "sure"}, "confidence", "medium"),
        ({"priority": "first"}, "priority", "1 to 9"),
        ({"verified_on": "2026-12-24", "verified_by": "bo"}, "verified_on", "future"),
        ({"verified_on": "24.12.2025", "verified_by": "bo"}, "verified_on", "2026-05-31"),
        ({"verified_on": "2026-05-31"}, "verified_by", "initials"),
        ({"replaced_by": "ie-line"}, "active", "was replaced"),
        ({"active": "no", "replaced_by": "ie-other"}, "replaced_by", "names no row"),
        ({"name": "=cmd()"}, "name", "formula"),
        ({"name": "A\u200eline"}, "name", "invisible"),
    ],
)
def test_it_names_a_fault_with_its_place(
    tmp_path: Path, change: dict[str, str], column: str, words: str
) -> None:
    with pytest.raises(FaultyInput) as caught:
        load_directory(written(tmp_path, GOOD | change), today=TODAY)
    (fault,) = caught.value.faults
    assert fault.startswith(f"resources.csv:2:{COLUMNS.index(column) + 1}: ")
    assert words in fault
    assert ";" in fault


def test_it_names_every_fault_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD | {"kind": "x", "country": "UK"}, GOOD, GOOD)
    with pytest.raises(FaultyInput) as caught:
        load_directory(path, today=TODAY)
    assert [fault.split(":")[1] for fault in caught.value.faults] == ["2", "2", "3", "4"]
    assert "line 2 too" in caught.value.faults[2]
    assert "4 faults" in caught.value.summary


def test_it_counts_lines_as_an_editor_does(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD | {"notes": "one\ntwo"}, GOOD | {"id": "b", "country": "UK"})
    lint = lint_directory(path, today=TODAY)
    assert any(line.startswith("resources.csv:4:4: ") for line in lint.errors)


def test_it_takes_two_digits_for_an_emergency_number(tmp_path: Path) -> None:
    row = GOOD | {"kind": "emergency", "phone": "17"}
    assert load_directory(written(tmp_path, row), today=TODAY)[0].phone == "17"


def test_it_names_unknown_and_missing_columns(tmp_path: Path) -> None:
    header = (*COLUMNS[:-1], "note")
    lint = lint_directory(written(tmp_path, GOOD, header=header), today=TODAY)
    assert [line.split(":")[2] for line in lint.errors] == ["29", "29"]
    assert "unknown column 'note'" in lint.errors[0]
    assert "'notes' is missing" in lint.errors[1]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "'id' is missing"),
        (b"\xef\xbb\xbfid,name\n", "byte order mark"),
        (b"id\n\xff\n", "resources.csv:2:1: not UTF-8"),
        (",".join(COLUMNS).encode() + b"\na,b\n", "2 fields where 29"),
        (",".join(COLUMNS).encode() + b'\n"a"b,c\n', "check the quotes"),
        (",".join(reversed(COLUMNS)).encode() + b"\n", "another order"),
    ],
)
def test_it_names_what_is_wrong_with_the_file(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "resources.csv"
    path.write_bytes(raw)
    with pytest.raises(FaultyInput, match="fault") as caught:
        load_directory(path, today=TODAY)
    assert words in str(caught.value)


def test_it_reports_a_missing_file(tmp_path: Path) -> None:
    lint = lint_directory(tmp_path / "resources.csv", today=TODAY)
    assert "cannot be read" in lint.errors[0]
    assert not lint.ok


def test_it_warns_of_what_needs_looking_after(tmp_path: Path) -> None:
    old = GOOD | {"verified_on": "2025-01-01", "verified_by": "bo"}
    other = GOOD | {"id": "gb-line", "country": "GB", "hours": "", "open_24_7": "unknown"}
    low = GOOD | {"id": "gb-low", "country": "GB", "phone": "116 123", "confidence": "low"}
    lint = lint_directory(written(tmp_path, old, other, low), today=TODAY)
    text = "\n".join(lint.warnings)
    assert lint.ok
    assert "3 of 3 active rows were not verified" in text
    assert "1 crisis lines name no hours" in text
    assert "no emergency number for GB, IE" in text
    assert "no INTL directory row" in text
    assert "resources.csv:4:28: low, yet active" in text
    assert "resources.csv:3:9: the number of ie-line in another country" in text


def test_it_does_not_warn_of_a_row_checked_this_year(tmp_path: Path) -> None:
    fresh = GOOD | {"verified_on": "2026-05-31", "verified_by": "bo"}
    lint = lint_directory(written(tmp_path, fresh), today=TODAY)
    assert "not verified" not in "\n".join(lint.warnings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.dictionaries(st.sampled_from(COLUMNS), _CELL))
def test_it_reads_anything_or_says_what_is_wrong(
    tmp_path: Path, thing: bytes | dict[str, str]
) -> None:
    if isinstance(thing, bytes):
        path = tmp_path / "resources.csv"
        path.write_bytes(",".join(COLUMNS).encode() + b"\n" + thing)
    else:
        path = written(tmp_path, GOOD | thing)
    lint = lint_directory(path, today=TODAY)
    if lint.ok:
        load_directory(path, today=TODAY)
    else:
        with pytest.raises(FaultyInput):
            load_directory(path, today=TODAY)


def test_the_shipped_directory_has_no_fault() -> None:
    assert lint_directory(SHIPPED, today=TODAY).errors == ()


def test_the_shipped_directory_claims_no_verification_and_keeps_a_last_resort() -> None:
    rows = load_directory(SHIPPED, today=TODAY)
    ids = {row.id for row in rows}
    assert {"intl-find-a-helpline-throughline", "intl-befrienders-worldwide"} <= ids
    assert not [row.id for row in rows if row.verified_on]
    assert not [row.id for row in rows if row.confidence == "low"]
    # Names are printed to a requester; what a curator has to say belongs in notes.
    assert not [row.name for row in rows if "in source" in row.name]
    # A star code and a short code stand as published: an international form would not dial.
    phones = {row.phone for row in rows}
    assert {"*4141", "3114", "988"} <= phones
