"""What the guest does about PyTorch. It is imported only where PyTorch is there."""

from functools import wraps
from typing import Any

import torch
from antidote_host.torch_engine.generator import seed
from torch.utils.data import DataLoader


def warm_torch() -> None:
    """A step of an optimizer: the first one imports for a second or two."""
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    layer = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
    loss = torch.nn.functional.cross_entropy(layer(torch.zeros(1, 2)), torch.zeros(1, dtype=torch.int64))
    torch.autograd.backward(loss)
    optimizer.step()


def seal_torch(stream: bytes) -> None:
    torch.manual_seed(int.from_bytes(stream[16:24], "little"))
    seed(torch.default_generator, stream)
    _without_workers()


def _without_workers() -> None:
    """A DataLoader loads in this process whatever it is asked for: there is no other."""
    begin = DataLoader.__init__

    @wraps(begin)
    def init(self: Any, *arguments: Any, **options: Any) -> None:
        named = dict(zip(_PARAMETERS, arguments[1:], strict=False))
        asked = {**named, **options}
        for name in ("num_workers", "prefetch_factor", "persistent_workers", "multiprocessing_context", "timeout"):
            asked.pop(name, None)
        if not torch.cuda.is_available():
            asked.pop("pin_memory", None)
        dataset = arguments[0] if arguments else asked.pop("dataset")
        begin(self, dataset, **asked)

    setattr(DataLoader, "__init__", init)


_PARAMETERS = (
    "batch_size",
    "shuffle",
    "sampler",
    "batch_sampler",
    "num_workers",
    "collate_fn",
    "pin_memory",
    "drop_last",
    "timeout",
    "worker_init_fn",
    "multiprocessing_context",
    "generator",
)
