import sys
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antidote_host.defense_failed import DefenseFailed
from antidote_host.engine import Engine, Fit, Streams, open_engine
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard
from antidote_host.recipe import Recipe
from antidote_host.step import Gradient, Step
from antidote_host.weights import Weights, weights_of

if TYPE_CHECKING:
    from torch import nn
    from torch.utils.data import TensorDataset

Model = Any
"""Weights by name, or a module of PyTorch that `Host.model` made."""


class Host:
    """What a defense may ask of the harness. What trains and predicts needs PyTorch: `import torch` in the module."""

    def __init__(
        self, card: ModelCard, streams: Streams, on_epoch: Callable[[Weights, int], None] | None = None
    ) -> None:
        self._card = card
        self._streams = streams
        self._on_epoch = on_epoch
        self._calls = 0
        self._engine: Engine | None = None

    @property
    def recipe(self) -> Recipe:
        """How the suite trains: optimizer, momentum, learning_rate, schedule, sampling, batch_size, steps."""
        return self._card.recipe

    def model(self, init: Weights | None = None) -> "nn.Module":
        """The suite's architecture as a module of PyTorch, with Glorot's weights from the trial's seed, or with `init`.

        Its parameters are named as the suite names them; `train` may return the module itself.
        """
        return self._opened().model(None if init is None else weights_of(init, self._card.weights, "init"))

    def tensors(self, rows: LabeledSet) -> "TensorDataset":
        """(x, y): float32 x / scale as [n, channels, height, width], int64 y [n]."""
        return self._opened().tensors(rows)

    def fit(
        self,
        train: LabeledSet,
        *,
        weights: ArrayLike | None = None,
        targets: ArrayLike | None = None,
        epochs: float | None = None,
        batch_size: int | None = None,
        learning_rate: float | None = None,
        init: Weights | None = None,
        shape: Callable[[Step, "Host"], Gradient] | None = None,
    ) -> Weights:
        """Trains the suite's model by the suite's recipe, but for the options given.

        weights: of the rows, in [0, 1], [n]; rows of weight 0 leave before batching.
        targets: soft labels in place of the set's, [n, classes], rows that sum to 1.
        shape: the gradient of every step, as a defense of the kind shape gives it.
        Raises ValueError for an option that is none.
        """
        recipe = self._card.recipe
        shaped = None if shape is None else _counted(shape)
        call, self._calls = self._calls, self._calls + 1
        return self._opened().fit(
            Fit(
                train=train,
                weights=None if weights is None else _in_unit(weights, (train.n,), "weights"),
                targets=None if targets is None else _shares(targets, (train.n, train.classes)),
                epochs=None if epochs is None else _at_least_zero(epochs, "epochs"),
                batch_size=recipe.batch_size if batch_size is None else _whole(batch_size),
                learning_rate=recipe.learning_rate
                if learning_rate is None
                else _at_least_zero(learning_rate, "learning_rate"),
                init=None if init is None else weights_of(init, self._card.weights, "init"),
                shape=shaped,
                call=call,
                on_epoch=self._on_epoch,
            )
        )

    def logits(self, model: Model, rows: LabeledSet) -> NDArray[np.float32]:
        """The model's outputs, [n, classes]. `model`: weights, or a module."""
        return self._opened().logits(self._weights(model), rows)

    def features(self, model: Model, rows: LabeledSet, layer: int = -1) -> NDArray[np.float32]:
        """The output of a layer, [n, d]; by default of the last hidden one; for `lr` the input."""
        return self._opened().features(self._weights(model), rows, layer)

    def seed(self, name: str) -> int:
        """A number below 2⁶³ that depends on the trial and the name alone."""
        return int.from_bytes(sha256(self._streams.random + name.encode()).digest()[:8], "little") >> 1

    def log(self, *values: object) -> None:
        """Prints. The first 64 KiB of all that a module prints are kept."""
        print(*values, file=sys.stdout, flush=True)

    def weights_of(self, module: "nn.Module") -> dict[str, NDArray[np.float32]]:
        """The weights of a model of `Host.model` by the suite's names."""
        return self._opened().weights_of(module)

    def _opened(self) -> Engine:
        if self._engine is None:
            self._engine = open_engine(self._card, self._streams, self)
        return self._engine

    def _weights(self, model: Model) -> Weights:
        arrays = model if isinstance(model, dict) else self.weights_of(model)
        return weights_of(arrays, self._card.weights)


_step: int | None = None


def current_step() -> int | None:
    """The step that a module was shaping when it last threw, or is shaping now."""
    return _step


def _counted(shape: Callable[[Step, Host], Gradient]) -> Callable[[Step, Host], Gradient]:
    def counted(step: Step, host: Host) -> Gradient:
        global _step
        _step = step.index
        gradient = shape(step, host)
        _step = None
        return gradient

    return counted


def _at_least_zero(value: float, name: str) -> float:
    if not np.isfinite(value):
        raise DefenseFailed("not-finite", f"host.fit: {name} is {value!r}.")
    if value < 0:
        raise ValueError(f"host.fit: {name} is {value!r}; at least 0 is wanted")
    return float(value)


def _whole(batch_size: int) -> int:
    if batch_size != int(batch_size) or batch_size < 1:
        raise ValueError(f"host.fit: batch_size is {batch_size!r}; a whole number from 1 is wanted")
    return int(batch_size)


def _in_unit(values: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float32]:
    array = np.array(values, dtype=np.float32)
    if array.shape != shape:
        raise ValueError(f"host.fit: {name} has shape {array.shape}; {shape} is wanted")
    if not np.isfinite(array).all():
        raise DefenseFailed("not-finite", f"host.fit: {name} holds a number that is not finite.")
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"host.fit: {name} holds a number outside [0, 1]")
    return array


def _shares(values: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.float32]:
    array = _in_unit(values, shape, "targets")
    if not (np.abs(array.sum(axis=1) - 1) < 1e-3).all():
        raise ValueError("host.fit: a row of targets does not sum to 1")
    return array
