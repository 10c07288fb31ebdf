"""Spectral signatures: rows with a trigger stand out along the direction in which their label's features vary most.

Tran, Li and Madry 2018, https://arxiv.org/abs/1811.00636
"""

import numpy as np

RATE = 0.01
"""Poison that is assumed, as a share of all rows. Which label bears it is not known: each loses 1.5 · RATE · n rows."""


def filter(train, host):
    features = host.features(host.fit(train), train).astype(np.float64)  # [n, d]
    weights = np.ones(train.n, np.float32)
    for label in range(train.classes):
        rows = np.flatnonzero(train.y == label)
        if len(rows) < 2:
            continue
        spread = features[rows] - features[rows].mean(0)
        direction = np.linalg.svd(spread, full_matrices=False)[2][0]  # [d]
        scores = (spread @ direction) ** 2  # [rows]
        count = min(int(1.5 * RATE * train.n), len(rows) // 2)
        weights[rows[np.argsort(-scores, kind="stable")[:count]]] = 0
    return weights
