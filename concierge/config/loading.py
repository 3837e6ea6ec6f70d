"""Loads config.toml: the only place of the config room that reads files."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concierge.config import model as m
from concierge.config import sources
from concierge.config.agreement import disagreements
from concierge.config.faults import Fault, Places, told
from concierge.config.reading import Values, read_values
from concierge.domain.findings import Route, Urgency
from concierge.domain.sla import Promise
from concierge.errors import FaultyInput

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def load(
    path: Path, *, env: Mapping[str, str] | None = None, read_secrets: bool = True
) -> m.Config:
    """The config in ``path``, with every default filled in and relative paths made absolute.

    Args:
        path: the TOML file; relative paths in it count from its folder.
        env: where passwords and the key may come from; the process's environment by default.
        read_secrets: False for commands that need no password and no key; their secrets then
            raise when used.

    Raises:
        FaultyInput: the file has faults; all of them are listed, each with its line and column.
    """
    path = path.absolute()
    text = _read(path)
    values, faults = read_values(_parse(path, text), path.parent)
    faults.extend(disagreements(values))
    if read_secrets:
        faults.extend(sources.read_into(values, os.environ if env is None else env))
    else:
        sources.leave_unread(values)
    places = Places(text)
    if faults:
        raise _faulty(path, told(path.name, faults, places))
    for route in Route:
        values[f"routes.{route}"][0]["told_at"] = _resources_at(path.name, route, places)
    return _build(path, values)


def _resources_at(name: str, route: Route, places: Places) -> str:
    (at,) = told(name, [Fault(("routes", route.value, "resources"), "")], places)
    return at.removesuffix(": ")


def _read(path: Path) -> str:
    try:
        # Editors on Windows put a byte order mark first, which TOML does not know.
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        fault = "the file is not there; `concierge init` creates it, --config names another"
    except UnicodeDecodeError:
        fault = "the file is not UTF-8; save it as UTF-8"
    except OSError as error:
        fault = f"the file cannot be read ({error.strerror}); let the desk's user read it"
    raise _faulty(path, (f"{path.name}:1:1: {fault}",))


def _parse(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        told_at = _AT.search(str(error))
        line, column = (told_at[1], told_at[2]) if told_at else (None, None)
        end = len(text.splitlines()) or 1
        wrong = _AT.sub("", str(error))
        fault = f"{path.name}:{line or end}:{column or 1}: this is not TOML: {wrong}; " + (
            'a line reads key = "text", key = 12, key = true or key = ["a", "b"]'
        )
    raise _faulty(path, (fault,))


def _faulty(path: Path, faults: tuple[str, ...]) -> FaultyInput:
    number = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    return FaultyInput(f"The config {path} has {number}:", faults)


def _build(path: Path, values: Values) -> m.Config:
    one: dict[str, dict[str, Any]] = {s: blocks[0] for s, blocks in values.items() if s != "staff"}
    outgoing, report = one["outgoing"], one["report"]
    outgoing["from_name"] = outgoing["from_name"] or one["charity"]["name"]
    report["timezone"] = report["timezone"] or one["office"]["timezone"]
    staff = tuple(m.StaffMember(**block) for block in values["staff"])
    report["mail_to"] = report["mail_to"] or _supervisors(staff)
    return m.Config(
        path=path,
        charity=m.Charity(**one["charity"]),
        mailbox=m.MailboxSettings(**one["mailbox"]),
        outgoing=m.OutgoingSettings(**outgoing),
        store=m.StoreSettings(**one["store"]),
        secrets=m.SecretSettings(**one["secrets"]),
        directory=m.Place(**one["directory"]),
        templates=m.Place(**one["templates"]),
        rules=m.Place(**one["rules"]),
        staff=staff,
        office=m.OfficeSettings(**one["office"]),
        promised={urgency: Promise(**one[f"promises.{urgency}"]) for urgency in Urgency},
        routes={route: m.RouteSettings(**one[f"routes.{route}"]) for route in Route},
        report=m.ReportSettings(**report),
        worker=m.WorkerSettings(**one["worker"]),
        cases=m.CaseSettings(**one["cases"]),
        logs=m.LogSettings(**one["logs"]),
    )


def _supervisors(staff: tuple[m.StaffMember, ...]) -> tuple[str, ...]:
    return tuple(member.email for member in staff if member.role == "supervisor" and member.email)
