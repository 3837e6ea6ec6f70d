"""How long to wait before trying a server again."""

from __future__ import annotations

import random
from collections.abc import Iterator

#: 2 ** 63 s is far past every cap; a bound keeps the power from overflowing a float after weeks.
_LAST_DOUBLING = 63


def delays(
    base: float = 1.0, cap: float = 300.0, *, rng: random.Random | None = None
) -> Iterator[float]:
    """Seconds to wait before each further try: exponential, with full jitter, without end.

    The n-th delay is uniform between 0 and ``min(cap, base * 2**n)``. Full jitter, because many
    clients that lost the same server at the same moment must not come back at the same moment.
    A cap of five minutes keeps an outage from costing a requester more than that once it is over.
    Start a new iterator after each success. ``rng`` is for tests; it needs no cryptographic
    strength.
    """
    chance = rng if rng is not None else random.Random()  # noqa: S311
    doubling = 0
    while True:
        yield chance.uniform(0.0, min(cap, base * 2.0**doubling))
        doubling = min(doubling + 1, _LAST_DOUBLING)
