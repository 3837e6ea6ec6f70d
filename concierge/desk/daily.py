"""The report of the day by mail to the supervisors, once a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from concierge.desk.ports.clock import Clock
from concierge.desk.ports.courier import Courier, SendResult
from concierge.desk.ports.store import Store
from concierge.desk.ports.views import Views
from concierge.desk.report import DayReport, build

#: The mark of what was sent; its detail is the last reported day.
_MARK = "report_sent"


@dataclass(frozen=True, slots=True)
class ReportPost:
    """When the report goes out, to whom, and how it becomes a mail."""

    send_at: time
    zone: ZoneInfo
    sender: str
    recipients: tuple[str, ...]
    #: Bytes for one recipient.
    compose: Callable[[DayReport, str, datetime], bytes]


def report_if_due(
    views: Views, store: Store, clock: Clock, courier: Courier, post: ReportPost
) -> int:
    """Mail yesterday's report when its hour has come and it has not been sent; how many left.

    1. The day is yesterday in the report's time zone; before ``send_at`` nothing is due.
    2. One mail to each supervisor; staff mail needs no approval and holds no personal data.
    3. The day is marked as reported only when at least one mail may have left. Being stopped
       between 2 and 3 sends it twice, which harms nobody; marking first could lose it.
    """
    now = clock.now()
    local = now.astimezone(post.zone)
    day = local.date() - timedelta(days=1)
    if local.time() < post.send_at or not post.recipients:
        return 0
    last = views.last_beat(_MARK)
    if last and last[1] >= day.isoformat():
        return 0
    report = build(views, day, post.zone, now)
    left = 0
    for recipient in post.recipients:
        outcome = courier.send(
            sender=post.sender,
            recipient=recipient,
            mail=post.compose(report, recipient, now),
            before_data=_nothing,
        )
        left += outcome.result in {SendResult.ACCEPTED, SendResult.UNKNOWN}
    if left:
        with store.begin() as tx:
            tx.marks.once("report", day, now)
            tx.marks.beat(_MARK, now, day.isoformat())
    return left


def _nothing() -> None:
    """A notice has no row whose phase must be committed before DATA."""
