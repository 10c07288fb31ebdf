from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Gradient(Protocol):
    """A vector with one coordinate per parameter of the model. Operations return new vectors."""

    def __add__(self, other: "Gradient") -> "Gradient": ...
    def __sub__(self, other: "Gradient") -> "Gradient": ...
    def __mul__(self, factor: float) -> "Gradient": ...
    def __rmul__(self, factor: float) -> "Gradient": ...
    def __truediv__(self, divisor: float) -> "Gradient": ...
    def dot(self, other: "Gradient") -> float: ...
    def norm(self) -> float: ...


class Step(Protocol):
    """The per-example gradients g_i of one batch, which are never written out. Losses are summed, not averaged."""

    @property
    def index(self) -> int:
        """Number of the step, from 0."""
        ...

    @property
    def size(self) -> int:
        """Examples in this batch. Under Poisson sampling it varies and may be 0."""
        ...

    @property
    def expected_size(self) -> float:
        """The constant to divide by under Poisson sampling."""
        ...

    @property
    def labels(self) -> NDArray[np.int32]:
        """As given, poisoned or not, [size]."""
        ...

    def norms(self, layer: int | None = None) -> NDArray[np.float32]:
        """‖g_i‖₂ over all parameters, or over those of one layer of the model, [size]."""
        ...

    def dots(self, gradient: Gradient, layer: int | None = None) -> NDArray[np.float32]:
        """⟨g_i, gradient⟩ over all parameters, or over those of one layer, [size]."""
        ...

    def sum(self, weights: NDArray[np.float32], layer: int | None = None) -> Gradient:
        """Σ w_i g_i for weights [size]; of one layer, 0 elsewhere, where one is named.

        A row of weight 0 adds nothing, even where its gradient is not finite.
        """
        ...

    def median(self, gradients: Sequence[Gradient]) -> Gradient:
        """The median of some gradients, coordinate by coordinate; of an even number the mean of the middle two."""
        ...

    def noise(self, std: float, layer: int | None = None) -> Gradient:
        """N(0, std²) per coordinate, of all or of one layer, fresh at every call, from the trial's generator."""
        ...
