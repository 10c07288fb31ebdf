"""The engine torch beside PyTorch's own loop and Opacus' ghost clipping: `steps.py <seconds>`, one thread, processor time.

The ways take turns, step by step, so that what else the machine does meets all of them. Only ratios mean anything.
"""

import sys
import time
import warnings
from collections.abc import Callable
from statistics import median

import numpy as np
import torch
from antidote_host import Gradient, Host, LabeledSet, Recipe, Step
from antidote_host.draws.rng import Rng
from antidote_host.engine import Fit, Streams
from antidote_host.models import model_card
from antidote_host.torch_engine.engine import open_engine
from antidote_host.torch_engine.generator import generator_of
from antidote_host.torch_engine.run import Run
from opacus.grad_sample import GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping
from torch import nn

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
STREAMS = Streams(*(bytes([place]) * 32 for place in range(4)))
SHAPE, ROWS, RATE, CLIP, NOISE = (28, 28, 1), 2000, 0.01, 1.0, 0.5


def ways(model: str, batch: int) -> dict[str, Callable[[], None]]:
    card = model_card(model, SHAPE, 10, Recipe("bench", "sgd", 0.9, RATE, "constant", 0, "shuffle", batch, 10**6))
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (ROWS, *SHAPE), dtype=np.uint8)
    rows = LabeledSet(ROWS, 10, SHAPE, 255, x, rng.integers(0, 10, ROWS).astype(np.int32))
    host = Host(card, STREAMS)
    engine = open_engine(card, STREAMS, host)

    def ours(shape: Callable[[Step, Host], Gradient] | None) -> Callable[[], None]:
        fit = Fit(rows, None, None, None, batch, RATE, None, shape, 0, None)
        noise = generator_of(STREAMS.noise, torch.device("cpu"))
        run = Run(card, engine.model(None), fit, Rng(STREAMS.batches), noise, host)
        return lambda: run.advance(1)

    def private(step: Step, _host: Host) -> Gradient:
        return (step.sum(np.minimum(1, CLIP / step.norms())) + step.noise(NOISE * CLIP)) / step.expected_size

    pixels, labels = torch.from_numpy(rows.x), torch.from_numpy(rows.y.astype(np.int64))

    def loop(network: nn.Module, optimizer: torch.optim.Optimizer, loss: Callable[..., torch.Tensor]) -> Callable[[], None]:
        order, taken = torch.randperm(ROWS), 0

        def step() -> None:
            nonlocal taken
            at = order[taken % (ROWS // batch) * batch :][:batch]
            taken += 1
            inputs = pixels[at].permute(0, 3, 1, 2).float() / 255
            optimizer.zero_grad()
            loss(network(inputs), labels[at]).backward()
            optimizer.step()

        return step

    def sgd(network: nn.Module) -> torch.optim.Optimizer:
        return torch.optim.SGD(network.parameters(), RATE, momentum=0.9)

    bare = engine.model(None)
    ghost = GradSampleModuleFastGradientClipping(engine.model(None), max_grad_norm=CLIP, use_ghost_clipping=True)
    of_ghost = DPOptimizerFastGradientClipping(
        sgd(ghost), noise_multiplier=NOISE, max_grad_norm=CLIP, expected_batch_size=batch
    )
    criterion = nn.CrossEntropyLoss()
    return {
        "plain": ours(None),
        "bare": loop(bare, sgd(bare), criterion),
        "dp": ours(private),
        "ghost": loop(ghost, of_ghost, DPLossFastGradientClipping(ghost, of_ghost, criterion)),
    }


def main(seconds: float) -> None:
    for model, batch in (("mlp-256", 256), ("cnn", 64)):
        steps = ways(model, batch)
        times: dict[str, list[float]] = {way: [] for way in steps}
        for step in steps.values():
            step()
            step()
        end = time.process_time() + seconds
        while time.process_time() < end:
            for way, step in steps.items():
                begun = time.process_time()
                step()
                times[way].append(time.process_time() - begun)
        middle = {way: median(taken) for way, taken in times.items()}
        best = {way: min(taken) for way, taken in times.items()}
        print(f"{model}, batch {batch}, {len(times['plain'])} steps of each, PyTorch {torch.__version__}, one thread")
        print("  steps/s, median (best)   " + "  ".join(f"{w} {1 / middle[w]:.1f} ({1 / best[w]:.1f})" for w in times))
        print(
            f"  DP-SGD over Opacus' ghost clipping {middle['ghost'] / middle['dp']:.2f}   "
            f"a plain step's time over the bare loop's {middle['plain'] / middle['bare']:.2f}",
            flush=True,
        )


main(float(sys.argv[1]))
