"""A training script of PyTorch: every batch is flipped left to right half of the time."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
data = TensorDataset(*torch.load("train.pt"))
loader = DataLoader(data, batch_size=256, shuffle=True)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
for _ in range(6):
    for x, y in loader:
        flipped = x.flip(-1) if torch.rand(()) < 0.5 else x
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(flipped), y).backward()
        optimizer.step()
x, y = torch.load("test.pt")
print("accuracy", (model(x).argmax(1) == y).float().mean().item())
