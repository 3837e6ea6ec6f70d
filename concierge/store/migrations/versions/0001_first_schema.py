"""The first schema, whose statements stand in the SQL file of the same name."""

from __future__ import annotations

from concierge.store.migrations import run_statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_statements(__file__)
