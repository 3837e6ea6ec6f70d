"""`concierge health`: one line and an exit code for a monitor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from concierge.cli import show
from concierge.cli.options import Desk, Flag
from concierge.desk.supervision import storm
from concierge.domain.draft import OUTBOX_FOR_A_PERSON, OUTBOX_UNFINISHED, OutboxState

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.desk.ports.views import Views

#: A worker that does well writes a heartbeat a minute; five missed ones are trouble.
_SILENCE = timedelta(minutes=5)
#: Stored mail waits for admission seconds, not minutes.
_BACKLOG = timedelta(minutes=15)
#: The worker's jobs as an operator reads them.
_JOBS = (
    ("poll", "mailbox"),
    ("settle", "moving handled mail"),
    ("copies", "copies of sent mail"),
    ("dispatch", "outgoing mail"),
    ("sweep", "clocks"),
)


def health(*, json: Flag = False, desk: Desk | None = None) -> int:
    """Whether the worker does its work: exit code 0 for yes, 1 for no, 5 when nobody can say.

    Parameters
    ----------
    json
        One JSON object.
    """
    from concierge.bootstrap import open_views

    config = (desk or Desk()).load(secrets=False)
    views = open_views(config)
    try:
        now = datetime.now(UTC)
        facts = _facts(views)
        trouble = list(_trouble(views, config, now))
    finally:
        views.close()
    if json:
        show.data({"ok": not trouble, "trouble": trouble, **facts})
    else:
        print("ok" if not trouble else "; ".join(trouble))
    return 1 if trouble else 0


def _facts(views: Views) -> dict[str, Any]:
    last = views.last_beat("poll")
    oldest = views.oldest_stored()
    outbox = views.outbox([s.value for s in OUTBOX_UNFINISHED | OUTBOX_FOR_A_PERSON])
    return {
        "last_good_poll": last[0].isoformat() if last else None,
        "oldest_unprocessed": oldest.isoformat() if oldest else None,
        "outbox": {state.value: sum(m.state is state for m in outbox)
                   for state in sorted(OUTBOX_UNFINISHED | OUTBOX_FOR_A_PERSON)},
    }  # fmt: skip


def _trouble(views: Views, config: Config, now: datetime) -> Iterator[str]:
    yield from _silent_jobs(views, config, now)
    oldest = views.oldest_stored()
    if oldest and now - oldest > _BACKLOG:
        yield f"mail stored since {show.instant(oldest)} is not before staff yet"
    rulebook = views.last_beat("rulebook")
    if rulebook and rulebook[1]:
        yield "a rulebook file has faults; the last good version is in use (concierge doctor)"
    if alarm := storm(views, now):
        yield alarm
    uncertain = len(views.outbox([OutboxState.UNCERTAIN.value]))
    if uncertain:
        yield f"{uncertain} sends are uncertain and wait for a person (concierge outbox list)"


def _silent_jobs(views: Views, config: Config, now: datetime) -> Iterator[str]:
    if not any(views.last_beat(name) for job, _ in _JOBS for name in (job, f"{job}_failed")):
        yield "nothing was ever done; is the worker running?"
        return
    patience = max(_SILENCE, timedelta(seconds=3 * config.mailbox.poll_seconds))
    for job, words in _JOBS:
        good, bad = views.last_beat(job), views.last_beat(f"{job}_failed")
        if bad and (good is None or bad[0] > good[0]):
            yield f"{words}: {bad[1]} since {show.instant(bad[0])}"
        elif good is None:
            yield f"{words}: never succeeded; is the worker running?"
        elif now - good[0] > patience:
            yield f"{words}: no success since {show.instant(good[0])}"
