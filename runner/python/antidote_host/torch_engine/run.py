from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import torch

from antidote_host.defense_failed import DefenseFailed
from antidote_host.draws.batches import batches_of
from antidote_host.draws.rates import learning_rates, steps_of
from antidote_host.draws.rng import Rng
from antidote_host.engine import Fit
from antidote_host.model_card import ModelCard
from antidote_host.step import Gradient, Step
from antidote_host.torch_engine.backward import Watched
from antidote_host.torch_engine.examples import Examples
from antidote_host.torch_engine.gradient import FlatGradient
from antidote_host.torch_engine.network import Network
from antidote_host.torch_engine.optimizer import Optimizer
from antidote_host.torch_engine.rows import Rows
from antidote_host.torch_engine.step import TorchStep

if TYPE_CHECKING:
    from antidote_host.host import Host


class Run:
    """A training run, step by step: batch, per-example gradients, the shaped gradient, the parameters moved by it.

    Loss is summed over the batch; a plain step divides by the *expected* size, since the drawn one tells of the data. An
    empty batch is a step too: momentum, decay and noise move the parameters.
    """

    def __init__(
        self, card: ModelCard, network: Network, fit: Fit, batches: Rng, noise: torch.Generator, host: "Host"
    ) -> None:
        recipe, n, device = card.recipe, fit.train.n, noise.device
        self._fit, self._host, self._noise, self._device = fit, host, noise, device
        self._shape: Callable[[Step, Host], Gradient] = fit.shape or plain
        self._watched = Watched(network)
        self._optimizer = Optimizer(recipe, self._watched.flat)
        self._rows = Rows(card, fit.train, device)
        self._labels = torch.from_numpy(fit.train.y.astype(np.int64)).to(device)  # [n]
        self._targets = None if fit.targets is None else torch.from_numpy(fit.targets).to(device)  # [n, classes]
        self._row_weights = None if fit.weights is None else torch.from_numpy(fit.weights).to(device)  # [n]
        self._kept = np.arange(n) if fit.weights is None else np.flatnonzero(fit.weights)
        self._draw = batches_of(recipe.sampling, len(self._kept), fit.batch_size, batches)
        self.steps, self.epoch_steps = steps_of(recipe, n, fit.batch_size, fit.epochs)
        self._rates = learning_rates(recipe.schedule, fit.learning_rate, self.steps)
        self._index = 0

    def advance(self, steps: int) -> None:
        for _ in range(steps):
            self._take(self._index)
            self._index += 1

    def end(self) -> None:
        self._watched.close()

    def _take(self, index: int) -> None:
        rows = self._kept[self._draw()]  # [size]
        examples = self._examples(rows) if len(rows) > 0 else []
        step = TorchStep(
            index,
            self._fit.batch_size,
            self._fit.train.y[rows],
            list(zip(self._watched.parts, examples, strict=False)),
            self._watched.flat,
            self._noise,
        )
        shaped = self._shape(step, self._host)
        step.close()
        if not isinstance(shaped, FlatGradient):
            raise DefenseFailed(
                "bad-output", f"shape returned no gradient at step {index}: one that sum() or noise() gave is wanted."
            )
        self._optimizer.move(shaped, self._rates[index])
        flat = self._watched.flat
        if not np.isfinite(float(flat.sum())) and not bool(torch.isfinite(flat).all()):
            raise DefenseFailed(
                "not-finite",
                f"Step {index} leaves weights that are not finite: the gradient or the learning rate is too large.",
            )

    def _examples(self, rows: "np.typing.NDArray[np.int64]") -> list[Examples]:
        at = torch.from_numpy(rows).to(self._device)
        targets = self._labels[at] if self._targets is None else self._targets[at]
        weights = None if self._row_weights is None else self._row_weights[at]
        return self._watched.examples(self._rows.take(rows), targets, weights)


def plain(step: Step, _host: "Host") -> Gradient:
    """The mean gradient, by the expected size: what an undefended step takes."""
    return step.sum(np.ones(step.size, np.float32)) / step.expected_size
