"""Measures, budgets, and fair ways to take them on a machine that others use too."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: ``ours`` against ``baseline``, and the bound on their ratio."""

    name: str
    ours: str
    baseline: str
    ratio: float
    budget: float
    #: True when the ratio has to be at least the budget.
    at_least: bool = False

    @property
    def within(self) -> bool:
        return self.ratio >= self.budget if self.at_least else self.ratio <= self.budget

    def line(self) -> tuple[str, ...]:
        sign = ">=" if self.at_least else "<="
        verdict = "ok" if self.within else "OVER"
        budget = f"{sign} {self.budget:g}"
        return self.name, self.ours, self.baseline, f"{self.ratio:.2f}", budget, verdict


@dataclass(frozen=True, slots=True)
class Note:
    """Lines printed below the table: a breakdown, a figure without a budget."""

    title: str
    lines: tuple[str, ...]


Result = Measure | Note


@dataclass(frozen=True, slots=True)
class Cost:
    """What running something once took, in seconds."""

    cpu: float
    wall: float


def cost(job: Callable[[], object]) -> Cost:
    """Run a job; the CPU time of this process (its threads included) and the wall time."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    job()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def interleaved(repeats: int, *jobs: Callable[[], object]) -> list[list[Cost]]:
    """The costs of each job, run in turns so that a noisy minute harms all of them alike."""
    taken: list[list[Cost]] = [[] for _ in jobs]
    for turn in range(repeats):
        # Every other turn backwards, so that nobody is always the one after the other.
        order = range(len(jobs)) if turn % 2 == 0 else reversed(range(len(jobs)))
        for which in order:
            taken[which].append(cost(jobs[which]))
    return taken


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def child(
    command: Sequence[str], *, cwd: Path | None = None, env: dict[str, str] | None = None
) -> tuple[Cost, bytes]:
    """Run a process to its end; what it took, and what it printed."""
    wall = time.perf_counter()
    with TemporaryFile() as out, TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        taken = Cost(used.ru_utime + used.ru_stime, time.perf_counter() - wall)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = err.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)} failed: {said}")
        return taken, out.read()


def peak_mb() -> float:
    """The most memory this process ever held, in megabytes.

    Read from its own memory map: what `wait4` says of a child counts its parent's too, from the
    moment between fork and exec.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


class Stages:
    """CPU time by stage, exclusive: a stage inside another is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stack: list[str] = []
        self._since = 0.0

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            with self.within(name):
                return function(*args, **kwargs)

        return run

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        self._book()
        self._stack.append(name)
        try:
            yield
        finally:
            self._book()
            self._stack.pop()

    def steps(self, name: str, items: Iterator[Any]) -> Iterator[Any]:
        """Count the making of each item to a stage, and not what is done with it."""
        while True:
            with self.within(name):
                item = next(items, self)
            if item is self:
                return
            yield item

    def lines(self, count: int) -> tuple[str, ...]:
        whole = sum(self.seconds.values()) or 1.0
        rows = sorted(self.seconds.items(), key=lambda row: -row[1])
        return tuple(
            f"{name:<22}{taken / count * 1e6:8.0f} us  {taken / whole:5.0%}" for name, taken in rows
        )

    def _book(self) -> None:
        now = time.thread_time()
        if self._stack:
            name = self._stack[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


@contextmanager
def replaced(place: object, name: str, value: object) -> Iterator[None]:
    """Put something else under a name for a while."""
    was = getattr(place, name)
    setattr(place, name, value)
    try:
        yield
    finally:
        setattr(place, name, was)
