from bisect import bisect_right
from collections.abc import Callable
from math import ceil, floor, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from antidote_host.draws.rng import Rng

Batches = Callable[[], NDArray[np.int64]]
"""Draws the rows of the next batch: places in 0 … n − 1, distinct, in an order that means nothing. [size]"""


def batches_of(sampling: Literal["poisson", "shuffle"], n: int, batch_size: int, rng: Rng) -> Batches:
    """The batches that `runner/train/batches.ts` draws from the same stream.

    Poisson sampling: each row is in the batch with probability min(1, batch_size / n), independently of the others. So
    sizes vary, and a batch may be empty.
    Shuffled: each row comes once an epoch. The last n mod batch_size rows of the order are left out. Fewer rows than a
    batch make one batch.
    """
    if sampling == "poisson":
        return _poisson(n, min(1.0, batch_size / n) if n else 1.0, rng)
    return _shuffled(n, batch_size, rng)


def _poisson(n: int, rate: float, rng: Rng) -> Batches:
    order = list(range(n))
    if n == 0 or rate >= 1:
        return lambda: np.array(order, np.int64)
    first, shares = binomial(n, rate)

    def draw() -> NDArray[np.int64]:
        size = first + bisect_right(shares, rng.uniform())
        rng.move_to_front(order, size)
        return np.array(order[:size], np.int64)

    return draw


def _shuffled(n: int, batch_size: int, rng: Rng) -> Batches:
    order = list(range(n))
    size = min(n, batch_size)
    next_row = n

    def draw() -> NDArray[np.int64]:
        nonlocal next_row
        if next_row + size > n:
            rng.move_to_front(order, n)
            next_row = 0
        next_row += size
        return np.array(order[next_row - size : next_row], np.int64)

    return draw


def binomial(n: int, rate: float) -> tuple[int, list[float]]:
    """The first count, and the binomial law's cumulative shares from it on.

    Counts within 14 standard deviations and 40 of the mode: what is beyond has less than 2^-53 of it. Built from the mode
    outward by ratios of neighbors, by + − × ÷ only, as in TypeScript: the same bits.
    """
    mode = min(n, floor((n + 1) * rate))
    reach = ceil(14 * sqrt(n * rate * (1 - rate))) + 40
    first, last = max(0, mode - reach), min(n, mode + reach)
    odds = rate / (1 - rate)
    shares = [0.0] * (last - first + 1)
    shares[mode - first] = 1.0
    for count in range(mode, last):
        shares[count + 1 - first] = shares[count - first] * ((n - count) / (count + 1)) * odds
    for count in range(mode, first, -1):
        shares[count - 1 - first] = (shares[count - first] * (count / (n - count + 1))) / odds
    for index in range(1, len(shares)):
        shares[index] += shares[index - 1]
    return first, [share / shares[-1] for share in shares]
