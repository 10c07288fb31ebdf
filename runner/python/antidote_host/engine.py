"""What trains the suite's model for a host: the engine `torch`, which lies in `antidote_host.torch_engine`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from antidote_host.defense_failed import DefenseFailed
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard
from antidote_host.step import Gradient, Step
from antidote_host.weights import Weights

if TYPE_CHECKING:
    from torch import nn
    from torch.utils.data import TensorDataset

    from antidote_host.host import Host


@dataclass(frozen=True)
class Streams:
    """Seeds of the trial, 32 bytes each."""

    init: bytes
    batches: bytes
    noise: bytes
    random: bytes


@dataclass(frozen=True)
class Fit:
    """One training run, checked: every array has its shape, dtype and range."""

    train: LabeledSet
    weights: NDArray[np.float32] | None  # [n], in [0, 1]; rows of weight 0 leave before batching
    targets: NDArray[np.float32] | None  # [n, classes], rows sum to 1: the loss is the cross-entropy to them
    epochs: float | None
    """Of ⌊n / batch_size⌋ steps; None: as many steps as the recipe has."""
    batch_size: int
    learning_rate: float
    init: Weights | None
    shape: "Callable[[Step, Host], Gradient] | None"
    call: int
    """How many calls of `fit` came before on this host: each draws from a fork of the streams of its own."""
    on_epoch: Callable[[Weights, int], None] | None
    """Hears the weights after each epoch, counted from 1."""


class Engine(Protocol):
    """What `antidote_host.torch_engine.open_engine(card, streams, host)` returns. One thread, unless a GPU computes."""

    def model(self, init: Weights | None) -> "nn.Module":
        """The suite's architecture as a module that takes [batch, *NCHW] float32.

        Without `init` its weights are Glorot's from the stream `init`.
        """
        ...

    def tensors(self, rows: LabeledSet) -> "TensorDataset":
        """float32 x / scale, NCHW where a row has three axes; int64 y."""
        ...

    def fit(self, fit: Fit) -> Weights: ...

    def logits(self, weights: Weights, rows: LabeledSet) -> NDArray[np.float32]:  # [n, classes]
        ...

    def features(self, weights: Weights, rows: LabeledSet, layer: int) -> NDArray[np.float32]:
        """The output of a layer as [n, d], in H, W, C order; -1 is the last hidden one, for a model of one layer its
        input."""
        ...

    def weights_of(self, module: Any) -> dict[str, NDArray[np.float32]]:
        """The weights of such a module by the model's names, on whatever device and of whatever dtype they are."""
        ...


def has_torch() -> bool:
    return find_spec("torch") is not None


def open_engine(card: ModelCard, streams: Streams, host: "Host") -> Engine:
    if not has_torch():
        raise DefenseFailed(
            "threw",
            "host.fit, host.model, host.logits and host.features train and predict with PyTorch; "
            "`import torch` in the module asks for the set torch.",
        )
    engine: Engine = import_module("antidote_host.torch_engine").open_engine(card, streams, host)
    return engine
