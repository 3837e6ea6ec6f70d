"""How queue and sweep grow with the number of cases."""

from __future__ import annotations

import math
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cases
import desk
from measure import ROOT, Measure, Note, Result, child, cost, middle, peak_mb, python

#: The exponent of a cost that grows in proportion, and a tenth for the machine's caches.
_SLOPE = 1.1


class Late:
    """A clock on which every promise is broken."""

    def now(self) -> datetime:
        return datetime(2027, 6, 1, tzinfo=UTC)


def growth(*, quick: bool) -> list[Result]:
    """Time per case of queue and sweep over 1,000 to 100,000 cases, and their exponents."""
    sizes = (1000, 10_000) if quick else (1000, 10_000, 100_000)
    queue: dict[int, float] = {}
    sweep: dict[int, float] = {}
    idle: dict[int, float] = {}
    lines = []
    for size in sizes:
        with desk.deployment() as place:
            cases.fill(place, size)
            queue[size] = _queue(place, size)
            _, said = child(python(str(Path(__file__).resolve()), str(place.config_file)), cwd=ROOT)
            sweep[size], idle[size] = _sweep(place)
        lines.append(
            f"{size:>7,} cases: queue {queue[size] / size * 1e6:.1f} us/case, catching-up sweep "
            f"{sweep[size] / size * 1e6:.0f} us/case, idle sweep {idle[size] * 1e3:.1f} ms in all, "
            f"queue process at most {float(said):.0f} MB"
        )
    return [
        _slope("queue", queue),
        _slope("sweep", sweep),
        Note("growth", tuple(lines)),
    ]


def _slope(name: str, taken: dict[int, float]) -> Measure:
    small, large = min(taken), max(taken)
    slope = math.log(taken[large] / taken[small]) / math.log(large / small)
    return Measure(
        f"{name}, exponent {small:,}..{large:,}",
        f"{taken[large] / large * 1e6:.1f} us/case",
        f"{taken[small] / small * 1e6:.1f} us/case",
        slope,
        _SLOPE,
    )


def ordered_queue(place_config: Any) -> int:
    """The queue as `concierge queue` reads it; how many rows."""
    from concierge.bootstrap import open_views
    from concierge.desk.queue import in_order
    from concierge.domain.case import NEEDS_A_PERSON

    views = open_views(place_config)
    try:
        return len(in_order(views.queue(sorted(NEEDS_A_PERSON))))
    finally:
        views.close()


def _queue(place: Any, size: int) -> float:
    config = place.config
    assert ordered_queue(config) > size * 0.9
    return middle([cost(lambda: ordered_queue(config)).cpu for _ in range(5)])


def _sweep(place: Any) -> tuple[float, float]:
    """CPU seconds of telling of every broken promise, then of finding nothing to tell."""
    from concierge.desk.supervision import sweep

    with closing(sqlite3.connect(place.database)) as connection:
        (running,) = connection.execute(
            "SELECT count(*) FROM clocks WHERE met_at IS NULL AND paused_at IS NULL"
        ).fetchone()
    told = []
    with place.store() as store:
        catching_up = cost(lambda: told.append(sweep(store, Late())))
        idle = middle([cost(lambda: sweep(store, Late())).cpu for _ in range(5)])
    assert told[0].breached == running, (told, running)
    return catching_up.cpu, idle


if __name__ == "__main__":
    from concierge.config import load

    ordered_queue(load(Path(sys.argv[1]), read_secrets=False))
    print(peak_mb())
