from math import prod

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard


class Rows:
    """The rows of a set on a device. Bytes become float32 x / scale, and NCHW, when they are taken."""

    def __init__(self, card: ModelCard, rows: LabeledSet, device: torch.device) -> None:
        """Raises ValueError where the arrays are not what the model takes."""
        classes = card.layers[-1].units or 0
        if rows.x.dtype != np.uint8 or rows.x.size != rows.n * prod(card.shape) or len(rows.y) != rows.n:
            raise ValueError(f"rows: x is {rows.x.dtype} {rows.x.shape}, want uint8 {(rows.n, *card.shape)} and n labels")
        if rows.n > 0 and not (0 <= int(rows.y.min()) and int(rows.y.max()) < classes):
            raise ValueError(f"rows: labels {rows.y.min()} to {rows.y.max()}, want 0 to {classes - 1}")
        self._x = torch.from_numpy(np.ascontiguousarray(rows.x).reshape(rows.n, *card.shape)).to(device)
        self._scale = rows.scale
        self._device = device

    def take(self, places: NDArray[np.int64] | slice) -> Tensor:
        """[places, channels, height, width], or [places, d] where a row has one axis."""
        at = places if isinstance(places, slice) else torch.from_numpy(places).to(self._device)
        taken = self._x[at]
        if taken.ndim == 4:
            taken = taken.permute(0, 3, 1, 2)
        return taken.to(torch.float32, memory_format=torch.contiguous_format).div_(self._scale)
