from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LabeledSet:
    """Rows with labels. The model sees x / scale, as float32."""

    n: int
    classes: int
    shape: tuple[int, ...]
    """Of one row, for example (28, 28, 1): height, width, channels."""
    scale: float
    x: NDArray[np.uint8]  # [n, *shape]
    y: NDArray[np.int32]  # [n]

    def rows(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> "LabeledSet":
        """The rows at these places, or those where a mask of shape [n] is true. They are copied."""
        y = self.y[index]
        return LabeledSet(len(y), self.classes, self.shape, self.scale, self.x[index], y)
