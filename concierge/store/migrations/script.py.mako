"""${message}

Rebuilding a table drops its triggers: ``store.upgrade`` makes them again afterwards. Alembic does
not notice an added enum value in a CHECK: compare the schema's own statements.
"""

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}
