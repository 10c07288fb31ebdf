"""Steps per second of processor time of PyTorch and Opacus at a bench shape: PYTHON peers.py {lr,mlp} BATCH SECONDS, on one thread.

The same step as the engine's: SGD with momentum .9; DP-SGD with clipping norm 1 and noise multiplier .5. Prints JSON:
for each way [best, median]. The ways take turns, so that a busy machine slows all of them.
"""

import json
import os
import sys
import time
import warnings

os.environ["OMP_NUM_THREADS"] = "1"
warnings.filterwarnings("ignore")

import torch
from opacus.grad_sample import GradSampleModule, GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizer, DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping
from torch import nn

model, batch, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(1)
torch.manual_seed(0)
rows, labels = torch.rand(batch, 784), torch.arange(batch) % 10
loss = nn.CrossEntropyLoss()
privacy = {"noise_multiplier": 0.5, "max_grad_norm": 1.0, "expected_batch_size": batch}


def network():
    hidden = [nn.Linear(784, 256), nn.ReLU()] if model == "mlp" else []
    return nn.Sequential(*hidden, nn.Linear(256 if hidden else 784, 10))


def sgd(net):
    return torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def stepping(net, optimizer, criterion):
    def step():
        optimizer.zero_grad()
        criterion(net(rows), labels).backward()
        optimizer.step()

    return step


plain = network()
hooks = GradSampleModule(network())
ghost = GradSampleModuleFastGradientClipping(network(), max_grad_norm=1.0, use_ghost_clipping=True)
ghost_optimizer = DPOptimizerFastGradientClipping(sgd(ghost), **privacy)
ways = {
    "plain": stepping(plain, sgd(plain), loss),
    "opacus ghost": stepping(ghost, ghost_optimizer, DPLossFastGradientClipping(ghost, ghost_optimizer, loss)),
    "opacus hooks": stepping(hooks, DPOptimizer(sgd(hooks), **privacy), loss),
}
times = {way: [] for way in ways}
for step in ways.values():
    for _ in range(3):
        step()
end = time.perf_counter() + seconds * len(ways)
while time.perf_counter() < end:
    for way, step in ways.items():
        turn = time.perf_counter() + 0.05
        while True:
            begin = time.process_time()
            step()
            times[way].append(time.process_time() - begin)
            if time.perf_counter() > turn:
                break
for way in times:
    times[way].sort()
print(json.dumps({way: [1 / taken[0], 1 / taken[len(taken) // 2]] for way, taken in times.items()}))
