from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from antidote_host.defense_failed import DefenseFailed

Weights = dict[str, NDArray[np.float32]]
"""The arrays of a model by name, as its card lists them."""


def read_weights(path: Path) -> Weights:
    """The arrays of a .safetensors file."""
    return load_file(path)


def write_weights(path: Path, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Writes them as .safetensors.

    `save_file` writes the buffer of an array as it lies: of a transposed view right shape and wrong values, without an
    error. So every array is made contiguous first.
    """
    save_file({name: np.ascontiguousarray(array, dtype="<f4") for name, array in weights.items()}, path)


def weights_of(
    returned: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]], what: str = "The weights"
) -> Weights:
    """These arrays as float32 copies in C order, in the order of the model.

    Throws DefenseFailed unless they are exactly the model's: each name once and no other, its shape, numbers
    (bad-output), all of them finite (not-finite).
    """
    strangers = [name for name in returned if name not in shapes]
    if strangers:
        raise DefenseFailed("bad-output", f"{what}: the model has no array called {str(strangers[0])[:60]!r}.")
    return {name: _array_of(returned, name, shape, what) for name, shape in shapes.items()}


def _array_of(returned: Mapping[str, Any], name: str, shape: tuple[int, ...], what: str) -> NDArray[np.float32]:
    if name not in returned:
        raise DefenseFailed("bad-output", f"{what}: no array is called {name}.")
    array = np.asarray(returned[name])
    if array.dtype.kind not in "fiu":
        raise DefenseFailed("bad-output", f"{what}: {name} holds {array.dtype}, float32 is wanted.")
    if array.shape != shape:
        raise DefenseFailed("bad-output", f"{what}: {name} is to have shape {shape}; it has {array.shape}.")
    with np.errstate(over="ignore", invalid="ignore"):
        copy = np.array(array, dtype=np.float32, order="C", copy=True)
    if not np.isfinite(copy).all():
        raise DefenseFailed("not-finite", f"{what}: {name} holds a number that is not finite.")
    return copy
