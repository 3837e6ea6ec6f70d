"""The report of the day as a mail."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from concierge.domain.message import Address

if TYPE_CHECKING:
    from concierge.desk.report import DayReport


@dataclass(frozen=True, slots=True)
class ReportComposer:
    """Composes reports under the charity's address."""

    sender: Address

    def compose(self, report: DayReport, recipient: str, now: datetime) -> bytes:
        """The exact bytes of a report: as text and as HTML."""
        from concierge.desk.report_text import as_html, as_text
        from concierge.mail.compose import OutgoingNotice, compose_notice

        day = report.day.isoformat()
        return compose_notice(
            OutgoingNotice(
                from_=self.sender,
                to=Address(recipient),
                subject=f"The desk on {day}",
                text=as_text(report),
                html=as_html(report),
                message_id=f"<report.{day}.{secrets.token_hex(8)}@{self.sender.domain}>",
                date=now,
            )
        )
