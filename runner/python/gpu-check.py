"""Trains the suite's models on a GPU for a few minutes, and says how fast and how exactly.

    python runner/python/gpu-check.py [--device cuda] [--seconds 330] [--cifar FOLDER] [--json FILE]

Nothing but PyTorch and NumPy is needed, and no network. Of each model three ways of training are timed: plain, with every
example's gradient clipped, and DP-SGD. They are timed on the device and on this machine's processor, with one thread. The
norms of single examples on the device are held against those on the processor. Rows are noise but for CIFAR-10, where
FOLDER holds the official data_batch_1.bin, or the train.bin of this project: a label's byte and 3,072 pixels a row.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np  # noqa: E402
import torch  # noqa: E402

from antidote_host import Gradient, Host, LabeledSet, ModelCard, Recipe, Step  # noqa: E402
from antidote_host.draws.initial import initial_weights  # noqa: E402
from antidote_host.draws.rng import Rng  # noqa: E402
from antidote_host.engine import Fit, Streams  # noqa: E402
from antidote_host.models import model_card  # noqa: E402
from antidote_host.torch_engine.engine import open_engine  # noqa: E402
from antidote_host.torch_engine.generator import generator_of  # noqa: E402
from antidote_host.torch_engine.network import module_of  # noqa: E402
from antidote_host.torch_engine.run import Run  # noqa: E402

Shape = Callable[[Step, Host], Gradient]
CASES = [
    ("mlp-128", (28, 28, 1), 256),
    ("cnn", (28, 28, 1), 256),
    ("cnn", (32, 32, 3), 256),
    ("resnet-9", (32, 32, 3), 256),
]
STREAMS = Streams(*(bytes([place]) * 32 for place in range(1, 5)))


def clipped(step: Step, _host: Host) -> Gradient:
    return step.sum(np.minimum(1, 1 / np.maximum(step.norms(), 1e-12))) / step.expected_size


def private(step: Step, _host: Host) -> Gradient:
    weights = np.minimum(1, 1 / np.maximum(step.norms(), 1e-12))
    return (step.sum(weights) + step.noise(0.5)) / step.expected_size


WAYS: dict[str, Shape | None] = {"plain": None, "clipped": clipped, "dp-sgd": private}


def noise_rows(shape: tuple[int, ...], n: int) -> LabeledSet:
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (n, *shape), dtype=np.uint8)
    return LabeledSet(n, 10, shape, 255, x, rng.integers(0, 10, n).astype(np.int32))


def cifar_rows(folder: Path, n: int) -> LabeledSet:
    """n rows at random, for train.bin is sorted by label. Raises ValueError for a missing file or one of another form."""
    files = [folder / name for name in ("data_batch_1.bin", "train.bin")]
    found = next((file for file in files if file.exists()), None)
    if found is None:
        raise ValueError(f"{folder} has neither data_batch_1.bin nor train.bin; the binary version of CIFAR-10 is wanted")
    rows = np.fromfile(found, np.uint8)
    if len(rows) == 0 or len(rows) % 3073 != 0:
        raise ValueError(f"{found} has {len(rows)} bytes; a multiple of 3,073 is wanted")
    rows = rows.reshape(-1, 3073)
    rows = rows[np.random.default_rng(0).permutation(len(rows))[:n]]
    x = np.ascontiguousarray(rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))
    return LabeledSet(len(rows), 10, (32, 32, 3), 255, x, rows[:, 0].astype(np.int32))


class Training:
    """A run of one model on one device, which goes on as long as it is told to."""

    def __init__(self, card: ModelCard, rows: LabeledSet, device: str, shape: Shape | None) -> None:
        host = Host(card, STREAMS)
        open_engine(card, STREAMS, host, device)  # sets threads and precision
        place = torch.device(device)
        network = module_of(card, initial_weights(card, Rng(STREAMS.init))).to(place)
        fit = Fit(rows, None, None, None, card.recipe.batch_size, 0.01, None, shape, 0, None)
        self._run = Run(card, network, fit, Rng(STREAMS.batches), generator_of(STREAMS.noise, place), host)
        self._device = place

    def steps_a_second(self, seconds: float) -> float:
        self._timed(2)
        steps, begun = 1, time.perf_counter()
        taken = self._timed(steps)
        while time.perf_counter() - begun < seconds:
            steps = max(1, int(seconds / 4 / max(taken / steps, 1e-6)))
            taken = self._timed(steps)
        return steps / taken

    def _timed(self, steps: int) -> float:
        begun = time.perf_counter()
        self._run.advance(steps)
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - begun


def norms_on(card: ModelCard, rows: LabeledSet, device: str) -> "np.typing.NDArray[np.float32]":
    """Norms of the examples of the first batch, [batch]."""
    seen: list[Any] = []

    def look(step: Step, _host: Host) -> Gradient:
        seen.append(step.norms())
        return step.sum(np.zeros(step.size, np.float32))

    Training(card, rows, device, look)._run.advance(1)
    return seen[0]


def check(model: str, shape: tuple[int, ...], batch: int, rows: LabeledSet, device: str, seconds: float) -> dict[str, Any]:
    recipe = Recipe("gpu-check", "sgd", 0.9, 0.01, "constant", 0, "poisson", batch, 10**6)
    card = model_card(model, shape, 10, recipe)
    on_device, on_cpu = norms_on(card, rows, device), norms_on(card, rows, "cpu")
    told: dict[str, Any] = {
        "model": model,
        "shape": list(shape),
        "batch": batch,
        "normsDifferBy": float(np.abs(on_device - on_cpu).max() / on_cpu.max()),
    }
    for way, how in WAYS.items():
        if device == "cuda":
            torch.cuda.reset_peak_memory_stats()
        speed = Training(card, rows, device, how).steps_a_second(seconds)
        own = Training(card, rows, "cpu", how).steps_a_second(seconds / 2) if device != "cpu" else speed
        peak = torch.cuda.max_memory_allocated() if device == "cuda" else None
        told[way] = {
            "stepsPerSecond": round(speed, 2),
            "examplesPerSecond": round(speed * batch),
            "timesOneCore": round(speed / own, 2),
            "peakBytes": peak,
        }
    return told


def in_jail() -> bool:
    """The jail shows no /proc but a link to the program, and its job lies in /job."""
    return Path("/job/task.json").exists() and not Path("/proc/self/status").exists()


def main() -> None:
    parser = argparse.ArgumentParser(description="speed and exactness of the engine torch on a GPU")
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--seconds", type=float, default=330, help="of the whole check, about")
    parser.add_argument("--rows", type=int, default=4096)
    parser.add_argument("--batch", type=int, help="in place of 256")
    parser.add_argument("--cifar", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.cifar is not None:
        try:
            cifar_rows(asked.cifar, 1)
        except ValueError as error:
            sys.exit(f"gpu-check: {error}")
    if asked.device == "cuda" and not torch.cuda.is_available():
        sys.exit("gpu-check: PyTorch sees no GPU here; --device cpu tries the script without one.")
    each = asked.seconds / (len(CASES) * len(WAYS) * (1.5 if asked.device == "cuda" else 1) * 1.3)
    told: dict[str, Any] = {
        "format": "antidote-gpu-check-1",
        "device": torch.cuda.get_device_name() if asked.device == "cuda" else "cpu",
        "torch": torch.__version__,
        "jailed": in_jail(),
        "models": [],
    }
    for model, shape, usual in CASES:
        color = shape[2] == 3 and asked.cifar is not None
        rows = cifar_rows(asked.cifar, asked.rows) if color else noise_rows(shape, asked.rows)
        one = check(model, shape, asked.batch or usual, rows, asked.device, each)
        told["models"].append({**one, "rows": "cifar-10" if color else "noise"})
        speeds = ", ".join(f"{way} {one[way]['stepsPerSecond']} steps/s (× {one[way]['timesOneCore']})" for way in WAYS)
        print(f"{model} {shape}: {speeds}; norms differ by {one['normsDifferBy']:.1e}", flush=True)
    if asked.json is not None:
        asked.json.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
