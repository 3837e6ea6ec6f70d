"""The questions of the views in SQL. Columns are named, never starred: their order is ours."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.store import queue_rows

# ruff: noqa: S608 - the parts that are put together here are constants of this module


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_CLOCK_COLUMNS = _columns(
    "id case_id kind urgency started_at at_risk_at due_at met_at paused_at remaining"
    " at_risk_told breach_told"
)
READING_COLUMNS = _columns(
    "entry_id sender_address sender_name subject text quoted_text message_id thread triage"
    " received_at"
)
PARKED_COLUMNS = _columns(
    "id state kind language country home urgency route received_at case_id cause"
)
_ENTRY_COLUMNS = _columns(
    "id mailbox uidvalidity uid state message_id received_at size complete attempts cause case_id"
    " duplicate_of same_id_as kind language country home urgency route"
)
_DRAFT_COLUMNS = _columns(
    "id case_id case_version revision state recipient_address recipient_name language subject"
    " text template created_at edited fallback_from cautions resource_ids in_reply_to thread"
)
_OUTBOX_COLUMNS = _columns(
    "id case_id draft_id draft_revision approved_by approved_at digest state sender recipient"
    " message_id attempts due_at claimed_by claim_expires_at last_reply sent_at copy_pending"
)
_EVENT_COLUMNS = ("case_id", "kind", "at", "actor", "data")


def _of(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


_CLOCKS = f"SELECT {_of('clocks', _CLOCK_COLUMNS)} FROM clocks"
_DRAFTS = f"SELECT {_of('drafts', _DRAFT_COLUMNS)} FROM drafts"
_EVENTS = f"SELECT {_of('events', _EVENT_COLUMNS)}"

# One row a case; each part is found through an index, so that the whole stays linear.
_QUEUE = f"""
SELECT {_of("cases", queue_rows.CASE_COLUMNS)}, {_of("clocks", queue_rows.CLOCK_COLUMNS)},
    drafts.id,
    (SELECT count(*) FROM ledger WHERE ledger.case_id = cases.id)
"""
_QUEUED = """
FROM cases
LEFT JOIN clocks ON clocks.id = (
    SELECT nearest.id FROM clocks AS nearest
    WHERE nearest.case_id = cases.id AND nearest.met_at IS NULL AND nearest.paused_at IS NULL
    ORDER BY nearest.due_at LIMIT 1)
LEFT JOIN drafts ON drafts.case_id = cases.id AND drafts.state = 'proposed'
WHERE cases.state IN ({states})
"""
QUEUE = _QUEUE + _QUEUED
# A machine's mail that is parked in a case says nothing of the person.
BELOW_HIGH = f"""
{_QUEUE}, (SELECT readings.triage
    FROM ledger JOIN readings ON readings.entry_id = ledger.id
    WHERE ledger.case_id = cases.id AND ledger.state != 'muted'
    ORDER BY ledger.received_at DESC LIMIT 1)
""" + (_QUEUED + "AND cases.urgency NOT IN ('emergency', 'high')")
CASE = f"SELECT {_of('cases', queue_rows.CASE_COLUMNS)} FROM cases WHERE id = ?"
READINGS_OF = f"""
SELECT {_of("readings", READING_COLUMNS)}
FROM ledger JOIN readings ON readings.entry_id = ledger.id
WHERE ledger.case_id = ? ORDER BY ledger.received_at, ledger.id
"""
DRAFT = f"{_DRAFTS} WHERE id = ?"
DRAFTS_OF = f"{_DRAFTS} WHERE case_id = ? ORDER BY id"
OUTBOX_OF = (
    f"SELECT {_of('outbox', _OUTBOX_COLUMNS)}, mail FROM outbox WHERE case_id = ? ORDER BY id"
)
OUTBOX_IN = f"""
SELECT {_of("outbox", _OUTBOX_COLUMNS)} FROM outbox WHERE state IN ({{states}}) ORDER BY id
"""
CLOCKS_OF = f"{_CLOCKS} WHERE case_id = ? ORDER BY id"
CLOCKS_IN = f"""
{_CLOCKS} WHERE met_at >= ? AND met_at < ?
UNION ALL {_CLOCKS} WHERE met_at IS NULL AND started_at < ?
"""
EVENTS_OF = f"{_EVENTS}, words FROM events WHERE case_id = ? ORDER BY id"
EVENTS_IN = (
    f"{_EVENTS} FROM events WHERE kind IN ({{kinds}}) AND at >= ? AND at < ? ORDER BY at, id"
)
PARKED = f"""
SELECT {_of("ledger", PARKED_COLUMNS)}, {_of("readings", READING_COLUMNS)}
FROM ledger LEFT JOIN readings ON readings.entry_id = ledger.id
WHERE ledger.state IN ('muted', 'quarantined') AND (? IS NULL OR ledger.state = ?)
ORDER BY ledger.received_at DESC LIMIT ?
"""
MAIL = f"""
SELECT {_of("ledger", _ENTRY_COLUMNS)}, raw_mail.raw
FROM ledger JOIN raw_mail ON raw_mail.entry_id = ledger.id WHERE ledger.id = ?
"""
READING = f"SELECT {_of('readings', READING_COLUMNS)} FROM readings WHERE entry_id = ?"
ARRIVALS = """
SELECT kind, language, country, home, urgency, route, state, count(*) AS count FROM ledger
WHERE fetched_at >= ? AND fetched_at < ?
GROUP BY kind, language, country, home, urgency, route, state
"""
BY_STATE = "SELECT state, count(*) FROM ledger GROUP BY state ORDER BY state"
FOLDERS = """
SELECT mailbox, uidvalidity, uidnext, "exists", unfetched, server_count, looked_at, compared_at
FROM folders ORDER BY mailbox
"""
OLDEST_STORED = "SELECT min(fetched_at) FROM ledger WHERE state = 'stored'"
LAST_BEAT = "SELECT at, detail FROM beats WHERE name = ?"
