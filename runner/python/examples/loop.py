"""A training loop of PyTorch as it stands in a script: every batch is flipped left to right half of the time."""

import torch
from antidote_host import Host, Task
from torch import nn
from torch.utils.data import DataLoader


def train(task: Task, host: Host) -> nn.Module:
    model = host.model()  # was: model = Net()
    data = host.tensors(task.train)  # was: datasets.FashionMNIST(...)
    recipe = host.recipe
    loader = DataLoader(data, batch_size=recipe.batch_size, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=recipe.learning_rate, momentum=recipe.momentum)
    for _ in range(max(1, recipe.steps // len(loader))):
        for x, y in loader:
            flipped = x.flip(-1) if x.ndim == 4 and torch.rand(()) < 0.5 else x
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(flipped), y).backward()
            optimizer.step()
    return model  # was: evaluate(model, test_loader)
