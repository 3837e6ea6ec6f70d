"""`concierge resources`: the directory and what it would propose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.lint_view import print_lint
from concierge.cli.options import Files, Flag
from concierge.domain.findings import Route, Urgency
from concierge.domain.resource import Resource, ResourceKind


def list_(
    *,
    country: str = "",
    kind: ResourceKind | None = None,
    json: Flag = False,
    files: Files | None = None,
) -> int:
    """Resources by country and kind.

    Parameters
    ----------
    country
        ISO code such as DE, or INTL.
    kind
        Such as crisis_line.
    json
        One JSON object a line.
    """
    from concierge.store.directory import load_directory

    found = [
        row
        for row in load_directory((files or Files()).find().directory)
        if row.country == (country.upper() or row.country) and row.kind == (kind or row.kind)
    ]
    if json:
        show.rows(_as_dict(row) for row in found)
        return 0
    show.table(
        ("id", "country", "kind", "name", "phone", "hours", "languages", "verified"),
        ([row.id, row.country, row.kind.value, row.name, row.phone, _hours(row),
          " ".join(row.languages), str(row.verified_on or "never")] for row in found),
        empty="No such resource.",
        gives_way="name",
        first_to_go=("languages", "verified", "id", "kind"),
    )  # fmt: skip
    return 0


def lint(path: Path | None = None, *, json: Flag = False, files: Files | None = None) -> int:
    """Check the directory; every fault with file, line, column and remedy. Exit code 2 on errors.

    Parameters
    ----------
    path
        The file; without it, the config's, or the one that ships with the program.
    json
        One JSON object.
    """
    from concierge.store.directory import lint_directory

    return print_lint(lint_directory(path or (files or Files()).find().directory), json=json)


def match(
    *,
    country: str = "",
    language: str = "",
    urgency: Urgency = Urgency.ROUTINE,
    topic: Annotated[list[str] | None, Parameter(negative=())] = None,
    route: Route = Route.CARE_NAVIGATION,
    text: str = "",
    json: Flag = False,
    files: Files | None = None,
) -> int:
    """What would be proposed, and why.

    Parameters
    ----------
    country
        ISO code of where the person is now; empty when unknown.
    language
        ISO 639-1 code.
    urgency
        How urgent.
    topic
        A topic; may be given more than once.
    route
        The programme.
    text
        Words of the person.
    json
        One JSON object a line.
    """
    from concierge.rules.matching import Wanted, index
    from concierge.rules.matching import match as propose
    from concierge.store.directory import load_directory

    wanted = Wanted(
        country=country.upper(), home="", language=language, urgency=urgency,
        topics=tuple(topic or ()), route=route, text=text,
    )  # fmt: skip
    found = propose(index(load_directory((files or Files()).find().directory)), wanted)
    rows: list[dict[str, Any]] = [
        {"id": m.resource.id, "name": m.resource.name, "score": m.score,
         "evidence": [item.note or item.found for item in m.evidence]}
        for m in found
    ]  # fmt: skip
    if json:
        show.rows(rows)
        return 0
    show.table(
        ("resource", "score", "because"),
        ([str(row["name"]), f"{row['score']:.0f}", "; ".join(row["evidence"])] for row in rows),
        empty="Nothing fits.",
    )
    return 0


def _hours(row: Resource) -> str:
    return "24/7" if row.open_24_7 else row.hours or "not confirmed"


def _as_dict(row: Resource) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
