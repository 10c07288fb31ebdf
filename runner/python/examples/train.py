"""Trimmed loss: trains, leaves out the fifth of the rows that the model believes least, and trains again."""

import numpy as np
from antidote_host import Host, Task, Weights


def train(task: Task, host: Host) -> Weights:
    rows = task.train
    logits = host.logits(host.fit(rows), rows)  # [n, classes]
    every = np.arange(rows.n)
    own = logits[every, rows.y].copy()
    logits[every, rows.y] = -np.inf
    belief = own - logits.max(axis=1)
    return host.fit(rows, weights=belief >= np.quantile(belief, 0.2))
