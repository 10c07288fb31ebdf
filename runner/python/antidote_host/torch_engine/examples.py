"""Each layer's share of the per-example gradients of a batch, from its inputs and its deltas alone.

The delta of example i is ∂loss_i / ∂output of the layer. A share gives ‖g_i‖² and ⟨g_i, R⟩ in float64, [n], and writes
Σ w_i g_i into its part of a flat vector.
"""

from collections.abc import Callable
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.grad import conv2d_weight

_weight_gradient: Callable[..., Tensor] = conv2d_weight  # it has no types

CHUNK = {"cpu": 2**19, "cuda": 2**26}
"""Numbers of unfolded images at a time: two megabytes fit into a processor's cache."""


class Examples(Protocol):
    def squares(self) -> Tensor: ...  # [n], float64
    def dots(self, direction: Tensor) -> Tensor: ...  # [n], float64; direction: the layer's part, [own]
    def sum_into(self, part: Tensor, weights: Tensor) -> None: ...  # part: [own], weights: [n]
    def only(self, rows: Tensor) -> "Examples": ...  # those of some rows, by place


class DenseExamples:
    """g_i = δ_i a_iᵀ, never written out: ‖g_i‖² = (‖a_i‖² + 1) ‖δ_i‖² with the bias (Goodfellow 2015,
    https://arxiv.org/abs/1510.01799). The sum is one weighted product (Bu et al. 2023, https://arxiv.org/abs/2210.00038)."""

    def __init__(self, inputs: Tensor, deltas: Tensor) -> None:
        self._inputs = inputs  # [n, inputs]
        self._deltas = deltas  # [n, units]

    def squares(self) -> Tensor:
        return (_squares(self._inputs) + 1) * _squares(self._deltas)

    def dots(self, direction: Tensor) -> Tensor:
        units = self._deltas.shape[1]
        kernel, bias = direction[:-units].view(units, -1), direction[-units:]
        turned = torch.addmm(bias, self._inputs, kernel.T)  # [n, units]
        return (turned * self._deltas).sum(1, dtype=torch.float64)

    def sum_into(self, part: Tensor, weights: Tensor) -> None:
        units = self._deltas.shape[1]
        weighted = self._deltas * weights[:, None]  # [n, units]
        torch.mm(weighted.T, self._inputs, out=part[:-units].view(units, -1))
        torch.sum(weighted, 0, out=part[-units:])

    def only(self, rows: Tensor) -> "DenseExamples":
        return DenseExamples(self._inputs[rows], self._deltas[rows])


class ConvExamples:
    """With the input unfolded to U_i, [p, places], g_i = D_i U_iᵀ, [units, p], and Σ D_i for the bias.

    Where g_i is smaller than two matrices of [places, places] it is made once for each example, and serves norm and dot
    product. Otherwise ‖g_i‖² = ⟨U_iᵀ U_i, D_iᵀ D_i⟩ (Bu et al. 2022, https://arxiv.org/abs/2205.10683, section 3).
    """

    def __init__(self, inputs: Tensor, deltas: Tensor, bias: bool) -> None:
        self._inputs = inputs  # [n, channels, height, width]
        self._deltas = deltas  # [n, units, height, width]
        self._bias = bias
        places = deltas.shape[2] * deltas.shape[3]
        self._patch = 9 * inputs.shape[1]
        self._written = self._patch * deltas.shape[1] < 2 * places * places
        self._kept: Tensor | None = None
        self._chunk = max(1, CHUNK[inputs.device.type] // (self._patch * places))

    def squares(self) -> Tensor:
        squares = _squares(self._gradients().flatten(1)) if self._written else self._ghost_squares()
        return squares + _squares(self._bias_gradients()) if self._bias else squares

    def dots(self, direction: Tensor) -> Tensor:
        own = self._deltas.shape[1] * self._patch
        if self._written:
            products = self._gradients().flatten(1).double() @ direction[:own].double()  # [n]
        else:
            kernel = direction[:own].view(self._deltas.shape[1], -1, 3, 3)
            turned = functional.conv2d(self._inputs, kernel, padding=1)  # [n, units, height, width]
            products = (turned * self._deltas).sum((1, 2, 3), dtype=torch.float64)
        return products + self._bias_gradients().double() @ direction[own:].double() if self._bias else products

    def sum_into(self, part: Tensor, weights: Tensor) -> None:
        units, channels = self._deltas.shape[1], self._inputs.shape[1]
        own = units * self._patch
        if self._kept is not None:
            torch.mv(self._kept.flatten(1).T, weights, out=part[:own])
        else:
            weighted = self._deltas * weights[:, None, None, None]
            size = (units, channels, 3, 3)
            part[:own].view(size).copy_(_weight_gradient(self._inputs, size, weighted, padding=1))
        if self._bias:
            torch.mv(self._bias_gradients().T, weights, out=part[own:])

    def only(self, rows: Tensor) -> "ConvExamples":
        return ConvExamples(self._inputs[rows], self._deltas[rows], self._bias)

    def _bias_gradients(self) -> Tensor:
        return self._deltas.sum((2, 3))  # [n, units]

    def _gradients(self) -> Tensor:
        if self._kept is None:
            units, n = self._deltas.shape[1], self._deltas.shape[0]
            self._kept = self._inputs.new_empty(n, units, self._patch)
            for at in range(0, n, self._chunk):
                unfolded, deltas = self._unfolded(at)
                torch.bmm(deltas, unfolded.transpose(1, 2), out=self._kept[at : at + self._chunk])
        return self._kept  # [n, units, patch]

    def _ghost_squares(self) -> Tensor:
        squares: list[Tensor] = []
        for at in range(0, self._deltas.shape[0], self._chunk):
            unfolded, deltas = self._unfolded(at)
            of_inputs = torch.bmm(unfolded.transpose(1, 2), unfolded)  # [chunk, places, places]
            of_deltas = torch.bmm(deltas.transpose(1, 2), deltas)
            squares.append((of_inputs * of_deltas).sum((1, 2), dtype=torch.float64))
        return torch.cat(squares).clamp_min_(0)

    def _unfolded(self, at: int) -> tuple[Tensor, Tensor]:
        """Of a chunk of rows: windows [chunk, patch, places] in PyTorch's order, and deltas [chunk, units, places]."""
        padded = functional.pad(self._inputs[at : at + self._chunk], (1, 1, 1, 1)).contiguous()
        n, channels = padded.shape[:2]
        height, width = self._deltas.shape[2:]
        row, channel, line, _ = padded.stride()
        windows = padded.as_strided((n, channels, 3, 3, height, width), (row, channel, line, 1, line, 1))
        deltas = self._deltas[at : at + self._chunk].flatten(2)
        return windows.reshape(n, self._patch, height * width), deltas


class NormExamples:
    """Of a GroupNorm's scale and shift: g_i is Σ δ_i x̂_i and Σ δ_i over the places, and small enough to be written out.

    x̂ is the normalized input before scale and shift. Other rows of the batch do not enter it.
    """

    def __init__(self, gradients: Tensor) -> None:
        self._gradients = gradients  # [n, 2 · channels]

    @staticmethod
    def of(module: nn.GroupNorm, inputs: Tensor, deltas: Tensor) -> "NormExamples":
        normalized = functional.group_norm(inputs, module.num_groups, eps=module.eps)
        return NormExamples(torch.cat([(deltas * normalized).sum((2, 3)), deltas.sum((2, 3))], 1))

    def squares(self) -> Tensor:
        return _squares(self._gradients)

    def dots(self, direction: Tensor) -> Tensor:
        return self._gradients.double() @ direction.double()

    def sum_into(self, part: Tensor, weights: Tensor) -> None:
        torch.mv(self._gradients.T, weights, out=part)

    def only(self, rows: Tensor) -> "NormExamples":
        return NormExamples(self._gradients[rows])


def examples_of(module: nn.Module, inputs: Tensor, deltas: Tensor) -> Examples:
    """Raises TypeError for a module whose share of a gradient nobody knows: without it a norm would be too small."""
    if isinstance(module, nn.Linear):
        return DenseExamples(inputs, deltas)
    if isinstance(module, nn.Conv2d):
        return ConvExamples(inputs, deltas, module.bias is not None)
    if isinstance(module, nn.GroupNorm):
        return NormExamples.of(module, inputs, deltas)
    raise TypeError(f"per-example gradients of {type(module).__name__} are not known")


def _squares(rows: Tensor) -> Tensor:
    norms: Tensor = torch.linalg.vector_norm(rows, dim=1)
    return norms.double().square()  # [n]
