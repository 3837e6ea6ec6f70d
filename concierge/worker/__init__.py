"""The worker: schedule and signals; calls the desk, nothing else.

One process, a few jobs, each safe to repeat and each behind a guard: a server that is away is
tried again with growing waits, a refused login is not tried again at all until the worker is
started anew, and neither ever stops the other jobs.
"""

from concierge.worker.guard import Guard
from concierge.worker.jobs import Worker
from concierge.worker.schedule import run_for_ever, run_once

__all__ = ["Guard", "Worker", "run_for_ever", "run_once"]
