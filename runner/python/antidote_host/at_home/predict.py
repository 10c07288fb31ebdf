"""What a model calls rows, to the bit as the engine on wasm predicts for results of PyTorch.

There a product adds one input after the other in float32, and a layer's end is computed in float64 and then rounded.
"""

import numpy as np
from numpy.typing import NDArray

from antidote_host.model_card import Layer, ModelCard
from antidote_host.weights import Weights

Array = NDArray[np.float32]

CHUNK = 2**24
"""Numbers that the widest layer makes of the rows that are predicted at a time."""


def labels_of(card: ModelCard, weights: Weights, x: NDArray[np.uint8], scale: float) -> NDArray[np.int64]:
    """The likeliest class of each row, of equals the smaller, [n]. x: [n, *shape]"""
    chunk = max(1, min(1000, CHUNK // _widest(card)))
    parts = [_labels(logits_of(card, weights, x[at : at + chunk], scale)) for at in range(0, len(x), chunk)]
    return np.concatenate(parts)


def logits_of(card: ModelCard, weights: Weights, x: NDArray[np.uint8], scale: float) -> Array:
    """[n, classes]. Pixels stay whole numbers; the first layer's product is divided by `scale`."""
    made, unit = x.astype(np.float32), scale
    with np.errstate(over="ignore", invalid="ignore"):
        for place, layer in enumerate(card.layers):
            made, unit = _after(place, layer, weights, made, unit), 1.0
    return made


def plurality(members: list[NDArray[np.int64]], classes: int) -> NDArray[np.int64]:
    """The label that most members give each row, ties to the smaller label."""
    votes = np.zeros((len(members[0]), classes), np.int64)
    for labels in members:
        votes[np.arange(len(labels)), labels] += 1
    most: NDArray[np.int64] = votes.argmax(1)
    return most


def _after(place: int, layer: Layer, weights: Weights, given: Array, unit: float) -> Array:
    if layer.kind == "maxpool":
        n, height, width, channels = given.shape
        even = given[:, : height // 2 * 2, : width // 2 * 2].reshape(n, height // 2, 2, width // 2, 2, channels)
        largest: Array = even.max((2, 4))
        return (largest.astype(np.float64) * (1 / unit)).astype(np.float32)
    if layer.kind not in ("dense", "conv"):
        raise ValueError(f"a layer {layer.kind} is predicted by PyTorch alone")
    kernel, bias = weights[f"{layer.kind}{place}/kernel"], weights[f"{layer.kind}{place}/bias"]
    if layer.kind == "dense":
        return _ended(_product(given.reshape(len(given), -1), kernel), bias, unit, layer)
    n, height, width, channels = given.shape
    padded = np.pad(given, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = [padded[:, row : row + height, column : column + width] for row in range(3) for column in range(3)]
    patches = np.stack(windows, 3).reshape(n * height * width, 9 * channels)
    made = _product(patches, kernel.reshape(9 * channels, -1))
    return _ended(made, bias, unit, layer).reshape(n, height, width, -1)


def _product(a: Array, b: Array) -> Array:
    """[n, m] · [m, k] → [n, k], one of the m after the other."""
    turned = np.ascontiguousarray(a.T)
    made = np.zeros((b.shape[1], len(a)), np.float32)
    term = np.empty_like(made)
    for row, inputs in zip(b, turned, strict=True):
        np.multiply(row[:, None], inputs, out=term)
        made += term
    return np.ascontiguousarray(made.T)


def _ended(product: Array, bias: Array, unit: float, layer: Layer) -> Array:
    value = product.astype(np.float64) * (1 / unit) + bias
    ended = (value + np.abs(value)) * 0.5 if layer.activation == "relu" else value
    return ended.astype(np.float32)


def _labels(logits: Array) -> NDArray[np.int64]:
    """Nothing is larger than a NaN, and a NaN is larger than nothing."""
    comparable = np.where(np.isnan(logits), -np.inf, logits)
    labels: NDArray[np.int64] = np.where(np.isnan(logits[:, 0]), 0, comparable.argmax(1))
    return labels


def _widest(card: ModelCard) -> int:
    shape, widest = card.shape, int(np.prod(card.shape))
    for layer in card.layers:
        if layer.kind == "conv":
            widest = max(widest, 9 * int(np.prod(shape)))
            shape = (*shape[:2], layer.units or 0)
        elif layer.kind == "maxpool":
            shape = (shape[0] // 2, shape[1] // 2, shape[2])
        widest = max(widest, layer.units or 0)
    return widest
