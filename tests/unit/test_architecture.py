"""What the layers cannot say: sizes, what an import costs, and that the pages name everything."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest

from concierge.cli.commands import COMMANDS, NOUNS
from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.findings import Kind, Route, Urgency
from concierge.domain.ledger import LedgerState
from concierge.domain.sla import ClockKind, Standing

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "concierge").rglob("*.py"))
#: A module one can read in one sitting, a function one can see at once.
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_MEDIAN = 250, 50, 12
#: What is longer today, by how much at most; nothing is to be added here.
LONGER: dict[str, int] = {}
ARCHITECTURE, PAGE = ROOT / "docs" / "architecture.md", ROOT / "docs" / "commands.md"
HEAVY = ("sqlmodel", "sqlalchemy", "aiosmtplib", "imapclient", "langdetect", "pydantic")
_NO_NETWORK = (
    "import socket\n"
    "def no(*a, **k): raise SystemExit('connected to something')\n"
    "socket.socket.connect = socket.create_connection = socket.getaddrinfo = no\n"
)


def functions() -> dict[str, int]:
    """Every function's length in lines without its signature and docstring.

    A command's signature is the table of its options, and its docstring their help.
    """
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                found[name] = (node.end_lineno or node.lineno) - _first_line(node.body) + 1
    return found


def _first_line(body: list[ast.stmt]) -> int:
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1 if documented and len(body) > 1 else 0].lineno


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_keeps_modules_readable(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= LONGER.get(str(path.relative_to(ROOT)), LONGEST_MODULE)


def test_it_keeps_functions_short():
    lengths = functions()
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert statistics.median(lengths.values()) <= LONGEST_MEDIAN


@pytest.mark.parametrize("module", ["concierge.cli.app", "concierge.store.views"])
def test_it_loads_nothing_heavy_for_what_must_be_quick(module):
    code = f"import sys, {module}\nprint(*(m for m in {HEAVY} if m in sys.modules))"
    assert run(code).split() == []


def test_it_connects_nowhere_by_being_imported():
    assert run(_NO_NETWORK + "import concierge.worker") == ""


@pytest.mark.parametrize(
    "states",
    [CaseState, DraftState, OutboxState, LedgerState, Standing, Kind, Route, Urgency, ClockKind],
)
def test_it_names_every_state_on_the_page_of_the_architecture(states: type[StrEnum]):
    if not ARCHITECTURE.is_file():
        pytest.skip("docs/architecture.md is not written yet")
    page = ARCHITECTURE.read_text(encoding="utf-8")
    said = {word for word in states if f"`{word.value}`" in page}
    said |= {word for word in states if word.value.replace("_", " ") in page}
    assert set(states) - said == set()


def commands() -> list[str]:
    plain = [name for name, _, _ in COMMANDS]
    return plain + [f"{noun} {verb}" for noun, (_, verbs) in NOUNS.items() for verb, _ in verbs]


@pytest.mark.parametrize("command", commands())
def test_it_documents_every_command(command):
    if not PAGE.is_file():
        pytest.skip("docs/commands.md is not written yet")
    assert f"concierge {command}" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_it_mentions_only_commands_there_are(name):

    page = (ROOT / name).read_text(encoding="utf-8")
    known = {tuple(command.split()) for command in commands()}
    nouns = set(NOUNS)
    for quoted in re.findall(r"`concierge ([a-z][a-z -]*)[^`]*`", page):
        words = tuple(quoted.split())
        wanted = words[:2] if words[0] in nouns else words[:1]
        assert wanted in known or wanted in {(noun,) for noun in nouns}, quoted
