from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from antidote_host.defense_failed import DefenseFailed
from antidote_host.model_card import ModelCard
from antidote_host.models import shape_after
from antidote_host.weights import Weights


class Network(nn.Module):
    """The model of a card: takes rows [n, channels, height, width], or [n, d] where a row has one axis.

    Its modules are PyTorch's own (Linear, Conv2d, GroupNorm), named as the card's weights are: `dense0.weight` here is
    `dense0/kernel` there.
    """

    def __init__(self, card: ModelCard) -> None:
        super().__init__()
        self.card = card
        self._calls: list[Callable[[list[Tensor]], Tensor]] = []
        shape = card.shape
        for index, layer in enumerate(card.layers):
            units = layer.units or 0
            if layer.kind == "dense":
                dense = nn.Linear(prod(shape), units)
                self.add_module(f"dense{index}", dense)
                self._calls.append(_dense(dense, layer.activation == "relu"))
            elif layer.kind == "conv":
                conv = nn.Conv2d(shape[-1], units, 3, padding=1)
                self.add_module(f"conv{index}", conv)
                self._calls.append(_conv(conv))
            elif layer.kind == "conv-norm":
                conv = nn.Conv2d(shape[-1], units, 3, padding=1, bias=False)
                norm = nn.GroupNorm(max(1, min(32, units // 4)), units)
                self.add_module(f"conv{index}", conv)
                self.add_module(f"norm{index}", norm)
                self._calls.append(_conv_norm(conv, norm))
            elif layer.kind == "add":
                self._calls.append(_add(layer.back or 0))
            else:
                self._calls.append(_maxpool if layer.kind == "maxpool" else _globalpool)
            shape = shape_after(layer, shape)

    def outputs(self, rows: Tensor) -> list[Tensor]:
        """The rows, then the output of every layer."""
        outputs = [rows]
        for call in self._calls:
            outputs.append(call(outputs))
        return outputs

    def forward(self, rows: Tensor) -> Tensor:
        return self.outputs(rows)[-1]  # [n, classes]


def _dense(module: nn.Linear, relu: bool) -> Callable[[list[Tensor]], Tensor]:
    def call(outputs: list[Tensor]) -> Tensor:
        made: Tensor = module(outputs[-1].flatten(1))  # [n, units]
        return functional.relu(made) if relu else made

    return call


def _conv(module: nn.Conv2d) -> Callable[[list[Tensor]], Tensor]:
    return lambda outputs: functional.relu(module(outputs[-1]))


def _conv_norm(conv: nn.Conv2d, norm: nn.GroupNorm) -> Callable[[list[Tensor]], Tensor]:
    return lambda outputs: functional.relu(norm(conv(outputs[-1])))


def _add(back: int) -> Callable[[list[Tensor]], Tensor]:
    return lambda outputs: outputs[-1] + outputs[-1 - back]


def _maxpool(outputs: list[Tensor]) -> Tensor:
    return functional.max_pool2d(outputs[-1], 2)


def _globalpool(outputs: list[Tensor]) -> Tensor:
    return outputs[-1].amax((2, 3))


_NAMES = {"kernel": "weight", "scale": "weight", "shift": "bias", "bias": "bias"}
_WRAPPERS = ("_module.", "module.", "_orig_mod.")


def module_of(card: ModelCard, weights: Weights) -> Network:
    """A network with those weights."""
    network = Network(card)
    with torch.no_grad():
        for name, parameter in _parameters(network, card).items():
            parameter.copy_(torch.from_numpy(_to_torch(weights[name], _image_before(card, name))))
    return network


def weights_of_module(card: ModelCard, module: nn.Module) -> dict[str, NDArray[np.float32]]:
    """The arrays of such a network, also of one that Opacus, DataParallel or torch.compile wrap: float32, on the CPU."""
    state = {_unwrapped(name): value for name, value in module.state_dict().items()}
    weights: dict[str, NDArray[np.float32]] = {}
    for name in card.weights:
        value = state.get(torch_name(name))
        if value is None:
            raise DefenseFailed(
                "bad-output", f"The returned module has no parameter {torch_name(name)}; a model of host.model() is wanted."
            )
        array = value.detach().to("cpu", torch.float32).numpy()
        weights[name] = from_torch(array, card, name)
    return weights


def from_torch(array: NDArray[Any], card: ModelCard, name: str) -> NDArray[np.float32]:
    """A parameter of PyTorch as the weight of that name, contiguous. Returned as it is where it does not fit."""
    shape = card.weights[name]
    if array.size != prod(shape) or array.ndim != len(shape):
        return array
    image = _image_before(card, name)
    if len(shape) == 4:
        array = array.transpose(2, 3, 1, 0)  # [3, 3, channels, units]
    elif len(shape) == 2 and image is not None:
        height, width, channels = image
        array = array.reshape(-1, channels, height, width).transpose(2, 3, 1, 0).reshape(shape)
    elif len(shape) == 2:
        array = array.T
    return np.ascontiguousarray(array, dtype=np.float32)


def _to_torch(array: NDArray[np.float32], image: tuple[int, ...] | None) -> NDArray[np.float32]:
    if array.ndim == 4:
        array = array.transpose(3, 2, 0, 1)  # [units, channels, 3, 3]
    elif array.ndim == 2 and image is not None:
        array = array.reshape(*image, -1).transpose(3, 2, 0, 1).reshape(array.shape[1], -1)  # [units, inputs]
    elif array.ndim == 2:
        array = array.T
    return np.array(array, dtype=np.float32, order="C")


def torch_name(name: str) -> str:
    layer, array = name.split("/")
    return f"{layer}.{_NAMES[array]}"


def parameters_by_name(network: nn.Module, card: ModelCard) -> Mapping[str, nn.Parameter]:
    """In the card's order."""
    return _parameters(network, card)


def _parameters(network: nn.Module, card: ModelCard) -> dict[str, nn.Parameter]:
    own = dict(network.named_parameters())
    return {name: own[torch_name(name)] for name in card.weights}


def _image_before(card: ModelCard, name: str) -> tuple[int, ...] | None:
    """The image that a dense layer takes: our vectors are in the order H, W, C, those of PyTorch in C, H, W."""
    if not name.startswith("dense"):
        return None
    shape = card.shape
    for index, layer in enumerate(card.layers):
        if name.startswith(f"dense{index}/"):
            break
        shape = shape_after(layer, shape)
    return shape if len(shape) == 3 and shape[2] > 1 else None


def _unwrapped(name: str) -> str:
    for wrapper in _WRAPPERS:
        name = name.removeprefix(wrapper)
    return name
