"""Alembic's entry: runs the migrations on the connection that ``store.upgrade`` hands it."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can undo schema changes; a migration that fails half way leaves nothing behind.
    transactional_ddl=True,
)
context.run_migrations()
