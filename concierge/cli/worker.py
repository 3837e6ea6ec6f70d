"""`concierge worker`: the process that polls, sends and keeps time."""

from __future__ import annotations

from concierge.cli.options import Desk, Flag


def worker(*, once: Flag = False, desk: Desk | None = None) -> int:
    """Poll the mailbox, put mail before staff, send what is approved, keep every promise's time.

    Runs until SIGTERM or Ctrl-C. Exit codes: 0 all went well, 4 a login was refused,
    5 a server or the store was away.

    Parameters
    ----------
    once
        One full pass, then end with the exit code of the worst that happened.
    """
    from concierge import logs

    config = (desk or Desk()).load()
    logs.configure(config.logs.format, config.logs.level)
    from concierge.worker import run_for_ever, run_once

    return run_once(config) if once else run_for_ever(config)
