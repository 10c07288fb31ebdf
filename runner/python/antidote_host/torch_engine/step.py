from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from antidote_host.defense_failed import DefenseFailed
from antidote_host.torch_engine.backward import Part
from antidote_host.torch_engine.examples import Examples
from antidote_host.torch_engine.gradient import FlatGradient, gradient_of, median_of


class TorchStep:
    """What one step of training lends to whoever shapes its gradient: `antidote_host.Step` says what each method gives.

    Its methods work until the step is over; gradients outlive it. A batch may be empty.
    """

    def __init__(
        self,
        index: int,
        expected_size: int,
        labels: NDArray[np.int32],
        examples: Sequence[tuple[Part, Examples]],
        like: Tensor,
        noise: torch.Generator,
    ) -> None:
        self.index = index
        self.size = len(labels)
        self.expected_size = expected_size
        self.labels = labels
        self._examples: Sequence[tuple[Part, Examples]] | None = examples
        self._like = like
        self._noise = noise
        self._squares: dict[int, Tensor] = {}

    def norms(self, layer: int | None = None) -> NDArray[np.float32]:
        total = torch.zeros(self.size, dtype=torch.float64, device=self._like.device)
        for part, examples in self._of(layer):
            if part.begin not in self._squares:
                self._squares[part.begin] = examples.squares()
            total += self._squares[part.begin]
        return _array(total.sqrt_())

    def dots(self, gradient: object, layer: int | None = None) -> NDArray[np.float32]:
        direction = gradient_of(gradient, "dots")
        total = torch.zeros(self.size, dtype=torch.float64, device=self._like.device)
        for part, examples in self._of(layer):
            total += examples.dots(direction.values[part.begin : part.end])
        return _array(total.mul_(direction.factor))

    def sum(self, weights: Any, layer: int | None = None) -> FlatGradient:
        given = torch.as_tensor(weights, dtype=torch.float32, device=self._like.device).detach()
        if given.shape != (self.size,):
            raise ValueError(f"sum: weights of shape {tuple(given.shape)}; one for each of the {self.size} rows is wanted")
        total = self._summed(given, layer)
        if not np.isfinite(float(total.sum())) and not bool(torch.isfinite(total).all()):
            total = self._summed_without(given, layer)
        return FlatGradient(total)

    def median(self, gradients: Sequence[object]) -> FlatGradient:
        return median_of(gradients)

    def noise(self, std: float, layer: int | None = None) -> FlatGradient:
        if not np.isfinite(std):
            raise DefenseFailed("not-finite", f"step.noise: std is {std!r}.")
        if std < 0:
            raise ValueError(f"step.noise: std is {std!r}; at least 0 is wanted")
        drawn = torch.empty_like(self._like) if layer is None else torch.zeros_like(self._like)
        if std == 0:
            return FlatGradient(drawn.zero_())
        if layer is None:
            return FlatGradient(drawn.normal_(0, std, generator=self._noise))
        for part, _ in self._of(layer):
            drawn[part.begin : part.end].normal_(0, std, generator=self._noise)
        return FlatGradient(drawn)

    def close(self) -> None:
        self._examples = None

    def _of(self, layer: int | None) -> Iterator[tuple[Part, Examples]]:
        if self._examples is None:
            raise RuntimeError(f"step {self.index} is over")
        return ((part, examples) for part, examples in self._examples if layer is None or part.layer == layer)

    def _summed(self, weights: Tensor, layer: int | None) -> Tensor:
        whole = layer is None and self.size > 0
        total = torch.empty_like(self._like) if whole else torch.zeros_like(self._like)
        for part, examples in self._of(layer):
            examples.sum_into(total[part.begin : part.end], weights)
        return total

    def _summed_without(self, weights: Tensor, layer: int | None) -> Tensor:
        """Rows of weight 0 add nothing, even where their gradient is not finite."""
        kept = torch.nonzero(weights).flatten()
        total = torch.zeros_like(self._like)
        for part, examples in self._of(layer):
            examples.only(kept).sum_into(total[part.begin : part.end], weights[kept])
        if not bool(torch.isfinite(total).all()):
            raise DefenseFailed("not-finite", self._what_overflows(weights))
        return total

    def _what_overflows(self, weights: Tensor) -> str:
        if not bool(torch.isfinite(weights).all()):
            return f"step.sum of step {self.index}: a weight is not finite."
        bad = np.flatnonzero(~np.isfinite(self.norms()) & (weights.cpu().numpy() != 0))
        if len(bad) == 0:
            return f"step.sum of step {self.index}: the weighted gradients add up to more than float32 holds."
        return f"step.sum of step {self.index}: the gradient of row {bad[0]} of the batch is not finite, and its weight is not 0."


def _array(values: Tensor) -> NDArray[np.float32]:
    return values.float().cpu().numpy()
