import re
from collections.abc import Sequence
from math import prod

from antidote_host.model_card import Layer, ModelCard
from antidote_host.recipe import Recipe

_MAXPOOL = Layer("maxpool", None, None)
_ADD = Layer("add", None, None, back=2)


def model_card(model: str, shape: tuple[int, ...], classes: int, recipe: Recipe) -> ModelCard:
    """The suite's model of that name for rows of that shape. A suite's own card says the same.

    lr, mlp-WIDTH with any number of widths, cnn (Hong et al. 2020, https://arxiv.org/abs/2002.11497), and resnet-9.
    Raises ValueError for another name.
    """
    layers = [*_layers(model), Layer("dense", classes, "linear")]
    return ModelCard(model, shape, tuple(layers), weight_shapes(layers, shape), recipe)


def _layers(model: str) -> list[Layer]:
    """All but the last. resnet-9: a narrow ResNet of eight convolutions with GroupNorm, two of its blocks residual."""
    if model == "lr":
        return []
    if re.fullmatch(r"mlp(-[1-9][0-9]*)+", model):
        return [Layer("dense", int(width), "relu") for width in model.split("-")[1:]]
    if model == "cnn":
        return [Layer("conv", 16, "relu"), Layer("conv", 32, "relu"), _MAXPOOL, Layer("dense", 256, "relu")]
    if model == "resnet-9":
        residual = [_normed(64), _normed(64), _ADD]
        last = [_normed(256), _normed(256), _ADD]
        first = [_normed(32), _normed(64), _MAXPOOL, *residual]
        return [*first, _normed(128), _MAXPOOL, _normed(256), _MAXPOOL, *last, Layer("globalpool", None, None)]
    raise ValueError(f"there is no model {model!r}; known are lr, mlp-WIDTH, cnn and resnet-9")


def _normed(units: int) -> Layer:
    return Layer("conv-norm", units, "relu")


def shape_after(layer: Layer, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of one row after that layer. Raises ValueError where an image is wanted and is not given."""
    if layer.kind == "dense":
        return (layer.units or 0,)
    if layer.kind == "add":
        return shape
    if len(shape) != 3:
        raise ValueError(f"rows of shape {shape}, where an image (height, width, channels) is wanted")
    height, width, channels = shape
    if layer.kind == "globalpool":
        return (channels,)
    return (height // 2, width // 2, channels) if layer.kind == "maxpool" else (height, width, layer.units or 0)


def weight_shapes(layers: Sequence[Layer], shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the weights: layer's kind and place, then kernel and bias; with GroupNorm kernel, scale, shift."""
    shapes: dict[str, tuple[int, ...]] = {}
    for index, layer in enumerate(layers):
        units = (layer.units or 0,)
        if layer.kind == "dense":
            shapes |= {f"dense{index}/kernel": (prod(shape), *units), f"dense{index}/bias": units}
        elif layer.kind == "conv":
            shapes |= {f"conv{index}/kernel": (3, 3, shape[-1], *units), f"conv{index}/bias": units}
        elif layer.kind == "conv-norm":
            kernel = (3, 3, shape[-1], *units)
            shapes |= {f"conv{index}/kernel": kernel, f"norm{index}/scale": units, f"norm{index}/shift": units}
        shape = shape_after(layer, shape)
    return shapes
