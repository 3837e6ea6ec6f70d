"""docs/commands.md says what the program does."""

import importlib.util
import subprocess
import sys

import pytest
from support.deployment import ROOT

from concierge.cli.app import build, overview
from concierge.cli.commands import COMMANDS, NOUNS, PANELS
from concierge.errors import ConciergeError

PAGE = ROOT / "docs" / "commands.md"


def every_command():
    yield from ((name,) for name, _, _ in COMMANDS)
    yield from ((noun, verb) for noun, (_, verbs) in NOUNS.items() for verb, _ in verbs)


def test_it_is_up_to_date():
    spec = importlib.util.spec_from_file_location("make_commands", ROOT / "tools/make_commands.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.page() == PAGE.read_text(encoding="utf-8"), "run python tools/make_commands.py"


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_it_names_every_command_and_option_of_the_help(path, capsys):
    build(path)([*path, "--help"], result_action="return_value")
    helped = capsys.readouterr().out
    section = PAGE.read_text().split(f"### `concierge {' '.join(path)}`\n")[1].split("\n### ")[0]
    options = {word for word in helped.split() if word.startswith("--")}
    assert options
    for option in options - {"--help", "--version"}:
        assert option.rstrip(".,;") in section
    # The short line of `concierge --help` must not be all there is.
    assert "Parameters" in helped or "Arguments" in helped


def test_it_shows_every_command_once_in_a_panel():
    names = [name for _, names in PANELS for name in names]
    assert sorted(names) == sorted([name for name, _, _ in COMMANDS] + list(NOUNS))


def test_it_overviews_every_command_within_eighty_columns():
    shown = overview()
    for name in [*(name for name, _, _ in COMMANDS), *NOUNS]:
        assert f"\n  {name} " in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_it_overviews_without_loading_what_the_commands_need():
    words = "import sys; from concierge.cli.app import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "concierge.cli.app" in loaded
    assert not {"cyclopts", "rich", "sqlmodel", "concierge.bootstrap"} & loaded


def test_it_explains_every_exit_code():
    codes = {kind.exit_code for kind in _kinds(ConciergeError)}
    page = PAGE.read_text()
    for code in codes | {0, 130}:
        assert f"\n| {code} | " in page


def _kinds(kind):
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)
