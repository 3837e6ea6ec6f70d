"""Write docs/commands.md from the program itself: every command, argument and option.

Run it after changing a command: ``python tools/make_commands.py``. A test says when it is due.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concierge.cli.app import build
from concierge.cli.commands import NOUNS, PANELS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"

#: What an option's value is called, where that is not the option's own name.
_VALUES = {"AS": "NAME", "BODY-FILE": "FILE", "CONFIG": "FILE", "JSONL": "FILE"}

_HEAD = """\
# Commands

Made by `tools/make_commands.py` from the program; do not edit by hand.

Every command takes `--help`. Options come after the command: `concierge queue --json`.
`--json` prints one object a line in plain ASCII, so that nothing a stranger wrote can drive a
terminal. For people, everything that came by mail is printed without escapes, controls and
direction marks. On a terminal, lists are cut to its width and long lines folded between words;
into a file or a pipe they go whole.

## Who you are

What changes something is done in the name of a member of staff, and the case's history says whose.
The desk takes, in this order: `--as NAME`, the environment variable `CONCIERGE_STAFF`, the entry of
`[[staff]]` in the config whose `system_user` you are. Anybody else is refused with exit code 4.

## Saying yes

A command that needs a yes asks on the terminal. Without a terminal it refuses; `--yes` says it
beforehand. `concierge draft approve` shows the draft and then asks. With `--yes` it shows nothing,
so it wants to know which revision you have read: `concierge draft show 31 --json` tells it, and
`concierge draft approve 31 --revision 2 --yes` is refused when anybody has edited the draft since.

## Exit codes

| code | meaning |
|---|---|
| 0 | It went well. |
| 1 | It failed: the program or the machine has a fault; `doctor` and `health` found trouble. |
| 2 | It was asked wrongly, was told no, or a config, template or directory file has faults. |
| 3 | The desk's rules forbid it now: stale draft, case held by somebody else, wrong state. |
| 4 | A mail server refused the login, or you are not named as staff. |
| 5 | A server or the store is out of reach now; the same call may work later. |
| 130 | Ended by Ctrl-C; 129 and 143 stand for a closed terminal and for SIGTERM. |

What went wrong is one sentence on standard error, with what to do; a faulty file is followed by a
line a fault: `file:line:column: what is wrong; what would be right`. With `CONCIERGE_TRACE=1` in
the environment a fault of the program itself shows its traceback.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for title, names in PANELS:
        parts.append(f"\n## {title}\n")
        for path in (path for name in names for path in _paths(name)):
            parts.extend(_command(path))
    return "\n".join(parts).rstrip() + "\n"


def _paths(name: str) -> list[tuple[str, ...]]:
    return [(name, verb) for verb, _ in NOUNS[name][1]] if name in NOUNS else [(name,)]


def _command(path: tuple[str, ...]) -> Iterator[str]:
    app: Any = build(path)
    for name in path:
        app = app[name]
    arguments = [
        one for one in app.assemble_argument_collection(parse_docstring=True)
        if one.show and one.names and one.names[0] != "*"
    ]  # fmt: skip
    usage = " ".join(["concierge", *path, *(_usage(one) for one in arguments)])
    yield f"### `concierge {' '.join(path)}`\n"
    words = inspect.getdoc(app.default_command) or ""
    yield re.split(r"\n\s*Parameters\n\s*-+\n", words)[0].strip() + "\n"
    yield f"    {usage}".rstrip() + "\n"
    if arguments:
        yield "| | |\n|---|---|"
        yield from (_row(one) for one in arguments)
        yield ""


def _usage(argument: Any) -> str:
    name = argument.names[0]
    many = "..." if "VAR_POSITIONAL" in str(argument.field_info.kind) else ""
    shown = f"{name}{many}" if argument.hint is bool or not name.startswith("-") else _valued(name)
    return shown if argument.required else f"[{shown}]"


def _valued(name: str) -> str:
    plain = name.lstrip("-").upper()
    return f"{name} {_VALUES.get(plain, plain)}"


def _row(argument: Any) -> str:
    words = " ".join(str(argument.parameter.help or "").split())
    choices = argument.get_choices()
    if choices:
        words += " One of: " + ", ".join(f"`{choice}`" for choice in choices) + "."
    default = argument.field_info.default
    if default not in (None, "", False, True, 0, inspect.Parameter.empty):
        words += f" Without it: `{default}`."
    if argument.parameter.env_var:
        words += f" Also `{argument.parameter.env_var[0]}` in the environment."
    names = ", ".join(f"`{name}`" for name in argument.names)
    return f"| {names} | {words.replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE}\n")
    PAGE.write_text(page(), encoding="utf-8")
