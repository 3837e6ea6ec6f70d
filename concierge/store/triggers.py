"""Triggers: what the database itself refuses to forget, and the index of who wrote where.

Kept apart from the tables because a migration that rebuilds a table drops its triggers; the
upgrade makes every one of these again at its end.
"""

from __future__ import annotations

# ruff: noqa: S608 - the parts that are put together here are constants of this module

#: What never changes once it is in the outbox: a named person approved exactly these bytes to
#: exactly this address.
_FROZEN = (
    "case_id, draft_id, draft_revision, approved_by, approved_at, digest, sender, recipient,"
    " mail, message_id, message_id_index"
)


def _refuse(name: str, when: str, table: str, sentence: str) -> tuple[str, str]:
    return name, (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _index_sender(name: str, when: str, sender: str, case: str, source: str) -> tuple[str, str]:
    # Asked beforehand, because OR IGNORE here would be overridden by an upsert that fires this.
    return name, (
        f"CREATE TRIGGER {name} AFTER {when}"
        f" BEGIN INSERT INTO case_senders (sender_index, case_id) SELECT {sender}, {case}"
        f" FROM {source} AND NOT EXISTS (SELECT 1 FROM case_senders AS there"
        f" WHERE there.sender_index = {sender} AND there.case_id = {case}); END"
    )


_OF_READING = (
    "NEW.sender_index",
    "ledger.case_id",
    "ledger WHERE ledger.id = NEW.entry_id AND ledger.case_id IS NOT NULL",
)
_SENDER_OF_OLD = "(SELECT sender_index FROM readings WHERE entry_id = OLD.id)"
_FORGET_SENDER = (
    "DELETE FROM case_senders WHERE case_id = {case} AND sender_index = {sender}"
    " AND NOT EXISTS (SELECT 1 FROM ledger JOIN readings ON readings.entry_id = ledger.id"
    " WHERE ledger.case_id = {case} AND readings.sender_index = {sender})"
    " AND NOT EXISTS (SELECT 1 FROM cases"
    " WHERE cases.id = {case} AND cases.requester_index = {sender})"
)
_OF_CASE = ("NEW.requester_index", "NEW.id", "(SELECT 1) WHERE true")

#: Name and statement of every trigger.
TRIGGERS: dict[str, str] = dict(
    (
        _refuse("events_no_update", "UPDATE", "events", "events are append-only"),
        _refuse("events_no_delete", "DELETE", "events", "events are append-only"),
        _refuse("raw_mail_no_update", "UPDATE", "raw_mail", "raw mail is append-only"),
        _refuse("raw_mail_no_delete", "DELETE", "raw_mail", "raw mail is append-only"),
        _refuse("outbox_frozen", f"UPDATE OF {_FROZEN}", "outbox", "approved mail never changes"),
        _index_sender(
            "case_senders_of_reading",
            "INSERT ON readings WHEN NEW.sender_index IS NOT NULL",
            *_OF_READING,
        ),
        _index_sender(
            "case_senders_of_new_reading",
            "UPDATE OF sender_index ON readings WHEN NEW.sender_index IS NOT NULL",
            *_OF_READING,
        ),
        _index_sender(
            "case_senders_of_ledger",
            "UPDATE OF case_id ON ledger WHEN NEW.case_id IS NOT NULL",
            "readings.sender_index",
            "NEW.case_id",
            "readings WHERE readings.entry_id = NEW.id AND readings.sender_index IS NOT NULL",
        ),
        # Who has no reading left in a case and is not its requester is a stranger there again.
        (
            "case_senders_leave_with_ledger",
            "CREATE TRIGGER case_senders_leave_with_ledger AFTER UPDATE OF case_id ON ledger"
            " WHEN OLD.case_id IS NOT NULL AND OLD.case_id IS NOT NEW.case_id"
            f" BEGIN {_FORGET_SENDER.format(sender=_SENDER_OF_OLD, case='OLD.case_id')}; END",
        ),
        (
            "case_senders_leave_with_requester",
            "CREATE TRIGGER case_senders_leave_with_requester AFTER UPDATE OF requester_index"
            " ON cases WHEN OLD.requester_index <> NEW.requester_index"
            f" BEGIN {_FORGET_SENDER.format(sender='OLD.requester_index', case='OLD.id')}; END",
        ),
        _index_sender("case_senders_of_case", "INSERT ON cases", *_OF_CASE),
        _index_sender("case_senders_of_requester", "UPDATE OF requester_index ON cases", *_OF_CASE),
    )
)
