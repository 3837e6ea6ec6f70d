"""Cases that are merged, linked or part of a flood; their tables are rebuilt in the SQL file."""

from __future__ import annotations

from concierge.store.migrations import run_statements

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_statements(__file__)
