"""CutMix: a box of each image is that of another one, and the labels are mixed by area, anew in every batch.

Yun et al. 2019, https://arxiv.org/abs/1905.04899; against poison: Borgnia et al. 2021, https://arxiv.org/abs/2011.09527
"""

import numpy as np
import torch
from torch.nn import functional


def mixed(x, y, classes, rng):
    """x: [batch, channels, height, width] float32, y: [batch] int64. (Rows, shares of the classes)."""
    height, width = x.shape[2:]
    side = np.sqrt(rng.uniform())  # of the box, as a share: its area is uniform, as Beta(1, 1) is
    middle = rng.integers(height), rng.integers(width)
    top, left = (max(0, int(at - side * size / 2)) for at, size in zip(middle, (height, width)))
    bottom, right = (min(size, int(at + side * size / 2)) for at, size in zip(middle, (height, width)))
    partner = torch.from_numpy(rng.permutation(len(x)))
    rows = x.clone()
    rows[:, :, top:bottom, left:right] = x[partner, :, top:bottom, left:right]
    share = 1 - max(0, bottom - top) * max(0, right - left) / (height * width)
    targets = functional.one_hot(y, classes).float()
    return rows, share * targets + (1 - share) * targets[partner]


def train(task, host):
    recipe, rng = host.recipe, np.random.default_rng(host.seed("cutmix"))
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
