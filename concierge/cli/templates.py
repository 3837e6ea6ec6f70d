"""`concierge templates`: check them, and see one filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from concierge.cli import show
from concierge.cli.lint_view import print_lint
from concierge.cli.options import Files, Flag
from concierge.domain.findings import URGENT, Route, Urgency


def lint(path: Path | None = None, *, json: Flag = False, files: Files | None = None) -> int:
    """Check all templates; every fault with file, line and remedy. Exit code 2 on errors.

    Parameters
    ----------
    path
        The folder; without it, the config's, or the one that ships with the program.
    json
        One JSON object.
    """
    from concierge.store.templates import lint_templates

    found = (files or Files()).find()
    return print_lint(lint_templates(path or found.templates, found.rules), json=json)


def preview(
    language: str,
    kind: str,
    /,
    *,
    country: str = "",
    json: Flag = False,
    files: Files | None = None,
) -> int:
    """A template filled with a sample case.

    Parameters
    ----------
    language
        Such as en or pt-BR.
    kind
        Such as care_navigation or crisis.
    country
        Where the sample person is.
    json
        One JSON object.
    """
    from concierge.rules.drafting import DraftFacts, draft, parse_templates
    from concierge.rules.matching import Wanted, index, match
    from concierge.store.directory import load_directory
    from concierge.store.templates import read_templates

    found = (files or Files()).find()
    urgency = Urgency.HIGH if kind in {"crisis", "worried"} else Urgency.CONCERN
    route = Route(kind) if kind in set(Route) else Route.CARE_NAVIGATION
    wanted = Wanted(
        country=country.upper(), home="", language=language[:2], urgency=urgency,
        topics=("anxiety",), route=route, text="",
    )  # fmt: skip
    made = draft(
        parse_templates(read_templates(found.templates)),
        kind_of_reply=kind,
        language=language,
        facts=DraftFacts(
            charity=found.charity,
            staff_signature=found.signature,
            today=datetime.now(UTC).date(),
            requester_name="Amina",
            their_subject="A question",
            reference="Ref: C-12-0-EXAMPLE000",
            country_known=bool(country),
            urgent=urgency in URGENT,
            programme=found.routes.of(route).programme,
            questions=found.routes.of(route).asks(country_known=bool(country)),
        ),
        matches=match(index(load_directory(found.directory)), wanted),
    )
    if json:
        show.data({"language": made.language, "fallback_from": made.fallback_from or None,
                   "template": made.template, "subject": made.subject, "text": made.text,
                   "cautions": made.cautions})  # fmt: skip
        return 0
    for caution in made.cautions:
        print(f"! {caution}")
    print(f"Subject: {made.subject}\n")
    show.text(made.text)
    return 0
