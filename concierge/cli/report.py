"""`concierge report`: the report of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from concierge.cli import show
from concierge.cli.options import Desk, Flag


class Format(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


def report(
    *, date: date | None = None, format: Format = Format.TEXT, json: Flag = False,
    desk: Desk | None = None,
) -> int:  # fmt: skip
    """The report of a day; without a date, of yesterday in the report's time zone.

    Parameters
    ----------
    date
        The day, such as 2026-11-22.
    format
        How to print it.
    json
        The same as --format json.
    """
    from concierge.bootstrap import open_views
    from concierge.desk.report import build
    from concierge.desk.report_text import as_csv, as_data, as_html, as_text

    config = (desk or Desk()).load(secrets=False)
    now = datetime.now(UTC)
    day = date or now.astimezone(config.report.timezone).date() - timedelta(days=1)
    views = open_views(config)
    try:
        made = build(views, day, config.report.timezone, now)
    finally:
        views.close()
    match Format.JSON if json else format:
        case Format.TEXT:
            print(as_text(made), end="")
        case Format.HTML:
            print(as_html(made), end="")
        case Format.CSV:
            print(as_csv(made), end="")
        case Format.JSON:
            show.data(as_data(made))
    return 0
