"""The migrations, and how one whose statements stand in an SQL file is carried out."""

from __future__ import annotations

from pathlib import Path

from alembic import op


def run_statements(script: str) -> None:
    """Carry out the SQL file beside a migration's module, given by its ``__file__``.

    Statements are parted by blank lines: a trigger holds semicolons of its own.
    """
    for statement in Path(script).with_suffix(".sql").read_text("utf-8").split("\n\n"):
        op.execute(statement)
