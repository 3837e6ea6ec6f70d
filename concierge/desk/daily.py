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
#: The mark of a try after which no mail had left.
_TRIED = "report_tried"
#: How long to leave the server alone then: a refused login asked for each minute gets locked.
_TRY_AGAIN = timedelta(hours=1)


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
    4. When none left, the next try is an hour later.
    """
    now = clock.now()
    local = now.astimezone(post.zone)
    day = local.date() - timedelta(days=1)
    if local.time() < post.send_at or not post.recipients:
        return 0
    last, tried = views.last_beat(_MARK), views.last_beat(_TRIED)
    if last and last[1] >= day.isoformat():
        return 0
    if tried and now - tried[0] < _TRY_AGAIN:
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
        if outcome.login_refused:
            break
    with store.begin() as tx:
        if left:
            tx.marks.once("report", day, now)
        tx.marks.beat(_MARK if left else _TRIED, now, day.isoformat())
    return left


def _nothing() -> None:
    """A notice has no row whose phase must be committed before DATA."""
