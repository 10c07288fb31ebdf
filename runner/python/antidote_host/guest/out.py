import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from antidote_host.weights import Weights, write_weights

if TYPE_CHECKING:
    from antidote_host.guest.train import Trained

EPOCH_LIMIT = 999


class Out:
    """What a guest leaves, under the names of runner/jail/README.md."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep_epoch(self, weights: Weights, epoch: int) -> None:
        """The weights after each epoch; of several trainings those of the last."""
        epochs = self._folder / "epochs"
        if epoch == 1:
            shutil.rmtree(epochs, ignore_errors=True)
        epochs.mkdir(exist_ok=True)
        if epoch <= EPOCH_LIMIT:
            write_weights(epochs / f"{epoch:03}.safetensors", weights)

    def write(self, trained: "Trained") -> None:
        if trained.row_weights is not None:
            np.save(self._folder / "row-weights.npy", np.ascontiguousarray(trained.row_weights), allow_pickle=False)
        if len(trained.members) == 1:
            write_weights(self._folder / "weights.safetensors", trained.members[0])
        elif trained.members:
            (self._folder / "members").mkdir()
            for i, member in enumerate(trained.members):
                write_weights(self._folder / "members" / f"{i:03}.safetensors", member)

    def fail(self, reason: str, detail: str) -> None:
        """The account of a failure, in place of all else: the room may be full."""
        for name in ("members", "epochs"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
        for name in ("weights.safetensors", "row-weights.npy"):
            (self._folder / name).unlink(missing_ok=True)
        (self._folder / "failure.json").write_text(json.dumps({"reason": reason, "detail": detail[:2000]}), "utf-8")
