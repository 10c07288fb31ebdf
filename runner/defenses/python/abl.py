"""Anti-backdoor learning: a trigger is learned before all else, so the rows of least early loss are isolated and unlearned.

Li et al. 2021, https://arxiv.org/abs/2110.11571. Two things differ from the paper, as in the twin in JavaScript: the first
training is plain and short, without local gradient ascent; and unlearning descends to targets that give the label nothing.
"""

import numpy as np

ISOLATED = 0.01
ISOLATION_SHARE = 0.2
OTHERS = 4
UNLEARNING_EPOCHS = 10


def train(task, host):
    given, recipe = task.train, host.recipe
    passes = recipe.steps * recipe.batch_size / given.n
    early = host.fit(given, epochs=ISOLATION_SHARE * passes)
    suspects = least_loss(host.logits(early, given), given.y)
    whole = host.fit(given)
    rest = np.setdiff1d(np.arange(given.n), suspects)
    drawn = np.random.default_rng(host.seed("others")).choice(rest, OTHERS * len(suspects)) if len(rest) else rest
    rows = given.rows(np.concatenate([suspects, drawn]))
    targets = np.eye(given.classes, dtype=np.float32)[rows.y]
    targets[: len(suspects)] = (1 - targets[: len(suspects)]) / (given.classes - 1)
    return host.fit(rows, init=whole, targets=targets, epochs=UNLEARNING_EPOCHS, learning_rate=recipe.learning_rate / 2)


def least_loss(logits, y):
    """Places of the rows whose loss is least, of equals the first."""
    logits = logits.astype(np.float64)
    top = logits.max(1)
    losses = np.log(np.exp(logits - top[:, None]).sum(1)) + top - logits[np.arange(len(y)), y]
    return np.argsort(losses, kind="stable")[: int(np.ceil(ISOLATED * len(y)))]
