"""How a lint's findings are printed."""

from __future__ import annotations

from concierge.cli import show
from concierge.store.lint import LintReport

#: Warnings shown to a person; all of them are in `--json`.
_SHOWN = 20


def print_lint(found: LintReport, *, json: bool) -> int:
    """Print errors, then warnings; the exit code: 2 when there are errors."""
    if json:
        show.data({"errors": found.errors, "warnings": found.warnings})
        return 2 if found.errors else 0
    for error in found.errors:
        show.sentence(f"error: {error}", limit=600)
    for warning in found.warnings[:_SHOWN]:
        show.sentence(f"warning: {warning}", limit=600)
    if len(found.warnings) > _SHOWN:
        print(f"... and {len(found.warnings) - _SHOWN} more warnings; --json lists all.")
    print(f"{show.counted(len(found.errors), 'error')}, "
          f"{show.counted(len(found.warnings), 'warning')}")  # fmt: skip
    return 2 if found.errors else 0
