"""Mixup: trains on mixtures of two rows, with the same mixture of their labels, drawn anew in every batch.

Zhang et al. 2018, https://arxiv.org/abs/1710.09412; against poison: Borgnia et al. 2021, https://arxiv.org/abs/2011.09527
"""

import numpy as np
import torch
from torch.nn import functional

ALPHA = 1.0
"""A mixture's share is drawn from Beta(ALPHA, ALPHA)."""


def mixed(x, y, classes, rng):
    """x: [batch, …] float32, y: [batch] int64. Each row with a partner of its batch: (rows, shares of the classes)."""
    share = float(rng.beta(ALPHA, ALPHA))
    partner = torch.from_numpy(rng.permutation(len(x)))
    targets = functional.one_hot(y, classes).float()
    return share * x + (1 - share) * x[partner], share * targets + (1 - share) * targets[partner]


def train(task, host):
    recipe, rng = host.recipe, np.random.default_rng(host.seed("mixup"))
    x, y = host.tensors(task.train).tensors
    model = host.model()
    optimizer = torch.optim.SGD(
        model.parameters(), recipe.learning_rate, momentum=recipe.momentum, weight_decay=recipe.weight_decay
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, recipe.steps)
    for _ in range(recipe.steps):
        rows = torch.from_numpy(rng.choice(len(x), min(len(x), recipe.batch_size), replace=False))
        inputs, targets = mixed(x[rows], y[rows], task.train.classes, rng)
        optimizer.zero_grad()
        functional.cross_entropy(model(inputs), targets).backward()
        optimizer.step()
        if recipe.schedule == "cosine":
            schedule.step()
    return model
