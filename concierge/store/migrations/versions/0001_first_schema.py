"""The first schema, whose statements stand in the SQL file of the same name."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    # Statements are parted by blank lines: a trigger holds semicolons of its own.
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("\n\n"):
        op.execute(statement)
