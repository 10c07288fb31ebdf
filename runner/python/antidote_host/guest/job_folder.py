import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from antidote_host.engine import Streams
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import Layer, ModelCard
from antidote_host.recipe import Recipe
from antidote_host.weights import Weights, read_weights, weights_of

MODULE_FILE = "module.py"


@dataclass(frozen=True)
class JobFolder:
    """What a guest works on, in the formats of runner/jail/README.md."""

    kind: Literal["filter", "shape", "train"]
    train: LabeledSet
    model: ModelCard
    init: Weights | None
    epochs: bool
    code: bytes


def streams_of(line: str) -> Streams:
    """What the training draws from, off the line that the guest is told. Throws ValueError or KeyError."""
    return Streams(**{name: bytes.fromhex(text) for name, text in json.loads(line)["streams"].items()})


def read_job_folder(folder: Path) -> JobFolder:
    """Throws ValueError or OSError where the folder is not what the harness writes."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    if task["format"] != "antidote-task-2":
        raise ValueError(f"job folder: the format is {task['format']!r}, antidote-task-2 is read")
    shape = tuple(task["shape"])
    n = int(task["n"])
    x = np.load(folder / "x.npy", allow_pickle=False)
    y = np.load(folder / "y.npy", allow_pickle=False)
    if x.dtype != np.uint8 or x.shape != (n, *shape) or y.dtype != np.int32 or y.shape != (n,):
        raise ValueError(
            f"job folder: x is {x.dtype} {x.shape}, y is {y.dtype} {y.shape}, the task wants {(n, *shape)}"
        )
    model = model_of(task["model"])
    init = folder / "init.safetensors"
    return JobFolder(
        kind=task["kind"],
        train=LabeledSet(n, task["classes"], shape, task["scale"], x, y),
        model=model,
        init=weights_of(read_weights(init), model.weights, "init") if init.exists() else None,
        epochs=bool(task.get("epochs")),
        code=(folder / MODULE_FILE).read_bytes(),
    )


def model_of(card: dict[str, Any]) -> ModelCard:
    """Off `model` of task.json."""
    recipe = card["recipe"]
    return ModelCard(
        id=card["id"],
        shape=tuple(card["shape"]),
        layers=tuple(
            Layer(layer["kind"], layer.get("units"), layer.get("activation"), layer.get("back")) for layer in card["layers"]
        ),
        weights={array["name"]: tuple(array["shape"]) for array in card["weights"]},
        recipe=Recipe(
            id=recipe["id"],
            optimizer=recipe["optimizer"],
            momentum=recipe["momentum"],
            learning_rate=recipe["learningRate"],
            schedule=recipe["schedule"],
            weight_decay=recipe["weightDecay"],
            sampling=recipe["sampling"],
            batch_size=recipe["batchSize"],
            steps=recipe["steps"],
        ),
    )
