"""Templates are read whole, and checked before any mail depends on them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from concierge.errors import FaultyInput
from concierge.rules.template_faults import KINDS
from concierge.store.templates import lint_templates, read_templates
from tests.support.reply_words import WHOLE, WORDS

SHIPPED = Path(__file__).parents[3] / "templates"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in ("en", "fr", "pt"):
        shutil.copytree(SHIPPED / language, tmp_path / "templates" / language)
    return tmp_path / "templates"


def test_it_reads_every_template_by_its_key() -> None:
    sources = read_templates(SHIPPED)
    for language in WHOLE:
        assert {f"{language}/{kind}.txt.j2" for kind in KINDS} <= set(sources)


def test_the_shipped_templates_have_no_fault_and_say_that_nobody_reviewed_them() -> None:
    lint = lint_templates(SHIPPED)
    assert lint.errors == ()
    assert lint.ok
    unreviewed = [warning for warning in lint.warnings if "no native speaker" in warning]
    assert [warning.partition(":")[0] for warning in unreviewed] == sorted(WORDS)
    lacking = [warning for warning in lint.warnings if "no template for" in warning]
    assert [warning.partition(":")[0] for warning in lacking] == sorted({*WORDS} - {*WHOLE})
    assert not any(re.search(r"\b(?:crisis|worried|unreadable)\b", warning) for warning in lacking)
    assert len(lint.warnings) == len(unreviewed) + len(lacking)


def test_a_reviewed_template_is_no_longer_counted(folder: Path) -> None:
    path = folder / "fr" / "guide.txt.j2"
    path.write_text(path.read_text().replace("reviewed_by:", "reviewed_by: amelie"))
    assert any(w.startswith("fr: 9 templates") for w in lint_templates(folder).warnings)


def test_it_warns_of_a_kind_a_language_lacks(folder: Path) -> None:
    (folder / "pt" / "guide.txt.j2").unlink()
    assert any(w.startswith("pt: no template for guide;") for w in lint_templates(folder).warnings)


@pytest.mark.parametrize("number", ["116 123", "+353 1 518 0277", "0800-111", "988", "(01) 234"])
def test_it_refuses_a_phone_number_typed_into_a_template(folder: Path, number: str) -> None:
    path = folder / "en" / "guide.txt.j2"
    lines = path.read_text().splitlines()
    lines[12] = f"Call {number} now."
    path.write_text("\n".join(lines))
    (error,) = lint_templates(folder).errors
    assert error.startswith("en/guide.txt.j2:13: ")
    assert "from the directory" in error


def test_it_allows_what_is_no_number(folder: Path) -> None:
    path = folder / "en" / "guide.txt.j2"
    text = path.read_text().replace("large print", "print of 24 points, 24/7 {# 116 123 #}")
    path.write_text(text)
    assert lint_templates(folder).errors == ()


def test_it_names_a_syntax_fault_with_its_line(folder: Path) -> None:
    path = folder / "en" / "guide.txt.j2"
    path.write_text(path.read_text().replace("large print", "large {{ print"))
    (error,) = lint_templates(folder).errors
    assert error.startswith("en/guide.txt.j2:")
    assert ";" in error


def test_it_names_a_file_that_is_not_utf8(folder: Path) -> None:
    path = folder / "fr" / "guide.txt.j2"
    path.write_bytes(path.read_bytes() + "\nCafé".encode("latin-1"))
    with pytest.raises(FaultyInput, match=r"fr/guide\.txt\.j2:\d+: not UTF-8"):
        read_templates(folder)
    assert any("not UTF-8" in error for error in lint_templates(folder).errors)


def test_it_reads_lines_ended_by_windows(folder: Path) -> None:
    path = folder / "en" / "guide.txt.j2"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert lint_templates(folder).errors == ()
    assert "\r" not in read_templates(folder)["en/guide.txt.j2"]


def test_it_needs_at_least_one_template(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="check the path"):
        read_templates(tmp_path)
    assert not lint_templates(tmp_path).ok
