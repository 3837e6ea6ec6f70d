"""The tables of received mail: the ledger, the raw bytes, what was read, and the folders."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from concierge.domain.findings import Kind, Route, Urgency
from concierge.domain.ledger import LedgerState
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
    text_field,
)
from concierge.store.columns import PrivateBytes


class LedgerRow(Row, table=True):
    """One mail the server ever showed us."""

    __tablename__ = "ledger"
    __table_args__: ClassVar[Any] = rules(
        UniqueConstraint("mailbox", "uidvalidity", "uid"),
        one_of("state", LedgerState),
        one_of("kind", Kind, or_empty=True),
        one_of("urgency", Urgency, or_empty=True),
        one_of("route", Route, or_empty=True),
        *flags("complete", "settled"),
        check("duplicate_points", "(state = 'duplicate') = (duplicate_of IS NOT NULL)"),
        check("placed_in_case", "state NOT IN ('case', 'quarantined') OR case_id IS NOT NULL"),
        check("counts", "attempts >= 0 AND size >= 0"),
        index("uq_ledger_fingerprint", "fingerprint", where="state <> 'duplicate'", unique=True),
        index("ix_ledger_message_id", "message_id_index", where="message_id_index IS NOT NULL"),
        index("ix_ledger_stored", "attempts", "id", where="state = 'stored'"),
        index(
            "ix_ledger_unsettled",
            "mailbox",
            "uidvalidity",
            "id",
            where="settled = 0 AND state <> 'stored'",
        ),
        index("ix_ledger_case", "case_id", "received_at", where="case_id IS NOT NULL"),
        index("ix_ledger_parked", "received_at", where="state IN ('muted', 'quarantined')"),
        index("ix_ledger_fetched_at", "fetched_at"),
    )
    id: int | None = numbered()
    mailbox: str = text_field()
    uidvalidity: int
    uid: int
    state: str = text_field()
    fingerprint: str = text_field()
    message_id: str = private()
    message_id_index: str | None = text_field()
    received_at: datetime = instant()
    fetched_at: datetime = instant()
    size: int
    complete: bool = flag()
    attempts: int
    cause: str = text_field()
    case_id: int | None = Field(foreign_key="cases.id")
    duplicate_of: int | None = Field(foreign_key="ledger.id")
    same_id_as: int | None = Field(foreign_key="ledger.id")
    settled: bool = flag()
    kind: str = text_field()
    language: str = text_field()
    country: str = text_field()
    home: str = text_field()
    urgency: str = text_field()
    route: str = text_field()


class RawMailRow(Row, table=True):
    """The mail as it came, apart from its ledger row so that lists never touch it."""

    __tablename__ = "raw_mail"
    __table_args__: ClassVar[Any] = rules(**STRICT)
    entry_id: int = Field(primary_key=True, foreign_key="ledger.id")
    raw: bytes = Field(sa_type=PrivateBytes)


class ReadingRow(Row, table=True):
    """What was read of one mail and concluded from it."""

    __tablename__ = "readings"
    __table_args__: ClassVar[Any] = rules(
        check("sender_whole", "(sender_address IS NULL) = (sender_name IS NULL)"),
        check("sender_found", "(sender_address IS NULL) = (sender_index IS NULL)"),
        **STRICT,
    )
    entry_id: int = Field(primary_key=True, foreign_key="ledger.id")
    sender_address: str | None = private()
    sender_name: str | None = private()
    sender_index: str | None = text_field()
    subject: str = private()
    text: str = private()
    quoted_text: str = private()
    message_id: str = private()
    thread: Any = private_json()
    triage: Any = private_json()
    received_at: datetime | None = instant()


class FolderRow(Row, table=True):
    """What the last good look at a folder found."""

    __tablename__ = "folders"
    __table_args__: ClassVar[Any] = rules(**STRICT)
    mailbox: str = text_field(primary_key=True)
    uidvalidity: int
    uidnext: int
    exists: int
    unfetched: int
    server_count: int
    looked_at: datetime = instant()
    compared_at: datetime = instant()
