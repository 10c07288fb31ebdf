"""Drops, in every class, the tenth of the rows that lie farthest from the class's mean picture."""

import numpy as np
from antidote_host import Host, LabeledSet
from numpy.typing import NDArray


def filter(train: LabeledSet, host: Host) -> NDArray[np.float32]:
    x = train.x.reshape(train.n, -1)  # [n, d]
    keep = np.zeros(train.n, np.float32)
    for label in range(train.classes):
        rows = np.flatnonzero(train.y == label)
        if rows.size == 0:
            continue
        distance = ((x[rows] - x[rows].mean(axis=0)) ** 2).sum(axis=1)
        near = np.argsort(distance, kind="stable")[: int(np.ceil(0.9 * rows.size))]
        keep[rows[near]] = 1
    return keep  # one weight per row, from 0 (left out) to 1
