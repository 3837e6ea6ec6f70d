"""Renders the option table: as docs/configuration.md and as the explained config.toml.

``python -m concierge.config.reference config.toml`` and ``... docs/configuration.md`` write them.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from concierge.config.checks import Between
from concierge.config.options import SECTIONS, Option, options_of
from concierge.config.values import shown_in_toml

# The width that the explanations in config.toml are wrapped at; fits a plain terminal.
_WIDTH = 88

_TOML_HEAD = """\
# The config of the concierge desk. Fill in the lines marked REQUIRED; the desk tells of every
# fault with its line.
#
# A line such as #port = 993 shows a default: take the # away to change it.
# Relative paths count from this file's folder. No password stands here: see password_file.
"""

_MARKDOWN_HEAD = """\
# Configuration

Generated from the option table (`concierge/config/options.py`); change it there.

The desk reads one TOML file, `config.toml`. Relative paths in it count from its folder. All faults
are told at once, each as `config.toml:line:column: [section] key: what is wrong; what would be
right`. An unknown section or key is a fault too.

Passwords and the key never stand in the file. A password comes from the file named by
`password_file` or from the environment variable named by `password_env`; the key comes from
`key_file` or from `CONCIERGE_KEY`. Exactly one source must be there, and a file must not be usable
by others (`chmod o=`). A line end at the end of such a file is not part of the secret.

Durations are minutes or hours, such as `30m` or `4h`. In `promises.concern` and `promises.routine`
they count open office time, so `8h` is one working day of eight hours; in `promises.emergency` and
`promises.high` they count every hour of the day and night.
"""


def explained_toml(given: Mapping[tuple[str, str], Any] | None = None) -> str:
    """The explained config.toml: every option with its meaning and default.

    Args:
        given: raw values by section and key, such as ``{("mailbox", "host"): "imap.example.org"}``;
            they are written as live lines. Without them required options stand as empty values,
            which the loader refuses until they are filled in.
    """
    given = given or {}
    parts = [_TOML_HEAD]
    for section, about in SECTIONS.items():
        header = f"[[{section}]]" if section == "staff" else f"[{section}]"
        parts.append("\n".join((f"\n{_comment(about)}", header)) + "\n")
        repeats = _repeats(section)
        parts.extend(
            _toml_option(o, given, bare=repeats) for o in options_of(section) if not o.secret
        )
    return "".join(parts)


def _repeats(section: str) -> bool:
    """Whether the section before it explains the same keys: eight routes would fill pages."""
    routes = [name for name in SECTIONS if name.startswith("routes.")]
    return section in routes[1:]


def _toml_option(option: Option, given: Mapping[tuple[str, str], Any], *, bare: bool) -> str:
    explained = f"{option.meaning} {_type_sentence(option)}"
    line = f"#{option.key} = {shown_in_toml(option.default)}"
    here = (option.section, option.key)
    if option.required:
        explained = f"REQUIRED. {explained}"
        line = f"{option.key} = {_empty(option)}"
    if here in given:
        line = f"{option.key} = {shown_in_toml(given[here])}"
    return f"{line}\n" if bare else f"{_comment(explained)}\n{line}\n"


def _empty(option: Option) -> str:
    return "[]" if isinstance(option.example, list) else '""'


def _type_sentence(option: Option) -> str:
    name = _type_name(option).replace("`", '"')
    sentence = f"{name[0].upper()}{name[1:]}"
    if option.example is not None:
        sentence += f", such as {shown_in_toml(option.example)}"
    if option.otherwise:
        sentence += f"; empty means {option.otherwise}"
    return sentence + "."


def _type_name(option: Option) -> str:
    bounds = f" {option.check}" if isinstance(option.check, Between) else ""
    return option.type.name + bounds


def _comment(text: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def markdown() -> str:
    """The reference for docs/configuration.md."""
    parts = [_MARKDOWN_HEAD]
    for section, about in SECTIONS.items():
        title = f"[[{section}]]" if section == "staff" else f"[{section}]"
        parts.append(f"\n## `{title}`\n\n{about}\n\n")
        parts.append("| key | type | default | meaning |\n|---|---|---|---|\n")
        parts.extend(_rows(section))
    return "".join(parts)


def _rows(section: str) -> Iterator[str]:
    for option in options_of(section):
        cells = (
            f"`{option.key}`",
            _type_name(option),
            _default_cell(option),
            _meaning_cell(option),
        )
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


def _default_cell(option: Option) -> str:
    if option.secret:
        return "from outside"
    if option.required:
        return "**required**"
    return option.otherwise or f"`{shown_in_toml(option.default)}`"


def _meaning_cell(option: Option) -> str:
    if option.example is None:
        return option.meaning
    return f"{option.meaning} Example: `{shown_in_toml(option.example)}`"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(explained_toml() if target.suffix == ".toml" else markdown(), "utf-8")
