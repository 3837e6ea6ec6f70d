"""From parsed TOML to typed values, section by section, gathering every fault on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concierge.config import faults as f
from concierge.config.faults import Fault
from concierge.config.options import OPTIONS, SECTIONS, Option, options_of
from concierge.config.values import Unfit, quoted

#: The values of one section, or of one [[staff]] block, that could be read.
Block = dict[str, Any]
#: Every section's blocks: one each, but any number of staff.
Values = dict[str, list[Block]]

#: Words that tell that a key was meant to hold a secret.
_SECRET_WORDS = ("passw", "pwd", "secret", "token", "api_key", "private")


#: What the sections within a nested one are, and how a fault introduces those there are.
_INNER = {"promises": ("urgency", "promises are made for"), "routes": ("route", "routes are")}


def read_values(raw: dict[str, Any], folder: Path) -> tuple[Values, list[Fault]]:
    """Every value that is right, and a fault for each that is not.

    Relative paths count from ``folder``.
    """
    found = list(_unknown_sections(raw))
    values: Values = {}
    for section in SECTIONS:
        values[section] = []
        for path, block in _blocks(raw, section, found):
            found.extend(_unknown_keys(path, section, block))
            read: Block = {}
            for option in options_of(section):
                _read_one(option, path, block, folder, read, found)
            values[section].append(read)
    return values, found


def _blocks(
    raw: dict[str, Any], section: str, found: list[Fault]
) -> Iterator[tuple[f.Path, dict[str, Any]]]:
    outer, _, inner = section.partition(".")
    content = raw.get(outer, {})
    path: f.Path = (outer,)
    if inner:
        # A wrong [promises] is told once, by _unknown_sections.
        content = content.get(inner, {}) if isinstance(content, dict) else {}
        path = (outer, inner)
    if section == "staff":
        yield from _staff_blocks(content if "staff" in raw else [], found)
    elif isinstance(content, dict):
        yield path, content
    else:
        found.append(Fault(path, f"is not a section; write [{section}] on a line of its own, once"))


def _staff_blocks(content: Any, found: list[Fault]) -> Iterator[tuple[f.Path, dict[str, Any]]]:
    if not isinstance(content, list) or not all(isinstance(block, dict) for block in content):
        found.append(Fault(("staff",), "is one block a person; write [[staff]] in double brackets"))
        return
    if not content:
        found.append(
            Fault(
                ("staff",),
                'nobody may answer; add a block [[staff]] with a name, such as name = "Bo"',
            )
        )
    for number, block in enumerate(content):
        yield ("staff", number), block


def _read_one(
    option: Option,
    path: f.Path,
    block: dict[str, Any],
    folder: Path,
    read: Block,
    found: list[Fault],
) -> None:
    here = (*path, option.key)
    if option.secret:
        if option.key in block:
            found.append(Fault(here, _secret_sentence(option.section)))
        return
    if option.required and option.key not in block:
        found.append(Fault(here, f"is missing; add a line such as {_sample(option)}"))
        return
    try:
        value = option.type.read(block.get(option.key, option.default))
    except Unfit as unfit:
        found.append(Fault(here, str(unfit)))
        return
    if isinstance(value, Path):
        value = folder / value
    sentence = option.check(value) if option.check else None
    if sentence:
        found.append(Fault(here, sentence))
    else:
        read[option.key] = value


def _sample(option: Option) -> str:
    return f"{option.key} = {quoted(option.example)}"


def _secret_sentence(section: str) -> str:
    if section in ("mailbox", "outgoing"):
        variable = f"CONCIERGE_{section.upper()}_PASSWORD"
        return (
            "a password does not belong in this file; put it alone into a file that only the desk "
            f"can read and name that in [{section}] password_file, or set {variable} in the "
            "environment"
        )
    return (
        "a secret does not belong in this file; put it alone into a file that only the desk can "
        "read and name that in [secrets] key_file, or set CONCIERGE_KEY in the environment"
    )


def _unknown_keys(path: f.Path, section: str, block: dict[str, Any]) -> Iterator[Fault]:
    known = [option.key for option in options_of(section)]
    for key in block:
        if key not in known:
            yield Fault((*path, key), _unknown_key(section, key, known))


def _unknown_key(section: str, key: str, known: list[str]) -> str:
    # A secret under any name gets the remedy; "passwordfile" is a slip and no secret.
    public = [name for name in known if name not in ("password", "key")]
    secretive = any(word in key.casefold() for word in _SECRET_WORDS)
    near = _near(key, public, 0.85 if secretive else 0.6)
    if secretive and not near:
        return _secret_sentence(section)
    homes = _homes(key)
    if homes:
        return f"does not belong here; put it into {homes}"
    if near:
        return f'is not known; did you mean "{near}"?'
    return f"is not known; known here are {', '.join(public)}"


def _unknown_sections(raw: dict[str, Any]) -> Iterator[Fault]:
    outer_names = list(dict.fromkeys(section.partition(".")[0] for section in SECTIONS))
    for name, content in raw.items():
        if name not in outer_names:
            bare = not isinstance(content, dict | list)
            sentence = _outside(name) if bare else _unknown_section(name, outer_names)
            yield Fault((name,), sentence, bare)
    for outer in f.NESTED:
        yield from _unknown_inner(outer, raw.get(outer, {}))


def _unknown_inner(outer: str, content: Any) -> Iterator[Fault]:
    what, told = _INNER[outer]
    if not isinstance(content, dict):
        yield Fault((outer,), f"is not a section; write one [{outer}.<{what}>] each")
        return
    names = _inner_names(outer)
    for name in content:
        if name not in names:
            known = ", ".join(names)
            yield Fault((outer, name), f"is no {what}; {told} {known}{_hint(outer, name)}")


def _inner_names(outer: str) -> list[str]:
    return [s.removeprefix(f"{outer}.") for s in SECTIONS if s.startswith(f"{outer}.")]


def _outside(name: str) -> str:
    homes = _homes(name)
    right = f"put it into {homes}" if homes else "every key stands under a [section]"
    return f"stands outside any section; {right}"


def _unknown_section(name: str, known: list[str]) -> str:
    near = _near(name, known)
    if near:
        written = "[[staff]]" if near == "staff" else f"[{near}]"
        return f"is no section; did you mean {written}?"
    return f"is no section; sections are {', '.join(known)}"


def _hint(outer: str, name: str) -> str:
    near = _near(name, _inner_names(outer))
    return f'; did you mean "{near}"?' if near else ""


def _homes(key: str) -> str:
    return " or ".join(f"[{o.section}]" for o in OPTIONS if o.key == key and not o.secret)


def _near(name: str, known: list[str], likeness: float = 0.6) -> str:
    import difflib

    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=likeness)
    return near[0] if near else ""
