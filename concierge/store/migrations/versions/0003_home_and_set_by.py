"""Where a requester belongs beside where they are, and who of staff set what is known of them."""

from __future__ import annotations

from concierge.store.migrations import run_statements

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # The first schema made triggers of its own, which name the ledger; all are made again later.
    run_statements(__file__)
