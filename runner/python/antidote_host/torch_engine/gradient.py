from collections.abc import Sequence

import torch
from torch import Tensor

from antidote_host.defense_failed import DefenseFailed


class FlatGradient:
    """factor · values: one coordinate per parameter, in PyTorch's order. `values` is never changed: a defense may keep it."""

    __slots__ = ("factor", "values")

    def __init__(self, values: Tensor, factor: float = 1.0) -> None:
        self.values = values  # [parameters]
        self.factor = factor

    def __add__(self, other: object) -> "FlatGradient":
        return self._plus(other, 1.0)

    def __sub__(self, other: object) -> "FlatGradient":
        return self._plus(other, -1.0)

    def __mul__(self, factor: float) -> "FlatGradient":
        product = self.factor * float(factor)
        if not abs(product) < float("inf"):
            raise DefenseFailed("not-finite", f"A gradient is multiplied by {factor}; a finite number is wanted.")
        return FlatGradient(self.values, product)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> "FlatGradient":
        return self * (1 / float(divisor))

    def __neg__(self) -> "FlatGradient":
        return self * -1.0

    def dot(self, other: object) -> float:
        """In float64."""
        right = gradient_of(other, "dot")
        return float(torch.dot(self.values.double(), right.values.double())) * self.factor * right.factor

    def norm(self) -> float:
        return abs(self.factor) * float(torch.linalg.vector_norm(self.values, dtype=torch.float64))

    def written(self) -> Tensor:
        """[parameters]"""
        return self.values if self.factor == 1 else self.values * self.factor

    def _plus(self, other: object, sign: float) -> "FlatGradient":
        right = gradient_of(other, "+ and -")
        return FlatGradient(torch.add(self.written(), right.values, alpha=sign * right.factor))


def gradient_of(value: object, call: str) -> FlatGradient:
    """Raises TypeError for what is no gradient of this engine."""
    if not isinstance(value, FlatGradient):
        raise TypeError(f"{call}: a gradient that sum() or noise() gave is wanted, not {type(value).__name__}")
    return value


def median_of(gradients: Sequence[object]) -> FlatGradient:
    """Coordinate by coordinate; of an even number the mean of the middle two."""
    if len(gradients) == 0:
        raise ValueError("median: a list of at least one gradient is wanted")
    rows = torch.stack([gradient_of(gradient, "median").written() for gradient in gradients])  # [gradients, parameters]
    ordered = rows.sort(0).values
    low, high = (len(gradients) - 1) // 2, len(gradients) // 2
    return FlatGradient((ordered[low] + ordered[high]) / 2)
