from dataclasses import dataclass
from typing import Literal

from antidote_host.recipe import Recipe


@dataclass(frozen=True)
class Layer:
    """One layer. `activation` is applied to its output.

    `dense` takes a row as one vector. `conv` takes an image [height, width, channels]: windows of 3 × 3, stride 1,
    zeros around it, so that height and width stay. `maxpool` keeps the largest of each 2 × 2 pixels; an odd last row
    or column is left out. `conv-norm` is a conv without bias, then GroupNorm, then ReLU. `add` adds the input of the
    layer that lies `back` places before it. `globalpool` keeps the largest value of each channel.
    """

    kind: Literal["dense", "conv", "conv-norm", "maxpool", "globalpool", "add"]
    units: int | None
    """None for a layer without weights."""
    activation: Literal["relu", "linear"] | None
    back: int | None = None


@dataclass(frozen=True)
class ModelCard:
    """The suite's model: its layers, and the names and shapes of its weights."""

    id: str
    shape: tuple[int, ...]
    """Of one row that it takes."""
    layers: tuple[Layer, ...]
    weights: dict[str, tuple[int, ...]]
    """By name, in the model's order. A dense kernel is [inputs, units], a conv kernel [3, 3, channels, units]."""
    recipe: Recipe
