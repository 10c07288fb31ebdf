"""EPIC: rows whose gradients lie alone are left out, again and again while a model is trained.

In each round the rows of a label are covered by medoids, chosen greedily by their gradients of the last layer's inputs; a
medoid that covers none but itself is left out. Yang, Liu and Mirzasoleiman 2022, https://arxiv.org/abs/2210.09671. Three
rounds here, and candidates for a medoid are drawn (stochastic greedy: Mirzasoleiman et al. 2015,
https://arxiv.org/abs/1409.7938).
"""

import numpy as np

ROUNDS = 3
MEDOIDS = 0.2
"""Of a label's rows."""
CANDIDATES = 12
"""About ln(10) / MEDOIDS: a tenth below the greedy choice, in expectation."""
EPOCHS = 1.0
"""Of training in each round, beside those before it."""


def filter(train, host):
    rng = np.random.default_rng(host.seed("epic"))
    weights = np.ones(train.n, np.float32)
    for round in range(1, ROUNDS + 1):
        logits = host.logits(host.fit(train, weights=weights, epochs=round * EPOCHS), train).astype(np.float64)
        exponentials = np.exp(logits - logits.max(1, keepdims=True))
        deltas = exponentials / exponentials.sum(1, keepdims=True)
        deltas[np.arange(train.n), train.y] -= 1  # [n, classes]: gradients of the loss by the logits
        for label in range(train.classes):
            rows = np.flatnonzero((train.y == label) & (weights > 0))
            weights[rows[alone(deltas[rows], rng)]] = 0
    return weights


def alone(gradients, rng):
    """Places of the medoids that cover no other row. gradients: [rows, classes]"""
    n = len(gradients)
    count = int(MEDOIDS * n)
    if count < 2:
        return np.empty(0, np.intp)
    squares = (gradients**2).sum(1)
    nearest, owner = np.full(n, np.inf), np.full(n, -1)
    chosen = np.zeros(n, bool)
    for _ in range(count):
        candidates = rng.choice(np.flatnonzero(~chosen), min(CANDIDATES, n - int(chosen.sum())), replace=False)
        distances = squares[candidates, None] + squares - 2 * gradients[candidates] @ gradients.T  # [candidates, rows]
        far = np.where(np.isinf(nearest), distances.max(), nearest)
        best = int(np.maximum(far - distances, 0).sum(1).argmax())
        medoid, distance = candidates[best], distances[best]
        chosen[medoid] = True
        closer = distance < nearest
        nearest[closer], owner[closer] = distance[closer], medoid
        nearest[medoid], owner[medoid] = 0, medoid
    sizes = np.bincount(owner, minlength=n)
    return np.flatnonzero(chosen & (sizes == 1))
