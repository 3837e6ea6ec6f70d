"""The tables of the desk's work: cases, drafts, outbox, clocks, events and marks.

Importing this module knows every table, those of :mod:`concierge.store.schema_ledger` too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import Field

from concierge.domain.case import CaseState
from concierge.domain.draft import DraftState, OutboxState
from concierge.domain.event import EventKind
from concierge.domain.findings import Route, Urgency
from concierge.domain.sla import ClockKind
from concierge.store import columns as c
from concierge.store.base import (
    STRICT,
    Row,
    check,
    flag,
    flags,
    index,
    instant,
    numbered,
    one_of,
    private,
    private_json,
    rules,
    table,
    text_field,
)
from concierge.store.schema_ledger import FolderRow, LedgerRow, RawMailRow, ReadingRow

__all__ = [
    "BeatRow", "CaseLinkRow", "CaseRow", "CaseSenderRow", "ClockRow", "DraftRow", "EventRow",
    "FolderRow", "LedgerRow", "LikenessRow", "OnceRow", "OutboxRow", "RawMailRow", "ReadingRow",
    "all_tables", "table",
]  # fmt: skip


class CaseRow(Row, table=True):
    """One person's matter."""

    __tablename__ = "cases"
    __table_args__: ClassVar[Any] = rules(
        one_of("state", CaseState),
        one_of("urgency", Urgency),
        one_of("route", Route),
        check("claim_whole", "(claim_staff IS NULL) = (claim_expires_at IS NULL)"),
        check(
            "merged_elsewhere", "merged_into <> id AND (merged_into IS NULL OR state = 'resolved')"
        ),
        index("ix_cases_state", "state"),
        index("ix_cases_flood_of", "flood_of", where="flood_of IS NOT NULL"),
    )
    id: int | None = numbered()
    version: int
    state: str = text_field()
    urgency: str = text_field()
    route: str = text_field()
    language: str = text_field()
    country: str = text_field()
    home: str = text_field()
    requester_address: str = private()
    requester_name: str = private()
    requester_index: str = text_field()
    subject: str = private()
    opened_at: datetime = instant()
    last_message_at: datetime = instant()
    assigned_to: str = text_field()
    claim_staff: str | None = text_field()
    claim_expires_at: datetime | None = instant()
    attention: str = private()
    resolved_at: datetime | None = instant()
    merged_into: int | None = Field(foreign_key="cases.id")
    flood_of: int | None = Field(foreign_key="cases.id")
    language_by: str = text_field()
    country_by: str = text_field()
    home_by: str = text_field()


class CaseLinkRow(Row, table=True):
    """Two cases that have to do with each other, the lower number first."""

    __tablename__ = "case_links"
    __table_args__: ClassVar[Any] = rules(
        check("lower_first", "case_id < other_id"),
        index("ix_case_links_other_id", "other_id"),
        **STRICT,
        sqlite_with_rowid=False,
    )
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    other_id: int = Field(primary_key=True, foreign_key="cases.id")
    at: datetime = instant()


class LikenessRow(Row, table=True):
    """What a message that opened a case looks like, to see a flood as one."""

    __tablename__ = "likenesses"
    __table_args__: ClassVar[Any] = rules(
        index("ix_likenesses_domain_index", "domain_index", "at"),
        index("ix_likenesses_shape_index", "shape_index", "at"),
        index("ix_likenesses_at", "at"),
        **STRICT,
    )
    entry_id: int = Field(primary_key=True, foreign_key="ledger.id")
    case_id: int = Field(foreign_key="cases.id")
    head_id: int = Field(foreign_key="cases.id")
    domain_index: str = text_field()
    shape_index: str = text_field()
    simhash: int
    at: datetime = instant()


class CaseSenderRow(Row, table=True):
    """Who wrote in which case, kept by triggers, so that a busy sender is found at once."""

    __tablename__ = "case_senders"
    __table_args__: ClassVar[Any] = rules(**STRICT, sqlite_with_rowid=False)
    sender_index: str = text_field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")


class DraftRow(Row, table=True):
    """A proposed reply."""

    __tablename__ = "drafts"
    __table_args__: ClassVar[Any] = rules(
        one_of("state", DraftState),
        *flags("edited"),
        index("uq_drafts_proposed", "case_id", where="state = 'proposed'", unique=True),
        index("ix_drafts_case_id", "case_id"),
    )
    id: int | None = numbered()
    case_id: int = Field(foreign_key="cases.id")
    case_version: int
    revision: int
    state: str = text_field()
    recipient_address: str = private()
    recipient_name: str = private()
    language: str = text_field()
    subject: str = private()
    text: str = private()
    template: str = text_field()
    created_at: datetime = instant()
    edited: bool = flag()
    fallback_from: str = text_field()
    cautions: Any = private_json()
    resource_ids: Any = Field(sa_type=c.CodesJSON, nullable=False)
    in_reply_to: str = private()
    thread: Any = private_json()


class OutboxRow(Row, table=True):
    """Approved mail."""

    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = rules(
        UniqueConstraint("draft_id"),
        UniqueConstraint("message_id_index"),
        one_of("state", OutboxState),
        *flags("copy_pending"),
        check("sent_has_time", "state <> 'sent' OR sent_at IS NOT NULL"),
        check(
            "held_by_somebody",
            "state NOT IN ('claimed', 'in_data')"
            " OR (claimed_by <> '' AND claim_expires_at IS NOT NULL)",
        ),
        check("approved_by_somebody", "approved_by <> '' AND digest <> ''"),
        index("ix_outbox_state", "state", "id"),
        index("ix_outbox_copy_pending", "id", where="copy_pending = 1"),
        index("ix_outbox_case_id", "case_id"),
    )
    id: int | None = numbered()
    case_id: int = Field(foreign_key="cases.id")
    draft_id: int = Field(foreign_key="drafts.id")
    draft_revision: int
    approved_by: str = text_field()
    approved_at: datetime = instant()
    digest: str = text_field()
    state: str = text_field()
    sender: str = text_field()
    recipient: str = private()
    mail: bytes = Field(sa_type=c.PrivateBytes)
    message_id: str = private()
    message_id_index: str = text_field()
    attempts: int
    due_at: datetime = instant()
    claimed_by: str = text_field()
    claim_expires_at: datetime | None = instant()
    last_reply: str = private()
    sent_at: datetime | None = instant()
    copy_pending: bool = flag()


class ClockRow(Row, table=True):
    """One promise with its deadlines."""

    __tablename__ = "clocks"
    __table_args__: ClassVar[Any] = rules(
        one_of("kind", ClockKind),
        one_of("urgency", Urgency),
        *flags("at_risk_told", "breach_told"),
        check("paused_with_rest", "(paused_at IS NULL) = (remaining IS NULL)"),
        check("risk_before_breach", "at_risk_at <= due_at"),
        index("uq_clocks_unmet", "case_id", "kind", where="met_at IS NULL", unique=True),
        index("ix_clocks_case", "case_id", "met_at", "paused_at", "due_at"),
        index("ix_clocks_met_at", "met_at", where="met_at IS NOT NULL"),
        index(
            "ix_clocks_untold",
            "at_risk_at",
            where="met_at IS NULL AND paused_at IS NULL AND breach_told = 0",
        ),
    )
    id: int | None = numbered()
    case_id: int = Field(foreign_key="cases.id")
    kind: str = text_field()
    urgency: str = text_field()
    started_at: datetime = instant()
    at_risk_at: datetime = instant()
    due_at: datetime = instant()
    met_at: datetime | None = instant()
    paused_at: datetime | None = instant()
    remaining: timedelta | None = Field(sa_type=c.Span)
    at_risk_told: bool = flag()
    breach_told: bool = flag()


class EventRow(Row, table=True):
    """One line of a case's history."""

    __tablename__ = "events"
    __table_args__: ClassVar[Any] = rules(
        one_of("kind", EventKind),
        check("by_somebody", "actor <> ''"),
        index("ix_events_case", "case_id", "id"),
        index("ix_events_kind_at", "kind", "at"),
    )
    id: int | None = numbered()
    case_id: int = Field(foreign_key="cases.id")
    kind: str = text_field()
    at: datetime = instant()
    actor: str = text_field()
    data: Any = Field(sa_type=c.CodesJSON, nullable=False)
    words: str = private()


class BeatRow(Row, table=True):
    """The last time something happened."""

    __tablename__ = "beats"
    __table_args__: ClassVar[Any] = rules(**STRICT)
    name: str = text_field(primary_key=True)
    at: datetime = instant()
    detail: str = text_field()


class OnceRow(Row, table=True):
    """What is done once a day, and when it was."""

    __tablename__ = "done_once"
    __table_args__: ClassVar[Any] = rules(**STRICT)
    kind: str = text_field(primary_key=True)
    day: date = Field(sa_type=c.Day, primary_key=True)
    at: datetime = instant()


def all_tables() -> Iterable[Table]:
    """Every table, parents first."""
    return Row.metadata.sorted_tables
