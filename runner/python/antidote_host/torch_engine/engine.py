from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import TensorDataset

from antidote_host.draws.initial import initial_weights
from antidote_host.draws.rng import Rng
from antidote_host.engine import Fit, Streams
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard
from antidote_host.torch_engine.generator import generator_of
from antidote_host.torch_engine.network import Network, module_of, weights_of_module
from antidote_host.torch_engine.rows import Rows
from antidote_host.torch_engine.run import Run
from antidote_host.weights import Weights

if TYPE_CHECKING:
    from antidote_host.host import Host

_CHUNK = 2**24
"""Numbers that the widest layer makes of the rows that are predicted at a time."""


class TorchEngine:
    """`antidote_host.engine.Engine` with PyTorch. The same streams give the same bits on the same processor."""

    def __init__(self, card: ModelCard, streams: Streams, host: "Host", device: torch.device) -> None:
        self._card, self._streams, self._host, self._device = card, streams, host, device

    def model(self, init: Weights | None) -> Network:
        weights = initial_weights(self._card, Rng(self._streams.init)) if init is None else init
        return module_of(self._card, weights).to(self._device)

    def tensors(self, rows: LabeledSet) -> TensorDataset:
        x = Rows(self._card, rows, torch.device("cpu")).take(slice(None))
        return TensorDataset(x, torch.from_numpy(rows.y.astype(np.int64)))

    def fit(self, fit: Fit) -> Weights:
        card = self._card
        init, batches, noise = (
            Rng(stream) if fit.call == 0 else Rng(stream).fork(f"fit {fit.call}")
            for stream in (self._streams.init, self._streams.batches, self._streams.noise)
        )
        network = module_of(card, fit.init or initial_weights(card, init)).to(self._device)
        generator = generator_of(noise.fork("torch").stream, self._device)
        run = Run(card, network, fit, batches, generator, self._host)
        try:
            whole = run.steps // run.epoch_steps
            for epoch in range(1, whole + 1):
                run.advance(run.epoch_steps)
                if fit.on_epoch is not None:
                    fit.on_epoch(weights_of_module(card, network), epoch)
            run.advance(run.steps - whole * run.epoch_steps)
        finally:
            run.end()
        return weights_of_module(card, network)

    def logits(self, weights: Weights, rows: LabeledSet) -> NDArray[np.float32]:
        return self._predicted(weights, rows, -1)

    def features(self, weights: Weights, rows: LabeledSet, layer: int) -> NDArray[np.float32]:
        depth = len(self._card.layers)
        places = list(range(1, depth)) if depth > 1 else [0]
        return self._predicted(weights, rows, places[layer])

    def weights_of(self, module: Any) -> dict[str, NDArray[np.float32]]:
        return weights_of_module(self._card, module)

    def _predicted(self, weights: Weights, rows: LabeledSet, place: int) -> NDArray[np.float32]:
        """The output of that place among `Network.outputs`, [n, d]."""
        network = module_of(self._card, weights).to(self._device)
        taken = Rows(self._card, rows, self._device)
        chunk = self._chunk(network)
        made: list[NDArray[np.float32]] = []
        with torch.no_grad():
            for at in range(0, rows.n, chunk):
                output = network.outputs(taken.take(slice(at, at + chunk)))[place]
                made.append(_flat(output).cpu().numpy())
        return np.concatenate(made)

    def _chunk(self, network: Network) -> int:
        shape = self._card.shape
        one = torch.zeros(1, *((shape[2], shape[0], shape[1]) if len(shape) == 3 else shape), device=self._device)
        with torch.no_grad():
            widest = max(output.numel() for output in network.outputs(one))
        return max(1, min(1000, _CHUNK // widest))


def _flat(output: Tensor) -> Tensor:
    """In the order height, width, channels."""
    return output.permute(0, 2, 3, 1).flatten(1) if output.ndim == 4 else output


def open_engine(card: ModelCard, streams: Streams, host: "Host", device: str = "cpu") -> TorchEngine:
    """On a CPU one thread, so that sums have one order. On CUDA no TF32: norms agree with the CPU's to float32."""
    if device == "cpu":
        torch.set_num_threads(1)
    else:
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
    return TorchEngine(card, streams, host, torch.device(device))
