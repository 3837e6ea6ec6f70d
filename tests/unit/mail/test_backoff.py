"""How long the desk waits before it tries a server again."""

from __future__ import annotations

import random
from itertools import islice

from concierge.mail.backoff import delays


class Highest(random.Random):
    def uniform(self, a, b):
        return b


def test_it_doubles_up_to_the_cap():
    assert list(islice(delays(rng=Highest()), 10)) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert list(islice(delays(0.5, 2.0, rng=Highest()), 4)) == [0.5, 1.0, 2.0, 2.0]


def test_it_spreads_over_the_whole_range():
    tenth = [list(islice(delays(rng=random.Random(seed)), 12))[-1] for seed in range(300)]
    assert min(tenth) < 20
    assert max(tenth) > 280
    assert all(0 <= delay <= 300 for delay in tenth)


def test_it_repeats_with_the_same_seed_and_differs_without():
    first, second = (list(islice(delays(rng=random.Random(7)), 20)) for _ in range(2))
    assert first == second
    assert list(islice(delays(), 20)) != list(islice(delays(), 20))


def test_it_goes_on_for_as_long_as_an_outage_lasts():
    assert next(islice(delays(rng=Highest()), 5_000, None)) == 300
